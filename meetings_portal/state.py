"""The state directory: everything that an installation keeps outside its checkout. Standard library only."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
MARKER = ".meetings-portal-state"


class SetupError(Exception):
    """What prevents a start, in one sentence for the person at the terminal."""


def state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """The state directory as an absolute path: STATE_DIR, else var/ in the checkout. Creates nothing."""
    return Path(environ.get("STATE_DIR") or CHECKOUT / "var").resolve()


def prepared(path: Path) -> Path:
    """Create and mark the state directory; SetupError if it cannot be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / "logs").mkdir(exist_ok=True)
        (path / MARKER).touch()
    except OSError as error:
        raise SetupError(
            f"The state directory {path} cannot be written ({error.strerror}): "
            "set STATE_DIR to a directory that you may write."
        ) from error
    return path


def spare_dir(path: Path) -> Path:
    """Where the engines keep their data when their user cannot reach the state directory `path`."""
    return Path("/var/tmp") / f"meetings-portal-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}"  # noqa: S108


def secret(path: Path, length: int = 32) -> str:
    """The secret kept in the file `path` (mode 0600), made at the first call; safe with several processes."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
        # A link, unlike a rename, never replaces the secret that another process made first.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on the directory or file `path` for the time of the block."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def reset(environ: Mapping[str, str] = os.environ) -> str:
    """Remove the state; returns a sentence. SetupError when it is in use or is not the portal's directory."""
    path = state_dir(environ)
    if not path.exists():
        return f"Nothing to remove: {path} does not exist."
    if not (path / MARKER).exists():
        raise SetupError(f"{path} was not made by the portal: it is left alone.")
    for found in path, spare_dir(path):
        refuse_if_in_use(found)
    for found in spare_dir(path), path:
        shutil.rmtree(found, ignore_errors=True)
    if path.exists():
        raise SetupError(f"{path} could not be removed completely: it holds files of another user.")
    return f"Removed {path}."


def refuse_if_in_use(path: Path) -> None:
    """SetupError when a database server of `path` still runs."""
    try:
        pid = int((path / "postgres" / "postmaster.pid").read_text().split()[0])
        in_use = Path(f"/proc/{pid}/comm").read_text().startswith("postgres")
    except (OSError, ValueError, IndexError):
        return
    if in_use:
        raise SetupError(
            f"The portal runs on {path} (process {pid}): stop it first, then run make reset again."
        )
