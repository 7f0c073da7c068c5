"""Accounts of the demonstration. Only the command that loads a demonstration calls this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Membership, User
from accounts.permissions import Role
from regions.models import Body

FIRST_DAY = date(2024, 1, 1)


@transaction.atomic
def make_user(
    code: str,
    body: Body,
    roles: Iterable[Role],
    password: str,
    *,
    full_name: str = "",
    email: str = "",
    language: str = "kk",
    valid_from: date = FIRST_DAY,
) -> User:
    """The demonstration account `code` with the roles at the body; a second call changes nothing."""
    given = {"full_name": full_name, "email": email, "language": language}
    fields = _fields(code, password) | {name: value for name, value in given.items() if value}
    user, _ = User.objects.get_or_create(username=code, defaults=fields)
    for role in roles:
        Membership.objects.get_or_create(
            user=user, body=body, role=Role(role), defaults={"valid_from": valid_from}
        )
    return user


def make_users(
    accounts: Iterable[tuple[str, Body, Iterable[Role]]], password: str, *, valid_from: date
) -> dict[str, User]:
    """New accounts (user name, body, roles) in two statements, as `make_user` would make them one by one."""
    wanted = list(accounts)
    users = User.objects.bulk_create(User(username=code, **_fields(code, password)) for code, *_ in wanted)
    Membership.objects.bulk_create(
        Membership(user=user, body=body, role=Role(role), valid_from=valid_from)
        for user, (_code, body, roles) in zip(users, wanted, strict=True)
        for role in roles
    )
    return {user.username: user for user in users}


def _fields(code: str, password: str) -> dict[str, str]:
    return {
        "full_name": f"Demo {code}",
        "email": f"{code}@example.invalid",
        "language": "kk",
        "password": hashed(password),
    }


@lru_cache(maxsize=4)
def hashed(password: str) -> str:
    """One slow hash for all demonstration accounts, which share a password anyway."""
    return make_password(password)
