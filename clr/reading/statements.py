"""Statements of logic in English, as first-order formulas: all cats purr, if it rains, no A is a B.

A closed set of constructions; clauses without quantifier or connective are a subject and what is
said of it. Words are reduced so that "cats", "a cat" and "is a cat" name one predicate and "does
not purr" denies "purrs".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or
from clr.fol.syntax import Atom, Exists, ForAll, Formula, Fun, Iff, Implies, Term, Var, Xor

TRUTHFUL = "tell the truth"
"""The predicate of those whose statements are true."""

NAMED_A = "a_"
"""The name of one who is called A, unlike the article."""
_CALLED_A = re.compile(
    r"(?<=\w )A(?=\W|$)(?! [A-Z])|(?<=, )A(?=\W|$)(?! [A-Z])"
    r"|(?<!\w)A(?='s\b| (?:is|was|must|can|cannot|could|says|said|claims|states|tells|told|lies"
    r"|lied|does|has|and(?= [A-Z])|or(?= [A-Z]))\b|, [A-Z])"
)

_IRREGULAR = {
    "men": "man", "women": "woman", "people": "person", "children": "child", "mice": "mouse",
    "geese": "goose", "feet": "foot", "teeth": "tooth", "wolves": "wolf", "leaves": "leaf",
    "lives": "live", "has": "have", "does": "do", "goes": "go", "is": "is", "was": "was",
    "this": "this", "always": "always", "philosophers": "philosopher",
}  # fmt: skip
_COPULA = r"(?:is|are|was|were|am)"
_NOT = r"(?:not|n't|never)"
_AUX = r"(?:does|do|did|can|could|will|would|has|have|should)"
_PRONOUN = re.compile(r"^(?:it|he|she|they|that (?:thing|person|one)|the (?:thing|person))\b", re.I)
_WEATHER = re.compile(r"^it (?:does not |will )?(?:rain|snow)s?\b", re.I)
_EVERY = re.compile(
    r"^(?:all(?: of)?(?: the)?|(?:each|every one|any) of(?: the)?|every|each|any)\s+", re.I
)
_THING = r"(?:thing|one|body)"
_THINGS = re.compile(
    rf"^(?P<quantity>every|any|some|no){_THING}\b|^(?P<none>no one|nothing)\b"
    rf"|^(?P<who>whatever|whoever|those who|those that)\b",
    re.I,
)
_INDEFINITE = re.compile(rf"^(?:some|any){_THING}\b|^(?:an?)\s+\w+", re.I)
_THAT = r"(?:that|who|which)"


Link: TypeAlias = Callable[[Formula, Formula], Formula]
"""Makes one formula of two."""

MAX_LENGTH = 1_000
"""Characters of a sentence; longer ones are not read."""
_CONNECTIVE = frozenset(
    "is are was were am not no never and or nor if then unless whenever because since therefore"
    " that who which whether than every each all some either neither only both but"
    # quantities that are none of "all", "some" and "no"
    " two three four five six seven eight nine ten half third thirds quarter most many few several"
    " exactly least except besides alone other others another".split()
)
"""Words that are never part of a name: where one is left over, the sentence was misread."""
_SYMBOLS = re.compile(r"[?=<>+*/\\()\[\]{}|:;&~¬∀∃→∧∨✗✘❌]|\d")


_PLAINER = re.compile(
    r"(?<=\w) (?:certainly|definitely|indeed|in fact|by definition|clearly|obviously|surely"
    r"|hence)\b(?= \w)|,? (?:too|as well)$",
    re.I,
)
"""Words that say how sure the author is, or that this is one more."""
_GROUP = r"(?:the )?(?:(?:set|class|group|category|kind) of )?(?:all )?(?:the )?"
_MEMBERSHIP = (
    (re.compile(r"\b(is|are) (?:an? (?:member|type|kind|subset|subtype|instance|example) of"
                rf"|one of(?= the)|included (?:in|among)) {_GROUP}(?=\w)"), r"\1 "),
    (re.compile(r"\b(is|are) in the (?:set|class|group|category) of (?:all )?(?=\w)"), r"\1 "),
    (re.compile(r"\b(?:belongs? to|falls? (?:under|into)) the (?:set|class|group|category|kind) of "
                r"(?:all )?(?:the )?(?=\w)"), "is "),
    (re.compile(r"\b(?:qualif(?:ies|y)|counts?) as (?=\w)"), "is "),
    (re.compile(r"\b(?:has|have|needs?) to be\b"), "must be"),
    (re.compile(r"\b(?:is|are) (?:proven|shown|known) to be\b"), "is"),
    (re.compile(r"\bcan not be\b(?=(?: (?:both|an?|the))? [\w-]+$)"), "is not"),
)  # fmt: skip
"""Ways to say that something is of a kind, and the plain way."""
_TOLD = (
    (re.compile(r"\b(says|claims|said|states)(?: that)?\s*:\s*(?=[\"“'‘])"), r"\1 "),
    (re.compile(r"^(says|claims|said|states) that (?=[\"“])"), r"\1 "),
    (re.compile(r"^([A-Z][\w-]*) (?:tells|told) (?:you|us|me)(?: that|:|,)? "), r"\1 says "),
    (
        re.compile(
            r"^(?!(?:Note|Hint|Example|Remark|Statement|Claim|Rule)\b)([A-Z][\w-]*)\s*:\s*"
            r"(?=[\"“][^\"”]*[\"”]?\W*$)"
        ),
        r"\1 says ",
    ),
    (re.compile(r"^the (knight|knave|liar) is ([A-Z][\w-]*)$", re.I), r"\2 is a \1"),
)
_MODAL = re.compile(
    r"\b(?:may|might|could|would|should|can|cannot)(?: not)?(?: also| still| well)? be\b"
    r"|\b(?:may|might)\b|\bnot (?:known|have|need|said|stated|given)\b"
)
"""What may be so is not said to be."""


_NO_NAME = _CONNECTIVE | frozenset(
    "exactly at both whoever whatever nobody everybody everyone someone this that these those here"
    " there what who how why when where since thus hence so but and or if let case".split()
) - {"that", "this"}
"""Words with which no name begins."""


class _Unread(Exception):
    """The sentence is none of the constructions."""


_PAST = {
    form: base
    for base, forms in {
        "steal": "stole stolen", "take": "took taken", "go": "went gone", "eat": "ate eaten",
        "break": "broke broken", "write": "wrote written", "win": "won", "lose": "lost",
        "see": "saw seen", "come": "came", "get": "got", "make": "made", "say": "said",
        "know": "knew known", "tell": "told", "buy": "bought", "bring": "brought",
        "catch": "caught", "drink": "drank drunk", "drive": "drove driven", "fall": "fell fallen",
        "feel": "felt", "fly": "flew flown", "find": "found", "give": "gave given",
        "hear": "heard", "hold": "held", "hide": "hid hidden", "keep": "kept", "leave": "left",
        "meet": "met", "pay": "paid", "run": "ran", "sing": "sang sung", "sit": "sat",
        "send": "sent", "sleep": "slept", "sell": "sold", "speak": "spoke spoken",
        "spend": "spent", "stand": "stood", "swim": "swam swum", "teach": "taught",
        "think": "thought", "throw": "threw thrown", "wear": "wore worn", "wake": "woke woken",
        "have": "had", "do": "did done", "lie": "lied", "ring": "rang rung", "choose": "chose",
        "forget": "forgot forgotten", "begin": "began begun", "ride": "rode ridden",
    }.items()
    for form in forms.split()
}  # fmt: skip


_COUNTERFACTUAL = re.compile(r"if\b.+\b(?:had|were|was)\b.+\bwould\b", re.I)
_UNREAL: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\bhad been\b|\bwould have been\b"), "was"),
    (re.compile(r"\bhad not been\b|\bwould not have been\b"), "was not"),
    (re.compile(r"\bwould (not )?have (?=\w)"), lambda m: "did not " if m[1] else ""),
    (
        re.compile(rf"\bhad (not )?(?=(?:\w+ed|{'|'.join(_PAST)})\b)"),
        lambda m: "did not " if m[1] else "",
    ),
    (re.compile(r"\bwere\b(?! to\b)"), "was"),
    (re.compile(r"\bwould (not )?be\b"), lambda m: "is not" if m[1] else "is"),
    (re.compile(r"\bwould not (?=\w)"), "does not "),
    (re.compile(r"\bwould (?=\w)"), "does "),
)
"""A conditional in the subjunctive, and what it says in the indicative."""


def present(verb: str) -> str:
    """The plain form of a verb in the past; one that is not known so stays as it is."""
    lower = verb.lower()
    if lower in _PAST:
        return _PAST[lower]
    if lower.endswith("ied") and len(lower) > 4:
        return lower[:-3] + "y"
    if not lower.endswith("ed") or lower.endswith("eed") or len(lower) < 5:
        return verb
    root = lower[:-2]
    if root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    if re.search(r"[^aeiou][aeiou][^aeiouwxy]$|[cvgu]$", root) and not root.endswith(_NO_E):
        return root + "e"
    return root


_NO_E = ("en", "er", "it", "on", "el", "et", "ow", "om", "in")
"""Ends of verbs whose past ends in -ed and not in -d: opened, entered, visited."""


def stem(word: str) -> str:
    """A word without the ending of the plural or of the third person."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("ie") and len(lower) > 4:
        return lower[:-2] + "y"  # as "movies" would give
    if len(lower) < 4 or lower.endswith(("ss", "us", "is", "'s")) or not lower.endswith("s"):
        return lower
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zes", "uses", "oes")):
        return lower[:-2]
    return lower[:-1]


