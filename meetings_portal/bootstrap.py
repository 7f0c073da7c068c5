"""The set-up behind `make`: environment, packages, translations. Runs before anything is installed.

Standard library only. It ends by becoming the command it prepared (exec), so that signals reach that one.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parent.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "portal-stamp.json"
LOG = VENV / "set-up.log"
RUNTIME, DEV, INSTALLER = "requirements.txt", "requirements-dev.txt", "requirements-installer.txt"
SPACE_NEEDED = 1_200_000_000  # bytes: environment, test browser, databases
# One file stays with one worker: some start servers once for all their tests. ARGS="-n 0" runs them in a row.
WORKERS = str(min(4, os.cpu_count() or 1))
# What the person asked for → the program that does it, and whether it needs the development lock.
COMMANDS = {
    "run": (["-m", "meetings_portal.supervisor"], RUNTIME),
    "test": (["-m", "pytest", "-n", WORKERS, "--dist", "loadfile"], DEV),
    "check": (["-m", "meetings_portal.checks"], DEV),
    "bench": (["-m", "tests.bench"], DEV),
    "mutation": (["-m", "tests.strength.mutation"], DEV),
    "faults": (["-m", "tests.faults"], DEV),
    "lock": (["-m", "meetings_portal.locks"], DEV),
}


say = functools.partial(print, flush=True)  # progress is shown at once, to a pipe too


class SetupError(Exception):
    """What prevents the set-up, in one sentence."""


def main(argv: Sequence[str]) -> int:
    """Do `make argv[0]`: become the program that it stands for, or return an exit status."""
    command, arguments = argv[0], list(argv[1:])
    os.chdir(CHECKOUT)
    try:
        if command == "reset":
            return reset()
        with one_at_a_time():
            program = prepare(command)
    except SetupError as error:
        print(f"make {command}: {error}", file=sys.stderr)
        return 1
    return become([str(PYTHON), *program, *arguments])


def become(argv: list[str]) -> NoReturn:
    """Replace this process, so that signals reach the program itself."""
    os.execve(PYTHON, argv, plain_environment())  # noqa: S606


def prepare(command: str) -> list[str]:
    """Make everything ready for `command`; returns the arguments of the Python that does it."""
    program, lock_file = COMMANDS[command]
    install(lock_file)
    compile_messages()
    if command == "test":
        step("Test browser", [str(PYTHON), "-m", "meetings_portal.browser"])
    return program


def reset() -> int:
    """Remove the state directory, by the one function that knows where it is."""
    state = runpy.run_path(str(CHECKOUT / "meetings_portal" / "state.py"))
    try:
        print(state["reset"]())
    except state["SetupError"] as error:
        print(f"make reset: {error}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two make commands in one checkout: the second waits for the set-up of the first."""
    descriptor = os.open(CHECKOUT, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Waiting for another make in this checkout")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def digest(lock_file: str) -> str:
    """Hash of a lock file together with the interpreter that the environment belongs to."""
    return hashlib.sha256((CHECKOUT / lock_file).read_bytes() + str(VENV).encode()).hexdigest()


def installed() -> dict[str, str]:
    """What the environment holds, as the last complete installation noted it: {"lock": …, "digest": …}."""
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if PYTHON.exists() else {}


def lock_for(wanted: str, have: Mapping[str, str]) -> str:
    """The lock to install: the one with the development packages as soon as anything has asked for it."""
    return DEV if DEV in (wanted, have.get("lock")) else RUNTIME


def install(wanted: str) -> None:
    """Bring the environment to the lock `wanted`; one with the development packages keeps them."""
    have = installed()
    lock_file = lock_for(wanted, have)
    complete = {"lock": lock_file, "digest": digest(lock_file)}
    if have != complete:
        room()
        environment()
        STAMP.unlink(missing_ok=True)
        packages(lock_file)
        STAMP.write_text(json.dumps(complete))


def room() -> None:
    """SetupError when the disk or the directory cannot take the environment."""
    if not os.access(CHECKOUT, os.W_OK):
        raise SetupError(
            f"{CHECKOUT} cannot be written by this user: make a clone of your own and run it there."
        )
    free = shutil.disk_usage(CHECKOUT).free
    if free < SPACE_NEEDED:
        raise SetupError(
            f"there is not enough space on the disk of {CHECKOUT}: {free / 1e9:.1f} GB are free, "
            f"{SPACE_NEEDED / 1e9:.1f} GB are needed."
        )


def environment() -> None:
    """The virtual environment, made anew when the one that is there does not run."""
    healthy = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    command = [str(PYTHON), "-I", "-c", healthy]
    if PYTHON.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    step(
        f"Python {sys.version.split()[0]} environment in .venv",
        [sys.executable, "-I", "-m", "venv", str(VENV)],
    )


def packages(lock_file: str) -> None:
    """Install exactly the lock: by uv in seconds; pip takes over when uv cannot."""
    isolated = [str(PYTHON), "-I", "-m"]
    pip = [*isolated, "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes", "-r"]
    uv = [*isolated, "uv", "pip", "sync", "--system-certs", "--require-hashes", "--python", str(PYTHON)]
    count = len(re.findall(r"^\S+==", (CHECKOUT / lock_file).read_text(), re.MULTILINE))
    what = f"{count} packages of {lock_file}"
    try:
        step("Installer", [*pip, INSTALLER])
        step(what, [*uv, lock_file])
    except SetupError as error:
        if "space" in str(error):
            raise
        step(f"{what}, by pip", [*pip, lock_file])


def compile_messages() -> None:
    """Compile the translations that changed; gettext is not needed."""
    if any(stale(po, po.with_suffix(".mo")) for po in CHECKOUT.glob("locale/**/LC_MESSAGES/*.po")):
        step("Translations", [str(PYTHON), "-I", str(CHECKOUT / "meetings_portal" / "messages.py")])


def stale(source: Path, target: Path) -> bool:
    """Whether `target` is missing or older."""
    return not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns


def step(title: str, command: Sequence[str]) -> None:
    """Run one program with a line of progress; SetupError with a sentence when it fails."""
    began = time.monotonic()
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a+") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        start = log.tell()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=child_environment(), cwd=CHECKOUT
        )
        wait(process, title)
        log.seek(start)
        output = log.read()
    if process.returncode:
        raise SetupError(sentence(title, output))
    if (seconds := time.monotonic() - began) > 1:
        say(f"{title}: done in {seconds:.1f} s")


