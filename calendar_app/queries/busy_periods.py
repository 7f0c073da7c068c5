"""Busy periods that a file brings, beside those that are entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from calendar_app.models import BusyPeriod, ImportFile
from regions.models import Body


@dataclass(frozen=True)
class ReadPeriod:
    """A busy period as a file has it; uid: of an event of a calendar."""

    starts: datetime
    ends: datetime
    reason: str = ""
    uid: str = ""


@dataclass
class Beside:
    """What taking the file would do: new periods, events that replace themselves, those that are there.

    left: events that are no busy period, by their words, and why.
    """

    fresh: list[ReadPeriod] = field(default_factory=list)
    replaced: list[ReadPeriod] = field(default_factory=list)
    known: list[ReadPeriod] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


def beside(body: Body, files: Iterable[ImportFile]) -> Beside:
    """What was read beside the periods of the ministry. Of an event that comes twice the last one counts."""
    entered = list(BusyPeriod.objects.filter(body=body).values_list("uid", "starts", "ends", "reason"))
    uids = {uid: (starts, ends, reason) for uid, starts, ends, reason in entered if uid}
    times = {(starts, ends) for _uid, starts, ends, _reason in entered}
    rows = [row for file in files for row in file.rows]
    found = Beside(left=[(row.get("reason", ""), row["left"]) for row in rows if row.get("left")])
    last = {one.uid or (one.starts, one.ends): one for one in map(_period, rows) if one is not None}
    for one in last.values():
        if one.uid in uids:
            same = uids[one.uid] == (one.starts, one.ends, one.reason)
            (found.known if same else found.replaced).append(one)
        elif not one.uid and (one.starts, one.ends) in times:
            found.known.append(one)
        else:
            found.fresh.append(one)
    return found


def _period(row: Mapping[str, Any]) -> ReadPeriod | None:
    if row.get("left"):
        return None
    starts, ends = (datetime.fromisoformat(row[name]) for name in ("starts", "ends"))
    return ReadPeriod(starts, ends, row.get("reason", ""), row.get("uid", ""))
