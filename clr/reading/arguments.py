"""Arguments in words: premises from the problem, and what each step says to hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from clr.bodies.arguments import (
    Conclusion,
    Naming,
    Premises,
    Statement,
    Symbolic,
    Unread,
)
from clr.bodies.connectives import And, Not, Or
from clr.claim import Body, Claim, Kind, Role
from clr.fol.syntax import Atom, Exists, ForAll, Formula, Fun, Iff, Implies, Term, Xor
from clr.reading.cases import cases, overall
from clr.reading.citations import Numbered, cited, numbered, without_asides
from clr.reading.cues import Cues, mentions
from clr.reading.hypotheses import CONCLUDES, TRIES, may_try, supposes_whole, supposition
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.reading.markup import CROSS
from clr.reading.statements import MAX_LENGTH, NAMED_A, TRUTHFUL, statement, subject_of
from clr.reading.symbols import Symbolic as Written
from clr.reading.symbols import has_letters, naming, spelled, symbolic
from clr.trace import Span, Step

_LONGEST = 8000
"""Characters of a problem."""
_MOST = 64
"""Premises: to find out which of them a claim needs takes time with the cube of their number."""
_CALCULATES = re.compile(r"[\d=+](?:(?<=\d)\d|(?<=[=+]))")
_AMOUNTS = ("ow many ", "ow much ")
_LOGIC = ("knight", "knave", "liar", "truth", "true", "false", "conclusion", "statement", "follow")
"""What problems that ask how many tell the truth, or how many conclusions hold, speak of."""
CUES = Cues(
    *"all every each no some if either neither unless lies implies".split(),
    whole=True,
    phrases={"truth": "tells? the truth"},
)
"""Words for what holds in general or on a condition, in lower case."""
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(
    r"\s*(?:[-*•]\s+|\(?\d{1,2}[.)]\s+|(?:premises?|facts?|rules?|step|given|conclusion"
    r"|question|q|problem|answer)\s*\d*\s*[:.]\s*)",
    re.I,
)
_LEAD = re.compile(
    r"\s*(?:(?:yes|no)\s*,(?= )"
    r"|(?:so|thus|therefore|hence|then|and|but|also|consequently|finally|clearly|now|next)\b,?"
    r"|(?:we|i) (?:(?:also|now|already|can|therefore|thus) )*(?:know|conclude|deduce|infer|see"
    r"|have)"
    r"(?: from [^,]{1,30}?)? that|(?:this|which|it) (?:also )?(?:means|implies|shows|follows) that"
    r"|it follows that|(?:by|from|according to|using) (?:premise|fact|rule|statement|clue|step|the"
    r"|modus|this|that|\(\d)"
    r"[^,]{0,40},|(?:by|via|using) (?:contraposition|the contrapositive|transitivity|elimination"
    r"|modus (?:ponens|tollens)|(?:the )?(?:disjunctive|hypothetical) syllogism)\b,?"
    r"|(?:the )?(?:premises?|facts?|rules?) (?:says?|states?|tells? us) that)\s*",
    re.I,
)
_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|imagine|consider\w*|let'?s say|hypothe\w+|what if|would|were"
    r"|cases?|scenarios?|possib\w+|otherwise|whether|options?|determine|contradict\w*)\b"
    r"|(?<!['’]s )\b(?:conclusion|statement|claim|question)\b",
    re.I,
)
"""What opens a hypothesis, or mentions a statement without saying that it holds."""
_SOURCE = re.compile(
    r"\b(?:from|by|in|using|per|according to) (?:the )?(?:\w+ )?(?:statements?|claims?)"
    r"(?: \(?\d{1,2}\)?(?: and \(?\d{1,2}\)?)?)?(?= ?[,:])",
    re.I,
)
"""Where a statement comes from: it is mentioned there, and said after it."""
_OPENING = re.compile(r"\s*(?:question|q|problem|puzzle)\s*\d*\s*[:.]\s*", re.I)
_ASKS = re.compile(
    r"\?|\b(?:conclusion|hypothesis|question|whether|determine|decide|options?|prove|following"
    r"|uncertain|true or false|does it follow|can we conclude)\b",
    re.I,
)
_SETTING = re.compile(
    rf"(?:on (?:an|the|this) island,? )?(?:each|every \w+|all"
    rf"|everyone|everybody)(?: of (?:the )?(?:{CARDINAL} )?[a-z]+| [a-z]+)?"
    r"(?: here| there| on the island)? (?:is )?(?:either )?(?:a knight or a knave"
    r"|(?:always )?(?:lies?|tells? the truth) or (?:always )?(?:lies?|tells? the truth))"
    r"(?: all the time)?"
    r"|(?=.*\bknights?\b)(?=.*\bknaves?\b)(?=.*\btruth)(?=.*\b(?:lie|false))"
    r"(?!.*\b(?:says?|claims?|if|spy|normal|third|except|sometimes|alternat\w+)\b)"
    r"(?!.*[a-z,] (?-i:[A-Z])).*"
    r"|(?-i:[A-Z]\w*) (?:says nothing|remains silent|stays silent|is silent)"
    r"|there are (?:only|just) (?-i:[A-Z]\w*(?:, (?:and )?| and )){1,9}(?-i:[A-Z]\w*)"
    r"|you (?:meet|encounter|come across|see|run into)(?: (?:\w+ ){1,4}\w+:)? "
    r"(?-i:[A-Z]\w*(?:, (?:and )?| and )){1,9}(?-i:[A-Z]\w*)",
    re.I,
)
"""What puzzles about knights and knaves say of the island: knights are those who tell the truth."""
_REASON = re.compile(
    r"^(?:and )?(?:since|because|as|given that) (?P<a>.+?(?:, and .+?)*), (?P<b>(?!and\b).+)$", re.I
)
_THEN_REASON = re.compile(
    r"^(?P<a>.+?),? (?:and|but|so|then) (?P<b>(?:since|because|as|given that) .+, .+)$", re.I
)
_BECAUSE = re.compile(r"^(?P<b>.+?),? (?:because|since) (?P<a>.+)$", re.I)
_SO = re.compile(
    r",? (?:so|therefore|thus|hence|which means(?: that)?|and therefore|and so),? |\s*[→⇒⟹]\s*"
    r"|\s*[-=]>\s*",
    re.I,
)

_KIND = re.compile(r"[A-Z][\w'-]* (?:is|isn't|is also|is not) an? (?P<kind>[A-Za-z-]+)")
_NO_KINDS = frozenset(
    "member part type kind subset subtype element instance example case subject contradiction"
    " answer counterexample proof fact problem question conclusion candidate solution"
    " exception".split()
)
_QUESTION = re.compile(
    r"(?:is|are) (?P<who>[A-Z][\w'-]*|(?:the|all|every) [a-z][\w'-]*) (?P<what>[^?\"“”]+)\?|"
    r"(?P<verb>does|do|can) (?P<does>[A-Z][\w'-]*) (?P<act>[^?\"“”]+)\?|"
    r"[^?\"“”]*[\"“](?P<quoted>[^\"“”]+)[\"”][^?\"“”]*\b(?:true|false|follow)\b[^?\"“”]*\??",
    re.I,
)
_ANSWER = re.compile(
    r"(?:(?:so|thus|therefore|hence),? )?(?:the )?(?:final )?answer(?: is|:)\s*:?\s*"
    r"(?:\\\(|\$)?(?:\\boxed\{)?(?:\\text\{)?[\"'*(]*(?P<said>yes|no|true|false)\b"
    r"[\s\"'*)}\]\\$.!]*",
    re.I,
)

_SMALL = frozenset("the it at by for from in of on to with be can could do have will would".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    given: Premises
    names: frozenset[str]
    """Predicates and constants of the premises."""
    asked: Formula | None = None
    """The statement that the problem asks about."""
    numbered: Numbered[Formula] = field(default_factory=Numbered)
    company: str = ""
    """Those who make statements in a puzzle, as "Ann, Bo and Cy": in their mouth, "we"."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The premises of `problem`, or None unless it is an argument in words and was read whole."""
    lower = problem.lower()
    if len(problem) > _LONGEST or _CALCULATES.search(problem) or not CUES.pattern.search(lower):
        return None
    if mentions(problem, _AMOUNTS) and _DIGIT.search(problem) and not mentions(lower, _LOGIC):
        return None
    texts: list[str] = []
    formulas: list[Formula] = []
    told: list[tuple[str, Formula]] = []
    company = _company(problem)
    complete = True
    asked = False
    for span in sentences(problem):
        said = problem[span.start : span.end]
        opening = _OPENING.match(said) if not texts else None
        asked = asked or bool(_ASKS.search(said, opening.end() if opening else 0))
        text = _unlabelled(said)
        if not text or text.endswith(":") or _SETTING.fullmatch(text.rstrip(".")):
            continue
        formula = statement(_said_by_all(_THEM.sub(r"\g<how> of us ", text), company))
        if asked:  # a premise, or what is asked about
            complete = complete and formula is None
            continue
        if formula is None or len(formulas) == _MOST:
            return None
        texts.append(text)
        formulas.append(formula)
        told.append((said, formula))
    alone = len(formulas) < 2 and not any(_quoted(f) for f in formulas)
    if alone or all(isinstance(f, Atom) for f in formulas):
        return None
    names = frozenset(n for f in formulas for n in _names(f))
    complete = complete and not _leans(told, names)
    strict = tuple(_exclusive(f) or f if _EITHER.search(text) else f for text, f in told)
    exclusive = strict if strict != tuple(formulas) else ()
    given = Premises(tuple(texts), tuple(formulas), complete, exclusive)
    return Context(given, names, _asked(problem), numbered(told, complete=True), company)


