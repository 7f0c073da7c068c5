"""Workbooks to download: the template for districts, the sheet for a translator."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from calendar_app.queries.imports import texts_of
from calendar_app.spreadsheets.choices import Choices
from calendar_app.spreadsheets.tables import XLSX
from calendar_app.spreadsheets.topic_template import topic_template
from calendar_app.spreadsheets.translation_sheet import translation_sheet
from calendar_app.staff.topic_lists.screens import find
from procedure.half_years import HalfYear


@require_safe
@requires(Permission.TOPIC_LIST_WRITE)
def template(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The workbook for the districts of this akimat."""
    topic_list = find(request, half_year, akimat, whole=False)
    content = topic_template(topic_list.akimat, half_year, Choices(topic_list.akimat, today()))
    return _file(content, f"topics-{half_year.code}-{akimat}.xlsx")


@require_safe
@requires(Permission.TOPIC_LIST_WRITE)
def translation(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The texts that lack a language, or with `which=all` every text, Kazakh beside Russian."""
    topic_list = find(request, half_year, akimat, whole=False)
    texts = texts_of(topic_list, list(topic_list.topics.all()))
    content = translation_sheet(texts, everything=request.GET.get("which") == "all")
    return _file(content, f"translation-{half_year.code}-{akimat}.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