def key(text: str) -> str:
    """The name of a predicate: its words without articles, each reduced by `stem`."""
    words = [w for w in re.findall(r"[\w'-]+", text) if w.lower() not in ("a", "an", "the", "one")]
    if not words or not _CONNECTIVE.isdisjoint(map(str.lower, words)):
        raise _Unread
    return " ".join(map(stem, words))


@lru_cache(maxsize=4096)
def statement(sentence: str, about: Term | None = None) -> Formula | None:
    """The formula that a sentence says, or None where it is not read whole; a pronoun in it means
    `about`."""
    if len(sentence) > MAX_LENGTH:
        return None
    text = " ".join(sentence.replace("’", "'").strip().rstrip(".!").split())
    text = re.sub(r"\b(\w+)n't\b", lambda m: _expanded(m[1]), text)
    text = re.sub(r"\bcannot\b", "can not", text)
    text = _CALLED_A.sub("A_", text)
    text = _PLAINER.sub("", text)
    for wordy, plain in (*_MEMBERSHIP, *_TOLD):
        text = wordy.sub(plain, text)
    if _COUNTERFACTUAL.match(text):
        for unreal, real in _UNREAL:
            text = unreal.sub(real, text)
    text = re.sub(r"^(?:all|those|everybody|anybody)(?= who\b)", "everyone", text, flags=re.I)
    text = re.sub(r"\bis (rain|snow)ing\b", r"\1s", text)
    text = re.sub(r"\bis not (rain|snow)ing\b", r"does not \1", text)
    text = re.sub(r"^(?:The|This|That|My|Our|Your|It|He|She|They|We|You)\b", _lowered, text)
    if not text or _SYMBOLS.search(text) or _MODAL.search(text):
        return None
    try:
        found = _sentence(text, about)
    except (_Unread, RecursionError):
        return None
    return None if _names_article(found) else found


