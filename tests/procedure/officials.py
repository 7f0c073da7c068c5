"""One meeting, its head and a deputy who may come: what the tests of section 4 start from."""

from dataclasses import replace

from procedure.substitution import Document, Meeting, Official
from tests.procedure.days import at, day

MEETING = Meeting(at("2027-02-06T11:00:00+05:00"), at("2027-02-06T13:00:00+05:00"))
SINCE = day("2026-01-01")
HEAD = Official("head", "ministry.health", SINCE, is_head=True)
DEPUTY = Official("deputy", "ministry.health", SINCE)
ALSO_DEPUTY_PM = replace(HEAD, deputy_prime_minister_from=day("2026-09-01"))
NO_DOCUMENT = Document()
INSTRUCTION = Document("123-р", day("2027-02-01"))


def codes(found):
    return [problem.code for problem in found]
