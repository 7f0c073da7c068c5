"""The engines of a bare machine: PostgreSQL and Valkey from wheels, unless the environment names others.

With DATABASE_URL and REDIS_URL set nothing is launched: that is the path of a production installation.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import NamedTuple

from meetings_portal.engines.binaries import located
from meetings_portal.engines.postgres import Postgres
from meetings_portal.engines.process import Account, can_run, server_account
from meetings_portal.engines.valkey import Valkey
from meetings_portal.state import SetupError, locked, prepared, spare_dir, state_dir

LOG_LIMIT = 20_000_000
SPACE_NEEDED = 200_000_000


class Urls(NamedTuple):
    """Values of DATABASE_URL and REDIS_URL."""

    database: str
    redis: str

    def environment(self) -> dict[str, str]:
        """The two variables that every process of the portal reads."""
        return {"DATABASE_URL": self.database, "REDIS_URL": self.redis}


class Engines:
    """The two servers of one state directory; `fast` gives up durability (tests only)."""

    def __init__(self, state: Path, *, fast: bool = False, environ: Mapping[str, str] = os.environ) -> None:
        self.state, self.fast = state, fast
        self.given = Urls(environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", ""))
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None

    @property
    def servers(self) -> list[Postgres | Valkey]:
        """What this object looks after, in the order of starting."""
        return [server for server in (self.postgres, self.valkey) if server is not None]

    @property
    def urls(self) -> Urls:
        """Where the engines are; the environment wins."""
        return Urls(
            self.given.database or (self.postgres.url if self.postgres else ""),
            self.given.redis or (self.valkey.url if self.valkey else ""),
        )

    def start(self) -> Urls:
        """Start or find what the environment does not name; SetupError in one sentence."""
        if all(self.given):
            return self.given
        prepared(self.state)
        with locked(self.state):
            if not self.servers:
                self.prepare()
            for server in self.servers:
                server.start()
        return self.urls

    def prepare(self) -> None:
        """Choose the account, a directory that it reaches, and programs that it can run."""
        account, home = home_for(self.state)
        room(home)
        programs, logs = located(account, home), self.state / "logs"
        for name in "postgres", "valkey":
            shorten(logs / f"{name}.log")
        if not self.given.database:
            forget_pg_variables(os.environ)
            log = logs / "postgres.log"
            self.postgres = Postgres(home, self.state, log, programs.postgres, account, fast=self.fast)
        if not self.given.redis:
            self.valkey = Valkey(home, self.state, logs / "valkey.log", programs.valkey, account)

    def dead(self) -> list[str]:
        """Names of servers that have ended although nobody stopped them."""
        return [server.name for server in self.servers if not server.alive()]

    def stop(self) -> None:
        """End, in reverse order, what this object started."""
        for server in reversed(self.servers):
            server.stop()


def home_for(state: Path) -> tuple[Account, Path]:
    """The servers' account and the directory of their data: `state`, or a spare one it can reach."""
    account = server_account(state / "postgres")
    if account.is_me or can_run(state, account):
        return account, state
    spare = spare_dir(state)
    spare.mkdir(mode=0o711, exist_ok=True)
    # Everybody may create a directory there: one that somebody else prepared is not trusted.
    if spare.is_symlink() or spare.stat().st_uid != os.geteuid():
        raise SetupError(f"{spare} belongs to another user: set STATE_DIR to a directory of your own.")
    return server_account(spare / "postgres"), spare


def room(home: Path) -> None:
    """SetupError when the disk of `home` is nearly full: PostgreSQL would stop in the middle of its work."""
    free = shutil.disk_usage(home).free
    if free < SPACE_NEEDED:
        raise SetupError(
            f"There is no space for the database in {home}: {free // 1_000_000} MB are free, "
            f"{SPACE_NEEDED // 1_000_000} MB are needed."
        )


def forget_pg_variables(environ: MutableMapping[str, str]) -> None:
    """Drop the caller's PGOPTIONS, PGSSLMODE and so on: libpq obeys them, and they mean another database."""
    for key in [key for key in environ if key.startswith("PG")]:
        del environ[key]


def shorten(log: Path) -> None:
    """Keep one older copy of a log that has grown beyond the limit."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))


@contextlib.contextmanager
def engines(state: Path, *, fast: bool = False) -> Iterator[Urls]:
    """Running engines for the time of the block; SetupError when they cannot be had."""
    found = Engines(state, fast=fast)
    try:
        yield found.start()
    finally:
        found.stop()


def ensure() -> Urls:
    """Engines, found or started, for the rest of this process; their addresses go to os.environ."""
    found = Engines(state_dir())
    atexit.register(found.stop)
    urls = found.start()
    os.environ.update(urls.environment())
    return urls


def main() -> int:
    """Print the addresses of the engines that run, as variables for a shell."""
    found = Engines(state_dir())
    try:
        urls = found.start()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    if any(server.process for server in found.servers):
        found.stop()
        print("The portal does not run on this state directory: start it with make run.", file=sys.stderr)
        return 1
    for name, value in urls.environment().items():
        print(f"export {name}={value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
