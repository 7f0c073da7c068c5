"""The page that makes and revokes one's address, and the calendar behind it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.models import User
from accounts.permissions import Permission
from base.clock import now
from base.forms import ActForm
from base.sealed_links import digest
from calendar_app.models import FeedAddress, TermChange
from calendar_app.queries import compliance
from calendar_app.queries.obligations import half_years_of
from calendar_app.snapshots import sha256_of
from calendar_app.staff.acting import DONE, carried_out
from calendar_app.staff.deadline_feed.ics import calendar_of
from calendar_app.transitions import feed_addresses
from procedure.moments import day_of
from regions.models import Body

TOKEN = "token"  # noqa: S105 - who may see the page, not a secret


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.STAFF_HOME)
def address(request: StaffRequest) -> HttpResponse:
    """Whether there is an address, and a new one on demand: it is shown in this answer and never again."""
    form = ActForm(request.POST or None)
    token, status = "", 200
    if request.method == "POST":
        status, done = carried_out(
            request, form, lambda moment: feed_addresses.make(by=request.user, now=moment)
        )
        token = done if isinstance(done, str) else ""
        if status == DONE:
            status, form = 200, ActForm(None)
    context = {
        "form": form,
        "known": FeedAddress.objects.filter(user=request.user).first(),
        "url": f"{settings.PUBLIC_URL.rstrip('/')}{reverse('staff:deadline_feed', args=[token])}"
        if token
        else "",
        "repeated": request.method == "POST" and status == 200 and not token,
    }
    return render(request, "calendar_app/staff/deadline_feed/address.html", context, status=status)


@require_POST
@requires(Permission.STAFF_HOME)
def revoke(request: StaffRequest) -> HttpResponse:
    """Make the address stop working."""
    feed_addresses.revoke(by=request.user, now=now())
    messages.success(request, _("The address does not work any more."))
    return redirect("staff:feed_address")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The deadlines of the bodies of whoever made this address; 404 for a wrong or revoked one."""
    moment = now()
    user = _owner(token)
    held = user.held(day_of(moment)) if user else []
    if not held:
        raise Http404
    bodies = {
        one.body_id
        for one in held
        if one.grants(Permission.DUTIES_READ) and one.body.kind != Body.Kind.OVERSIGHT
    }
    halves = half_years_of(day_of(moment))
    rows = compliance.read(halves, moment, bodies=bodies, language=get_language() or "kk")
    text = calendar_of(rows, _moved([row.duty.pk for row in rows]))
    etag = quote_etag(sha256_of(text))
    response = get_conditional_response(
        request, etag=etag, response=HttpResponse(text, content_type="text/calendar; charset=utf-8")
    )
    assert response is not None
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


feed.access = TOKEN  # type: ignore[attr-defined]


def _owner(token: str) -> User | None:
    """The person of the address, unless they may not sign in any more."""
    found = FeedAddress.objects.filter(token_sha256=digest(token), user__is_active=True)
    one = found.select_related("user").first()
    return one.user if one else None


def _moved(keys: list[int]) -> dict[int, tuple[int, datetime]]:
    """By duty, how often its term changed, and when last."""
    rows = TermChange.objects.filter(obligation__in=keys).values("obligation").order_by("obligation")
    counted = rows.annotate(number=Count("pk"), last=Max("at"))
    return {key: (number, last) for key, number, last in counted.values_list("obligation", "number", "last")}
