"""Logic in symbols: derivations line by line, sequents, equivalences, truth tables and their rows.

A sentence is one of a closed set of constructions around its formulas, and is read whole or not at
all: what stands between the formulas is compared with the words below, in which `#` is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from clr.bodies.formal import (
    Case,
    Equivalents,
    Given,
    Line,
    Property,
    Sequent,
    Unread,
)
from clr.claim import Body, Claim, Kind, Role
from clr.fol.syntax import FALSE, TRUE, Atom, Formula
from clr.reading.cases import cases
from clr.reading.cues import Cues, mentions
from clr.reading.formulas import Found, formulas_in, letters_of, skeleton
from clr.reading.hypotheses import CONCLUDES
from clr.reading.justifications import closes, justifies, lines_named, parted
from clr.reading.lexicon import sentences
from clr.reading.markup import plain
from clr.reading.tables import lines
from clr.reading.truth_values import Values, case_of, rows_in, tally, valuation, values_told
from clr.trace import Span, Step

_LONGEST_PROBLEM = 4000
_LONGEST = 500
"""Characters of a sentence; longer ones are not read."""
_SIGNS = re.compile(
    r"[→⟶⊃⇒⟹↔⟷⇔⟺∧∨¬⊕⊻⊢⊨∴∀∃]|->|<->|\\(?:land|wedge|lor|vee|lnot|neg|forall|exists|vdash|models"
    r"|to|rightarrow|Rightarrow|implies|leftrightarrow|Leftrightarrow|iff|therefore)\b"
    r"| [&|] (?<=[A-Za-z] . )(?<![\w&|][A-Za-z] . )[~A-Za-z]|~[A-Za-z]\b"
)
_SIGNS_IN_ASCII = ("->", "\\", " & ", " | ", "~")
_SURE = re.compile(r"[∧∨¬⊢⊨]|\\(?:land|lor|lnot|neg|vdash|models)\b")
_TOPIC = re.compile(
    r"\b(?:truth (?:table|value)s?|tautolog\w+|logical\w*|propositional|natural deduction|modus"
    r"|satisfiab\w+|(?:valid|invalid)(?: \w+)? (?:argument|inference)|argument (?:is )?(?:valid"
    r"|invalid)"
    r"|premises?|entails?|rules? of inference|predicate logic|first-order logic|syllogism)\b",
    re.I,
)
_SHOWS = re.compile(r"\b(?:prove|derive|deduce|conclude|infer|show)\b", re.I)
_USUAL = frozenset("pqrstuvw")
"""Letters that are mostly propositions."""
_OTHER_LOGIC = re.compile(
    r"\b(?:fuzzy|three-valued|many-valued|modal|intuitionis\w+|paraconsistent|relevan\w+ logic"
    r"|linear"
    r" logic|precedence|left[- ]to[- ]right|Polish|wedge product|exterior|XOR cipher)\b",
    re.I,
)
# Words around formulas; `#` stands for a formula

_NUMBER = re.compile(r"[\s|│]*(?:line |step )?\(?(?P<number>\d{1,2})[.):]\s+", re.I)
_LABEL = re.compile(
    r"\s*(?:(?P<premise>premises?|given|hypothes[ie]s|p)\s*\d*|(?P<assumption>assumption|suppos\w+)"
    r"|(?P<other>conclusion|so|line \d+|step \d+))\s*[:.]\s+",
    re.I,
)
_PREMISE = re.compile(r"\b(?:premises?|given|hypothesis)\b(?!s? \d)", re.I)
_ASSUMES = re.compile(r"\bassum|\bsuppos", re.I)
_LEAD = re.compile(
    r"\s*(?:(?:so|thus|therefore|hence|then|now|and|but|also|finally|next|similarly|first|again"
    r"|consequently|note|clearly|∴)\b,?|∴|\\therefore\b"
    r"|(?:we|i)(?: (?:can|also|now|then|therefore|thus))* (?:have|get|know|conclude|infer|derive"
    r"|obtain|deduce|see|note|find|use)(?: that|:)?"
    r"|(?:it follows|this (?:means|gives|shows|yields|implies)|note|recall|which (?:gives|means)"
    r"|we are given|(?:which|this) is equivalent to)(?: that|:)?"
    r"|(?:by|using|applying|via|from) (?P<rule>[^#,:]{1,60})[,:])\s*",
    re.I,
)
_DERIVES = (
    r"(?:(?:so|thus|therefore|hence|then|it follows that|which (?:gives|means|implies|yields)"
    r"|this (?:gives|means|implies|yields)|we (?:can )?(?:get|have|conclude|infer|derive|obtain"
    r"|deduce)(?: that)?|∴|\\therefore|gives?(?: us)?|yields?|imply|and so|and hence"
    r"|and therefore)\b|∴)"
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
    r"(?P<cites>(?:#(?:(?:, |; | and |, and )#)*)?) ?(?P<sign>⊢|⊨|\\vdash\b|\\models\b|\\vDash\b"
    r"|⊬|⊭"
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
_LISTED = re.compile(r"#(?:(?:,? and |, |; )#){0,4}")
_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|imagine|what if|if|case|otherwise|contradict\w*|would|whether|try"
    r"|trial|subproof|sub-proof|for (?:arbitrary|any)|let)\b|\?",
    re.I,
)
_ASSUMED = re.compile(
    r"\s*(?:(?:now|next|first|then),? )?(?:we )?(?:suppose|assume)(?: that"
    r"| for contradiction(?: that)?"
    r"|,? towards? a contradiction,?(?: that)?)?[: ]+#(?:,? and #)*\.?\s*",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:prove|show|derive|deduce|conclude|conclusion|infer|therefore|determine|whether|is it"
    r"|does it"
    r"|follow|verify|check|find|evaluate|how many|construct|build|is|are|what|which|simplify"
    r"|negat\w+"
    r"|equivalent|goal)\b|∴|⊢|⊨|\\(?:therefore|vdash|models)\b|\?",
    re.I,
)
_GIVES = re.compile(r"\b(?:given|premises?|assum\w+|suppos\w+|from|hypothes\w+|know\w*)\b", re.I)
_BETWEEN = re.compile(
    r"(?:[\s,;:.]|\band\b|\(?\b[a-h\d]{1,2}[.)]|\bthe\b|\bpremises?\b|\bP\d:)*", re.I
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
            if after and _are_listed(said, after, len(said)):
                premises += [f.formula for f in after]
                topics += [f.formula for f in found if f.span.start < source.start()]
                asked = True
                continue
        stop = 0 if said.endswith("?") and not gives else ask.start() if ask else len(said)
        if not found:
            headed = bool(gives) and said.rstrip().endswith(":")
            asked = asked or bool(ask)
            continue
        told = [f for f in found if f.span.start < stop] if not asked or gives else []
        if told and (gives or headed or _NUMBER.match(said)) and _are_listed(said, told, stop):
            premises += [f.formula for f in told]
        elif told:
            complete = False
            topics += [f.formula for f in told]
        topics += [f.formula for f in found if f.span.start >= stop]
        asked = asked or bool(ask)
    letters = frozenset[str]().union(*map(letters_of, (*premises, *topics)))
    sure = _SURE.search(problem) or _TOPIC.search(problem)
    if not (seen and (sure or letters <= _USUAL)) and not mentions(problem.lower(), _LOGIC):
        return None
    if letters and letters <= {"T", "F"}:
        return None  # an expression to evaluate
    values = valuation(text)
    asked_about = tuple(dict.fromkeys(topics))
    complete = complete and bool(premises)
    return Context(Given(tuple(premises), complete, asked_about, values, letters))


_DRAWN = re.compile(r"∴|\\therefore\b|\btherefore\b|⊢|⊨|\\(?:vdash|models)\b", re.I)
_SOURCE = re.compile(r"\bfrom\b(?: the premises?)?:?", re.I)
_LOGIC = (
    "truth table", "tautolog", "propositional", "modus ponens", "modus tollens",
    "logically equivalent",
)  # fmt: skip
"""Parts of words that name logic, in lower case."""
CUES = Cues(*_LOGIC)
"""The same, of which a problem without signs of logic holds one."""


def _may_be_logic(problem: str) -> bool:
    may_sign = not problem.isascii() or mentions(problem, _SIGNS_IN_ASCII)
    if not may_sign or _SIGNS.search(problem) is None:
        return mentions(problem.lower(), _LOGIC)
    return any(words.search(problem) for words in (_SURE, _TOPIC, _SHOWS))


def _is_mere_letter(f: Formula) -> bool:
    return isinstance(f, Atom) and not f.args


def _are_listed(said: str, given: Sequence[Found], stop: int) -> bool:
    """Whether nothing but what joins a list stands between the premises of a sentence."""
    ends = [f.span.end for f in given]
    starts = [f.span.start for f in given[1:]] + [stop]
    return all(_BETWEEN.fullmatch(said[e:s]) for e, s in zip(ends, starts, strict=True))


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step in symbols, in order."""
    out: list[Claim] = []
    values = context.given.values
    told = [*lines(step.text, lambda rows: iter(()))]
    opened = cases(step.text, [line.span for line in told], lettered=False)
    out += (_claim(step, body, row.span) for body, row in rows_in(step.text))
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


