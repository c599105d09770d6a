"""A correct solution stays correct in other notation and other layout.

Every rewriting is mechanical and keeps what is said; none of our own solutions may be refuted after
it that was not before.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence

import pytest

import clr
from clr.benchmarks import own_solutions
from clr.claim import Status

Rewriting = Callable[[str], str]


def replaced(*pairs: tuple[str, str]) -> Rewriting:
    def rewrite(text: str) -> str:
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    return rewrite


def substituted(
    pattern: str, new: str | Callable[[re.Match[str]], str], flags: int = 0
) -> Rewriting:
    return lambda text: re.sub(pattern, new, text, flags=flags)


SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ON_THE_LINE = str.maketrans(SUPERSCRIPTS, "0123456789")


NOTATION: dict[str, Rewriting] = {
    "dollars to brackets": substituted(
        r"(?<![\\$])\$(?!\$)([^$\n\d][^$\n]*?)\$(?!\$)", r"\\(\1\\)"
    ),
    "brackets to dollars": substituted(r"\\\((.+?)\\\)", r"$\1$"),
    "displays to dollars": substituted(r"\\\[(.+?)\\\]", r"$$\1$$", re.S),
    "times": replaced(("×", "·"), (r"\times", r"\cdot")),
    "times as x": substituted(r"(?<=\d) ?× ?(?=\d)", " x "),
    "times as a star": replaced(("×", "*"), (r"\times", "*")),
    "division sign": substituted(r"(?<=\d) / (?=\d)", " ÷ "),
    "minus": substituted(r"(?<=\w) - (?=\w)", " − "),
    "superscripts": substituted(r"\^\{?2\}?(?![\d.])", "²"),
    "carets": substituted(
        rf"([{SUPERSCRIPTS}]+)", lambda found: "^" + found[1].translate(_ON_THE_LINE)
    ),
    "big fractions": replaced((r"\frac", r"\dfrac")),
    "roots": substituted(r"√(\d+)", r"sqrt(\1)"),
    "thousands": substituted(r"(?<![\d.,\\{])(\d{1,3})(\d{3})(?![\d.,}])", r"\1,\2"),
    "no thousands": substituted(r"(?<=\d),(?=\d{3}(?!\d))", ""),
    "thin thousands": substituted(r"(?<=\d),(?=\d{3}(?!\d))", "\u202f"),
    "no blanks": substituted(r" ?([=+×·]) ?", r"\1"),
    "wide signs": replaced(("=", "＝"), ("+", "＋")),
    "entities": replaced(("×", "&times;"), ("−", "&minus;"), ("≤", "&le;"), ("<", "&lt;")),
}

LAYOUT: dict[str, Rewriting] = {
    "one line": substituted(r"(?<!\n)\n(?!\n)(?!\s*(?:[-*•|#]|\d+[.)]))", " "),
    "sentences as lines": substituted(r"(?<=[a-z\d)]\.) (?=[A-Z])", "\n"),
    "no emphasis": replaced(("**", ""), ("__", "")),
    "bold results": substituted(r"(?<== )(\$?\d[\d,.]*\d|\d)(?=[.,]?(?:\s|$))", r"**\1**"),
    "italic results": substituted(r"(?<== )(\$?\d[\d,.]*\d|\d)(?=[.,]?(?:\s|$))", r"*\1*"),
    "no full stop": substituted(r"[.]\s*$", ""),
    "colon": substituted(r"\.\s*$", ":"),
    "quotation": lambda text: "> " + text.replace("\n", "\n> "),
    "blanks that do not break": replaced((" ", "\u00a0")),
    "line ends": replaced(("\n", "\r\n")),
    "bullet": lambda text: f"- {text}",
    "tick": lambda text: f"{text} ✓",
    "aside": lambda text: f"Hmm, let me see. {text} Okay.",
}

ARRANGEMENT: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "numbers": lambda steps: [f"{n}. {step}" for n, step in enumerate(steps, 1)],
    "numbers in brackets": lambda steps: [f"({n}) {step}" for n, step in enumerate(steps, 1)],
    "labels": lambda steps: [f"**Step {n}:** {step}" for n, step in enumerate(steps, 1)],
    "labels with a dash": lambda steps: [f"Step {n} - {step}" for n, step in enumerate(steps, 1)],
    "headings": lambda steps: [f"### {n}. Part\n{step}" for n, step in enumerate(steps, 1)],
    "one step": lambda steps: [" ".join(steps)],
    "one step of lines": lambda steps: ["\n".join(steps)],
}

NAMES = ("xt", "nN", "aA", "xR", "kd", "pE", "mL", "sS")
"""An unknown, and what it is called instead where the solution has no such name."""

EVERY = 24
"""The fast test takes so small a part of the pairs of a solution and a rewriting."""


def renamed(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![A-Za-z\\]){old}(?![A-Za-z])", new, text)


def rewritten(
    solution: own_solutions.Solution, name: str
) -> own_solutions.Solution | tuple[str, list[str]] | None:
    """The problem and the steps under one rewriting; None where it changes nothing."""
    problem, steps = solution.problem, list(solution.steps)
    if name in NOTATION:
        defines = re.search(r"\bdefin|\blet\b.{0,20}[*×·]|\boperation", problem, re.I)
        if defines:
            return None  # its signs are its own
        said = [NOTATION[name](step) for step in steps]
        return (NOTATION[name](problem), said) if said != steps else None
    if name in LAYOUT:
        said = [LAYOUT[name](step) for step in steps]
        return (problem, said) if said != steps else None
    if name in ARRANGEMENT:
        return problem, ARRANGEMENT[name](steps)
    old, new = name
    whole = "\n".join((problem, *steps))
    if renamed(whole, old, new) == whole or renamed(whole, new, "") != whole:
        return None
    return renamed(problem, old, new), [renamed(step, old, new) for step in steps]


def refuted(problem: str, steps: Sequence[str]) -> list[str]:
    report = clr.audit(problem=problem, steps=steps)
    return [c.claim.statement for c in report.claims if c.verdict.status is Status.REFUTED]


def alarms(every: int) -> dict[tuple[str, str], list[str]]:
    """What is refuted after a rewriting and was not before, for one of `every` pairs of a correct
    solution and a rewriting."""
    found = {}
    for solution in own_solutions.solutions():
        if solution.label >= 0:
            continue
        for name in (*NOTATION, *LAYOUT, *ARRANGEMENT, *NAMES):
            if zlib.crc32(f"{solution.id} {name}".encode()) % every:
                continue
            pair = rewritten(solution, name)
            claims = refuted(*pair) if pair is not None else []
            if claims and not refuted(solution.problem, solution.steps):
                found[solution.id, name] = claims
    return found


def test_a_sample_of_rewritten_solutions_is_not_refuted() -> None:
    assert not alarms(EVERY)


@pytest.mark.slow
def test_rewritten_solutions_are_not_refuted() -> None:
    assert not alarms(1)
