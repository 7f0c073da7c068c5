"""One Valkey server: broker and cache, never the only copy of anything, so it keeps nothing on disk."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
from pathlib import Path

from meetings_portal.engines.process import Account, free_port, is_running, last_line, spawn, stop, wait_until
from meetings_portal.state import SetupError, secret

START_SECONDS = 15.0


class Valkey:
    """The server whose files are in `home`/valkey, its password in `keys`, its messages in `log`."""

    name = "valkey"

    def __init__(self, home: Path, keys: Path, log: Path, program: Path, account: Account):
        self.home = home / "valkey"
        self.keys, self.log, self.program, self.account = keys, log, program, account
        self.process: subprocess.Popen[bytes] | None = None
        self.pid = self.port = 0

    @property
    def url(self) -> str:
        """REDIS_URL with its password: the port is open to every user of this machine."""
        return f"redis://:{secret(self.keys / 'broker_password')}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Bring the server up, or find the one that runs; SetupError in one sentence."""
        if self.process is not None and self.process.poll() is not None:
            self.process = None
        self.home.mkdir(exist_ok=True)
        if self.adopt():
            return
        self.port = free_port(self.port)
        config = self.write_config()
        process = spawn(
            [str(self.program), str(config)],
            log=self.log,
            death_signal=signal.SIGTERM,
            account=self.account,
            cwd=self.home,
        )
        self.process, self.pid = process, process.pid
        wait_until(lambda: self.accepts() or process.poll() is not None, START_SECONDS)
        if process.poll() is not None or not self.accepts():
            raise SetupError(f"Valkey did not start: {last_line(self.log)} (see {self.log}).")
        self.note.write_text(json.dumps({"pid": self.pid, "port": self.port}))

    @property
    def note(self) -> Path:
        """The file that tells the next launcher where the server is."""
        return self.home / "server.json"

    def write_config(self) -> Path:
        """Settings go through a file: a password in the command line would be seen by everybody."""
        path = self.home / "valkey.conf"
        path.unlink(missing_ok=True)
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {secret(self.keys / 'broker_password')}",
        ]
        lines += ['save ""', "appendonly no", "daemonize no", f'dir "{self.home}"']
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
        self.account.own(self.home, path)
        return path

    def adopt(self) -> bool:
        """Use the server that already runs for this directory; else remember its port."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            found = json.loads(self.note.read_text())
            self.pid, self.port = int(found["pid"]), int(found["port"])
            return wait_until(lambda: self.accepts() or not self.alive(), 5) and self.accepts()
        return False

    def accepts(self) -> bool:
        """Whether the server answers PING to our password."""
        question = f"AUTH {secret(self.keys / 'broker_password')}\r\nPING\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                line.sendall(question)
                answer = b""
                while answer.count(b"\r\n") < 2 and (part := line.recv(256)):
                    answer += part
        except OSError:
            return False
        return answer.startswith(b"+OK") and b"+PONG" in answer

    def alive(self) -> bool:
        """Whether the server process is there; reaps our own."""
        if self.process is not None:
            return self.process.poll() is None
        return is_running(self.pid, "valkey-server")

    def stop(self) -> None:
        """End our own server; one that somebody else started is left alone."""
        if self.process is not None:
            stop(self.process, (signal.SIGTERM, 5))
            self.process = None
