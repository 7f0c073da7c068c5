"""Issuing certificates of compliance: by the authorised body for any body, by a body for itself."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection, transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Subject
from base.errors import Refused
from calendar_app import certificates
from calendar_app.models import Certificate
from calendar_app.queries import compliance
from calendar_app.transitions import obligations
from procedure.half_years import HalfYear
from procedure.obligations import AUTHORITY
from procedure.problems import Problem
from regions.models import Body

# pg_advisory_xact_lock: numbers are given one after another.
LOCK = 0x63657274
# Without letters and digits that are taken for one another, nor vowels that make words.
SIGNS = "2346789BCDFGHJKMNPQRTVWXYZ"


@transaction.atomic
def issue(*, body: Body, half_year: HalfYear, by: User, now: datetime) -> Certificate:
    """State what the body owed in the half-year and when it did it, as of now, under a number of its own.

    Raises NotPermitted, and Refused where the body owes nothing in the half-year.
    """
    actor = access.check(by, Permission.CERTIFICATE_ISSUE, body, now)
    obligations.derive(now=now)
    rows = compliance.read([half_year], now, bodies=[body.pk])
    if not rows:
        raise Refused([Problem("certificate_without_duties")])
    number = _number(half_year)
    issued_as = "authority" if actor.body == AUTHORITY else "body"
    content = certificates.canonical(
        certificates.content_of(
            rows, number=number, body=body, half_year=half_year.code, issued_as=issued_as, now=now
        )
    )
    certificate = Certificate.objects.create(
        number=number,
        body=body,
        half_year=half_year.code,
        issued_at=now,
        issued_by=by,
        issued_as=issued_as,
        content=content,
        sha256=certificates.sha256_of(content),
    )
    journal.record(
        act="certificate.issue",
        actor=actor,
        now=now,
        subject=Subject("certificate", str(certificate.pk), number, body.pk),
        changes={"half_year": [None, half_year.code], "sha256": [None, certificate.sha256]},
    )
    return certificate


def _number(half_year: HalfYear) -> str:
    """`P-2026-H2-0007-K3F9Q`: counted in the half-year, with an end that cannot be guessed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    count = Certificate.objects.filter(half_year=half_year.code).count()
    end = "".join(secrets.choice(SIGNS) for _ in range(5))
    return f"P-{half_year.code}-{count + 1:04d}-{end}"
