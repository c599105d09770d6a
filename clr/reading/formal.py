"""Logic in symbols: derivations line by line, sequents, equivalences, truth tables and their rows.

A sentence is one of a closed set of constructions around its formulas, and is read whole or not at
all: what stands between the formulas is compared with the words below, in which `#` is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.formal import (
    Case,
    Equivalents,
    Given,
    Line,
    Property,
    Sequent,
    Tally,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.fol.syntax import FALSE, TRUE, Atom, Formula
from clr.reading.cases import cases
from clr.reading.formulas import Found, formulas_in, is_propositional, letters_of
from clr.reading.hypotheses import CONCLUDES
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.reading.markup import plain
from clr.reading.tables import Row, lines
from clr.trace import Span, Step

_LONGEST_PROBLEM = 4000
_LONGEST = 500
"""Characters of a sentence; longer ones are not read."""
_SIGNS = re.compile(
    r"[→⟶⊃⇒⟹↔⟷⇔⟺∧∨¬⊕⊻⊢⊨∴∀∃]|->|<->|\\(?:land|wedge|lor|vee|lnot|neg|forall|exists|vdash|models"
    r"|to|rightarrow|Rightarrow|implies|leftrightarrow|Leftrightarrow|iff|therefore)\b"
    r"|(?<![\w&|])[A-Za-z] [&|] [~A-Za-z]|~[A-Za-z]\b"
)
_SURE = re.compile(r"[∧∨¬⊢⊨]|\\(?:land|lor|lnot|neg|vdash|models)\b")
_TOPIC = re.compile(
    r"\b(?:truth (?:table|value)s?|tautolog\w+|logical\w*|propositional|natural deduction|modus"
    r"|satisfiab\w+|(?:valid|invalid)(?: \w+)? (?:argument|inference)|argument (?:is )?(?:valid|invalid)"
    r"|premises?|entails?|rules? of inference|predicate logic|first-order logic|syllogism)\b",
    re.I,
)
_SHOWS = re.compile(r"\b(?:prove|derive|deduce|conclude|infer|show)\b", re.I)
_USUAL = frozenset("pqrstuvw")
"""Letters that are mostly propositions."""
_OTHER_LOGIC = re.compile(
    r"\b(?:fuzzy|three-valued|many-valued|modal|intuitionis\w+|paraconsistent|relevan\w+ logic|linear"
    r" logic|precedence|left[- ]to[- ]right|Polish|wedge product|exterior|XOR cipher)\b",
    re.I,
)
_VALUE = r"(?:true|false|T|F|1|0)"
_IS_VALUED = re.compile(
    rf"(?<![\w\\])(?P<letter>[A-Za-z]\d?)\s*(?:=|:=|:|is|be|as|are)\s*(?P<value>{_VALUE})(?!\w)"
    r"(?!\s*(?:[∧∨→⊕=]|and [a-z] is not))",
    re.I,
)
_TRUTHS = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}

# Words around formulas; `#` stands for a formula

_NUMBER = re.compile(r"[\s|│]*(?:line |step )?\(?(?P<number>\d{1,2})[.):]\s+", re.I)
_LABEL = re.compile(
    r"\s*(?:(?P<premise>premises?|given|hypothes[ie]s|p)\s*\d*|(?P<assumption>assumption|suppos\w+)"
    r"|(?P<other>conclusion|so|line \d+|step \d+))\s*[:.]\s+",
    re.I,
)
_RULE = (
    r"(?:modus (?:ponendo )?(?:ponens|tollens)|(?:(?:hypothetical|disjunctive) )?syllogism|MPP?|MTT?"
    r"|HS|DS|CD|DN|CP|RAA|IP|LEM|UI|UG|EI|EG|DM|DeM|Conj|Simp|Add|Impl|Equiv|Contra|Trans|Taut|Assoc"
    r"|Comm|Dist|Exp|Abs|PBC|MP|"
    r"(?:→|->|⇒|∧|&|∨|¬|~|↔|∀|∃|⊥|\\(?:to|land|lor|neg|lnot|forall|exists|rightarrow)\b)\s?-?"
    r"(?:I|E|Intro|Elim)\w*\b\.?"
    r"|conjunction|simplification|addition|elimination|introduction|intro|elim|or|and|not|conditional"
    r"|de morgan'?s?|law|laws|double|negation|contraposition|contrapositive|transposition|material"
    r"|implication|distribution|distributiv\w+|commutativ\w+|associativ\w+|absorption|idempoten\w+"
    r"|identity|domination|complement\w*|exportation|resolution|universal|existential|instantiation"
    r"|generali[sz]ation|biconditional|definition|equivalence|equivalences|reductio|ad|absurdum"
    r"|contradiction|constructive|destructive|dilemma|proof|cases|excluded|middle|tautology"
    r"|reiteration|repetition|ex falso|explosion|transitivity|chain|chaining|detachment|rule|rules"
    r"|inference|logic|logical|standard|known|the|of|on|to|a|an|applied|applying|using|with|from|by"
    r"|via|and|in|both|above|lines?|steps?|premises?|given|assumptions?|hypothes[ie]s|facts?"
    r"|supposition|assumed|discharge|discharging|closing|again|first|second|third|part|it|this"
    r"|these|previous|two|three|conditionals?|quantifiers?|statements?)"
)
_JUSTIFIED = re.compile(
    rf"(?:{_RULE}(?![\w])|\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?|[\s,.;:()\[\]&/+—–-])+", re.I
)
_TAIL_AT = re.compile(
    r"\s{2,}|\t|\s*[|;:—–]\s*|\s*,\s+|\s*[\[(]|\s-\s|\s+(?=(?:by|from|via|using|premise|given|assum"
    r"|hypothesis|MP|MT|HS|DS|modus)\b)"
)
_NUMBERS = re.compile(r"\d{1,2}")
_RANGE = re.compile(r"\d{1,2}\s?[-–]\s?\d{1,2}")
_PREMISE = re.compile(r"\b(?:premises?|given|hypothesis)\b(?!s? \d)", re.I)
_ASSUMES = re.compile(r"\bassum|\bsuppos", re.I)
_CLOSES = re.compile(
    r"\b(?:conditional (?:proof|introduction)|implication introduction|CP|RAA|reductio|IP|PBC"
    r"|(?:proof )?by contradiction|(?:proof by )?cases|dilemma|negation introduction|discharg\w+)\b"
    r"|(?:→|->|⇒|¬|~|\\to|\\neg|\\lnot)\s?-?I|∨\s?-?E|∃\s?-?E",
    re.I,
)
_LEAD = re.compile(
    r"\s*(?:(?:so|thus|therefore|hence|then|now|and|but|also|finally|next|similarly|first|again"
    r"|consequently|note|clearly|∴)\b,?|∴|\\therefore\b"
    r"|(?:we|i)(?: (?:can|also|now|then|therefore|thus))* (?:have|get|know|conclude|infer|derive"
    r"|obtain|deduce|see|note|find|use)(?: that|:)?"
    r"|(?:it follows|this (?:means|gives|shows|yields|implies)|note|recall|which (?:gives|means)"
    r"|we are given|(?:which|this) is equivalent to)(?: that|:)?"
    rf"|(?:by|using|applying|via|from) (?!#)(?:{_RULE}(?!\w)|\d{{1,2}}|[\s&])+[,:])\s*",
    re.I,
)
_DERIVES = (
    r"(?:(?:so|thus|therefore|hence|then|it follows that|which (?:gives|means|implies|yields)"
    r"|this (?:gives|means|implies|yields)|we (?:can )?(?:get|have|conclude|infer|derive|obtain"
    r"|deduce)(?: that)?|∴|\\therefore|gives?(?: us)?|yields?|imply|and so|and hence|and therefore)\b|∴)"
)
_AND_SO_ON = r"(?:,? and |, |; )"
_FROM = re.compile(
    rf"(?:from|since|because|given|with|by|as|using|combining)? ?(?P<cites>#(?:{_AND_SO_ON}#)*)"
    rf"(?: (?:hold|are true|is true))?(?:,|;|\.)? ?(?:by [^#,]{{3,40}}, ?)?"
    rf"(?P<derives>{_DERIVES})[,:]? ?(?:by [^#,]{{3,40}}, ?)?(?:{_DERIVES},? ?)?#",
    re.I,
)
_SINCE = re.compile(
    rf"(?:from|since|because|given that|as|using|combining) (?P<cites>#(?:{_AND_SO_ON}#)*), ?"
    rf"(?:by [^#,]{{3,40}}, ?)?(?:{_DERIVES},? )?#",
    re.I,
)
_EQUALS = (
    r"(?:≡|⟺|⇔|<=>|\\(?:equiv|Leftrightarrow|iff)\b|=(?!>)|(?:is|are) (?:logically )?equivalent to)"
)
_CHAIN = re.compile(rf"=?\s?#(?: ?{_EQUALS} ?#)+")
_SEQUENT = re.compile(
    r"(?P<cites>(?:#(?:(?:, |; | and |, and )#)*)?) ?(?P<sign>⊢|⊨|\\vdash\b|\\models\b|\\vDash\b|⊬|⊭"
    r"|\\nvdash\b|\\not ?\\(?:vdash|models)|(?:logically )?entails?|does not (?:logically )?entail"
    r"|do not (?:logically )?entail) ?#"
)
_DENIES = re.compile(r"⊬|⊭|\\nvdash|\\not|not")
_PROPERTY = re.compile(
    r"(?:the )?(?:formula |statement |proposition |expression )?# is (?P<no>not |never )?"
    r"(?:(?:therefore|thus|clearly|indeed|also) )?(?:(?:a|an|logically) )?"
    r"(?P<name>tautology|tautological|contradiction|contradictory|contingency|contingent"
    r"|satisfiable|unsatisfiable|valid|always true|always false|logically true)"
    r"(?: (?:formula|statement))?",
    re.I,
)
_STATED = re.compile(r"#(?:(?:,? and |, |; )#){0,4}")
_TRUE = re.compile(
    r"(?:the (?:formula|statement|proposition|expression) )?#(?P<is> (?:is|evaluates to|becomes|equals"
    rf"|has value|must be|would be)|\s?[=:])\s?(?P<value>{_VALUE})",
    re.I,
)
_WHEN = re.compile(
    r"(?:(?:so|thus|therefore|hence|then|now|and|but)\b,? )?(?:row \d+[:.,]? ?|case \d+[:.,]? ?)?"
    r"(?:(?:when|if|for|with|let|given|suppose|take|set|setting|say|consider)\b(?: that)? )?",
    re.I,
)
_SPARE = re.compile(
    r"(?:[\s,:;.()→]|\b(?:and|then|we|get|have|so|thus|therefore|hence|gives|that|both|but|which"
    r"|means|the|case|row|when|it|follows)\b|=>|\\(?:to|Rightarrow)\b)*",
    re.I,
)
_COUNTED = re.compile(
    r"(?:so|thus|therefore|hence|then|finally)?,? ?(?:(?:the|this|our) (?:\w+ )?(?:formula|statement"
    r"|proposition|expression)|it|#) (?:is|comes out|evaluates to|holds|has the value)"
    rf" ?(?P<value>true|false|T|F)? ?(?:in|for|on) (?:exactly |only )?(?P<count>{CARDINAL})"
    rf"(?: (?:out )?of (?:the )?(?:total )?(?P<of>{CARDINAL}))?(?: (?:possible|of the))?"
    r" ?(?:rows?|cases?|assignments?|valuations?|lines?|combinations?|truth assignments?)?",
    re.I,
)
_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|imagine|what if|if|case|otherwise|contradict\w*|would|whether|try"
    r"|trial|subproof|sub-proof|for (?:arbitrary|any)|let)\b|\?",
    re.I,
)
_ASSUMED = re.compile(
    r"\s*(?:(?:now|next|first|then),? )?(?:we )?(?:suppose|assume)(?: that| for contradiction(?: that)?"
    r"|,? towards? a contradiction,?(?: that)?)?[: ]+#(?:,? and #)*\.?\s*",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:prove|show|derive|deduce|conclude|conclusion|infer|therefore|determine|whether|is it|does it"
    r"|follow|verify|check|find|evaluate|how many|construct|build|is|are|what|which|simplify|negat\w+"
    r"|equivalent|goal)\b|∴|⊢|⊨|\\(?:therefore|vdash|models)\b|\?",
    re.I,
)
_GIVES = re.compile(r"\b(?:given|premises?|assum\w+|suppos\w+|from|hypothes\w+|know\w*)\b", re.I)
_BETWEEN = re.compile(
    r"(?:[\s,;:.]|\band\b|\(?\b[a-h\d]{1,2}[.)]|\bthe\b|\bpremises?\b|\bP\d:|\(\w\))*", re.I
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Given


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """What `problem` gives, or None unless it is about logic in symbols."""
    if len(problem) > _LONGEST_PROBLEM:
        return None
    if not _may_be_logic(problem):
        return None
    if _OTHER_LOGIC.search(problem) or "```" in problem:
        return None
    text = plain(problem)
    premises: list[Formula] = []
    topics: list[Formula] = []
    complete = True
    headed = asked = False
    seen = False
    for span in sentences(text):
        said = text[span.start : span.end]
        found = formulas_in(said)
        if found is None:
            complete = False
            continue
        seen = seen or any(not _is_mere_letter(f.formula) for f in found)
        ask = _ASKS.search(said)
        gives = _GIVES.search(said)
        drawn = _DRAWN.search(said)
        if not gives and not drawn:
            found = [f for f in found if not _is_mere_letter(f.formula)] or found
        if drawn and found and found[0].span.start < drawn.start():
            gives, ask, asked = drawn, drawn, False
        source = _SOURCE.search(said) if found else None
        if source and ask and ask.start() < found[0].span.start < source.start():
            after = [f for f in found if f.span.start > source.start()]
            if _are_listed(said, after, len(said)):
                premises += [f.formula for f in after]
                topics += [f.formula for f in found if f.span.start < source.start()]
                asked = True
                continue
        stop = 0 if said.endswith("?") and not gives else ask.start() if ask else len(said)
        if not found:
            headed = bool(gives) and said.rstrip().endswith(":")
            asked = asked or bool(ask)
            continue
        given = [f for f in found if f.span.start < stop] if not asked or gives else []
        if given and (gives or headed or _NUMBER.match(said)) and _are_listed(said, given, stop):
            premises += [f.formula for f in given]
        elif given:
            complete = False
            topics += [f.formula for f in given]
        topics += [f.formula for f in found if f.span.start >= stop]
        asked = asked or bool(ask)
    letters = frozenset[str]().union(*map(letters_of, (*premises, *topics)))
    sure = _SURE.search(problem) or _TOPIC.search(problem)
    if not (seen and (sure or letters <= _USUAL)) and not _LOGIC.search(problem):
        return None
    if letters and letters <= {"T", "F"}:
        return None  # an expression to evaluate
    values = dict(_valuation(text))
    given = tuple(premises)
    asked_about = tuple(dict.fromkeys(topics))
    complete = complete and bool(premises)
    return Context(Given(given, complete, asked_about, tuple(values.items()), letters))


_DRAWN = re.compile(r"∴|\\therefore\b|\btherefore\b|⊢|⊨|\\(?:vdash|models)\b", re.I)
_SOURCE = re.compile(r"\bfrom\b(?: the premises?)?:?", re.I)
_LOGIC = re.compile(
    r"truth table|tautolog|propositional|modus (?:ponens|tollens)|logically equivalent", re.I
)


def _may_be_logic(problem: str) -> bool:
    if _SIGNS.search(problem) is None:
        return _LOGIC.search(problem) is not None
    return any(words.search(problem) for words in (_SURE, _TOPIC, _SHOWS))


def _is_mere_letter(f: Formula) -> bool:
    return isinstance(f, Atom) and not f.args


def _are_listed(said: str, given: Sequence[Found], stop: int) -> bool:
    """Whether nothing but what joins a list stands between the premises of a sentence."""
    ends = [f.span.end for f in given]
    starts = [f.span.start for f in given[1:]] + [stop]
    return all(_BETWEEN.fullmatch(said[e:s]) for e, s in zip(ends, starts, strict=True))


def _valuation(text: str) -> Iterator[tuple[str, bool]]:
    for m in _IS_VALUED.finditer(text):
        yield m["letter"], _TRUTHS[m["value"].lower()]


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step in symbols, in order."""
    out: list[Claim] = []
    values: tuple[tuple[str, bool], ...] = ()
    told = [*lines(step.text, lambda rows: iter(()))]
    opened = cases(step.text, [line.span for line in told], lettered=False)
    for rows in _tables(step.text):
        out += (_claim(step, body, row.span) for body, row in _rows(rows))
    for line in told:
        text = line.text
        if len(text) > _LONGEST:
            out.append(_claim(step, Unread(supposes=True), line.span))
            continue
        if line.span.start in opened:
            out.append(_claim(step, Unread(supposes=True), line.span))
            continue
        bodies, values = _said(text, values, context)
        out += (_claim(step, body, line.span) for body in bodies)
    return sorted(out, key=lambda claim: claim.span.start)


