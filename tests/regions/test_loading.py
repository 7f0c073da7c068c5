"""Loading reference data: once, again, and with a newer classifier."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from time import perf_counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import Entry
from regions.models import Body, Day, Territory, WorkingHours
from regions.reference import files
from regions.reference.load import load_reference
from regions.reference.territories import BrokenFileError

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # already the 24th in Almaty
VILLAGE = "103230100"
Edit = Callable[[list[dict[str, str]]], list[dict[str, str]]]


@pytest.fixture
def newer(tmp_path: Path) -> Callable[[Edit], Path]:
    """A folder with all data files, and a classifier changed by a function."""

    def make(edit: Edit) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(files.DATA, folder)
        rows = files.rows("kato.csv")
        with (folder / "kato.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(edit(rows))
        return folder

    return make


def loads() -> int:
    return Entry.objects.filter(act="reference.load").count()


def without(*codes: str) -> Edit:
    return lambda rows: [row for row in rows if row["code"] not in codes]


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_says_so() -> None:
    entries, out = loads(), StringIO()
    call_command("load_reference", stdout=out)
    assert "territories: 15594 kept" in out.getvalue()
    assert "Nothing to change" in out.getvalue()
    assert loads() == entries


def test_the_first_run_into_an_empty_database(committed_db: str) -> None:
    _empty()
    entries, started = Entry.objects.count(), perf_counter()
    report = load_reference(now=NOW)
    took = perf_counter() - started
    assert report.counts["territories"]["added"] == 15_594
    assert Territory.objects.filter(valid_from=None, valid_to=None).count() == 15_594
    assert Entry.objects.count() == entries + 1
    assert took < 15, f"{took:.1f} s"


@pytest.mark.django_db
def test_one_entry_tells_counts_and_digest() -> None:
    entry = Entry.objects.get(act="reference.load")
    assert entry.changes["digest"] == files.digest()
    assert entry.changes["territories"] == {"added": 15_594}
    assert entry.changes["bodies"] == {"added": 45}
    assert (entry.actor_id, entry.source) == ("system", "command")


@pytest.mark.django_db
def test_what_a_newer_classifier_leaves_out_is_closed_and_later_reopened(
    newer: Callable[[Edit], Path],
) -> None:
    folder = newer(without(VILLAGE))
    report = load_reference(now=NOW, folder=folder)
    closed = Territory.objects.get(pk=VILLAGE)
    assert report.counts["territories"]["closed"] == 1
    assert closed.valid_to == date(2026, 11, 23)
    assert not load_reference(now=NOW, folder=folder).changed
    assert Entry.objects.latest("number").changes["territories"] == {"closed": 1}
    assert load_reference(now=NOW).counts["territories"]["reopened"] == 1
    assert Territory.objects.get(pk=VILLAGE).valid_to is None


@pytest.mark.django_db
def test_what_a_newer_classifier_adds_or_moves(newer: Callable[[Edit], Path]) -> None:
    def edit(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        for row in rows:
            if row["code"] == VILLAGE:
                row |= {"name_kk": "Жаңа ауыл қ.", "name_ru": "г.Новый", "kind": "town"}
        new = rows[-1] | {"code": "799999999", "parent": "790000000", "kind": "village", "level": "4"}
        return [*rows, new | {"name_kk": "Тың а.", "name_ru": "с.Тын"}]

    folder = newer(edit)
    report = load_reference(now=NOW, folder=folder, at=date(2027, 2, 1))
    assert (report.counts["territories"]["added"], report.counts["territories"]["changed"]) == (1, 1)
    added, moved = Territory.objects.get(pk="799999999"), Territory.objects.get(pk=VILLAGE)
    assert (added.valid_from, added.region_id, added.name_ru) == (date(2027, 2, 1), "790000000", "село Тын")
    assert (moved.name_kk, moved.name_ru, moved.valid_from) == ("Жаңа ауыл қаласы", "город Новый", None)
    assert not load_reference(now=NOW, folder=folder).changed


@pytest.mark.django_db
def test_what_people_mended_stays() -> None:
    Territory.objects.filter(pk=VILLAGE).update(name_en="Karaauyl", aliases="Карауыл", selectable=False)
    Body.objects.filter(pk="ministry.trade").update(name_en="Ministry of Commerce")
    Day.objects.filter(pk=date(2027, 5, 16)).update(kind="working", manual=True)
    WorkingHours.objects.filter(weekday=4).delete()
    assert not load_reference(now=NOW).changed
    assert Territory.objects.get(pk=VILLAGE).name_en == "Karaauyl"
    assert Body.objects.get(pk="ministry.trade").name_en == "Ministry of Commerce"
    assert Day.objects.get(pk=date(2027, 5, 16)).kind == "working"


@pytest.mark.django_db
def test_a_cut_file_closes_nothing(newer: Callable[[Edit], Path]) -> None:
    folder = newer(lambda rows: rows[:9_000])
    with pytest.raises(CommandError, match="would close 6594 of 15594"):
        call_command("load_reference", "--data", str(folder))
    assert not Territory.objects.exclude(valid_to=None).exists()
    call_command("load_reference", "--data", str(folder), "--allow-large-closing", "--at", "2027-01-01")
    assert Territory.objects.filter(valid_to=date(2026, 12, 31)).count() == 6_594


@pytest.mark.django_db
@pytest.mark.parametrize(
    "edit",
    [
        lambda rows: [*rows, rows[-1]],
        lambda rows: [*rows, rows[-1] | {"code": "12345678"}],
        lambda rows: [*rows, rows[-1] | {"code": "999999999", "parent": "888888888"}],
    ],
)
def test_a_broken_file_is_refused_as_a_whole(newer: Callable[[Edit], Path], edit: Edit) -> None:
    with pytest.raises(BrokenFileError):
        load_reference(now=NOW, folder=newer(edit))


@pytest.mark.django_db
def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_reference", "--data", str(tmp_path))


def _empty() -> None:
    """As before the first run: everything that loading made, but for the journal."""
    with connection.cursor() as cursor:
        for table in ("workinghours", "day", "formername", "post", "body", "territory"):
            cursor.execute(f"DELETE FROM regions_{table}")  # noqa: S608
