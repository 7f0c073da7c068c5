"""Duties that one body has because another one acted: to review a list that came, to answer in coordination."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from calendar_app import terms
from calendar_app.labels.coordination import AnswerState
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import CoordinationAnswer, Recall, Review, Submission
from calendar_app.models.obligations import Key
from calendar_app.queries.owed import Evidence, Owed, Term
from procedure.half_years import HalfYear
from procedure.obligations import AUTHORITY
from procedure.workdays import working_day_from
from regions.workdays import Workdays


def reviews(half_years: Sequence[HalfYear], days: Workdays, moment: datetime) -> Iterator[Owed]:
    """The review of each list that came by the instant; one that was recalled is not owed any more."""
    came = Submission.objects.filter(
        topic_list__half_year__in=[one.code for one in half_years], submitted_at__lte=moment
    )
    recalled = dict(
        Recall.objects.filter(submission__in=came, at__lte=moment).values_list("submission_id", "at")
    )
    for one in came.select_related("topic_list__rule_set").order_by("submitted_at", "pk"):
        topic_list = one.topic_list
        due = terms.of_review(topic_list, one.counts_at, days)
        yield Owed(
            (ObligationKind.TOPIC_LIST_REVIEW, one.receipt_number, AUTHORITY, one.round),
            topic_list.period,
            one.submitted_at,
            Term.of(due),
            topic_list.rule_set,
            closed_at=recalled.get(one.pk),
            lapsed=one.pk in recalled,
        )


def reviewed(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """The first decision on each list that came."""
    made = Review.objects.filter(
        submission__topic_list__half_year__in=[one.code for one in half_years], at__lte=moment
    )
    found: dict[Key, Evidence] = {}
    rows = made.order_by("at", "pk").values_list("submission__receipt_number", "submission__round", "at")
    for receipt, number, at in rows:
        key = (ObligationKind.TOPIC_LIST_REVIEW, receipt, AUTHORITY, number)
        found.setdefault(key, Evidence(at, receipt))
    return found


def questions(half_years: Sequence[HalfYear], days: Workdays, moment: datetime) -> Iterator[Owed]:
    """What each ministry was asked in each round of coordination, with the term that it was given.

    A question about a meeting that changed since counts as never asked; a version that was submitted takes no
    more answers.
    """
    for key, asked in _asked(half_years, moment):
        opened, version = asked[0].round, asked[0].planned.version
        lapsed = not any(_stands(one) or _answered(one, moment) for one in asked)
        submitted = version.submitted_at if version.submitted_at and version.submitted_at <= moment else None
        aim_day = working_day_from(opened.last_day, days, direction=-1)
        yield Owed(
            key,
            version.period,
            opened.opened_at,
            Term(opened.last_day, aim_day, opened.due),
            version.calendar.rule_set,
            closed_at=opened.opened_at if lapsed else submitted,
            lapsed=lapsed,
        )


def answered(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """Rounds in which a ministry answered every question that stands: when the last answer came."""
    found: dict[Key, Evidence] = {}
    for key, asked in _asked(half_years, moment):
        said = [one.at for one in asked if one.at and _answered(one, moment)]
        if said and not any(_stands(one) and not _answered(one, moment) for one in asked):
            found[key] = Evidence(max(said), f"{key[1]}/{key[3]}")
    return found


def _asked(
    half_years: Sequence[HalfYear], moment: datetime
) -> Iterable[tuple[Key, list[CoordinationAnswer]]]:
    """The questions of each round and ministry, in one query."""
    rows = CoordinationAnswer.objects.filter(
        round__version__calendar__half_year__in=[one.code for one in half_years], round__opened_at__lte=moment
    ).select_related("round", "planned__version__calendar__rule_set")
    rows = rows.order_by("round__opened_at", "round", "body", "pk")
    for (_, body), group in groupby(rows, key=attrgetter("round_id", "body_id")):
        asked = list(group)
        version = asked[0].planned.version
        subject = f"{version.half_year}/{version.number}"
        yield (ObligationKind.COORDINATION_ANSWER, subject, body, asked[0].round.number), asked


def _stands(one: CoordinationAnswer) -> bool:
    return one.edition == one.planned.edition and not one.planned.cancelled


def _answered(one: CoordinationAnswer, moment: datetime) -> bool:
    return one.state != AnswerState.ASKED and one.at is not None and one.at <= moment
