"""The Celery application. Tasks read the clock and make one call; rows say what is to be done."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetings_portal.settings")

app = Celery("meetings_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
