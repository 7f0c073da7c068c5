"""The duties of half-years as boards, certificates and feeds show them: two statements for any number.

Rows are kept by `transitions.obligations`; what has met them is read anew, so that a duty turns the moment its
act is done. One statement asks all kinds at once; a test holds it against `queries.obligations.EVIDENCE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.urls import reverse

from base import written_once
from base.search import SortKey, fold, words
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Obligation
from calendar_app.models.obligations import Key
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.obligations import status
from regions.models import Body
from regions.models.naming import name_column

# So many calendar days after the last day an overdue duty stands on the second level.
LONG_OVERDUE_DAYS = 5
OVERDUE, LONG_OVERDUE, NOBODY = "overdue", "long_overdue", "nobody"

# What came by letter counts from the letter, and is known once it was entered; the first entry of a round holds.
_PROOFS = """
WITH asked AS (SELECT unnest(%(half_years)s::text[]) AS half_year)
SELECT DISTINCT ON (kind, subject, body, round) kind, subject, body, round, at, reference, place, sha256 FROM (
    SELECT 'topic_list' AS kind, l.half_year AS subject, l.akimat_id AS body, s.round::int,
           coalesce(s.came_at, s.submitted_at) AS at, s.receipt_number AS reference, s.number::bigint AS place,
           s.sha256, s.number AS turn
    FROM asked JOIN calendar_app_topiclist l USING (half_year)
    JOIN calendar_app_submission s ON s.topic_list_id = l.id
    LEFT JOIN calendar_app_recall r ON r.submission_id = s.id AND r.at <= %(moment)s
    WHERE r.submission_id IS NULL AND s.submitted_at <= %(moment)s
    UNION ALL
    SELECT 'calendar_submission', c.half_year, 'authority', s.round, s.submitted_at, s.receipt_number, v.number,
           s.sha256, 0
    FROM asked JOIN calendar_app_calendar c USING (half_year)
    JOIN calendar_app_calendarversion v ON v.calendar_id = c.id
    JOIN calendar_app_calendarsubmission s ON s.version_id = v.id AND s.due IS NOT NULL
    UNION ALL
    SELECT 'decision', c.half_year, 'commission', 1, e.closed_at, e.protocol_number, e.id, '', 0
    FROM asked JOIN calendar_app_calendar c USING (half_year)
    JOIN calendar_app_calendarversion v ON v.calendar_id = c.id
    JOIN calendar_app_session e ON e.version_id = v.id AND e.decision = 'approved'
    UNION ALL
    SELECT 'publication', c.half_year, 'authority', 1, v.in_force_from, c.half_year || '/' || v.number,
           v.number, '', 0
    FROM asked JOIN calendar_app_calendar c USING (half_year)
    JOIN calendar_app_calendarversion v ON v.calendar_id = c.id
    WHERE v.in_force_from IS NOT NULL
) found WHERE at <= %(moment)s ORDER BY kind, subject, body, round, turn, at, place
"""
# Kinds that the statement above answers; of any other the row itself says what was known of it last.
ASKED = frozenset(
    {
        ObligationKind.TOPIC_LIST,
        ObligationKind.CALENDAR_SUBMISSION,
        ObligationKind.DECISION,
        ObligationKind.PUBLICATION,
    }
)
_HAS_OFFICER = """
    EXISTS (SELECT FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active AND u.email <> ''
    WHERE m.body_id = calendar_app_obligation.body_id AND m.valid_from <= %s
        AND (m.valid_to IS NULL OR m.valid_to >= %s))