_THEM = re.compile(r"^(?P<how>at least one|exactly one|only one) of them (?=is\b)", re.I)
"""Outside of what one of them says, "they" are all who were named."""
_SPEAKER = re.compile(
    r"(?<![\w'’])(?P<who>[A-Z][\w-]*) (?:says?|claims?|states|said|tells you"
    r"|is an? (?:knight|knave|liar))\b"
)
_CAPITAL = r"(?<![\w'’])[A-Z][\w-]*"
_LISTED = re.compile(rf"{_CAPITAL}(?:, {_CAPITAL}){{0,9}},? and {_CAPITAL}")
_COUNTED = re.compile(
    rf"\b(?P<count>{CARDINAL}) (?:\w+ )?(?:people|persons|inhabitants|islanders|natives|villagers"
    r"|friends|residents|men|women|children|suspects)\b",
    re.I,
)
_WE = (
    (re.compile(r"\b(?:we are (?P<how>both|all)|(?P<which>both|all) of us are) ", re.I), "{} are "),
    (re.compile(r"\b(?P<how>at least one|exactly one|only one) of us (?P<which>)(?=is\b)", re.I),
     r"\g<how> of {} "),
)  # fmt: skip


def _company(problem: str) -> str:
    """All who speak in a puzzle about liars, or "" where there may be others."""
    if not re.search(r"[Ww]e\b|\bus\b|\bof them is\b", problem):
        return ""
    named = [m["who"] for m in _SPEAKER.finditer(problem)]
    listed = [name for m in _LISTED.finditer(problem) for name in re.findall(_CAPITAL, m[0])]
    who = list(dict.fromkeys(named + listed))
    counts = {cardinal(m["count"]) for m in _COUNTED.finditer(problem)}
    if len(who) < 2 or counts - {len(who)}:
        return ""
    return f"{', '.join(who[:-1])} and {who[-1]}"


