"""Instructions made from nothing: something to write, and rules by which it can be checked.

The rules are of the kinds that IFEval counts (arXiv:2311.07911). Those of one instruction are of
different groups, so that one text can follow all of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

Rule = dict[str, Any]
"""As `clr.verifiers.instructions.rules_from` reads it."""

_TASKS = (
    "Describe {}.",
    "Explain {} to a child.",
    "Give advice about {}.",
    "Write a short letter about {}.",
    "Say what is surprising about {}.",
    "Write an advertisement for {}.",
)
_THINGS = (
    "a lighthouse", "the tides", "baking bread", "a night train", "learning to swim", "a bridge",
    "the first snow", "bees", "a chess club", "repairing a bicycle", "a market in the morning",
    "the moon", "keeping a diary", "a long walk", "paper boats", "an orchestra", "a desert", "maps",
    "growing tomatoes", "a library", "moving to another city", "a storm", "soup", "a volcano",
)  # fmt: skip
_WORDS = ("always", "small", "light", "people", "time", "hands", "quiet", "water", "first", "home")
_ENDINGS = ("That is all.", "Think about it.", "Until next time.", "Nothing more.")


def generate(count: int, *, seed: int, most: int = 3) -> Iterator[tuple[str, list[Rule]]]:
    """`count` prompts, each with its one to `most` rules, at most one of each of five groups.

    Raises:
        ValueError: `most` is not from 1 to 5.
    """
    rng = random.Random(seed)
    if not 1 <= most <= len(_groups(rng)):
        raise ValueError(f"an instruction has from 1 to 5 rules, got most={most}")
    for _ in range(count):
        task = rng.choice(_TASKS).format(rng.choice(_THINGS))
        groups = rng.sample(_groups(rng), rng.randint(1, most))
        chosen = [rng.choice(group) for group in groups]
        yield " ".join([task, *(said for said, _ in chosen)]), [rule for _, rule in chosen]


def _groups(rng: random.Random) -> list[list[tuple[str, Rule]]]:
    """What can be asked for, with numbers and words drawn: length, form, words, letters, frame."""
    few, many = rng.randint(2, 5), 10 * rng.randint(3, 12)
    word, ending = rng.choice(_WORDS), rng.choice(_ENDINGS)
    return [
        [
            (f"Use at most {many} words.", {"rule": "words", "most": many}),
            (f"Use at least {many} words.", {"rule": "words", "least": many}),
            (f"Write at least {few} sentences.", {"rule": "sentences", "least": few}),
        ],
        [
            (
                f'Write exactly {few} bullet points, each on a line that begins with "- ".',
                {"rule": "bullets", "count": few},
            ),
            (
                f"Write exactly {few} paragraphs, with a blank line between them.",
                {"rule": "paragraphs", "count": few},
            ),
            (
                f"Highlight at least {few} passages *like this*.",
                {"rule": "highlights", "least": few},
            ),
        ],
        [
            (f'Use the word "{word}".', {"rule": "keyword", "word": word}),
            (
                f'Use the word "{word}" at least {few} times.',
                {"rule": "keyword", "word": word, "least": few},
            ),
            (f'Do not use the word "{word}".', {"rule": "forbidden", "words": [word]}),
        ],
        [
            ("Use no commas.", {"rule": "without", "characters": ","}),
            ("Use no digits.", {"rule": "no_digits"}),
            ("Use lower case only.", {"rule": "case", "case": "lower"}),
            ("Use capital letters only.", {"rule": "case", "case": "upper"}),
        ],
        [
            (
                "Give it a title in double angular brackets, such as <<title>>.",
                {"rule": "title"},
            ),
            ("Put all of it between double quotation marks.", {"rule": "quoted"}),
            (
                'Add a postscript on a line that begins with "P.S."',
                {"rule": "postscript", "mark": "P.S."},
            ),
            (f'End with the words "{ending}"', {"rule": "ends", "phrase": ending}),
        ],
    ]
