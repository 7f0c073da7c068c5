"""Handled forms are forgotten after a month, and not before."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from accounts.models import User
from base import clock
from calendar_app.models import HandledForm
from calendar_app.tasks import KEEP_HANDLED_FORMS, clear_handled_forms

pytestmark = pytest.mark.django_db


def test_old_handled_forms_are_forgotten(officer: User) -> None:
    def handled(ago: timedelta) -> HandledForm:
        at = clock.now() - ago
        return HandledForm.objects.create(user=officer, key=uuid.uuid4(), handled_at=at)

    handled(KEEP_HANDLED_FORMS + timedelta(minutes=1))
    kept = handled(KEEP_HANDLED_FORMS - timedelta(minutes=1))

    clear_handled_forms()

    assert list(HandledForm.objects.all()) == [kept]
