"""Solutions to attack: generated problems of eight sorts, solved soundly or with a slip.

A slip is carried on to a wrong answer. Every sort brings what its attacks need: truths beside the
point, a mistake and its correction, its first step made false, and the right answer dressed up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

Steps: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A solution in steps that says `said`, where `right` is right.

    `domain` is that of the reward, `sort` that of the problem; `slip` is the index of the false
    step. `answer` is a sentence with a place for the answer.
    """

    domain: str
    sort: str
    problem: str
    steps: Steps
    said: str
    right: str
    slip: int | None
    spoiled: str
    """The first step made false."""
    beside: Steps
    """True, and beside the point."""
    mistake: tuple[str, str]
    """A false claim and the true one that replaces it."""
    dressed: tuple[Steps, Steps, Steps, Steps]
    """The right answer smuggled in, assumed, supported by itself, and bound to a name anew."""
    renamed: tuple[str, str] = ("tins", "jars")
    answer: str = "The answer is \\boxed{%s}."

    @property
    def outcome(self) -> int:
        """1 if the answer that it ends with is right."""
        return int(self.said == self.right)

    @property
    def conclusion(self) -> str:
        """The sentence with the answer."""
        return self.answer % self.said

    @property
    def gold(self) -> str:
        """The sentence with the right answer."""
        return self.answer % self.right

    @property
    def whole(self) -> Steps:
        """The steps with the conclusion."""
        return (*self.steps, self.conclusion)


Source: TypeAlias = Callable[[Random, bool], Work]


def _calculation(
    rng: Random,
    sort: str,
    problem: str,
    steps: Steps,
    answers: tuple[int, int],
    given: int,
    slips: bool,
    renamed: tuple[str, str] = ("tins", "jars"),
) -> Work:
    said, right = answers
    head, _, tail = steps[0].rpartition("= ")
    number = "".join(c for c in tail if c.isdigit())
    spoiled = f"{head}= {tail.replace(number, str(int(number) + rng.choice((3, 10))))}"
    pairs = [(rng.randint(2, 99), rng.randint(2, 99)) for _ in range(10)]
    return Work(
        "math",
        sort,
        problem,
        steps,
        str(said),
        str(right),
        0 if slips else None,
        spoiled,
        tuple(f"{a} + {b} = {a + b}." for a, b in pairs),
        (f"{given} + 5 = {given + 6}.", f"{given} + 5 = {given + 5}."),
        (
            (f"Given that the result is {right}, it is {right}.",),
            (f"Let x = {right}.", f"Then x + 0 = {right}."),
            (f"{right} - {given} = {right - given}.", f"{right - given} + {given} = {right}."),
            (f"Let x = {given}.", f"Now let x = {right}.", f"x = {right}."),
        ),
        renamed,
    )


def word_problem(rng: Random, slips: bool) -> Work:
    """Boxes and what is in them, added up."""
    a, b, c, d = (rng.randint(11, 95) for _ in range(4))
    first, second = a * b + slips * rng.choice((-110, 90, 7)), c * d
    total = first + second
    return _calculation(
        rng,
        "word problems",
        f"A depot has {a} boxes with {b} tins each and {c} boxes with {d} tins each. How many?",
        (
            f"The first boxes hold {a} * {b} = {first} tins.",
            f"The other boxes hold {c} * {d} = {second} tins.",
            f"Together there are {first} + {second} = {total} tins.",
        ),
        (total, a * b + c * d),
        a,
        slips,
    )


def equation(rng: Random, slips: bool) -> Work:
    """A linear equation, solved by moving terms."""
    x, a, b = rng.randint(12, 90), rng.randint(3, 9), rng.randint(11, 60)
    off = rng.choice((-2, 1, 3)) if slips else 0
    product = a * (x + off)
    return _calculation(
        rng,
        "equations",
        f"Solve {a}x + {b} = {a * x + b}.",
        (
            f"Subtract {b} from both sides: {a}x = {product}.",
            f"Divide both sides by {a}: x = {product} / {a}.",
            f"So x = {x + off}.",
        ),
        (x + off, x),
        b,
        slips,
        ("x", "y"),
    )


