"""Changes made in the admin are in the journal: who, old and new, in the transaction of the change."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.admin import site
from django.db import DatabaseError
from django.test import Client

from accounts.models import Membership, User
from accounts.permissions import Role
from audit import journal
from audit.models import Entry
from audit.snapshots import HIDDEN, differences, snapshot
from regions.models import Body, Day, Hall, Person, TermOfOffice, Territory

DAY = date(2027, 7, 5)
FIELDS = {
    "day": "2027-07-05", "kind": "day_off", "name_kk": "Демалыс", "name_ru": "Выходной", "name_en": "",
    "source": "Resolution 1",
}  # fmt: skip


@pytest.fixture
def admin(db: None) -> User:
    user = User.objects.create_user("admin.test", full_name="Test admin")
    Membership.objects.create(user=user, body_id="authority", role=Role.ADMIN, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def client(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def post(client: Client, address: str, values: dict[str, object]) -> None:
    answer = client.post(f"/admin/{address}", values)
    assert answer.status_code == 302, answer.content.decode()[:5_000]


def last() -> Entry:
    return Entry.objects.latest("number")


def test_adding_changing_and_deleting(client: Client) -> None:
    post(client, "regions/day/add/", FIELDS)
    entry = last()
    assert (entry.act, entry.subject_kind, entry.subject_id, entry.subject_label) == (
        "day.add", "day", "2027-07-05", "Демалыс",
    )  # fmt: skip
    assert (entry.actor_id, entry.actor_role, entry.source) == ("admin.test", "admin", "admin")
    assert entry.changes["name_ru"] == [None, "Выходной"]
    post(client, "regions/day/2027-07-05/change/", FIELDS | {"kind": "working", "name_en": "Working"})
    assert last().act == "day.change"
    assert last().changes == {"kind": ["day_off", "working"], "name_en": ["", "Working"]}
    post(client, "regions/day/2027-07-05/delete/", {"post": "yes"})
    assert last().act == "day.delete"
    assert last().changes["kind"] == ["working", None]
    assert not Day.objects.filter(pk=DAY).exists()


def test_saving_without_a_change_writes_nothing(client: Client) -> None:
    post(client, "regions/day/add/", FIELDS)
    number = last().number
    post(client, "regions/day/2027-07-05/change/", FIELDS)
    assert last().number == number


def test_the_list_action_writes_one_entry_for_each_row(client: Client) -> None:
    for day in ("2027-07-05", "2027-07-07"):
        post(client, "regions/day/add/", FIELDS | {"day": day})
    number = last().number
    chosen = {"action": "delete_selected", "_selected_action": ["2027-07-05", "2027-07-07"], "post": "yes"}
    post(client, "regions/day/", chosen)
    entries = Entry.objects.filter(number__gt=number)
    assert [entry.act for entry in entries] == ["day.delete", "day.delete"]
    assert {entry.subject_id for entry in entries} == {"2027-07-05", "2027-07-07"}


def inline(prefix: str, rows: list[dict[str, object]], initial: int = 0) -> dict[str, object]:
    values: dict[str, object] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for place, row in enumerate(rows):
        values |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return values


def test_rows_of_an_inline(client: Client) -> None:
    term = {"post": "ministry.health.head", "valid_from": "2026-01-01", "valid_to": "", "act": ""}
    person = {"name_kk": "Demo head 07", "name_ru": "Demo head 07", "name_en": ""}
    post(client, "regions/person/add/", person | inline("terms", [term]))
    added = TermOfOffice.objects.get()
    assert {entry.act for entry in Entry.objects.order_by("-number")[:2]} == {
        "person.add",
        "term_of_office.add",
    }
    number, address = last().number, f"regions/person/{added.person_id}/change/"
    changed = term | {"id": added.pk, "person": added.person_id, "acting": "on"}
    post(client, address, person | inline("terms", [changed], 1))
    entry = Entry.objects.get(number__gt=number)
    assert (entry.act, entry.changes) == ("term_of_office.change", {"acting": [False, True]})
    post(client, address, person | inline("terms", [changed | {"DELETE": "on"}], 1))
    assert last().act == "term_of_office.delete"
    assert last().subject_id == str(added.pk)
    assert Person.objects.count() == 1
    assert not TermOfOffice.objects.exists()


def test_a_change_without_its_entry_does_not_stay(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal cannot be written: the change is undone with it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry ADD CONSTRAINT closed CHECK (act <> 'day.add')")
    with pytest.raises(DatabaseError):
        client.post("/admin/regions/day/add/", FIELDS)
    assert not Day.objects.filter(pk=DAY).exists()


def test_secrets_are_never_shown(admin: User) -> None:
    before = snapshot(admin)
    admin.set_password("another-secret-2026")
    admin.full_name = "Another"
    changes = differences(before, snapshot(admin))
    assert changes["password"] == [HIDDEN, HIDDEN] or changes["password"] == ["", HIDDEN]
    assert changes["full_name"] == ["Test admin", "Another"]


def test_long_values_are_cut() -> None:
    assert len(differences({"text": ""}, {"text": "ә" * 100_000})["text"][1]) < 2_100


def test_the_journal_can_be_read_and_not_changed(client: Client) -> None:
    number = last().number
    assert client.get("/admin/audit/entry/").status_code == 200
    assert client.get(f"/admin/audit/entry/{number}/change/").status_code == 200
    for address in ("add/", f"{number}/delete/"):
        assert client.get(f"/admin/audit/entry/{address}").status_code == 403
    assert client.post(f"/admin/audit/entry/{number}/change/", {"note": "x"}).status_code == 403
    assert client.get("/admin/audit/entry/?q=reference").status_code == 200


@pytest.mark.parametrize(
    "model", ["territory", "body", "post", "person", "termofoffice", "hall", "workinghours", "day"]
)
def test_every_page_of_reference_data_opens(client: Client, model: str) -> None:
    person = Person.objects.create(name_kk="x", name_ru="x")
    TermOfOffice.objects.create(person=person, post_id="ministry.health.head", valid_from=DAY)
    Hall.objects.create(owner_id="akimat.19", territory_id="191010000", name_kk="x", name_ru="x",
                        address_kk="x", address_ru="x", capacity=1)  # fmt: skip
    kept = next(model_ for model_ in site._registry if model_._meta.label_lower == f"regions.{model}")
    row = kept._default_manager.first()
    assert client.get(f"/admin/regions/{model}/").status_code == 200
    assert client.get(f"/admin/regions/{model}/?q=орал").status_code == 200
    assert client.get(f"/admin/regions/{model}/{row.pk}/change/").status_code == 200


def test_reference_data_are_closed_not_deleted(client: Client) -> None:
    for address in ("body/akimat.19", "territory/190000000", "post/ministry.health.head"):
        assert client.get(f"/admin/regions/{address}/delete/").status_code == 403
    assert client.get("/admin/regions/territory/add/").status_code == 403


def test_the_key_of_a_body_cannot_be_changed(client: Client) -> None:
    body = Body.objects.get(pk="ministry.trade")
    values = {name: getattr(body, name) for name in (
        "kind", "name_kk", "name_ru", "name_en", "full_name_kk", "full_name_ru", "default_language")}  # fmt: skip
    forged = values | {"code": "ministry.other", "abbr_en": "X", "official_email": "a@b.example"}
    post(client, "regions/body/ministry.trade/change/", forged | inline("former_names", []))
    assert not Body.objects.filter(pk="ministry.other").exists()
    assert last().subject_id == last().subject_body == "ministry.trade"
    assert last().changes["official_email"] == ["ministry.trade@portal.example", "a@b.example"]


def test_search_in_the_admin_is_the_folded_one(client: Client) -> None:
    asked = {"app_label": "regions", "model_name": "hall", "field_name": "territory", "term": "уральск"}
    found = client.get("/admin/autocomplete/", asked).json()["results"]
    assert "271010000" in {row["id"] for row in found}
    assert Territory.objects.count() == 15_594


def test_a_day_touched_by_a_person_is_a_manual_one(client: Client) -> None:
    values = FIELDS | {"name_kk": "Құрбан айт", "source": "Muftiate"}
    post(client, "regions/day/2027-05-16/change/", values)
    assert Day.objects.get(pk=date(2027, 5, 16)).manual
    assert journal.history("day", "2027-05-16").get().changes["manual"] == [False, True]
