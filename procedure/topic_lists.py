"""What a complete topic list contains (procedure, section 2 row 1, and section 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from procedure.problems import Problem
from procedure.proposed_meetings import (
    MEETINGS_LIMIT,
    MeetingDraft,
    gaps,
    language_gaps,
    meeting_advice,
    numbered,
)
from procedure.texts import LANGUAGES, is_blank
from procedure.texts import missing_languages as _missing_languages

__all__ = ["LANGUAGES", "ListDraft", "TopicDraft", "is_blank"]

TITLE_LIMIT = 300
TEXT_LIMIT = 5_000
TOPICS_LIMIT = 100
URGENCIES = ("ordinary", "urgent", "critical")


@dataclass(frozen=True)
class TopicDraft:
    """One topical question of a list: a title and an optional text, in Kazakh and Russian.

    sector     code of the sector it belongs to
    district   КАТО code of the district it is about; empty for the whole region
    ministry   code of the body that should answer
    urgency    one of URGENCIES
    evidence   on what the question rests: figures, letters, inspections
    key        the saved topic that this is, None for a new one
    """

    title_kk: str = ""
    title_ru: str = ""
    text_kk: str = ""
    text_ru: str = ""
    sector: str = ""
    district: str = ""
    ministry: str = ""
    urgency: str = "ordinary"
    evidence: str = ""
    key: int | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said: choices alone make no topic."""
        words = (self.title_kk, self.title_ru, self.text_kk, self.text_ru, self.evidence)
        return all(is_blank(text) for text in words)


@dataclass(frozen=True)
class ListDraft:
    """A list as it stands; the reasons say why there is nothing to bring up, or no meeting to propose."""

    topics: Sequence[TopicDraft] = ()
    no_topics_reason_kk: str = ""
    no_topics_reason_ru: str = ""
    analysis_kk: str = ""
    analysis_ru: str = ""
    meetings: Sequence[MeetingDraft] = ()
    no_meetings_reason_kk: str = ""
    no_meetings_reason_ru: str = ""


def problems_of_topics(topics: Sequence[TopicDraft], beside: int = 0) -> list[Problem]:
    """What keeps topics from being saved in a list that has `beside` others: nothing said, too many, too long.

    Fields are named as on the page of one topic, such as "title_kk"; the first problem of each topic counts.
    """
    if beside + len(topics) > TOPICS_LIMIT:
        return [Problem("too_many_topics", {"limit": TOPICS_LIMIT})]
    problems = [Problem("blank_topic", field="title_kk") for topic in topics if topic.is_blank]
    return problems + [
        Problem(one.code, one.params, one.field.rpartition(".")[2])
        for one in _problems_of_both(ListDraft(topics))
        if topics and one.code.endswith("_too_long")
    ]


def problems_to_submit(draft: ListDraft) -> list[Problem]:
    """What keeps the list from being submitted: one language of each title is enough.

    Fields are named as in forms, counted from 0: "topics.2.title_kk" is the third topic; the
    parameter `number` counts from 1, as people do. An empty list means nothing is missing.
    """
    problems = _problems_of_both(draft)
    for place, number, topic in _numbered(draft):
        if is_blank(topic.title_kk) and is_blank(topic.title_ru):
            problems.append(Problem("missing_title", {"number": number}, f"{place}.title_kk"))
    return [*problems, *numbered(draft.meetings, gaps)]


def problems_to_accept(draft: ListDraft, left_out: Collection[int] = ()) -> list[Problem]:
    """What keeps the list from being accepted: every title, text and reason in both languages.

    A text is optional, but one that exists in one language must exist in the other. `left_out` are the
    numbers, from 1, of topics that are accepted by nobody: they may stay as they are.
    """
    problems = _problems_of_both(draft)
    for place, number, topic in _numbered(draft):
        if number in left_out:
            continue
        for language in LANGUAGES:
            if is_blank(getattr(topic, f"title_{language}")):
                params = {"number": number, "language": language}
                problems.append(Problem("missing_title_language", params, f"{place}.title_{language}"))
        for language in _missing_languages(topic.text_kk, topic.text_ru):
            params = {"number": number, "language": language}
            problems.append(Problem("missing_text_language", params, f"{place}.text_{language}"))
    problems += _reasons_in_one_language(draft)
    for language in _missing_languages(draft.analysis_kk, draft.analysis_ru):
        params = {"language": language}
        problems.append(Problem("missing_analysis_language", params, f"analysis_{language}"))
    return [*problems, *numbered(draft.meetings, gaps), *numbered(draft.meetings, language_gaps)]


