"""Acts on a person's second factor. None of them writes a secret or a code into the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import access, second_factor
from accounts.models import User
from accounts.permissions import Permission
from accounts.transitions.users import subject
from audit import journal
from base.errors import Refused
from procedure.problems import Problem


@transaction.atomic
def enrol(*, user: User, key: str, code: str, now: datetime) -> tuple[TOTPDevice, list[str]] | None:
    """Switch the second factor on: (device, recovery codes), or None when the code does not fit the key.

    Every other session of the person ends. Raises Refused("second_factor_is_on") if there is one already.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if second_factor.is_on(user):
        raise Refused([Problem("second_factor_is_on")])
    device = second_factor.take_key(user, key, code)
    if device is None:
        return None
    codes = second_factor.issue_recovery_codes(user)
    user.end_sessions()
    journal.record(act="user.enrol_second_factor", actor=user.actor(), now=now, subject=subject(user))
    return device, codes


def verify(*, user: User, code: str, now: datetime) -> Device | None:
    """The device that takes the code, or None; raises second_factor.TooManyCodesError.

    Not one transaction: a wrong code must be counted whatever happens next.
    """
    device = second_factor.verify(user, code)
    if isinstance(device, StaticDevice):
        left = second_factor.recovery_codes_left(user)
        with transaction.atomic():
            journal.record(
                act="user.use_recovery_code",
                actor=user.actor(),
                now=now,
                subject=subject(user),
                changes={"recovery_codes": [left + 1, left]},
            )
    return device


@transaction.atomic
def renew_recovery_codes(*, user: User, now: datetime) -> list[str]:
    """Ten new recovery codes; the earlier ones stop working."""
    codes = second_factor.issue_recovery_codes(user)
    journal.record(act="user.renew_recovery_codes", actor=user.actor(), now=now, subject=subject(user))
    return codes


@transaction.atomic
def switch_off(*, user: User, now: datetime) -> None:
    """The person gives the second factor up, where it is not obligatory; other sessions end."""
    second_factor.remove(user)
    user.end_sessions()
    journal.record(act="user.switch_off_second_factor", actor=user.actor(), now=now, subject=subject(user))


@transaction.atomic
def reset(*, user: User, by: User, now: datetime) -> None:
    """A second administrator forgets a lost second factor; all sessions of the person end.

    Raises NotPermitted without the right, Refused("second_factor_own") for one's own.
    """
    actor = access.check(by, Permission.ADMIN_SITE, None, now)
    if by.pk == user.pk:
        raise Refused([Problem("second_factor_own")])
    second_factor.remove(user)
    user.end_sessions()
    journal.record(act="user.reset_second_factor", actor=actor, now=now, subject=subject(user))
