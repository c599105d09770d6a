"""Step-by-step traces whose correctness is known, made from nothing.

A problem is a chain of sums and differences. Its trace computes one operation a line, and ends
with `Answer: n`. A corrupted version has one wrong step, from which the rest follows; a guess has
no steps at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MadeTrace:
    """A problem, a completion for it, and the correct answer.

    `first_error` is the index of the first wrong line of the completion, None if all are right.
    """

    prompt: str
    completion: str
    answer: str
    first_error: int | None = None


def generate(
    count: int,
    *,
    seed: int,
    terms: Sequence[int] = (2, 3, 4),
    largest: int = 9,
    guessed: float = 0.0,
    corrupted: float = 0.0,
) -> Iterator[MadeTrace]:
    """`count` traces; shares `guessed` and `corrupted` of them are flawed. Problems may recur.

    No value along a chain is negative.

    Raises:
        ValueError: shares outside [0, 1], chains of fewer than two terms, or numbers below 1.
    """
    if guessed < 0 or corrupted < 0 or guessed + corrupted > 1:
        raise ValueError("guessed and corrupted are shares: each >= 0, together <= 1")
    if not terms or min(terms) < 2 or largest < 1:
        raise ValueError("a chain has at least two terms, each from 1 to largest >= 1")
    rng = random.Random(seed)
    for _ in range(count):
        numbers, operators = _problem(rng, rng.choice(list(terms)), largest)
        style = rng.random()
        if style < guessed:
            yield _guess(numbers, operators, rng, largest)
        else:
            yield chain(numbers, operators, rng if style < guessed + corrupted else None)


def _problem(rng: random.Random, terms: int, largest: int) -> tuple[list[int], list[str]]:
    numbers = [rng.randint(1, largest)]
    operators = []
    value = numbers[0]
    for _ in range(terms - 1):
        operators.append(rng.choice("+-") if value else "+")
        numbers.append(rng.randint(1, largest if operators[-1] == "+" else min(value, largest)))
        value += numbers[-1] if operators[-1] == "+" else -numbers[-1]
    return numbers, operators


def chain(
    numbers: Sequence[int], operators: Sequence[str], corrupt: random.Random | None = None
) -> MadeTrace:
    """The trace of `numbers` joined by `operators` ("+" or "-"); `corrupt` picks a wrong step."""
    wrong = None if corrupt is None else corrupt.randrange(len(operators))
    value = true = numbers[0]
    lines = []
    for index, (operator, number) in enumerate(zip(operators, numbers[1:], strict=True)):
        signed = number if operator == "+" else -number
        true += signed
        result = value + signed
        if corrupt is not None and index == wrong:
            result += corrupt.choice([-10, -2, -1, 1, 2, 10])
        lines.append(f"{value} {operator} {number} = {result}")
        value = result
    completion = "\n".join([*lines, f"Answer: {value}"])
    return MadeTrace(_prompt(numbers, operators), completion, str(true), wrong)


def _guess(
    numbers: Sequence[int], operators: Sequence[str], rng: random.Random, largest: int
) -> MadeTrace:
    exact = chain(numbers, operators)
    guess = str(rng.randint(0, 2 * largest))
    return MadeTrace(
        exact.prompt, f"Answer: {guess}", exact.answer, None if guess == exact.answer else 0
    )


def _prompt(numbers: Sequence[int], operators: Sequence[str]) -> str:
    rest = "".join(f" {o} {n}" for o, n in zip(operators, numbers[1:], strict=True))
    return f"Compute {numbers[0]}{rest}.\n"