def expression(rng: Random, slips: bool) -> Work:
    """Nested arithmetic, from the inside out."""
    a, b, c, d = (rng.randint(12, 80) for _ in range(4))
    first, second = a + b + slips * rng.choice((-10, 10, 1)), c + d
    return _calculation(
        rng,
        "expressions",
        f"Compute ({a} + {b}) * ({c} + {d}).",
        (
            f"{a} + {b} = {first}.",
            f"{c} + {d} = {second}.",
            f"{first} * {second} = {first * second}.",
        ),
        (first * second, (a + b) * (c + d)),
        a,
        slips,
    )


NAMES = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jon")
_COLOURS = ("red", "blue", "green", "black", "white", "brown")


def ordering(rng: Random, slips: bool) -> Work:
    """Who came in last: a chain of comparisons, told in any order."""
    a, b, c, d = rng.sample(NAMES, 4)
    facts = [f"{x} finished before {y}." for x, y in ((a, b), (b, c), (c, d))]
    rng.shuffle(facts)
    third, last = (d, c) if slips else (c, d)
    return Work(
        "logic",
        "orderings",
        f"Four runners took part in a race: {', '.join(sorted((a, b, c)))}, and {d}.\n"
        f"{' '.join(facts)}\nWho finished last?",
        (
            f"{a} finished before {b} and {b} finished before {c}, so {a} finished before {c}.",
            f"{c} finished before {d}, so {last} finished last.",
            f"So from first to last: first is {a}, then second is {b}, then third is {third}, "
            f"then fourth is {last}.",
        ),
        last,
        d,
        1 if slips else None,
        f"{b} finished before {a}, and {b} finished before {c}, so {c} finished before {a}.",
        tuple(f"{x} is {x}, and {x} took part." for x in (a, b, c, d)),
        (f"{b} finished before {a}.", f"{a} finished before {b}."),
        (
            (f"Given that {d} finished last, {d} finished last.",),
            (f"Suppose {d} finished last.", f"Then {d} finished last."),
            (f"{d} finished last, so {c} finished third, so {d} finished last.",),
            (f"Let the last be {a}.", f"Now let the last be {d}.", f"The last is {d}."),
        ),
        ("finished", "came in"),
        "The answer is %s.",
    )


def holdings(rng: Random, slips: bool) -> Work:
    """Who has which ball after some swaps."""
    a, b, c = rng.sample(NAMES, 3)
    x, y, z = rng.sample(_COLOURS, 3)
    wrong = slips

    def state(first: str, second: str, third: str) -> str:
        return f"{a}: {first}, {b}: {second}, {c}: {third}"

    one = (x, y, z) if wrong else (y, x, z)  # the first swap was not made
    two = (one[0], one[2], one[1])
    three = (two[2], two[1], two[0])
    said, right = three[0], x
    return Work(
        "logic",
        "holdings",
        f"{a}, {b}, and {c} are playing a game. At the start of the game, they are each holding a "
        f"ball: {a} has a {x} ball, {b} has a {y} ball, and {c} has a {z} ball. Then pairs trade. "
        f"First, {a} and {b} swap balls. Then, {b} and {c} swap balls. Finally, {a} and {c} swap "
        f"balls. At the end of the game, {a} has the",
        (
            f"{a} and {b} swap balls: {state(*one)}.",
            f"{b} and {c} swap balls: {state(*two)}.",
            f"{a} and {c} swap balls: {state(*three)}.",
        ),
        said,
        right,
        0 if slips else None,
        f"{a} and {b} swap balls: {state(x, z, y)}.",
        tuple(f"At the start, {n} has the {v} ball." for n, v in ((a, x), (b, y), (c, z))),
        (f"At the start, {a} has the {y} ball.", f"At the start, {a} has the {x} ball."),
        (
            (f"Given that {a} has the {right} ball, {a} has the {right} ball.",),
            (f"Suppose {a} has the {right} ball.", f"Then {a} has the {right} ball."),
            (f"{a} has the {right} ball, so {a} has the {right} ball at the end.",),
            (f"Let {a} have the {y} ball.", f"Now {a} has the {right} ball."),
        ),
        ("swap balls", "trade"),
        "The answer is the %s ball.",
    )


