"""Bodies, posts, people in them, halls and hours."""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from procedure.rule_sets import known_rule_sets, parse_rule_set
from regions.hours import week
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory, WorkingHours
from regions.reference import files

pytestmark = pytest.mark.django_db
SOURCES = {
    "decree-draft-2023": "seed_draft",
    "later-act-2024": "later_act_reported_by_kaz24",
}


def test_twenty_akimats_and_twenty_one_ministries() -> None:
    kinds = Counter(Body.objects.values_list("kind", flat=True))
    assert kinds == {"akimat": 20, "ministry": 21, "authority": 1, "commission": 1, "oversight": 2}


def test_an_akimat_is_named_after_the_first_digits_of_its_region() -> None:
    for akimat in Body.objects.akimats().select_related("region"):
        assert akimat.code == f"akimat.{akimat.region_id[:2]}"
        assert akimat.region.level == 1


def test_ministries_are_those_of_the_list() -> None:
    listed = {f"ministry.{row['code']}": row["full_name_ru"] for row in files.ministries()}
    assert dict(Body.objects.ministries().values_list("code", "full_name_ru")) == listed


def test_somebody_performs_as_the_authorised_body() -> None:
    assert Body.objects.get(pk="authority").performed_by_id == "ministry.culture_information"


@pytest.mark.parametrize("code", SOURCES)
def test_exemptions_of_a_rule_set_are_those_that_its_source_states(code: str) -> None:
    stated = {f"ministry.{row['code']}" for row in files.ministries() if row["exempt"][SOURCES[code]]}
    rules = parse_rule_set(known_rule_sets()[code])
    assert set(rules.exempt_bodies) == stated
    assert set(known_rule_sets()) == set(SOURCES)


def test_four_sources_are_kept() -> None:
    counted = Counter(
        source for row in files.ministries() for source, exempt in row["exempt"].items() if exempt
    )
    assert counted == {
        "decree_863_of_2022_original": 2,
        "seed_draft": 3,
        "draft_2023_other_press": 4,
        "later_act_reported_by_kaz24": 5,
    }


def test_addresses_of_a_demonstration_can_never_receive_mail() -> None:
    emails = Body.objects.values_list("official_email", "head_email")
    assert all(email.endswith(".example") for pair in emails for email in pair)


def test_every_akimat_and_ministry_has_the_post_of_its_head() -> None:
    heads = Post.objects.filter(kind="head")
    assert set(heads.values_list("body__kind", flat=True)) == {"akimat", "ministry"}
    assert heads.count() == 41
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(code="second", body_id="akimat.19", kind="head", name_kk="x", name_ru="x")


@pytest.fixture
def people() -> list[Person]:
    return [Person.objects.create(name_kk=f"Demo {n}", name_ru=f"Demo {n}") for n in range(3)]


def term(person: Person, post: str, start: date, end: date | None = None, **fields: object) -> TermOfOffice:
    return TermOfOffice.objects.create(person=person, post_id=post, valid_from=start, valid_to=end, **fields)


HEALTH = "ministry.health.head"


def test_one_holder_of_a_post_on_a_day(people: list[Person]) -> None:
    term(people[0], HEALTH, date(2025, 1, 1), date(2026, 6, 30))
    for start in (date(2026, 6, 30), date(2025, 3, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            term(people[1], HEALTH, start, acting=True)
    term(people[1], HEALTH, date(2026, 7, 1), date(2026, 8, 31), acting=True)
    term(people[2], HEALTH, date(2026, 9, 1))
    holder = TermOfOffice.objects.heads().of_body("ministry.health").on(date(2026, 8, 31)).get()
    assert (holder.person, holder.acting, holder.body.pk) == (people[1], True, "ministry.health")


def test_the_overlap_is_told_beside_the_form(people: list[Person]) -> None:
    term(people[0], HEALTH, date(2025, 1, 1))
    second = TermOfOffice(person=people[1], post_id=HEALTH, valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError) as told:
        second.full_clean()
    assert told.value.messages


def test_a_minister_may_also_be_deputy_prime_minister(people: list[Person]) -> None:
    term(people[0], HEALTH, date(2025, 1, 1))
    term(people[0], "government.deputy_prime_minister.1", date(2026, 2, 1), act="Decree 100")
    assert not people[0].is_deputy_prime_minister_on(date(2026, 1, 31))
    assert people[0].is_deputy_prime_minister_on(date(2026, 2, 1))
    assert people[0].holds_on(date(2026, 2, 1)).count() == 2


def hall(**fields: object) -> Hall:
    usual = {"owner_id": "akimat.19", "territory_id": "191010000", "name_kk": "Мәдениет үйі",
             "name_ru": "Дом культуры", "address_kk": "1", "address_ru": "1", "capacity": 300}  # fmt: skip
    return Hall(**usual | fields)


def test_a_hall_lies_in_the_region_of_its_akimat() -> None:
    hall().full_clean()
    hall(step_free=True).save()
    assert Hall.objects.matching("дом культуры").get().step_free
    assert Hall.objects.in_alphabetical_order("ru").count() == 1
    elsewhere = hall(territory_id="710000000")
    with pytest.raises(ValidationError) as told:
        elsewhere.full_clean()
    assert "territory" in told.value.message_dict
    with pytest.raises(DatabaseError, match="not in the region"), transaction.atomic():
        elsewhere.save()


def test_a_hall_belongs_to_an_akimat_and_stands_once() -> None:
    with pytest.raises(ValidationError) as told:
        hall(owner_id="ministry.health").full_clean()
    assert "owner" in told.value.message_dict
    with pytest.raises(DatabaseError), transaction.atomic():
        hall(owner_id="ministry.health").save()
    hall().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        hall().save()


def test_hours_of_the_body_then_of_the_place_then_the_default() -> None:
    village = Territory.objects.get(pk="103230100")
    akimat = Body.objects.get(pk="akimat.71")
    assert week(territory=village)[0].is_default
    assert set(week(body=akimat)) == {0, 1, 2, 3, 4}
    region, district = village.region, Territory.objects.get(pk="103200000")
    WorkingHours.objects.create(territory=region, weekday=0, opens=time(8, 30), closes=time(18))
    assert week(territory=village)[0].opens == time(8, 30)
    WorkingHours.objects.create(territory=district, weekday=0, opens=time(8), closes=time(17, 30),
                                break_from=time(12), break_to=time(13, 30))  # fmt: skip
    assert week(territory=village)[0].opens == time(8)
    assert set(week(territory=village)) == {0}
    WorkingHours.objects.create(body=akimat, weekday=0, opens=time(7, 30), closes=time(16))
    hours = week(body=akimat, territory=village)[0]
    assert (hours.opens, hours.is_default) == (time(7, 30), False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens": time(9), "closes": time(9)},
        {"break_from": time(13)},
        {"break_from": time(8), "break_to": time(10)},
        {"body_id": "akimat.19", "territory_id": "190000000"},
        {"weekday": 7},
        {},
    ],
)
def test_the_database_refuses_impossible_hours(wrong: dict[str, object]) -> None:
    values = {"weekday": 0, "opens": time(9), "closes": time(18)} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingHours.objects.create(**values)


def test_a_term_cannot_end_before_it_begins(people: list[Person]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        term(people[0], HEALTH, date(2026, 2, 1), date(2026, 1, 1))


def test_an_akimat_has_a_region_and_no_other_body_has() -> None:
    for code, region in (("akimat.19", None), ("authority", "190000000")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Body.objects.filter(pk=code).update(region=region)
