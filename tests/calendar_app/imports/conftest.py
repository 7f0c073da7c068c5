"""Imports as officers make them, read by the worker's own function."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from calendar_app.models import Import, TopicList
from calendar_app.spreadsheets import import_runs
from calendar_app.transitions import import_files
from calendar_app.transitions.import_files import Upload
from procedure.moments import day_of
from tests.calendar_app.conftest import IN_TIME

Bring = Callable[..., Import]


@pytest.fixture
def bring(draft: TopicList, officer: User) -> Bring:
    """A maker of imports that were read: `bring(("a.xlsx", content), …)`."""

    def make(*files: tuple[str, bytes], kind: str = "topics") -> Import:
        uploads = [Upload(name, len(content), content) for name, content in files]
        made = import_files.upload(topic_list=draft, kind=kind, files=uploads, by=officer, now=IN_TIME)
        import_runs.read_waiting(on=day_of(IN_TIME))
        return Import.objects.select_related("topic_list__akimat").get(pk=made.pk)

    return make
