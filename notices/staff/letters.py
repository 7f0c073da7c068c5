"""The page of letters: what was written to me and my body, and for the authorised body how sending goes."""

from __future__ import annotations

import django_filters
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import person, requires
from accounts.permissions import Permission
from base.clock import today
from notices import rendering
from notices.labels import KIND_LABELS, LetterState
from notices.models import Letter

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
    letters = Letter.objects.visible_to(person(request), today()).select_related("user").defer("context")
    found = LetterFilter(request.GET, letters)
    if not found.is_valid():
        return render(request, "notices/staff/letters/bad_filter.html", status=400)
    page = Paginator(found.qs, PER_PAGE).get_page(request.GET.get("page"))
    filtered = any(found.form.cleaned_data.values())
    context = {"form": found.form, "page": page, "filtered": filtered}
    return render(request, "notices/staff/letters/list.html", context)


@require_safe
@requires(Permission.STAFF_HOME)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as it reads; without its text for people to whom it is not addressed."""
    user, day = person(request), today()
    visible = Letter.objects.visible_to(user, day).select_related("user")
    letter = get_object_or_404(visible, pk=pk)
    text = None
    if letter.is_readable_by(user, day):
        text = _text(letter)
    return render(request, "notices/staff/letters/detail.html", {"letter": letter, "text": text})


def _text(letter: Letter) -> rendering.Text | None:
    try:
        return rendering.render(letter)
    except rendering.RenderingError:
        return None
