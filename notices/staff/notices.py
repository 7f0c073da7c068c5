"""My notices: letters to me, as they can be read on the portal, with what is still unread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import person, requires
from accounts.permissions import Permission
from base.clock import now
from base.dates import at_almaty
from notices import rendering
from notices.models import Letter
from regions.models import Body

PER_PAGE = 25


class Row(NamedTuple):
    """A notice in words."""

    pk: int
    subject: str
    language: str
    written: str
    is_unread: bool


@require_safe
@requires(Permission.STAFF_HOME)
def listing(request: HttpRequest) -> HttpResponse:
    """Letters to the person, newest first, 25 a page."""
    letters = Letter.objects.to_person(person(request))
    page = Paginator(letters, PER_PAGE).get_page(request.GET.get("page"))
    unread = person(request).counted["unread_notices"]
    context = {"rows": _rows(page), "page": page, "unread": unread}
    return render(request, "notices/staff/notices/list.html", context)


@require_POST
@requires(Permission.STAFF_HOME)
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the notice as read and show it."""
    letter = get_object_or_404(Letter.objects.to_person(person(request)), pk=pk)
    Letter.objects.filter(pk=letter.pk).unread().update(read_at=now())
    return redirect(letter)


@require_POST
@requires(Permission.STAFF_HOME)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices of the person as read."""
    Letter.objects.to_person(person(request)).unread().update(read_at=now())
    return redirect("notices:mine")


def _rows(letters: Iterable[Letter]) -> list[Row]:
    """In words; names of the bodies are read at once, not with each letter."""
    letters = list(letters)
    bodies = Body.objects.in_bulk({one.body_code for one in letters})
    for one in letters:
        if body := bodies.get(one.body_code):
            names = {f"body_{code}": getattr(body, f"full_name_{code}") for code in ("kk", "ru", "en")}
            one.context = names | one.context
    return [
        Row(one.pk, _subject(one), one.language, at_almaty(one.created_at, "short"), one.read_at is None)
        for one in letters
    ]


def _subject(letter: Letter) -> str:
    """The subject of the letter; the name of its kind while its text cannot be made."""
    try:
        return rendering.render(letter).subject
    except rendering.RenderingError:
        return letter.kind_label
