"""Claims about programs, checked by running them in the sandbox.

Every program runs twice, with other seeds of its hashes and random numbers: where the two differ,
nothing is said. What depends on the machine, the clock or the input is left alone. A claim is
refuted only if it is false of every program that may be meant, in every reading of its value.
"""

from __future__ import annotations

import ast
import builtins
import functools
import os
import re

from clr.bodies.execution import COUNTER, Execution, LoopRuns, Prints, Raises, Returns, Value
from clr.claim import Evidence, Verdict, refuted, undecided, unverifiable, verified
from clr.sandbox.opening import SandboxUnavailable, default_box
from clr.sandbox.program import (
    Ending,
    Limits,
    LoadError,
    Opaque,
    Outcome,
    ProtocolViolation,
    Raised,
    Returned,
    Stopped,
)
from clr.sandbox.slots import Box, SandboxFailure

CHECKER = "execution"
LIMITS = Limits(wall=2.0, memory=256 << 20, output=1 << 16, result=1 << 16)
MAX_SHOWN = 200
"""Characters of a value in the evidence."""

_PURE = frozenset(
    "abc bisect cmath collections copy dataclasses decimal enum fractions functools heapq "
    "itertools math numbers operator random re statistics string textwrap typing json".split()
)
_IMPURE = re.compile(
    r"\b(?:input|open|id|hash|globals|locals|vars|dir|exec|eval|compile|breakpoint|help|memoryview"
    r"|__\w*(?:file|builtins|loader|spec)\w*__)\s*\(|\b__import__\b|\b(?:stdin|argv|environ)\b"
)
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+(?P<names>[^\n#]+)", re.M)
_UNTOLD = frozenset(
    "NameError ImportError ModuleNotFoundError MemoryError RecursionError EOFError OSError "
    "PermissionError FileNotFoundError SyntaxError IndentationError SystemExit SystemError "
    "KeyboardInterrupt UnboundLocalError TimeoutError".split()
)
_MARK = "\x1e\x1f"


class _Abstain(Exception):
    """What the program does cannot be told from running it here; the message says why."""


class _OutOfTime(Exception):
    """The program did not end in its time."""


def check_execution(body: Execution) -> Verdict:
    """The verdict on what is said of a program; unverifiable where there is no sandbox."""
    try:
        return _check(body)
    except _OutOfTime:
        return undecided(CHECKER, f"the program did not end within {LIMITS.wall:g} s")
    except _Abstain as reason:
        return unverifiable(CHECKER, str(reason))


def _check(body: Execution) -> Verdict:
    found = [_holds(body, code) for code in body.programs]
    held = {holds for holds, _ in found}
    actual = found[-1][1]
    if held == {True}:
        return verified(CHECKER, f"running it gives {actual}")
    if held == {False}:
        return refuted(CHECKER, Evidence(f"running it gives {actual}", expected=actual))
    return unverifiable(CHECKER, f"running it gives {actual}, which may be what is meant")


def _holds(body: Execution, code: str) -> tuple[bool | None, str]:
    """Whether the claim holds of one program, None where it may, and what the program does."""
    match body:
        case Returns(_, expression, value):
            return _returns(code, expression, value)
        case Raises(_, expression, error):
            return _raises(code, expression, error)
        case Prints(_, statement, text, verbatim):
            return _prints(code, statement, text, verbatim)
        case LoopRuns(_, call, count, breaks):
            return _rounds(code, call, count, breaks)


def _returns(code: str, expression: str, value: Value) -> tuple[bool | None, str]:
    outcome = _outcome(code, expression)
    if isinstance(outcome, Raised):
        return (False if value.firm else None), f"{outcome.error}: {outcome.message}"[:MAX_SHOWN]
    actual = outcome.value
    if actual is None and ast.literal_eval(value.readings[0]) is not None:
        printed = _output(code, expression)
        if printed.strip():
            return _same_text(printed, value.text.strip("`"), False), _shown(printed)
    readings = [ast.literal_eval(reading) for reading in value.readings]
    shown = _shown(actual)
    if same(actual, readings[0]):
        return True, shown
    alike = any(resembles(actual, reading) for reading in readings)
    return (None if alike or not value.firm else False), shown


def _raises(code: str, expression: str, error: str) -> tuple[bool | None, str]:
    outcome = _outcome(code, expression)
    if isinstance(outcome, Returned):
        return False, _shown(outcome.value)
    related = outcome.error == error or _is_kind_of(outcome.error, error)
    return related, outcome.error


def _is_kind_of(name: str, other: str) -> bool | None:
    """Whether an exception of class `name` is one of class `other`: KeyError is a LookupError.

    None for a class that is not built in, and for a subclass of what was raised.
    """
    raised, stated = (getattr(builtins, which, None) for which in (name, other))
    if not (isinstance(raised, type) and isinstance(stated, type)):
        return None
    if issubclass(raised, stated):
        return True
    return None if issubclass(stated, raised) else False


def _prints(code: str, statement: str | None, text: str, verbatim: bool) -> tuple[bool | None, str]:
    printed = _output(code, statement)
    if not printed.strip() and text.strip():
        raise _Abstain("the program prints nothing by itself")
    return _same_text(printed, text, verbatim), _shown(printed.rstrip("\n"))


def _rounds(code: str, expression: str | None, count: int, breaks: bool) -> tuple[bool | None, str]:
    counted = f"len({COUNTER})" if expression is None else f"({expression}, len({COUNTER}))[1]"
    outcome = _outcome(code, counted)
    if isinstance(outcome, Raised):
        raise _Abstain(f"the program raises {outcome.error}")
    actual = outcome.value
    shown = f"{actual} rounds"
    if actual == count:
        return True, shown
    return (None if breaks and actual == count + 1 else False), shown


def same(actual: object, stated: object) -> bool:
    """Whether a value is the stated one: Python's equality, but True is not 1."""
    if isinstance(actual, bool) != isinstance(stated, bool):
        return False
    try:
        return bool(actual == stated)
    except RecursionError:
        return False


def resembles(actual: object, stated: object) -> bool:
    """Whether the stated value may be a loose way to write `actual`: another kind of bracket or
    quotes, true for what counts as true, or a rounded number."""
    if isinstance(stated, bool) and bool(actual) == stated:
        return True
    if isinstance(actual, int | float) and isinstance(stated, int | float):
        return actual == stated or _rounded(float(actual), stated)
    return _plain(actual) == _plain(stated)


def _rounded(actual: float, stated: float) -> bool:
    digits = len(repr(stated).partition(".")[2]) if isinstance(stated, float) else 0
    return isinstance(actual, float) and abs(actual - stated) < 10.0**-digits and actual % 1 != 0


_PLAIN = str.maketrans("({})", "[[]]", " \t\n'\"\\`")


def _plain(value: object) -> str:
    if isinstance(value, set | frozenset):
        value = sorted(value, key=repr)
    if isinstance(value, dict):
        value = dict(sorted(value.items(), key=repr))
    form = repr(value).translate(_PLAIN).lower().replace("set[]", "[]").replace(",]", "]")
    return re.sub(r"(\d)\.0(?!\d)", r"\1", form)


def _same_text(printed: str, text: str, verbatim: bool) -> bool | None:
    """Whether `text` states what was printed; None where it may be a loose or partial statement."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    if lines == [line.rstrip() for line in text.strip("\n").splitlines()]:
        return True
    loose = re.sub(r"[\s,'\"`\\]+", " ", printed).strip().lower()
    stated = re.sub(r"[\s,'\"`\\]+", " ", text).strip().lower()
    if not verbatim and "\n" not in text and " ".join(printed.split()) == " ".join(text.split()):
        return True
    within = f" {stated} " in f" {loose} " or stated.replace(" ", "") == loose.replace(" ", "")
    return None if within or not stated else False


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def _outcome(code: str, expression: str) -> Returned | Raised:
    """What an expression comes to after a program, the same in two runs."""
    first = _told(_run(code, expression, 0))
    second = _told(_run(code, expression, 1))
    if type(first) is not type(second) or repr(_sorted(first)) != repr(_sorted(second)):
        raise _Abstain("two runs of the program differ")
    return first


def _told(outcome: Outcome) -> Returned | Raised:
    """An outcome that is the program's own doing."""
    match outcome:
        case Stopped(Ending.TIMEOUT):
            raise _OutOfTime
        case Stopped(ending):
            raise _Abstain(f"the program was ended: {ending}")
        case Opaque(kind):
            raise _Abstain(f"the value is no plain data but a {kind}")
        case Raised(error, message) if error in _UNTOLD:
            raise _Abstain(f"running it here raises {error}: {message}"[:MAX_SHOWN])
    return outcome


def _sorted(outcome: Returned | Raised) -> object:
    """An outcome in a form that does not depend on the order of a set."""
    if isinstance(outcome, Raised):
        return outcome.error
    value = outcome.value
    return sorted(value, key=repr) if isinstance(value, set | frozenset) else value


def _output(code: str, statement: str | None) -> str:
    """What a statement prints after a program, or the program itself; the same in two runs."""
    first = _printed(code, statement, 0)
    if first != _printed(code, statement, 1):
        raise _Abstain("two runs of the program differ")
    return first


@functools.lru_cache(maxsize=1024)
def _run(code: str, expression: str, seed: int) -> Outcome:
    box = _box(code + "\n" + expression, seed)
    try:
        return box.evaluate(_prepared(code), expression, limits=LIMITS, seed=seed)
    except LoadError as error:
        raise _Abstain(f"the program does not load: {error}"[:MAX_SHOWN]) from None
    except ProtocolViolation as error:
        raise _Abstain(f"the program meddled with its results: {error}") from None
    except SandboxFailure as error:
        raise _Abstain(f"the sandbox failed: {error}") from None


@functools.lru_cache(maxsize=256)
def _printed(code: str, statement: str | None, seed: int) -> str:
    box = _box(code + "\n" + (statement or ""), seed)
    text = _prepared(code)
    if statement is not None:
        text += f"\nprint({_MARK!r})\n{statement}\n"
    try:
        run = box.run(text, limits=LIMITS, seed=seed)
    except SandboxFailure as error:
        raise _Abstain(f"the sandbox failed: {error}") from None
    if run.ending is Ending.TIMEOUT:
        raise _OutOfTime
    if run.ending is not Ending.EXITED or run.exit_code:
        last = run.stderr.strip().splitlines()[-1:] or [str(run.ending)]
        raise _Abstain(f"the program ends with {last[0]}"[:MAX_SHOWN])
    return run.stdout.partition(_MARK + "\n")[2] if statement is not None else run.stdout


def _prepared(code: str) -> str:
    """The program, with the names of `typing` that snippets use without importing them."""
    if "from __future__" in code or not re.search(r":[ ]*[A-Z]\w+\[|->[ ]*[A-Z]", code):
        return code
    return "from typing import *\n" + code


def _box(code: str, seed: int) -> Box:
    """The sandbox with this hash seed. Raises `_Abstain` for programs that are not to be run."""
    impure = _IMPURE.search(code.replace("__import__('sys').displayhook(", ""))
    imported = {
        name.split(".")[0].strip()
        for found in _IMPORT.finditer(code)
        for name in re.split(r"[ \t]import\b|,|[ \t]as[ \t]", found["names"])[:1]
    }
    if impure or not imported <= _PURE:
        foreign = impure.group().strip(" (") if impure else min(imported - _PURE)
        raise _Abstain(f"what the program does depends on more than its text: {foreign}")
    box = _opened(os.getpid(), seed)
    if isinstance(box, str):
        raise _Abstain(box)
    return box


@functools.cache
def _opened(process: int, hash_seed: int) -> Box | str:
    """A box of this process, or why there is none; that is asked once."""
    try:
        return default_box(hash_seed)
    except (SandboxUnavailable, OSError) as error:
        return f"no sandbox: {error}"


def forget() -> None:
    """Forget outcomes, and whether there is a sandbox: ask again at the next claim."""
    for remembered in (_run, _printed, _opened):
        remembered.cache_clear()