def _names_article(f: Formula) -> bool:
    """Whether an article was taken for a name."""
    match f:
        case Atom(_, args):
            return Fun("a") in args or Fun("an") in args
        case Not(arg) | ForAll(_, arg) | Exists(_, arg):
            return _names_article(arg)
        case And(args) | Or(args):
            return any(map(_names_article, args))
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return _names_article(left) or _names_article(right)


def _lowered(m: re.Match[str]) -> str:
    return m[0].lower()


def _expanded(verb: str) -> str:
    return {"ca": "can not", "wo": "will not", "sha": "shall not"}.get(verb.lower(), f"{verb} not")


def _sentence(text: str, subject: Term | None) -> Formula:
    """A sentence; a pronoun in it means `subject`."""
    text = text.strip(" ,")
    if m := re.match(
        r"it is (?:not (?:the case|true)|false|untrue) that (?P<rest>.+)$", text, re.I
    ):
        return Not(_sentence(m["rest"], subject))
    if m := re.match(
        r"it is (?:the case|true|not (?:false|untrue)) that (?P<rest>.+)$", text, re.I
    ):
        return _sentence(m["rest"], subject)
    order = (_conditional, _says, _junction, _categorical)
    for joined in (_says, *order) if _REPORTS.match(text) else order:
        found = joined(text, subject)
        if found is not None:
            return found
    return _clause(text, subject)


_REPORTS = re.compile(
    r"[A-Z][\w'-]* (?:says|claims|states|said)"
    r"(?:,? [\"“][^\"”]*[\"”]?\W*$|,? that (?:if\b|[^\"“]* if and only if\b))"
)
"""A sentence that is nothing but what someone says, with any "if" in that."""


def _split(text: str, pattern: str) -> tuple[str, str] | None:
    m = re.match(pattern, text, re.I)
    return (m["a"], m["b"]) if m else None


