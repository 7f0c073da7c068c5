"""What the accounts do by themselves, at night."""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


@shared_task
def clear_sessions() -> None:
    """Delete expired sessions, and sign-in records older than SIGN_IN_RECORDS_DAYS. By the real clock."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    oldest = timezone.now() - timezone.timedelta(days=getattr(settings, "SIGN_IN_RECORDS_DAYS", 90))
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=oldest).delete()
