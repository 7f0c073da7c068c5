"""The page of letters: what was written to me and my body, and for the authorised body how sending goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import person, requires
from accounts.models import User
from accounts.permissions import Permission
from base.clock import now, today
from base.dates import at_almaty
from base.errors import Refused
from base.names import in_language
from base.wording import sentence
from notices import attachments, rendering
from notices.labels import KIND_LABELS, LetterState, kind_label
from notices.models import Letter
from notices.staff.letter_rows import Row, drawn
from notices.transitions import letters as acts
from regions.models import Body

PER_PAGE = 25


class LetterFilter(django_filters.FilterSet):
    """Kind and state; a value that is not offered is a 400 with a sentence."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(KIND_LABELS.items()), empty_label=_("All kinds")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=LetterState.choices, empty_label=_("All states")
    )

    class Meta:
        model = Letter
        fields = ["kind", "state"]


@require_safe
@requires(Permission.STAFF_HOME)
def listing(request: HttpRequest) -> HttpResponse:
    """Letters that the person may see, newest first, 25 a page."""
    user, day = person(request), today()
    letters = Letter.objects.visible_to(user, day).select_related("user").defer("context")
    found = LetterFilter(request.GET, letters)
    if not found.is_valid():
        return render(request, "notices/staff/letters/bad_filter.html", status=400)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    chosen = {name: value for name, value in found.form.cleaned_data.items() if value}
    context = {
        "form": found.form,
        "rows": drawn(_rows(page, user, day)),
        "page": page,
        "query": urlencode(chosen),
        "filtered": bool(chosen),
        "shown_only": not settings.LETTERS_TO_MAIL_SERVER,
        "watches": user.may(Permission.LETTERS_READ, on=day),
    }
    return render(request, "notices/staff/letters/list.html", context)


def _rows(letters: Iterable[Letter], user: User, day: date) -> list[Row]:
    """The letters in words: a template included for every cell took half of the page."""
    letters = list(letters)
    bodies = Body.objects.in_bulk({letter.body_code for letter in letters})
    states = {state.value: str(state.label) for state in LetterState}
    kinds, address = cache(kind_label), reverse("notices:letter", args=[0])
    return [
        Row(
            url=address.replace("/0/", f"/{one.pk}/"),
            written=at_almaty(one.created_at, "short"),
            kind=kinds(one.kind),
            body=in_language(bodies[one.body_code]) if one.body_code in bodies else "",
            person=str(one.user) if one.user and one.is_readable_by(user, day) else "",
            badge=one.state_badge,
            state=states[one.state],
            error=one.last_error,
        )
        for one in letters
    ]


@require_safe
@requires(Permission.STAFF_HOME)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it reads; without its text for people to whom it is not addressed."""
    user, day = person(request), today()
    letter = get_object_or_404(Letter.objects.visible_to(user, day).select_related("user"), pk=pk)
    readable = letter.is_readable_by(user, day)
    context = {
        "letter": letter,
        "body": Body.objects.filter(code=letter.body_code).first(),
        "readable": readable,
        "text": _text(letter) if readable else None,
        "papers": attachments.number_of(letter) if readable else 0,
    }
    return render(request, "notices/staff/letters/detail.html", context)


@require_POST
@requires(Permission.LETTERS_RESEND)
def queue_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a letter once more that was not delivered."""
    letter = get_object_or_404(Letter.objects.visible_to(person(request), today()), pk=pk)
    try:
        acts.queue_again(letter=letter, by=person(request), now=now())
    except Refused as refusal:
        for problem in refusal.problems:
            messages.warning(request, sentence(problem))
    else:
        messages.success(request, _("The letter will be tried again."))
    return redirect(letter)


@require_safe
@requires(Permission.STAFF_HOME)
def paper(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A paper that goes with the letter, for those to whom it is addressed."""
    user, day = person(request), today()
    letter = get_object_or_404(Letter.objects.visible_to(user, day), pk=pk)
    text = _text(letter) if letter.is_readable_by(user, day) else None
    papers = _papers(letter, text) if text else []
    if not 1 <= number <= len(papers):
        raise Http404
    found = papers[number - 1]
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


def _papers(letter: Letter, text: rendering.Text) -> list[attachments.Attachment]:
    """None while they cannot be made, as with texts."""
    try:
        return attachments.of(letter, text)
    except rendering.RenderingError:
        return []


def _text(letter: Letter) -> rendering.Text | None:
    try:
        return rendering.render(letter)
    except rendering.RenderingError:
        return None
