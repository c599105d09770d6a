"""Puzzles about who tells the truth: knights and knaves, liars, signs of which one is true, and who
has the thing that they speak of.

Everybody's statement is true or false as what it says is so. What a step says of somebody's being
truthful, or of who has the thing, is read clause by clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from clr.bodies.connectives import And, Not, Or, Premise
from clr.bodies.puzzles import Formula, Group, Is, Puzzle
from clr.claim import Claim
from clr.reading.cues import Cues
from clr.reading.lexicon import CARDINAL, cardinal, sentences
from clr.reading.puzzle_clauses import Clause
from clr.reading.tables import Line, Row
from clr.reading.trials import Manner, claims_of
from clr.trace import Step

_LONGEST = 2_000
MOST = 8
"""People who speak."""
HOLDER = "who has it"
"""The variable for the one who has the thing."""
CUES = Cues(*"says? said claims? reads? truth lies? liars? knaves?".split(), whole=True)
"""Words for what is said, in lower case."""
_UNSTEADY = re.compile(
    r"\b(?:spy|spies|normal|sometimes|alternat\w+|jokers?|third (?:type|kind)|random\w*|mondays?"
    r"|yesterday|tomorrow|on \w+days|half|partly|both statements|two statements|each make)\b",
    re.I,
)
_NAME = r"(?:[A-Z][a-z][\w-]*|[A-Z](?![\w'’]))"
_NO_NAME = frozenset(
    "The This That There Each Every All Both Nobody Everybody No One Two Three Four Five Who Which"
    " What Exactly Only Knights Knaves Knight Knave Everyone Here On In At If Then Suppose He"
    " She It"
    " They We Its His Her Their Label Sign Box Door Chest Liars Truth Neither Either Someone Some"
    " Is Are Does Do Can Now So But And Or As Of".split()
)
_THING_NOUNS = (
    r"(?:labels?|signs?|inscriptions?|boxe?s?|chests?|doors?|caskets?|drawers?|cups?|plaques?"
    r"|notes?|cards?)"
)
_SAYS = re.compile(
    rf"(?:(?:the )?(?:label|sign|inscription|plaque|note|card) (?:on|of|at) (?:the"
    rf" )?(?:{_THING_NOUNS} )?"
    rf"(?P<on>{_NAME})|(?:(?:{_THING_NOUNS}) )?(?P<who>{_NAME})(?:['’]s (?:label|sign"
    rf"|inscription|note))?)"
    r"(?:,? (?:however|finally|in turn|then),?)? ?(?:(?:says?|said|claims?|claimed|states?"
    r"|stated|reads?|replies"
    r"|replied|adds|answers)(?: that\b|,|:)?|:)\s*",
)
_QUOTED = re.compile(r"[\"“](?P<text>[^\"”]*)[\"”]")
_TRUE = r"(?:knights?|truth[- ]?tellers?|honest|truthful|telling the truth|true|right|correct|T)"
_FALSE = r"(?:knaves?|liars?|lying|untruthful|dishonest|false|untrue|wrong|a lie|F)"
_COUNT = re.compile(
    rf"(?P<how>exactly|only|at least|at most|precisely|just)? ?(?P<count>{CARDINAL}|none"
    rf"|neither|both|all)"
    r"(?: (?:of|is|out of) (?:the |these |them|us|those)*(?:\w+ )??(?:statements?|labels?"
    r"|signs?|inscriptions?"
    rf"|people|persons|friends|suspects|children|sentences)?|(?: of)?(?: the)?"
    rf" (?:{_THING_NOUNS}|statements?|sentences?|people|person|speakers?|suspects?"
    r"|friends?|children|claims?))?,? ?(?:is|are|tells?|lies?|speaks?|was|were) ?"
    rf"(?P<what>(?:an? )?{_TRUE}|(?:an? )?{_FALSE}|the truth|lying)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Company:
    """Those who speak, those who may have the thing, and the words for having it."""

    names: tuple[str, ...]
    holders: tuple[str, ...]
    thing: str
    verbs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the reader needs of the problem."""

    puzzle: Puzzle
    company: Company
    statements: tuple[tuple[str, str, Formula], ...]
    """Who says what, as written, and what it means."""


