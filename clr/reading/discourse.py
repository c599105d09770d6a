"""How a sentence means what it says: asserted, supposed, wanted, denied, rounded, taken back.

Judged from the words around a relation in its own sentence. Only words that change how the
relation stands are listed; everything else is an assertion.
"""

from __future__ import annotations

import re

import msgspec

from clr.bodies.mathematics import Cue
from clr.claim import Role
from clr.reading.cues import Cues, either, mentions, present, sign_of, words_of

_ASSUMES = Cues(
    *"if suppose supposing assume assuming assumption case cases try trying test testing".split(),
    *r"consider considering whether hypothes\w+ otherwise unless imagine guess guessing".split(),
    *r"instance example when whenever would could might possib\w+ say scenario provided".split(),
    *"either option choose choosing pick setting set".split(),
    whole=True,
    phrases={"which": "for which", "such": "such that"},
)
_WANTS = Cues(
    *r"need needs want wants must should require requires required find(?<!we\sfind) solve".split(),
    *"determine goal show prove verify check checking seek looking".split(),
    *r"maximi[sz]e minimi[sz]e desired target condition satisf\w+".split(),
    whole=True,
    phrases={"have": "have to", "has": "has to", "order": "in order"},
)
_DEFINES = Cues(
    *"let define defined denote denoted denoting call represent represents where introduce".split(),
    *"write formula formulas recall identity theorem definition known standard form".split(),
    *"general property rule modeled".split(),
    whole=True,
    phrases={
        "given": "given (?:that|by|as)|are given|is given",
        "expressed": "expressed as",
    },
)
_CITING_WORDS = "since because given as recall recalling knowing fact".split()
_CITES = Cues(*(rf"\b{word}\b(?: that)?\W{{0,8}}$" for word in _CITING_WORDS))
_OF_ROOTS = Cues(
    r"\broots of(?: the)?(?: \w+)?(?: equation)?[\s$\\(]{1,6}$",
    r"\bsolving(?: the)?(?: \w+)?(?: equation| inequality)?[\s$\\(]{1,6}$",
)
_REASONED = re.compile(r"\b(?:since|because)\W{0,8}$")
"""What gives a statement for a reason: it is no part of a trial or a wish before it."""
_CONCLUDED = re.compile(r"\W*(?:therefore|thus|hence)\b")
"""Words that begin a sentence which concludes: no trial of the sentence before goes on in it."""
_REWRITTEN = re.compile(r"re(?<!\wre)-?writ\w+\b[^.;:]{0,50}\bas\W{0,8}$")
"""An "as" that gives no reason: we can rewrite this as x = 3."""
_QUOTING = "use using apply applying recall recalling given from by".split()
_QUOTED = "fact equality identity equation relation formula condition property".split()
_QUOTES = Cues(
    *(rf"\b{word}\b(?: the)?(?: (?:{'|'.join(_QUOTED)}))?(?: that)?\W{{0,8}}$" for word in _QUOTING)
)
_LEADING_IN = _CITES.bit | _QUOTES.bit
_LEAD_IN = frozenset(word.encode() for word in (*_CITING_WORDS, *_QUOTING, *_QUOTED, "the", "that"))
"""The last words before a statement that is cited or quoted."""
_MOVES = Cues(
    *(rf"{word}\w*" for word in "shift translat reflect stretch compress rotat dilat".split())
)
"""Words that make another curve of one, which has an equation of its own."""
_WOULD = re.compile(
    r"would(?<!\wwould) (?:\w+ ){0,2}?"
    r"(?:give|yield|mean|imply|lead|get|have|make|be|become|force|require)\b"
    r"(?: us)?(?: to)?(?: that)?\W{0,6}$"
)
_MISTAKES = ("mistake", "error", "slip", "pitfall", "trap", "misconception", "wrong")
_MISTAKE = either(*_MISTAKES)
"""A mistake that is warned of, and what it would give."""
_PICKS = Cues("use", "take", "put", "with", whole=True)
_PICKED = re.compile(r"(?:^|[.;:,])\s*(?:(?:instead|and|but),?\s*)?(?:use|take|put|with)\W{0,6}$")
_SOLVES = re.compile(r"solv(?<!\wsolv)(?:e|ing) (?:for )?[^a-z]{0,4}[a-z]{1,5}\W{0,6}:")
"""What announces that an equation is solved, which begins with itself."""
_ASKS = Cues(
    *"if whether need want must should test try suppose assume would guess".split(), whole=True
)
_HYPOTHESES = _ASSUMES.bit | _WANTS.bit | _DEFINES.bit
"""Words, those of `_ASKS` among them, that count only behind the last that says what follows."""
_TRIES = Cues(
    *"try trying test testing whether guess".split(),
    whole=True,
    phrases={
        "pick": "pick(?<!to pick)",  # not the ways to pick two of them
        "select": "select(?<!to select)",
        "verify": "verify (?:if|whether|that)",
        "check": "check (?:if|whether|that)",
    },
)
_TRIED = ("try", "test", "whether", "pick", "select", "guess", "verify", "check")
"""Parts of those words."""
_ANNOUNCES = sign_of(*_TRIED, *_MISTAKES)
"""The bit of what the sentence before a statement may say of it."""
_RESOLVES = Cues(
    *"then so thus hence therefore gives? giving get gets yields? obtain implies means".split(),
    *r"becomes have equals? results? simplif\w+ found conclude leads?".split(),
    whole=True,
    phrases={"find": "find that"},
)
_DENIES = Cues(
    *r"contradict impossib incorrect mistake \bwrong \bfalse\b \bcannot\b never invalid".split(),
    *r"absurd \bno\b fails?\b unlike extraneous disagree error reject discard".split(),
    r"does ?n[o']t",
    phrases={
        "t": r"can['’]t\b|isn['’]t\b|don['’]t\b",
        "not": r"\bis not\b|do not|"
        r"\bnot (?:possible|true|equal|satisf|hold|the same|match|valid|work|\w+ to)",
        "solution": "no solution",
        "instead": "instead of",
        "rather": "rather than",
        "too": "too (?:large|small|big|high|low|much|many)",
    },
)
_REJECTS = Cues(
    *r"contradict impossib incorrect mistake \bwrong \bfalse\b absurd nonsens error".split(),
    r"invalid",
    r"does ?n[o']t (?:hold|equal|satisf)",
    r"violated",
    phrases={
        word: rf"\b{word} (?:possible|true|equal|the same|valid|correct|right|the case"
        r"|satisfied|fulfilled|met|allowed|balanced)"
        for word in ("not", "cannot", "never")
    },
)
_SOMEONE = "many some people one students? you he she they someone might may could would".split()
_SAYS = "think|thinks|say|says|believe|guess|assume|expect|claim|claims|write|writes|wrote|said"
_THOUGHT = (
    "thought|got|had|calculated|computed|wrote|said|assumed|guessed"
    "|(?:wanted|meant|(?:was|am) (?:going|about|tempted|inclined)) to \\w+"
)
_SHOWS = "imply|mean|show|prove|guarantee|follow|say|establish"
_MISTAKENLY = "first|initially|originally|mistakenly|wrongly|incorrectly|almost|nearly"


