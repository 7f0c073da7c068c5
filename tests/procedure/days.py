"""A day table written by hand, rule sets with one thing changed, and moments read from text."""

from datetime import date, datetime

from procedure.rule_sets import RuleSet, known_rule_sets, parse_rule_set

# Holidays and moved days that lie near the deadlines of the tests.
DAYS_OFF = {
    date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2024: ("01-01", "01-02", "03-08", "08-30"),
        2026: ("01-01", "01-02", "01-07", "03-09", "12-16"),
        2027: ("01-01", "01-04", "01-07", "03-08", "03-15", "03-22", "03-23", "03-24", "05-03", "07-06"),
    }.items()
    for day in days
}
# A Saturday that the Government swapped for a working day.
WORKING_SATURDAYS = frozenset({date(2027, 7, 10)})


class DayTable:
    """Weekends and the days above; swapped Saturdays only when asked for."""

    def __init__(self, swapped: frozenset[date] = frozenset()) -> None:
        self.swapped = swapped

    def is_working(self, day: date) -> bool:
        return day in self.swapped or (day.weekday() < 5 and day not in DAYS_OFF)


class NoWorkingDays:
    """A broken table: every day is off."""

    def is_working(self, day: date) -> bool:
        return False


def text_with(*changes: tuple[str, str]) -> str:
    """The shipped rule set with pieces of its text replaced; each piece must be there."""
    text = known_rule_sets()["decree-draft-2023"]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def rules_with(*changes: tuple[str, str]) -> RuleSet:
    return parse_rule_set(text_with(*changes))


def at(text: str) -> datetime:
    """An aware moment from ISO text."""
    moment = datetime.fromisoformat(text)
    assert moment.tzinfo is not None
    return moment


def day(text: str) -> date:
    return date.fromisoformat(text)