def _conditional(text: str, subject: Term | None) -> Formula | None:
    if parts := _split(
        text, r"(?!(?:if|when|whenever|unless)\b)(?P<a>[^,]+),? (?:and|but) (?P<b>if\b.+)$"
    ):
        return And((_sentence(parts[0], subject), _sentence(parts[1], subject)))
    if parts := _split(text, r"(?P<a>.+?),? if and only if (?P<b>.+)$"):
        return _linked(*parts, subject, Iff)
    if parts := _split(text, r"(?P<a>.+?),? only (?:if|when) (?P<b>.+)$"):
        return _linked(*parts, subject, Implies)
    if parts := _split(text, r"only if (?P<b>.+?)(?:, then|,| then) (?P<a>.+)$"):
        return _linked(*parts, subject, Implies)
    if parts := _split(
        text,
        r"(?:if|when|whenever|given that|provided that|as long as) (?P<a>.+?)(?:, then|,|"
        r" then) (?P<b>.+)$",
    ):
        return _linked(*parts, subject, Implies)
    if parts := _split(text, r"unless (?P<a>.+?), (?P<b>.+)$"):
        return _linked(*parts, subject, lambda a, b: Or((a, b)))
    if parts := _split(text, r"(?P<b>.+?),? unless (?P<a>.+)$"):
        return _linked(*parts, subject, lambda a, b: Or((a, b)))
    if parts := _split(
        text, r"(?P<b>.+?),? (?:if|whenever|when|provided that|as long as) (?P<a>.+)$"
    ):
        return _linked(*parts, subject, Implies)
    if parts := _split(text, r"(?:that )?(?P<a>.+?) implies (?:that )?(?P<b>.+)$"):
        return _linked(*parts, subject, Implies)
    if re.search(r"\b(?:if|unless|whenever)\b", text, re.I):
        raise _Unread
    return None


def _linked(first: str, second: str, subject: Term | None, link: Link) -> Formula:
    """Two clauses joined; "if something is a cat, it purrs" speaks of everything."""
    indefinite = _INDEFINITE.match(first)
    if indefinite and _PRONOUN.match(second):
        x = Var("x")
        head = re.sub(r"^(?:some|any)(?:thing|one|body)\b", "it", first, flags=re.I)
        if head == first:
            noun = re.match(
                rf"^an?\s+(?P<noun>.+?)\s+(?P<rest>{_COPULA}\b.+|{_AUX}\b.+)$", first, re.I
            )
            if noun is None:
                raise _Unread
            left: Formula = And((Atom(key(noun["noun"]), (x,)), _clause("it " + noun["rest"], x)))
        else:
            left = _sentence(head, x)
        return ForAll("x", link(left, _sentence(second, x)))
    left = _sentence(first, subject)
    return link(left, _sentence(second, subject or subject_of(left)))


def said_of(who: Term, what: str) -> Formula | None:
    """That `who` is what a noun, an adjective or a verb says."""
    try:
        return _predicate(what, who)
    except _Unread:
        return None


def subject_of(f: Formula) -> Term | None:
    """The one thing that a clause is about, for a pronoun after it."""
    match f:
        case Atom(_, (Fun() as term,)):
            return term
        case Not(arg):
            return subject_of(arg)
        case And(args) | Or(args) if args:
            found = {subject_of(a) for a in args}
            return found.pop() if len(found) == 1 else None
        case _:
            return None


def _says(text: str, subject: Term | None) -> Formula | None:
    if m := re.match(
        r"(?P<who>[A-Z][\w-]*)'s (?:statement|claim) (?:is|must be) (?P<what>true|false|a lie)$",
        text,
    ):
        truthful = Atom(TRUTHFUL, (Fun(m["who"].lower()),))
        return truthful if m["what"] == "true" else Not(truthful)
    m = re.match(
        r"(?P<who>[A-Z][\w'-]*|he|she) (?:says|claims|states|said)(?: that)?[,:]? (?P<what>.+)$",
        text,
    )
    if m is None:
        return None
    speaker = subject if m["who"] in ("he", "she") else Fun(m["who"].lower())
    if speaker is None:
        raise _Unread
    what = m["what"].strip("\"'“”‘.,")
    if m["who"] not in ("he", "she"):
        what = re.sub(r"\bI am\b", f"{m['who']} is", re.sub(r"\bI'm\b", "I am", what))
        what = re.sub(r"\b(?:I|me)\b", m["who"], what)
    return Iff(Atom(TRUTHFUL, (speaker,)), _alike(what) or _sentence(what, speaker))


