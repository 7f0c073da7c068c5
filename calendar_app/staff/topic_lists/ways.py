"""Where on the pages of the editor something is put right that a rule found missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from calendar_app.models import Topic, TopicComment, TopicList
from procedure.problems import Problem

Linked = tuple[str, Problem]


def with_ways(
    topic_list: TopicList,
    topics: Sequence[Topic],
    comments: Iterable[TopicComment],
    problems: Iterable[Problem],
) -> list[Linked]:
    """Each problem with the address of the box it is about; addresses are put together, not looked up."""
    editor = reverse("staff:topic_list_edit", args=[topic_list.period, topic_list.akimat_id])
    topic_of = {str(one.pk): one.topic_key for one in comments}
    keys = [topic.pk for topic in topics]
    meetings = [meeting.pk for meeting in topic_list.proposed]
    return [
        (editor + (_way_to_meetings(one.field, meetings) or _way(one.field, keys, topic_of)), one)
        for one in problems
    ]


def _way_to_meetings(field: str, keys: Sequence[int]) -> str:
    """The page of a proposed meeting, or of the reason why there is none; "" for a field of anything else."""
    kind, _dot, rest = field.partition(".")
    if kind == "meetings" and rest:
        number, _dot, name = rest.partition(".")
        return f"meetings/{keys[int(number)]}/#id_{name}"
    if kind == "meetings":
        return "meetings/new/"
    return f"meetings/none/#id_{field}" if kind.startswith("no_meetings_reason") else ""


def _way(field: str, keys: Sequence[int], topic_of: dict[str, int]) -> str:
    kind, _dot, rest = field.partition(".")
    if kind == "topics" and rest:
        number, _dot, name = rest.partition(".")
        return f"topics/{keys[int(number)]}/#id_{name}"
    if kind == "topics":
        return "topics/new/"
    if kind == "answers":
        key = topic_of[rest]
        return f"topics/{key}/#id_answer" if key in keys else f"answer/#id_answers-{rest}"
    return "answer/#id_answer" if kind == "answer" else f"analysis/#id_{field}"
