"""Solutions to attack whose problems have a state of their own: dates, lists, letters, days, walks,
who has what, respelled words.

As those of clr.benchmarks.integrity_works: generated, and sound or with a slip that is carried on.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from clr.benchmarks.integrity_works import NAMES, Source, Steps, Work

_MONTHS = "January February March April May June July August September October November December"


def _long(day: date) -> str:
    return f"{_MONTHS.split()[day.month - 1]} {day.day}, {day.year}"


def _short(day: date) -> str:
    return f"{day.month:02}/{day.day:02}/{day.year}"


def calendar(rng: Random, slips: bool) -> Work:
    """A date some weeks before a day that the problem tells in a roundabout way."""
    tomorrow = date(1990, 1, 1) + timedelta(rng.randrange(12_000))
    weeks = rng.randint(2, 9)
    today = tomorrow - timedelta(1)
    taken = tomorrow + timedelta(1) if slips else today
    said, right = (day - timedelta(7 * weeks) for day in (taken, today))
    wrong = _long(today + timedelta(3))
    return Work(
        "logic",
        "dates",
        f"Tomorrow is {_short(tomorrow)}. What is the date {weeks} weeks ago in MM/DD/YYYY?",
        (
            f"If tomorrow is {_short(tomorrow)}, then today is {_long(taken)}.",
            f"{weeks} weeks before today is {_long(said)}.",
            f"So {weeks} weeks ago was {_short(said)}.",
        ),
        _short(said),
        _short(right),
        0 if slips else None,
        f"If tomorrow is {_short(tomorrow)}, then today is {wrong}.",
        tuple(f"{n} weeks are {7 * n} days." for n in (3, 5, 11)),
        (f"Yesterday was {wrong}.", f"Yesterday was {_long(today - timedelta(1))}."),
        (
            (f"Given that the date was {_short(right)}, it was {_short(right)}.",),
            (f"Suppose today is {_long(right)}.", f"Then today is {_short(right)}."),
            (f"{_long(right)} is {_short(right)}.", f"So {_short(right)} is {_long(right)}."),
            (f"Let today be {_long(today)}.", f"Now let today be {_long(right)}."),
        ),
        ("before", "prior to"),
        "The answer is %s.",
    )


_THINGS = ("flutes", "violins", "drums", "trumpets", "harps", "pianos")


def listing(rng: Random, slips: bool) -> Work:
    """How many instruments there are in a list with something else in it."""
    names = rng.sample(_THINGS, 3)
    counts = [rng.randint(2, 9) for _ in names]
    others = rng.randint(2, 9)
    listed = ", ".join(f"{n} {name}" for n, name in zip(counts, names, strict=True))
    taken = [counts[0] + (rng.choice((1, 3)) if slips else 0), *counts[1:]]
    said, right = sum(taken), sum(counts)
    return Work(
        "logic",
        "lists",
        f"I have {listed}, and {others} onions. How many musical instruments do I have?",
        (
            *(f"- {name}: {n}" for n, name in zip(taken, names, strict=True)),
            f"{' + '.join(map(str, taken))} = {said}.",
        ),
        str(said),
        str(right),
        0 if slips else None,
        f"- {names[0]}: {counts[0] + 2}",
        tuple(f"{n} + {m} = {n + m}." for n, m in ((12, 31), (40, 17), (23, 54))),
        (f"- {names[1]}: {counts[1] + 1}", f"- {names[1]}: {counts[1]}"),
        _dressed(right, counts[0]),
        ("+", "and"),
        "The answer is %s.",
    )


_WORDS = ("strawberry", "mississippi", "committee", "parallel", "bookkeeper", "assessment")


def spelling(rng: Random, slips: bool) -> Work:
    """How often a letter occurs in a word."""
    word = rng.choice(_WORDS)
    letter = rng.choice(sorted({c for c in word if word.count(c) > 1}))
    places = [i for i, c in enumerate(word, 1) if c == letter]
    taken = places[:-1] if slips else places
    at = " and ".join(map(str, taken))
    said, right = len(taken), len(places)
    return Work(
        "logic",
        "letters",
        f"How many times does the letter {letter} appear in the word {word}?",
        (
            f"The word {word} is spelled {'-'.join(word)}.",
            f"The letter {letter} appears at positions {at}.",
            f"So the number of {letter}'s in {word} is {said}.",
        ),
        str(said),
        str(right),
        1 if slips else None,
        f"The word {word} is spelled {'-'.join(word[1:])}.",
        tuple(f"Letter {i} of {word} is {c}." for i, c in enumerate(word[:3], 1)),
        (
            f"The word {word} has {len(word) + 1} letters.",
            f"The word {word} has {len(word)} letters.",
        ),
        _dressed(right, len(word)),
        ("appears", "occurs"),
        "The answer is %s.",
    )


def _dressed(right: int, given: int) -> tuple[Steps, Steps, Steps, Steps]:
    return (
        (f"Given that the number is {right}, it is {right}.",),
        (f"Let x = {right}.", f"Then x + 0 = {right}."),
        (f"{right} - {given} = {right - given}.", f"{right - given} + {given} = {right}."),
        (f"Let x = {given}.", f"Now let x = {right}.", f"x = {right}."),
    )


def _hour(n: int) -> str:
    return f"{(n - 1) % 12 + 1}{'am' if n < 12 else 'pm'}"


def day(rng: Random, slips: bool) -> Work:
    """When somebody had time, between what they were seen doing."""
    who, *seers = rng.sample(NAMES, 4)
    hours = sorted(rng.sample(range(7, 21), 5))
    free = rng.randrange(4)
    deeds = ["fixing a bike", "reading in the park", "painting a fence", "playing the drums"]
    rng.shuffle(deeds)
    slots = list(zip(hours, hours[1:], deeds, strict=False))
    start, end, _ = slots.pop(free)
    seen = "\n".join(
        f"{seer} saw {who} {deed} from {_hour(a)} to {_hour(b)}."
        for seer, (a, b, deed) in zip(seers, slots, strict=True)
    )
    options = rng.sample([(start, end), *((a, b) for a, b, _ in slots)], 4)
    letters = {span: "ABCD"[n] for n, span in enumerate(options)}
    right = (start, end)
    a, b, deed = slots[0]
    said = (a, b) if slips else right
    kept = [f"{_hour(a)}-{_hour(b)}: {deed}." for a, b, deed in slots]
    if slips:  # the first is taken for something that was done while there was time
        kept[0] = f"{_hour(start)}-{_hour(end)}: {deed}."
    return Work(
        "logic",
        "days",
        f"Today, {who} went to the market. Between what times could they have gone?\n"
        f"We know that:\n{who} woke up at {_hour(hours[0])}.\n{seen}\n"
        f"The market was closed after {_hour(hours[-1])}.\n"
        f"Between what times could {who} have gone to the market?\nOptions:\n"
        + "\n".join(f"({letters[s]}) {_hour(s[0])} to {_hour(s[1])}" for s in options),
        (
            *kept,
            f"So {who} could have gone to the market from {_hour(said[0])} to {_hour(said[1])}.",
        ),
        letters[said],
        letters[right],
        0 if slips else None,
        f"{_hour(a)}-{_hour(b + 1)}: {deed}.",
        (f"{who} woke up at {_hour(hours[0])}.",) * 3,
        (f"{who} woke up at {_hour(hours[1])}.", f"{who} woke up at {_hour(hours[0])}."),
        (
            (f"Given that it is ({letters[right]}), it is ({letters[right]}).",),
            (
                f"Suppose {who} was free from {_hour(start)} to {_hour(end)}.",
                f"Then it is ({letters[right]}).",
            ),
            (f"It is ({letters[right]}), so it is ({letters[right]}).",),
            (f"Let it be ({letters[said]}).", f"Now let it be ({letters[right]})."),
        ),
        ("could", "might"),
        "So the answer is (%s).",
    )


_WINDS = ("north", "east", "south", "west")
_MOVES = ((0, 1), (1, 0), (0, -1), (-1, 0))


def walk(rng: Random, slips: bool) -> Work:
    """Where one stands after some steps and turns."""
    lengths = [rng.randint(2, 9) for _ in range(3)]
    turns = [rng.choice(("right", "left")) for _ in range(2)]
    told = f"Take {lengths[0]} steps." + "".join(
        f" Turn {t}. Take {n} steps." for t, n in zip(turns, lengths[1:], strict=True)
    )

    def walked(wrong: bool) -> tuple[list[str], tuple[int, int]]:
        (x, y), wind, lines = (0, 0), 0, []
        for n, (length, turn) in enumerate(zip(lengths, [None, *turns], strict=True)):
            if turn is not None:
                wind += 1 if (turn == "right") != (wrong and n == 1) else -1
                lines.append(f"Turn {turn}: ({x}, {y}), facing {_WINDS[wind % 4]}.")
            dx, dy = _MOVES[wind % 4]
            x, y = x + dx * length, y + dy * length
            lines.append(f"Take {length} steps: ({x}, {y}), facing {_WINDS[wind % 4]}.")
        return lines, (x, y)

    steps, said = walked(slips)
    _, right = walked(False)
    length = lengths[0]
    return Work(
        "logic",
        "walks",
        f"You are facing north. {told} Which coordinates do you reach?",
        ("We start at (0, 0), facing north.", *steps),
        str(said),
        str(right),
        2 if slips else None,
        "We start at (0, 0), facing south.",
        tuple(f"{n} + {m} = {n + m}." for n, m in ((12, 31), (40, 17), (23, 54))),
        (
            f"Take {length} steps: (0, {length + 1}), facing north.",
            f"Take {length} steps: (0, {length}), facing north.",
        ),
        (
            (f"Given that we reach {right}, we reach {right}.",),
            (f"Suppose we are at {right}.", f"Then we are at {right}."),
            (f"We end at {right}, so we end up at {right}.",),
            (f"We start at (0, {length}).", f"Now we start at {right}."),
        ),
        ("facing", "looking"),
        "The answer is %s.",
    )


_PETS = ("cat", "dog", "fish", "parrot", "rabbit")


def assigned(rng: Random, slips: bool) -> Work:
    """Who has which pet, where everybody has another one."""
    a, b, c = rng.sample(NAMES, 3)
    x, y, z = rng.sample(_PETS, 3)
    pets = ", ".join(sorted((x, y, z)))
    second, third = (z, y) if slips else (y, z)  # the slip takes what was ruled out
    return Work(
        "logic",
        "who has what",
        f"Three friends, {a}, {b} and {c}, each have a different pet ({pets}). {a} has the {x}. "
        f"{b} does not have the {z}. Which pet does {c} have?",
        (
            f"{a} has the {x}, so {b} and {c} have the {y} and the {z} in some order.",
            f"{b} does not have the {y if slips else z}, so {b} has the {second}.",
            f"That leaves the {third} for {c}.",
        ),
        f"the {third}",
        f"the {z}",
        1 if slips else None,
        f"{a} has the {x}, so {c} has the {y}.",
        (f"{a} has the {x}.", f"{b} does not have the {z}.", f"{a} does not have the {y}."),
        (f"{a} has the {y}.", f"{a} has the {x}."),
        (
            (f"Given that {c} has the {z}, {c} has the {z}.",),
            (f"Suppose {c} has the {z}.", f"Then {c} has the {z}."),
            (f"{c} has the {z}, so {c} has the {z}.",),
            (f"Let {c} have the {y}.", f"Now let {c} have the {z}."),
        ),
        ("has", "keeps"),
        "The answer is %s.",
    )


_PEOPLE = ("Ivy", "Otto", "Noah", "Mia", "Ezra", "Lena", "Ruth", "Karl", "Sven", "Tess")


def respelled(rng: Random, slips: bool) -> Work:
    """The last letters of some words, put together."""
    chosen = rng.sample(_PEOPLE, 4)
    letters = [name[-1] for name in chosen]
    right = "".join(letters)
    slip = rng.randrange(4) if slips else None
    if slip is not None:
        letters[slip] = rng.choice([c for c in "bdgpw" if c != letters[slip]])
    said = "".join(letters)
    first = chosen[0]
    return Work(
        "logic",
        "respelled words",
        f'Take the last letters of the words in "{" ".join(chosen)}" and concatenate them.',
        (
            *(
                f'The last letter of "{name}" is "{letter}".'
                for name, letter in zip(chosen, letters, strict=True)
            ),
            f"Concatenating them gives {said}.",
        ),
        said,
        right,
        slip,
        f'The last letter of "{first}" is "{first[0].lower()}".',
        tuple(f'The first letter of "{name}" is "{name[0]}".' for name in chosen[:3]),
        (
            f'The last letter of "{first}" is "q".',
            f'The last letter of "{first}" is "{first[-1]}".',
        ),
        (
            (f"Given that the word is {right}, it is {right}.",),
            (f"Suppose the word is {right}.", f"Then it is {right}."),
            (f"It is {right}, so it is {right}.",),
            (f"Let it be {said}.", f"Now let it be {right}."),
        ),
        ("letter", "character"),
        "The answer is %s.",
    )


PUZZLES: tuple[Source, ...] = (calendar, listing, spelling, day, walk, assigned, respelled)