@lru_cache(maxsize=256)
def context_of(problem: str) -> Context | None:
    """The statements that `problem` reports, or None if it is no such puzzle."""
    if len(problem) > _LONGEST or not CUES.pattern.search(problem) or _UNSTEADY.search(problem):
        return None
    told = _reported(problem)
    if told is None:
        return None
    said, rest = told
    speakers = tuple(dict.fromkeys(who for who, _ in said))
    if len(speakers) < len(said):
        return None
    company = _company(rest, speakers, [what for _, what in said])
    if company is None or len(company.names) > MOST or len(company.holders) > MOST:
        return None
    statements = []
    meanings: list[Formula] = []
    for who, what in said:
        meant = content(what, who, company)
        if meant is not None:
            statements.append((who, what, meant))
            meanings.append(
                Or((And((truthful(who), meant)), And((Not(truthful(who)), Not(meant)))))
            )
    clues: list[Premise[Formula]] = []
    for text in rest:
        formula = _clue(text, company, speakers)
        if formula is not None:
            clues.append(Premise(text, formula))
    if not meanings or len(meanings) + len(clues) < 2:
        return None
    shown = [
        Premise(f"{who}: {what}", m) for (who, what, _), m in zip(statements, meanings, strict=True)
    ]
    groups = [Group(company.names, ("true", "false"), distinct=False)]
    if company.holders:
        groups.append(Group((HOLDER,), company.holders, distinct=False))
    puzzle = Puzzle(tuple(groups), (*shown, *clues), tuple(meanings), False)
    return Context(puzzle, company, tuple(statements))


def truthful(name: str) -> Formula:
    """That what somebody says is true."""
    return Is(name, 1)


def _reported(problem: str) -> tuple[list[tuple[str, str]], list[str]] | None:
    """Who says what, and the sentences that report nothing; None if not every statement has a
    speaker."""
    said: list[tuple[str, str]] = []
    rest: list[str] = []
    used = 0
    marked = re.sub(r"(?<=[.!?])(?=[\"”])", "", problem)
    quotes = [*_QUOTED.finditer(marked)]
    for quote in quotes:
        head = marked[: quote.start()]
        m = next(reversed([*_SAYS.finditer(head)]), None)
        if m is None or m.end() != len(head) or (m["on"] or m["who"]) in _NO_NAME:
            return None
        said.append((m["on"] or m["who"], quote["text"].strip(" .,")))
        rest += _plain(marked[used : m.start()])
        used = quote.end()
    for text in _plain(marked[used:]):
        m = _SAYS.match(text)
        if m is None or text.endswith("?") or (m["on"] or m["who"]) in _NO_NAME:
            rest.append(text)
        elif re.search(r"says?|claims?|states?|said", m[0]):
            said.append((m["on"] or m["who"], text[m.end() :].strip(" .,")))
        else:
            rest.append(text)
    return (said, rest) if said else None


def _plain(text: str) -> list[str]:
    parts = [text[s.start : s.end].strip(" .,;") for s in sentences(text)]
    return [
        p
        for part in parts
        for p in re.split(r";\s+|, and (?=[A-Z]\w* says)", part)
        if re.search(r"\w", p)
    ]


_HAS = re.compile(
    rf"(?:[Ee]xactly |[Oo]nly |[Jj]ust )?[Oo]ne of (?:the \w+, )?(?P<names>{_NAME}(?:,"
    rf" {_NAME})*,? (?:and|or) {_NAME})"
    r",? (?P<verb>[a-z]+) (?:the |an? )?(?P<thing>[a-z]+)",
)
_IN_BOX = re.compile(
    rf"(?:(?:the|an?) )?(?:\w+ )??(?P<thing>[a-z]+) (?:lies|is|was|is hidden|has been hidden|sits)"
    rf" (?:hidden )?(?:in|under|behind|inside) (?:exactly |only )?one of (?:the"
    rf" )?(?:{CARDINAL}|these|them) ?(?P<noun>[a-z]+)?",
    re.I,
)


def _company(rest: list[str], speakers: tuple[str, ...], said: list[str]) -> Company | None:
    text = ". ".join(rest)
    names = list(speakers)
    for part in (*(text for text in rest if text[-1] != "?"), *said):
        names += [
            m[0] for m in re.finditer(rf"(?<![\w'’]){_NAME}", part)
            if m[0] not in _NO_NAME and m[0] != "I"
        ]  # fmt: skip
    names = list(dict.fromkeys(names))
    holders: tuple[str, ...] = ()
    thing = ""
    verbs: tuple[str, ...] = ()
    if m := _HAS.search(text):
        holders = tuple(re.findall(_NAME, m["names"]))
        thing, verbs = m["thing"], (m["verb"],)
    elif m := _IN_BOX.search(text):
        holders, thing = speakers, m["thing"]
        count = re.search(rf"one of (?:the )?(?P<count>{CARDINAL})\b", m[0], re.I)
        if count is None or cardinal(count["count"]) != len(speakers):
            return None
    if holders and not {*speakers} <= {*holders, *names}:
        return None
    return Company(tuple(names), holders, thing, verbs)