def _said_by_all(text: str, company: str) -> str:
    """A sentence with the names of those who say "we" in it."""
    for pattern, names in _WE if company else ():
        m = pattern.search(text)
        how = (m["how"] or m["which"]).lower() if m else ""
        if m and {"both": "," not in company, "all": "," in company}.get(how, True):
            text = pattern.sub(names.format(company), text)
    return text


def _asked(problem: str) -> Formula | None:
    """The one statement whose truth the problem asks for."""
    found = []
    for span in sentences(problem):
        m = _QUESTION.fullmatch(_unlabelled(problem[span.start : span.end]))
        if m is not None:
            verb = {"can": "can "}.get((m["verb"] or "").lower(), "")
            found.append(
                m["quoted"]
                or (f"{m['who']} is {m['what']}" if m["who"] else f"{m['does']} {verb}{m['act']}")
            )
    return statement(found[0]) if len(found) == 1 else None


_EITHER = re.compile(r"\beither\b(?!.*\bor both\b)", re.I)


def _exclusive(f: Formula) -> Formula | None:
    """A premise with its one "either ... or ..." excluding both; None if it has not just one."""
    match f:
        case Or((left, right)):
            return Xor(left, right)
        case Xor():
            return f
        case ForAll(var, Implies(left, right)) if (inner := _exclusive(right)) is not None:
            return ForAll(var, Implies(left, inner))
        case Implies(left, right) if (inner := _exclusive(right)) is not None:
            return Implies(left, inner)
        case Iff(left, right) if (inner := _exclusive(right)) is not None:
            return Iff(left, inner)
        case _:
            return None


