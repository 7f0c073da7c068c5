"""What was read of an import, as the rules see it, beside the list as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from base.search import fold
from calendar_app.models import Import, ImportFile, Topic, TopicList
from procedure.imports import Difference, SheetRow, differences, row_of_key
from procedure.look_alikes import Alike, look_alikes
from procedure.problems import Problem
from procedure.topic_lists import TopicDraft
from regions.models import Territory

FIELDS = ("title_kk", "title_ru", "text_kk", "text_ru", "sector", "ministry", "evidence")
TRANSLATED = ("title", "text")
OF_LIST = ("analysis", "no_topics_reason")


@dataclass(frozen=True)
class ReadTopic:
    """A topic as a file has it, with its place."""

    key: str
    draft: TopicDraft
    file: ImportFile
    sheet: str
    row: int


def read_topics(files: Iterable[ImportFile]) -> list[ReadTopic]:
    """Every topic of the files, in their order; the key names file and row."""
    return [
        ReadTopic(f"f{file.pk}-{number}", _draft(row), file, row["sheet"], row["row"])
        for file in files
        for number, row in enumerate(file.rows, start=1)
    ]


def _draft(row: Mapping[str, Any]) -> TopicDraft:
    words = {name: row.get(name, "") for name in FIELDS}
    return TopicDraft(**words, district=row.get("district", ""), urgency=row.get("urgency") or "ordinary")


def known_topics(topics: Iterable[Topic]) -> dict[str, TopicDraft]:
    """The topics that the list has already, by the key that groups of look-alikes name."""
    return {f"t{topic.pk}": topic.as_draft() for topic in topics}


def alike(
    known: Mapping[str, TopicDraft], topics: Iterable[ReadTopic], left_out: Iterable[str] = ()
) -> list[Alike]:
    """Look-alikes among the topics that are not left out, and between them and the list."""
    out = set(left_out)
    return look_alikes(known, {one.key: one.draft for one in topics if one.key not in out}, fold=fold)


def placed(topic: ReadTopic, districts: Mapping[int, str]) -> TopicDraft:
    """The topic in its district: its own, else the one chosen for its file."""
    return replace(topic.draft, district=topic.draft.district or districts.get(topic.file.pk, ""))


def place_names(codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Names of districts by code and language."""
    found = Territory.objects.filter(pk__in={code for code in codes if code})
    return {one.pk: {"kk": one.name_kk, "ru": one.name_ru} for one in found}


def texts_of(topic_list: TopicList, topics: Sequence[Topic]) -> dict[str, tuple[str, str]]:
    """Every text of the list that has two languages, by the name that a translator's sheet gives it."""
    found = {
        f"L{topic_list.pk}.{part}": (getattr(topic_list, f"{part}_kk"), getattr(topic_list, f"{part}_ru"))
        for part in OF_LIST
    }
    for topic in topics:
        for part in TRANSLATED:
            texts = (getattr(topic, f"{part}_kk"), getattr(topic, f"{part}_ru"))
            found[f"T{topic.pk}.{part}"] = texts
    return found


def translated(
    one: Import, topic_list: TopicList, topics: Sequence[Topic]
) -> tuple[list[Difference], list[Problem]]:
    """What the translator's sheets would change in the list as it stands."""
    return differences(texts_of(topic_list, topics), list(_sheet_rows(one.files.all())))


def _sheet_rows(files: Iterable[ImportFile]) -> Iterable[SheetRow]:
    for file in files:
        for row in file.rows:
            if found := row_of_key(row["key"], row["kk"], row["ru"]):
                yield found
