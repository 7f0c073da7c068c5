"""What pages of imports of plans and of ministries share: one file in, its progress, what is wrong with it."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import StaffRequest
from base.forms import ActForm
from calendar_app.models import Import
from calendar_app.staff.imports.reading import told
from calendar_app.transitions.import_files import Upload
from procedure.imports import FILE_BYTES_LIMIT

PAGES = "calendar_app/staff/imports"


class OneFileForm(ActForm):
    """One file; of one that is too large nothing but its size is passed on."""

    workbook = forms.FileField(
        label=_("File in XLSX format"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )

    @property
    def upload(self) -> Upload:
        """Of a valid form."""
        return upload_of(self.cleaned_data["workbook"])

    def words(self) -> dict[str, Any]:
        """What makes a second sending the same one."""
        return words_of(self.cleaned_data["workbook"])


def words_of(file: Any) -> dict[str, Any]:
    """What makes a second sending of a file the same one: a corrected file may be as long as the one before."""
    digest = hashlib.sha256(b"".join(file.chunks())).hexdigest() if file.size <= FILE_BYTES_LIMIT else ""
    file.seek(0)
    return {"name": file.name, "size": file.size, "digest": digest}


def upload_of(file: Any) -> Upload:
    """An uploaded file; one that is too large is passed on without its content."""
    return Upload(file.name, file.size, file.read() if file.size <= FILE_BYTES_LIMIT else b"")


def faults_of(batch: Import) -> list[tuple[str, list[str]]]:
    """What is wrong, by file, in words."""
    files = batch.files.defer("content").exclude(faults=[])
    return [(one.name, [told(problem) for problem in one.problems]) for one in files]


def progress_of(batch: Import) -> dict[str, Any]:
    """How many files are read of how many, and that as a sentence."""
    states = list(batch.files.values_list("is_read", flat=True))
    said = ngettext(
        "%(done)s of %(count)s file is read.", "%(done)s of %(count)s files are read.", len(states)
    )
    counts = {"done": sum(states), "count": len(states)}
    return {"said": said % counts, **counts}


def progress_part(request: StaffRequest, batch: Import) -> HttpResponse:
    """How far the reading is, for a page that asks each second; once it is done the page is loaded anew."""
    response = render(request, f"{PAGES}/_progress.html", {"batch": batch, **progress_of(batch)})
    if not batch.is_under_way:
        response["HX-Refresh"] = "true"
    return response


def version_sent(request: StaffRequest) -> int:
    """The version the page was opened at; what cannot be read counts as stale."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
