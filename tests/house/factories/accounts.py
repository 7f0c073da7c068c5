"""Forms of one's own account."""

from __future__ import annotations

from collections.abc import Callable

from tests.house.access.cells import Objects, Target
from tests.house.access.people import People

NEW = "zhana-2026-qupiya"


def language(people: People) -> Objects:
    return Objects(Target(form={"language": "ru"}))


def password(people: People) -> Objects:
    return Objects(Target(form={"old_password": "demo", "new_password1": NEW, "new_password2": NEW}))


def sign_in(people: People) -> Objects:
    return Objects(Target(form={"username": "observer", "password": "demo"}))


MAKERS: dict[str, Callable[[People], Objects]] = {
    "language": language,
    "password": password,
    "sign_in": sign_in,
}
