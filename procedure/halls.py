"""A hall where meetings are held: what must be known of it before people can be asked to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from procedure.problems import Problem
from procedure.proposed_meetings import Place, problems_of_place
from procedure.texts import is_blank

NAME_LIMIT = 200
ADDRESS_LIMIT = 300
SEATS_LIMIT = 100_000


@dataclass(frozen=True)
class HallDraft:
    """A hall as its akimat describes it.

    place          КАТО code of the town or village; it stays with the hall for good
    capacity       seats
    step_free      people in wheelchairs reach it by themselves
    hearing_loop   people with hearing aids hear through them
    """

    name_kk: str
    name_ru: str
    address_kk: str
    address_ru: str
    capacity: int
    place: str = ""
    step_free: bool = False
    hearing_loop: bool = False


def problems_of_hall(draft: HallDraft, place: Place | None, region: str) -> list[Problem]:
    """What keeps a hall from being registered: name and address in both languages, seats, a place of the region.

    `place` is what the code of the draft names, None if there is no such place. Fields are named as in forms.
    """
    problems = [
        Problem("hall_text_missing", field=name)
        for name in ("name_kk", "name_ru", "address_kk", "address_ru")
        if is_blank(getattr(draft, name))
    ]
    if not 1 <= draft.capacity <= SEATS_LIMIT:
        problems.append(Problem("out_of_range", {"lowest": 1, "highest": SEATS_LIMIT}, "capacity"))
    return problems + problems_of_place(place, region)


def problems_to_close(last_day: date, today: date) -> list[Problem]:
    """What keeps a hall from being closed: its last day is today or lies ahead, since meetings were held before."""
    return [Problem("hall_closes_in_the_past", field="last_day")] if last_day < today else []


def seat_warning(attendance: int | None, seats: int | None) -> list[Problem]:
    """More people are expected than the hall has seats: worth a word to writer and reviewer, no error."""
    if attendance is None or seats is None or attendance <= seats:
        return []
    return [Problem("more_people_than_seats", {"people": attendance, "seats": seats}, "attendance")]