def _generic(f: Formula) -> bool:
    """Whether a condition or its consequence speaks of all of a kind: "if alerts fire" may mean
    that some do, and "alerts do not fire" that not all do."""
    match f:
        case Implies(left, right):
            return isinstance(left, ForAll) or isinstance(right, ForAll)
        case _:
            return False


def _leans(told: Sequence[tuple[str, Formula]], names: frozenset[str]) -> bool:
    """Whether the premises lean on what they do not say.

    Two names with a word in common may be related ("athlete", "good athlete"), everybody knows
    which things are persons, and who can tell what an involved "either" excludes.
    """
    words = [w for name in names for w in set(name.split()) - _SMALL]
    return (
        len(words) > len(set(words))
        or any(_generic(f) for _, f in told)
        or not names.isdisjoint(("thing", "person"))
        or any(_EITHER.search(text) and _exclusive(f) is None for text, f in told)
    )


def _unlabelled(text: str) -> str:
    text = text.strip()
    while (m := _LABEL.match(text)) and m.end() < len(text):
        text = text[m.end() :]
    return text.strip()


def _names(f: Formula) -> Iterator[str]:
    """Predicates and constants in a formula."""
    match f:
        case Atom(name, args):
            yield name
            yield from (t.name for t in args if isinstance(t, Fun))
        case Not(arg) | ForAll(_, arg) | Exists(_, arg):
            yield from _names(arg)
        case And(args) | Or(args):
            for arg in args:
                yield from _names(arg)
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            yield from _names(left)
            yield from _names(right)


