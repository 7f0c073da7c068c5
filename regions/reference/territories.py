"""The classifier of territories: wanted rows from the files, compared with the table.

The classifier owns codes, parents, levels, kinds, its own names and the term. What is derived from them
(names written out, place names, where meetings can be held) is written when a row is new or its facts
changed, so that a mending by hand stays until the classifier itself changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from regions.models import FormerName, Territory
from regions.reference import files
from regions.reference.names import Mending, bare, written_out
from regions.reference.report import Report

SELECTABLE = {"village", "town", "urban_settlement", "city_district", "rail_station", "city_republican"}
FACTS = ("parent_id", "region_id", "level", "kind", "settlement_type", "kato_name_kk", "kato_name_ru")
DERIVED = ("name_kk", "name_ru", "name_en", "short_kk", "short_ru", "selectable")
SEEDED = ("iso", "latitude", "longitude", "aliases")
# A file that closes more than this share of the classifier has rather been cut than renewed.
LARGEST_CLOSING = 0.05

Row = dict[str, Any]


class BrokenFileError(Exception):
    """The classifier's file is broken, or would close too many territories."""


def load(report: Report, at: date | None, today: date, *, folder: Path, closing_allowed: bool) -> None:
    """Make the table equal to the classifier; `at` is the first day of what is new (procedure, section 1).

    Without `at` a first load is valid from ever, a later one from `today`. Raises BrokenFileError.
    """
    wanted = wanted_rows(report, folder)
    current = {row["code"]: row for row in Territory.objects.values("code", "valid_from", "valid_to", *FACTS)}
    since = at if at is not None or not current else today
    new = [row | {"valid_from": since} for code, row in wanted.items() if code not in current]
    changed = [row for code, row in wanted.items() if code in current and _differs(row, current[code], FACTS)]
    reopened = [code for code in wanted if code in current and current[code]["valid_to"] is not None]
    open_before = [code for code, row in current.items() if row["valid_to"] is None]
    gone = [code for code in open_before if code not in wanted]
    if len(gone) > LARGEST_CLOSING * len(open_before) and not closing_allowed:
        raise BrokenFileError(f"the file would close {len(gone)} of {len(open_before)} territories")
    _insert(new)
    _update(changed)
    Territory.objects.filter(pk__in=reopened).update(valid_to=None)
    _close(gone, since or today)
    report.count(
        "territories", added=len(new), changed=len(changed), closed=len(gone), reopened=len(reopened),
        kept=len(wanted) - len(new) - len(set(reopened) | {row["code"] for row in changed}),
    )  # fmt: skip
    _load_former_names(report, folder)


def wanted_rows(report: Report, folder: Path = files.DATA) -> dict[str, Row]:
    """All territories as the files state them, parents before parts, by code. Raises BrokenFileError."""
    published = files.rows("kato.csv", folder)
    mending = Mending.from_rows(files.rows("corrections.csv", folder))
    extra = _written_by_hand(folder)
    wanted: dict[str, Row] = {}
    for row in published:
        code, parent = row["code"], row["parent"] or None
        if len(code) != 9 or not code.isdigit() or code in wanted or (parent and parent not in wanted):
            raise BrokenFileError(f"the row of {code!r} repeats a code or comes before its parent {parent!r}")
        above = wanted[parent]["region_id"] if parent else code
        wanted[code] = _row(row, above, mending.mend(row), extra.get(code, {}))
    _choose_one_row_per_city_district(wanted)
    _name_centres_in_english(wanted, folder)
    report.mended = dict(mending.rows)
    return wanted


def _row(row: dict[str, str], region: str, mended: tuple[str, str], extra: Row) -> Row:
    kind = row["kind"]
    name_kk, name_ru = written_out(kind, *mended)
    name_kk, name_ru = extra.get("name_kk", name_kk), extra.get("name_ru", name_ru)
    short_kk, short_ru = bare(name_kk, name_ru)
    return {
        "code": row["code"],
        "parent_id": row["parent"] or None,
        "region_id": region,
        "level": int(row["level"]),
        "kind": kind,
        "settlement_type": row["settlement_type"],
        "kato_name_kk": mended[0],
        "kato_name_ru": mended[1],
        "name_kk": name_kk,
        "name_ru": name_ru,
        "name_en": extra.get("name_en", ""),
        "short_kk": short_kk,
        "short_ru": short_ru,
        "selectable": kind in SELECTABLE,
        "iso": extra.get("iso", ""),
        "latitude": extra.get("latitude"),
        "longitude": extra.get("longitude"),
        "aliases": extra.get("aliases", ""),
    }


def _written_by_hand(folder: Path) -> dict[str, Row]:
    """Names, coordinates and other spellings that other files add, by code."""
    extra: dict[str, Row] = {row["code"]: dict(row) for row in files.rows("districts.csv", folder)}
    for row in files.rows("regions.csv", folder):
        extra[row["code"]] = row | {
            "latitude": float(row["latitude"]),
            "longitude": float(row["longitude"]),
        }
    for row in files.rows("aliases.csv", folder):
        known = extra.setdefault(row["code"], {})
        known["aliases"] = "\n".join(filter(None, [known.get("aliases"), row["alias"]]))
    return extra


def _choose_one_row_per_city_district(wanted: dict[str, Row]) -> None:
    """Karaganda's districts stand twice: as administrations and as districts below them. One is enough."""
    for row in wanted.values():
        parent = wanted.get(row["parent_id"] or "")
        if row["kind"] == "city_district" and parent and parent["kind"] == "city_district":
            parent["selectable"] = False


def _name_centres_in_english(wanted: dict[str, Row], folder: Path) -> None:
    """The town that is the centre of a region has an English name in the file of regions."""
    centres = {(row["code"], row["centre_kk"]): row["centre_en"] for row in files.rows("regions.csv", folder)}
    for row in wanted.values():
        if row["kind"] == "town" and (name := centres.get((row["region_id"], row["short_kk"]))):
            row["name_en"] = name


def _differs(row: Row, current: Row, columns: Iterable[str]) -> bool:
    return any(row[column] != current[column] for column in columns)


def _insert(rows: list[Row]) -> None:
    """Write new rows by COPY; foreign keys inside the table are checked at the end of the transaction."""
    if not rows:
        return
    columns = ("code", *FACTS, *DERIVED, *SEEDED, "valid_from")
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(Territory._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([row[column] for column in columns])


def _update(rows: list[Row]) -> None:
    columns = (*FACTS, *DERIVED)
    territories = [Territory(**row) for row in rows]
    Territory.objects.bulk_update(territories, columns, batch_size=500)


def _close(codes: list[str], first_day_without: date) -> None:
    """End the term of what the classifier no longer names on the day before, or on its only day."""
    last_day = first_day_without - timedelta(days=1)
    rows = Territory.objects.filter(pk__in=codes)
    rows.filter(valid_from__gt=last_day).update(valid_from=last_day, valid_to=last_day)
    rows.filter(valid_to=None).update(valid_to=last_day)


def _load_former_names(report: Report, folder: Path) -> None:
    added = 0
    for row in files.rows("former_names.csv", folder):
        values = {name: row[name] for name in ("name_kk", "name_ru", "name_en", "valid_from", "valid_to")}
        key = {"territory_id": row["territory"], "valid_to": values.pop("valid_to")}
        added += FormerName.objects.get_or_create(**key, defaults=values)[1]
    report.count("former names", added=added)
