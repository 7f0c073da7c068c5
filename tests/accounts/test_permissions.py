"""The table says what the procedure says (procedure, section 1)."""

from accounts.labels import ROLE_CHOICES, ROLE_LABELS
from accounts.permissions import EVERYWHERE, ROLE_PERMISSIONS, Permission, Role, grants

ACTS = {
    Permission.TOPIC_LIST_WRITE,
    Permission.TOPIC_LIST_SUBMIT,
    Permission.TOPIC_LIST_RECALL,
    Permission.TOPIC_LIST_REVIEW,
}


def who(permission: Permission) -> set[Role]:
    return {role for role in Role if grants(role, permission)}


def test_every_role_has_a_row_and_a_name() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role) == set(ROLE_LABELS)
    assert [value for value, _ in ROLE_CHOICES] == [role.value for role in Role]


def test_every_permission_is_held_by_somebody() -> None:
    assert all(who(permission) for permission in Permission)


def test_everybody_has_a_staff_home() -> None:
    assert who(Permission.STAFF_HOME) == set(Role)


def test_administrators_perform_no_act_of_the_procedure() -> None:
    assert not ROLE_PERMISSIONS[Role.ADMIN] & ACTS
    assert who(Permission.ADMIN_SITE) == {Role.ADMIN}


def test_observers_only_read() -> None:
    assert not ROLE_PERMISSIONS[Role.OBSERVER] & ACTS
    assert Permission.LETTERS_READ not in ROLE_PERMISSIONS[Role.OBSERVER]


def test_an_officer_and_an_assistant_prepare_a_signatory_submits() -> None:
    assert who(Permission.TOPIC_LIST_WRITE) == {Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY, Role.ASSISTANT}
    assert who(Permission.TOPIC_LIST_SUBMIT) == {Role.AKIMAT_SIGNATORY}
    assert who(Permission.TOPIC_LIST_RECALL) == {Role.AKIMAT_SIGNATORY}


def test_only_the_authority_reviews() -> None:
    assert who(Permission.TOPIC_LIST_REVIEW) == {Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY}


def test_the_board_and_the_journal_are_for_those_who_oversee() -> None:
    overseers = {Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY, Role.OBSERVER}
    assert who(Permission.TOPIC_LIST_BOARD) == overseers
    assert who(Permission.JOURNAL_READ) == overseers | {Role.ADMIN}
    assert who(Permission.LETTERS_READ) == {Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY, Role.ADMIN}


def test_roles_of_akimats_and_ministries_stay_with_their_body() -> None:
    assert not EVERYWHERE & {
        Role.AKIMAT_OFFICER,
        Role.AKIMAT_SIGNATORY,
        Role.MINISTRY_OFFICER,
        Role.MINISTRY_SIGNATORY,
        Role.ASSISTANT,
    }


def test_an_unknown_role_gives_nothing() -> None:
    assert not any(grants("emperor", permission) for permission in Permission)
