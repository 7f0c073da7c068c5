"""Whose working hours hold: the body's own, else the nearest territory's, else the country's default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from base import written_once
from procedure import meeting_times
from regions.models import Body, Territory, WorkingHours

Week = dict[int, meeting_times.WorkingHours]


def week(*, body: Body | None = None, territory: Territory | None = None) -> Week:
    """Hours by weekday (0 = Monday) as the procedure takes them; a missing weekday is not worked.

    Whoever has hours of its own for any weekday has them for the whole week. At most two queries.
    """
    codes = _codes_upwards(territory) if territory else []
    found = WorkingHours.objects.filter(
        Q(body=body, body__isnull=False) | Q(territory__in=codes) | Q(body=None, territory=None)
    )
    weeks: dict[str | None, Week] = defaultdict(dict)
    for row in found:
        weeks[row.body_id or row.territory_id][row.weekday] = as_rule(row)
    own = [body.pk] if body else []
    nearest = next((code for code in [*own, *codes] if code in weeks), None)
    return weeks[nearest]


def weeks(territories: Iterable[Territory | None]) -> dict[str | None, Week]:
    """The same for many territories (read with two parents) by their code, None for the country; one query."""
    chains: dict[str | None, list[str]] = {None: []}
    for territory in territories:
        if territory is not None:
            parent = territory.parent
            above = (territory.pk, territory.parent_id, parent and parent.parent_id, territory.region_id)
            chains[territory.pk] = list(dict.fromkeys(code for code in above if code))
    codes = {code for chain in chains.values() for code in chain}
    found: dict[str | None, Week] = defaultdict(dict)
    for row in _hours(tuple(sorted(codes))):
        found[row.territory_id][row.weekday] = as_rule(row)
    return {code: found[next((one for one in chain if one in found), None)] for code, chain in chains.items()}


@written_once.rows
def _hours(codes: tuple[str, ...]) -> QuerySet[WorkingHours]:
    return WorkingHours.objects.filter(Q(territory__in=codes) | Q(body=None, territory=None))


def as_rule(row: WorkingHours) -> meeting_times.WorkingHours:
    """One row as the procedure's value."""
    return meeting_times.WorkingHours(
        row.opens, row.closes, row.break_from, row.break_to, is_default=row.is_default
    )


def _codes_upwards(territory: Territory) -> list[str]:
    """The codes of a territory and of what it is part of, nearest first."""
    parents = ("parent_id", "parent__parent_id", "region_id")
    above = Territory.objects.filter(pk=territory.pk).values_list(*parents).get()
    return list(dict.fromkeys(code for code in (territory.pk, *above) if code))
