"""`make check` can fail: every check of our own is shown a fault."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from meetings_portal import checks

ENTRY = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n{flag}msgid "Submit"\nmsgstr "{text}"\n'
)


def catalogues(folder: Path, flag: str = "", text: str = "Жіберу") -> Path:
    """A locale folder with one entry in Kazakh and in Russian."""
    for language in "kk", "ru":
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        (folder / language / "LC_MESSAGES" / "django.po").write_text(ENTRY.format(flag=flag, text=text))
    return folder


def test_complete_translations_pass(tmp_path):
    assert checks.translations(catalogues(tmp_path)) == ""


@pytest.mark.parametrize(("flag", "text", "fault"), [("", "", "missing"), ("#, fuzzy\n", "Жіберу", "fuzzy")])
def test_missing_and_fuzzy_translations_are_named(tmp_path, flag, text, fault):
    said = checks.translations(catalogues(tmp_path, flag, text)).splitlines()
    assert [re.sub(r":\d+:", ":", line) for line in said] == [f"kk: {fault}: Submit", f"ru: {fault}: Submit"]


def test_a_missing_catalogue_is_named(tmp_path):
    assert checks.translations(tmp_path) == "kk: django.po is missing\nru: django.po is missing"


def lock_files(folder: Path) -> Path:
    """A copy of the project's locks, to be spoilt."""
    for name in (*checks.LOCKS, *checks.LOCKS.values(), "package-lock.json"):
        (folder / name).write_text((checks.CHECKOUT / name).read_text())
    return folder


def test_the_locks_of_the_project_pass(tmp_path):
    assert checks.locks(lock_files(tmp_path)) == ""


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("requirements.in", "Django==5.2.19", "Django==5.2.20", "requirements.txt lacks Django==5.2.20"),
        ("requirements.in", "# the web framework (LTS)", "", "does not say what Django is for"),
        (
            "requirements.txt",
            "\ndjango==",
            "\n--index-url https://index.example/\ndjango==",
            "names an address",
        ),
        (
            "package-lock.json",
            '"integrity"',
            '"resolved": "https://x.example/a.tgz", "integrity"',
            "names an address",
        ),
    ],
)
def test_a_spoilt_lock_is_named(tmp_path, name, old, new, fault):
    path = lock_files(tmp_path) / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    assert fault in checks.locks(tmp_path)


def test_a_program_that_fails_is_told_with_what_it_said():
    assert checks.program(sys.executable, "-c", "pass")() == ""
    assert checks.program(sys.executable, "-c", "raise SystemExit('no good')")() == "no good"
    assert checks.program(sys.executable, "-c", "raise SystemExit(3)")() == "failed"


def test_the_run_of_a_change_is_tests_then_checks():
    lines = (checks.CHECKOUT / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make")] == ["make test", "make check"]
    assert "set -euo pipefail" in lines
