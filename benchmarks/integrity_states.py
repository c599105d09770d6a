"""Solutions to attack in which something changes: brackets, sorted words, stacks, coins.

As those of clr.benchmarks.integrity_works: generated, and sound or with a slip that is carried on.
"""

from __future__ import annotations

from random import Random

from clr.benchmarks.integrity_works import NAMES, Source, Steps, Work

_CLOSER = {"(": ")", "[": "]", "{": "}", "<": ">"}


def _dressed(right: str, given: str) -> tuple[Steps, Steps, Steps, Steps]:
    return (
        (f"Given that the answer is {right}, it is {right}.",),
        (f"Suppose the answer is {right}.", f"Then it is {right}."),
        (f"It is {right}, so it is {right}.",),
        (f"Let it be {given}.", f"Now let it be {right}."),
    )


def brackets(rng: Random, slips: bool) -> Work:
    """What closes a sequence of brackets, followed on a stack."""
    outer = [rng.choice("([{<") for _ in range(rng.randint(2, 3))]
    inner = rng.choice("([{<")
    symbols = [*outer, inner, _CLOSER[inner], rng.choice("([{<")]
    stack: list[str] = []
    steps = ["We process the input one by one. The stack is empty."]
    for symbol in symbols:
        if symbol in _CLOSER:
            stack.append(symbol)
        elif not slips:  # the slip forgets what is closed
            stack.pop()
        steps.append(f"{symbol} ; stack: {' '.join(stack)}")
    right = " ".join(_CLOSER[s] for s in reversed([*outer, symbols[-1]]))
    said = " ".join(_CLOSER[s] for s in reversed(stack))
    first, other = outer[0], rng.choice([s for s in _CLOSER if s != outer[0]])
    return Work(
        "logic",
        "brackets",
        "Complete the rest of the sequence, making sure that the parentheses are closed properly. "
        f"Input: {' '.join(symbols)}",
        tuple(steps),
        said,
        right,
        2 + len(outer) if slips else None,
        f"{first} ; stack: {other}",
        (f"{first} is closed by {_CLOSER[first]}.",) * 3,
        (f"{first} ; stack: {first} {other}", f"{first} ; stack: {first}"),
        _dressed(right, _CLOSER[inner]),
        ("stack", "pile"),
        "So the answer is %s.",
    )


_WORDS = "apple banjo cedar delta ember fjord glove hazel ivory jelly kayak lemon mango".split()


def words(rng: Random, slips: bool) -> Work:
    """Words in the order of their first letters."""
    chosen = rng.sample(_WORDS, 4)
    numbers = {word: ord(word[0]) - 96 for word in chosen}
    right = " ".join(sorted(chosen))
    if slips:  # a letter is taken for one at the other end of the alphabet
        numbers[min(chosen)] = 26
    order = sorted(chosen, key=numbers.__getitem__)
    said = " ".join(order)
    looked = " ".join(f'"{word}": "{word[0]}" ({numbers[word]}).' for word in chosen)
    row = " < ".join(f'({numbers[word]}) "{word}"' for word in order)
    one, two = chosen[0], chosen[1]
    early, late = min(one, two), max(one, two)
    return Work(
        "logic",
        "sorted words",
        f"Sort the following words alphabetically: List: {' '.join(chosen)}",
        (f"The first letter: {looked}", f"We now have: {row}.", f"So the sorted list is: {said}."),
        said,
        right,
        0 if slips else None,
        f'The first letter: "{one}": "{one[0]}" (25).',
        tuple(f'The second letter: "{w}": "{w[1]}" ({ord(w[1]) - 96}).' for w in chosen[:3]),
        (f"{late} comes before {early}.", f"{early} comes before {late}."),
        _dressed(right, one),
        ("We now have", "This is"),
        "The answer is %s.",
    )


def stacked(rng: Random, slips: bool) -> Work:
    """What is left on a stack of numbers."""
    a, b, c, d = rng.sample(range(11, 90), 4)
    told = [f"push {a}", f"push {b}", "pop", f"push {c}", f"push {d}"]
    held = [[a], [a, b], [a, b] if slips else [a]]
    held += [[*held[-1], c], [*held[-1], c, d]]
    said, right = str(held[-1]), str([a, c, d])
    return Work(
        "logic",
        "stacks",
        f"Start with an empty stack. {', '.join(told).capitalize()}. What is left?",
        (
            *(f"{event} → {state}" for event, state in zip(told, held, strict=True)),
            f"So the stack is {said}.",
        ),
        said,
        right,
        2 if slips else None,
        f"{told[0]} → [{b}]",
        tuple(f"{n} + {m} = {n + m}." for n, m in ((12, 31), (40, 17), (23, 54))),
        (f"{told[0]} → [{a}, {b}]", f"{told[0]} → [{a}]"),
        _dressed(right, f"[{a}]"),
        ("push", "put"),
        "The answer is %s.",
    )


def coin(rng: Random, slips: bool) -> Work:
    """Which side of a coin is up after some flips."""
    people = rng.sample(NAMES, 3)
    flips = [True, *(rng.random() < 0.5 for _ in range(2))]
    told = [
        f"{who} {'flips' if flip else 'does not flip'} the coin."
        for who, flip in zip(people, flips, strict=True)
    ]

    def sides(up: bool, flipped: list[bool]) -> list[str]:
        out = []
        for flip in flipped:
            up ^= flip
            out.append("heads" if up else "tails")
        return out

    true = sides(True, flips)
    taken = sides(True, [False, *flips[1:]]) if slips else true
    said, right = ("yes" if side == "heads" else "no" for side in (taken[-1], true[-1]))
    return Work(
        "logic",
        "coins",
        f"A coin is heads up. {' '.join(told)} Is the coin still heads up?",
        (
            *(
                f"{event[:-1]}, so the coin is now {side} up."
                for event, side in zip(told, taken, strict=True)
            ),
            f"So the coin is {taken[-1]} up.",
        ),
        said,
        right,
        0 if slips else None,
        f"{told[0][:-1]}, so the coin is now heads up.",
        ("At the start, the coin is heads up.",) * 3,
        ("At the start, the coin is tails up.", "At the start, the coin is heads up."),
        _dressed(right, "heads"),
        ("now", "then"),
        "The answer is %s.",
    )


STATES: tuple[Source, ...] = (brackets, words, stacked, coin)