def _said(text: str, values: Values, context: Context) -> tuple[Sequence[Body], Values]:
    """What a sentence says, and the truth values that hold after it."""
    if text.rstrip().endswith("?"):
        return (), values
    if (told := values_told(text)) is not None:
        given, rest = told
        if given and not rest:
            return (), given
        case = case_of(rest, given or values) if given or values else None
        if case is not None and (given or _is_known(case)):
            return (case,), given or values
        if given:
            return (Unread(),), given
    if counted := tally(text):
        return (counted,), values
    return _stated(text, context), values


def _is_known(case: Case) -> bool:
    """Whether all letters of a case have a value."""
    names = {name for name, _ in case.values}
    return all(letters_of(f) <= names for chain in case.chains for f in chain)


def _stated(text: str, context: Context) -> Sequence[Body]:
    """What a sentence states whatever the case."""
    concluded = CONCLUDES.match(text) is not None or text.lstrip().startswith("∴")
    if (argued := _argued(text, context)) is not None:
        return (argued,)
    number, role, text = _unlabelled(text)
    text, tail = parted(text)
    found = formulas_in(text)
    if not found:
        if found is None or (_SIGNS.search(text) and _SUPPOSES.search(text)):
            return (Unread(bool(_SUPPOSES.search(text))),)
        return ()
    while lead := _LEAD.match(shape := skeleton(text, found)):
        if lead["rule"]:
            if not justifies(lead["rule"]):
                break
            tail = f"{lead['rule']} {tail}"
        concluded = concluded or CONCLUDES.match(lead[0]) is not None
        cut = _places(text, found)[lead.end()] if lead.end() < len(shape) else len(text)
        if not lead.end() or cut <= 0 or found[0].span.start < cut:
            break
        text = text[cut:]
        found = [f._replace(span=f.span.shift(-cut)) for f in found]
    shape = " ".join(shape.split()).strip(" .,;:!")
    texts = tuple(text[f.span.start : f.span.end] for f in found)
    formulas = tuple(f.formula for f in found)
    body = _construed(shape, formulas, texts, concluded)
    if body is not None:
        return (body,)
    numbers = lines_named(tail)
    if _ASSUMED.fullmatch(skeleton(text, found)):
        return [Line(f, number, role="assumption") for f in formulas]
    if m := _FROM.fullmatch(shape) or _SINCE.fullmatch(shape):
        cites = formulas[: m["cites"].count("#")]
        if len(cites) == len(formulas) - 1:
            return (Line(formulas[-1], number, (), cites, closes=closes(tail)),)
    if _LISTED.fullmatch(shape):
        role = role or ("assumption" if _ASSUMES.search(tail) else "")
        role = role or ("premise" if _PREMISE.search(tail) and not numbers else "derived")
        known = tail or concluded or number is not None or role == "premise"
        if all(map(_is_mere_letter, formulas)) and not known:
            return ()  # letters are mentioned
        firm = bool(tail) or concluded or role != "derived"
        return [Line(f, number, numbers, (), role, closes(tail), firm) for f in formulas]
    if all(map(_is_mere_letter, formulas)) and not _SUPPOSES.search(text):
        return ()
    return (Unread(bool(_SUPPOSES.search(text))),)


