"""Small changes to source code that a good test must notice.

`mutants(source)` gives every mutant of a module, one change in each: boundaries, negations,
constants moved by one, arithmetic turned round, results emptied, calls left out, and elements
taken out of sets. `grants(source, …)` gives the mutants that hand a role one permission more.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Both the boundary and the opposite: "<" becomes "<=" and ">=".
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}
EMPTY = {"list": "[]", "str": "''", "tuple": "()", "dict": "{}", "frozenset": "frozenset()"}


@dataclass(frozen=True)
class Mutant:
    """One changed module: where, what became what, and its syntax tree."""

    line: int
    change: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the source, in the order of its lines."""
    tree = ast.parse(source)
    found = [
        (place, line, change, replacement)
        for place, node, line in _expressions(tree)
        for change, replacement in _changes(node)
    ]
    for place, line, change, replacement in sorted(found, key=lambda one: one[1]):
        yield Mutant(line, change, _with(tree, place, replacement))


def _with(tree: ast.Module, place: int, replacement: ast.AST) -> ast.Module:
    """A copy of the tree in which the node at the place (in the order of a walk) is replaced."""
    changed = copy.deepcopy(tree)
    node = list(ast.walk(changed))[place]
    for parent in ast.walk(changed):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, replacement)
            elif isinstance(value, list):
                setattr(parent, name, [replacement if item is node else item for item in value])
    return ast.fix_missing_locations(changed)


def _expressions(tree: ast.Module) -> Iterator[tuple[int, ast.AST, int]]:
    """Nodes worth changing with their place and line: no annotations, decorators, imports, names."""
    left_out = {
        id(inner) for node in ast.walk(tree) for outer in _untouched(node) for inner in ast.walk(outer)
    }
    functions = _functions_of_returns(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left_out or not hasattr(node, "lineno"):
            continue
        if isinstance(node, ast.Return):
            node.function = functions[id(node)]  # type: ignore[attr-defined]
        yield place, node, node.lineno


def _untouched(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield from node.decorator_list
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node  # a docstring
    if isinstance(node, ast.Assign) and any(ast.unparse(target) == "__all__" for target in node.targets):
        yield node


def _functions_of_returns(tree: ast.Module) -> dict[int, ast.FunctionDef]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {id(node): function for function in functions for node in ast.walk(function)}


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for replacement in REPLACEMENTS.get(type(node), _left_alone)(node):
        yield f"{_shown(node)} → {_shown(replacement)}", replacement


def _shown(node: ast.AST) -> str:
    """The source of the node; of a condition only the test."""
    text = f"if {ast.unparse(node.test)}" if isinstance(node, ast.If) else ast.unparse(node)
    return " ".join(text.split())


def _left_alone(_node: ast.AST) -> Iterator[ast.AST]:
    return iter(())


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _unsigned(node: ast.UnaryOp) -> Iterator[ast.AST]:
    yield node.operand


def _swapped(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES:
        yield ast.Name(NAMES[node.id], node.ctx)


def _dropped(node: ast.AugAssign | ast.Expr) -> Iterator[ast.AST]:
    """A statement that changes something, left out."""
    if isinstance(node, ast.AugAssign) or isinstance(node.value, ast.Call):
        yield ast.Pass()


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            operators = [*node.ops[:index], other(), *node.ops[index + 1 :]]
            yield ast.Compare(node.left, operators, node.comparators)


def _calculated(node: ast.BinOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.BitOr | ast.BitAnd):
        yield node.left
        yield node.right
    elif type(node.op) in ARITHMETIC:
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node.value, str):
        yield ast.Constant(f"{node.value}*")


def _negated(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    """The condition turned round; a condition that is only `not …` is turned round elsewhere."""
    if isinstance(node.test, ast.UnaryOp | ast.Compare) and not _is_chain(node.test):
        return
    changed = copy.copy(node)
    changed.test = ast.UnaryOp(ast.Not(), node.test)
    yield changed


def _is_chain(test: ast.expr) -> bool:
    return isinstance(test, ast.Compare) and len(test.ops) > 1


def _emptied(node: ast.Return) -> Iterator[ast.AST]:
    """Return nothing, or for a truth value its opposite."""
    if node.value is None:
        return
    annotation = node.function.returns  # type: ignore[attr-defined]
    kind = ast.unparse(annotation).partition("[")[0] if annotation else ""
    if kind == "bool":
        # Constants, comparisons and negations turned round already say the opposite.
        if not isinstance(node.value, ast.Constant | ast.Compare | ast.UnaryOp) or _is_chain(node.value):
            yield ast.Return(ast.UnaryOp(ast.Not(), node.value))
        return
    empty = ast.parse(EMPTY.get(kind, "None"), mode="eval").body
    if ast.unparse(empty) != ast.unparse(node.value):
        yield ast.Return(empty)


def _shortened(node: ast.Set) -> Iterator[ast.AST]:
    """The set without one of its elements; the last one leaves an empty set."""
    for index in range(len(node.elts)):
        rest = [*node.elts[:index], *node.elts[index + 1 :]]
        yield ast.Set(rest) if rest else ast.parse("frozenset()", mode="eval").body


REPLACEMENTS: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _unsigned,
    ast.BinOp: _calculated,
    ast.Constant: _constants,
    ast.If: _negated,
    ast.IfExp: _negated,
    ast.Return: _emptied,
    ast.Set: _shortened,
    ast.Name: _swapped,
    ast.AugAssign: _dropped,
    ast.Expr: _dropped,
}


def grants(source: str, table: str, members: str, held: dict[str, set[str]]) -> Iterator[Mutant]:
    """Mutants that add to one row of the dictionary `table` one element of the enum `members`.

    held: name of the key → names of the elements that its row has already.
    """
    tree = ast.parse(source)
    names = [
        name
        for cls in tree.body
        if isinstance(cls, ast.ClassDef) and cls.name == members
        for name in _names(cls)
    ]
    [rows] = [node for node in ast.walk(tree) if isinstance(node, ast.Dict) and _is_table(tree, node, table)]
    places = {id(node): place for place, node in enumerate(ast.walk(tree))}
    for key, value in zip(rows.keys, rows.values, strict=True):
        row = ast.unparse(key).rpartition(".")[2] if key else ""
        for name in names:
            if name not in held[row]:
                extra = ast.parse(f"frozenset({{{members}.{name}}})", mode="eval").body
                changed = _with(tree, places[id(value)], ast.BinOp(value, ast.BitOr(), extra))
                yield Mutant(value.lineno, f"{row} is given {name}", changed)


def _names(cls: ast.ClassDef) -> list[str]:
    return [ast.unparse(line.targets[0]) for line in cls.body if isinstance(line, ast.Assign)]


def _is_table(tree: ast.Module, rows: ast.Dict, table: str) -> bool:
    for statement in tree.body:
        targets = (
            statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        )
        if any(isinstance(target, ast.Name) and target.id == table for target in targets):
            return any(node is rows for node in ast.walk(statement))
    return False
