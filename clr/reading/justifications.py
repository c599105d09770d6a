"""What is given for a line of a derivation: the rule and the lines that it names.

Rules have many names, and which one is named does not matter; but all of what stands there must be
such names, so that nothing else is passed over.
"""

from __future__ import annotations

import re

from clr.reading.formulas import formulas_in

_NAMES = frozenset(
    "modus ponendo ponens tollens hypothetical disjunctive syllogism mp mpp mt mtt hs ds cd dn cp "
    "raa ip lem ui ug ei eg dm dem conj simp add impl equiv contra trans taut assoc comm dist exp "
    "abs pbc conjunction simplification addition elimination introduction intro elim or and not "
    "conditional de morgan morgan's morgans law laws double negation contraposition contrapositive "
    "transposition material implication distribution distributive distributivity commutative "
    "commutativity associative associativity absorption idempotent idempotence identity domination "
    "complement complementation exportation resolution universal existential instantiation "
    "generalization generalisation biconditional definition equivalence equivalences reductio ad "
    "absurdum contradiction constructive destructive dilemma proof cases excluded middle tautology "
    "reiteration repetition ex falso explosion transitivity chain chaining detachment rule rules "
    "inference logic logical standard known the of on to a an applied applying using with from by "
    "via in both above line lines step steps premise premises given assumption assumptions "
    "hypothesis hypotheses fact facts supposition assumed discharge discharging closing again "
    "first second third part it this these previous two three conditionals quantifier quantifiers "
    "statement statements".split()
)
_SIGNED = re.compile(
    r"(?:→|->|⇒|∧|&|∨|¬|~|↔|∀|∃|⊥|\\(?:to|land|lor|neg|lnot|forall|exists|rightarrow)\b)\s?-?"
    r"(?:Intro|Elim|I|E)(?![A-Za-z])\.?",
    re.I,
)
"""A rule by the sign that it brings in or takes away: →I, ∧E."""
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_REST = re.compile(r"[\s\d,.;:()\[\]&/+|—–-]*")
_BEGINS = re.compile(
    r"\s{2,}|\t|\s*[|;:—–]\s*|\s*,\s+|\s*[\[(]|\s-\s"
    r"|\s+(?=(?:by|from|via|using|premise|given|assum|hypothesis|MP|MT|HS|DS|modus)\b)"
)
_NUMBER = re.compile(r"\d{1,2}")
_RANGE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}")
_CLOSES = re.compile(
    r"\b(?:conditional (?:proof|introduction)|implication introduction|CP|RAA|reductio|IP|PBC"
    r"|(?:proof )?by contradiction|(?:proof by )?cases|dilemma|negation introduction|discharg\w+)\b"
    r"|(?:→|->|⇒|¬|~|\\to|\\neg|\\lnot)\s?-?I|∨\s?-?E|∃\s?-?E",
    re.I,
)


def justifies(text: str) -> bool:
    """Whether a text consists of names of rules and numbers of lines."""
    if not re.search(r"\w", text):
        return False
    rest = _SIGNED.sub(" ", text)
    if any(m[0].lower().replace("’", "'") not in _NAMES for m in _WORD.finditer(rest)):
        return False
    return _REST.fullmatch(_WORD.sub(" ", rest)) is not None


def parted(text: str) -> tuple[str, str]:
    """A line, and what is given for it behind it: "q (modus ponens 1, 2)"."""
    text = text.rstrip(" .")
    for m in _BEGINS.finditer(text):
        if justifies(text[m.start() :]) and formulas_in(text[: m.start()]):
            return text[: m.start()], text[m.start() :]
    return text, ""


def lines_named(text: str) -> tuple[int, ...]:
    """The numbers of the lines that a justification names, but for those of a part of a proof."""
    return tuple(int(n) for n in _NUMBER.findall(_RANGE.sub(" ", text)))


def closes(text: str) -> bool:
    """Whether a justification ends an assumption, by its rule or by naming a part of a proof."""
    return _CLOSES.search(text) is not None or _RANGE.search(text) is not None
