"""What changed between two versions of a calendar (procedure, sections 5 and 7): counters, then meeting by meeting.

Time grows with the number of meetings only: versions are matched by the identity of meetings, never pairwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

# In the order in which they are counted and told; a meeting may be of several kinds.
ADDED, MOVED, CANCELLED, PLACE, TOPIC, PERSON = "added", "moved", "cancelled", "place", "topic", "person"
KINDS = (ADDED, MOVED, CANCELLED, PLACE, TOPIC, PERSON)


@dataclass(frozen=True)
class PlanEntry:
    """One meeting as one version plans it.

    key       the identity of the meeting, the same in every version
    number    its permanent number, "" before the first submission
    starts, ends  aware instants
    place     КАТО code; venue: the hall ("" for none) and the words for it in both languages
    who       (body, post) of everybody who comes, sorted
    topics    keys of the topics it answers, sorted; subject: its words in Kazakh and in Russian
    details   what matters little to who decides, by name: notes, languages, telephone
    """

    key: int
    starts: datetime
    ends: datetime
    number: str = ""
    place: str = ""
    venue: tuple[str, ...] = ()
    mode: str = ""
    who: tuple[tuple[str, str], ...] = ()
    topics: tuple[int, ...] = ()
    subject: tuple[str, str] = ("", "")
    cancelled: bool = False
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MeetingChange:
    """A meeting that is not as it was. `kinds` in the order of KINDS; `trifles` are names of details.

    before is None for a meeting that was not there or was cancelled, after for one that is not there any more.
    """

    before: PlanEntry | None
    after: PlanEntry | None
    kinds: tuple[str, ...] = ()
    trifles: tuple[str, ...] = ()

    @property
    def shown(self) -> PlanEntry:
        """The meeting as it is now, or as it was last."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True)
class PlanChanges:
    """`meetings`: those with a change that counts; `trifles`: those with small changes only."""

    meetings: tuple[MeetingChange, ...] = ()
    trifles: tuple[MeetingChange, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        return not self.meetings and not self.trifles


def calendar_changes(before: Iterable[PlanEntry], after: Iterable[PlanEntry]) -> PlanChanges:
    """Compare two versions, in the order of `after`; what is not in it comes last.

    A meeting that is cancelled or left out counts as cancelled and nothing else; one that was cancelled
    and takes place again counts as added. One that was cancelled already, or was never planned to take
    place, is no change.
    """
    old = {one.key: one for one in before}
    found = [_change(old.pop(one.key, None), one) for one in after]
    found += [_change(one, None) for one in old.values()]
    changes = [one for one in found if one is not None]
    return PlanChanges(
        meetings=tuple(one for one in changes if one.kinds),
        trifles=tuple(one for one in changes if not one.kinds),
        counts={kind: sum(kind in one.kinds for one in changes) for kind in KINDS},
    )


def _change(before: PlanEntry | None, after: PlanEntry | None) -> MeetingChange | None:
    """What became of one meeting; None if nothing did."""
    stood = before is not None and not before.cancelled
    stands = after is not None and not after.cancelled
    if stood and stands:
        assert before
        assert after
        kinds, trifles = _kinds(before, after), _trifles(before, after)
        return MeetingChange(before, after, kinds, trifles) if kinds or trifles else None
    if stands:
        return MeetingChange(None, after, (ADDED,))
    return MeetingChange(before, after, (CANCELLED,)) if stood else None


def _kinds(before: PlanEntry, after: PlanEntry) -> tuple[str, ...]:
    differs = {
        MOVED: before.starts != after.starts,
        PLACE: (before.place, before.venue, before.mode) != (after.place, after.venue, after.mode),
        TOPIC: (before.topics, before.subject) != (after.topics, after.subject),
        PERSON: before.who != after.who,
    }
    return tuple(kind for kind in KINDS if differs.get(kind))


def _trifles(before: PlanEntry, after: PlanEntry) -> tuple[str, ...]:
    """Names of details that differ; `ends` for a meeting that only becomes longer or shorter."""
    was, now = dict(before.details), dict(after.details)
    names = [name for name in sorted(was.keys() | now.keys()) if was.get(name, "") != now.get(name, "")]
    longer = after.ends - after.starts != before.ends - before.starts
    return (*(["ends"] if longer else []), *names)
