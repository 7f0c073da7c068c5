"""Addresses and ids with a character that no text of the database can hold: refused by a page, never a 500."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Membership, User
from regions.models import Body

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/admin/regions/body/?kind__exact=%00",
    "/admin/audit/entry/?act=%00",
    "/admin/regions/territory/x%00/change/",
    "/admin/regions/territory/x_00/change/",
    "/admin/regions/body/x%00/history/",
    "/admin/autocomplete/?app_label=regions&model_name=hall&field_name=territory&term=%00",
    "/admin/accounts/user/?q=%00",
]


@pytest.fixture
def desk(admin: User, client: Client) -> Client:
    client.force_login(admin)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_nul_in_an_address_is_no_error_of_the_portal(desk: Client, address: str) -> None:
    assert desk.get(address).status_code < 500
    # The control: without it the same address is a page of the admin.
    assert desk.get(address.replace("%00", "").replace("_00", "")).status_code in (200, 302)


def test_a_nul_in_a_forged_id_adds_nothing(desk: Client, officer: User, akimat_33: Body) -> None:
    data = {"user": officer.pk, "body": "akimat.33", "role": "akimat_officer", "valid_from": "2026-01-01"}
    before = Membership.objects.count()

    refused = desk.post("/admin/accounts/membership/add/", data | {"body": "akimat.33\x00"})
    chosen = {"action": "delete_selected", "_selected_action": "akimat.33\x00"}
    acted = desk.post("/admin/regions/body/", chosen)

    assert max(refused.status_code, acted.status_code) < 500
    assert Membership.objects.count() == before
    assert desk.post("/admin/accounts/membership/add/", data).status_code == 302
