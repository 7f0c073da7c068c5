"""What the calendar does by itself: duties and reminders each minute, files brought in, tidying at night."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from audit import journal
from base import clock
from calendar_app.models import HandledForm
from calendar_app.spreadsheets import import_runs
from calendar_app.transitions import import_claims, reminders, unsaved_words

# A page that was left open for longer is out of date anyway.
KEEP_HANDLED_FORMS = timedelta(days=30)


@shared_task
def clear_handled_forms() -> None:
    """Forget forms that were handled longer than KEEP_HANDLED_FORMS ago."""
    HandledForm.objects.filter(handled_at__lt=clock.now() - KEEP_HANDLED_FORMS).delete()


@shared_task(soft_time_limit=50, time_limit=55)
def keep_deadlines() -> None:
    """Derive the duties and queue what is to be reminded of; work comes from rows, so a lost run changes nothing."""
    with journal.source("task"):
        reminders.remind(now=clock.now())


# Above import_runs.RUN_SECONDS and one more file.
READING = {"soft_time_limit": 200, "time_limit": 220}


@shared_task(**READING)
def read_imports() -> int:
    """Read the files that wait; sent to the broker after each upload."""
    return import_runs.read_waiting(on=clock.today())


@shared_task(**READING)
def sweep_imports() -> int:
    """Read what a lost message or a dead worker left behind; runs each minute."""
    return import_runs.sweep(on=clock.today())


@shared_task
def forget_imports() -> int:
    """Erase files and rows about which nobody decided for a month."""
    return import_claims.forget_unsettled(clock.now())


@shared_task
def clear_unsaved_words() -> None:
    """Forget what officers typed and never came back for, and who was where."""
    unsaved_words.clear(now=clock.now())
