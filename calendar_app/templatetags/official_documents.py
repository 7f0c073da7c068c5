"""Which official documents a page of a topic list offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from django import template
from django.urls import reverse

from calendar_app.documents import sources
from calendar_app.documents.files import ALL, Document
from calendar_app.models import Submission, TopicList

register = template.Library()


class Offer(TypedDict):
    """One paper in one language: its files as (ending, address), and what it lacks in that language."""

    kind: str
    language: str
    files: list[tuple[str, str]]
    lacks_words: bool


@register.simple_tag
def official_documents(topic_list: TopicList, submission: Submission | None = None) -> list[Offer]:
    """The papers of a submission, or of the list as it stands; costs no query."""
    source = (
        sources.of_submission(submission, topic_list.akimat) if submission else sources.of_list(topic_list)
    )
    return [
        {
            "kind": kind,
            "language": language,
            "files": [(one.ending.upper(), _address(one, topic_list, submission)) for one in files],
            "lacks_words": kind == "list" and sources.lacks_words(source.content, language),
        }
        for (kind, language), files in _by_paper()
    ]


def _by_paper() -> Iterator[tuple[tuple[str, str], list[Document]]]:
    papers = dict.fromkeys((one.kind, one.language) for one in ALL)
    for paper in papers:
        yield paper, [one for one in ALL if (one.kind, one.language) == paper]


def _address(document: Document, topic_list: TopicList, submission: Submission | None) -> str:
    path = [topic_list.half_year, topic_list.akimat_id]
    if submission:
        return reverse("staff:topic_list_receipt_document", args=[*path, submission.number, document])
    return reverse("staff:topic_list_document", args=[*path, document])
