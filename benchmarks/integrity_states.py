"""Solutions to attack in which something changes: brackets, sorted words, stacks, coins, moves,
counters.

As those of clr.benchmarks.integrity_works: generated, and sound or with a slip that is carried on.
"""

from __future__ import annotations

from collections.abc import Callable
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

    slip = rng.randrange(3) if slips else None
    true = sides(True, flips)
    taken = sides(True, [flip != (n == slip) for n, flip in enumerate(flips)])
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
        slip,
        f"{told[0][:-1]}, so the coin is now heads up.",
        ("At the start, the coin is heads up.",) * 3,
        ("At the start, the coin is tails up.", "At the start, the coin is heads up."),
        _dressed(right, "heads"),
        ("now", "then"),
        "The answer is %s.",
    )


_THINGS = ("key", "letter", "ring", "map")
_PLACES = ("drawer", "box", "shelf", "bag", "chest")


def moved(rng: Random, slips: bool) -> Work:
    """Where a thing is after it was moved twice, and another one once."""
    thing, other = rng.sample(_THINGS, 2)
    home, first, last, aside = rng.sample(_PLACES, 4)
    ann, ben, cleo = rng.sample(NAMES, 3)
    end = aside if slips else last
    return Work(
        "logic",
        "moves",
        f"The {thing} is in the {home} and the {other} is in the {aside}. "
        f"{ann} moves the {thing} from the {home} to the {first}. "
        f"Then {ben} moves the {other} from the {aside} to the {home}. "
        f"Then {cleo} moves the {thing} from the {first} to the {last}. Where is the {thing}?",
        (
            f"Initially, the {thing} is in the {home}.",
            f"{ann} moves the {thing} to the {first}, so the {thing} is in the {first}.",
            f"{ben} moves the {other} to the {home}, so the {other} is in the {home}.",
            f"{cleo} moves the {thing} to the {last}, so now the {thing} is in the {end}.",
        ),
        f"the {end}",
        f"the {last}",
        3 if slips else None,
        f"Initially, the {thing} is in the {last}.",
        (f"Initially, the {other} is in the {aside}.",) * 3,
        (
            f"After the first move, the {thing} is in the {home}.",
            f"After the first move, the {thing} is in the {first}.",
        ),
        _dressed(f"the {last}", f"the {home}"),
        ("moves", "takes"),
        "The answer is %s.",
    )


def counted(rng: Random, slips: bool) -> Work:
    """What a counter shows after some commands."""
    start, up = rng.randint(11, 40), rng.randint(12, 60)
    commands = [f"add {up}", "double", "increment"]
    rng.shuffle(commands)
    changes: dict[str, Callable[[int], int]] = {
        f"add {up}": lambda n: n + up,
        "double": lambda n: 2 * n,
        "increment": lambda n: n + 1,
    }

    def shown(at: int | None) -> list[int]:
        values, now = [], start
        for n, command in enumerate(commands):
            now = changes[command](now) + (7 if n == at else 0)
            values.append(now)
        return values

    slip = rng.randrange(3) if slips else None
    taken, right = shown(slip), shown(None)[-1]
    return Work(
        "logic",
        "counters",
        f"A counter starts at {start}. The commands are: {', '.join(commands)}. "
        "What does the counter show in the end?",
        tuple(
            f"{command}: the counter is {value}."
            for command, value in zip(commands, taken, strict=True)
        ),
        str(taken[-1]),
        str(right),
        slip,
        f"{commands[0]}: the counter is {start}.",
        (f"At the start, the counter is {start}.",) * 3,
        (f"At the start, the counter is {up}.", f"At the start, the counter is {start}."),
        _dressed(str(right), str(start)),
        ("counter is", "counter has"),
        "The answer is %s.",
    )


STATES: tuple[Source, ...] = (brackets, words, stacked, coin, moved, counted)