"""


@dataclass(frozen=True)
class Proof:
    """What has met a duty: when, the number of the paper, where it stands, and its hash if it has one.

    place: number of the submission or version, or key of the session, by the kind of the duty.
    """

    done_at: datetime
    reference: str
    place: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class DutyRow:
    """One duty of one body as it stands at an instant."""

    duty: Obligation
    proof: Proof | None
    moment: datetime

    @property
    def body(self) -> Body:
        return self.duty.body

    @property
    def has_officer(self) -> bool:
        return getattr(self.duty, "has_officer", True)

    @cached_property
    def status(self) -> str:
        """A code of the contract: upcoming, due_soon, overdue, met, late or missed."""
        return status(
            _Edge(self.duty.due, self.duty.last_day) if self.duty.due else None,  # type: ignore[arg-type]
            self.moment,
            done_at=self.proof.done_at if self.proof else None,
            possible=not self.is_closed
            and day_of(self.moment) <= HalfYear.parse(self.duty.half_year).last_day,
            applicable=not self.has_lapsed,
        )

    @property
    def is_closed(self) -> bool:
        """Whether nobody can do it any more, half-year or not."""
        return self.duty.closed_at is not None and self.duty.closed_at <= self.moment

    @property
    def has_lapsed(self) -> bool:
        """Whether it need not be done: the list was recalled, or what was asked stands no more."""
        if not self.is_closed or self.proof:
            return False
        is_review = self.duty.kind == ObligationKind.TOPIC_LIST_REVIEW
        return is_review or self.duty.closed_at == self.duty.opened_at

    @property
    def days_late(self) -> int:
        """Calendar days in Almaty from the last day to the act, or to now while nothing came; 0 in time."""
        if self.duty.last_day is None or self.status not in ("overdue", "late", "missed"):
            return 0
        until = day_of(self.proof.done_at if self.proof else self.moment)
        return (until - self.duty.last_day).days

    @property
    def level(self) -> int:
        """0, or how urgent an overdue duty is: 1 at first, 2 from the sixth day after the last one."""
        if self.status != OVERDUE:
            return 0
        return 2 if self.days_late > LONG_OVERDUE_DAYS else 1

    @property
    def is_owed(self) -> bool:
        return self.status in ("upcoming", "due_soon", "overdue")

    @property
    def kinds(self) -> set[str]:
        """All that counts and filters of the board ask of a row."""
        found = {self.status, self.duty.kind, self.body.kind}
        if self.level == 2:
            found.add(LONG_OVERDUE)
        return found if self.has_officer else found | {NOBODY}

    @property
    def proof_url(self) -> str:
        """The page of the receipt, the session or the version that has met the duty; "" where there is none."""
        if self.proof is None or self.proof.place is None:
            return ""
        if self.duty.kind == ObligationKind.TOPIC_LIST:
            return reverse(
                "staff:topic_list_receipt", args=[self.duty.subject, self.duty.body_id, self.proof.place]
            )
        if self.duty.kind == ObligationKind.DECISION:
            return reverse("staff:session", args=[self.proof.place])
        return reverse("staff:calendar_version", args=[self.duty.half_year, self.proof.place])


@dataclass(frozen=True)
class _Edge:
    """What `procedure.obligations.status` asks of a term."""

    due: datetime
    last_day: date | None

    def is_late(self, moment: datetime) -> bool:
        return moment >= self.due

    def days_left(self, today: date) -> int:
        assert self.last_day
        return (self.last_day - today).days


def read(
    half_years: Sequence[HalfYear | str],
    moment: datetime,
    *,
    bodies: Iterable[str] | None = None,
    language: str = "kk",
) -> list[DutyRow]:
    """The duties that were opened by the instant, of some bodies or of all, by kind, then by alphabet.

    Two queries. Each body knows whether it has anybody to remind; rule sets come without their text.
    """
    codes = [one if isinstance(one, str) else one.code for one in half_years]
    asked = None if bodies is None else tuple(bodies)
    proofs = proofs_of(codes, moment)
    order = {kind: place for place, kind in enumerate(ObligationKind.values)}
    found = [
        DutyRow(row, _proof(row, proofs, moment), moment)
        for row in _opened(tuple(codes), asked, language, day_of(moment), moment)
    ]
    return sorted(found, key=lambda one: (one.duty.half_year, order[one.duty.kind]))


@written_once.rows
def _opened(
    half_years: tuple[str, ...], bodies: tuple[str, ...] | None, language: str, day: date, moment: datetime
) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(half_year__in=half_years, opened_at__lte=moment)
    if bodies is not None:
        rows = rows.filter(body__in=bodies)
    region = {"ru": "body__region__short_ru", "en": "body__region__name_en"}.get(
        language, "body__region__short_kk"
    )
    return (
        rows.select_related("body", "rule_set")
        .defer("rule_set__text", "body__search")
        .annotate(has_officer=RawSQL(_HAS_OFFICER, (day, day), output_field=BooleanField()))  # noqa: S611
        .order_by("half_year", SortKey(Coalesce(region, f"body__{name_column(language)}")), "body", "round")
    )


def proofs_of(half_years: Sequence[str], moment: datetime) -> dict[Key, Proof]:
    """What has met the duties of the half-years up to the instant: one query for all kinds."""
    with connection.cursor() as cursor:
        cursor.execute(_PROOFS, {"half_years": list(half_years), "moment": moment})
        rows = cursor.fetchall()
    return {(kind, subject, body, number): Proof(*rest) for kind, subject, body, number, *rest in rows}


def _proof(row: Obligation, proofs: dict[Key, Proof], moment: datetime) -> Proof | None:
    if row.kind in ASKED:
        return proofs.get(row.key)
    if row.done_at is None or row.done_at > moment:
        return None
    return Proof(row.done_at, row.evidence)


def found_by_name(rows: Iterable[DutyRow], text: str) -> list[DutyRow]:
    """Rows of bodies where each word is part of a name, however it is spelled."""
    asked = words(text)
    return [row for row in rows if all(word in _spelled(row.body) for word in asked)]


def _spelled(body: Body) -> str:
    names = [getattr(body, f"{part}_{code}") for part in ("name", "full_name") for code in ("kk", "ru", "en")]
    return fold(" ".join([*names, body.pk]))


def half_years_on_offer() -> list[HalfYear]:
    """Half-years with duties, the newest first."""
    codes = Obligation.objects.order_by("-half_year").values_list("half_year", flat=True).distinct()
    return [HalfYear.parse(code) for code in codes]
