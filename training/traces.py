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
    terms: Sequence[int] = (2, 3),
    largest: int = 20,
    guessed: float = 0.0,
    corrupted: float = 0.0,
) -> Iterator[MadeTrace]:
    """`count` traces of different problems; shares `guessed` and `corrupted` of them are flawed.

    Fewer come where there are not so many different problems.

    Raises:
        ValueError: shares outside [0, 1], chains of fewer than two terms, or numbers below 1.
    """
    if guessed < 0 or corrupted < 0 or guessed + corrupted > 1:
        raise ValueError("guessed and corrupted are shares: each >= 0, together <= 1")
    if not terms or min(terms) < 2 or largest < 1:
        raise ValueError("a chain has at least two terms, each from 1 to largest >= 1")
    rng = random.Random(seed)
    seen: set[str] = set()
    attempts = 0
    while len(seen) < count and attempts < 20 * count + 1000:
        attempts += 1
        numbers = [rng.randint(1, largest) for _ in range(rng.choice(list(terms)))]
        operators = [rng.choice("+-") for _ in numbers[1:]]
        style = rng.random()
        if style < guessed:
            made = _guess(numbers, operators, rng, largest)
        else:
            made = chain(numbers, operators, rng if style < guessed + corrupted else None)
        if made.prompt in seen or made.answer.startswith("-"):
            continue
        seen.add(made.prompt)
        yield made


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
    guess = str(rng.randint(0, largest))
    return MadeTrace(
        exact.prompt, f"Answer: {guess}", exact.answer, None if guess == exact.answer else 0
    )


def _prompt(numbers: Sequence[int], operators: Sequence[str]) -> str:
    rest = "".join(f" {o} {n}" for o, n in zip(operators, numbers[1:], strict=True))
    return f"Compute {numbers[0]}{rest}.\n"
