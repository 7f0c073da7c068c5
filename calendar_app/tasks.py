"""What the calendar does by itself, at night."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from base import clock
from calendar_app.models import HandledForm

# A page that was left open for longer is out of date anyway.
KEEP_HANDLED_FORMS = timedelta(days=30)


@shared_task
def clear_handled_forms() -> None:
    """Forget forms that were handled longer than KEEP_HANDLED_FORMS ago."""
    HandledForm.objects.filter(handled_at__lt=clock.now() - KEEP_HANDLED_FORMS).delete()
