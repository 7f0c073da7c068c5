"""Every code that a rule can return has a sentence, in place of a code on the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from base.act_names import ACTS
from base.wording import explanation, explanations, length, sentence
from base.wording_tables import PROBLEMS, STEPS
from procedure.deadlines import review_due, topic_list_due
from procedure.half_years import HalfYear
from procedure.problems import Problem, Step
from procedure.rule_sets import SHIFTS, known_rule_sets, parse_rule_set
from procedure.workflows import TOPIC_LIST
from regions.workdays import Workdays

ROOT = Path(__file__).resolve().parents[2]
APPS = ("procedure", "audit", "regions", "accounts", "notices", "calendar_app")

# Conflicts of a calendar: what stops its submission, and what is warned about (procedure, section 6).
BLOCKING = {
    "person_twice", "hall_twice", "outside_half_year", "meeting_without_ministry", "nobody_in_office",
    "subject_language_missing",
}  # fmt: skip
WARNINGS = {
    "before_safe_day", "in_working_hours", "ministry_busy", "little_travel_time", "same_place_same_day",
    "region_without_meeting",
}  # fmt: skip
# Codes that are put together at run time: (file, expression) → what it can be.
COMPOSED = {
    ("procedure/workflows.py", "f'{what}_named_twice'"): {"state_named_twice", "act_named_twice"},
    ("procedure/topic_lists.py", "f'{part}_too_long'"): {"title_too_long", "text_too_long"},
    ("procedure/topic_lists.py", "one.code"): set(),  # passed on from the rules of a whole list
    ("procedure/voting.py", "problem"): {"not_a_member", "not_present", "may_not_vote", "not_a_vote"},
    ("procedure/substitution.py", "code"): {
        "deputy_is_head", "deputy_of_other_body", "deputy_not_in_office", "deputy_busy",
        "already_substituted", "chain", "deputy_stands_in_already",
    },
    ("procedure/rule_sets.py", "problem.code"): set(),  # passed on from the recurrence rules
    ("procedure/recurrence.py", "code"): {"several_dates_in_period", "no_date_in_period"},
    ("procedure/toml_tables.py", "code"): set(),  # the codes stand in the calls of _note
    ("calendar_app/reminders.py", "kind"): set(),  # a step of the ladder, not of an explanation
    ("calendar_app/transitions/calendars.py", "one.code"): BLOCKING,
    ("calendar_app/documents/one_page_paper.py", "warning.code"): WARNINGS,
    ("calendar_app/transitions/calendars.py", "code"): {"topics_not_taken", "meetings_not_taken"},
    ("calendar_app/transitions/commission.py", "'voted_already' if entered_by is None else 'member_voted_already'"): {
        "voted_already", "member_voted_already",
    },
    ("calendar_app/transitions/meeting_moves.py", "one.conflict.code"): BLOCKING,
    ("calendar_app/transitions/meetings.py", "'topic_not_in_list' if proposal is None else 'proposal_not_in_list'"): {
        "topic_not_in_list", "proposal_not_in_list",
    },
    ("calendar_app/models/imports.py", "code"): set(),  # kept by a worker, read back
    ("calendar_app/spreadsheets/child.py", "code"): set(),  # from the child to its parent
    ("calendar_app/spreadsheets/sheets.py", "code"): {
        "sheet_hidden", "heading_twice", "heading_missing", "cells_merged", "too_many_rows", "cell_formula",
        "cell_error", "cell_date", "cell_truth", "cell_nul",
    },
    ("calendar_app/spreadsheets/choices.py", "code"): {
        "unknown_sector", "unknown_district", "unknown_ministry", "unknown_urgency", "row_without_title",
        "cell_too_long",
    },
    ("calendar_app/spreadsheets/busy_rows.py", "one.code"): set(),  # the same problem with its place
    ("calendar_app/spreadsheets/plan_rows.py", "code"): {
        "row_named_twice", "plan_key_damaged", "row_of_another_plan", "plan_row_emptied", "new_row_removed",
        "cell_needed", "cell_unknown", "cell_no_day", "cell_no_clock", "cell_no_address", "cell_too_long",
        "day_outside_half_year",
    },
    ("calendar_app/transitions/plan_edits.py", "code"): set(),  # passed on from the rules of one meeting
    ("calendar_app/transitions/import_files.py", "code"): {"too_many_files", "no_files"},
    ("procedure/problems.py", "self.code"): set(),  # copying
    ("procedure/deadlines.py", "f'shifted_to_{rule.shift}_working_day'"): {
        f"shifted_to_{shift}_working_day" for shift in SHIFTS if shift != "none"
    },
    ("procedure/deadlines.py", "'counted_back' if before else 'counted'"): {"counted", "counted_back"},
    ("procedure/deadlines.py", "'inclusive' if rule.inclusive else 'exclusive'"): {"inclusive", "exclusive"},
    ("procedure/deadlines.py", "code"): set(),  # the codes stand in the calls of _over_days_off
}  # fmt: skip
MAKERS = {"Problem": PROBLEMS, "_note": PROBLEMS, "Step": STEPS, "_over_days_off": STEPS}


def uses() -> Iterator[tuple[str, str, ast.expr]]:
    """(file, maker, first argument) of every call in the project that makes a problem or a step."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args:
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name in MAKERS:
                        yield str(path.relative_to(ROOT)), name, node.args[0]