_ALIKE = re.compile(
    r"(?P<a>[A-Z][\w'-]*) and (?P<b>[A-Z][\w'-]*) are (?:both )?(?:of )?(?:an? |the )?"
    r"(?P<how>same|different|opposite)(?P<kind> (?:kind|type|sort)s?)?"
)


def _alike(text: str, *, told: bool = True) -> Formula | None:
    """That two people both tell the truth or both lie, or that they do not; where nobody is `told`
    to say so, "of different kinds" must stand there."""
    m = _ALIKE.fullmatch(text)
    if m is None or not (told or m["kind"]):
        return None
    pair = tuple(Atom(TRUTHFUL, (Fun(m[who].lower()),)) for who in "ab")
    return Iff(*pair) if m["how"] == "same" else Xor(*pair)


def _junction(text: str, subject: Term | None) -> Formula | None:
    if m := re.match(
        rf"(?P<a>{_WHO}) and (?P<b>{_WHO}) (?:are not both|can not both be) (?P<rest>.+)$", text
    ):
        each = tuple(_said_of(Fun(m[who].lower()), "is " + m["rest"]) for who in "ab")
        return Not(And(each))
    if m := re.match(
        r"(?:both )?(?P<a>[A-Z][\w'-]*) and (?P<b>[A-Z][\w'-]*) are (?P<rest>.+)$", text
    ):
        if re.search(r"\b(?:same|different|opposite|not)\b", m["rest"]):
            if (found := _alike(text, told=False)) is not None:
                return found
            raise _Unread  # of each other, or of one of them at least
        rest = "are " + re.sub(r"^both ", "", m["rest"])
        return And(tuple(_said_of(Fun(m[who].lower()), rest) for who in "ab"))
    if m := re.match(rf"(?P<who>{_WHO}) neither (?P<a>.+?) nor (?P<b>.+)$", text):
        who = Fun(m["who"].lower())
        return And(tuple(Not(_said_of(who, m[part])) for part in "ab"))
    if found := _of_several(text):
        return found
    if m := re.match(r"either (?P<a>.+?),? or (?P<b>.+?)(?P<x>,? but not both)?$", text, re.I):
        left = _sentence(m["a"], subject)
        right = _elliptic(m["b"], left, subject)
        return Xor(left, right) if m["x"] else Or((left, right))
    if m := re.match(r"not both (?P<a>.+?) and (?P<b>.+)$", text, re.I):
        return Not(And((_sentence(m["a"], subject), _sentence(m["b"], subject))))
    if m := re.match(r"neither (?P<a>.+?) nor (?P<b>.+)$", text, re.I):
        shared = re.match(rf"(?P<a>.+?) (?P<rest>(?:{_COPULA}|{_AUX})\b.*)$", m["b"], re.I)
        if shared is None and re.fullmatch(_WHO, m["a"]):
            shared = re.match(rf"(?P<a>{_WHO}) (?P<rest>[a-z][\w' -]*)$", m["b"])
        if shared and not re.search(rf"\b(?:{_COPULA}|{_AUX})\b", m["a"], re.I):
            both = (f"{m['a']} {shared['rest']}", m["b"])
        else:
            both = (m["a"], m["b"])
        return And(tuple(Not(_sentence(part, subject)) for part in both))
    for sign, node in ((r",? or ", Or), (r",? (?:and|but) ", And)):
        if m := re.match(rf"(?P<a>.+?){sign}(?P<b>.+?)(?P<x>,? but not both)?$", text, re.I):
            if not _is_clause(m["a"]) or not _is_clause(m["b"]):
                continue
            left = _sentence(m["a"], subject)
            right = _sentence(m["b"], subject or subject_of(left))
            return Xor(left, right) if m["x"] else node((left, right))
    return None


_WHO = r"(?:[A-Z][\w'-]*|(?:the|my|his|her|our) [a-z][\w'-]*)"
_SEVERAL = re.compile(
    rf"(?P<how>either |(?:exactly|only) one of |at least one of |one of |both )?"
    rf"(?P<who>{_WHO}(?:, {_WHO}){{0,6}},? (?P<sign>or|and) {_WHO})"
    r" (?P<rest>(?!(?:is|are|was|were) (?:not|both)\b)[a-z][\w' -]*?)(?P<x>,? but not both)?$"
)


