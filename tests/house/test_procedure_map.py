"""docs/procedure.md is complete: clause → function → test, and the check can fail."""

import pytest

from procedure.rule_sets import known_rule_sets, parse_rule_set
from tests.house.procedure_map import ROOT, clauses, faults, public_functions

PAGE = (ROOT / "docs" / "procedure.md").read_text(encoding="utf-8")


def test_the_page_is_complete_and_true():
    assert faults(PAGE) == []


def test_rule_sets_name_clauses_of_the_page():
    for text in known_rule_sets().values():
        rules = parse_rule_set(text)
        named = {
            rule.clause for kind in (rules.deadlines, rules.terms, rules.grounds) for rule in kind.values()
        }
        assert named <= clauses(PAGE)


def test_the_functions_of_the_procedure_are_found():
    assert "procedure.deadlines.topic_list_due" in public_functions()
    assert len(public_functions()) > 30


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (", `procedure.recurrence.day_in`", "", "no row for procedure.recurrence.day_in"),
        (
            "`procedure.deadlines.topic_list_due`",
            "`procedure.deadlines.list_due`",
            "no such code: procedure.deadlines.list_due",
        ),
        (
            "`procedure.deadlines.Due.is_late`",
            "`procedure.deadlines.Due.was_late`",
            "no such code: procedure.deadlines.Due.was_late",
        ),
        (
            "`regions.models.bodies.Body`",
            "`regions.models.gone.Body`",
            "no such code: regions.models.gone.Body",
        ),
        (
            "test_moments.py::test_outdated_time_zone_data_are_found",
            "test_moments.py::test_nothing",
            "no such test: tests/procedure/test_moments.py::test_nothing",
        ),
        (
            "`tests/procedure/test_recurrence.py::",
            "`tests/procedure/test_gone.py::",
            "no such test: tests/procedure/test_gone.py",
        ),
        (
            "| 2.4 | The calendar reaches the commission by 10 January and 10 July | stated |",
            "| 2.4 | By 10 January | sworn |",
            "malformed row",
        ),
        ("| 3.9 |", "| three |", "malformed row"),
        ("| 3.9 | Without a version in force the window does not apply |", "| 3.9 | |", "malformed row"),
        ("| 1.6 | A body", "| 1.6 | | A body", "malformed row"),
        ("| 7.1 | Membership", "| 7.4 | Membership", "clause 7.4 is in both tables"),
        ("## Not yet in code", "## Later", "a table is missing"),
        (
            "`procedure.half_years.HalfYear`, `procedure",
            "procedure.half_years.HalfYear, `procedure",
            "malformed row",
        ),
    ],
)
def test_a_doctored_page_is_found_out(old, new, fault):
    assert old in PAGE
    assert any(found.startswith(fault) for found in faults(PAGE.replace(old, new))), faults(
        PAGE.replace(old, new)
    )
