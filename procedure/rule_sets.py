"""Rule sets: the deadlines, terms, exemptions and grounds of one act, as dated data.

The procedure changes by decree, the code does not: whatever an act may change stands in a TOML
text (procedure, section 3). The project ships the texts of `known_rule_sets/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from procedure.problems import Problem
from procedure.recurrence import problems_of_rule
from procedure.toml_tables import Table, read_document

DEFAULT_CODE = "decree-draft-2023"
LANGUAGES = ("kk", "ru", "en")
MARKS = ("stated", "decided")
SHIFTS = ("none", "previous", "next")
UNITS = ("working_days", "calendar_days")
EFFECTS = ("must", "may")

# In which period the date of a recurring deadline lies, seen from what it covers.
DEADLINE_PERIODS = {
    "topic_list": "previous_half_year",
    "calendar_submission": "half_year",
    "amendment_window": "quarter",
}
# Terms run after their event, but these two run before it.
TERMS_BEFORE = frozenset({"announcement", "materials"})
TERMS_AFTER = frozenset(
    {
        "topic_list_review",
        "topic_list_round",
        "coordination_answer",
        "calendar_submission_round",
        "publication",
        "report",
        "answers",
        "ground_document",
    }
)
_TERM_DAYS = range(367)
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
_BODY = re.compile(r"[a-z]+(\.[a-z0-9_]+)?")


class Ground(StrEnum):
    """Why a deputy stands in for the head of a body (procedure, section 4)."""

    ILL_HEALTH = "ill_health"
    DELEGATION = "delegation"
    DEPUTY_PRIME_MINISTER = "deputy_prime_minister"


@dataclass(frozen=True)
class DeadlineRule:
    """A recurring deadline: an RFC 5545 rule that names one day in each period."""

    rule: str
    inclusive: bool
    shift: str
    clause: str
    mark: str


@dataclass(frozen=True)
class TermRule:
    """A term in days of one unit ("working_days", "calendar_days") counted from an event."""

    days: int
    unit: str
    clause: str
    mark: str


@dataclass(frozen=True)
class GroundRule:
    """What a ground means: a deputy "must" or "may" stand in; whether a document is needed."""

    effect: str
    document: bool
    clause: str
    mark: str


@dataclass(frozen=True)
class VotingSettings:
    """How the commission decides (procedure, section 7); exact fractions.

    quorum       share of the members that must take part ("2/3": at least two thirds)
    majority     share that must be exceeded ("1/2": more than half)
    majority_of  of whom: "members" (all of them) or "present"
    tie          "chair" (the presiding person's vote decides) or "rejected"
    """

    quorum: Fraction = Fraction(2, 3)
    majority: Fraction = Fraction(1, 2)
    majority_of: str = "members"
    tie: str = "chair"


@dataclass(frozen=True)
class RuleSet:
    """One act's rules. Title and source are given in kk, ru and en; mappings are by kind."""

    code: str
    title: Mapping[str, str]
    source: Mapping[str, str]
    deadlines: Mapping[str, DeadlineRule]
    terms: Mapping[str, TermRule]
    grounds: Mapping[str, GroundRule]
    exempt_bodies: tuple[str, ...]
    voting: VotingSettings
    substitution_confirmation: bool

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def quorum(self) -> Fraction:
        """The share of the commission's members that must take part."""
        return self.voting.quorum

    def is_exempt(self, body: str) -> bool:
        """Whether the head of the body has neither duty nor limit (procedure, section 4)."""
        return body in self.exempt_bodies


class InvalidRuleSet(ValueError):
    """The text is not a rule set; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{problem.field or 'text'}: {problem.code}" for problem in problems))
        self.problems = problems


def parse_rule_set(text: str) -> RuleSet:
    """Read a rule set; raises InvalidRuleSet with a problem for each thing that is wrong."""
    document, problems = read_document(text)
    if problems:
        raise InvalidRuleSet(problems)
    root = Table(document, problems)
    rules = RuleSet(
        code=_code(root),
        title=_localised(root.table("title")),
        source=_localised(root.table("source")),
        deadlines=_deadlines(_of_known_kinds(root, "deadlines", DEADLINE_PERIODS)),
        terms=_terms(_of_known_kinds(root, "terms", TERMS_BEFORE | TERMS_AFTER)),
        grounds=_grounds(root.table("grounds")),
        exempt_bodies=_exempt(root.table("exempt")),
        voting=_voting(root.table("voting")),
        substitution_confirmation=_confirmation(root.table("substitution")),
    )
    root.finish()
    if problems:
        raise InvalidRuleSet(problems)
    return rules


def known_rule_sets() -> dict[str, str]:
    """The rule sets shipped with the project: code → TOML text, the default one first."""
    folder = Path(__file__).parent / "known_rule_sets"
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}
    return {DEFAULT_CODE: texts.pop(DEFAULT_CODE), **texts}


def _code(root: Table) -> str:
    code = root.text("code")
    if code and not _CODE.fullmatch(code):
        root.problems.append(Problem("not_a_code", field="code"))
    return code


def _localised(table: Table) -> dict[str, str]:
    texts = {language: table.text(language) for language in LANGUAGES}
    table.finish()
    return texts


def _of_known_kinds(root: Table, key: str, kinds: Mapping[str, str] | frozenset[str]) -> dict[str, Table]:
    """One table per kind: a rule set that leaves a kind out could not run the portal."""
    parent = root.table(key)
    tables = {kind: parent.table(kind) for kind in sorted(kinds)}
    parent.finish()
    return tables


def _clause_and_mark(table: Table) -> dict[str, str]:
    found = {"clause": table.text("clause"), "mark": table.choice("mark", MARKS)}
    table.finish()
    return found


def _deadlines(tables: dict[str, Table]) -> dict[str, DeadlineRule]:
    deadlines = {}
    for kind, table in tables.items():
        rule = table.text("rule")
        for problem in problems_of_rule(rule, DEADLINE_PERIODS[kind]) if rule else ():
            table.problems.append(Problem(problem.code, problem.params, f"{table.place}.rule"))
        deadlines[kind] = DeadlineRule(
            rule=rule,
            inclusive=table.flag("inclusive"),
            shift=table.choice("shift", SHIFTS),
            **_clause_and_mark(table),
        )
    return deadlines


def _terms(tables: dict[str, Table]) -> dict[str, TermRule]:
    return {
        kind: TermRule(
            days=table.number("days", _TERM_DAYS),
            unit=table.choice("unit", UNITS),
            **_clause_and_mark(table),
        )
        for kind, table in tables.items()
    }


def _grounds(parent: Table) -> dict[str, GroundRule]:
    """Grounds may be left out: then no deputy may stand in for that reason."""
    grounds = {}
    for ground in Ground:
        if parent.has(ground):
            table = parent.table(ground)
            grounds[ground.value] = GroundRule(
                effect=table.choice("effect", EFFECTS),
                document=table.flag("document"),
                **_clause_and_mark(table),
            )
    parent.finish()
    return grounds


def _exempt(table: Table) -> tuple[str, ...]:
    bodies = table.texts("bodies")
    for body in bodies:
        if not _BODY.fullmatch(body):
            table.problems.append(Problem("not_a_body", {"body": body[:50]}, "exempt.bodies"))
    _clause_and_mark(table)
    return bodies


def _voting(table: Table) -> VotingSettings:
    settings = VotingSettings(
        quorum=table.fraction("quorum"),
        majority=table.fraction("majority"),
        majority_of=table.choice("majority_of", ("members", "present")),
        tie=table.choice("tie", ("chair", "rejected")),
    )
    _clause_and_mark(table)
    return settings


def _confirmation(table: Table) -> bool:
    confirmation = table.flag("confirmation")
    _clause_and_mark(table)
    return confirmation
