"""Roles by the body at which they are held, written out on purpose: not taken from the table of permissions."""

from __future__ import annotations

from accounts.permissions import Role

OFFICER = frozenset({Role.AKIMAT_OFFICER})
SIGNATORY = frozenset({Role.AKIMAT_SIGNATORY})
ASSISTANT = frozenset({Role.ASSISTANT})
AUTHORITY = frozenset({Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY})
MINISTRY = frozenset({Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY})
COMMISSION = frozenset(
    {Role.COMMISSION_CHAIR, Role.COMMISSION_DEPUTY_CHAIR, Role.COMMISSION_MEMBER, Role.SECRETARY}
)
OBSERVER = frozenset({Role.OBSERVER})
ADMIN = frozenset({Role.ADMIN})

AKIMAT = OFFICER | SIGNATORY | ASSISTANT
OVERSEERS = AUTHORITY | OBSERVER
OUTSIDERS = MINISTRY | COMMISSION | ADMIN
EVERYBODY = AKIMAT | OVERSEERS | OUTSIDERS
SECRETARY = frozenset({Role.SECRETARY})
AUTHORITY_SIGNATORY = frozenset({Role.AUTHORITY_SIGNATORY})
MINISTRY_SIGNATORY = frozenset({Role.MINISTRY_SIGNATORY})
CONSIDERS = OVERSEERS | COMMISSION