def _of_several(text: str) -> Formula | None:
    """One thing said of some of several: "either Ann or Bob lies", "one of A and B is a cat"."""
    m = _SEVERAL.match(text[:1].lower() + text[1:]) or _SEVERAL.match(text)
    if m is None or re.search(r"\b(?:and|or|same|different|each|not)\b", m["rest"]):
        return None
    how = (m["how"] or "").strip()
    if m["sign"] == "and" and (how in ("both", "either") or (not how and "," not in m["who"])):
        return None
    if m["sign"] == "or" and how == "both":
        raise _Unread
    names = re.split(r",? (?:or|and) |, ", m["who"])
    each = tuple(_said_of(Fun(name.lower()), m["rest"]) for name in names)
    if m["sign"] == "and" and not how:
        return And(each)
    if how in ("", "either", "at least one of") and not m["x"]:
        return Or(each)
    if how == "one of":
        raise _Unread  # exactly one, or at least
    if len(each) == 2:
        return Xor(*each)
    if m["x"]:
        raise _Unread
    return Or(
        tuple(
            And(tuple(f if i == k else Not(f) for i, f in enumerate(each)))
            for k in range(len(each))
        )
    )


def _is_clause(text: str) -> bool:
    """Whether a part around "and" or "or" can stand alone: it has a subject and a verb."""
    if _EVERY.match(text) or re.match(r"^(?:some|no|only|not all|there)\b", text, re.I):
        return True
    m = _SUBJECT.match(text)
    return bool(m) and bool(m["rest"].strip())  # type: ignore[index]


def _elliptic(text: str, before: Formula, subject: Term | None) -> Formula:
    """The second part of "either X is A or B"."""
    if _is_clause(text):
        return _sentence(text, subject or subject_of(before))
    who = subject_of(before)
    if who is None:
        raise _Unread
    return _said_of(who, "is " + text)


_SUBJECT = re.compile(
    r"^(?P<who>[A-Z][\w-]*'s [a-z][\w-]*|(?:[A-Z][\w'-]*)(?: (?:[A-Z][\w'-]*|of|the))*?"
    r"|(?:the|this|that|my|his|her|our|their|your) "
    r"(?:[a-z][\w'-]*)(?: [a-z][\w'-]*)??|it|he|she|they|we|i|you) "
    rf"(?P<rest>(?:(?:{_COPULA}|{_AUX})\b.*|[a-z][\w'-]*.*))$"
)


_OWNS = r"have|own|hold|get|know|need|use|may|must"
"""Verbs in the plural that take an object: "only members have keys"."""


