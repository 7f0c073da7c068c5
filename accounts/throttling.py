"""What a person sees after too many wrong passwords. django-axes counts them in the database."""

from __future__ import annotations

from math import ceil
from typing import Any

from axes.helpers import get_cool_off
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
