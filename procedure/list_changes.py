"""What changed between two submissions of a list: topics added, removed, changed, moved; texts word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from procedure.topic_lists import ListDraft, TopicDraft, is_blank

ADDED, REMOVED, CHANGED, MOVED, SAME = "added", "removed", "changed", "moved", "same"

LIST_FIELDS = (
    "analysis_kk", "analysis_ru", "no_topics_reason_kk", "no_topics_reason_ru",
    "no_meetings_reason_kk", "no_meetings_reason_ru",
)  # fmt: skip
TOPIC_FIELDS = (
    "title_kk", "title_ru", "text_kk", "text_ru",
    "ministry", "sector", "district", "urgency", "evidence",
)  # fmt: skip

# What lies between equal beginnings and ends is shown as replaced if it has more words than this together, or
# more pairs of equal words: the time of a comparison grows with both.
COMPARED_WORDS = 2_000
EQUAL_PAIRS = 5_000
_WORD = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True)
class FieldChange:
    """One text or choice that is not as it was; either side may be empty."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class TopicChange:
    """One topic in both lists or in one of them; numbers are places from 1, None where it is not."""

    before: TopicDraft | None = None
    after: TopicDraft | None = None
    number_before: int | None = None
    number_after: int | None = None
    moved: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> str:
        """ADDED, REMOVED, CHANGED (moved or not), MOVED (and nothing else), or SAME."""
        if self.before is None:
            return ADDED
        if self.after is None:
            return REMOVED
        return CHANGED if self.fields else MOVED if self.moved else SAME


@dataclass(frozen=True)
class ListChanges:
    """`fields` of the whole list; `topics` in the order of the new list, then the removed ones."""

    fields: tuple[FieldChange, ...]
    topics: tuple[TopicChange, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many topics are of each kind; MOVED counts all that moved, changed ones among them."""
        found = {
            kind: sum(one.kind == kind for one in self.topics) for kind in (ADDED, REMOVED, CHANGED, SAME)
        }
        return found | {MOVED: sum(one.moved for one in self.topics)}

    @property
    def is_nothing(self) -> bool:
        return not self.fields and all(one.kind == SAME for one in self.topics)


def list_changes(before: ListDraft, after: ListDraft) -> ListChanges:
    """Compare two submissions of one list (procedure, section 2, rounds).

    A topic is the same one if its key is, or else its title in either language: a list that was brought in
    from a file has new keys. Moved are the fewest topics that must be moved to get the new order.
    """
    pairs = _pairs(before.topics, after.topics)
    still = _longest_rising([pairs[place] for place in sorted(pairs)])
    topics = [
        _topic_change(before.topics, after.topics, pairs.get(place), place, still)
        for place in range(len(after.topics))
    ]
    gone = [place for place in range(len(before.topics)) if place not in set(pairs.values())]
    topics += [TopicChange(before=before.topics[place], number_before=place + 1) for place in gone]
    return ListChanges(field_changes(before, after, LIST_FIELDS), tuple(topics))


def word_changes(before: str, after: str) -> list[tuple[str, str]]:
    """(SAME, REMOVED or ADDED; piece of text) in reading order: without the added ones the text before,
    without the removed ones the text after. Bounded in time: see COMPARED_WORDS.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    pieces = [(SAME, old[:start]), *_compared(a, b), (SAME, old[len(old) - end :])]
    return [(kind, "".join(part)) for kind, part in pieces if part]


def _compared(a: list[str], b: list[str]) -> Iterator[tuple[str, list[str]]]:
    if _is_too_much(a, b):
        yield REMOVED, a
        yield ADDED, b
        return
    for kind, from_a, to_a, from_b, to_b in SequenceMatcher(None, a, b).get_opcodes():
        if kind == "equal":
            yield SAME, a[from_a:to_a]
        else:
            yield REMOVED, a[from_a:to_a]
            yield ADDED, b[from_b:to_b]


def _is_too_much(a: list[str], b: list[str]) -> bool:
    if len(a) + len(b) > COMPARED_WORDS:
        return True
    in_a, in_b = Counter(a), Counter(b)
    return sum(count * in_b[word] for word, count in in_a.items()) > EQUAL_PAIRS


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """With how many equal words both begin."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _topic_change(
    old: Sequence[TopicDraft], new: Sequence[TopicDraft], was: int | None, place: int, still: set[int]
) -> TopicChange:
    if was is None:
        return TopicChange(after=new[place], number_after=place + 1)
    fields = field_changes(old[was], new[place], TOPIC_FIELDS)
    return TopicChange(old[was], new[place], was + 1, place + 1, was not in still, fields)


def field_changes(before: object, after: object, names: Sequence[str]) -> tuple[FieldChange, ...]:
    """The named fields of two lists or topics that differ, in the order of the names."""
    found = (FieldChange(name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(one for one in found if one.before != one.after)


def _pairs(old: Sequence[TopicDraft], new: Sequence[TopicDraft]) -> dict[int, int]:
    """Place in the new list → place of the same topic in the old one; each place at most once."""
    pairs: dict[int, int] = {}
    for mark in (_by_key, _by_title_kk, _by_title_ru, _by_all):
        free = [place for place in range(len(old)) if place not in set(pairs.values())]
        known: dict[object, list[int]] = {}
        for place in reversed(free):
            known.setdefault(mark(old[place]), []).append(place)
        for place, topic in enumerate(new):
            if place not in pairs and mark(topic) is not None and known.get(mark(topic)):
                pairs[place] = known[mark(topic)].pop()
    return pairs


def _by_key(topic: TopicDraft) -> object:
    return topic.key


def _by_title_kk(topic: TopicDraft) -> object:
    return None if is_blank(topic.title_kk) else " ".join(topic.title_kk.split()).casefold()


def _by_title_ru(topic: TopicDraft) -> object:
    return None if is_blank(topic.title_ru) else " ".join(topic.title_ru.split()).casefold()


def _by_all(topic: TopicDraft) -> object:
    """For topics without any title: the same one only if nothing of it changed."""
    return replace(topic, key=None)


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The members of a longest rising subsequence of different numbers: what did not move."""
    tails: list[int] = []
    previous: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        previous[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    found: set[int] = set()
    last: int | None = tails[-1] if tails else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found