def _before_it(*phrases: str) -> tuple[str, ...]:
    """The phrases where they stand right before a statement."""
    return tuple(rf"\b{phrase}(?: that)?\W{{0,6}}$" for phrase in phrases)


_DISOWNED = Cues(
    *_before_it(
        "not(?: true| the case)?",
        "never(?: have| get)?",
        *(
            rf"{never} (?:{word}|have {said})"
            for never in ("do not", "don['’]t", "never", "must not", "should not", "shouldn['’]t")
            for word, said in (("write", "written"), ("say", "said"), ("conclude", "concluded"))
        ),
        *"fails violates violating contradicts contradicting disproves".split(),
        r"no (?:\S+ ){1,3}(?:satisf\w+|with)",
        "rather than(?: with| by)?",
        "instead of(?: with| by)?",
        "tempting(?: to (?:say|think|write))?",
        *"false untrue wrong incorrect invalid impossible absurd".split(),
        *(
            rf"{word}s? (?:is|are|would be)(?: \w+){{0,3}}"
            for word in "mistake error slip pitfall misconception".split()
        ),
        *(
            rf"{word} (?:mistake|error|slip|pitfall|misconception)s?"
            for word in "common typical classic frequent usual".split()
        ),
        *(rf"{word} (?:\d|[a-d]|[ivx]+)" for word in "statement claim proposition".split()),
    ),
    phrases={
        "no": "|".join(
            _before_it(
                r"for no (?:\S+ ){1,3}(?:is|are|have|has|does|can)",
                r"there (?:is|are|exists?) no (?:\S+ ){1,4}(?:with|such|satisfying|which)",
            )
        ),
        _SHOWS: "|".join(
            _before_it(
                *(
                    rf"{aux}(?: ?not|n['’]t) (?:\w+ )?(?:{_SHOWS})"
                    for aux in "do does did can could need would".split()
                ),
                rf"not (?:{_SHOWS})",
            )
        ),
        "i": "|".join(
            _before_it(
                *(rf"{at},? i (?:{_THOUGHT})" for at in ("first", "initially", "originally")),
                rf"i (?:{_MISTAKENLY}) (?:{_THOUGHT})",
            )
        ),
        _SAYS: "|".join(_before_it(*(rf"{who} (?:\w+ )?(?:{_SAYS})" for who in _SOMEONE))),
    },
)
_WORKED = (
    "added|subtracted|multiplied|divided|canceled|cancelled|squared|distributed|simplified|expanded"
    "|computed|calculated|treated|forgot|moved|combined|replaced|applied|used|took|wrote|split"
    "|dropped|ignored|confused|mixed|swapped|concluded"
)
_WORK = "proof argument reasoning derivation working calculation solution".split()
_ANOTHERS = Cues(
    whole=True,
    phrases={"students?": rf"students? (?:\w+ )?(?:{_WORKED})"}
    | {
        wrong: "|".join(rf"{wrong} (?:\w+ )?{work}" for work in _WORK)
        for wrong in "false wrong flawed faulty fallacious bogus incorrect invalid".split()
    },
)
"""Words that say whose work a sentence tells, and that it is not its author's."""
_SPEAKS = Cues(*"says claims thinks believes wrote writes argues".split(), whole=True)
_REPORTED = re.compile(
    r"\b[A-Z]\w+ (?i:says|claims|thinks|believes|wrote|writes|argues)(?i: that)?\W{0,6}$"
)
"""Words before a statement that its author does not make, or takes for false."""
_DENIED_NEXT = re.compile(
    r"^[\s$\\)\].]{0,6}(?:\?|[✗✘❌]|(?:,\s*)?(?:no\b|fails?\b|is impossible|cannot be))"
)
"""What denies or questions a statement right after it."""
_CORRECTED = re.compile(
    r"\W{0,3}(?:\.\.\.|…|—|–)\W{0,3}(?:wait|hold on|hmm|oops)\b"
    r"|\W{0,6}(?:(?:wait|hmm|oh|sorry)\W{1,3})?"
    r"(?:no(?:\W{1,3}wait\b|[,:;.—–])|oops\b|scratch that\b|that['’]s not\b"
    r"|sorry\W{1,3}(?=[$\\(]{0,3}\d)|i mean\b|or rather\b|make that\b"
    r"|(?:hmm\W{1,3}|wait\W{1,3})?let me (?:re-?(?:comput|calculat|do\b|check|evaluat|count|think)"
    r"|correct\b|fix\b|try (?:that )?again)"
    r"|that(?:['’]s| is| was) (?:wrong|incorrect|not (?:right|correct|true)"
    r"|an? (?:\w+ )?(?:slip|typo|mistake|error|miscalculation))\b)",
    re.I,
)
"""What takes a statement back right after it: 35, wait no, 30."""
_OBJECTS = Cues(
    *"no not fail fails impossible cannot wait hold hmm oops oh scratch sorry mean rather".split(),
    *"make me wrong incorrect slip typo mistake error miscalculation".split(),
    whole=True,
)
"""Without a word of these, or a sign, nothing is denied or taken back so."""
_TURNS = Cues(
    r"\blet(?:['’]s| us) (?:\w+ ){0,2}(?:rearrang|simplif|expand|factor|rewrit|distribut|multipl"
    r"|divid|subtract|comput|calculat|evaluat)\w*",
    r"\brewrit\w+\b[^.;:]{0,40}\bas\b",
    phrases={
        "re": r"\bre-writ\w+\b[^.;:]{0,40}\bas\b",
        "we|i": r"\bto (?!be\b)[^,.;:?]{3,80}, (?:we|i)\b(?: can| will| may| now| then| simply)*",
    },
)
"""What is wanted, and then what is done; and words such as "let" that only announce a rewriting."""
_APPROXIMATES = Cues(
    *r"approx \babout\b round nearly roughly estimat calculator decimal nearest truncat".split(),
    *r"remainder quotient floor ceiling \bfull\b".split(),
    phrases={
        "close": "close to",
        "whole": "whole number",
        "many": "how many times",
        "goes": "goes into",
        "integer": "integer (?:part|division)",
        "most": r"\bat most",
        "left": r"\bleft over|with \d+ (?:\w+ ){0,2}left\b|and \d+ (?:\w+ ){0,2}left\b",
        "leftover|remaining|leaving": r"\bleftover\b|remaining(?<=\d remaining)\b|\bleaving \d",
        "spare": r"to spare\b",
    },
)
_FACTORS = r"\bfactor(?:ing|ed|i[sz]\w+)?\b(?! of)"
_SQUARE = {"square": "complet(?:e|ing) the square"}
_BY_FORM = {
    "difference": "difference of (?:two |the )?(?:squares|cubes)",
    "sum": "sum of (?:two )?cubes",
    "division": "long division|synthetic division|polynomial division",
    "binomial": "binomial (?:theorem|formula|expansion)",
}
_REWRITES = Cues(
    *r"expand simplif distribut(?:es?\b|ing|iv) rewrit foil rearrang isolat cross.?multipl".split(),
    _FACTORS,
    r"multipl\w* (?:out|through|both|the (?:\w+ )?equation)",
    r"divid\w* (?:through|the (?:\w+ )?equation)",
    "clear(?:ing)? the",
    r"collect(?:ing)? (?:the |all |like )?(?:\w+ )?terms",
    r"cancell?ing",
    *(
        rf"{move}\w* [^.]{{1,40}}? to (?:the (?:left|right|other)|one)\b"
        for move in "mov bring transpos".split()
    ),
    phrases=_SQUARE
    | {
        "terms": r"\blike terms",
        "denominator": "common denominator",
        "sides": "|".join(
            rf"{verb}\w* .{{0,40}}both sides" for verb in "add subtract divid multipl squar".split()
        ),
    },
)
_EXPANDS = Cues(
    r"\bexpand",
    r"distribut(?:es?\b|ing|iv)",
    r"\bfoil\b",
    _FACTORS,
    r"multipl\w* out",
    phrases=_SQUARE | _BY_FORM,
)
_OR = Cues("or", whole=True)
_SAME_AGAIN = r"(?!\W{1,3}(?:equivalently|simply|just|rather|more \w+|in other words|upon|after)\b)"
_OR_BEFORE = re.compile(rf"\bor\b{_SAME_AGAIN}[^.]{{0,8}}$|\\text\{{\s*or\b[^}}]*\}}\W*$")
_OR_AFTER = re.compile(rf"^\W{{0,8}}(?:(?:quad|qquad|text|,)\W{{0,4}})*or\b{_SAME_AGAIN}")
"""An "or" between alternatives, and not before the same thing in other words."""
_FOLLOWS = Cues(
    *"so thus hence therefore gives? giving get yields? obtain implies means then follows".split(),
    *"conclude solving".split(),
    whole=True,
    phrases={
        "which": "which is",
        "results?": "results? in",
        "have|find": "we have|we find",
        "leads?": "leads? to",
    },
)
_SUBSTITUTES = Cues(
    *"substitut plug replac insert evaluat using".split(),
    phrases={
        "from": r"from \(",
        "equation": r"equation \(",
        "equations?": "|".join(
            rf"\b{word} the (?:first|second|third|two|other) (?:\w+ )?equations?"
            for word in "into in of and".split()
        ),
    },
)
_GOING_ON = r"(?:can |may |now )?(?:calculat|comput|evaluat|simplif)"
"""What is done next to the thing itself, and not to the next thing."""
_LISTS = either(
    *r"\bsecond\b \bthird\b \bfourth\b \banother\b \bother\b \bsimilarly\b".split(),
    *r"\blikewise\b \bcase\b \bequations\b \bsystem\b".split(),
    *(rf"\b{word}\b(?!,? we {_GOING_ON})" for word in ("next", "finally")),
    r"\bpairs?\b",
    *(rf"\b{word}\b.{{0,25}}\Z" for word in "and or also while when for".split()),
)
_HEADED = (
    r"[\W_]{0,6}(?:at|in|on|with|under)\b"
    r"(?! (?:total|all|short|fact|general|particular|turn|summary|conclusion|other words)\b)"
    r"(?:\([^()]*\)|[^.,;:()]){0,30}:[\s$]*\Z"
)
"""At (1, 2): y = 3."""
_HEADED_FIRST = re.compile(_HEADED)
_ITEM = re.compile(rf"[\n.,;](?:(?<=\n)[^\S\n]*(?:\d+[.)]|[-*•])\s|{_HEADED})")