def _said(
    text: str, values: tuple[tuple[str, bool], ...], context: Context
) -> tuple[list[Body], tuple[tuple[str, bool], ...]]:
    """What a sentence says, and the truth values that hold after it."""
    if text.rstrip().endswith("?"):
        return [], values
    if (case := _case(text, values, context)) is not None:
        return case
    if counted := _tally(text):
        return [counted], values
    concluded = CONCLUDES.match(text) is not None or text.lstrip().startswith("∴")
    if (argued := _argued(text, context)) is not None:
        return [argued], values
    number, role, text = _unlabelled(text)
    text, tail = _split(text)
    found = formulas_in(text)
    if not found:
        if found is None or (_SIGNS.search(text) and _SUPPOSES.search(text)):
            return [Unread(bool(_SUPPOSES.search(text)))], values
        return [], values
    while lead := _LEAD.match(skeleton := _skeleton(text, found)):
        if _NAMES_RULE.match(lead[0]):
            tail = f"{lead[0]} {tail}"
        concluded = concluded or CONCLUDES.match(lead[0]) is not None
        cut = _places(text, found)[lead.end()] if lead.end() < len(skeleton) else len(text)
        if not lead.end() or cut <= 0 or found[0].span.start < cut:
            break
        text = text[cut:]
        found = [f._replace(span=f.span.shift(-cut)) for f in found]
    skeleton = " ".join(skeleton.split()).strip(" .,;:!")
    texts = tuple(text[f.span.start : f.span.end] for f in found)
    formulas = tuple(f.formula for f in found)
    body = _construed(skeleton, formulas, texts, concluded)
    if body is not None:
        return [body], values
    numbers = tuple(int(n) for n in _NUMBERS.findall(_RANGE.sub(" ", tail)))
    closes = bool(_CLOSES.search(tail) or _RANGE.search(tail))
    if _ASSUMED.fullmatch(_skeleton(text, found)):
        return [Line(f, number, role="assumption") for f in formulas], values
    if m := _FROM.fullmatch(skeleton) or _SINCE.fullmatch(skeleton):
        cites = formulas[: m["cites"].count("#")]
        if len(cites) == len(formulas) - 1:
            return [Line(formulas[-1], number, (), cites, closes=closes)], values
    if _STATED.fullmatch(skeleton):
        role = role or ("assumption" if _ASSUMES.search(tail) else "")
        role = role or ("premise" if _PREMISE.search(tail) and not numbers else "derived")
        known = tail or concluded or number is not None or role == "premise"
        if all(map(_is_mere_letter, formulas)) and not known:
            return [], values  # letters are mentioned
        firm = bool(tail) or concluded or role != "derived"
        return [Line(f, number, numbers, (), role, closes, firm) for f in formulas], values
    if all(map(_is_mere_letter, formulas)) and not _SUPPOSES.search(text):
        return [], values
    return [Unread(bool(_SUPPOSES.search(text)))], values