def read(step: Step, context: Context) -> list[Claim]:
    """Every statement of a step in terms of the premises, reasons before what rests on them."""
    out: list[Claim] = []
    about: Term | None = None
    under: tuple[Formula, ...] = ()
    spans = [*_told(step.text)]
    opened = cases(step.text, spans)
    for span in spans:
        text = step.text[span.start : span.end]
        if len(text) > MAX_LENGTH:  # nobody knows what it says or supposes
            out.append(_claim(step, Unread(supposes=True), span))
            under = ()
            continue
        if (told_apart := opened.get(span.start)) is not None:
            case = statement(_unlabelled(told_apart).rstrip(".:! ")) if told_apart else None
            case = case if case and context.names.issuperset(_names(case)) else None
            under = () if case is None else (case,)
            out.append(_claim(step, Unread(True, case, heading=not told_apart), span))
            continue
        if context.asked is not None and (answer := _ANSWER.fullmatch(text)):
            agrees = answer["said"].lower() in ("yes", "true")
            told = Conclusion(context.asked if agrees else Not(context.asked))
            out.append(_claim(step, told, span, Kind.ANSWER))
            continue
        if named := naming(text):
            out.append(_claim(step, Naming(named), span))
            continue
        if (formulas := symbolic(_unlabelled(text))) and not _constants(context):
            out += (_claim(step, body, span) for body in _in_symbols(formulas, context))
            continue
        if has_letters(text) and not _constants(context) and _MAY_SUPPOSE.search(text):
            out.append(_claim(step, Unread(supposes=True), span))  # perhaps what a letter names
            under = ()
            continue
        text = _ROLE.sub(r"\g<who> is a \g<role>", text)
        everywhere = overall(text)
        text = text if everywhere is None else everywhere
        plain = _SOURCE.sub(" ", _VERDICT.sub(" ", text))
        tries = TRIES.match(plain) is not None
        supposing = tries or (bool(_SUPPOSES.search(plain)) and not _is_rule(text))
        absurd = _ABSURD.search(plain) is not None
        opens = supposing and (tries or bool(_SUPPOSES.search(_MENTIONED.sub(" ", plain))))
        concluded = CONCLUDES.match(text) is not None
        final = _FINAL.match(text) is not None
        known: list[Formula] | None = cited(text, context.numbered)
        text = _said_by_all(without_asides(text), context.company)
        if TRUTHFUL in context.names:
            text = _ALIKE.sub(r"\g<0> types", text)
        quoted: Formula | None = None
        whole = True
        for part in _parts(text):
            formula = None if supposing else _said(part.text, about, quoted)
            formula = None if formula is not None and _strays(formula) else formula
            quoted = _quoted(formula)
            about = about if formula is None else subject_of(formula)
            names = set() if formula is None else set(_names(formula))
            foreign = not names <= context.names
            if formula is not None and (
                not foreign or (_is_of_a_kind(part.text) and names & context.names)
            ):
                alone = part.reason or _TRUTH.fullmatch(part.text)  # true for reasons not told
                cites = () if alone else tuple(known or ())
                reason = part.reason and not _PRONOUN.match(part.text)
                body = Statement(
                    formula, foreign, cites, reason, concluded, final, everywhere is not None, under
                )
                out.append(_claim(step, body, span))
            elif absurd or any(_mentions(part.text, name) for name in context.names):
                opens = opens or (formula is None and not _is_rule(text) and may_try(plain))
                supposed = _supposed(plain.partition(CROSS)[0]) if opens else None
                out.append(_claim(step, Unread(opens, supposed, absurd), span))
                denied = CROSS in plain
                whole = not denied and supposes_whole(plain) and not _ADDS.search(plain)
                under = (supposed,) if whole and supposed is not None else ()
                opens = absurd = False
            else:
                whole = False
            # with a part that was not read, nobody knows what the next ones rest on
            known = None if known is None or formula is None else [*known, formula]
        if not whole:
            under = ()
    return out


_ALIKE = re.compile(r"(?<=are )(?:both )?(?:of )?(?:the same|different|opposite)(?=[.,;!]|\Z)")


def _mentions(text: str, name: str) -> bool:
    """Whether a text has the name of a thing or of what is said of things in it."""
    if name == NAMED_A:
        return re.search(r"\bA\b", text) is not None
    return re.search(rf"\b{re.escape(name)}\b", text.lower()) is not None


_ADDS = re.compile(
    r"\b(?:also|too|as well|further(?:more)?|additionally|in addition|within)\b", re.I
)
"""Words that put one hypothesis under another."""


def _in_symbols(formulas: Sequence[Written], context: Context) -> Iterator[Body]:
    """What the formulas of a sentence say, those about things in the words of the problem."""
    said = [spelled(f.formula) for f in formulas]
    for n, f in enumerate(formulas):
        words = said[n]
        before = said[:n] if f.concluded else []
        if words is None:
            cites = tuple(g.formula for g in formulas[:n]) if f.concluded else ()
            yield Symbolic(f.formula, cites)
        elif context.names.issuperset(_names(words)) and None not in before:
            yield Statement(words, cites=tuple(g for g in before if g is not None))
        else:
            yield Unread(supposes=False)


_MAY_SUPPOSE = re.compile(rf"\b(?:if|when|whenever|let)\b|{_SUPPOSES.pattern}", re.I)
_MENTIONED = re.compile(
    r"\bcontradict\w*|\b(?:the|our|this|that|my) (?:\w+ )?(?:assumption|supposition)\b"
    r"|\b(?:his|her|their|this|that) (?:own )?(?:statement|claim)\b",
    re.I,
)
"""Words about a hypothesis that open none."""
_PRONOUN = re.compile(r"(?:it|he|she|they|this|that)\b", re.I)
_ABSURD = re.compile(r"\bcontradict\w*", re.I)
_FINAL = re.compile(
    r"\W*(?:(?:so|thus|therefore|hence)\b,? )?(?:the )?(?:final )?answer(?: is)?\W*:", re.I
)


