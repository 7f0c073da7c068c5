"""States, acts and transition tables of every object of the procedure, as data.

A table says which act leads from which state to which; who may act, and what else must hold, is
said elsewhere. The database refuses what is not in these tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from procedure.problems import Problem


@dataclass(frozen=True)
class Act:
    """One edge of a table: the act leads from any of `sources` to `target`."""

    name: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Workflow:
    """States (the first one is where an object begins) and the acts between them."""

    name: str
    states: tuple[str, ...]
    acts: tuple[Act, ...]

    @property
    def initial(self) -> str:
        """The state of a new object."""
        return self.states[0]

    @property
    def final(self) -> frozenset[str]:
        """States that no act leads out of."""
        left = {source for act in self.acts for source in act.sources}
        return frozenset(self.states) - left

    def target(self, act: str, state: str) -> str | Problem:
        """The state after the act, or the problem "act_not_possible" (unknown names too)."""
        for edge in self.acts:
            if edge.name == act and state in edge.sources:
                return edge.target
        return Problem("act_not_possible", {"workflow": self.name, "act": act, "state": state})

    def acts_from(self, state: str) -> tuple[str, ...]:
        """The acts possible in the state, in the order of the table."""
        return tuple(edge.name for edge in self.acts if state in edge.sources)

    def sources_of(self, act: str) -> tuple[str, ...]:
        """The states in which the act is possible; empty for an unknown act."""
        return tuple(state for edge in self.acts if edge.name == act for state in edge.sources)

    def edges(self) -> frozenset[tuple[str, str, str]]:
        """Every (state, act, state after), for constraints and tests."""
        return frozenset((source, act.name, act.target) for act in self.acts for source in act.sources)


def problems_of_workflow(workflow: Workflow) -> list[Problem]:
    """What is wrong with a table: unknown or unreachable states, two targets for one act.

    An act that leads from one state to two is ambiguous; so is a name listed twice.
    """
    problems = [
        Problem("unknown_state", {"workflow": workflow.name, "act": act.name, "state": state})
        for act in workflow.acts
        for state in (*act.sources, act.target)
        if state not in workflow.states
    ]
    problems += _named_twice("state", workflow.name, workflow.states)
    ways = [f"{act.name} ← {source}" for act in workflow.acts for source in act.sources]
    problems += _named_twice("act", workflow.name, ways)
    problems += [
        Problem("unreachable_state", {"workflow": workflow.name, "state": state})
        for state in workflow.states
        if state not in _reachable(workflow)
    ]
    return problems


def _named_twice(what: str, workflow: str, names: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for name in names:
        if name in seen:
            problems.append(Problem(f"{what}_named_twice", {"workflow": workflow, "name": name}))
        seen.add(name)
    return problems


def _reachable(workflow: Workflow) -> set[str]:
    reached = {workflow.initial}
    for _ in workflow.states:
        reached |= {act.target for act in workflow.acts if reached & set(act.sources)}
    return reached


# An akimat's list. No row means "not started"; being late is a fact of a submission, not a state.
TOPIC_LIST = Workflow(
    "topic_list",
    ("draft", "submitted", "returned", "accepted"),
    (
        Act("submit", ("draft", "returned"), "submitted"),
        Act("recall", ("submitted",), "draft"),
        Act("return_", ("submitted",), "returned"),
        Act("accept", ("submitted",), "accepted"),
        Act("reopen", ("accepted",), "returned"),
    ),
)

# A version of a calendar. After a return a new working copy opens: the returned one stays frozen.
CALENDAR = Workflow(
    "calendar",
    ("working", "coordination", "submitted", "approved", "in_force", "superseded", "returned"),
    (
        Act("start_coordination", ("working",), "coordination"),
        Act("submit", ("coordination",), "submitted"),
        Act("approve", ("submitted",), "approved"),
        Act("return_", ("submitted",), "returned"),
        Act("publish", ("approved",), "in_force"),
        Act("supersede", ("in_force",), "superseded"),
    ),
)

# A ministry's answer in one round of coordination; the next round asks anew.
COORDINATION_ANSWER = Workflow(
    "coordination_answer",
    ("asked", "agreed", "refused"),
    (Act("agree", ("asked",), "agreed"), Act("refuse", ("asked",), "refused")),
)

# A session of the commission, or a written vote.
SESSION = Workflow(
    "session",
    ("planned", "materials_sent", "open", "closed", "cancelled"),
    (
        Act("send_materials", ("planned",), "materials_sent"),
        Act("open", ("materials_sent",), "open"),
        Act("close", ("open",), "closed"),
        Act("cancel", ("planned", "materials_sent", "open"), "cancelled"),
    ),
)

# A proposal to change the calendar. A late one is kept for the next window and answered so.
AMENDMENT = Workflow(
    "amendment",
    ("draft", "submitted", "kept", "accepted", "rejected", "withdrawn"),
    (
        Act("submit", ("draft",), "submitted"),
        Act("keep", ("draft",), "kept"),
        Act("take_up", ("kept",), "submitted"),
        Act("accept", ("submitted",), "accepted"),
        Act("reject", ("submitted",), "rejected"),
        Act("withdraw", ("draft", "submitted", "kept"), "withdrawn"),
    ),
)

# A meeting of the plan. One that does not take place is recorded, never deleted.
MEETING = Workflow(
    "meeting",
    ("planned", "held", "not_held", "cancelled"),
    (
        Act("record_held", ("planned",), "held"),
        Act("record_not_held", ("planned",), "not_held"),
        Act("cancel", ("planned",), "cancelled"),
    ),
)

# Layers over the plan: dated facts beside the version in force.
SUBSTITUTION = Workflow(
    "substitution",
    ("registered", "confirmed", "withdrawn"),
    (
        Act("confirm", ("registered",), "confirmed"),
        Act("withdraw", ("registered", "confirmed"), "withdrawn"),
    ),
)
URGENT_CHANGE = Workflow(
    "urgent_change",
    ("in_effect", "withdrawn"),
    (Act("withdraw", ("in_effect",), "withdrawn"),),
)
OFF_SCHEDULE_MEETING = Workflow(
    "off_schedule_meeting",
    ("entered", "confirmed", "rejected", "withdrawn"),
    (
        Act("confirm", ("entered",), "confirmed"),
        Act("reject", ("entered",), "rejected"),
        Act("withdraw", ("entered",), "withdrawn"),
    ),
)

# A citizen's question or topic. Only "published" is public; what is an appeal belongs elsewhere.
REQUEST = Workflow(
    "request",
    ("received", "published", "not_published", "belongs_elsewhere", "answered", "withdrawn"),
    (
        Act("publish", ("received", "not_published"), "published"),
        Act("keep_unpublished", ("received", "published"), "not_published"),
        Act("redirect", ("received",), "belongs_elsewhere"),
        Act("answer", ("published", "not_published"), "answered"),
        Act("withdraw", ("received", "published", "not_published"), "withdrawn"),
    ),
)

# Files that an akimat brings in. Nobody claims what people settled; what failed is mended by other files.
IMPORT = Workflow(
    "import",
    ("uploaded", "reading", "read", "failed", "taken", "dropped"),
    (
        Act("claim", ("uploaded",), "reading"),
        Act("give_back", ("reading",), "uploaded"),
        Act("finish", ("reading",), "read"),
        Act("fail", ("reading",), "failed"),
        Act("change", ("read", "failed"), "uploaded"),
        Act("take", ("read",), "taken"),
        Act("drop", ("uploaded", "reading", "read", "failed"), "dropped"),
    ),
)

WORKFLOWS: Mapping[str, Workflow] = {
    workflow.name: workflow
    for workflow in (
        TOPIC_LIST,
        CALENDAR,
        COORDINATION_ANSWER,
        SESSION,
        AMENDMENT,
        MEETING,
        SUBSTITUTION,
        URGENT_CHANGE,
        OFF_SCHEDULE_MEETING,
        REQUEST,
        IMPORT,
    )
}