def _construed(
    skeleton: str, formulas: tuple[Formula, ...], texts: tuple[str, ...], concluded: bool
) -> Body | None:
    """What a sentence about formulas says of them."""
    if _CHAIN.fullmatch(skeleton):
        strict = re.search(r"(?<!<)=(?!>)", skeleton) is None
        if strict and all(map(_is_mere_letter, formulas)):
            return None
        members = tuple(map(_constant, formulas))
        return Equivalents(members, texts, strict, concluded) if len(formulas) > 1 else None
    if m := _SEQUENT.fullmatch(skeleton):
        return Sequent(formulas[:-1], formulas[-1], bool(_DENIES.search(m["sign"])), concluded)
    if m := _PROPERTY.fullmatch(skeleton):
        return Property(formulas[0], m["name"].lower(), bool(m["no"]))
    return None


_ARGUED = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|and|then|answer:?)\b,? )*(?:the|this) (?:argument|inference"
    r"|reasoning|conclusion|form)(?: form)? (?:is|follows|does)\b(?: therefore| thus| indeed| logically)*"
    r" ?(?P<no>not )?(?:logically )?(?P<what>valid|invalid|follows?)?(?: (?:logically )?from the premises)?"
    r"\W*",
    re.I,
)


def _argued(text: str, context: Context) -> Body | None:
    """That the argument of the problem is valid, or is not."""
    m = _ARGUED.fullmatch(text)
    given = context.given
    if m is None or not given.complete or len(given.topics) != 1:
        return None
    follows = re.search(r"\bconclusion follows\b", text) is not None
    if m["what"] is None and not follows:
        return None
    denied = bool(m["no"]) != ((m["what"] or "").lower() == "invalid")
    return Sequent(given.premises, given.topics[0], denied, concluded=True)


