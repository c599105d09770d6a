"""Who comes where by how far apart they are: "Ewa is 5 years younger than Gosia, who is 18".

Only where every two of them are so many apart in all, and no two alike, is their order known.
"""

from __future__ import annotations

import re

from clr.reading.lexicon import CARDINAL, cardinal
from clr.reading.puzzle_settings import Setting

_UNIT = (
    r"(?:years?|months?|cm|centimet(?:er|re)s?|mm|m|met(?:er|re)s?|inch(?:es)?|feet|foot|kg|kilos?"
    r"|kilograms?|grams?|g|pounds?|lbs?|points?|dollars?|euros?|cents?|pence|minutes?|seconds?"
    r"|hours?|km|miles?|degrees?|pages?|coins?|marbles?|€|\$)"
)
AMOUNT = rf"(?:(?:exactly )?{CARDINAL}|an?|\d+) {_UNIT}"
_NUMBER = r"(?P<n>\d+|" + "|".join(("a", "an", CARDINAL)) + r")"
_TELLS_AMOUNTS = re.compile(rf"\b{AMOUNT}\b|\b\d+ years old\b|\bis \d+\b|\baged \d+\b", re.I)
_FACTOR = re.compile(
    r"\b(?:twice|half|double|triple|times|third|sum|total|together|average)\b", re.I
)


def tells_amounts(problem: str) -> bool:
    """Whether a problem tells how much somebody has or how far two are apart."""
    return _TELLS_AMOUNTS.search(problem) is not None


def order_of(problem: str, setting: Setting) -> tuple[str, ...] | None:
    """The things of the only sort in their order, from the low end, if amounts settle it."""
    if len(setting.sorts) != 1 or setting.scale is None or _FACTOR.search(problem):
        return None
    (names,) = setting.sorts
    either = "|".join(map(re.escape, names))
    more, less = setting.scale.relations
    more, less = (pattern.replace(r"\s", " ") for pattern in (more, less))
    apart = re.compile(
        rf"\b(?P<a>{either})(?: \w+)??,? (?:is |who is )?(?:exactly )?{_NUMBER} {_UNIT} "
        rf"(?:(?P<more>{more})|(?P<less>{less})) (?P<b>{either})\b",
    )
    worth = re.compile(
        rf"\b(?P<a>{either})(?:,? who)? (?:is|weighs|has|scored|costs|measures|was) (?:aged"
        rf" )?(?P<n>\d+)\b"
        rf"(?! {_UNIT}? ?(?:{more}|{less}))(?! times)",
    )
    known: dict[str, int] = {}
    links: list[tuple[str, str, int]] = []
    spans = []
    for m in apart.finditer(problem):
        number = m["n"].lower()
        far = 1 if number in ("a", "an") else cardinal(number)
        links.append((m["a"], m["b"], far if m["more"] else -far))
        spans.append(m.span())
    for m in worth.finditer(problem):
        if m["a"] in known:
            return None
        known[m["a"]] = int(m["n"])
    if len({*re.findall(r"\d+", problem)}) and not (known or links):
        return None
    if not known:
        known[names[0]] = 0
    while found := [(a, b, far) for a, b, far in links if (a in known) is not (b in known)]:
        for a, b, far in found:
            if a in known and b not in known:
                known[b] = known[a] - far
            elif b in known and a not in known:
                known[a] = known[b] + far
    if any(known.get(a) != known.get(b, 0) + far for a, b, far in links):
        return None
    values = [known.get(name) for name in names]
    if None in values or len({*values}) < len(names):
        return None
    return tuple(sorted(names, key=lambda name: -known[name]))
