"""The demonstration's clock: set once, forward only, never behind the journal."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from meetings_portal.anchor import settle, stored
from meetings_portal.state import SetupError

REAL = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
EVE = "2026-11-30T23:59:59+05:00"


def test_without_a_wish_the_real_clock_rules(tmp_path):
    assert settle(tmp_path, "", REAL, None) is None
    assert not (tmp_path / "clock.json").exists()


def test_the_first_start_stores_both_instants(tmp_path):
    settle(tmp_path, EVE, REAL, None)
    kept = json.loads((tmp_path / "clock.json").read_text())
    assert datetime.fromisoformat(kept["real"]) == REAL
    assert datetime.fromisoformat(kept["portal"]) == datetime.fromisoformat(EVE)


def test_time_runs_on_from_the_anchor(tmp_path):
    anchor = settle(tmp_path, EVE, REAL, None)
    assert anchor.at(REAL + timedelta(seconds=1)) == datetime.fromisoformat("2026-12-01T00:00:00+05:00")


@pytest.mark.parametrize("wish", ["", EVE])
def test_a_later_start_goes_on(tmp_path, wish):
    first = settle(tmp_path, EVE, REAL, None)
    later = settle(tmp_path, wish, REAL + timedelta(hours=3), first.at(REAL + timedelta(hours=1)))
    assert later == first


def test_a_later_start_may_move_forward(tmp_path):
    settle(tmp_path, EVE, REAL, None)
    moved = settle(tmp_path, "2026-12-02T00:00:00+05:00", REAL + timedelta(hours=1), None)
    assert stored(tmp_path) == moved
    assert moved.at(REAL + timedelta(hours=1)).isoformat() == "2026-12-02T00:00:00+05:00"


def test_it_never_moves_back(tmp_path):
    settle(tmp_path, EVE, REAL, None)
    with pytest.raises(SetupError, match="make reset") as told:
        settle(tmp_path, "2026-11-29T12:00:00+05:00", REAL, None)
    assert "\n" not in str(told.value)
    assert stored(tmp_path).asked == EVE


@pytest.mark.parametrize(("microseconds", "refused"), [(1, True), (0, False), (-1, False)])
def test_it_never_goes_behind_the_last_entry_of_the_journal(tmp_path, microseconds, refused):
    entry = datetime.fromisoformat(EVE) + timedelta(microseconds=microseconds)
    if not refused:
        assert settle(tmp_path, EVE, REAL, entry)
        return
    with pytest.raises(SetupError, match=r"journal .* make reset"):
        settle(tmp_path, EVE, REAL, entry)
    assert not (tmp_path / "clock.json").exists()


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-30", "2026-11-30T23:59:59", "1764529199"])
def test_what_is_no_instant_with_a_zone_is_told_in_one_sentence(tmp_path, text):
    with pytest.raises(SetupError, match="PORTAL_NOW") as told:
        settle(tmp_path, text, REAL, None)
    assert "\n" not in str(told.value)