def _clue(text: str, company: Company, speakers: tuple[str, ...]) -> Formula | None:
    """What a sentence of the problem says of how many statements are true, or of one of them."""
    if text.endswith("?") or re.search(r"\b(?:if|whether|who|which|suppose|find)\b", text, re.I):
        return None
    if (counted := _counted(text, speakers)) is not None:
        return counted
    found = _one(text, company)
    return found if found is not None else None


def _counted(text: str, speakers: tuple[str, ...]) -> Formula | None:
    m = _COUNT.fullmatch(
        re.sub(
            r"^(?:but|and|we know that|you know that|in fact|it is known that|of these),? ",
            "",
            text.strip(),
            flags=re.I,
        )
    )
    if m is None or m["what"] is None:
        return None
    size = len(speakers)
    said = m["count"].lower()
    if said in ("none", "neither"):
        count = 0
    elif said in ("all", "both"):
        count = size
    else:
        count = cardinal(said)
    how = (m["how"] or "").lower()
    if not how and said not in ("none", "neither", "all", "both"):
        return None
    truth = not re.fullmatch(rf"(?:an? )?{_FALSE}|lying", m["what"], re.I)
    counts = {
        "at least": range(count, size + 1),
        "at most": range(count + 1),
    }.get(how, (count,))
    return Or(tuple(_exactly(k, speakers, truth) for k in counts))


def _exactly(count: int, names: tuple[str, ...], truth: bool) -> Formula:
    return Or(
        tuple(
            And(tuple(truthful(n) if (n in chosen) is truth else Not(truthful(n)) for n in names))
            for chosen in combinations(names, count)
        )
    )


# What somebody says


def content(text: str, speaker: str, company: Company) -> Formula | None:
    """What a statement means in the mouth of `speaker`; None if it is not read whole."""
    text = " ".join(text.replace("’", "'").strip(" .!,").split())
    who = re.escape(speaker)
    text = re.sub(r"\bI'm\b|\bI am\b", f"{speaker} is", text)
    text = re.sub(r"\bI (don't|do not|didn't|did not|haven't|have not)\b", rf"{speaker} \1", text)
    text = re.sub(r"\b(?:I|me|myself)\b", speaker, text)
    text = re.sub(rf"\b(?:in here|here|in this (?:{_THING_NOUNS}))\b", f"in {speaker}", text)
    text = re.sub(rf"\bthis {_THING_NOUNS}\b", speaker, text)
    del who
    return _sentence(text, company)


def _sentence(text: str, company: Company) -> Formula | None:
    if m := re.fullmatch(r"if (?P<a>.+?),? then (?P<b>.+)|if (?P<c>[^,]+), (?P<d>.+)", text, re.I):
        a, b = _sentence(m["a"] or m["c"], company), _sentence(m["b"] or m["d"], company)
        return None if a is None or b is None else Or((Not(a), b))
    if (found := _one(text, company)) is not None:
        return found
    for sign, joint in (
        (r",? if and only if ", "iff"),
        (r",? or (?:else )?", "or"),
        (r",? (?:and|but) ", "and"),
    ):
        parts = re.split(sign, re.sub(r"^(?:either|both) ", "", text, flags=re.I))
        if len(parts) != 2:
            continue
        a, b = (_sentence(part, company) for part in parts)
        if a is None or b is None:
            continue
        if joint == "iff":
            return Or((And((a, b)), And((Not(a), Not(b)))))
        if joint == "or" and re.match("either", text, re.I):
            return None  # whether one of two or both is meant is not clear
        return Or((a, b)) if joint == "or" else And((a, b))
    return None


