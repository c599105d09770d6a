"""Equations that are put up to be found false: `5 + 4 = 10, that is 9 = 10. False, so 5 is none`.

Between such an equation and the word that denies it stand only numbers, signs and what joins them.
"""

from __future__ import annotations

import re

LOOKED_THROUGH = 240
"""Characters behind an equation."""
_SIGNS = (
    r"[\s$\\\[\]().,:;&*_|→⇒⟹=<>≤≥≠≟?\d+\-−–—*/·×÷^{}%]"
    r"|\\(?:[dt]?frac|cdot|times|implies|Rightarrow|to|q?quad|text|left|right|(?:begin|end)\{[a-z*]+\})"
    r"(?![a-z])"
)
_JOINS = (
    r"i\.e\.|(?:so|or|that is|then|and|thus|hence|giving|gives|becomes|which (?:gives|becomes|means"
    r"|says|simplifies to|is)|simplif(?:ies|ying)(?: to)?|we (?:get|have)|this (?:gives|means))\b"
)
_RUN = re.compile(rf"(?:{_SIGNS}|{_JOINS}){{0,160}}+", re.I)
_DENIES = re.compile(
    r"(?:but |and |since |as |because |clearly |obviously )*"
    r"(?:(?:this|that|which|it|these|they)(?: statement| equation| equality)?(?:['’]s| is| are)"
    r"(?: (?:clearly|obviously|certainly|also|simply|of course))? )?"
    r"(?:false\b|untrue\b|incorrect\b|absurd\b|impossible\b|(?:a )?contradiction\b"
    r"|(?:not|never) (?:an? )?(?:true|correct|valid|equal|solution|identity|possible)\b"
    r"|a false (?:statement|equation|equality)\b|[✗✘❌])"
    r"|no\b(?=[\W_]{0,3}(?:\||$|\n|,|\.|;))",
    re.I,
)
_NONE = re.compile(
    r"(?:(?:hence|thus|so|therefore|and|then),? )*(?:there (?:is|are) |(?:it|this|the \w+) has )?"
    r"no (?:\w+ )?solutions?\b",
    re.I,
)
_BARE = re.compile(
    r"(?<![\d\w+*/·×÷^).,-])[$(\s]{0,3}(-?\d[\d.]*)\s*[=≥≤<>]\s*(-?\d[\d.]*)(?![\d\s$)]*[\w+*/·×÷^(=-])"
)
"""An equation between two bare numbers."""


def is_denied_below(after: str) -> bool:
    """Whether what follows an equation, with nothing but numbers in between, calls it false."""
    run = _RUN.match(after[:LOOKED_THROUGH])
    if run is None:
        return False
    end = run.end()
    if _DENIES.match(after, end):
        return True
    return _NONE.match(after, end) is not None and any(
        left != right for left, right in _BARE.findall(after[:end])
    )