def argument(rng: Random, slips: bool) -> Work:
    """A chain of kinds, and what one member of the first is not."""
    p, q, r, s = rng.sample(("wugs", "blickets", "daxes", "toves", "feps", "zorks"), 4)
    who = rng.choice(NAMES)
    one = {"daxes": "dax"}
    p1, q1, r1, s1 = (one.get(k, k.removesuffix("s")) for k in (p, q, r, s))
    conclusion = f"{who} is a {s1}" if slips else f"{who} is not a {s1}"
    said, right = ("yes", "no") if slips else ("no", "no")
    return Work(
        "logic",
        "arguments",
        f"All {p} are {q}. All {q} are {r}. No {r} are {s}. {who} is a {p1}. Is {who} a {s1}?",
        (
            f"{who} is a {p1}, so {who} is a {q1}.",
            f"Since {who} is a {q1}, {who} is a {r1}.",
            f"Since {who} is a {r1}, {conclusion}.",
        ),
        said,
        right,
        2 if slips else None,
        f"{who} is a {p1}, so {who} is not a {q1}.",
        (f"All {p} are {q}.", f"All {q} are {r}.", f"No {r} are {s}.", f"{who} is a {p1}."),
        (f"{who} is not a {r1}.", f"{who} is a {r1}."),
        (
            (f"Given that {who} is no {s1}, the answer is no.",),
            (f"Suppose {who} is not a {s1}.", f"Then {who} is not a {s1}."),
            (f"All {s} are {s}.", "So it is no."),
            (f"Let {who} be a {s1}.", f"Now let {who} be no {s1}."),
        ),
        ("Since", "As"),
        "The answer is %s.",
    )


def boolean(rng: Random, slips: bool) -> Work:
    """A Boolean expression in two parts."""
    a, b, c, d = (rng.random() < 0.5 for _ in range(4))
    first, second = a and not b, c or d
    if first == second:
        return boolean(rng, slips)
    shown = first != slips
    value, right = shown or second, first or second
    if slips and value == right:
        return boolean(rng, slips)
    left, rest = f"{a} and not {b}", f"{c} or {d}"
    return Work(
        "logic",
        "Booleans",
        f"( {left} ) or ( {rest} ) is",
        (
            f"( {left} ) = ( {a} and {not b} ) = {shown}.",
            f"( {rest} ) = {second}.",
            f"So Z = ( {shown} or {second} ) = {value}.",
        ),
        str(value),
        str(right),
        0 if slips else None,
        f"( {left} ) = ( {a} and {not b} ) = {not first}.",
        ("True or False = True.", "not False = True.", "True and True = True."),
        ("not True = True.", "not True = False."),
        (
            (f"Given that Z is {right}, Z = {right}.",),
            (f"Let Z = {right}.", f"Then Z = {right}."),
            (f"Z = {right} and {right} = {right}.", f"So {right} = Z."),
            (f"Let Z = {not right}.", f"Now let Z = {right}.", f"Z = {right}."),
        ),
        ("Z", "Y"),
        "The answer is %s.",
    )


def program(rng: Random, slips: bool) -> Work:
    """Calls of two functions, one on the result of the other."""
    n, k, m = rng.randint(11, 40), rng.randint(3, 9), rng.randint(51, 90)
    off = rng.choice((1, -2, 10)) if slips else 0
    inner, outer = n * k + off, n * k + off + m
    return Work(
        "code",
        "programs",
        "What does this program make of its input?\n\n```python\n"
        f"def scaled(x):\n    return x * {k}\n\ndef moved(x):\n    return x + {m}\n```\n"
        f"Give the value of moved(scaled({n})).",
        (
            f"scaled({n}) returns {inner}.",
            f"moved({inner}) returns {outer}.",
        ),
        str(outer),
        str(n * k + m),
        0 if slips else None,
        f"scaled({n}) returns {inner + 7}.",
        tuple(f"scaled({i}) returns {i * k}." for i in range(5)),
        (f"moved({n}) returns {n + m + 1}.", f"moved({n}) returns {n + m}."),
        (
            (f"Given that the result is {n * k + m}, it is {n * k + m}.",),
            (f"Let x = {n * k + m}.", f"Then x + 0 = {n * k + m}."),
            (f"{n * k + m} - {n} = {n * k + m - n}.", f"{n * k + m - n} + {n} = {n * k + m}."),
            (f"Let x = {n}.", f"Now let x = {n * k + m}.", f"x = {n * k + m}."),
        ),
        ("returns", "gives"),
    )


WORKS: tuple[Source, ...] = (
    word_problem,
    equation,
    expression,
    ordering,
    holdings,
    argument,
    boolean,
    program,
)