def _categorical(text: str, subject: Term | None) -> Formula | None:
    x = Var("x")
    if m := re.match(
        r"there (?:is|are|exists?) (?P<no>no |not (?:a|any) )?(?:(?:at least one|an?|some"
        r"|any)\b)?\s*(?P<np>.+)$",
        text,
        re.I,
    ):
        f: Formula = Exists("x", _noun(m["np"], x))
        return Not(f) if m["no"] else f
    if m := re.match(r"not (?P<rest>(?:all|every|each|everything|everyone)\b.+)$", text, re.I):
        return Not(_sentence(m["rest"], subject))
    if m := re.match(
        rf"only (?:the )?(?P<np>.+?) (?P<vp>(?:are|is)\b.+|(?:can|{_OWNS})\b.+)$", text, re.I
    ):
        return ForAll("x", Implies(_said_of(x, m["vp"]), _noun(m["np"], x)))
    if m := _THINGS.match(text):
        rest = text[m.end() :].strip()
        relative = re.match(
            rf"(?:{_THAT} )?(?P<np>.+?) (?P<vp>{_COPULA}\b.+|{_AUX}\b.+|must be .+)$", rest
        )
        quantity = (m["quantity"] or "").lower()
        none = quantity == "no" or bool(m["none"])
        if m["who"] and relative:
            return ForAll(
                "x", Implies(_restriction(relative["np"], x), _said_of(x, relative["vp"]))
            )
        if (m["who"] or quantity in ("every", "any")) and (
            two := re.match(rf"(?:{_THAT} )?(?P<np>[\w'-]+) (?P<vp>[\w'-]+)$", rest)
        ):
            inner, said = _predicate(two["np"], x), _predicate(two["vp"], x)
            return ForAll("x", Implies(inner, said))
        if m["who"] or rest.lower().startswith(("that ", "who ", "which ")):
            if m["who"] or relative is None:
                raise _Unread
            inner, said = _restriction(relative["np"], x), _said_of(x, relative["vp"])
            if quantity == "some":
                return Exists("x", And((inner, said)))
            return ForAll("x", Implies(inner, Not(said) if none else said))
        said = _said_of(x, rest)
        if quantity == "some":
            return Exists("x", said)
        return ForAll("x", Not(said) if none else said)
    if m := re.match(r"(?P<q>some|at least one|most)\s+(?P<rest>.+)$", text, re.I):
        if m["q"].lower() == "most":
            raise _Unread
        np, vp = _halves(m["rest"])
        return Exists("x", And((_noun(np, x), _said_of(x, vp))))
    if m := re.match(r"(?P<q>no|none of the)\s+(?P<rest>.+)$", text, re.I):
        np, vp = _halves(m["rest"])
        return ForAll("x", Implies(_noun(np, x), Not(_said_of(x, vp))))
    if m := _EVERY.match(text):
        np, vp = _halves(text[m.end() :])
        if re.match(rf"{_COPULA} {_NOT}\b", vp):
            raise _Unread  # "all A are not B" may deny all, or only that all are
        return ForAll("x", Implies(_noun(np, x), _said_of(x, vp)))
    if m := re.match(r"an?\s+(?P<rest>[a-z].+)$", text, re.I):
        np, vp = _halves(m["rest"])
        return ForAll("x", Implies(_noun(np, x), _said_of(x, vp)))
    words = text.split()
    if (
        len(words) == 2
        and stem(words[0]) != words[0].lower()
        and stem(words[1]) == words[1].lower()
    ):
        return ForAll("x", Implies(_noun(words[0], x), _predicate(words[1], x)))
    if re.match(r"(?:[A-Z]?[a-z'-]+ )+?(?:are|do|can|have|never)\b", text) and not _PRONOUN.match(
        text
    ):
        first = text.split()[0]
        np, vp = _halves(text)
        plural = stem(np.split()[-1]) != np.split()[-1].lower()
        if plural and first.lower() not in ("the", "these", "those", "my", "his", "her", "our"):
            return ForAll("x", Implies(_noun(np, x), _said_of(x, vp)))
    return None


def _halves(text: str) -> tuple[str, str]:
    """What is spoken of, and what is said of it."""
    relative = re.match(
        rf"(?P<np>[\w' -]+? {_THAT} (?:{_COPULA}|{_AUX}) (?:{_NOT} )?[\w' -]+?)"
        rf" (?P<vp>(?:{_COPULA}|{_AUX})\b.+)$",
        text,
    )
    plain = re.match(rf"(?P<np>[\w' -]+?) (?P<vp>(?:{_COPULA}|{_AUX}|must be|never)\b.+)$", text)
    found = relative or (None if re.match(rf"[\w' -]+? {_THAT}\b", text) else plain)
    if found:
        return found["np"], found["vp"]
    words = text.split()
    if len(words) >= 2 and all(re.fullmatch(r"[\w'-]+", w) for w in words):
        for at, word in enumerate(words[:-1]):
            if stem(word) != word.lower():  # a plural noun, and then its verb
                return " ".join(words[: at + 1]), " ".join(words[at + 1 :])
            following = words[at + 1].lower()
            if stem(following) != following or present(following) != following:  # then its verb
                return " ".join(words[: at + 1]), " ".join(words[at + 1 :])
    raise _Unread


def _noun(text: str, x: Term) -> Formula:
    """That `x` is what a noun names, with what "that is ..." adds to it."""
    m = re.match(rf"(?P<np>[\w' -]+?) {_THAT} (?P<vp>.+)$", text.strip())
    if m:
        return And((Atom(key(m["np"]), (x,)), _said_of(x, m["vp"])))
    if m := re.match(rf"(?P<np>[\w'-]+?) (?P<vp>{_COPULA} .+)$", text.strip()):
        raise _Unread
    return _predicate(text, x)


def _restriction(text: str, x: Term) -> Formula:
    return _said_of(x, text)