@lru_cache(maxsize=64)
def _patterns(company: Company) -> tuple[re.Pattern[str], ...]:
    one = "|".join(re.escape(n) for n in sorted(company.names, key=len, reverse=True))
    named = rf"(?:(?:the )?(?:{_THING_NOUNS}|statement|claim|sentence) )?(?-i:{one})"
    stated = (
        rf"(?:(?:the )?(?:label|sign|inscription|statement|claim|sentence|box|note|plaque)"
        rf" (?:on|of|by|from) "
        rf"(?:{_THING_NOUNS} )?(?-i:{one})|(?:(?:label|statement|claim|sign|box|chest|door)"
        rf" )?(?-i:{one})"
        r"(?:['’]s(?: own)?(?: (?:statement|claim|label|sign|sentence|words|inscription|one))?)?)"
    )
    listed = rf"{stated}(?:, {stated})*,? (?:and|or|nor) {stated}"
    be = (
        r"(?:is|are|was|must be|has to be|have to be|must|is indeed|is then|would be|will be"
        r"|=|:|→|⇒|being)"
    )
    adverb = (
        r"(?:(?:both|all|therefore|thus|also|then|clearly|indeed|again|certainly|now|always"
        r"|in fact|really|already) )*"
    )
    role = (
        rf"(?:(?:an?|the) )?(?:(?P<true>{_TRUE})|(?P<false>{_FALSE}))"
        r"(?: (?:statement|one|label))?"
        r"(?: (?:too|as well|himself|herself|itself|themselves|again|indeed))?"
    )
    lies = (
        r"(?:(?P<tells>(?:must )?tells? the truth|speaks? the truth|(?:are|is|must be)"
        r" telling the truth|says? something true)"
        r"|(?P<lies>(?:must )?lies?|lied|(?:is|are|must be) lying|says? something false))"
    )
    no = (
        r"(?:is not|isn't|are not|aren't|(?:cannot|can't|can not)(?: also| both| therefore)? be"
        r"|≠|must not be|is no)"
    )
    has = "|".join(
        {
            "has",
            "have",
            "had",
            "holds",
            "got",
            "took",
            "did",
            "possesses",
            *(f"{v}" for v in company.verbs),
        }
    )
    thing = rf"(?:it|(?:the )?{company.thing or 'it'}|this)"
    bare = (
        r"(?:take|have|hold|do|steal|eat|break|win|hide|own"
        + "".join(rf"|{v}" for v in company.verbs)
        + ")"
    )
    return tuple(
        re.compile(p, re.I)
        for p in (
            rf"(?P<names>{listed}|{stated})(?: ?{be})? ?{adverb}{role}",
            rf"(?P<names>{listed}|{stated}) {adverb}{lies}",
            rf"(?P<names>{stated}) {no} {adverb}{role}",
            rf"(?P<names>{stated}) (?:(?P<lies>do(?:es)? not tell the truth|doesn't tell the"
            rf" truth|is not telling the truth)"
            r"|(?P<tells>does not lie|doesn't lie|isn't lying))",
            rf"(?P<how>at least one|exactly one|only one|both|neither|none|at most one) of"
            rf" (?P<names>{named}(?:, {named})*,? and {named})"
            rf" (?:is|are|tells?|lies?) ?{adverb}(?:{role}|(?P<tells>the truth))",
            rf"neither (?P<names>{named} nor {named}) (?:is|tells|lies) ?{adverb}{role}",
            rf"(?P<names>{named} and {named}) are (?:both )?(?:of )?(?:the )?(?P<alike>same"
            rf"|different|opposite)(?: (?:kind|type|sort)s?)?",
            rf"(?P<holder>{named}) {adverb}(?:{has}) {thing}",
            rf"(?P<nobody>{named}) (?:(?:does not|doesn't|do not|don't|did not|didn't|has not"
            rf"|hasn't) {bare}|(?:hasn't|has not|haven't)(?: got)?)(?: {thing})?",
            rf"(?:{thing}|the \w+ {company.thing or 'it'}) (?:{be}|lies|['’]s) {adverb}(?:in "
            rf"|under |behind |inside |with |hidden in )?(?:the )?(?:{_THING_NOUNS}"
            rf" )?(?P<holder>{named})",
            rf"(?:it['’]s|it) (?:in |under |behind |with )?(?:{_THING_NOUNS} )?(?P<holder>{named})",
            rf"(?:(?:the )?{company.thing or 'it'}|it) in (?:{_THING_NOUNS} )?(?P<holder>{named})",
            rf"(?:{thing}|the \w+ {company.thing or 'it'}) (?:is|was) not (?:in |under "
            rf"|behind |inside |with )?(?:the )?(?P<nobody>{named})|(?:it )?(?:isn't|wasn't"
            rf"|is not|was not) (?:in )?(?:the )?(?P<nobody_too>{named})"
            rf"|it (?:isn't|wasn't) (?:in )?(?P<nobody_else>{named})",
            rf"(?P<holder>{named}) (?:is|was|must be) (?:the (?:thief|culprit|one|winner"
            rf"|guilty one)|guilty)",
            rf"(?P<nobody>{named}) (?:is|was) (?:innocent|not guilty|not the (?:thief|culprit))",
        )
    )


