"""Published meetings as flat rows, two queries for any number of them: what pages, feeds and files are drawn from.

Public pages show thousands of meetings to everybody; a tuple costs a tenth of seven joined models. The rows
hold nothing that readers may not see: a telephone that is not public is empty already here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, CharField, Count, F, Value, When, Window

from base.dates import current_language
from base.names import in_language
from calendar_app.models.meetings import PlannedMeetingQuerySet

LANGUAGES = ("kk", "ru", "en")
ACTING = {"kk": "м.а.", "ru": "и.о.", "en": "acting"}


class Guest(NamedTuple):
    """Who comes to a meeting: the post, and the name of who holds it on the day ("" when nobody is known)."""

    meeting: int
    body: str
    post_kk: str
    post_ru: str
    post_en: str
    person_kk: str
    person_ru: str
    person_en: str
    acting: bool

    @property
    def name(self) -> str:
        """The same in the page's language."""
        return self.named(current_language())

    def named(self, language: str) -> str:
        """«Министр здравоохранения А. Тегі», with a mark for an acting head."""
        mark = f"({ACTING[language]})" if self.acting else ""
        words = (in_language(self, "post", language), mark, in_language(self, "person", language))
        return " ".join(filter(None, words))


class PublicMeeting(NamedTuple):
    """One meeting as readers see it. Instants are aware; texts in several languages end in _kk, _ru, _en."""

    pk: int
    number: str
    uid: UUID
    sequence: int
    version: int
    kind: str
    starts: datetime
    ends: datetime
    mode: str
    languages: str
    cancelled: bool
    online_url: str
    phone: str
    subject_kk: str
    subject_ru: str
    venue_kk: str
    venue_ru: str
    note_kk: str
    note_ru: str
    place: str
    place_kk: str
    place_ru: str
    place_en: str
    district_kk: str
    district_ru: str
    district_en: str
    region: str
    region_kk: str
    region_ru: str
    region_en: str
    hall_kk: str | None
    hall_ru: str | None
    hall_en: str | None
    address_kk: str | None
    address_ru: str | None
    seats: int | None
    step_free: bool | None
    hearing_loop: bool | None
    changed_at: datetime | None
    in_force_from: datetime
    total: int
    guests: tuple[Guest, ...] = ()

    @property
    def modified_at(self) -> datetime:
        """When the version that said this for the first time came into force."""
        return self.changed_at or self.in_force_from

    @property
    def dialled(self) -> str:
        """The telephone number as a link dials it."""
        return "".join(sign for sign in self.phone if sign in "+0123456789")

    def who(self, language: str = "") -> str:
        """Everybody who comes, the leading ministry first."""
        return "; ".join(one.named(language or current_language()) for one in self.guests)

    def locality(self, language: str = "") -> str:
        """Town or village, district, region; a city that is a region of its own once."""
        names = [
            in_language(self, name, language or current_language())
            for name in ("place", "district", "region")
        ]
        return ", ".join(dict.fromkeys(filter(None, names)))

    def venue(self, language: str = "") -> str:
        """The hall with its address, and what else is said about the place; "" for an online meeting."""
        code = language or current_language()
        parts = (in_language(self, name, code) for name in ("hall", "address", "venue"))
        return ", ".join(filter(None, parts))


_COLUMNS: dict[str, str] = {
    "number": "meeting__number",
    "uid": "meeting__uid",
    "version": "version__number",
    "place": "place_id",
    "region": "place__region_id",
    "seats": "hall__capacity",
    "step_free": "hall__step_free",
    "hearing_loop": "hall__hearing_loop",
    "changed_at": "changed_in__in_force_from",
    "in_force_from": "version__in_force_from",
    **{f"place_{code}": f"place__name_{code}" for code in LANGUAGES},
    **{f"region_{code}": f"place__region__name_{code}" for code in LANGUAGES},
    **{f"hall_{code}": f"hall__name_{code}" for code in LANGUAGES},
    **{f"address_{code}": f"hall__address_{code}" for code in ("kk", "ru")},
}


def _district(code: str) -> Case:
    """The name of the district the place lies in; "" in a town that is none."""
    above = [
        When(**{f"{path}__kind": "district"}, then=F(f"{path}__name_{code}"))
        for path in ("place__parent", "place__parent__parent")
    ]
    return Case(*above, default=Value(""), output_field=CharField())


def rows(found: PlannedMeetingQuerySet, first: int = 0, most: int | None = None) -> list[PublicMeeting]:
    """The meetings in their order with who comes; `most` of them from `first` on, each with the whole number.

    A page beyond the last one is empty.
    """
    computed: dict[str, Any] = {f"district_{code}": _district(code) for code in LANGUAGES}
    computed["phone"] = Case(
        When(contact_public=True, then=F("contact_phone")), default=Value(""), output_field=CharField()
    )
    computed["total"] = Window(Count("pk"))
    names = [_COLUMNS.get(name, name) for name in PublicMeeting._fields[:-1]]
    read = found.annotate(**computed).values_list(*names)
    shown = list(read[first : None if most is None else first + most])
    guests = _guests([row[0] for row in shown])
    return [PublicMeeting._make((*row, tuple(guests.get(row[0], ())))) for row in shown]


# Every public page and feed asks this, so the text is fixed, as in models/standings.py.
_GUESTS = """
    SELECT a.planned_id, a.body_id, p.name_kk, p.name_ru, p.name_en, o.name_kk, o.name_ru, o.name_en, t.acting
    FROM calendar_app_attendance a JOIN regions_post p ON p.code = a.post_id
    LEFT JOIN regions_termofoffice t ON t.post_id = p.code
        AND t.valid_from <= (a.starts AT TIME ZONE 'Asia/Almaty')::date
        AND (t.valid_to IS NULL OR t.valid_to >= (a.starts AT TIME ZONE 'Asia/Almaty')::date)
    LEFT JOIN regions_person o ON o.id = t.person_id
    WHERE a.planned_id = ANY(%s) ORDER BY a.position, a.id
"""


def _guests(keys: Sequence[int]) -> dict[int, list[Guest]]:
    """Who comes, by meeting: the name is that of the term of office that holds on the day in Almaty."""
    if not keys:
        return {}
    found: dict[int, list[Guest]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_GUESTS, [list(keys)])
        for row in cursor.fetchall():
            found.setdefault(row[0], []).append(Guest._make(row))
    return found
