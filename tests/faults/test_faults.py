"""The counting of `make faults`, on two of its scenarios; the command plays all of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from notices.models import Letter
from tests.faults import report
from tests.faults.ground import on_ground, queue, sweep
from tests.faults.scenarios import ROWS, Row


@pytest.fixture
def usual(settings: Any) -> None:
    """Settings that the ground changes come back after the test."""
    for name in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_TIMEOUT", "LETTERS_TO_MAIL_SERVER"):
        setattr(settings, name, getattr(settings, name))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def test_refusals_lose_nothing_and_hold_nobody_up(committed_db: str, usual: None, tmp_path: Path) -> None:
    rows = {row.key: row for row in ROWS}
    with on_ground(tmp_path) as ground:
        found = report.played(rows["mail_refusing"], ground, runs=1)
        down = report.played(rows["mail_down"], ground, runs=1)
    assert (found["lost"], found["doubled_outside_the_window"]) == (0, 0)
    assert found["failed_and_shown"] >= 3
    assert (down["letters"], down["lost"], down["doubled"]) == (5, 0, 0)
    assert json.loads(report.write([found, down], tmp_path).read_text())["rows"] == [found, down]
    assert "mail server refusing" in report.table([found])


def test_a_lost_and_a_doubled_letter_are_noticed(committed_db: str, usual: None, tmp_path: Path) -> None:
    """The control: letters that vanish, and one that is sent again behind the portal's back."""

    def vanish(ground: Any) -> list[str]:
        made = queue("officer1", "officer2", silently=True)
        Letter.objects.filter(message_id=made[0]).delete()
        sweep()
        [sent] = (ground.post.folder / "accepted").glob("*.eml")
        sent.with_name("again.eml").write_bytes(sent.read_bytes())
        return made

    with on_ground(tmp_path) as ground:
        found = report.played(Row("control", "control", vanish), ground, runs=1)
        copies = ground.post.accepted()
    assert (found["lost"], found["doubled"], found["doubled_outside_the_window"]) == (1, 1, 1)
    assert Counter(copies.values()) == {2: 1}
