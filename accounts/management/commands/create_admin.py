"""The first administrator of an installation: everybody else is then made in the admin."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Membership, User
from accounts.permissions import Role
from audit import journal
from audit.actors import SYSTEM, Subject
from base import clock
from regions.models import Body


class Command(BaseCommand):
    """Asks for what neither the options nor the environment (ADMIN_USERNAME …) say."""

    help = "Create an administrator; reads ADMIN_USERNAME, _FULL_NAME, _EMAIL, _PASSWORD, else asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username")
        parser.add_argument("--full-name")
        parser.add_argument("--email")
        parser.add_argument("--body", default="authority", help="code of the body (default: authority)")

    def handle(self, *args: Any, **options: Any) -> None:
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            raise CommandError(f"There is no body “{options['body']}”. Run load_reference first.")
        user = User(
            username=_answer(options["username"], "ADMIN_USERNAME", "User name: "),
            full_name=_answer(options["full_name"], "ADMIN_FULL_NAME", "Full name: "),
            email=_answer(options["email"], "ADMIN_EMAIL", "E-mail: "),
            # What came from the environment is known to whoever set it.
            must_change_password="ADMIN_PASSWORD" in os.environ,
        )
        password = os.environ.get("ADMIN_PASSWORD") or _password()
        try:
            validate_password(password, user)
            user.set_password(password)
            user.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        _create(user, body)
        self.stdout.write(f"Administrator {user.username} created. Sign in to set up the second factor.")


@transaction.atomic
def _create(user: User, body: Body) -> None:
    user.save()
    Membership.objects.create(user=user, body=body, role=Role.ADMIN, valid_from=clock.today())
    journal.record(
        act="user.create_admin",
        actor=SYSTEM,
        now=clock.now(),
        subject=Subject(kind="user", id=str(user.pk), label=user.username, body=body.code),
        source="command",
    )


def _answer(option: str | None, variable: str, question: str) -> str:
    return option or os.environ.get(variable) or input(question).strip()


def _password() -> str:
    first = getpass("Password: ")
    if first != getpass("Password once more: "):
        raise CommandError("The two passwords differ.")
    return first
