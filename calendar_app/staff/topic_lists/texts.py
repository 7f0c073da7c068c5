"""The pages of what belongs to the whole list: the analysis, and the answers to comments."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from calendar_app.models import TopicComment, TopicList
from calendar_app.models.topic_lists import LIST_WORDS
from calendar_app.staff.topic_lists import items, keeping
from calendar_app.staff.topic_lists.item_forms import AnalysisForm, AnswerForm, words_of
from calendar_app.staff.topic_lists.writers import EITHER
from calendar_app.transitions import topics as acts
from procedure.half_years import HalfYear

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires(*EITHER)
def analysis(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Write the analysis of the situation, or why there are no topics this time."""
    topic_list = items.find(request, half_year, akimat)
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    around = keeping.page(request, topic_list, "analysis", topic_list.analysis_version)
    typed = around["kept"].words if around["kept"] else {}
    data = request.POST if request.method == "POST" else None
    form = AnalysisForm(data, version=topic_list.analysis_version, initial=words_of(topic_list) | typed)
    status, both = 200, items.both_texts(form, words_of(topic_list), LIST_WORDS) if typed else []
    if request.method == "POST":
        status = items.saved(
            request,
            topic_list,
            "analysis",
            form,
            lambda moment: acts.save_analysis(
                topic_list=topic_list,
                words=form.words(),
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
            ),
        )
        if status == 302:
            return items.to_list(request, topic_list, "analysis", _("The analysis is saved."))
    if status == 409:
        topic_list.refresh_from_db(fields=[*LIST_WORDS, "analysis_version"])
        form.renew(topic_list.analysis_version)
        both = items.both_texts(form, words_of(topic_list), LIST_WORDS)
    return items.shown(request, "analysis", topic_list, form, status, both=both, **around)


@require_http_methods(METHODS)
@requires(*EITHER)
def answer(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Answer the comment on the whole list, and comments on topics that are not in it any more."""
    topic_list = items.find(request, half_year, akimat)
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    around = keeping.page(request, topic_list, "answer", topic_list.answer_version)
    form = _answer_form(request, topic_list, around["kept"].words if around["kept"] else {})
    status, both = 200, _both_answers(form, topic_list) if around["kept"] else []
    if request.method == "POST":
        status = items.saved(
            request,
            topic_list,
            "answer",
            form,
            lambda moment: acts.save_answer(
                topic_list=topic_list,
                **form.words(),
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
            ),
        )
        if status == 302:
            return items.to_list(request, topic_list, "answer", _("The answers are saved."))
    if status == 409:
        topic_list.refresh_from_db(fields=["answer", "answers", "answer_version"])
        form.renew(topic_list.answer_version)
        both = _both_answers(form, topic_list)
    return items.shown(request, "answer", topic_list, form, status, both=both, **around)


def _both_answers(form: AnswerForm, topic_list: TopicList) -> list[items.Both]:
    stored = {box.name: topic_list.answers.get(str(one.pk), "") for one, box in form.stray}
    return items.both_texts(form, stored | {"answer": topic_list.answer}, ["answer", *stored])


def _answer_form(request: StaffRequest, topic_list: TopicList, typed: dict[str, str]) -> AnswerForm:
    return AnswerForm(
        request.POST if request.method == "POST" else None,
        stray=stray_remarks(topic_list),
        version=topic_list.answer_version,
        initial={"answer": topic_list.answer} | typed,
    )


def stray_remarks(topic_list: TopicList) -> list[tuple[TopicComment, str]]:
    """Comments of the round on topics that were removed since, each with its answer so far."""
    if not topic_list.answers:
        return []
    comments = TopicComment.objects.filter(pk__in=topic_list.answers)
    stray = comments.exclude(topic_key__in=topic_list.topics.values("pk"))
    return [(one, topic_list.answers[str(one.pk)]) for one in stray]
