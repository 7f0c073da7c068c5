"""Screens of halls: the list, a new one, change and close."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.forms import ActForm
from calendar_app.queries import halls as queries
from calendar_app.staff.acting import DONE, STALE, asked_again, carried_out
from calendar_app.staff.halls.forms import CloseForm, HallForm, NewHallForm
from calendar_app.transitions import halls as acts
from procedure.halls import HallDraft
from regions.models import Body, Hall
from regions.places import PlacePicker, within

FOLDER = "calendar_app/staff/halls"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@requires(Permission.HALL_WRITE)
def halls(request: StaffRequest) -> HttpResponse:
    """The halls of one's own akimats, those in use first."""
    akimats = list(_own(request))
    found = queries.of_akimats(akimats, today(), get_language() or "kk")
    rows = [(hall, within(hall.territory), not hall.exists_on(today())) for hall in found]
    context = {"akimats": akimats, "halls": rows, "many": len(akimats) > 1}
    return render(request, f"{FOLDER}/list.html", context)


@require_http_methods(METHODS)
@requires(Permission.HALL_WRITE)
def new(request: StaffRequest, akimat: str) -> HttpResponse:
    """Register a hall of an akimat."""
    owner = get_object_or_404(_own(request), pk=akimat)
    searched = "find_place" in request.POST
    form, status = NewHallForm(), 200
    if searched:
        form = NewHallForm.shown_again(request.POST)
    elif request.method == "POST":
        form = NewHallForm(request.POST)
        status, _done = carried_out(
            request,
            form,
            lambda moment: acts.add(akimat=owner, draft=form.draft(), by=request.user, now=moment),
        )
        if status == DONE:
            messages.success(request, _("The hall is registered."))
            return redirect("staff:halls")
    context = {"akimat": owner, "picker": _picker(request, owner, form, searched=searched)}
    return asked_again(request, f"{FOLDER}/edit.html", form, context, status, 0)


@require_http_methods(METHODS)
@requires(Permission.HALL_WRITE)
def edit(request: StaffRequest, key: int) -> HttpResponse:
    """Change what is said of a hall."""
    hall = _find(request, key)
    version = queries.version_of(hall)
    form: Any = HallForm(request.POST or None, version=version, initial=_values(queries.as_draft(hall)))
    status = 200
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda moment: acts.change(
                hall=hall,
                draft=form.draft(),
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
            ),
        )
        if status == DONE:
            messages.success(request, _("The hall is saved."))
            return redirect("staff:halls")
    context = {"hall": hall, "akimat": hall.owner, "within": within(hall.territory)}
    return asked_again(request, f"{FOLDER}/edit.html", form, context, status, version)


@require_http_methods(METHODS)
@requires(Permission.HALL_WRITE)
def close(request: StaffRequest, key: int) -> HttpResponse:
    """Name the last day of a hall, or open it again."""
    hall = _find(request, key)
    version = queries.version_of(hall)
    form = CloseForm(request.POST or None, version=version, initial={"last_day": hall.valid_to or today()})
    status = 200
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda moment: acts.close(
                hall=hall, **form.words(), by=request.user, now=moment, version=form.cleaned_data["version"]
            ),
        )
        if status == DONE:
            messages.success(request, _("The hall is saved."))
            return redirect("staff:halls")
    context = {"hall": hall, "akimat": hall.owner, "uses": _uses(hall) if status != STALE else None}
    return asked_again(request, f"{FOLDER}/close.html", form, context, status, version)


def _own(request: StaffRequest) -> Any:
    """The akimats whose halls the person keeps."""
    bodies = request.user.bodies_with(Permission.HALL_WRITE, on=today())
    return bodies.filter(kind=Body.Kind.AKIMAT).order_by("code")


def _find(request: StaffRequest, key: int) -> Hall:
    """A hall of one's own akimat; anybody else's is 404."""
    halls = Hall.objects.select_related("owner", "territory__parent__parent")
    return get_object_or_404(halls.filter(owner__in=_own(request)), pk=key)


def _values(draft: HallDraft) -> dict[str, object]:
    return dict(vars(draft))


def _uses(hall: Hall) -> int:
    """How many meetings that are being proposed or planned name the hall."""
    return queries.uses_to_come(hall, today())


def _picker(request: StaffRequest, akimat: Body, form: ActForm, *, searched: bool) -> PlacePicker:
    return PlacePicker(
        name="place",
        code=str(form["place"].value() or ""),
        typed=(request.POST.get("place_q") or "").replace("\x00", "")[:200],
        region=akimat.region_id or "",
        on=today(),
        language=get_language() or "kk",
        searched=searched,
    )