def _said_of(who: Term, text: str) -> Formula:
    """What a verb phrase says of `who`: is a cat, is not green, does not purr, is A and B."""
    text = text.strip(" ,")
    if m := re.match(rf"(?:{_COPULA}|must be|must also be) (?P<rest>.+)$", text, re.I):
        return _described(who, m["rest"])
    if m := re.match(rf"(?:does|do|did) {_NOT} (?P<rest>.+)$", text, re.I):
        verb, _, rest = re.sub(r"^(\w+) any (?=\w+$)", r"\1 ", m["rest"]).partition(" ")
        return Not(_predicate(f"{_PAST.get(verb, verb)} {rest}".strip(), who))
    if m := re.match(r"never (?P<rest>.+)$", text, re.I):
        return Not(_said_of(who, m["rest"]))
    if m := re.match(rf"(?P<aux>{_AUX}) {_NOT} (?P<rest>.+)$", text, re.I):
        return Not(_predicate(f"{m['aux']} {m['rest']}", who))
    if m := re.match(r"(?:does|do|did) (?P<rest>(?:indeed |in fact )?[a-z].*)$", text, re.I):
        return _said_of(who, re.sub(r"^(?:indeed|in fact) ", "", m["rest"]))
    verb, _, rest = text.partition(" ")
    if m := re.match(r"no (?P<what>\w+)$", rest):
        return Not(_predicate(f"{present(verb)} {m['what']}", who))
    rest = re.sub(r"^(?:some|at least one) (?=\w+$)", "", rest)
    text = f"{present(verb)} {rest}".strip()
    if m := re.match(r"(?P<verb>\w+) (?P<a>\w+) (?P<sign>or|and) (?P<b>\w+)$", text):
        both = tuple(_predicate(f"{m['verb']} {m[part]}", who) for part in "ab")
        return Or(both) if m["sign"] == "or" else And(both)
    if re.search(r",|\b(?:and|or|nor|not)\b", text):
        raise _Unread
    return _predicate(text, who)


def _described(who: Term, text: str) -> Formula:
    text = re.sub(r"^(?:also|always|therefore|thus|necessarily|all)\s+", "", text.strip(" ,"))
    if m := re.match(r"neither (?P<a>.+?) nor (?P<b>.+)$", text):
        return And((Not(_described(who, m["a"])), Not(_described(who, m["b"]))))
    if m := re.match(r"either (?P<a>.+?) or (?P<b>.+?)(?P<x>,? but not both)?$", text):
        left, right = _described(who, m["a"]), _described(who, m["b"])
        return Xor(left, right) if m["x"] else Or((left, right))
    if m := re.match(r"not both (?P<a>.+?) and (?P<b>.+)$", text):
        return Not(And((_described(who, m["a"]), _described(who, m["b"]))))
    if m := re.match(r"not (?P<rest>.+)$", text):
        if re.search(r"\b(?:and|or)\b|^(?:necessarily|always|all|therefore|thus)\b", m["rest"]):
            raise _Unread  # "not necessarily a cat" does not deny that it is one
        return Not(_described(who, m["rest"]))
    if m := re.match(r"(?:both )?(?P<a>.+?),? (?:and|but)(?: also)? (?P<b>.+)$", text):
        return And((_described(who, m["a"]), _described(who, m["b"])))
    if m := re.match(r"(?P<a>.+?),? or (?P<b>.+)$", text):
        return Or((_described(who, m["a"]), _described(who, m["b"])))
    if "," in text:
        raise _Unread
    if m := re.match(rf"(?:an? )?(?P<np>[\w' -]+?) {_THAT} (?P<vp>.+)$", text):
        return And((_predicate(m["np"], who), _said_of(who, m["vp"])))
    return _predicate(text, who)


_LIAR = re.compile(r"^(?:lies?|lying|a liar|liars?|a knave|knaves?|untruthful|tells? lies)$", re.I)
_HONEST = re.compile(
    r"^(?:tells? the truth|telling the truth|truthful|honest|a knight|knights?|a truth[- ]teller)$",
    re.I,
)


def _predicate(text: str, who: Term) -> Formula:
    text = text.strip()
    if _LIAR.match(text):
        return Not(Atom(TRUTHFUL, (who,)))
    if _HONEST.match(text):
        return Atom(TRUTHFUL, (who,))
    return Atom(key(text), (who,))


def _clause(text: str, subject: Term | None) -> Formula:
    """A subject and what is said of it."""
    m = _PRONOUN.match(text)
    if m and subject is not None and not _WEATHER.match(text):
        return _said_of(subject, text[m.end() :])
    m = _SUBJECT.match(text) or _SUBJECT.match(text[:1].lower() + text[1:])
    if m is None or m["who"].lower() in ("he", "she", "they"):
        raise _Unread
    if not _NO_NAME.isdisjoint(m["who"].lower().split()):
        raise _Unread
    return _said_of(Fun(m["who"].lower()), m["rest"])
