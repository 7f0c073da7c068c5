"""Rule sets in the admin: refused with a sentence when impossible, frozen once used, always in the journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from calendar_app.models import RuleSet, Submission, TopicList
from procedure.rule_sets import known_rule_sets

pytestmark = pytest.mark.django_db

RULE_SETS = "/admin/calendar_app/ruleset/"


@pytest.fixture
def desk(person: Callable[..., User]) -> Client:
    client = Client()
    client.force_login(person("authority", Role.ADMIN, username="admin"))
    return client


def variant(code: str, old: str = "", new: str = "") -> str:
    text = known_rule_sets()["decree-draft-2023"].replace('code = "decree-draft-2023"', f'code = "{code}"')
    assert old in text
    return text.replace(old, new) if old else text


def test_a_new_rule_set_is_added_and_journalled(desk: Client) -> None:
    answer = desk.post(
        f"{RULE_SETS}add/",
        {"code": "decree-2027", "in_force_from": "01.01.2027", "text": variant("decree-2027")},
    )

    assert answer.status_code == 302
    added = RuleSet.objects.get(code="decree-2027")
    assert len(added.sha256) == 64
    entry = Entry.objects.get(source="admin")
    assert entry.act == "rule_set.add"
    assert entry.changes["sha256"][1] == added.sha256


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("x", variant("x", "BYMONTH=6,12;BYMONTHDAY=1", "BYMONTH=6;BYMONTHDAY=31")),
        ("x", variant("x", 'shift = "none"', 'shift = "sometimes"')),
        ("x", "это не TOML ="),
        ("x", variant("another")),
        ("x", "a" * 200_000),
    ],
)
def test_an_impossible_rule_set_is_refused_and_kept_on_the_page(desk: Client, code: str, text: str) -> None:
    before = RuleSet.objects.count()

    answer = desk.post(f"{RULE_SETS}add/", {"code": code, "text": text, "in_force_from": ""})

    assert answer.status_code == 200
    page = answer.content.decode()
    assert "errorlist" in page
    assert RuleSet.objects.count() == before


def test_a_used_rule_set_cannot_be_changed_in_the_admin(desk: Client, draft: TopicList) -> None:
    used = RuleSet.objects.get(used=True)
    unused = RuleSet.objects.get(used=False)
    data = {"code": unused.code, "text": unused.text, "in_force_from": "01.01.2030"}
    assert desk.post(f"{RULE_SETS}{unused.pk}/change/", data).status_code == 302  # the control

    answer = desk.post(f"{RULE_SETS}{used.pk}/change/", {"code": used.code, "text": "x", "in_force_from": ""})

    assert answer.status_code == 403
    assert RuleSet.objects.get(pk=used.pk).text == used.text


@pytest.mark.parametrize("model", ["topiclist", "submission"])
def test_objects_of_the_procedure_are_only_shown(desk: Client, submitted: TopicList, model: str) -> None:
    key = submitted.pk if model == "topiclist" else Submission.objects.get().pk
    address = f"/admin/calendar_app/{model}/{key}/"
    assert desk.get(f"{address}change/").status_code == 200

    assert desk.post(f"{address}change/", {"state": "accepted"}).status_code == 403
    assert desk.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"/admin/calendar_app/{model}/add/").status_code == 403
    assert TopicList.objects.get().state == "submitted"


def test_the_only_rule_set_in_force_stays_in_force(desk: Client, portal: None) -> None:
    only = RuleSet.objects.get(in_force_from__isnull=False)

    undated = desk.post(
        f"{RULE_SETS}{only.pk}/change/", {"code": only.code, "text": only.text, "in_force_from": ""}
    )
    deleted = desk.post(f"{RULE_SETS}{only.pk}/delete/", {"post": "yes"})

    assert undated.status_code == 200
    assert deleted.status_code == 403
    assert RuleSet.objects.get(pk=only.pk).in_force_from == only.in_force_from


@pytest.mark.parametrize("day", ["01.01.2030", ""])
def test_the_first_rule_set_is_not_moved_away_from_days_that_have_no_other(
    desk: Client, officer: User, day: str
) -> None:
    """A later one does not help: today the portal would know no deadline, and no staff page would open."""
    RuleSet.objects.filter(in_force_from=None).update(in_force_from="2029-01-01")
    first = RuleSet.objects.earliest("in_force_from")

    moved = desk.post(
        f"{RULE_SETS}{first.pk}/change/", {"code": first.code, "text": first.text, "in_force_from": day}
    )

    assert moved.status_code == 200
    assert "errorlist" in moved.content.decode()
    client = Client()
    client.force_login(officer)
    assert client.get("/kk/staff/").status_code == 200
