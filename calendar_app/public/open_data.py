"""Meetings as data: the fields of the JSON and of the CSV, with what each of them means."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calendar_app.public.addresses import address
from calendar_app.queries.published import LANGUAGES, PublicMeeting
from procedure.moments import ALMATY


class Field(NamedTuple):
    """A field of a record: its name, what kind of value it has, what it means."""

    name: str
    kind: str
    meaning: str | Promise


# The order of the columns. `kind` is a word of the formats themselves and stays as it is in every language.
FIELDS = (
    Field("number", "string", _("Permanent number of the meeting; never given to another one.")),
    Field("uid", "UUID", _("The same identity as in iCalendar.")),
    Field("half_year", "string", _("The half-year of the calendar: 2027-H1 is January to June.")),
    Field("version", "integer", _("Number of the version of the calendar that is in force.")),
    Field("sequence", "integer", _("Steps with every change of the meeting, from 0.")),
    Field("changed", "date-time", _("When what is said here about the meeting came into force.")),
    Field("status", "planned, cancelled", _("A cancelled meeting stays in the data.")),
    Field("kind", "head, deputy", _("Meeting of a minister or of a vice-minister.")),
    Field("starts", "date-time", _("Beginning, with the offset of Almaty from UTC.")),
    Field("ends", "date-time", _("Planned end.")),
    Field("mode", "in_person, online, hybrid", _("How people can take part.")),
    Field("languages", "kk, ru, kk_ru", _("In which languages people are spoken to.")),
    Field("region", "string", _("Region: code of the classifier of territories (КАТО).")),
    Field("place", "string", _("Town or village: code of the same classifier.")),
    Field("bodies", "list", _("Codes of the ministries that come, the leading one first.")),
    Field("subject_kk", "string", _("What is discussed, in Kazakh.")),
    Field("subject_ru", "string", _("What is discussed, in Russian.")),
    Field("note_kk", "string", _("Note for visitors in Kazakh.")),
    Field("note_ru", "string", _("Note for visitors in Russian.")),
    Field("who_kk", "string", _("Who comes: posts and names, in Kazakh.")),
    Field("who_ru", "string", _("Who comes, in Russian.")),
    Field("who_en", "string", _("Who comes, in English where there are names in English.")),
    Field("where_kk", "string", _("Place, district, region, hall and address, in Kazakh.")),
    Field("where_ru", "string", _("The same in Russian.")),
    Field("where_en", "string", _("The same in English where there are names in English.")),
    Field("step_free", "true, false, null", _("Step-free access to the hall; null where it is not known.")),
    Field("hearing_loop", "true, false, null", _("Hearing loop in the hall; null where it is not known.")),
    Field("online_url", "URL", _("Address of the broadcast, if there is one.")),
    Field("phone", "string", _("Telephone for enquiries, if it is public.")),
    Field("url", "URL", _("Page of the meeting.")),
)


def record(row: PublicMeeting) -> dict[str, Any]:
    """One meeting as data, in all languages."""
    return {
        "number": row.number,
        "uid": str(row.uid),
        "half_year": row.number.rpartition("-")[0],
        "version": row.version,
        "sequence": row.sequence,
        "changed": _local(row.modified_at),
        "status": "cancelled" if row.cancelled else "planned",
        "kind": row.kind,
        "starts": _local(row.starts),
        "ends": _local(row.ends),
        "mode": row.mode,
        "languages": row.languages,
        "region": row.region,
        "place": row.place,
        "bodies": [guest.body for guest in row.guests],
        "subject_kk": row.subject_kk,
        "subject_ru": row.subject_ru,
        "note_kk": row.note_kk,
        "note_ru": row.note_ru,
        **{f"who_{code}": row.who(code) for code in LANGUAGES},
        **{f"where_{code}": ", ".join(filter(None, _where(row, code))) for code in LANGUAGES},
        "step_free": row.step_free,
        "hearing_loop": row.hearing_loop,
        "online_url": row.online_url,
        "phone": row.phone,
        "url": address(row.number, "kk"),
    }


def csv_text(rows: Iterable[PublicMeeting]) -> str:
    """The records by RFC 4180, with a byte order mark so that spreadsheets read the letters."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in FIELDS])
    writer.writerows([_cell(value) for value in record(row).values()] for row in rows)
    return "\ufeff" + out.getvalue()


def _where(row: PublicMeeting, code: str) -> tuple[str, str]:
    return row.locality(code), row.venue(code)


def _local(moment: Any) -> str:
    return str(moment.astimezone(ALMATY).isoformat())


def _cell(value: object) -> object:
    """Lists joined, truth in words; a text that a spreadsheet would run as a formula is made plain."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(("=", "+", "-", "@")) else text
