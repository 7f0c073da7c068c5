"""Duties that one body has because another one acted: to review a list that came, to answer in coordination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from django.db.models import BooleanField, ExpressionWrapper, F, Q

from calendar_app import terms
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import CoordinationAnswer, CoordinationRound, Recall, Review, Submission
from calendar_app.models.coordination import ANSWER_CAME
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


@dataclass(frozen=True)
class _Asked:
    """All questions of one round to one ministry."""

    round: CoordinationRound
    body: str
    questions: list[_Question]

    @property
    def key(self) -> Key:
        version = self.round.version
        return (
            ObligationKind.COORDINATION_ANSWER,
            f"{version.half_year}/{version.number}",
            self.body,
            self.round.number,
        )


@dataclass(frozen=True)
class _Question:
    """stands: whether it is about the meeting as it is now; at: when it was answered; came: by which instant that
    counts, which for a letter is the one at which the authorised body registered it."""

    stands: bool
    at: datetime | None
    came: datetime | None

    def is_answered(self, moment: datetime) -> bool:
        return self.at is not None and self.at <= moment


def questions(half_years: Sequence[HalfYear], days: Workdays, moment: datetime) -> Iterator[Owed]:
    """What each ministry was asked in each round of coordination, with the term that it was given.

    A question about a meeting that changed since counts as never asked; a version that was submitted takes no
    more answers.
    """
    for asked in _asked(half_years, moment):
        opened, version = asked.round, asked.round.version
        lapsed = not any(one.stands or one.is_answered(moment) for one in asked.questions)
        submitted = version.submitted_at if version.submitted_at and version.submitted_at <= moment else None
        aim_day = working_day_from(opened.last_day, days, direction=-1)
        yield Owed(
            asked.key,
            version.period,
            opened.opened_at,
            Term(opened.last_day, aim_day, opened.due),
            version.calendar.rule_set,
            closed_at=opened.opened_at if lapsed else submitted,
            lapsed=lapsed,
        )


def answered(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """Rounds in which a ministry answered every question that stands: when the last answer came.

    What was answered by letter is known once it was entered, and counts from the letter (docs/adr/0021).
    """
    found: dict[Key, Evidence] = {}
    for asked in _asked(half_years, moment):
        said = [one.came for one in asked.questions if one.came and one.is_answered(moment)]
        if said and not any(one.stands and not one.is_answered(moment) for one in asked.questions):
            found[asked.key] = Evidence(max(said), f"{asked.key[1]}/{asked.key[3]}")
    return found


def _asked(half_years: Sequence[HalfYear], moment: datetime) -> Iterator[_Asked]:
    """The questions of each round and ministry; two queries, and none of them reads meetings into objects."""
    opened = CoordinationRound.objects.filter(
        version__calendar__half_year__in=[one.code for one in half_years], opened_at__lte=moment
    )
    rounds = {one.pk: one for one in opened.select_related("version__calendar__rule_set")}
    if not rounds:
        return
    stands = Q(edition=F("planned__edition"), planned__cancelled=False)
    # Answers that a later version took over count in the version in which they were asked.
    own = CoordinationAnswer.objects.filter(round__in=list(rounds), planned__version=F("round__version"))
    rows = own.values_list(
        "round_id", "body_id", ExpressionWrapper(stands, BooleanField()), "at", ANSWER_CAME
    )
    rows = rows.order_by("round__opened_at", "round_id", "body_id", "pk")
    for (number, body), group in groupby(rows, key=itemgetter(0, 1)):
        yield _Asked(rounds[number], body, [_Question(*row[2:]) for row in group])