_MARKS = (":", "\n")
"""Without one of these no list is headed or goes on to an item."""


def lists(gap: str) -> bool:
    """Whether the text between two relations, in lower case, opens an item of a list."""
    if _LISTS.search(gap):
        return True
    return mentions(gap, _MARKS) and bool(_HEADED_FIRST.match(gap) or _ITEM.search(gap))


_ONE_OF = "factor|root|solution|case|branch|possibility|option"
_SYSTEM = Cues(
    *"equations system pairs? respectively".split(),
    whole=True,
    phrases={
        _ONE_OF: "|".join(
            f"{one} (?:{_ONE_OF})"
            for one in "first second third fourth last other another next".split()
        )
    },
)
"""What names several equations as one, or one of several."""


_LEADS = _SUBSTITUTES.bit | _EXPANDS.bit | _REWRITES.bit | _FOLLOWS.bit
_DOUBTS = _REJECTS.bit | _DISOWNED.bit | _ANOTHERS.bit | _SPEAKS.bit
_CITING = _CITES.bit | _OF_ROOTS.bit
_FRAMES = _HYPOTHESES | _CITING | _PICKS.bit | _MOVES.bit
_CHANGES = (
    _FRAMES
    | _DOUBTS
    | (_TRIES.bit | _ASKS.bit | _DENIES.bit | _APPROXIMATES.bit | _QUOTES.bit | _SYSTEM.bit)
)
"""Words without which a statement is plainly asserted, whatever leads to it."""
_BEHIND = _REJECTS.bit | _DENIES.bit | _APPROXIMATES.bit | _OBJECTS.bit | _OR.bit
"""Words that count behind a statement as well as before it."""
"""Sets that are looked through together, or not at all."""


