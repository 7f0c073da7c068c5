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
    fields = {
        "full_name": full_name or f"Demo {code}",
        "email": email or f"{code}@example.invalid",
        "language": language,
        "password": hashed(password),
    }
    user, _ = User.objects.get_or_create(username=code, defaults=fields)
    for role in roles:
        Membership.objects.get_or_create(
            user=user, body=body, role=Role(role), defaults={"valid_from": valid_from}
        )
    return user


@lru_cache(maxsize=4)
def hashed(password: str) -> str:
    """One slow hash for all demonstration accounts, which share a password anyway."""
    return make_password(password)
