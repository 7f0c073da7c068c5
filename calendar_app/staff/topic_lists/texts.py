"""The pages of what belongs to the whole list: the analysis, the answers to comments, why no meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from calendar_app.models import TopicComment, TopicList
from calendar_app.models.topic_lists import MEETINGS_WORDS
from calendar_app.staff.topic_lists.item_forms import AnalysisForm, AnswerForm, NoMeetingsForm, words_of
from calendar_app.staff.topic_lists.parts import Part, written
from calendar_app.staff.topic_lists.writers import EITHER
from calendar_app.transitions import proposed_meetings
from calendar_app.transitions import topics as acts
from procedure.half_years import HalfYear

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires(*EITHER)
def analysis(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Write the analysis of the situation, or why there are no topics this time."""
    return written(ANALYSIS, request, half_year, akimat)


@require_http_methods(METHODS)
@requires(*EITHER)
def answer(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Answer the comment on the whole list, and comments on topics that are not in it any more."""
    return written(ANSWER, request, half_year, akimat)


@require_http_methods(METHODS)
@requires(*EITHER)
def no_meetings(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Say why no meetings are proposed."""
    return written(NO_MEETINGS, request, half_year, akimat)


def stray_remarks(topic_list: TopicList) -> list[tuple[TopicComment, str]]:
    """Comments of the round on topics that were removed since, each with its answer so far."""
    if not topic_list.answers:
        return []
    comments = TopicComment.objects.filter(pk__in=topic_list.answers)
    stray = comments.exclude(topic_key__in=topic_list.topics.values("pk"))
    return [(one, topic_list.answers[str(one.pk)]) for one in stray]


def _analysis_form(data: Any, topic_list: TopicList, typed: Mapping[str, Any]) -> AnalysisForm:
    return AnalysisForm(data, version=topic_list.analysis_version, initial=words_of(topic_list) | dict(typed))


def _answer_form(data: Any, topic_list: TopicList, typed: Mapping[str, Any]) -> AnswerForm:
    return AnswerForm(
        data,
        stray=stray_remarks(topic_list),
        version=topic_list.answer_version,
        initial={"answer": topic_list.answer, **typed},
    )


def _answers(topic_list: TopicList) -> dict[str, object]:
    stray = {f"answers-{one.pk}": said for one, said in stray_remarks(topic_list)}
    return {"answer": topic_list.answer, **stray}


def _no_meetings_form(data: Any, topic_list: TopicList, typed: Mapping[str, Any]) -> NoMeetingsForm:
    return NoMeetingsForm(data, version=topic_list.version, initial=_why_none(topic_list) | dict(typed))


def _why_none(topic_list: TopicList) -> dict[str, object]:
    return {name: getattr(topic_list, name) for name in MEETINGS_WORDS}


ANALYSIS = Part(
    "analysis",
    "analysis",
    lambda topic_list: topic_list.analysis_version,
    _analysis_form,
    words_of,
    acts.save_analysis,
    _("The analysis is saved."),
)
ANSWER = Part(
    "answer",
    "answer",
    lambda topic_list: topic_list.answer_version,
    _answer_form,
    _answers,
    acts.save_answer,
    _("The answers are saved."),
)
NO_MEETINGS = Part(
    "none",
    "no_meetings",
    lambda topic_list: topic_list.version,
    _no_meetings_form,
    _why_none,
    proposed_meetings.propose_none,
    _("The reason is saved."),
    "#meetings",
)
