"""The floor: the least that Django can do for a page, under the portal's own middleware and server."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.access import signed_in
from calendar_app.models import HandledForm
from regions.models import Territory

ASTANA = "710000000"


@login_not_required
def one_row(request: HttpRequest) -> HttpResponse:
    """One row by its primary key."""
    return HttpResponse(Territory.objects.get(pk=ASTANA).name_kk)


@login_not_required
def rows(request: HttpRequest, count: int) -> HttpResponse:
    """One query of `count` rows, and a template with a table of five columns."""
    return render(request, "bench/list.html", {"rows": Territory.objects.all()[:count]})


@csrf_exempt
@login_not_required
def insert(request: HttpRequest, user: int) -> HttpResponse:
    """One INSERT of a row with three columns, committed."""
    HandledForm.objects.create(user_id=user, key=uuid.uuid4(), handled_at=timezone.now())
    return HttpResponse("ok")


@signed_in
def signed_in_page(request: HttpRequest) -> HttpResponse:
    """Nothing, for a person who has signed in: session, person and memberships are read before it."""
    return HttpResponse("ok")


@signed_in
def frame(request: HttpRequest) -> HttpResponse:
    """The frame of every staff page (header, menus, footer) around nothing."""
    return render(request, "bench/frame.html")
