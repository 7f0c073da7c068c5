"""What the calendar does by itself: duties each minute, tidying at night."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from audit import journal
from base import clock
from calendar_app.models import HandledForm
from calendar_app.transitions import obligations

# A page that was left open for longer is out of date anyway.
KEEP_HANDLED_FORMS = timedelta(days=30)


@shared_task
def clear_handled_forms() -> None:
    """Forget forms that were handled longer than KEEP_HANDLED_FORMS ago."""
    HandledForm.objects.filter(handled_at__lt=clock.now() - KEEP_HANDLED_FORMS).delete()


@shared_task(soft_time_limit=50, time_limit=55)
def derive_obligations() -> None:
    """Keep the duties as rules and acts make them; work is derived from rows, so a lost run changes nothing."""
    with journal.source("task"):
        obligations.derive(now=clock.now())