class Stance(msgspec.Struct, frozen=True, gc=False):
    """How a relation stands in its sentence.

    `denied` means that the words around it speak of falsehood, so the relation itself may be one
    that the author rejects; `rejected`, that what follows it says so plainly; `asked`, that it is
    put as a question or a wish, so that even plain arithmetic in it is no assertion; `quoted`, that
    all of its chain is taken from elsewhere; `alternative`, that it is assumed as one of several
    with an "or" between them, and for no other reason; `listed`, that the words before it name
    several equations as one, or one of several; `solved`, that it is wanted only as the equation to
    be solved, so that what stands below it follows from it.
    """

    role: Role
    cue: Cue
    denied: bool
    rejected: bool
    asked: bool
    approximate: bool
    quoted: bool
    alternative: bool
    listed: bool
    solved: bool


_ASSERTED = {
    cue: Stance(Role.DERIVED, cue, False, False, False, False, False, False, False, False)
    for cue in Cue
}


def stance(
    before: str,
    after: str,
    ahead: str = "",
    *,
    alternative: bool = False,
    behind: str = "",
    result: str = "",
    around: int = -1,
) -> Stance:
    """Judge a relation by its sentence: the words before it, those after it, and, in `ahead`, the
    beginning of the next sentence, where a contradiction is often named. An `alternative` stands
    after an "or" inside mathematics. `behind` is the end of the sentence before, where a trial is
    often announced. `result` is its last side, which may say that it is rounded: 3 full boxes.
    `around` are the bits of all cues of a text that holds all these, where they are known.
    """
    near, after, ahead = before[-160:].lower(), after.lower(), ahead[:80].lower()
    behind, result = behind.lower() if around & _ANNOUNCES else "", result.lower()
    words = words_of(near)
    cues = present(words)
    if around & _BEHIND:
        cues |= _BEHIND & present(words_of(f"{result} {after} {ahead}"))
    if cues & _LEADING_IN and (not words or words[-1] not in _LEAD_IN):
        cues &= ~_LEADING_IN
    tries = bool(cues & _TRIES.bit or (behind and mentions(behind, _TRIED)))
    if tries:
        trial = near if _CONCLUDED.match(near) else behind + near
        tries = _TRIES.pattern.search(trial) is not None
    objects = cues & _OBJECTS.bit or "?" in after or not after.isascii()
    denied_next = bool(objects) and _denied_next(after, ahead, result)
    either = alternative or bool(
        cues & _OR.bit and (_OR_BEFORE.search(near[-30:]) or _OR_AFTER.match(after[:30]))
    )
    cue = _cue(cues, near) if cues & _LEADS else Cue.NONE
    if not (cues & _CHANGES or either or denied_next or tries):
        return _ASSERTED[cue]

    since_turn = near
    role = Role.DERIVED
    supposed = solved = False
    if cues & _FRAMES:
        if cues & _HYPOTHESES:
            since_turn = near[_turn(cues, near) :]
        supposed = bool(
            (cues & _ASSUMES.bit and _ASSUMES.pattern.search(since_turn))
            or (cues & _PICKS.bit and _PICKED.search(near[-16:]))
        )
        if not supposed and cues & _WANTS.bit and _WANTS.pattern.search(since_turn[-80:]):
            supposed, solved = True, _SOLVES.search(near) is not None
        if cues & _CITING and _cites(cues, near):
            role = Role.DEFINITION
            if _REASONED.search(near[-16:]):
                supposed = tries = False
                since_turn = ""
        elif (cues & _DEFINES.bit and _DEFINES.pattern.search(since_turn[-80:])) or (
            cues & _MOVES.bit and _MOVES.pattern.search(near[-60:])
        ):
            role = Role.DEFINITION
    if either or supposed:
        role = Role.ASSUMED
    rejected = denied_next or bool(
        cues & (_DOUBTS | _ASSUMES.bit)
        and (
            (cues & _REJECTS.bit and _rejects(after, ahead))
            or (cues & _DISOWNED.bit and _DISOWNED.pattern.search(near[-60:]))
            or (cues & _ANOTHERS.bit and _ANOTHERS.pattern.search(near))
            or (
                cues & _ASSUMES.bit and _WOULD.search(near[-60:]) and _MISTAKE.search(behind + near)
            )
            or (cues & _SPEAKS.bit and _REPORTED.search(before[-60:]))
        )
    )
    return Stance(
        role,
        cue,
        denied=rejected
        or bool(
            cues & _DENIES.bit
            and (_DENIES.pattern.search(near[-100:]) or _DENIES.pattern.search(after[:80]))
        ),
        rejected=rejected,
        asked=tries or bool(cues & _ASKS.bit and _ASKS.pattern.search(since_turn[-80:])),
        approximate=bool(
            cues & _APPROXIMATES.bit
            and (
                _APPROXIMATES.pattern.search(near)
                or _APPROXIMATES.pattern.search(f"{result} {after[:60]}")
            )
        ),
        quoted=bool(cues & _QUOTES.bit and _QUOTES.pattern.search(near[-40:])),
        alternative=either and not supposed,
        listed=bool(cues & _SYSTEM.bit and _SYSTEM.pattern.search(near)),
        solved=solved,
    )


