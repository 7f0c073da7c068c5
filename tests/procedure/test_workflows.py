"""Transition tables: sound as tables, and the edges the procedure names (procedure, sections 2-8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.problems import Problem
from procedure.workflows import CALENDAR, TOPIC_LIST, WORKFLOWS, Act, Workflow, problems_of_workflow

# Every edge, as the procedure tells them; anything else must be refused.
EDGES = {
    "topic_list": """
        draft submit submitted, returned submit submitted, submitted recall draft,
        submitted return_ returned, submitted accept accepted, accepted reopen returned""",
    "calendar": """
        working start_coordination coordination, coordination submit submitted,
        submitted approve approved, submitted return_ returned, approved publish in_force,
        in_force supersede superseded""",
    "coordination_answer": "asked agree agreed, asked refuse refused",
    "session": """
        planned send_materials materials_sent, materials_sent open open, open close closed,
        planned cancel cancelled, materials_sent cancel cancelled, open cancel cancelled""",
    "amendment": """
        draft submit submitted, draft keep kept, kept take_up submitted, submitted accept accepted,
        submitted reject rejected, draft withdraw withdrawn, submitted withdraw withdrawn,
        kept withdraw withdrawn""",
    "meeting": "planned record_held held, planned record_not_held not_held, planned cancel cancelled",
    "substitution": """
        registered confirm confirmed, registered withdraw withdrawn, confirmed withdraw withdrawn""",
    "urgent_change": "in_effect withdraw withdrawn",
    "off_schedule_meeting": """
        entered confirm confirmed, entered reject rejected, entered withdraw withdrawn""",
    "request": """
        received publish published, not_published publish published,
        received keep_unpublished not_published, published keep_unpublished not_published,
        received redirect belongs_elsewhere, published answer answered, not_published answer answered,
        received withdraw withdrawn, published withdraw withdrawn, not_published withdraw withdrawn""",
    "import": """
        uploaded claim reading, reading give_back uploaded, reading finish read, reading fail failed,
        read change uploaded, failed change uploaded, read take taken, uploaded drop dropped,
        reading drop dropped, read drop dropped, failed drop dropped""",
}


def edges_of(name):
    return {tuple(edge.split()) for edge in EDGES[name].split(",")}


def test_every_table_has_its_edges_written_down():
    assert set(EDGES) == set(WORKFLOWS)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_the_table_is_sound(name):
    assert problems_of_workflow(WORKFLOWS[name]) == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_state_and_act_leads_where_the_procedure_says_or_nowhere(name):
    workflow, expected = WORKFLOWS[name], edges_of(name)
    assert workflow.edges() == expected
    acts = {act.name for act in workflow.acts} | {"explode", ""}
    for state in (*workflow.states, "unknown", ""):
        for act in acts:
            targets = [target for source, name_, target in expected if (source, name_) == (state, act)]
            refusal = Problem("act_not_possible", {"workflow": name, "act": act, "state": state})
            assert workflow.target(act, state) == (targets[0] if targets else refusal)
            assert (act in workflow.acts_from(state)) is bool(targets)
            assert (state in workflow.sources_of(act)) is bool(targets)


def test_objects_begin_in_the_first_state_and_end_in_states_without_acts():
    assert (TOPIC_LIST.initial, TOPIC_LIST.final) == ("draft", frozenset())
    assert (CALENDAR.initial, CALENDAR.final) == ("working", frozenset({"superseded", "returned"}))


def test_acts_are_listed_in_the_order_of_the_table():
    assert TOPIC_LIST.acts_from("submitted") == ("recall", "return_", "accept")
    assert TOPIC_LIST.sources_of("submit") == ("draft", "returned")


@pytest.mark.parametrize(
    ("workflow", "codes"),
    [
        (Workflow("w", ("a", "b"), (Act("go", ("a",), "c"), Act("on", ("a",), "b"))), ["unknown_state"]),
        (Workflow("w", ("a", "b"), (Act("go", ("x",), "b"), Act("on", ("a",), "b"))), ["unknown_state"]),
        (Workflow("w", ("a", "a"), ()), ["state_named_twice"]),
        (Workflow("w", ("a", "b"), (Act("go", ("a",), "b"), Act("go", ("a",), "a"))), ["act_named_twice"]),
        (Workflow("w", ("a", "b"), (Act("go", ("b",), "b"),)), ["unreachable_state"]),
        (Workflow("w", ("a", "c", "b"), (Act("x", ("a",), "b"), Act("y", ("b",), "c"))), []),
    ],
)
def test_a_table_that_is_not_sound_is_found(workflow, codes):
    assert [problem.code for problem in problems_of_workflow(workflow)] == codes


@given(st.sampled_from(sorted(WORKFLOWS)), st.lists(st.integers(0, 9), max_size=30))
def test_no_walk_leaves_the_states_of_its_table(name, choices):
    workflow = WORKFLOWS[name]
    state = workflow.initial
    for choice in choices:
        acts = workflow.acts_from(state)
        if not acts:
            assert state in workflow.final
            break
        state = workflow.target(acts[choice % len(acts)], state)
        assert state in workflow.states
