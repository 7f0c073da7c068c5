"""Stories of the demonstration as acts at instants, so that several can be played in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple


class Moment(NamedTuple):
    """One act at its instant; `order` settles what happens at the same instant."""

    at: datetime
    order: str
    play: Callable[[], object]


def play(moments: Iterable[Moment]) -> int:
    """Play them in the order of time; how many there were."""
    ordered = sorted(moments, key=lambda moment: (moment.at, moment.order))
    for moment in ordered:
        moment.play()
    return len(ordered)
