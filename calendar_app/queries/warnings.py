"""Conflicts and warnings as planners read them: with the meetings, by name, and whether they were accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from base.names import in_language
from calendar_app.models import AcceptedWarning, CalendarVersion, PlannedMeeting
from calendar_app.queries.calendars import conflicts_among, planned_of, regions_of
from procedure.conflicts import WARNING, Conflict
from regions.models import Person, Territory


@dataclass(frozen=True)
class Told:
    """A conflict with names in its sentence, the meetings it is about, and why it was accepted, if it was.

    name is the stable one of the rule, under which a warning is accepted.
    """

    name: str
    conflict: Conflict
    rows: list[PlannedMeeting]
    accepted: AcceptedWarning | None = None

    @property
    def can_be_accepted(self) -> bool:
        """Whether it only warns: what is blocking is mended, not accepted."""
        return self.conflict.severity == WARNING


def told(version: CalendarVersion, about: PlannedMeeting | None = None) -> list[Told]:
    """Everything found in the plan, or about one of its meetings; at most ten queries for any number."""
    return told_among(version, planned_of(version), about)


def told_among(
    version: CalendarVersion, planned: Sequence[PlannedMeeting], about: PlannedMeeting | None = None
) -> list[Told]:
    """The same for meetings that were read, or for a plan that is only thought of."""
    regions = {one.pk: one for one in regions_of(version)}
    found = conflicts_among(version, planned, regions)
    if about is not None:
        found = [one for one in found if about.pk in one.keys]
    accepted = {one.key: one for one in version.accepted_warnings.all()}
    rows = {one.pk: one for one in planned}
    return [
        Told(raw.name, one, [rows[key] for key in one.keys], accepted.get(raw.name))
        for one, raw in zip(_named(found, rows.values(), regions), found, strict=True)
    ]


def _named(
    found: list[Conflict], rows: Iterable[PlannedMeeting], regions: Mapping[str, Territory]
) -> list[Conflict]:
    """The same conflicts, people, halls and regions in them by name."""
    people = Person.objects.in_bulk(
        {int(str(one.params["who"])) for one in found if one.code == "person_twice"}
    )
    rows = list(rows)
    halls = {str(one.hall_id): in_language(one.hall) for one in rows if one.hall}
    bodies = {who.body_id: in_language(who.body) for one in rows for who in one.attendance.all()}
    named = []
    for one in found:
        params = dict(one.params)
        if one.code == "person_twice":
            params["who"] = in_language(people[int(str(params["who"]))])
        if one.code == "hall_twice":
            params["who"] = halls[str(params["who"])]
        if "ministry" in params:
            params["ministry"] = bodies[str(params["ministry"])]
        if "region" in params:
            params["region"] = in_language(regions[str(params["region"])])
        named.append(replace(one, params=params))
    return named