_NAMES_RULE = re.compile(r"\s*(?:by|using|applying|via|from)\b", re.I)


def _constant(f: Formula) -> Formula:
    """`f`, with T and F alone for the truth values that they mostly are."""
    return {"T": TRUE, "F": FALSE}.get(f.name, f) if _is_mere_letter(f) else f  # type: ignore[union-attr]


def _skeleton(text: str, found: Sequence[Found]) -> str:
    """The sentence with `#` for each formula."""
    out, at = "", 0
    for f in found:
        out += text[at : f.span.start] + "#"
        at = f.span.end
    return out + text[at:]


def _places(text: str, found: Sequence[Found]) -> list[int]:
    """Where each character of the skeleton stands in the sentence."""
    out: list[int] = []
    at = 0
    for f in found:
        out += [*range(at, f.span.start), f.span.start]
        at = f.span.end
    return [*out, *range(at, len(text))]


def _unlabelled(text: str) -> tuple[int | None, str, str]:
    """The number of a line, the role that its label gives it, and the rest."""
    number, role = None, ""
    if m := _NUMBER.match(text):
        number, text = int(m["number"]), text[m.end() :]
    if m := _LABEL.match(text):
        role = m.lastgroup or ""
        role = "" if role == "other" else role
        text = text[m.end() :]
    return number, role, text


