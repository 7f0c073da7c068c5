"""The database in which the cells of the matrix are asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.test import override_settings

from accounts.demo import hashed
from base import clock
from calendar_app.models import Demonstration
from calendar_app.transitions import rule_sets
from meetings_portal.testing import connected_to, current_database, database_copy
from tests import hashers
from tests.house import access_matrix
from tests.house.access import admin_pages
from tests.house.access.cells import Report, ask
from tests.house.access.people import People, make_people
from tests.house.access.rows import Row
from tests.house.factories import MAKERS, topic_lists


@dataclass
class House:
    """The people of a database of their own, and what was asked of it so far."""

    people: People
    cells: int = 0

    def ask(self, row: Row) -> Report:
        """All cells of a row, then everything as before."""
        with transaction.atomic():
            if row in access_matrix.FIXED:
                report = ask(row, self.people, MAKERS[row.objects](self.people))
            else:
                report = admin_pages.ask(row, self.people)
            transaction.set_rollback(True)
        self.cells += report.cells
        return report


@contextmanager
def open_house() -> Iterator[House]:
    """A copy of the database in which people, their sessions and one story of a list are committed."""
    with ExitStack() as stack:
        copy = stack.enter_context(database_copy(current_database()))
        stack.enter_context(connected_to(copy))
        stack.enter_context(override_settings(PASSWORD_HASHERS=hashers.SETTING))
        stack.enter_context(_quiet())
        now = clock.now()
        Demonstration.objects.create(loaded_at=now)
        rule_sets.load_known(now=now)
        people = make_people()
        topic_lists.make("returned", people, "akimat.55")
        yield House(people)


@contextmanager
def _quiet() -> Iterator[None]:
    """No log of thousands of refused requests; quick hashes are not left for others."""
    hashed.cache_clear()
    logging.disable(logging.ERROR)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        hashed.cache_clear()
