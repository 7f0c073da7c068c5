"""The changes that `make mutation` makes: each kind is made, and a weak test lets some live."""

import ast

import pytest

from tests.strength.mutation import TARGETS
from tests.strength.mutators import grants, mutants

RULE = '''
def late(day: int, last: int = 10) -> bool:
    """Whether the day is late."""
    return day > last and not day == 0
'''


def changes(source):
    return [mutant.change for mutant in mutants(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a < b → a <= b", "a < b → a >= b"]),
        ("a == b", ["a == b → a != b"]),
        ("a in b", ["a in b → a not in b"]),
        ("a is None", ["a is None → a is not None"]),
        ("a and b", ["a and b → a or b"]),
        ("not a", ["not a → a"]),
        ("x = 1", ["1 → 2", "1 → 0"]),
        ("x = True", ["True → False"]),
        ("x = 'a'", ["'a' → 'a*'"]),
        ("a + b", ["a + b → a - b"]),
        ("a | b", ["a | b → a", "a | b → b"]),
        ("x = max(a)", ["max → min"]),
        ("x = {a, b}", ["{a, b} → {b}", "{a, b} → {a}"]),
        ("x = {a}", ["{a} → frozenset()"]),
        ("note(a)", ["note(a) → pass"]),
        ("a += b", ["a += b → pass"]),
        ("def f() -> list[int]:\n return a", ["return a → return []"]),
        ("def f() -> str:\n return a", ["return a → return ''"]),
        ("def f():\n return a", ["return a → return None"]),
        ("def f() -> bool:\n return a", ["return a → return not a"]),
        ("if a:\n b", ["if a → if not a"]),
        ("x = a if b else c", ["a if b else c → a if not b else c"]),
        # nothing that people would call a rule
        ("'''A docstring.'''", []),
        ("__all__ = ['a']", []),
        ("def f(a: 1) -> 2: pass", []),
    ],
)
def test_each_kind_of_change_is_made(source, expected):
    assert changes(source) == expected


def survivors(check):
    """The mutants of RULE that the check does not notice."""
    left = []
    for mutant in mutants(RULE):
        namespace = {}
        exec(compile(mutant.tree, "rule", "exec"), namespace)  # noqa: S102 - our own source
        if check(namespace["late"]):
            left.append(mutant.change)
    return left


def test_a_test_of_every_edge_notices_every_change():
    assert (
        survivors(
            lambda late: [late(n) for n in (0, 9, 10, 11)] == [False, False, False, True] and not late(0, -1)
        )
        == []
    )


def test_a_test_that_misses_the_edge_is_caught():
    assert survivors(lambda late: late(20) and not late(5) and not late(0, -1)) == [
        "10 → 11",
        "10 → 9",
        "day > last → day >= last",
    ]


TABLE = """
class P:
    READ = "read"
    WRITE = "write"
ROWS = wrap({Role.A: frozenset({P.READ}), Role.B: frozenset()})
OTHER = {Role.A: 1}
"""


def test_each_permission_that_a_role_lacks_is_granted_once():
    found = list(grants(TABLE, "ROWS", "P", {"A": {"READ"}, "B": set()}))
    assert [mutant.change for mutant in found] == ["A is given WRITE", "B is given READ", "B is given WRITE"]
    assert "Role.A: frozenset({P.READ}) | frozenset({P.WRITE})" in ast.unparse(found[0].tree)


def test_the_targets_and_their_tests_exist():
    from tests.strength.mutation import ROOT

    for target, tests in TARGETS.items():
        assert all((ROOT / path).is_file() for path in (target, *tests))
