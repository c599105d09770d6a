"""Read test programs: lift plain assertions to calls and expected values, find what they need.

``assert f(2) == 4`` says all that a grader needs to know; once lifted, the expected value never
goes near the program under test.
"""

import ast
import builtins
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clr.sandbox.program import Call
from clr.sandbox.values import Plain


@dataclass(frozen=True)
class Truth:
    """An expected value of which only the truth is known, as in ``assert f(3)``."""

    holds: bool


@dataclass(frozen=True)
class FunctionTest:
    """A call and what it should return, up to an absolute `tolerance` for numbers."""

    call: Call
    expected: Plain | Truth
    tolerance: float = 0.0


def parse(test: str) -> ast.Module:
    """The syntax tree of a test program. Raises `ValueError` if it has none."""
    try:
        return ast.parse(test)
    except (SyntaxError, RecursionError, MemoryError) as error:
        raise ValueError(f"the test is not a Python program: {error}") from None


def lift(test: str, entry_point: str | None = None) -> list[FunctionTest] | None:
    """The tests that a program consists of, if it consists of plain assertions only; else `None`.

    An assertion is plain if it compares one call, with literal arguments, of one function, with a
    literal: ``f(x) == y``, ``f(x)``, ``not f(x)``, ``f(x) is None``, ``abs(f(x) - y) < t``. They
    may stand at the top level or in ``def check(candidate)``, where `candidate` is `entry_point`.
    """
    tests: list[FunctionTest] = []
    for statement in parse(test).body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "check" and entry_point:
            body, candidate = statement.body, _only_parameter(statement)
        else:
            body, candidate = [statement], None
        for inner in body:
            if _says_nothing(inner):
                continue
            lifted = _lift_assertion(inner)
            if lifted is None:
                return None
            if candidate is not None and lifted.call.function == candidate:
                call = Call(entry_point or "", lifted.call.arguments, lifted.call.keywords)
                lifted = FunctionTest(call, lifted.expected, lifted.tolerance)
            tests.append(lifted)
    return tests


def _only_parameter(function: ast.FunctionDef) -> str | None:
    return function.args.args[0].arg if len(function.args.args) == 1 else None


def _says_nothing(statement: ast.stmt) -> bool:
    """Whether it may be left out: imports, docstrings, constants such as METADATA, assert True."""
    if isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass):
        return True
    if isinstance(statement, ast.Expr | ast.Assert):
        value = statement.value if isinstance(statement, ast.Expr) else statement.test
        return isinstance(value, ast.Constant) and bool(value.value)
    if isinstance(statement, ast.Assign):
        return _is_literal(statement.value)
    return False


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return False
    return True


def _lift_assertion(statement: ast.stmt) -> FunctionTest | None:
    if not isinstance(statement, ast.Assert):
        return None
    match statement.test:
        case ast.Call() as call:
            return _test_of(call, Truth(True))
        case ast.UnaryOp(ast.Not(), ast.Call() as call):
            return _test_of(call, Truth(False))
        case ast.Compare(left, [ast.Eq()], [right]):
            return _test_against(left, right)
        case ast.Compare(ast.Call() as call, [ast.Is()], [ast.Constant(None)]):
            return _test_of(call, None)
        case ast.Compare(
            ast.Call(ast.Name("abs"), [ast.BinOp(left, ast.Sub(), right)], []),
            [ast.Lt() | ast.LtE()],
            [ast.Constant(float() | int() as tolerance)],
        ):
            return _test_against(left, right, tolerance)
    return None


def _test_against(left: ast.expr, right: ast.expr, tolerance: float = 0) -> FunctionTest | None:
    call, literal = (left, right) if isinstance(left, ast.Call) else (right, left)
    if not isinstance(call, ast.Call) or not _is_literal(literal):
        return None
    return _test_of(call, ast.literal_eval(literal), tolerance)


def _test_of(node: ast.Call, expected: object, tolerance: float = 0.0) -> FunctionTest | None:
    if not isinstance(node.func, ast.Name) or node.func.id in vars(builtins):
        return None
    if not all(_is_literal(argument) for argument in node.args):
        return None
    keywords: dict[str, Plain] = {}
    for keyword in node.keywords:
        if keyword.arg is None or not _is_literal(keyword.value):
            return None
        keywords[keyword.arg] = ast.literal_eval(keyword.value)
    arguments = [ast.literal_eval(argument) for argument in node.args]
    return FunctionTest(Call(node.func.id, arguments, keywords), expected, tolerance)


def foreign_names(tests: Sequence[str]) -> list[str]:
    """Names that test programs use but nowhere bind: those of the program under test."""
    used: dict[str, None] = {}
    bound = set(vars(builtins))
    for test in tests:
        for node in ast.walk(parse(test)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                used[node.id] = None
            else:
                bound.update(_binds(node))
    return [name for name in used if name not in bound]


def _binds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(name, ast.Store()):
            yield name
        case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
            yield name
        case ast.arg(name):
            yield name
        case ast.alias(name, None):
            yield name.partition(".")[0]
        case ast.alias(_, str(name)) | ast.ExceptHandler(_, str(name)):
            yield name


_RUN_UNITTESTS = """
import sys, unittest
_suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
_outcome = unittest.TextTestRunner(stream=sys.stderr).run(_suite)
assert _outcome.testsRun and _outcome.wasSuccessful()
"""


def runnable(test: str, entry_point: str | None) -> str:
    """The program that runs a test file: it calls ``check``, ``test_*`` functions and unittests."""
    lines = [test]
    for statement in parse(test).body:
        match statement:
            case ast.FunctionDef("check", args) if entry_point and len(args.args) == 1:
                lines.append(f"check({entry_point})")
            case ast.FunctionDef(name, args) if name.startswith("test") and not args.args:
                lines.append(f"{name}()")
            case ast.ClassDef(bases=bases) if any("TestCase" in ast.unparse(b) for b in bases):
                if _RUN_UNITTESTS not in lines:
                    lines.append(_RUN_UNITTESTS)
    return "\n".join(lines)
