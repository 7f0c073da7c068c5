"""Memberships are dated, do not overlap, and give every right there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts import access
from accounts.models import Membership, User, rights
from accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from base.errors import NotPermitted
from regions.models import Body

FIRST = date(2026, 3, 1)
LAST = date(2026, 3, 31)
DAY = timedelta(days=1)


def membership(user: User, at: Body, role: Role = Role.AKIMAT_OFFICER, **fields: object) -> Membership:
    return Membership(
        **{"user": user, "body": at, "role": role, "valid_from": FIRST, "valid_to": LAST, **fields}
    )


@pytest.fixture
def nobody(person: Callable[..., User]) -> User:
    return person("nobody")


@pytest.mark.parametrize(
    ("day", "holds"),
    [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)],
)
def test_both_edge_days_belong_to_it(nobody: User, akimat_19: Body, day: date, holds: bool) -> None:
    membership(nobody, akimat_19).save()
    assert nobody.may(Permission.TOPIC_LIST_WRITE, akimat_19, on=day) is holds
    assert Membership.objects.on(day).exists() is holds


def test_without_a_last_day_it_lasts(nobody: User, akimat_19: Body) -> None:
    membership(nobody, akimat_19, valid_to=None).save()
    assert nobody.may(Permission.TOPIC_LIST_WRITE, akimat_19, on=date(2099, 1, 1))


def test_the_same_role_at_the_same_body_does_not_overlap(nobody: User, akimat_19: Body) -> None:
    membership(nobody, akimat_19).save()
    second = membership(nobody, akimat_19, valid_from=LAST, valid_to=None)
    with pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert list(refusal.value.message_dict) == [NON_FIELD_ERRORS]
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_another_role_body_or_time_may_stand_beside_it(
    nobody: User, akimat_19: Body, akimat_33: Body
) -> None:
    membership(nobody, akimat_19).save()
    for other in (
        membership(nobody, akimat_19, Role.AKIMAT_SIGNATORY),
        membership(nobody, akimat_33),
        membership(nobody, akimat_19, valid_from=LAST + DAY, valid_to=None),
    ):
        other.full_clean()
        other.save()
    assert nobody.memberships.count() == 4


def test_it_does_not_end_before_it_begins(nobody: User, akimat_19: Body) -> None:
    backwards = membership(nobody, akimat_19, valid_to=FIRST - DAY)
    with pytest.raises(ValidationError) as refusal:
        backwards.full_clean()
    assert list(refusal.value.message_dict) == ["valid_to"]
    with pytest.raises(DatabaseError), transaction.atomic():
        backwards.save()


def test_a_role_has_its_kind_of_body(nobody: User, akimat_19: Body) -> None:
    with pytest.raises(ValidationError) as refused:
        membership(nobody, akimat_19, Role.COMMISSION_MEMBER).full_clean()
    assert "role" in refused.value.message_dict
    membership(nobody, akimat_19, Role.ASSISTANT).full_clean()


def test_the_database_knows_the_roles(nobody: User, akimat_19: Body) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        membership(nobody, akimat_19, role="emperor").save()


def test_a_role_reaches_its_own_body_only(officer: User, akimat_19: Body, akimat_33: Body) -> None:
    assert officer.may(Permission.TOPIC_LIST_WRITE, on=FIRST)
    assert officer.may(Permission.TOPIC_LIST_WRITE, akimat_19, on=FIRST)
    assert not officer.may(Permission.TOPIC_LIST_WRITE, akimat_33, on=FIRST)
    assert not officer.may(Permission.TOPIC_LIST_SUBMIT, akimat_19, on=FIRST)
    assert set(officer.bodies_with(Permission.TOPIC_LIST_WRITE, on=FIRST)) == {akimat_19}
    assert not officer.bodies_with(Permission.TOPIC_LIST_SUBMIT, on=FIRST)


def test_the_authority_reaches_every_body(
    person: Callable[..., User], authority: Body, akimat_19: Body
) -> None:
    reviewer = person("authority", authority, Role.AUTHORITY_OFFICER)
    assert reviewer.may(Permission.TOPIC_LIST_REVIEW, akimat_19, on=FIRST)
    reached = set(reviewer.bodies_with(Permission.TOPIC_LIST_READ, on=FIRST))
    assert {akimat_19, authority} <= reached


def test_somebody_who_may_not_sign_in_may_nothing(officer: User, akimat_19: Body) -> None:
    officer.is_active = False
    assert not officer.may(Permission.STAFF_HOME, on=FIRST)
    assert not officer.bodies_with(Permission.STAFF_HOME, on=FIRST)


def test_rights_are_read_once_for_a_request(
    officer: User, akimat_19: Body, django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(1):
        officer.may(Permission.STAFF_HOME, on=FIRST)
        officer.may(Permission.TOPIC_LIST_WRITE, akimat_19, on=FIRST)
        officer.actor(akimat_19, on=FIRST)


def test_a_person_is_read_with_all_rights_in_one_query(
    person: Callable[..., User],
    nobody: User,
    akimat_19: Body,
    akimat_33: Body,
    django_assert_num_queries: Callable[..., object],
) -> None:
    membership(nobody, akimat_33).save()
    signatory = membership(nobody, akimat_19, Role.AKIMAT_SIGNATORY, valid_to=None)
    signatory.save()
    without = person("without")
    with django_assert_num_queries(2):
        read, alone = rights.person(nobody.pk), rights.person(without.pk)
        assert read
        assert alone
        assert (read.held(LAST + DAY), alone.held(LAST)) == ([signatory], [])
        assert [one.body for one in read.held(LAST)] == [akimat_33, akimat_19]
        assert read.permissions(LAST + DAY) == ROLE_PERMISSIONS[Role.AKIMAT_SIGNATORY]
    stored = User.objects.get(pk=nobody.pk)
    for field in User._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(stored, field.attname), field
    for field in Membership._meta.concrete_fields:
        assert getattr(read.held(LAST)[1], field.attname) == getattr(signatory, field.attname), field
    assert rights.person(0) is None


def test_check_names_the_role_that_gives_the_right(person: Callable[..., User], akimat_19: Body) -> None:
    both = person("both", akimat_19, Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY)
    now = datetime(2026, 3, 5, tzinfo=UTC)
    actor = access.check(both, Permission.TOPIC_LIST_SUBMIT, akimat_19, now)
    assert (actor.id, actor.role, actor.body) == ("both", "akimat_signatory", "akimat.19")
    assert access.check(both, Permission.TOPIC_LIST_WRITE, akimat_19, now).role == "akimat_officer"


def test_check_refuses_the_foreign_body(officer: User, akimat_33: Body) -> None:
    with pytest.raises(NotPermitted):
        access.check(officer, Permission.TOPIC_LIST_WRITE, akimat_33, datetime(2026, 3, 5, tzinfo=UTC))


def test_the_day_of_an_act_is_the_day_in_almaty(nobody: User, akimat_19: Body) -> None:
    membership(nobody, akimat_19).save()
    # 19:00 in UTC is midnight in Almaty: the day after the last one has begun.
    in_time = datetime(2026, 3, 31, 18, 59, 59, tzinfo=UTC)
    access.check(nobody, Permission.TOPIC_LIST_WRITE, akimat_19, in_time)
    with pytest.raises(NotPermitted):
        access.check(nobody, Permission.TOPIC_LIST_WRITE, akimat_19, in_time + timedelta(seconds=1))


def test_the_actor_at_a_body_of_ones_own_goes_before_a_wide_role(
    person: Callable[..., User], authority: Body, akimat_19: Body
) -> None:
    user = person("double", authority, Role.AUTHORITY_OFFICER)
    membership(user, akimat_19, Role.AKIMAT_OFFICER).save()
    assert user.actor(akimat_19, on=FIRST).body == "akimat.19"
    assert user.actor(authority, on=FIRST).role == "authority_officer"
    assert user.actor(on=FIRST).role == "authority_officer"


def test_an_actor_without_membership_has_no_role(nobody: User) -> None:
    actor = nobody.actor(on=FIRST)
    assert (actor.id, actor.label, actor.role, actor.body) == ("nobody", "Test nobody", "", "")
