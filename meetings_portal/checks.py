"""`make check`: one line per check, with its time; what a failed one said stands below it.

Standard library only, but for the catalogue check, which needs polib.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from meetings_portal.state import CHECKOUT

PYTHON = [sys.executable, "-m"]
PRODUCTION = {
    "DEMO": "0",
    "SECRET_KEY": "check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}
LANGUAGES = ("kk", "ru")
LOCKS = {
    "requirements.in": "requirements.txt",
    "requirements-dev.in": "requirements-dev.txt",
    "requirements-installer.in": "requirements-installer.txt",
}
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|\"resolved\"")


def program(*argv: str, env: Mapping[str, str] | None = None) -> Callable[[], str]:
    """A check that runs a program; returns what it said when it failed, else nothing."""

    def run() -> str:
        variables = {**os.environ, **(env or {})}
        done = subprocess.run(argv, cwd=CHECKOUT, env=variables, capture_output=True, text=True, check=False)
        return (done.stdout + done.stderr).strip() or "failed" if done.returncode else ""

    return run


def translations(folder: Path = CHECKOUT / "locale") -> str:
    """Kazakh and Russian are complete: nothing missing, nothing fuzzy."""
    return "\n".join(line for language in LANGUAGES for line in catalogue_faults(folder, language))


def catalogue_faults(folder: Path, language: str) -> Iterator[str]:
    """Lines that name what one catalogue lacks."""
    import polib

    path = folder / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        yield f"{language}: {path.name} is missing"
        return
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if entry.fuzzy or not entry.translated():
            yield f"{language}:{entry.linenum}: {'fuzzy' if entry.fuzzy else 'missing'}: {entry.msgid[:80]}"


def locks(folder: Path = CHECKOUT) -> str:
    """Every direct dependency is pinned and hashed in its lock, and no lock names an address."""
    faults = [line for source, lock in LOCKS.items() for line in lock_faults(folder / source, folder / lock)]
    for name in (*LOCKS.values(), "package-lock.json"):
        faults += [
            f"{name} names an address: {found.group()}"
            for found in ADDRESS.finditer((folder / name).read_text())
        ]
    return "\n".join(faults)


def lock_faults(source: Path, lock: Path) -> Iterator[str]:
    """Lines that name where a lock differs from what `source` asks for."""
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)[^\\]*\\\n {4}--hash=", lock.read_text(), re.MULTILINE)
    known = {(normal(name), version) for name, version in pinned}
    asked = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)(.*)$", source.read_text(), re.MULTILINE)
    for name, version, rest in asked:
        if (normal(name), version) not in known:
            yield f"{lock.name} lacks {name}=={version} with a hash: run make lock"
        if "#" not in rest:
            yield f"{source.name} does not say what {name} is for"


def normal(name: str) -> str:
    """A package name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


CHECKS: dict[str, Callable[[], str]] = {
    "Style (ruff)": program(*PYTHON, "ruff", "check", "--quiet", "."),
    "Format (ruff)": program(*PYTHON, "ruff", "format", "--check", "--quiet", "."),
    "Import contracts": program(str(Path(sys.executable).with_name("lint-imports")), "--no-cache"),
    "Types (mypy)": program(*PYTHON, "mypy", "--no-error-summary", "."),
    "Templates (djlint)": program(*PYTHON, "djlint", "templates", "--lint", "--quiet"),
    "Migrations": program(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
    "Deployment": program(
        sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", env=PRODUCTION
    ),
    "Translations": translations,
    "Locks": locks,
}


def main() -> int:
    """Run every check; the exit status is 1 when one failed."""
    failed = 0
    for name, check in CHECKS.items():
        began = time.monotonic()
        said = check()
        failed += bool(said)
        print(f"{name:<20} {'FAILED' if said else 'ok':<6} {time.monotonic() - began:5.1f} s", flush=True)
        if said:
            print("\n".join(f"    {line}" for line in said.splitlines()), flush=True)
    print(f"{len(CHECKS) - failed} of {len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