def _construed(
    shape: str, formulas: tuple[Formula, ...], texts: tuple[str, ...], concluded: bool
) -> Body | None:
    """What a sentence about formulas says of them."""
    if _CHAIN.fullmatch(shape):
        strict = re.search(r"(?<!<)=(?!>)", shape) is None
        if strict and all(map(_is_mere_letter, formulas)):
            return None
        members = tuple(map(_constant, formulas))
        return Equivalents(members, texts, strict, concluded) if len(formulas) > 1 else None
    if m := _SEQUENT.fullmatch(shape):
        return Sequent(formulas[:-1], formulas[-1], bool(_DENIES.search(m["sign"])), concluded)
    if m := _PROPERTY.fullmatch(shape):
        return Property(formulas[0], m["name"].lower(), bool(m["no"]))
    return None


_ARGUED = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence|and|then|answer:?)\b,? )*(?:the|this) (?:argument|inference"
    r"|reasoning|conclusion|form)(?: form)? (?:is|follows|does)\b(?: therefore| thus| indeed"
    r"| logically)*"
    r" ?(?P<no>not )?(?:logically )?(?P<what>valid|invalid"
    r"|follows?)?(?: (?:logically )?from the premises)?"
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


def _constant(f: Formula) -> Formula:
    """`f`, with T and F alone for the truth values that they mostly are."""
    match f:
        case Atom("T", ()):
            return TRUE
        case Atom("F", ()):
            return FALSE
        case _:
            return f


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


def _claim(step: Step, body: Body, span: Span) -> Claim:
    text = step.text[span.start : span.end]
    place = span.shift(step.span.start)
    return Claim(Kind.ENTAILMENT, text, place, step.index, text, Role.DERIVED, body)
