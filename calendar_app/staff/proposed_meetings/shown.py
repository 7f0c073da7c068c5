"""How a list shows its proposed meetings: one row each, with times in words and who can come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from base.names import in_language
from calendar_app.labels.proposed_meetings import Mode
from calendar_app.models import ProposedMeeting, TopicList
from calendar_app.queries import proposed_meetings as queries
from calendar_app.staff.places import code_of
from calendar_app.staff.proposed_meetings.meeting_rows import ShownMeeting, ShownTime, drawn
from calendar_app.window_words import days_in_words, fit_in_words, window_in_words
from procedure.problems import Problem
from procedure.proposed_meetings import problems_of_window
from procedure.proposed_times import Fit, fit_of
from procedure.workdays import Workdays
from regions import hours, workdays
from regions.models import Territory
from regions.places import within


@dataclass(frozen=True)
class ShownMeetings:
    """All rows and their HTML, how many of the meetings with a time suit people who work, halls that are too small."""

    rows: list[ShownMeeting]
    suiting: int
    known: int
    crowded: Sequence[Problem] = ()
    drawn: str = ""


def shown(topic_list: TopicList, days: Workdays | None = None, editor: str = "") -> ShownMeetings:
    """The proposed meetings of a list read with its topics; five queries for any number of them.

    `days` is the day table, if it was read already; with the address of its overview each leads to its page.
    """
    meetings = topic_list.proposed
    if not meetings:
        return ShownMeetings([], 0, 0)
    fitting = queries.fits(meetings, days or workdays.current())
    numbers = {topic.pk: number for number, topic in enumerate(topic_list.topics.all(), start=1)}
    modes = {code: str(label) for code, label in Mode.choices}
    rows = [
        ShownMeeting(
            key=str(one.pk),
            number=str(number),
            ministries="; ".join(in_language(body) for body in one.ministries.all()),
            topics=", ".join(map(str, sorted(numbers[key] for key in one.topic_keys if key in numbers))),
            place=in_language(one.place) if one.place else "",
            within=within(one.place) if one.place else "",
            venue=_venue(one),
            mode=_how(one, modes),
            times=[
                _time(window, fit) for window, fit in zip(one.windows.all(), fitting[one.pk], strict=True)
            ],
        )
        for number, one in enumerate(meetings, start=1)
    ]
    return ShownMeetings(rows, *queries.share(fitting), queries.crowded(topic_list), drawn(rows, editor))


def _venue(meeting: ProposedMeeting) -> str:
    if meeting.hall:
        return f"{in_language(meeting.hall)}, {in_language(meeting.hall, 'address')}"
    return in_language(meeting, "venue")


def _how(meeting: ProposedMeeting, modes: Mapping[str, str]) -> str:
    """The form of the meeting, and how many people are expected."""
    mode = modes.get(meeting.mode, meeting.mode)
    if not meeting.attendance:
        return mode
    expected = _("Expected: %(number)s") % {"number": meeting.attendance}
    return f"{mode}. {expected}"


def _time(window: Any, fit: Fit) -> ShownTime:
    return ShownTime(window_in_words(window.as_rule()), fit_in_words(fit), fit.suits_people)


class Fits:
    """What the times on a form mean in the place that is chosen there: asked beside each of them."""

    def __init__(self, topic_list: TopicList, place: str) -> None:
        self.half_year = topic_list.period
        chosen = Territory.objects.select_related("parent__parent").filter(pk=code_of(place)).first()
        self.week = hours.weeks([chosen])[chosen.pk if chosen else None]
        self.workdays = workdays.current()

    def beside(self, form: Any) -> None:
        """Give the form of a time its `fit` in words; none as long as it is not sound."""
        form.fit = None
        values = QueryDict(mutable=True)
        for name in form.fields:
            value = form[name].value()
            values.setlist(name, value if isinstance(value, list) else [_text(form, name, value)])
        looked_at = type(form)(values, half_year=self.half_year)
        if looked_at.is_blank or not looked_at.is_valid():
            return
        window = looked_at.window()
        if problems_of_window(window, self.half_year):
            return
        fit = fit_of(window, self.week, self.workdays)
        form.fit = {
            "kind": fit_in_words(fit),
            "suits": fit.suits_people,
            "days": days_in_words(fit) if type(window).__name__ == "LooseWindow" else "",
            "assumed": any(one.is_default for one in self.week.values()),
        }


def _text(form: Any, name: str, value: Any) -> str:
    """The value as the box shows it, hence as it would be sent."""
    shown = form[name].field.widget.format_value(form.fields[name].prepare_value(value))
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown)


def language() -> str:
    """The language of the page."""
    return get_language() or "kk"