def _split(text: str) -> tuple[str, str]:
    """A line, and what is given for it behind it: "q (modus ponens 1, 2)"."""
    text = text.rstrip(" .")
    for m in _TAIL_AT.finditer(text):
        rest = text[m.start() :]
        if m.start() and re.search(r"\w", rest) and _JUSTIFIED.fullmatch(rest):
            if formulas_in(text[: m.start()]):
                return text[: m.start()], rest
    return text, ""


# Truth values


def _case(
    text: str, before: tuple[tuple[str, bool], ...], context: Context
) -> tuple[list[Body], tuple[tuple[str, bool], ...]] | None:
    """What a sentence says of one case; None if it speaks of none."""
    m = _WHEN.match(text)
    at = m.end() if m else 0
    values: dict[str, bool] = {}
    while v := _IS_VALUED.match(text, at):
        letter, value = v["letter"], _TRUTHS[v["value"].lower()]
        if values.get(letter, value) is not value or letter in "TF":
            return None
        values[letter] = value
        spare = re.compile(
            r"(?:\s*,?\s*and\s+|\s*[,;]\s*|\s+)(?=[A-Za-z]\d?\s*(?:=|:=|:|is|be|as|are)\s)", re.I
        )
        joined = spare.match(text, v.end())
        at = joined.end() if joined else v.end()
    known = tuple(values.items()) or before or context.given.values
    rest = text[at:].strip(" .")
    if not rest:
        return ([], known) if values else None
    if not known:
        return None
    spare_end = _SPARE.match(rest)
    rest = rest[spare_end.end() :] if spare_end else rest
    chains = _chains(rest)
    if chains is None:
        return ([Unread(supposes=False)], known) if values else None
    formulas, texts = chains
    names = {name for name, _ in known}
    if not values and not all(letters_of(f) <= names for chain in formulas for f in chain):
        return None
    return [Case(known, formulas, texts)], known


