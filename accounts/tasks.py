"""What the accounts do by themselves, at night."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

KEEP_SIGN_INS = timedelta(days=90)


@shared_task
def clear_sessions() -> None:
    """Delete expired sessions, and sign-in records older than KEEP_SIGN_INS. By the real clock."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    oldest = timezone.now() - KEEP_SIGN_INS
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=oldest).delete()