def _turn(cues: int, near: str) -> int:
    """Where the words end behind which something follows: in "if x = 3 then y", what comes after
    the turning word is claimed, under the assumption."""
    turn = 0
    for turning in (_RESOLVES, _TURNS):
        if cues & turning.bit:
            for found in turning.pattern.finditer(near):
                turn = max(turn, found.end())
    return turn


def _cites(cues: int, near: str) -> bool:
    """Whether what is said is cited, right behind the words before it."""
    cited = (cues & _CITES.bit and _CITES.pattern.search(near[-40:])) or (
        cues & _OF_ROOTS.bit and _OF_ROOTS.pattern.search(near[-40:])
    )
    return bool(cited) and not _REWRITTEN.search(near[-80:])


def _rejects(after: str, ahead: str) -> bool:
    """Whether what follows says plainly that a statement does not hold."""
    wrong = _REJECTS.pattern.search(after)
    if wrong is None and len(after.strip()) < 12:
        wrong = _REJECTS.pattern.search(ahead)
    return wrong is not None


def _denied_next(after: str, ahead: str, result: str) -> bool:
    """Whether what comes right after a relation denies it, questions it or takes it back."""
    broken = "..." if result.endswith("...") else ""  # broken off: 180... wait
    return bool(
        _DENIED_NEXT.match(after)
        or _CORRECTED.match(broken + after)
        or (not after.strip(" .$\\)") and _CORRECTED.match(broken + ahead))
    )


def _cue(cues: int, near: str) -> Cue:
    """How a relation follows, by the words before it."""
    if cues & _SUBSTITUTES.bit and _SUBSTITUTES.pattern.search(near[-80:]):
        return Cue.SUBSTITUTION
    if cues & _EXPANDS.bit and _EXPANDS.pattern.search(near[-80:]):
        return Cue.EXPANSION
    if cues & _REWRITES.bit and _REWRITES.pattern.search(near[-80:]):
        return Cue.REWRITE
    if cues & _FOLLOWS.bit and _FOLLOWS.pattern.search(near[-50:]):
        return Cue.CONSEQUENCE
    return Cue.NONE
