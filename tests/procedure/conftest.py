"""Fixtures of the rules: the shipped rule set, a day table, and the process's own time zone."""

import os
import time

import pytest

from procedure.rule_sets import RuleSet, known_rule_sets, parse_rule_set
from tests.procedure.days import DayTable

PROCESS_ZONES = ("UTC", "Asia/Almaty", "America/New_York")


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return parse_rule_set(known_rule_sets()["decree-draft-2023"])


@pytest.fixture(scope="session")
def workdays() -> DayTable:
    return DayTable()


@pytest.fixture(params=PROCESS_ZONES)
def process_zone(request):
    """Run the test with the machine set to another zone: no rule may read it."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()
