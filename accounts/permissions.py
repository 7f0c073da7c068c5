"""Who may do what: one table, readable from top to bottom (procedure, section 1).

A role is held at a body by a dated membership. Roles of bodies reach the body of the membership only;
roles in EVERYWHERE reach every body. Names for people stand in accounts.labels.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Role(StrEnum):
    """What a person is at a body."""

    AKIMAT_OFFICER = "akimat_officer"
    AKIMAT_SIGNATORY = "akimat_signatory"
    AUTHORITY_OFFICER = "authority_officer"
    AUTHORITY_SIGNATORY = "authority_signatory"
    MINISTRY_OFFICER = "ministry_officer"
    MINISTRY_SIGNATORY = "ministry_signatory"
    ASSISTANT = "assistant"
    COMMISSION_CHAIR = "commission_chair"
    COMMISSION_DEPUTY_CHAIR = "commission_deputy_chair"
    COMMISSION_MEMBER = "commission_member"
    SECRETARY = "secretary"
    OBSERVER = "observer"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a page or an act asks for."""

    STAFF_HOME = "staff_home"
    TOPIC_LIST_READ = "topic_list_read"
    TOPIC_LIST_WRITE = "topic_list_write"
    TOPIC_LIST_SUBMIT = "topic_list_submit"
    TOPIC_LIST_SUBMIT_LETTER = (
        "topic_list_submit_letter"  # with the covering letter that carries the signature
    )
    TOPIC_LIST_ENTER_BY_LETTER = "topic_list_enter_by_letter"  # what came as a signed letter
    TOPIC_LIST_RECALL = "topic_list_recall"
    TOPIC_LIST_REVIEW = "topic_list_review"  # return, accept, reopen
    TOPIC_LIST_BOARD = "topic_list_board"
    HALL_WRITE = "hall_write"  # the halls of one's own akimat
    TERM_EXTEND = "term_extend"  # more time for a duty of another body
    CALENDAR_READ = "calendar_read"  # every version, drafts too
    CALENDAR_COMPILE = "calendar_compile"
    CALENDAR_SUBMIT = "calendar_submit"  # to the commission; publish what it approved
    COORDINATION_READ = "coordination_read"
    COORDINATION_ANSWER = "coordination_answer"
    BUSY_WRITE = "busy_write"  # busy periods of one's own ministry, with their reasons
    SESSION_READ = "session_read"
    SESSION_KEEP = "session_keep"  # plan, send materials, open, close
    SESSION_VOTE = "session_vote"
    DUTIES_READ = "duties_read"  # what a body owes and owed, and why a day is the last one
    COMPLIANCE_BOARD = "compliance_board"
    CERTIFICATE_ISSUE = "certificate_issue"  # by the authorised body for any, by a body for itself
    LETTERS_READ = "letters_read"
    LETTERS_RESEND = "letters_resend"  # try again what was not delivered
    JOURNAL_READ = "journal_read"
    ADMIN_SITE = "admin_site"


_P = Permission
_PREPARES_LISTS = frozenset(
    {_P.STAFF_HOME, _P.TOPIC_LIST_READ, _P.TOPIC_LIST_WRITE, _P.HALL_WRITE, _P.DUTIES_READ}
)
_REVIEWS_LISTS = frozenset(
    {
        _P.STAFF_HOME,
        _P.TOPIC_LIST_READ,
        _P.TOPIC_LIST_BOARD,
        _P.TOPIC_LIST_REVIEW,
        _P.TOPIC_LIST_ENTER_BY_LETTER,
        _P.TERM_EXTEND,
        _P.DUTIES_READ,
        _P.COMPLIANCE_BOARD,
        _P.CERTIFICATE_ISSUE,
        _P.LETTERS_READ,
        _P.LETTERS_RESEND,
        _P.JOURNAL_READ,
        _P.CALENDAR_READ,
        _P.CALENDAR_COMPILE,
        _P.COORDINATION_READ,
        _P.SESSION_READ,
    }
)
_COORDINATES = frozenset(
    {_P.STAFF_HOME, _P.COORDINATION_READ, _P.BUSY_WRITE, _P.DUTIES_READ, _P.CERTIFICATE_ISSUE}
)
_VOTES = frozenset({_P.STAFF_HOME, _P.SESSION_READ, _P.SESSION_VOTE})

