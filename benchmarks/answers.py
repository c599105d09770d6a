"""Grading answers: pairs that say the same and pairs that nearly do, by CLR and by math-verify.

`answer_pairs.tsv` holds on each line whether two answers are the same, what was said, and the
reference; about half are near misses. They were written for this benchmark; failures that users of
graders report are among them, such as numbers beyond floating point, rounding, and intervals that
differ in a bracket. One convention may be disputed: a percentage is also the number before the
sign, since problems ask for it either way.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from importlib.resources import files

import msgspec

from clr.verifiers.answer import equivalent
from clr.verifiers.answer_forms import form_of

Judge = Callable[[str, str], bool | None]


class Pair(msgspec.Struct, frozen=True):
    """A reference, what a model says, and whether it means the same."""

    reference: str
    said: str
    same: bool


class Score(msgspec.Struct, frozen=True):
    """Mistakes of one grader, shares in percent of the pairs of their kind."""

    grader: str
    pairs: int
    wrong_accepts: list[Pair]
    wrong_rejects: list[Pair]
    per_second: float


def pairs() -> list[Pair]:
    """All pairs."""
    text = (files("clr.benchmarks") / "answer_pairs.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return [Pair(reference, said, same == "yes") for same, said, reference in rows]


def score(grader: str, judge: Judge, asked: list[Pair]) -> Score:
    """What `judge`, given what was said and the reference, makes of the pairs, and how fast."""
    start = time.perf_counter()
    found = [judge(pair.said, pair.reference) for pair in asked]
    spent = time.perf_counter() - start
    judged = list(zip(asked, found, strict=True))
    return Score(
        grader,
        len(asked),
        [pair for pair, same in judged if same and not pair.same],
        [pair for pair, same in judged if pair.same and not same],
        len(asked) / spent,
    )


def main() -> list[Score]:
    """Scores of CLR and, where it is installed, of math-verify, in one run."""
    asked = pairs()
    form_of("1/2")  # loads what is loaded once
    scores = [score("CLR", equivalent, asked)]
    theirs = _math_verify()
    if theirs is not None:
        scores.append(score("math-verify", theirs, asked))
    return scores


def _math_verify() -> Judge | None:
    try:
        from math_verify import parse, verify
    except ImportError:
        return None
    logging.getLogger("math_verify").setLevel(logging.CRITICAL)  # it tells of its timeouts

    def judge(said: str, reference: str) -> bool | None:
        gold = parse(f"${reference}$")
        answer = parse(f"${said}$")
        return bool(verify(gold, answer))

    judge("1", "1")
    return judge
