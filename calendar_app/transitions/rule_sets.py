"""Acts on rule sets: take in the ones that the project ships."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction

from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app.models import RuleSet
from procedure.rule_sets import DEFAULT_CODE, known_rule_sets

# Before any half-year that the portal knows; an administrator dates later ones.
IN_FORCE_FROM = date(2022, 1, 1)


@transaction.atomic
def load_known(*, now: datetime) -> list[str]:
    """Add the shipped rule sets that are not there yet; the codes of those that were added.

    Only the source's set comes into force; the others wait for an administrator to date them. What is
    there already is left alone, since an administrator may have changed it.
    """
    added = []
    for code, text in known_rule_sets().items():
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        in_force_from = IN_FORCE_FROM if code == DEFAULT_CODE else None
        _, created = RuleSet.objects.get_or_create(
            code=code, defaults={"text": text, "sha256": sha256, "in_force_from": in_force_from}
        )
        if created:
            added.append(code)
            journal.record(
                act="rule_set.load",
                actor=SYSTEM,
                now=now,
                subject=Subject("rule_set", code, code, ""),
                changes={"sha256": [None, sha256]},
            )
    return added
