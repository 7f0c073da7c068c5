"""One person per role, in every state that a person can be in, with sessions ready."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, override_settings

from accounts import sessions
from accounts.demo import make_user
from accounts.models import User
from accounts.permissions import Role
from base import clock
from regions.models import Body

OWN, FOREIGN = "akimat.19", "akimat.33"
BODIES = {
    Role.AKIMAT_OFFICER: OWN,
    Role.AKIMAT_SIGNATORY: OWN,
    Role.ASSISTANT: OWN,
    Role.AUTHORITY_OFFICER: "authority",
    Role.AUTHORITY_SIGNATORY: "authority",
    Role.MINISTRY_OFFICER: "ministry.health",
    Role.MINISTRY_SIGNATORY: "ministry.health",
    Role.COMMISSION_CHAIR: "commission",
    Role.COMMISSION_DEPUTY_CHAIR: "commission",
    Role.COMMISSION_MEMBER: "commission",
    Role.SECRETARY: "commission",
    Role.OBSERVER: "government",
    Role.ADMIN: "authority",
}


class State(StrEnum):
    """What can be wrong with somebody who otherwise would be allowed."""

    ANONYMOUS = "anonymous"
    ENDED = "ended membership"
    DISABLED = "disabled account"
    NO_SECOND_FACTOR = "no second factor"
    EXPIRED = "expired session"


@dataclass
class People:
    """Sessions by (role, state); users who make the objects of the tests."""

    keys: dict[tuple[Role, State | None], str] = field(default_factory=dict)
    makers: dict[str, User] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def browser(self, role: Role, state: State | None = None) -> Client:
        """The one browser, with no cookie but the session of this person in this state.

        Somebody without second factor has a session like any other.
        """
        self.client.cookies.clear()
        if state is not State.ANONYMOUS:
            key = self.keys[role, None if state is State.NO_SECOND_FACTOR else state]
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key
        return self.client


def conditions(state: State | None) -> nullcontext[None] | override_settings:
    """Settings under which the request of somebody in the state is made."""
    if state is State.NO_SECOND_FACTOR:
        return override_settings(SECOND_FACTOR_REQUIRED=True)
    return nullcontext()


def make_people() -> People:
    """All of them, committed."""
    people = People()
    for role, code in BODIES.items():
        body, name = Body.objects.get(code=code), str(role)
        usual = make_user(name, body, [role], "demo")
        people.keys[role, None] = _session(usual)
        people.keys[role, State.EXPIRED] = _session(usual, age=settings.SESSION_ABSOLUTE_SECONDS + 60)
        ended = make_user(f"{name}.ended", body, [role], "demo")
        ended.memberships.update(valid_to=clock.today() - timedelta(days=1))
        people.keys[role, State.ENDED] = _session(ended)
        disabled = make_user(f"{name}.disabled", body, [role], "demo")
        people.keys[role, State.DISABLED] = _session(disabled)
        User.objects.filter(pk=disabled.pk).update(is_active=False)
    for code in (OWN, FOREIGN, "akimat.55"):
        roles = [Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY]
        people.makers[code] = make_user(f"maker.{code}", Body.objects.get(code=code), roles, "demo")
    authority = Body.objects.get(code="authority")
    people.makers["authority"] = make_user(
        "maker.authority", authority, [Role.AUTHORITY_OFFICER], "demo", valid_from=date(2020, 1, 1)
    )
    return people


def _session(user: User, age: int = 0) -> str:
    """The key of a signed-in session that began `age` seconds ago."""
    began = int(time.time()) - age
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "accounts.backends.PersonBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[sessions.SIGNED_IN_AT] = began
    session[sessions.SEEN_AT] = began
    session[sessions.HAS_SECOND_FACTOR] = False
    session.create()
    return str(session.session_key)