def _chains(
    text: str,
) -> tuple[tuple[tuple[Formula, ...], ...], tuple[tuple[str, ...], ...]] | None:
    """Chains of formulas with one value each: "¬q = T, so p ∧ ¬q = T ∧ T = T"."""
    formulas: list[tuple[Formula, ...]] = []
    texts: list[tuple[str, ...]] = []
    parts = re.split(
        r"(?:,|;)? (?:so|and|thus|hence|therefore|then)(?: that)? (?=[^a-z]|[a-z]\b)|[,;] ", text
    )
    for part in parts:
        links = re.split(
            r"\s*(?:=|≡|(?:is|evaluates to|becomes|equals|has value|must be|would be|→ ?(?=[TF]\b))(?= ))\s*",
            re.sub(
                r"^(?:the (?:formula|statement|expression|value of|whole) |we get |then )+",
                "",
                part,
            ),
        )
        found = [_valued(link) for link in links if link.strip()]
        if len(found) < 2 or any(f is None for f in found):
            return None
        formulas.append(tuple(f for f in found if f is not None))
        texts.append(tuple(link.strip() for link in links if link.strip()))
    return tuple(formulas), tuple(texts)


_TRUE_WORD = re.compile(r"(?<![\w\\])(?:True|true|TRUE|T|1)(?!\w)")
_FALSE_WORD = re.compile(r"(?<![\w\\])(?:False|false|FALSE|F|0)(?!\w)")