def _one(text: str, company: Company) -> Formula | None:
    """What a plain clause says of the speakers or of the one who has the thing."""
    text = " ".join(text.replace("’", "'").strip(" .!,").split())
    for pattern in _patterns(company):
        m = pattern.fullmatch(text)
        if m is None:
            continue
        found = m.groupdict()
        if name := found.get("holder"):
            return _holds(name, company)
        denied = found.get("nobody") or found.get("nobody_too") or found.get("nobody_else")
        if denied:
            held = _holds(denied, company)
            return None if held is None else Not(held)
        names = _names_in(found["names"], company)
        if found.get("alike"):
            a, b = map(truthful, names)
            same: Formula = Or((And((a, b)), And((Not(a), Not(b)))))
            return same if found["alike"] == "same" else Not(same)
        truth = bool(found.get("true") or found.get("tells"))
        single = len(names) == 1
        bare = re.fullmatch(rf"[A-Z] (?:an? )?(?:{_TRUE}|{_FALSE})", text)
        if bare and re.match(r"A ", text):
            return None  # "A knave" speaks of knaves
        if how := found.get("how"):
            return _how_many(how.lower(), tuple(names), truth)
        if text.lower().startswith("neither"):
            truth = not truth
        elif re.search(r" (?:or|nor) ", found["names"]):
            return None
        elif pattern is _patterns(company)[2]:
            truth = not truth
        parts = tuple(truthful(n) if truth else Not(truthful(n)) for n in names)
        return parts[0] if single else And(parts)
    return None


def _how_many(how: str, names: tuple[str, ...], truth: bool) -> Formula:
    size = len(names)
    counts = {
        "at least one": range(1, size + 1), "exactly one": (1,), "only one": (1,),
        "both": (size,), "neither": (0,), "none": (0,), "at most one": (0, 1),
    }[how]  # fmt: skip
    return Or(tuple(_exactly(k, names, truth) for k in counts))


def _names_in(text: str, company: Company) -> list[str]:
    return [m for m in re.findall(r"(?<![\w'’])[A-Z][\w-]*", text) if m in company.names]


def _holds(name: str, company: Company) -> Formula | None:
    who = _names_in(name, company)
    if len(who) != 1 or who[0] not in company.holders:
        return None
    return Is(HOLDER, company.holders.index(who[0]) + 1)


# Steps

_SPLITS = re.compile(
    rf"\s*[;→⇒()—–]\s*|\s*:(?!\s*(?:an?\s)?(?:{_TRUE}|{_FALSE})\b)\s*"
    r"|\s*[-=]>\s*|,?\s*\b(?:so|because|since|therefore|thus|hence|which means(?: that)?"
    r"|meaning(?: that)?|but|while|whereas|then)\b,?\s*|\s-\s|[.!](?:\s|\Z)"
)
_LEAD = re.compile(
    r"(?:(?:and|now|then|so|also|here|this means|that means|this makes|that makes|it follows"
    r" that|we (?:know|have|get|see) that"
    r"|we (?:know|have|get)|that is|i\.e\.|in other words|in that case|as a result|finally"
    r"|first|next|this would mean|this gives|that|as|for|with)\b,? )+",
    re.I,
)


def _clauses(text: str, context: Context) -> list[Clause]:
    """The clauses of a sentence about who tells the truth, in order."""
    out: list[Clause] = []
    named: set[str] = set()
    for start, end, joint in _pieces(text):
        if joint == ":" and _alone(out, text, context):
            break  # what somebody says
        out += _piece(text, start, end, joint, context, named)
        named |= {*_names_in(_QUOTED.sub(" ", text[start:end]), context.company)}
    return out


def _alone(out: list[Clause], text: str, context: Context) -> bool:
    """Whether what stands before a colon is somebody's name alone, perhaps as a speaker."""
    if not out or out[-1].readings is not None:
        return False
    said = text[out[-1].start : out[-1].end].strip()
    return said in context.company.names


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    joint = ""
    for m in _SPLITS.finditer(text):
        if '"' in text and text[: m.start()].count('"') % 2:
            continue  # inside of what is quoted
        if re.search(r"\w", text[at : m.start()]):
            yield at, m.start(), joint
        joint = (
            ":"
            if ":" in m[0]
            else "so"
            if re.search("so|theref|thus|hence|mean|→|⇒|>", m[0])
            else ""
        )
        at = m.end()
    if re.search(r"\w", text[at:]):
        yield at, len(text), joint


