"""What comes of files that an akimat brings in: topics chosen and merged, translations compared."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from procedure.look_alikes import Alike, is_too_long, joined
from procedure.problems import Problem
from procedure.topic_lists import LANGUAGES, TOPICS_LIMIT, TopicDraft

FILES_LIMIT = 30
FILE_BYTES_LIMIT = 5 * 1024 * 1024
ROWS_LIMIT = 1_000

# What becomes of topics that look alike; else the key of the one that is kept.
KEEP_ALL, JOIN = "all", "join"


@dataclass(frozen=True)
class Taking:
    """What an import changes in a list: topics that are added, known ones that are changed, by key."""

    added: Sequence[TopicDraft] = ()
    changed: Mapping[str, TopicDraft] = field(default_factory=dict)
    problems: Sequence[Problem] = ()


def taking(
    known: Mapping[str, TopicDraft],
    fresh: Mapping[str, TopicDraft],
    groups: Sequence[Alike],
    decisions: Mapping[str, str],
    places: Mapping[str, Mapping[str, str]],
) -> Taking:
    """What the decisions on look-alikes make of the topics of an import; problems name what is undecided.

    `decisions` maps the key of a group to KEEP_ALL, JOIN or the key of the member that is kept. A known
    topic is never removed: where another member is kept instead of it, that is a problem.
    """
    kept = dict(fresh)
    changed: dict[str, TopicDraft] = {}
    problems = []
    for group in groups:
        decision = decisions.get(group.key, "")
        is_possible = decision in (KEEP_ALL, JOIN) or decision in group.members
        replaces_known = decision in fresh and group.members[0] in known
        if not is_possible or replaces_known:
            problems.append(Problem("look_alikes_undecided", field=f"same.{group.key}"))
        elif decision == JOIN:
            problems += _join(group, known, kept, changed, places)
        elif decision != KEEP_ALL:
            kept = {key: draft for key, draft in kept.items() if key not in group.members or key == decision}
    if len(known) + len(kept) > TOPICS_LIMIT:
        problems.append(Problem("too_many_topics_with_import", {"limit": TOPICS_LIMIT}))
    return Taking([replace(draft, key=None) for draft in kept.values()], changed, problems)


def _join(
    group: Alike,
    known: Mapping[str, TopicDraft],
    kept: dict[str, TopicDraft],
    changed: dict[str, TopicDraft],
    places: Mapping[str, Mapping[str, str]],
) -> list[Problem]:
    first, *others = group.members
    draft = joined([known.get(key) or kept[key] for key in group.members], places)
    if is_too_long(draft):
        return [Problem("joined_too_long", field=f"same.{group.key}")]
    (changed if first in known else kept)[first] = draft
    for key in others:
        del kept[key]
    return []


@dataclass(frozen=True)
class SheetRow:
    """A row of a translator's sheet: which text it is, what it said when it left, what it says now.

    name   “T7.title”: the title of the topic 7; “L3.analysis”: the analysis of the list 3
    marks  of the Kazakh and Russian text as they left the portal
    """

    name: str
    marks: tuple[str, str]
    texts: tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """A text that the sheet would change; `conflict` if it was changed in the portal meanwhile too."""

    name: str
    language: str
    before: str
    after: str
    conflict: bool

    @property
    def key(self) -> str:
        return f"{self.name}.{self.language}"


def mark_of(text: str) -> str:
    """A short mark by which a text is known again; “-” for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else "-"


def row_key(name: str, kk: str, ru: str) -> str:
    """What the hidden column of a translator's sheet holds."""
    return f"{name}.{mark_of(kk)}.{mark_of(ru)}"


def row_of_key(key: str, kk: str, ru: str) -> SheetRow | None:
    """A row read back; None where the hidden column was damaged."""
    parts = key.split(".")
    if len(parts) != 4:
        return None
    return SheetRow(f"{parts[0]}.{parts[1]}", (parts[2], parts[3]), (kk, ru))


def sorted_back(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows with their texts beside the right names again, if only the visible columns were sorted.

    A row that still holds one of the texts it left with is in place. Of the others, one that holds a text
    which left under exactly one other name belongs to that name.
    """
    places: dict[str, list[SheetRow]] = {}
    for row in rows:
        for mark in set(row.marks) - {"-"}:
            places.setdefault(mark, []).append(row)
    found = []
    for row in rows:
        marks = tuple(mark_of(text) for text in row.texts)
        if any(now == then != "-" for now, then in zip(marks, row.marks, strict=True)):
            found.append(row)
            continue
        owners = {owner.name: owner for mark in marks for owner in places.get(mark, ())}
        own = next(iter(owners.values())) if len(owners) == 1 else row
        found.append(SheetRow(own.name, own.marks, row.texts))
    return found


def differences(
    current: Mapping[str, tuple[str, str]], rows: Sequence[SheetRow]
) -> tuple[list[Difference], list[Problem]]:
    """What a translator's sheet would change in the texts of a list, and what keeps it from being compared.

    `current` maps a name to its Kazakh and Russian text. A text that the translator left as it was, or that
    says the same in the portal by now, is no difference; an emptied cell erases nothing.
    """
    found: list[Difference] = []
    problems: list[Problem] = []
    rows = sorted_back(rows)
    names = [row.name for row in rows]
    for row in rows:
        if row.name not in current:
            problems.append(Problem("text_not_in_list"))
        elif names.count(row.name) > 1:
            problems.append(Problem("text_named_twice", {"text": row.texts[0] or row.texts[1]}))
        else:
            found += _differences_of(row, current[row.name])
    return found, list(dict.fromkeys(problems))


def _differences_of(row: SheetRow, current: tuple[str, str]) -> list[Difference]:
    found = []
    for language, then, now, said in zip(LANGUAGES, row.marks, current, row.texts, strict=True):
        if said and mark_of(said) != then and said != now:
            found.append(Difference(row.name, language, now, said, conflict=mark_of(now) != then))
    return found


def is_unchanged(before: Mapping[str, str], chosen: Collection[Difference]) -> bool:
    """Whether the texts that would be replaced are those that were shown; `before` holds their marks."""
    return all(before.get(one.key) == mark_of(one.before) for one in chosen)
