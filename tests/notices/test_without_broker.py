"""Pages work and submissions are accepted while the broker is gone or hangs."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from accounts.models import User
from base import clock
from calendar_app.models import Submission, TopicList
from calendar_app.transitions import topic_lists
from notices.models import Letter
from notices.nudge import nudge
from tests.notices.conftest import Broker

# What one act may wait for a broker that takes the connection and says nothing, on a busy machine.
LONGEST = 5.0


@pytest.mark.parametrize("trouble", ["stop", "hang"])
def test_a_list_is_submitted_and_pages_are_shown(
    demonstration_copy: str, broker: Broker, trouble: str
) -> None:
    getattr(broker, trouble)()
    nudge.silent_until = 0.0
    officer = User.objects.get(username="akimat.33")
    draft = TopicList.objects.select_related("akimat").get(akimat="akimat.33", state="draft")
    letters = Letter.objects.count()
    began = time.monotonic()
    made = topic_lists.submit(topic_list=draft, by=officer, now=clock.now(), version=draft.version)
    waited = time.monotonic() - began
    browser = Client()
    browser.force_login(officer)
    pages = ("/kk/", "/ru/staff/", draft.get_absolute_url(), "/kk/staff/letters/")
    answers = [browser.get(page).status_code for page in pages]
    ready = Client().get("/readyz")
    broker.resume()
    if trouble == "stop":
        broker.start()
    assert waited < LONGEST
    assert answers == [200] * len(pages)
    assert ready.status_code == 200, "a missing broker degrades, it does not stop"
    assert Submission.objects.filter(pk=made.pk).exists()
    assert Letter.objects.count() > letters, "the letters wait for the sweep"