def test_every_code_has_wording() -> None:
    missing = []
    for file, maker, argument in uses():
        if isinstance(argument, ast.Constant):
            codes = {argument.value}
        else:
            codes = COMPOSED.get((file, ast.unparse(argument)))
            assert codes is not None, f"{file}: say which codes {ast.unparse(argument)} can be"
        missing += [f"{file}: {code}" for code in sorted(codes) if code not in MAKERS[maker]]
    assert not missing


def test_the_list_of_uses_is_not_empty() -> None:
    found = {ast.unparse(argument) for _file, _maker, argument in uses()}
    assert {"'no_topics'", "'last_day'", "'comment_required'", "'unknown_key'"} <= found


def test_every_act_of_the_journal_has_a_name() -> None:
    written = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            written |= set(re.findall(r'act="([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    written |= {f"topic_list.{act.name.rstrip('_')}" for act in TOPIC_LIST.acts}
    assert len(written) > 10
    assert sorted(written - set(ACTS)) == []


def test_values_come_in_words() -> None:
    with translation.override("en"):
        told = sentence(Problem("half_year_not_open", {"half_year": "2027-H1"}))
        assert "first half of 2027" in told
        assert "Russian" in sentence(Problem("missing_title_language", {"number": 2, "language": "ru"}))
        assert "1 March 2027" in sentence(
            Problem("not_deputy_prime_minister", {"person": "x", "day": date(2027, 3, 1)})
        )


def test_a_forged_period_and_an_unknown_code_still_make_a_sentence() -> None:
    with translation.override("en"):
        assert "<b>" in sentence(Problem("half_year_not_open", {"half_year": "<b>"}))  # templates escape it
        assert "brand_new" in sentence(Problem("brand_new"))
        assert "…" in sentence(Problem("missing_title"))


def test_people_are_shown_the_last_day_never_the_midnight_after_it() -> None:
    step = Step("late_from", {"moment": datetime(2026, 12, 1, 19, 0, tzinfo=UTC)})
    with translation.override("en"):
        assert "1 December 2026" in explanation(step)
        assert "2 December" not in explanation(step)


@pytest.mark.parametrize("code", sorted(known_rule_sets()))
def test_every_date_explains_itself_in_words(code: str) -> None:
    rules = parse_rule_set(known_rule_sets()[code])
    days = Workdays({date(2026, 12, 16): "off"})
    dues = [
        topic_list_due(HalfYear(2027, 1), rules, days),
        review_due(date(2026, 12, 14), rules, days),
    ]
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            for due in dues:
                told = explanations(due.steps)
                assert len(told) == len(due.steps)
                assert all("…" not in one and "%(" not in one for one in told), told


def test_terms_are_counted_in_their_unit() -> None:
    with translation.override("en"):
        assert length(1, "working_days") == "1 working day"
        assert length(10, "calendar_days") == "10 calendar days"