def _supposed(text: str) -> Formula | None:
    """What a sentence supposes, where that is read."""
    what = supposition(text)
    return statement(what) if what else None


def _constants(context: Context) -> bool:
    """Whether the problem itself names things by letters."""
    return any(len(name) == 1 or name == NAMED_A for name in context.names)


_ROLE = re.compile(
    r"^\W*(?P<who>[A-Z]\w*)\s*(?:→|->|⇒|=>|:|=|–)\s*(?:an? )?"
    r"(?P<role>liar|knave|knight|truth[- ]?teller)[\s.!]*$"
)
"""A name and its role, drawn: "Ann → liar"."""
_VERDICT = re.compile(r"(?:[→⇒]|[-=]>)\s*(?:an? )?(?P<truth>true|false)(?: (?:statement|claim))?\b")
"""What is said turns out to be true or false: "Ann says Bob lies → true"."""
_TRUTH = re.compile(r"(?:an? )?(?P<truth>true|false)(?: (?:statement|claim))?", re.I)


def _said(text: str, about: Term | None, quoted: Formula | None) -> Formula | None:
    """What a part of a sentence says; that it is "true" is said of what is `quoted` before it."""
    m = _TRUTH.fullmatch(text) if quoted is not None else None
    if m is None or quoted is None:
        return statement(text, about)
    return quoted if m["truth"].lower() == "true" else Not(quoted)


def _strays(f: Formula) -> bool:
    """Whether a pronoun was taken for the "it" that rains."""
    match f:
        case Atom(name, (Fun("it"),)):
            return name not in ("rain", "snow")
        case Not(arg):
            return _strays(arg)
        case _:
            return False


def _quoted(f: Formula | None) -> Formula | None:
    """What someone is told to say."""
    match f:
        case Iff(Atom(name, _), what) if name == TRUTHFUL:
            return what
        case _:
            return None


def _is_rule(text: str) -> bool:
    """Whether a sentence is nothing but one conditional, in the subjunctive perhaps."""
    return text[:3].lower() == "if " and isinstance(statement(text.rstrip(".! ")), Implies)


def _told(text: str) -> Iterator[Span]:
    """Sentences, and the parts of one between semicolons."""
    for span in sentences(text):
        at = span.start
        for m in re.finditer(r";\s+|\Z", text[span.start : span.end]):
            if at < span.start + m.start():
                yield Span(at, span.start + m.start())
            at = span.start + m.end()


class _Part(NamedTuple):
    """A statement of a sentence. Unless it is a reason, all parts before it are given for it."""

    text: str
    reason: bool


def _parts(sentence: str) -> list[_Part]:
    """The statements of a sentence: what is given as a reason, and then what is concluded."""
    text = _bare(sentence.rstrip(".! "))
    if m := _THEN_REASON.match(text):
        return [*_parts(m["a"]), *_parts(m["b"])]
    for pattern in (_REASON, _BECAUSE):
        if m := pattern.match(text):
            return [_Part(_bare(m["a"]), True), *_parts(m["b"])]
    parts = [_bare(p) for p in _SO.split(text)]
    return [_Part(p, False) for p in parts if p]


def _bare(text: str) -> str:
    text = _unlabelled(text)
    while (m := _LEAD.match(text)) and m.end() < len(text):
        text = text[m.end() :]
    return text.strip(" ,")


def _is_of_a_kind(text: str) -> bool:
    """Whether something is plainly said to be of some kind: of much else that can be said of it,
    the premises need not speak."""
    m = _KIND.fullmatch(text)
    return m is not None and m["kind"].lower() not in _NO_KINDS


def _claim(step: Step, body: Body, span: Span, kind: Kind = Kind.ENTAILMENT) -> Claim:
    text = step.text[span.start : span.end]
    return Claim(kind, text, span.shift(step.span.start), step.index, text, Role.DERIVED, body)
