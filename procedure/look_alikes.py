"""Topics that say nearly the same: found by the three-letter pieces of their words, joined into one.

Twenty districts write about the same water. What is alike is only shown; people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce

from procedure.topic_lists import LANGUAGES, TEXT_LIMIT, URGENCIES, TopicDraft

# Shares of common pieces, from 0 to 1, measured on the topics of the demonstration: see the tests.
TITLE_THRESHOLD = 0.7
TEXT_THRESHOLD = 0.8
# An equal text is no sign where titles are wholly different: forms and reports repeat their phrases.
UNLIKE_TITLES = 0.5

Fold = Callable[[str], str]


@dataclass(frozen=True)
class Alike:
    """Topics that say nearly the same, by key; the first is the one the others were compared with."""

    members: tuple[str, ...]

    @property
    def key(self) -> str:
        """The name of the group: the same as long as it has the same members."""
        return "+".join(self.members)


class _Pieces:
    """The pieces of texts as bits of a number, so that two texts are compared by one AND."""

    def __init__(self, fold: Fold) -> None:
        self.fold = fold
        self.bits: dict[str, int] = {}

    def of(self, text: str) -> int:
        found = 0
        for word in self.fold(text).split(" "):
            padded = f"  {word} " if word else ""
            for place in range(len(padded) - 2):
                found |= 1 << self.bits.setdefault(padded[place : place + 3], len(self.bits))
        return found


@dataclass(frozen=True)
class _Told:
    """A topic as it is compared: pieces of titles and texts by language."""

    titles: tuple[int, ...]
    texts: tuple[int, ...]


def look_alikes(
    known: Mapping[str, TopicDraft], fresh: Mapping[str, TopicDraft], *, fold: Fold
) -> list[Alike]:
    """Groups of fresh topics that resemble a known one, or an earlier fresh one; each is in one group at most.

    A group has one known topic at most, and then begins with it. `fold` makes capitals and stand-ins of
    letters stop mattering. Known topics are not compared with each other.
    """
    pieces = _Pieces(fold)
    leaders = {key: _told(draft, pieces) for key, draft in known.items()}
    groups: dict[str, list[str]] = {}
    for key, draft in fresh.items():
        told = _told(draft, pieces)
        best = max(leaders, key=lambda leader: _score(leaders[leader], told), default=None)
        if best is not None and _score(leaders[best], told) > 0:
            groups.setdefault(best, [best]).append(key)
        else:
            leaders[key] = told
    return [Alike(tuple(members)) for members in groups.values()]


def _told(draft: TopicDraft, pieces: _Pieces) -> _Told:
    def in_both(part: str) -> tuple[int, ...]:
        return tuple(pieces.of(getattr(draft, f"{part}_{language}")) for language in LANGUAGES)

    return _Told(in_both("title"), in_both("text"))


def _score(one: _Told, other: _Told) -> float:
    """How much two topics resemble each other; 0 where that is not worth showing."""
    titles = _most_alike(one.titles, other.titles)
    if titles is not None and titles >= TITLE_THRESHOLD:
        return titles
    if titles is not None and titles < UNLIKE_TITLES:
        return 0
    texts = _most_alike(one.texts, other.texts)
    return texts if texts is not None and texts >= TEXT_THRESHOLD else 0


def _most_alike(one: Sequence[int], other: Sequence[int]) -> float | None:
    """The larger share of common pieces in either language; None where no language has both."""
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
    return max((2 * (a & b).bit_count() / (a.bit_count() + b.bit_count()) for a, b in pairs), default=None)


def joined(drafts: Sequence[TopicDraft], places: Mapping[str, Mapping[str, str]]) -> TopicDraft:
    """One topic out of several: the first one's title, every different text, the highest urgency.

    Topics of different districts become one of the whole region; `places` maps a district to its name by
    language, so that each text keeps saying where it comes from. The result may exceed the limits.
    """
    districts = {draft.district for draft in drafts}
    named = places if len(districts) > 1 else {}
    return reduce(_with, (_placed(draft, named) for draft in drafts)) if drafts else TopicDraft()


def is_too_long(draft: TopicDraft) -> bool:
    """Whether a joined topic no longer fits."""
    texts = (draft.text_kk, draft.text_ru, draft.evidence)
    return any(len(text) > TEXT_LIMIT for text in texts)


def _placed(draft: TopicDraft, names: Mapping[str, Mapping[str, str]]) -> TopicDraft:
    """The topic with the name of its district in front of its texts."""
    name = names.get(draft.district)
    if name is None:
        return draft
    said = {
        f"text_{language}": f"{name[language]}: {text}"
        for language in LANGUAGES
        if (text := getattr(draft, f"text_{language}"))
    }
    return replace(draft, **said)  # type: ignore[arg-type]


def _with(one: TopicDraft, other: TopicDraft) -> TopicDraft:
    values = {field.name: getattr(one, field.name) or getattr(other, field.name) for field in fields(one)}
    for name in ("text_kk", "text_ru", "evidence"):
        values[name] = _paragraphs(getattr(one, name), getattr(other, name))
    values["district"] = one.district if one.district == other.district else ""
    values["urgency"] = max(one.urgency, other.urgency, key=URGENCIES.index)
    values["key"] = one.key
    return TopicDraft(**values)


def _paragraphs(one: str, other: str) -> str:
    """Both texts, one below the other; a text that is there already is not repeated."""
    return one if other in one else f"{one}\n{other}" if one else other