def languages_missing(topic: TopicDraft) -> tuple[str, ...]:
    """Languages in which the topic lacks its title, or a text that exists in the other one (section 9)."""
    texts = _missing_languages(topic.text_kk, topic.text_ru)
    return tuple(code for code in LANGUAGES if is_blank(getattr(topic, f"title_{code}")) or code in texts)


def advice(draft: ListDraft) -> list[Problem]:
    """What the authority would miss although it does not stop the list: sector and ministry of each topic,
    and meetings, or a reason for proposing none.

    Procedure, section 2 rows 1 and 3: the calendar is compiled by ministry from an analysis of the region.
    """
    found = []
    if is_blank(draft.analysis_kk) and is_blank(draft.analysis_ru):
        found.append(Problem("no_analysis", field="analysis_kk"))
    for place, number, topic in _numbered(draft):
        if not topic.sector:
            found.append(Problem("topic_without_sector", {"number": number}, f"{place}.sector"))
        if not topic.ministry:
            found.append(Problem("topic_without_ministry", {"number": number}, f"{place}.ministry"))
    if draft.topics and not draft.meetings and not _has_meetings_reason(draft):
        found.append(Problem("no_meetings", field="meetings"))
    return [*found, *numbered(draft.meetings, meeting_advice)]


def problems_to_propose_none(draft: ListDraft) -> list[Problem]:
    """What keeps a list from saying why it proposes no meetings: that it proposes some."""
    return [one for one in _problems_of_number(draft) if one.code == "reason_beside_meetings"]


def _reasons_in_one_language(draft: ListDraft) -> Iterator[Problem]:
    for reason in ("no_topics_reason", "no_meetings_reason"):
        for language in _missing_languages(getattr(draft, f"{reason}_kk"), getattr(draft, f"{reason}_ru")):
            yield Problem("missing_reason_language", {"language": language}, f"{reason}_{language}")


def _problems_of_number(draft: ListDraft) -> list[Problem]:
    """Meetings beside a reason for proposing none, and too many of them."""
    problems = []
    if draft.meetings and _has_meetings_reason(draft):
        problems.append(Problem("reason_beside_meetings", field="no_meetings_reason_kk"))
    if len(draft.meetings) > MEETINGS_LIMIT:
        problems.append(Problem("too_many_meetings", {"limit": MEETINGS_LIMIT}, "meetings"))
    return problems


def _problems_of_both(draft: ListDraft) -> list[Problem]:
    """Problems that stop submission and acceptance alike: emptiness, contradiction, excess."""
    problems = []
    reason = not (is_blank(draft.no_topics_reason_kk) and is_blank(draft.no_topics_reason_ru))
    if not draft.topics and not reason:
        problems.append(Problem("no_topics", field="topics"))
    if draft.topics and reason:
        problems.append(Problem("reason_beside_topics", field="no_topics_reason_kk"))
    problems += _problems_of_number(draft)
    if len(draft.topics) > TOPICS_LIMIT:
        problems.append(Problem("too_many_topics", {"limit": TOPICS_LIMIT}, "topics"))
    for place, number, topic in _numbered(draft):
        for language in LANGUAGES:
            for part, limit in (("title", TITLE_LIMIT), ("text", TEXT_LIMIT)):
                if len(getattr(topic, f"{part}_{language}")) > limit:
                    params = {"number": number, "language": language, "limit": limit}
                    problems.append(Problem(f"{part}_too_long", params, f"{place}.{part}_{language}"))
    return problems


def _numbered(draft: ListDraft) -> Iterator[tuple[str, int, TopicDraft]]:
    for index, topic in enumerate(draft.topics[:TOPICS_LIMIT]):
        yield f"topics.{index}", index + 1, topic


def _has_meetings_reason(draft: ListDraft) -> bool:
    return not (is_blank(draft.no_meetings_reason_kk) and is_blank(draft.no_meetings_reason_ru))
