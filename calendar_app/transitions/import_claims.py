"""How a worker takes up an import and gives it back: every step is a compare-and-swap on state and attempt.

A claim is fenced by the number of the attempt, and each file that was read renews it; one that nobody
renewed within the lease belongs to a dead worker. Times come from the clock of the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from calendar_app.labels.imports import ImportState
from calendar_app.models import Import, ImportFile
from calendar_app.models.imports import waiting_next
from procedure.problems import Problem

# One file takes 45 seconds at most (spreadsheets.child.WALL_SECONDS), and then the claim is renewed.
LEASE = timedelta(minutes=2)
# An import that killed so many workers is not tried again.
MAX_ATTEMPTS = 5
KEEP_UNSETTLED = timedelta(days=30)


def claim_next() -> Import | None:
    """Take up the import that waits longest; None when nothing waits. Commits before it returns."""
    with transaction.atomic():
        one = waiting_next().select_related("topic_list__akimat", "plan__calendar", "body").select_for_update(
            skip_locked=True, of=("self",)
        ).first()  # fmt: skip
        if one is None:
            return None
        one.attempts += 1
        one.state = ImportState.READING
        Import.objects.filter(pk=one.pk).update(state=one.state, attempts=one.attempts, claimed_at=Now())
    return one


def keep_file(
    one: Import,
    file: ImportFile,
    *,
    rows: list[dict[str, Any]],
    problems: Sequence[Problem],
    district: str = "",
) -> bool:
    """Keep what was read of a file, erase its bytes, renew the claim; False if the claim was taken away."""
    with transaction.atomic():
        if not _held(one).update(claimed_at=Now()):
            return False
        faults = [[problem.code, dict(problem.params)] for problem in problems]
        ImportFile.objects.filter(pk=file.pk, is_read=False).update(
            rows=rows, faults=faults, district=district or None, is_read=True, content=None
        )
    return True


def close(one: Import) -> bool:
    """Every file was read: the import is read, or failed if a file of it has errors."""
    with transaction.atomic():
        is_whole = not one.files.exclude(faults=[]).exists()
        state = ImportState.READ if is_whole else ImportState.FAILED
        return bool(_held(one).update(state=state, claimed_at=None, attempts=0, version=F("version") + 1))


def give_back(one: Import) -> bool:
    """Let somebody go on with it: what was read of it stays read."""
    return bool(_held(one).update(state=ImportState.UPLOADED, claimed_at=None, attempts=F("attempts") - 1))


def recover_abandoned(lease: timedelta = LEASE) -> int:
    """Free the claims of dead workers; an import that has killed MAX_ATTEMPTS of them fails. Returns how many."""
    abandoned = Import.objects.filter(state=ImportState.READING, claimed_at__lt=Now() - lease)
    hopeless = list(abandoned.filter(attempts__gte=MAX_ATTEMPTS).values_list("pk", flat=True))
    for pk in hopeless:
        with transaction.atomic():
            faults = [["file_too_heavy", {}]]
            ImportFile.objects.filter(batch=pk, is_read=False).update(
                is_read=True, content=None, faults=faults
            )
            Import.objects.filter(pk=pk, state=ImportState.READING).update(
                state=ImportState.FAILED, claimed_at=None, version=F("version") + 1
            )
    freed = abandoned.update(state=ImportState.UPLOADED, claimed_at=None)
    return len(hopeless) + freed


def forget_unsettled(now: datetime) -> int:
    """Drop imports about which nobody decided within KEEP_UNSETTLED, with everything read of them."""
    with transaction.atomic():
        old = Import.objects.unsettled().filter(made_at__lt=now - KEEP_UNSETTLED)
        keys = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True))
        ImportFile.objects.filter(batch__in=keys).delete()
        Import.objects.filter(pk__in=keys).update(
            state=ImportState.DROPPED, claimed_at=None, settled_at=now, version=F("version") + 1
        )
    return len(keys)


def _held(one: Import) -> Any:
    return Import.objects.filter(pk=one.pk, state=ImportState.READING, attempts=one.attempts)