def wait(process: subprocess.Popen[bytes], title: str) -> None:
    """Wait for a program; says what is going on after a second, then every ten; Ctrl-C ends it too."""
    began, pause = time.monotonic(), 1.0
    while True:
        try:
            process.wait(pause)
            return
        except subprocess.TimeoutExpired:
            waited = time.monotonic() - began
            say(f"{title} …" if pause == 1.0 else f"{title}: still working, {waited:.0f} s")
            pause = 10.0
        except BaseException:
            process.terminate()
            process.wait()
            raise


def plain_environment() -> dict[str, str]:
    """The caller's environment without what would lead Python to other packages."""
    return {
        key: os.environ[key] for key in os.environ if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }


def child_environment() -> dict[str, str]:
    """The environment of a step, with caches that can be written when HOME is missing or read-only."""
    env = plain_environment()
    usual = Path(env.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
    with contextlib.suppress(OSError):
        usual.mkdir(exist_ok=True)
    if not os.access(usual, os.W_OK):
        for name, place in (("UV_CACHE_DIR", "uv"), ("PIP_CACHE_DIR", "pip"), ("npm_config_cache", "npm")):
            env.setdefault(name, str(VENV / "cache" / place))
    return env


OFFLINE = (
    "UnknownIssuer|SELF_SIGNED_CERT|CERTIFICATE_VERIFY|dns error|name resolution|timed out|network|"
    "connection (refused|reset)|failed to fetch|could not (find a version|connect)|error sending request|"
    "ENOTFOUND|ECONN|EAI_AGAIN"
)
# What programs say when they fail → what that means for the person who typed make.
REASONS = {
    "No space left on device|ENOSPC|quota exceeded": "there is no space left on the disk; 1 GB is needed",
    "ensurepip|No module named venv": "the venv module is incomplete; install it (apt install python3-venv)",
    "hash(es)? mismatch|do not match the hash": "a package is not the one that was tested: its hash differs",
    OFFLINE: "the package index did not answer; check the network and the settings of pip and npm",
    "Permission denied|EACCES|Read-only file": "a file cannot be written; look to whom .venv belongs",
}


def sentence(title: str, output: str) -> str:
    """Why a step failed, in one sentence, from what the program said."""
    lines = [line.strip() for line in output.strip().splitlines() if line.strip()]
    known = (text for pattern, text in REASONS.items() if re.search(pattern, output, re.IGNORECASE))
    reason = next(known, lines[-1] if lines else "it gave no reason")
    return f"{title} failed: {reason} (everything it said: {LOG.relative_to(CHECKOUT)})."


if __name__ == "__main__":
    try:
        # Asked to stop in the middle of a step: end that step too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
