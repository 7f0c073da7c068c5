"""The first administrator of an installation, and the accounts of a demonstration."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from accounts.demo import make_user
from accounts.models import User
from accounts.permissions import Permission, Role
from audit.models import Entry
from base import clock
from regions.models import Body

PASSWORD = "bastapqy-2026-esik"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def set_up(**values: str) -> None:
        given = {"USERNAME": "first", "FULL_NAME": "First Admin", "EMAIL": "first@example.invalid"}
        for name, value in {**given, "PASSWORD": PASSWORD, **values}.items():
            monkeypatch.setenv(f"ADMIN_{name}", value)

    return set_up


def test_the_first_administrator(environment: Callable[..., None], authority: Body) -> None:
    environment()
    call_command("create_admin")
    user = User.objects.get(username="first")
    assert user.check_password(PASSWORD)
    assert user.must_change_password
    assert user.may(Permission.ADMIN_SITE, on=clock.today())
    entry = Entry.objects.get(act="user.create_admin")
    assert (entry.actor_id, entry.subject_label, entry.source) == ("system", "first", "command")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"USERNAME": "akimat.19"}, "already"),
        ({"USERNAME": "Кто-то"}, "small Latin letters"),
        ({"PASSWORD": "short"}, "too short"),
        ({"EMAIL": "nowhere"}, "email"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    environment: Callable[..., None], officer: User, wrong: dict[str, str], said: str
) -> None:
    from django.utils import translation

    environment(**wrong)
    with translation.override("en"), pytest.raises(CommandError, match=said):
        call_command("create_admin")
    assert User.objects.count() == 1


def test_a_body_must_exist(environment: Callable[..., None], db: None) -> None:
    environment()
    with pytest.raises(CommandError, match="load_reference"):
        call_command("create_admin", body="nowhere")


def test_a_demonstration_account_is_made_once(akimat_19: Body) -> None:
    for _ in range(2):
        user = make_user("akimat.19", akimat_19, [Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY], "demo")
    assert user.check_password("demo")
    assert user.memberships.count() == 2
    assert str(user) == "Demo akimat.19"
    assert user.email.endswith("example.invalid")
