"""What cells of the table of a plan say, as codes; and how the table says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from base.search import fold
from calendar_app.labels.meetings import MeetingKind, Mode, SpokenLanguage
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries.plan_edits import values_of
from calendar_app.spreadsheets.choices import both, labels, spellings
from procedure.plan_edits import BETWEEN, FIELDS
from regions.models import Body, Hall, Territory

# Offered in the drop-down lists of the table; several ministries stand in one cell, divided by a semicolon.
WITH_LISTS = ("bodies", "kind", "mode", "languages", "hall")
_PLACE = re.compile(r"(?<!\d)(\d{9})(?!\d)")
_HALL = re.compile(r"\s*№\s*(\d{1,18})\b(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")


class PlanChoices:
    """What the columns of a plan offer in its half-year: two queries, and one for places once they are asked for."""

    def __init__(self, version: CalendarVersion) -> None:
        day = version.period.first_day
        ministries = Body.objects.ministries().on(day).in_alphabetical_order("kk")
        self.halls = {
            str(one.pk): one
            for one in Hall.objects.on(day).select_related("territory").order_by("territory", "pk")
        }
        self.offered: dict[str, dict[str, tuple[str, str]]] = {
            "bodies": {one.pk: (one.name_kk, one.name_ru) for one in ministries},
            "kind": labels(MeetingKind),
            "mode": labels(Mode),
            "languages": labels(SpokenLanguage),
        }
        self.known = {name: spellings(offered) for name, offered in self.offered.items()}
        named: dict[str, list[str]] = {}
        for key, one in self.halls.items():
            for spelling in {fold(one.name_kk), fold(one.name_ru), fold(both(one.name_kk, one.name_ru))}:
                named.setdefault(spelling, []).append(key)
        self.hall_names = {name: keys[0] for name, keys in named.items() if len(keys) == 1}

    def listed(self, name: str) -> list[str]:
        """The values of a drop-down list, Kazakh and Russian at once."""
        if name == "hall":
            return [hall_said(one) for one in self.halls.values()]
        return [both(*names) for names in self.offered[name].values()]

    def said(self, planned: PlannedMeeting) -> dict[str, Any]:
        """A planned meeting, read with places and attendance, as the cells of its row."""
        values = values_of(planned)
        found: dict[str, Any] = {name: values[name] for name in FIELDS}
        found["bodies"] = "; ".join(
            both(one.body.name_kk, one.body.name_ru) for one in planned.attendance.all()
        )
        for name in ("kind", "mode", "languages"):
            found[name] = both(*self.offered[name][values[name]])
        found["place"] = place_said(planned.place)
        found["hall"] = hall_said(planned.hall) if planned.hall else ""
        found["day"] = date.fromisoformat(values["day"])
        for name in ("starts", "ends"):
            found[name] = datetime.strptime(values[name], "%H:%M").time()  # noqa: DTZ007 - a clock time
        return found

    def value_of(self, name: str, text: str) -> str | None:
        """The text that a set speaks about; None for a cell that says nothing known."""
        if name == "bodies":
            return self._bodies(text)
        if name in self.known:
            return self.known[name].get(fold(text))
        if name == "place":
            found = _PLACE.search(text)
            return found[1] if found else None
        if name == "hall":
            return self._hall(text)
        if name == "day":
            return day_of_text(text)
        return clock_of_text(text) if name in ("starts", "ends") else text

    def _bodies(self, text: str) -> str | None:
        parts = [one for one in re.split(r"[;\n]", text) if one.strip()]
        codes = [self.known["bodies"].get(fold(one)) for one in parts]
        return BETWEEN.join(dict.fromkeys(code for code in codes if code)) if all(codes) else None

    def _hall(self, text: str) -> str | None:
        """By its number, alone or before its own name ("№ 5 мектеп" is a name); else by a name of one hall only."""
        found = _HALL.match(text)
        if found and (hall := self.halls.get(found[1])):
            rest = fold(found[2])
            if not rest or any(rest.startswith(fold(name)) for name in (hall.name_kk, hall.name_ru) if name):
                return found[1]
        return self.hall_names.get(fold(text))


def hall_said(hall: Hall) -> str:
    """“№ 12 Kazakh name / Russian name, place”: the number is what is read back."""
    return f"№ {hall.pk} {both(hall.name_kk, hall.name_ru)}, {hall.territory.name_kk}"


def place_said(place: Territory) -> str:
    """“395230100 Kazakh name / Russian name”: villages share names, codes they do not."""
    return f"{place.pk} {both(place.name_kk, place.name_ru)}"


def day_of_text(text: str) -> str | None:
    """27.02.2027 or 2027-02-27 as ISO 8601."""
    found = _DAY.fullmatch(text.strip())
    said = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text.strip()
    try:
        return date.fromisoformat(said).isoformat() if len(said) == 10 else None
    except ValueError:
        return None


def clock_of_text(text: str) -> str | None:
    """9:00, 18.00 or 18:00:00 as 18:00."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02}:{found[2]}"


def unknown_places(codes: Iterable[str]) -> set[str]:
    """Those that are no town or village; one query."""
    wanted = set(codes)
    return wanted - set(Territory.objects.selectable().filter(pk__in=wanted).values_list("pk", flat=True))


def as_cells(row: Mapping[str, Any], name: str) -> str:
    """The text of a cell, "" if the row has none."""
    return str(row["cells"].get(name, "")).strip()
