"""What every test finds: a migrated database with reference data.

Tests that commit take `committed_db`, a copy of it (the project's pytest plugin): the journal refuses the
TRUNCATE by which Django would clean up after them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from meetings_portal.testing import analyse

LOADED_AT = datetime(2023, 1, 2, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Reference data, once for the whole run: tests roll back, so all of them find it."""
    from calendar_app.transitions import rule_sets
    from regions.reference.load import load_reference

    with django_db_blocker.unblock(), databases_made_for_tests():
        load_reference(now=LOADED_AT)
        rule_sets.load_known(now=LOADED_AT)
        analyse()
        yield


@contextlib.contextmanager
def databases_made_for_tests() -> Iterator[None]:
    """A test database also for a run that has tests on copies only.

    pytest-django makes one for tests marked `django_db`; without it the real database would be copied.
    """
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    if connection.settings_dict["NAME"].startswith("test_"):
        yield
        return
    made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True)
def language() -> None:
    """Kazakh, whatever the request of the test before was answered in: Django keeps the last one."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def reference(django_db_setup: None) -> None:
    """Says that a test relies on territories, bodies, posts and the day table."""
