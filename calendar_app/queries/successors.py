"""What a body that was closed still owed passes to its successor (procedure, section 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from calendar_app.labels.obligations import ObligationKind
from calendar_app.models.obligations import Key
from calendar_app.queries.owed import Evidence, Owed
from procedure.half_years import HalfYear
from procedure.moments import day_of, end_of_day
from regions.models import Body


@dataclass(frozen=True)
class Heir:
    """Who owes what a closed body owed, and from which instant on."""

    code: str
    since: datetime
    closed_on: date
    is_akimat: bool


def heirs(moment: datetime) -> dict[str, Heir]:
    """By the code of each body that was closed by the instant, its successor of that day; one query.

    A successor that was closed too is followed to its own; a circle ends where it began.
    """
    closed = Body.objects.filter(successor__isnull=False, valid_to__lt=day_of(moment))
    rows = {one.pk: one for one in closed.only("pk", "successor", "valid_to", "kind")}
    return {code: _heir(one, rows) for code, one in rows.items()}


def _heir(closed: Body, rows: Mapping[str, Body]) -> Heir:
    passed = [closed]
    while (after := rows.get(passed[-1].successor_id or "")) and after not in passed:
        passed.append(after)
    days = [one.valid_to for one in passed if one.valid_to]
    return Heir(
        code=passed[-1].successor_id or "",
        since=end_of_day(max(days)),
        closed_on=days[0],
        is_akimat=closed.kind == Body.Kind.AKIMAT,
    )


def closed_akimats(after: Mapping[str, Heir], half_year: HalfYear) -> Iterator[str]:
    """Akimats that were closed while lists for the half-year were prepared, or in it."""
    for code, heir in after.items():
        if heir.is_akimat and heir.closed_on >= half_year.previous.first_day:
            yield code


def passed_on(
    owed: Sequence[Owed], done: Mapping[Key, Evidence], after: Mapping[str, Heir]
) -> tuple[list[Owed], dict[Key, Evidence]]:
    """The duties and what has met them, with open ones of closed bodies in the hands of their successors.

    At the closed body such a duty lapses; what it had done by then stays its own. A successor writes a topic list
    of its own, unless that of the closed body lies with the authorised body already.
    """
    if not after:
        return list(owed), dict(done)
    kept: dict[Key, Owed] = {}
    moved: dict[Key, list[Owed]] = {}
    for one in owed:
        heir = after.get(one.key[2])
        if heir is None or one.lapsed or _is_over(one, done, heir):
            kept[one.key] = one
            continue
        kept[one.key] = replace(one, closed_at=one.opened_at, lapsed=True)
        if one.key[0] != ObligationKind.TOPIC_LIST or one.key[3] > 1:
            moved.setdefault((*one.key[:2], heir.code, one.key[3]), []).append(one)
    settled = dict(done)
    for key, left in moved.items():
        own, first = kept.get(key), left[0]
        if own is None or own.lapsed:
            kept[key] = replace(first, key=key, opened_at=max(first.opened_at, after[first.key[2]].since))
        _settle(settled, key, [key] * (own is not None and not own.lapsed) + [one.key for one in left])
    return list(_without_lists_that_came(kept.values(), settled, after)), settled


def _settle(settled: dict[Key, Evidence], key: Key, parts: Sequence[Key]) -> None:
    """What several bodies left is done once each part is; the last one proves it."""
    proofs = [settled.pop(part, None) for part in parts]
    settled.pop(key, None)
    if all(proofs):
        settled[key] = max((one for one in proofs if one), key=lambda one: one.done_at)


def _is_over(one: Owed, done: Mapping[Key, Evidence], heir: Heir) -> bool:
    """Whether it was met, missed, or could not be met any more, before the body was closed: that stays its own."""
    proof = done.get(one.key)
    return (
        (proof is not None and proof.done_at < heir.since)
        or (one.closed_at is not None and one.closed_at < heir.since)
        or (one.term is not None and one.term.is_late(heir.since))
    )


def _without_lists_that_came(
    owed: Iterable[Owed], done: Mapping[Key, Evidence], after: Mapping[str, Heir]
) -> Iterator[Owed]:
    owed = list(owed)
    came = {
        (kind, subject, after[body].code, number)
        for kind, subject, body, number in (one.key for one in owed if one.key in done)
        if kind == ObligationKind.TOPIC_LIST and body in after
    }
    for one in owed:
        if one.key in came and one.key not in done:
            yield replace(one, closed_at=one.opened_at, lapsed=True)
        else:
            yield one