_REPORTS = re.compile(
    r"\b(?:says?|said|claims?|claimed|states?|stated|reads?|calls?|thinks?|tells? us)\b"
)
_HE = re.compile(
    r"\b(?P<of>[Hh]is|[Hh]er)(?= (?:own )?(?:statement|claim|words|sentence))|\b[Ss]?[Hh]e\b"
)


def _piece(
    text: str, start: int, end: int, joint: str, context: Context, named: set[str]
) -> list[Clause]:
    """The clauses of a part of a sentence, before which the sentence has `named` somebody."""

    def meant(said: str) -> Formula | None:
        before = named | {
            *_names_in(_QUOTED.sub(" ", text[start : text.find(said, start)]), context.company)
        }
        if len(before) == 1:
            (who,) = before
            said = _HE.sub(lambda m: f"{who}'s" if m["of"] else who, said)
        return _meant(said, context)

    said = text[start:end]
    lead = _LEAD.match(said)
    if lead:
        start += lead.end()
        said = said[lead.end() :]
    formula = meant(said)
    if formula is not None:
        return [Clause((formula,), joint, start, end)]
    if _REPORTS.search(said):
        return [Clause(None, joint, start, end)]
    for sign in (r",\s*(?:and\s+)?", r",?\s*\band\s+"):
        cuts = [0, *(at for m in re.finditer(sign, said) for at in m.span()), len(said)]
        parts = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2)]
        if len(parts) > 1:
            parts = [(a, b) for a, b in parts if re.search(r"\w", said[a:b])]
            return [
                clause
                for a, b in parts
                for clause in _piece(text, start + a, start + b, joint, context, named)
            ]
    return [Clause(None, joint, start, end)]


def _meant(text: str, context: Context) -> Formula | None:
    text = _LEAD.sub("", text.strip(), count=1) if _LEAD.match(text.strip()) else text.strip()
    if '"' in text or "“" in text:
        return _of_quoted(text, context)
    return _one(text, context.company)


def _of_quoted(text: str, context: Context) -> Formula | None:
    """That what somebody is quoted with is true or false."""
    m = re.fullmatch(
        rf"[^\"“]*[\"“](?P<said>[^\"”]*)[\"”],? (?:is|would be|must be) (?:(?P<true>{_TRUE})"
        rf"|(?P<false>{_FALSE}))",
        text,
    )
    if m is None:
        return None
    said = m["said"].strip(" .,").lower()
    found = [who for who, what, _ in context.statements if what.lower() == said]
    if len(found) != 1:
        return None
    truth = truthful(found[0])
    return truth if m["true"] else Not(truth)


_TURNS = re.compile(
    r"\?|[✗✘❌×]|\b(?:assumption|supposition|contradict\w*|impossib\w*|conflict\w*|violat\w*|fail\w*|reject\w*|were|would|maybe"
    r"|perhaps|whenever|unless|except|instead|doubt\w*|mistake\w*|ruled? out|rules out"
    r"|not (?:true|possible|the case|necessarily)|does(?:n['’]t| not) (?:work|fit|hold)|may"
    r"|might|could"
    r"|wait|hmm+|either way|regardless|any|anyone|everyone|nobody|no one)\b",
    re.I,
)
_ACCEPTS = re.compile(
    r"\W*(?:(?:so|and|yes|great|good)\b,? ?)*(?:(?:this|that|it) (?:works?|fits?|checks out"
    r"|is consistent)|(?:(?:that|this)(?:['’]s| is| makes) )?(?:exactly|just) one"
    r"(?: (?:true|true (?:statement|label|sign)|truth))?)[\s.!✓✅]*",
    re.I,
)


def read(step: Step, context: Context) -> list[Claim]:
    """What a step says of the speakers, and what it supposes, in order."""
    manner = Manner(lambda text: _clauses(text, context), _TURNS, _ACCEPTS, _evaluates)
    return claims_of(step, manner, _worded)


def _evaluates(clause: Clause) -> bool:
    """Whether a clause tells whether statements are true, and not who has the thing."""
    return bool(clause.readings) and HOLDER not in repr(clause.readings)


def _worded(rows: tuple[Row, ...]) -> Iterator[Line]:
    """A table with a row for each speaker."""
    for row in rows[1:]:
        head, *cells = row.cells
        if len(cells) == 1:
            yield Line(f"{head}: {cells[0]}", row.span, drawn=True)