# An officer prepares, a signatory submits, or the officer with a letter that was signed; assistants write
# drafts; only members vote; observers read what is no personal data; administrators perform no act.
ROLE_PERMISSIONS: Final = MappingProxyType(
    {
        Role.AKIMAT_OFFICER: _PREPARES_LISTS | {_P.TOPIC_LIST_SUBMIT_LETTER, _P.CERTIFICATE_ISSUE},
        Role.AKIMAT_SIGNATORY: _PREPARES_LISTS
        | {_P.TOPIC_LIST_SUBMIT, _P.TOPIC_LIST_RECALL, _P.CERTIFICATE_ISSUE},
        Role.AUTHORITY_OFFICER: _REVIEWS_LISTS,
        Role.AUTHORITY_SIGNATORY: _REVIEWS_LISTS | {_P.CALENDAR_SUBMIT},
        Role.MINISTRY_OFFICER: _COORDINATES,
        Role.MINISTRY_SIGNATORY: _COORDINATES | {_P.COORDINATION_ANSWER},
        Role.ASSISTANT: _PREPARES_LISTS,
        Role.COMMISSION_CHAIR: _VOTES,
        Role.COMMISSION_DEPUTY_CHAIR: _VOTES,
        Role.COMMISSION_MEMBER: _VOTES,
        Role.SECRETARY: frozenset({_P.STAFF_HOME, _P.SESSION_READ, _P.SESSION_KEEP}),
        Role.OBSERVER: frozenset(
            {
                _P.STAFF_HOME,
                _P.TOPIC_LIST_READ,
                _P.TOPIC_LIST_BOARD,
                _P.CALENDAR_READ,
                _P.COORDINATION_READ,
                _P.SESSION_READ,
                _P.DUTIES_READ,
                _P.COMPLIANCE_BOARD,
                _P.JOURNAL_READ,
            }
        ),
        Role.ADMIN: frozenset(
            {_P.STAFF_HOME, _P.ADMIN_SITE, _P.JOURNAL_READ, _P.LETTERS_READ, _P.LETTERS_RESEND}
        ),
    }
)

# Roles whose permissions reach every body, not only the body of the membership.
EVERYWHERE: Final = frozenset(
    {
        Role.AUTHORITY_OFFICER,
        Role.AUTHORITY_SIGNATORY,
        Role.COMMISSION_CHAIR,
        Role.COMMISSION_DEPUTY_CHAIR,
        Role.COMMISSION_MEMBER,
        Role.SECRETARY,
        Role.OBSERVER,
        Role.ADMIN,
    }
)

# Kinds of body at which a role can be held; a role that is not named here can be held at any body.
ROLE_BODY_KINDS: Final = MappingProxyType(
    {
        Role.AKIMAT_OFFICER: frozenset({"akimat"}),
        Role.AKIMAT_SIGNATORY: frozenset({"akimat"}),
        Role.AUTHORITY_OFFICER: frozenset({"authority"}),
        Role.AUTHORITY_SIGNATORY: frozenset({"authority"}),
        Role.MINISTRY_OFFICER: frozenset({"ministry"}),
        Role.MINISTRY_SIGNATORY: frozenset({"ministry"}),
        Role.COMMISSION_CHAIR: frozenset({"commission"}),
        Role.COMMISSION_DEPUTY_CHAIR: frozenset({"commission"}),
        Role.COMMISSION_MEMBER: frozenset({"commission"}),
        Role.SECRETARY: frozenset({"commission"}),
        Role.OBSERVER: frozenset({"oversight"}),
    }
)


def grants(role: str, permission: Permission) -> bool:
    """Whether the table gives the permission to the role; an unknown role gives nothing."""
    return permission in ROLE_PERMISSIONS.get(role, frozenset())  # type: ignore[call-overload]


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles to which the table gives the permission."""
    return frozenset(role for role in Role if grants(role, permission))
