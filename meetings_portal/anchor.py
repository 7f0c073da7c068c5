"""PORTAL_NOW: which instant of the portal a real instant stands for. In demonstrations only.

The anchor lies in clock.json of the state directory, so that every process computes the same time from it.
Standard library only.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from meetings_portal.state import SetupError

FILE = "clock.json"


@dataclass(frozen=True)
class Anchor:
    """A real instant and the portal's instant it stands for, in ISO 8601; `asked` is PORTAL_NOW as given."""

    real: str
    portal: str
    asked: str

    def at(self, real: datetime) -> datetime:
        """The portal's time at the real instant `real` (aware)."""
        return datetime.fromisoformat(self.portal) + (real - datetime.fromisoformat(self.real))


def parse(text: str) -> datetime:
    """PORTAL_NOW as an aware instant; SetupError when it is none."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise SetupError(
            f"PORTAL_NOW is {text!r}, no instant with a time zone: write it as 2026-11-30T23:59:59+05:00."
        )
    return instant


def stored(state: Path) -> Anchor | None:
    """The anchor of the state directory, if a start has set one."""
    path = state / FILE
    return Anchor(**json.loads(path.read_text())) if path.exists() else None


def settle(state: Path, asked: str, real_now: datetime, last_entry: datetime | None) -> Anchor | None:
    """The anchor this start runs with, stored when it is new.

    `asked` is PORTAL_NOW (empty: go on as before), `last_entry` the instant of the journal's last entry.
    The portal's time never runs backwards: SetupError names `make reset`.
    """
    known = stored(state)
    # The same wish again is no wish to go back: a second start goes on where the first one left off.
    if not asked or (known and known.asked == asked):
        return known
    wanted = parse(asked)
    refuse_to_go_back(wanted, known.at(real_now) if known else None, last_entry)
    anchor = Anchor(real_now.astimezone(UTC).isoformat(), wanted.isoformat(), asked)
    draft = state / f".{FILE}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(anchor)))
    draft.replace(state / FILE)
    return anchor


def refuse_to_go_back(wanted: datetime, running: datetime | None, last_entry: datetime | None) -> None:
    """SetupError when `wanted` lies before the journal's last entry or before the portal's running time."""
    if last_entry and wanted < last_entry:
        raise SetupError(
            f"PORTAL_NOW={wanted.isoformat()} lies before the last entry of the journal "
            f"({last_entry.astimezone(wanted.tzinfo).isoformat(timespec='seconds')}): "
            "run make reset to begin anew, or choose a later instant."
        )
    if running and wanted < running:
        raise SetupError(
            f"PORTAL_NOW={wanted.isoformat()} lies before the portal's present time "
            f"({running.astimezone(wanted.tzinfo).isoformat(timespec='seconds')}), which only moves forward: "
            "run make reset to begin anew, or choose a later instant."
        )
