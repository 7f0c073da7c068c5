"""Scratch variants: moves tried out beside the plan, seen by planners only, taken over as one act or dropped."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base import clock
from base.errors import NotPermitted, Refused, Stale
from calendar_app.models import CalendarVersion, Variant
from calendar_app.queries import warnings
from calendar_app.queries.plan_edits import Preview, edit_from, preview
from calendar_app.transitions import coordination, meeting_moves, plan_edits, variants
from procedure.moments import ALMATY
from regions.models import Body, Hall
from tests.calendar_app import plans
from tests.calendar_app.brought_lists import MINISTRIES

QUERIES = 23


@pytest.fixture
def hall(akimat: Body) -> Hall:
    return plans.heads_and_hall(akimat)


@pytest.fixture
def version(hall: Hall, authority: User) -> CalendarVersion:
    return plans.working_copy(hall, authority, *MINISTRIES, *MINISTRIES)


@pytest.fixture
def ministry_of_health(person: Callable[..., User]) -> Client:
    client = Client()
    client.force_login(person(MINISTRIES[0], Role.MINISTRY_SIGNATORY, username="ministry.health"))
    return client


def shown(variant: Variant) -> Preview:
    return preview(variant.plan, [edit_from(row) for row in Variant.objects.get(pk=variant.pk).edits])


def fresh(variant: Variant) -> Variant:
    return Variant.objects.select_related("plan__calendar").get(pk=variant.pk)


def codes(refusal: Any) -> list[str]:
    return [one.code for one in refusal.value.problems]


def test_what_is_tried_out_changes_nothing_until_it_is_taken_over(
    version: CalendarVersion, authority: User
) -> None:
    who = {"by": authority, "now": clock.now()}
    first, second, third, _fourth = plans.rows(version)
    before = [one.content() for one in plans.rows(version)]
    revision = plans.revision(version)
    variant = variants.open_(version=version, name="Наурыз", **who)
    # The third one comes on the day and at the time of the first, with the same head and in the same hall.
    variants.move(variant=variant, planned=[third.pk], days=-2, **who)
    variants.move(variant=variant, planned=[second.pk], starts=time(11), **who)
    assert [one.content() for one in plans.rows(version)] == before
    assert plans.revision(version) == revision
    assert not any(not one.can_be_accepted for one in warnings.told(version))
    found = shown(variant)
    assert (found.before["blocking"], found.after["blocking"]) == (0, 2)
    assert {one.conflict.code for one in found.conflicts} >= {"person_twice", "hall_twice"}
    assert found.comparison.changes.counts["moved"] == 2
    # Back again: what is as it was is no change any more.
    variants.move(variant=variant, planned=[third.pk], days=2, **who)
    assert [one.planned.pk for one in shown(variant).resolved.changed] == [second.pk]
    done = variants.take(variant=variant, revision=revision, version=fresh(variant).version, **who)
    assert done == plan_edits.Taken(1, 0, 0)
    moved = {one.pk: one for one in plans.rows(version)}[second.pk]
    assert (moved.starts.astimezone(ALMATY).hour, moved.ends.astimezone(ALMATY).hour) == (11, 13)
    assert moved.edition == 2
    assert {one.pk: one for one in plans.rows(version)}[first.pk].edition == 1
    assert not Variant.objects.exists()
    acts = list(
        Entry.objects.filter(act__startswith="calendar.").order_by("pk").values_list("act", flat=True)
    )
    assert acts[-2:] == ["calendar.open_variant", "calendar.take_changes"]


def test_what_cannot_be_is_refused(version: CalendarVersion, authority: User, officer: User) -> None:
    who = {"by": authority, "now": clock.now()}
    (first, *_rest) = plans.rows(version)
    variant = variants.open_(version=version, name="A", **who)
    for asked, code in (
        ({}, "nothing_to_move"),
        ({"days": 90}, "moved_outside_half_year"),
        ({"starts": time(23)}, "after_midnight"),
        ({"hall": 10**9}, "hall_unknown"),
        ({"days": 1, "planned": [10**9]}, "meetings_gone"),
    ):
        with pytest.raises(Refused) as refusal:
            variants.move(variant=variant, **{"planned": [first.pk], **asked, **who})
        assert codes(refusal) == [code]
    assert fresh(variant).edits == []
    for name, code in (("A", "variant_name_taken"), (" ", "variant_without_name")):
        with pytest.raises(Refused) as refusal:
            variants.open_(version=version, name=name, **who)
        assert codes(refusal) == [code]
    for number in range(variants.VARIANTS_LIMIT - 1):
        variants.open_(version=version, name=f"B{number}", **who)
    with pytest.raises(Refused) as refusal:
        variants.open_(version=version, name="C", **who)
    assert codes(refusal) == ["too_many_variants"]
    with pytest.raises(NotPermitted):
        variants.drop(variant=variant, by=officer, now=clock.now())
    variants.drop(variant=variant, **who)
    with pytest.raises(Stale):
        variants.move(variant=variant, planned=[first.pk], days=1, **who)


def test_what_colleagues_changed_meanwhile_is_not_undone(version: CalendarVersion, authority: User) -> None:
    who = {"by": authority, "now": clock.now()}
    first, second, *_rest = plans.rows(version)
    variant = variants.open_(version=version, name="A", **who)
    variants.move(variant=variant, planned=[first.pk, second.pk], days=14, **who)
    meeting_moves.move(
        version=version, planned=[first.pk], days=7, revision=plans.revision(version), despite=True, **who
    )
    assert [one.pk for one, _names in shown(variant).resolved.collisions] == [first.pk]
    said = {"variant": variant, "revision": plans.revision(version), "version": fresh(variant).version, **who}
    with pytest.raises(Refused) as refusal:
        variants.take(**said)
    assert codes(refusal) == ["set_collides"]
    variants.put_back(variant=variant, meeting=first.meeting_id, **who)
    with pytest.raises(Stale):
        variants.take(**said)
    variants.take(**{**said, "version": fresh(variant).version})
    after = {one.pk: one.day for one in plans.rows(version)}
    assert (after[first.pk], after[second.pk]) == (first.day + timedelta(7), second.day + timedelta(14))


def test_the_pages(
    version: CalendarVersion, hall: Hall, authority: User, ministry_of_health: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    desk = Client()
    desk.force_login(authority)
    args = [version.half_year, version.number]
    first, *rest = plans.rows(version)
    move, key = (
        reverse("staff:variant_move", args=args),
        {"version": "0", "idempotency_key": str(uuid.uuid4())},
    )
    assert str(first.pk) in desk.get(move, {"pk": [first.pk]}).content.decode()
    wrong = desk.post(move, key | {"pk": [first.pk], "number": "1", "unit": "7", "name": ""})
    assert wrong.status_code == 422
    assert not Variant.objects.exists()
    made = desk.post(move, key | {"pk": [first.pk], "number": "1", "unit": "7", "name": "Canary-variant"})
    variant = Variant.objects.select_related("plan__calendar").get()
    assert made["Location"] == variant.get_absolute_url()
    page = desk.get(made["Location"]).content.decode()
    assert "Canary-variant" in page
    assert 'data-after="blocking"' in page
    with django_assert_num_queries(QUERIES):
        desk.get(made["Location"])
    keys = [one.pk for one in rest]
    desk.post(move, key | {"pk": keys, "number": "2", "unit": "7", "variant": str(variant.pk)})
    assert len(fresh(variant).edits) == 4
    with django_assert_num_queries(QUERIES):
        desk.get(made["Location"])
    for wrong in ("", "0", "x"):
        back = reverse("staff:variant_put_back", args=[*args, variant.pk])
        assert desk.post(back, {"meeting": wrong}).status_code == 404
    assert len(fresh(variant).edits) == 4
    # Whom the plan is about knows nothing of it: neither the plan nor the ministry's desk shows the variant.
    revision = plans.revision(version)
    coordination.ask(version=version, by=authority, now=clock.now(), revision=revision)
    for address in (reverse("staff:coordination"), reverse("public:calendar")):
        shown_there = ministry_of_health.get(address, follow=True).content.decode()
        assert "Canary-variant" not in shown_there
    assert ministry_of_health.get(made["Location"]).status_code == 403
    taken = {"seen": str(fresh(variant).version), "idempotency_key": str(uuid.uuid4())}
    assert desk.post(made["Location"], taken | {"version": str(revision)}).status_code == 409
    revision = str(plans.revision(version))
    assert desk.post(made["Location"], taken | {"version": revision}).status_code == 302
    assert plans.rows(version)[0].day == first.day + timedelta(7)
    assert desk.get(made["Location"]).status_code == 404


def test_journeys_are_shown_together(
    version: CalendarVersion, hall: Hall, authority: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = Client()
    desk.force_login(authority)
    page = reverse("staff:calendar_trips", args=[version.half_year, version.number])
    version.planned.filter(pk__in=[one.pk for one in plans.rows(version)[:2]]).update(trip="Қостанай, наурыз")
    one = plans.rows(version)[2]
    version.planned.filter(pk=one.pk).update(trip="қостанай наурыз")
    content = desk.get(page).content.decode()
    assert content.count('class="panel mb-4 trip"') == 1
    assert content.count("Demo ministry.health") == 1
    assert plans.rows(version)[3].subject_kk not in content
    with django_assert_num_queries(7) as counted:
        desk.get(page)
    version.planned.update(trip="A")
    with django_assert_num_queries(len(counted)):
        desk.get(page)
    assert desk.get(page, {"region": "x"}).status_code == 400


def test_who_is_called_is_shown_to_planners_only(
    version: CalendarVersion, authority: User, person: Callable[..., User]
) -> None:
    version.planned.update(
        trip="A", contact_person="Canary contact", contact_phone="+7 700 1", contact_public=False
    )
    page = reverse("staff:calendar_trips", args=[version.half_year, version.number])
    for reader, sees in (
        (authority, True),
        (person("government", Role.OBSERVER, username="observer"), False),
    ):
        client = Client()
        client.force_login(reader)
        content = client.get(page).content.decode()
        assert plans.rows(version)[0].subject_kk in content
        assert ("Canary contact" in content, "+7 700 1" in content) == (sees, sees)


def test_a_meeting_that_a_variant_takes_out_is_not_moved_in_it(
    version: CalendarVersion, authority: User
) -> None:
    who = {"by": authority, "now": clock.now()}
    first, *_rest = plans.rows(version)
    variant = variants.open_(version=version, name="A", **who)
    variants.move(variant=variant, planned=[first.pk], days=1, **who)
    kept = [row | {"removal": "Орын жоқ"} for row in fresh(variant).edits]
    Variant.objects.filter(pk=variant.pk).update(edits=kept)
    with pytest.raises(Refused) as refusal:
        variants.move(variant=variant, planned=[first.pk], days=1, **who)
    assert codes(refusal) == ["meetings_gone"]
    assert fresh(variant).edits == kept
