"""Problems and steps are values: comparable, hashable, read-only, copyable."""

import copy
import pickle

import pytest

from procedure.problems import Problem, Step


def test_problems_with_equal_parts_are_equal_and_hash_alike():
    one, same = (Problem("too_long", {"limit": 3}, "title") for _ in range(2))
    assert one == same
    assert len({one, same, Problem("too_long", {"limit": 3}, "text"), Step("too_long")}) == 3


def test_a_problem_differs_by_its_parameters():
    assert Problem("too_long", {"limit": 3}) != Problem("too_long", {"limit": 4})


@pytest.mark.parametrize("value", [Problem("a", {"days": [1, 2]}, "x"), Step("a", {"days": [1, 2]})])
def test_problems_and_steps_are_read_only_and_can_be_copied(value):
    with pytest.raises(TypeError):
        value.params["days"] = []
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    assert copy.deepcopy(value) == value
    assert hash(copy.copy(value)) == hash(value)


def test_a_problem_does_not_follow_changes_of_the_mapping_it_was_made_from():
    params = {"limit": 3}
    problem = Problem("too_long", params)
    params["limit"] = 4
    assert problem.params == {"limit": 3}
