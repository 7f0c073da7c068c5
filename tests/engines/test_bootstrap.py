"""The set-up behind `make`: which Python, which lock, and what it says when something is missing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from meetings_portal import bootstrap, messages
from meetings_portal.address import reserved
from meetings_portal.state import CHECKOUT, SetupError, reset

MAKE = shutil.which("make") or "make"


def fake(folder: Path, name: str, script: str) -> None:
    """A program called `name`, found first on the PATH of the test."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """make in an otherwise empty environment, with only `folder` on PATH."""
    command = [MAKE, "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env={"PATH": str(folder)}, capture_output=True, text=True)


def test_without_any_python_one_sentence_says_so(tmp_path):
    done = make(tmp_path, "run")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith("No Python 3.11 or newer was found")


def test_an_old_python_is_not_taken(tmp_path):
    fake(tmp_path, "python3", "exit 1")
    assert "No Python 3.11 or newer was found" in make(tmp_path, "test").stderr


def test_a_python_without_venv_is_named_with_the_remedy(tmp_path):
    fake(tmp_path, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    assert "python3 is there, but without its venv module" in make(tmp_path, "run").stderr


def test_a_shim_that_does_not_run_is_passed_over(tmp_path):
    fake(tmp_path, "python3.14", "echo 'pyenv: python3.14: command not found' >&2; exit 127")
    fake(tmp_path, "python3.11", 'case "$1" in -c) exit 0;; esac; echo "taken: $@"')
    done = make(tmp_path, "bench", "ARGS=x y")
    # -I keeps meetings_portal/ off the path, where its celery.py would hide the package.
    assert done.stdout.strip() == "taken: -I meetings_portal/bootstrap.py bench x y"


@pytest.mark.parametrize(
    ("wanted", "have", "taken"),
    [
        (bootstrap.RUNTIME, {}, bootstrap.RUNTIME),
        (bootstrap.DEV, {}, bootstrap.DEV),
        (bootstrap.DEV, {"lock": bootstrap.RUNTIME}, bootstrap.DEV),
        (bootstrap.RUNTIME, {"lock": bootstrap.DEV}, bootstrap.DEV),
    ],
)
def test_a_start_never_takes_the_development_packages_away(wanted, have, taken):
    assert bootstrap.lock_for(wanted, have) == taken


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("error: failed to write: No space left on device (os error 28)", "no space left"),
        ("npm error code ENOSPC", "no space left"),
        ("invalid peer certificate: UnknownIssuer", "index did not answer"),
        ("Temporary failure in name resolution", "index did not answer"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash differs"),
        ("Hash mismatch for `django==5.2.19`", "hash differs"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "to whom .venv belongs"),
        ("something new", "something new"),
        ("", "gave no reason"),
    ],
)
def test_a_failed_step_is_told_in_one_sentence(said, told):
    sentence = bootstrap.sentence("51 packages", said)
    assert told in sentence
    assert sentence.startswith("51 packages failed: ")
    assert "\n" not in sentence


def test_a_full_disk_is_told_before_anything_is_written(monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=100_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(bootstrap.SetupError, match=r"not enough space .* 0\.1 GB are free"):
        bootstrap.room()


def test_caches_are_moved_where_home_cannot_be_written(monkeypatch, tmp_path):
    for name in "XDG_CACHE_HOME", "UV_CACHE_DIR":
        monkeypatch.delenv(name, raising=False)
    for home in "/proc", "/nonexistent":
        monkeypatch.setenv("HOME", home)
        assert bootstrap.child_environment()["UV_CACHE_DIR"].startswith(str(CHECKOUT / ".venv"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "UV_CACHE_DIR" not in bootstrap.child_environment()


def test_translations_are_compiled_when_they_are_newer(tmp_path):
    folder = tmp_path / "kk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Yes"\nmsgstr "Иә"\n'
    )
    assert bootstrap.stale(source, source.with_suffix(".mo"))
    (written,) = messages.compile_all(tmp_path)
    assert "Иә".encode() in written.read_bytes()
    assert not bootstrap.stale(source, written)
    os.utime(source, (written.stat().st_atime, written.stat().st_mtime + 5))
    assert bootstrap.stale(source, written)


def test_a_taken_port_is_told_in_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SetupError, match=f"port {port} is taken") as told:
            reserved("127.0.0.1", port)
    assert "\n" not in str(told.value)


def test_an_address_of_another_machine_is_told_in_one_sentence():
    with pytest.raises(SetupError, match="no address"):
        reserved("192.0.2.1", 8000)


def test_reset_removes_only_what_the_portal_made(tmp_path):
    (tmp_path / "precious").write_text("")
    with pytest.raises(SetupError, match="left alone"):
        reset({"STATE_DIR": str(tmp_path)})
    (tmp_path / ".meetings-portal-state").touch()
    assert reset({"STATE_DIR": str(tmp_path)}).startswith("Removed")
    assert not tmp_path.exists()
    assert reset({"STATE_DIR": str(tmp_path)}).startswith("Nothing to remove")
