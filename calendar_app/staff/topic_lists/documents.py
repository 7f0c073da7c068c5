"""The covering letter and the list as files for the document system."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.file_kinds import BY_CODE
from calendar_app.documents import sources
from calendar_app.documents.files import Document
from calendar_app.documents.sources import Source
from calendar_app.staff.topic_lists.screens import find
from procedure.half_years import HalfYear


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def of_list(request: StaffRequest, half_year: HalfYear, akimat: str, document: Document) -> HttpResponse:
    """A document of the list as it stands: what was submitted, or a draft marked as one."""
    return _file(document, sources.of_list(find(request, half_year, akimat)))


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def of_receipt(
    request: StaffRequest, half_year: HalfYear, akimat: str, number: int, document: Document
) -> HttpResponse:
    """A document of one submission, made from its snapshot: the same whatever became of the list since."""
    topic_list = find(request, half_year, akimat, whole=False)
    submission = get_object_or_404(topic_list.submissions, number=number)
    return _file(document, sources.of_submission(submission, topic_list.akimat))


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def signed_letter(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> HttpResponse:
    """The very file that was recorded as the signed letter: always to be saved, never shown in the page."""
    topic_list = find(request, half_year, akimat, whole=False)
    submissions = topic_list.submissions.select_related("letter__file")
    submission = get_object_or_404(submissions, number=number, letter__isnull=False)
    assert submission.letter
    file = submission.letter.file
    kind = BY_CODE[file.kind]
    response = HttpResponse(bytes(file.content), content_type=kind.content_type)
    name = f"{submission.receipt_number}-signed.{kind.ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(document: Document, source: Source) -> HttpResponse:
    response = HttpResponse(document.written(source), content_type=document.content_type)
    response["Content-Disposition"] = f'attachment; filename="{document.file_name(source)}"'
    return response
