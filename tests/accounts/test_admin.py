"""Users and memberships in the admin: journalled, without hashes, nobody for themselves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import second_factor
from accounts.models import Membership, User
from accounts.permissions import Role
from audit.models import Entry
from regions.models import Body
from tests.accounts.conftest import PASSWORD

USERS = "/admin/accounts/user/"
MEMBERSHIPS = "/admin/accounts/membership/"
TEMPORARY = "uaqytsha-2026-kilt"
NO_ROWS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(admin: User, client: Client) -> Client:
    """The browser of a signed-in administrator, in English."""
    client.force_login(admin)
    client.cookies["language"] = "en"
    return client


def rows(user: User, **changes: str) -> dict[str, str]:
    """The inline form of the memberships a person has now, with changes to the first."""
    data = {"memberships-TOTAL_FORMS": str(user.memberships.count())}
    data["memberships-INITIAL_FORMS"] = data["memberships-TOTAL_FORMS"]
    for place, one in enumerate(user.memberships.order_by("valid_from", "pk")):
        prefix = f"memberships-{place}-"
        values = {"id": one.pk, "user": user.pk, "body": one.body_id, "role": one.role}
        values |= {"valid_from": one.valid_from.isoformat(), "valid_to": one.valid_to or ""}
        data |= {prefix + name: str(value) for name, value in values.items()}
    return data | {f"memberships-0-{name}": value for name, value in changes.items()}


def details(user: User, **changes: str) -> dict[str, str]:
    data = {"full_name": user.full_name, "email": user.email, "language": "kk", "is_active": "on"}
    return {**data, **rows(user), **changes}


def change(user: User) -> str:
    return f"{USERS}{user.pk}/change/"


def test_a_new_person_has_to_change_the_given_password(desk: Client, akimat_33: Body) -> None:
    data = {
        "username": "new.person",
        "full_name": "New Person",
        "email": "new@example.invalid",
        "language": "ru",
        "password1": TEMPORARY,
        "password2": TEMPORARY,
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-body": "akimat.33",
        "memberships-0-role": "akimat_officer",
        "memberships-0-valid_from": "2026-01-01",
    }
    answer = desk.post(f"{USERS}add/", data)
    assert answer.status_code == 302, answer.content.decode()
    user = User.objects.get(username="new.person")
    assert user.must_change_password
    assert user.check_password(TEMPORARY)
    assert user.memberships.get().body == akimat_33
    entry = Entry.objects.get(act="user.add")
    assert (entry.actor_id, entry.source, entry.subject_id) == ("admin", "admin", str(user.pk))
    assert Entry.objects.filter(act="membership.add").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "akimat.19"}, "username"),
        ({"username": "Әкім"}, "username"),
        ({"username": "x" * 1_000_000}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"full_name": ""}, "full_name"),
        ({"email": "nowhere"}, "email"),
        ({"language": "xx"}, "language"),
        ({"password1": "short", "password2": "short"}, "password2"),
        ({"password2": "another-2026-one"}, "password2"),
        ({"password1": "new.person.2026", "password2": "new.person.2026"}, "password2"),
    ],
)
def test_a_wrong_new_person_is_told_beside_the_field(
    desk: Client, officer: User, changes: dict[str, str], field: str
) -> None:
    data = {"username": "new.person.2026", "full_name": "New", "email": "", "language": "kk", **NO_ROWS}
    data |= {"password1": TEMPORARY, "password2": TEMPORARY, **changes}
    answer = desk.post(f"{USERS}add/", data)
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="new.person.2026").exists()


def test_no_page_shows_a_hash(desk: Client, officer: User) -> None:
    for page in (
        USERS,
        change(officer),
        f"{change(officer)[:-7]}password/",
        f"{change(officer)[:-7]}history/",
    ):
        content = desk.get(page).content.decode()
        assert "akimat.19" in content, page
        assert "argon2" not in content, page
        assert officer.password not in content, page


def test_hashes_cannot_be_guessed_by_a_filter(desk: Client, officer: User) -> None:
    assert desk.get(f"{USERS}?password__startswith=argon2").status_code in (302, 400)
    assert desk.get(f"{MEMBERSHIPS}?user__password__startswith=argon2").status_code in (302, 400)


def test_closing_an_account_ends_its_sessions(
    desk: Client, officer: User, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19", at=Client())
    data = details(officer)
    del data["is_active"]
    assert desk.post(change(officer), data).status_code == 302
    assert browser.get("/en/staff/").status_code == 302
    assert desk.post(change(officer), details(officer)).status_code == 302
    assert browser.get("/en/staff/").status_code == 302, "opened again, the old session stays ended"
    assert Entry.objects.filter(act="user.change").count() == 2


def test_a_membership_that_ends_is_in_the_journal(desk: Client, officer: User) -> None:
    data = details(officer) | rows(officer, valid_to="2026-01-31")
    assert desk.post(change(officer), data).status_code == 302
    entry = Entry.objects.get(act="membership.change")
    assert entry.changes == {"valid_to": [None, "2026-01-31"]}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_to": "2019-01-01"}, "valid_to"),
        ({"role": "commission_member"}, "role"),
        ({"role": "emperor"}, "role"),
        ({"body": "nowhere"}, "body"),
        ({"valid_from": "yesterday"}, "valid_from"),
    ],
)
def test_a_wrong_membership_is_told_beside_the_field(
    desk: Client, officer: User, changes: dict[str, str], field: str
) -> None:
    answer = desk.post(change(officer), details(officer) | rows(officer, **changes))
    assert answer.status_code == 200
    assert field in answer.context["inline_admin_formsets"][0].formset.errors[0]


def test_an_overlap_is_told(desk: Client, officer: User, akimat_19: Body) -> None:
    data = {"user": officer.pk, "body": "akimat.19", "role": "akimat_officer", "valid_from": "2026-01-01"}
    answer = desk.post(f"{MEMBERSHIPS}add/", data)
    assert "already holds this role" in answer.content.decode()


def test_a_temporary_password_ends_sessions_and_must_be_changed(
    desk: Client, officer: User, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19", at=Client())
    page = f"{USERS}{officer.pk}/password/"
    assert desk.post(page, {"new_password1": "short", "new_password2": "short"}).status_code == 422
    assert desk.post(page, {"new_password1": TEMPORARY, "new_password2": TEMPORARY}).status_code == 302
    assert browser.get("/en/staff/").status_code == 302
    again = sign_in("akimat.19", TEMPORARY, at=Client())
    assert again.get("/en/staff/")["Location"].startswith("/en/account/password/")
    entry = Entry.objects.get(act="user.set_temporary_password")
    assert (entry.source, entry.changes) == ("admin", {})
    assert desk.get(f"{USERS}999999/password/").status_code == 404


def test_the_second_factor_of_another_is_reset_after_a_question(desk: Client, officer: User) -> None:
    second_factor.issue_recovery_codes(officer)
    action = {"action": "reset_second_factor", "_selected_action": str(officer.pk)}
    question = desk.post(USERS, action)
    assert "Please make sure that it was they who asked." in question.content.decode()
    assert second_factor.recovery_codes_left(officer) == 10
    assert desk.post(USERS, action | {"confirmed": "yes"}).status_code == 302
    assert second_factor.recovery_codes_left(officer) == 0
    assert Entry.objects.get(act="user.reset_second_factor").source == "admin"


def test_nobody_does_it_for_themselves(desk: Client, admin: User, officer: User) -> None:
    second_factor.issue_recovery_codes(admin)
    action = {"action": "reset_second_factor", "confirmed": "yes"}
    answer = desk.post(USERS, action | {"_selected_action": [str(admin.pk), str(officer.pk)]}, follow=True)
    assert "Please ask another administrator" in answer.content.decode()
    assert second_factor.recovery_codes_left(admin) == 10
    assert not Entry.objects.filter(act="user.reset_second_factor").exists()
    assert desk.get(f"{USERS}{admin.pk}/password/")["Location"].endswith("/account/password/")


def test_nobody_gives_themselves_a_role(desk: Client, admin: User, akimat_19: Body) -> None:
    role = {"body": "akimat.19", "role": "akimat_signatory", "valid_from": "2026-01-01"}
    assert desk.post(f"{MEMBERSHIPS}add/", {"user": admin.pk, **role}).status_code == 200
    inline = {f"memberships-0-{name}": value for name, value in role.items()}
    data = details(admin) | {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", **inline}
    desk.post(change(admin), data)
    own = admin.memberships.get()
    assert desk.post(f"{MEMBERSHIPS}{own.pk}/change/", {"user": admin.pk, **role}).status_code == 403
    assert desk.post(f"{MEMBERSHIPS}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(own.pk), "post": "yes"}
    desk.post(MEMBERSHIPS, chosen)
    assert list(admin.memberships.values_list("role", flat=True)) == [Role.ADMIN]


def test_nobody_closes_their_own_account(desk: Client, admin: User) -> None:
    data = details(admin)
    del data["is_active"]
    desk.post(change(admin), data)
    admin.refresh_from_db()
    assert admin.is_active


def test_accounts_are_not_deleted(desk: Client, officer: User) -> None:
    assert desk.post(f"{USERS}{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(USERS, {"action": "delete_selected", "_selected_action": str(officer.pk), "post": "yes"})
    assert User.objects.filter(pk=officer.pk).exists()


def test_the_user_name_stays(desk: Client, officer: User) -> None:
    desk.post(change(officer), details(officer, username="renamed"))
    officer.refresh_from_db()
    assert officer.username == "akimat.19"


def test_lists_filter_and_search(desk: Client, officer: User) -> None:
    for query in ("?q=19", "?is_active__exact=1", "?memberships__role=akimat_officer"):
        assert "akimat.19" in desk.get(USERS + query).content.decode()
    ended = Membership.objects.create(
        user=officer, body_id="akimat.33", role=Role.ASSISTANT, valid_from="2020-01-01", valid_to="2020-02-01"
    )
    page = f"{MEMBERSHIPS}{ended.pk}/change/"
    assert page in desk.get(f"{MEMBERSHIPS}?today=no").content.decode()
    assert page not in desk.get(f"{MEMBERSHIPS}?today=yes").content.decode()


@pytest.mark.parametrize("page", ["otp_totp/totpdevice/", "otp_static/staticdevice/", "auth/group/"])
def test_secrets_and_groups_have_no_page(desk: Client, page: str) -> None:
    assert desk.get(f"/admin/{page}").status_code == 404


def test_password_pages_of_the_admin_lead_to_the_account(desk: Client) -> None:
    assert desk.get("/admin/password_change/")["Location"].endswith("/account/password/")
    assert desk.get("/admin/password_change/done/")["Location"].endswith("/account/")
    assert PASSWORD not in desk.get("/admin/").content.decode()
