"""Child processes that end with their parent, and the user that servers run as. Linux first."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """The account that servers run as."""

    uid: int
    gid: int

    @property
    def is_me(self) -> bool:
        """Whether no change of user is needed."""
        return self.uid == os.geteuid()

    def own(self, *paths: Path) -> None:
        """Give files that we made to this account."""
        if not self.is_me:
            for path in paths:
                os.chown(path, self.uid, self.gid)


def server_account(data: Path) -> Account:
    """Who runs the servers: ourselves; as root the owner of `data` if that is not root, else nobody."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    # PostgreSQL refuses root, and it refuses data that belong to somebody else.
    if data.exists() and data.stat().st_uid != 0:
        found = data.stat()
        return Account(found.st_uid, found.st_gid)
    try:
        entry = pwd.getpwnam("nobody")
        return Account(entry.pw_uid, entry.pw_gid)
    except KeyError:
        return Account(NOBODY, NOBODY)


def environment() -> dict[str, str]:
    """The environment of a server: nothing of the caller's locale or PG* variables reaches it."""
    kept = {key: os.environ[key] for key in ("PATH", "TMPDIR") if key in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    death_signal: int,
    account: Account | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in its own session, its output in `log`; it gets `death_signal` when this process dies.

    To be called from the main thread: the signal is sent when the thread that started the child ends.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment() if env is None else env,
            cwd=cwd,
            pass_fds=tuple(pass_fds),
            start_new_session=True,
            preexec_fn=ends_with_parent(death_signal),  # noqa: PLW1509
            **as_account(account),
        )


def as_account(account: Account | None) -> dict[str, Any]:
    """The Popen arguments that change to `account`; nothing for our own."""
    if account is None or account.is_me:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def ends_with_parent(death_signal: int) -> Callable[[], None] | None:
    """A preexec_fn: setting the user clears this request, so it is made after that, just before exec."""
    libc, parent = LIBC, os.getpid()
    if libc is None:
        return None

    def request() -> None:
        libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the request was made
            os._exit(1)

    return request


def can_run(program: Path, account: Account) -> bool:
    """Whether `account` can reach and run `program` (a directory above may be closed to it)."""
    done = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(program)], cwd="/", check=False, **as_account(account)
    )
    return done.returncode == 0


def state_of(pid: int) -> str:
    """The kernel's letter for process `pid` ("Z" is a zombie); empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def is_running(pid: int, name: str) -> bool:
    """Whether `pid` is a living process whose program is called `name`."""
    try:
        comm = Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return False
    return comm.startswith(name[:15]) and state_of(pid) not in ("", "Z", "X")


def free_port(wanted: int = 0) -> int:
    """A free TCP port of 127.0.0.1: `wanted` if it can be had, else one that the kernel names."""
    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise OSError("no free TCP port on 127.0.0.1")


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Poll `condition` for at most `seconds`; tells whether it came true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def stop(process: subprocess.Popen[bytes], *signals: tuple[int, float]) -> None:
    """Send each (signal, seconds to wait) until the process ends; the last word is SIGKILL to its group."""
    for number, seconds in signals:
        if process.poll() is not None:
            break
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def last_line(log: Path) -> str:
    """The last line of a log that says something, for an error sentence."""
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip() if lines else ""
