"""When the authorised body may give more time for an open duty (procedure, section 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.moments import end_of_day
from procedure.problems import Problem, Step
from procedure.workdays import Workdays, days_off_between, working_day_from

# Duties of other bodies. Nobody gives more time to themselves, and windows of amendments follow the decree.
EXTENDABLE = ("topic_list", "coordination_answer")


def problems_to_extend(
    kind: str, half_year: HalfYear, last_day: date, new_last_day: date, today: date, reason: str
) -> list[Problem]:
    """What speaks against a new last day for an open duty; today and both days are days in Almaty.

    It is later than the present one and not past, and it lies before the half-year that is planned is over.
    """
    if kind not in EXTENDABLE:
        return [Problem("not_extendable")]
    problems = []
    if new_last_day <= last_day:
        problems.append(Problem("extension_not_later", {"day": last_day}, "last_day"))
    elif new_last_day < today:
        problems.append(Problem("extension_past", {"day": today}, "last_day"))
    elif new_last_day > half_year.last_day:
        problems.append(Problem("extension_too_late", {"day": half_year.last_day}, "last_day"))
    if not reason.strip():
        problems.append(Problem("extension_reason_required", field="reason"))
    return problems


def extended(due: Due, new_last_day: date, workdays: Workdays) -> Due:
    """The term with the last day that was given instead, aim day and steps included."""
    aim_day = working_day_from(new_last_day, workdays, direction=-1)
    late_from = end_of_day(new_last_day)
    steps = [*due.steps, Step("extended", {"day": new_last_day})]
    if aim_day != new_last_day:
        between = days_off_between(aim_day, new_last_day, workdays)
        steps.append(Step("aim_before_day_off", {"from": new_last_day, "to": aim_day, "days_off": between}))
    steps.append(Step("late_from", {"moment": late_from}))
    return replace(due, last_day=new_last_day, due=late_from, aim_day=aim_day, steps=tuple(steps))
