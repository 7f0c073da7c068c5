"""Wrong passwords: how many are borne, and what a person sees after. django-axes counts them in the database."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class NameAndAddress(AxesDatabaseHandler):
    """Locks a name at an address, as django-axes does, and an address that tries name after name.

    An office of many people shares one address, so the second limit is far above the first.
    """

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        # The mark makes the answer a 429 also where the name itself has not failed yet.
        request.axes_locked_out = _tries_many_names(request)  # type: ignore[attr-defined]
        return bool(request.axes_locked_out)  # type: ignore[attr-defined]


def _tries_many_names(request: HttpRequest) -> bool:
    """Whether one address has failed too often within the time of the lock, whatever names it gave."""
    lately = AccessAttempt.objects.filter(
        ip_address=client_address(request), attempt_time__gte=get_cool_off_threshold(request)
    )
    failed = lately.aggregate(failed=Sum("failures_since_start"))["failed"] or 0
    return bool(failed >= settings.SIGN_IN_FAILURES_PER_ADDRESS)


def too_many_attempts(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 with the wait in minutes: the same for accounts that exist and for those that do not."""
    wait = get_cool_off(request)
    context = {"minutes": ceil(wait.total_seconds() / 60)}
    page = render(request, "accounts/too_many_attempts.html", context, status=429)
    page["Retry-After"] = str(int(wait.total_seconds()))
    return page


def client_address(request: HttpRequest) -> str:
    """The address that attempts are counted for: the one our own outermost proxy saw.

    Every trusted proxy adds one address at the end of X-Forwarded-For; what stands before them was
    written by the client and is not believed.
    """
    direct = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.AXES_IPWARE_PROXY_COUNT or 0
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    return hops[-proxies] if 0 < proxies <= len(hops) else direct
