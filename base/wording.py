"""Sentences for what the rules say: a problem, or a step of an explanation, in the page's language.

Values come into the sentences already in words. Days and periods come in the cases of Kazakh too:
beside %(day)s there are %(day_ablative)s, %(day_dative)s, %(day_locative)s, the same text in ru and en.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import ngettext

from base import dates
from base.wording_tables import ACTS, LANGUAGES, PROBLEMS, STATES, STEPS, UNKNOWN
from procedure.half_years import HalfYear, Quarter
from procedure.problems import Problem, Step

CASES = ("ablative", "dative", "locative")
PERIODS = frozenset({"half_year", "quarter", "period"})


def sentence(problem: Problem) -> str:
    """One courteous sentence for a problem; a code without wording still says that something is wrong."""
    return _filled(PROBLEMS.get(problem.code, UNKNOWN), {"code": problem.code, **problem.params})


def explanation(step: Step) -> str:
    """One sentence for a step of the arithmetic behind a date (procedure, section 3)."""
    if step.code in ("counted", "counted_back"):
        return _counted(step)
    if step.code == "late_from":
        # People are shown the last day, never the midnight after it.
        last_day = dates.day_of(_moment(step.params["moment"]) - timedelta(microseconds=1))
        return _filled(STEPS["late_from"], {"day": last_day})
    code = step.code
    if code == "days_off_left_out" and not step.params.get("days_off"):
        code = "no_days_off"
    return _filled(STEPS.get(code, UNKNOWN), {"code": step.code, **step.params})


def explanations(steps: Iterable[Step]) -> list[str]:
    """The arithmetic behind a date, sentence by sentence."""
    return [explanation(step) for step in steps]


def length(days: int, unit: str) -> str:
    """“10 calendar days”, “5 working days”: a term of a rule set; unit as rule sets write it."""
    if unit == "working_days":
        text = ngettext("%(days)s working day", "%(days)s working days", days)
    else:
        text = ngettext("%(days)s calendar day", "%(days)s calendar days", days)
    return text % {"days": days}


def _counted(step: Step) -> str:
    days, unit = step.params["days"], step.params["unit"]
    assert isinstance(days, int)
    return _filled(STEPS[step.code], {**step.params, "length": length(days, str(unit))})


def _filled(text: str | Promise, params: Mapping[str, object]) -> str:
    values = _Values()
    for name, value in params.items():
        values |= _in_words(name, value)
    return str(text) % values


class _Values(dict[str, str]):
    """A value that a sentence asks for and the rule did not give leaves a gap, never an error page."""

    def __missing__(self, name: str) -> str:
        return "…"


def _in_words(name: str, value: object) -> dict[str, str]:
    """The parameter under its name, and under name_case where Kazakh needs a case."""
    if isinstance(value, date):
        day = value
        return {name: dates.long_date(day)} | {f"{name}_{case}": dates.long_date(day, case) for case in CASES}
    if name in PERIODS and isinstance(value, (str, HalfYear, Quarter)):
        return {name: _period(value, "")} | {f"{name}_{case}": _period(value, case) for case in CASES}
    if name == "language":
        return {name: str(LANGUAGES.get(str(value), value))}
    if name in ("state", "act"):
        return {name: str((STATES if name == "state" else ACTS).get(str(value), value))}
    if isinstance(value, (tuple, list)):
        days = [item for item in value if isinstance(item, date)]
        return {name: dates.listed(days) if days else ", ".join(str(item) for item in value)}
    return {name: str(value)}


def _period(value: object, case: str) -> str:
    """The name of a half-year or a quarter; what is neither, such as a forged value, is shown as it came."""
    text = str(value)
    try:
        return dates.half_year_name(text, case) if "-H" in text else dates.quarter_name(text, case)
    except ValueError:
        return text


def _moment(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value