def _valued(text: str) -> Formula | None:
    """A formula in which T and F, 1 and 0, or words, are truth values."""
    spelled = _FALSE_WORD.sub("⊥", _TRUE_WORD.sub("⊤", text.strip(" .,:")))
    found = formulas_in(spelled)
    if not found or len(found) > 1:
        return None
    outside = spelled[: found[0].span.start] + spelled[found[0].span.end :]
    if re.search(r"[^\s()]", outside) or not is_propositional(found[0].formula):
        return None
    return found[0].formula


def _tally(text: str) -> Tally | None:
    found = formulas_in(text)
    if found is None or len(found) > 1:
        return None
    m = _COUNTED.fullmatch(" ".join(_skeleton(text, found).split()).strip(" ."))
    if m is None or (not found and "#" in text):
        return None
    if not re.search(r"rows?|cases?|assign|valuat|lines?|combin", text):
        return None
    value = _TRUTHS[(m["value"] or "true").lower()]
    return Tally(
        found[0].formula if found else None,
        value,
        cardinal(m["count"]),
        cardinal(m["of"]) if m["of"] else None,
    )


def _tables(text: str) -> list[tuple[Row, ...]]:
    found: list[tuple[Row, ...]] = []

    def kept(rows: tuple[Row, ...]) -> Iterator[object]:
        found.append(rows)
        return iter(())

    [*lines(text, kept)]  # type: ignore[arg-type]
    return found


def _rows(rows: Sequence[Row]) -> Iterator[tuple[Body, Row]]:
    """The rows of a truth table: one column for each letter, and formulas."""
    heads = [_valued(cell) for cell in rows[0].cells]
    letters = [h.name if isinstance(h, Atom) and not h.args else None for h in heads]
    names = [name for name in letters if name is not None]
    if not names or len(names) == len(heads) or len(set(names)) < len(names):
        return
    for row in rows[1:]:
        cells = [_TRUTHS.get(_VALUED.sub("", cell).lower()) for cell in row.cells]
        values = {n: c for n, c in zip(letters, cells, strict=True) if n is not None}
        if any(value is None for value in values.values()):
            continue
        told = [
            (head, cell, text)
            for head, name, cell, text in zip(heads, letters, cells, rows[0].cells, strict=True)
            if head is not None and name is None and cell is not None and letters_of(head)
        ]
        if told:
            known: Mapping[str, bool] = {n: bool(v) for n, v in values.items()}
            yield (
                Case(
                    tuple(known.items()),
                    tuple((head, TRUE if cell else FALSE) for head, cell, _ in told),
                    tuple((text, "T" if cell else "F") for _, cell, text in told),
                    tabled=True,
                ),
                row,
            )


_VALUED = re.compile(r"[*_`\s]")


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    place = span.shift(step.span.start)
    return Claim(Kind.ENTAILMENT, text, place, step.index, text, Role.DERIVED, body)
