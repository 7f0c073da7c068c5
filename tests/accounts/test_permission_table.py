"""The permission table, written down a second time: whoever changes one must mean it.

The reasons stand in test_permissions.py; this is the net under them, cell by cell.
"""

import pytest

from accounts.permissions import (
    EVERYWHERE,
    ROLE_BODY_KINDS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    grants,
    roles_with,
)

WRITES_LISTS = "staff_home topic_list_read topic_list_write hall_write duties_read"
SUBMITS_LISTS = f"{WRITES_LISTS} topic_list_submit topic_list_recall certificate_issue"
REVIEWS_LISTS = (
    "staff_home topic_list_read topic_list_board topic_list_review topic_list_enter_by_letter term_extend "
    "letters_read letters_resend journal_read"
)
WATCHES = "duties_read compliance_board"
COMPILES = f"{REVIEWS_LISTS} {WATCHES} certificate_issue calendar_read calendar_compile coordination_read session_read"
COORDINATES = "staff_home coordination_read busy_write duties_read certificate_issue"
VOTES = "staff_home session_read session_vote"
# role, whether it reaches every body, kind of body at which it can be held, permissions
TABLE = [
    ("akimat_officer", False, "akimat", f"{WRITES_LISTS} topic_list_submit_letter certificate_issue"),
    ("akimat_signatory", False, "akimat", SUBMITS_LISTS),
    ("authority_officer", True, "authority", COMPILES),
    ("authority_signatory", True, "authority", f"{COMPILES} calendar_submit"),
    ("ministry_officer", False, "ministry", COORDINATES),
    ("ministry_signatory", False, "ministry", f"{COORDINATES} coordination_answer"),
    ("assistant", False, None, WRITES_LISTS),
    ("commission_chair", True, "commission", VOTES),
    ("commission_deputy_chair", True, "commission", VOTES),
    ("commission_member", True, "commission", VOTES),
    ("secretary", True, "commission", "staff_home session_read session_keep"),
    (
        "observer",
        True,
        "oversight",
        (
            f"{WATCHES} staff_home topic_list_read topic_list_board journal_read"
            " calendar_read coordination_read session_read"
        ),
    ),
    ("admin", True, None, "staff_home admin_site journal_read letters_read letters_resend"),
]


@pytest.mark.parametrize(("role", "everywhere", "kind", "permissions"), TABLE)
def test_each_role_has_exactly_these_permissions(role, everywhere, kind, permissions):
    assert set(ROLE_PERMISSIONS[Role(role)]) == {Permission(name) for name in permissions.split()}
    assert (Role(role) in EVERYWHERE) is everywhere
    assert ROLE_BODY_KINDS.get(Role(role)) == (frozenset({kind}) if kind else None)


def test_every_role_is_in_the_table_once():
    assert [row[0] for row in TABLE] == [role.value for role in Role]


def test_roles_and_permissions_are_stored_under_their_names():
    for member in (*Role, *Permission):
        assert member.value == member.name.lower()


def test_asking_by_role_and_by_permission_says_the_same():
    for permission in Permission:
        assert roles_with(permission) == {role for role in Role if grants(role, permission)}
    assert roles_with(Permission.ADMIN_SITE) == {Role.ADMIN}
