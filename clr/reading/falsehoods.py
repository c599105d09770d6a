"""Equations that are put up to be found false: `5 + 4 = 10, that is 9 = 10. False, so 5 is none`.

Between such an equation and the word that denies it stand only numbers, signs and what joins them.
"""

from __future__ import annotations

import re

LOOKED_THROUGH = 240
"""Characters behind an equation."""
_SIGNS = (
    r"[\s$\\\[\]().,:;&*_|→⇒⟹=<>≤≥≠≟?\d+\-−–—*/·×÷^{}%]"
    r"|\\(?:[dt]?frac|cdot|times|implies|rightarrow|to|q?quad|text|left|right|(?:begin|end)\{[a-z*]+\})"
    r"(?![a-z])"
)
_JOINS = (
    r"i\.e\.|(?:so|or|that is|then|and|thus|hence|giving|gives|becomes|which (?:gives|becomes|means"
    r"|says|simplifies to|is)|simplif(?:ies|ying)(?: to)?|we (?:get|have)|this (?:gives|means))\b"
)
_DENIAL = (
    r"(?:but |and |since |as |because |clearly |obviously )*"
    r"(?:(?:this|that|which|it|these|they)(?: statement| equation| equality)?(?:['’]s| is| are)"
    r"(?: (?:clearly|obviously|certainly|also|simply|of course))? )?"
    r"(?:false\b|untrue\b|incorrect\b|absurd\b|impossible\b|(?:a )?contradiction\b"
    r"|(?:not|never) (?:an? )?(?:true|correct|valid|equal|solution|identity|possible)\b"
    r"|a false (?:statement|equation|equality)\b|[✗✘❌])"
    r"|no\b(?=[\W_]{0,3}(?:\||$|\n|,|\.|;))"
)
_NONE = (
    r"(?:(?:hence|thus|so|therefore|and|then),? )*(?:there (?:is|are) |(?:it|this|the \w+) has )?"
    r"no (?:\w+ )?solutions?\b"
)
_FALSE = re.compile(rf"(?P<run>(?:{_SIGNS}|{_JOINS}){{0,160}}+)(?:(?P<denial>{_DENIAL})|{_NONE})")
"""What denies such an equation, in lower case."""
_BARE = re.compile(
    r"(?<![\d\w+*/·×÷^).,-])[$(\s]{0,3}(-?\d[\d.]*)\s*[=≥≤<>]\s*(-?\d[\d.]*)(?![\d\s$)]*[\w+*/·×÷^(=-])"
)
"""An equation between two bare numbers."""


def is_denied_below(after: str) -> bool:
    """Whether what follows an equation, with nothing but numbers in between, calls it false."""
    found = _FALSE.match(after[:LOOKED_THROUGH].lower())
    if found is None or found["denial"]:
        return found is not None
    return any(left != right for left, right in _BARE.findall(found["run"]))
