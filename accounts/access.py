"""The two places that ask for a permission: pages by decorator, acts by `check`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.permissions import Permission
from audit.actors import Actor
from base import clock
from base.errors import NotPermitted

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Body

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SIGNED_IN = "signed_in"


class StaffRequest(HttpRequest):
    """A request behind `requires` or `signed_in`: its user is a person with an account. For types only."""

    user: User


def person(request: HttpRequest) -> User:
    """The signed-in person of a page that only signed-in people reach."""
    return cast("User", request.user)


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let only people with one of the permissions see the page: anonymous → sign-in, without any → 403.

    The page carries the first as `access`, so that a test can see that every page has declared one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not any(person(request).may(one, on=clock.today()) for one in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = permissions[0]  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def signed_in(view: View) -> View:
    """Declare that everybody who has signed in may see the page; the login middleware sees to the rest."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def check(user: User, permission: Permission, body: Body | None, now: datetime) -> Actor:
    """The first line of every act: the actor for the journal, or NotPermitted.

    The day that counts is the day it is in Almaty at `now`.
    """
    day = now.astimezone(clock.ALMATY).date()
    if not user.may(permission, body, on=day):
        raise NotPermitted
    return user.actor(body, permission=permission, on=day)
