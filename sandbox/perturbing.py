"""The negative control: the same tests, with one expected value changed.

A program that still passes when the expected value is wrong decides its own verdict: it returned
an object that equals everything, read the expected value from the stack, or wrote the result
itself. The change keeps type and structure, so that the program cannot tell which run is real.
"""

import ast
import copy
from random import Random
from typing import Any

from clr.sandbox.lifting import parse

_EQUALITIES = {"assertEqual", "assertEquals", "assertListEqual", "assertDictEqual"}


def controls(test: str, random: Random, count: int) -> list[str]:
    """`count` copies of a test program, each wrong in one expected value.

    Only assertions that surely run are changed: those at the top level, or directly in a function
    or method that the test file calls by convention (``check``, ``test*``). Empty if there is none.
    """
    tree = parse(test)
    places = [index for index, node in enumerate(_certain(tree)) if _expected(node) is not None]
    if not places:
        return []
    random.shuffle(places)
    chosen = [places[index % len(places)] for index in range(count)]
    return [_changed(tree, place, random) for place in chosen]


def _certain(tree: ast.Module) -> list[ast.stmt]:
    """Statements that run whenever the test file does, in a fixed order."""
    found: list[ast.stmt] = []
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        statement = waiting.pop(0)
        found.append(statement)
        called = isinstance(statement, ast.FunctionDef) and statement.name.startswith(
            ("check", "test")
        )
        if called or isinstance(statement, ast.ClassDef):
            assert isinstance(statement, ast.FunctionDef | ast.ClassDef)
            waiting.extend(statement.body)
    return found


def _expected(statement: ast.stmt) -> ast.expr | None:
    """The literal in an assertion that must equal something, if it has a value to change."""
    match statement:
        case ast.Assert(ast.Compare(left, [ast.Eq()], [right])):
            sides = [right, left]
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("self"), name), [left, right, *_])) if (
            name in _EQUALITIES
        ):
            sides = [right, left]
        case _:
            return None
    return next((side for side in sides if _value(side) is not None), None)


def _value(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None


def _changed(tree: ast.Module, place: int, random: Random) -> str:
    tree = copy.deepcopy(tree)
    literal = _expected(_certain(tree)[place])
    assert literal is not None
    wrong = ast.parse(repr(perturbed(_value(literal), random)), mode="eval").body
    for node in ast.walk(tree):
        for name, child in ast.iter_fields(node):
            if child is literal:
                setattr(node, name, wrong)
            elif isinstance(child, list) and literal in child:
                child[child.index(literal)] = wrong
    return ast.unparse(ast.fix_missing_locations(tree))


def perturbed(value: Any, random: Random) -> Any:
    """A different value of the same type, and of the same structure where that is possible."""
    match value:
        case bool():
            return not value
        case int():
            return value + random.choice([-3, -2, -1, 1, 2, 3])
        case float():
            return value + random.choice([-1, 1]) * (1.0 + random.random() + abs(value) / 8)
        case complex():
            return value + 1 + random.random()
        case str() if value:
            at = random.randrange(len(value))
            other = random.choice([c for c in "abcdefghij0123456789" if c != value[at]])
            return value[:at] + other + value[at + 1 :]
        case str():
            return random.choice("abcdefghij")
        case bytes():
            return value + b"a"
        case list() | tuple() if value:
            at = random.randrange(len(value))
            items = list(value)
            items[at] = perturbed(items[at], random)
            return type(value)(items)
        case list() | tuple():
            return type(value)([random.randrange(10)])
        case dict() if value:
            key = random.choice(list(value))
            return {**value, key: perturbed(value[key], random)}
        case dict():
            return {random.randrange(10): random.randrange(10)}
        case set():
            return value ^ {random.choice([n for n in range(1000, 1100) if n not in value])}
    return random.randrange(10)  # None
