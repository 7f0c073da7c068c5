"""The commands of docs/operations.md: a backup is made and restored into an empty cluster, and compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from meetings_portal.embedded import engines
from meetings_portal.engines.binaries import in_wheels
from meetings_portal.state import CHECKOUT
from meetings_portal.testing import reachable_directory

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
OBJECTS = """
SELECT 'constraint', conrelid::regclass::text, conname::text FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'index', tablename::text, indexname::text FROM pg_indexes WHERE schemaname = 'public'
ORDER BY 1, 2, 3
"""


def documented(name: str) -> str:
    """The shell lines of the page that are marked as tested under this name."""
    page = (CHECKOUT / "docs" / "operations.md").read_text()
    (block,) = re.findall(rf"<!-- tested: {name} -->\n```\n(.*?)```", page, re.DOTALL)
    return str(block)


def shell(name: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the lines as a person would, with PostgreSQL's programs and our Python first on PATH."""
    path = os.pathsep.join([str(in_wheels().postgres), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["sh", "-eu", "-c", documented(name)],
        env={**os.environ, "PATH": path, **env},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )


def contents(url: str) -> dict[str, str]:
    """A digest of every table's rows, whatever their order."""
    rows = "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {} t"
    with psycopg.connect(url) as line:
        names = [name for (name,) in line.execute(TABLES)]
        return {name: line.execute(SQL(rows).format(Identifier(name))).fetchone()[0] for name in names}


def objects(url: str) -> list[tuple[str, str, str]]:
    """Constraints, triggers and indexes."""
    with psycopg.connect(url) as line:
        return line.execute(OBJECTS).fetchall()


@pytest.fixture
def source(demonstration: str) -> str:
    """The address of a database with the demonstration."""
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{demonstration}"


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the empty database of another cluster."""
    with reachable_directory() as state, monkeypatch.context() as patch:
        patch.delenv("DATABASE_URL")
        with engines(state, fast=True) as urls:
            patch.undo()
            yield urls.database


def test_a_backup_comes_back_whole(source, empty, tmp_path):
    backup = str(tmp_path / "portal.dump")
    for name in "back up", "restore", "verify":
        done = shell(name, DATABASE_URL=source, RESTORE_URL=empty, BACKUP=backup)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
    assert contents(empty) == contents(source)
    assert objects(empty) == objects(source)
    assert len(objects(empty)) > 100


def test_control_one_changed_row_is_noticed(source, empty, tmp_path):
    backup = str(tmp_path / "portal.dump")
    for name in "back up", "restore":
        assert shell(name, DATABASE_URL=source, RESTORE_URL=empty, BACKUP=backup).returncode == 0
    with psycopg.connect(empty) as line:
        line.execute("UPDATE django_content_type SET model = upper(model) WHERE model = 'user'")
    assert contents(empty) != contents(source)


def test_control_a_dump_cut_short_is_refused(source, empty, tmp_path):
    backup = tmp_path / "portal.dump"
    assert shell("back up", DATABASE_URL=source, RESTORE_URL=empty, BACKUP=str(backup)).returncode == 0
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) * 2 // 3])
    assert shell("restore", DATABASE_URL=source, RESTORE_URL=empty, BACKUP=str(backup)).returncode != 0
    assert contents(empty) == {}
