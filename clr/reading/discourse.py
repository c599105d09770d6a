"""How a sentence means what it says: asserted, supposed, wanted, denied, rounded, taken back.

Judged from the words around a relation in its own sentence. Only words that change how the
relation stands are listed; everything else is an assertion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clr.bodies.mathematics import Cue
from clr.claim import Role

_ASSUMES = re.compile(
    r"\b(?:if|suppose|supposing|assume|assuming|assumption|case|cases|try|trying|test|testing|"
    r"consider|considering|whether|hypothes\w+|otherwise|unless|imagine|guess|guessing|instance|"
    r"example|when|whenever|would|could|might|possib\w+|say|scenario|provided|for which|such that|"
    r"either|option|choose|choosing|pick|setting|set)\b",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:need|needs|want|wants|must|should|require|requires|required|(?<!we )find|solve|"
    r"determine|goal|show|prove|verify|check|checking|seek|looking|maximi[sz]e|minimi[sz]e|desired|"
    r"target|condition|satisf\w+|have to|has to|in order)\b",
    re.I,
)
_DEFINES = re.compile(
    r"\b(?:let|define|defined|denote|denoted|denoting|call|represent|represents|where|"
    r"introduce|write|formula|formulas|recall|identity|theorem|definition|known|"
    r"given (?:that|by|as)|are given|is given|standard|form|"
    r"general|property|rule|expressed as|modeled)\b",
    re.I,
)
_CITES = re.compile(
    r"\b(?:since|because|given|as|recall(?:ing)?|knowing|fact)(?: that)?\W{0,8}$", re.I
)
_ASKS = re.compile(
    r"\b(?:if|whether|need|want|must|should|test|try|suppose|assume|would|guess)\b",
    re.I,
)
_TRIES = re.compile(
    r"\b(?:try|trying|test|testing|whether|(?:verify|check) (?:if|whether|that)|pick|select|guess)"
    r"\b",
    re.I,
)
_RESOLVES = re.compile(
    r"\b(?:then|so|thus|hence|therefore|gives?|giving|get|gets|yields?|obtain|implies|means|becomes|"
    r"have|equals?|results?|simplif\w+|find that|found|conclude|leads?)\b",
    re.I,
)
_DENIES = re.compile(
    r"contradict|impossib|not possible|incorrect|mistake|\bwrong|\bfalse\b|not true|does ?n[o']t|"
    r"\bcannot\b|can['’]t|\bis not\b|isn['’]t|no solution|not equal|never|not satisf|not hold|"
    r"invalid|absurd|do not|don['’]t|not the same|not match|\bno\b|not valid|not work|fails?\b|"
    r"instead of|rather than|unlike|extraneous|disagree|error|reject|discard|not \w+ to|"
    r"too (?:large|small|big|high|low|much|many)",
    re.I,
)
_REJECTS = re.compile(
    r"contradict|impossib|not possible|incorrect|mistake|\bwrong|\bfalse\b|not true|absurd|error|"
    r"does ?n[o']t (?:hold|equal|satisf)|not equal|not the same|invalid|not valid|not correct|"
    r"not right|not the case",
    re.I,
)
_APPROXIMATES = re.compile(
    r"approx|\babout\b|round|nearly|roughly|estimat|close to|calculator|decimal|nearest|truncat|"
    r"remainder|quotient|whole number|floor|how many times|goes into|\bfull\b|integer part|at most",
    re.I,
)
_REWRITES = re.compile(
    r"expand|simplif|\bfactor(?:ing|ed|i[sz]\w+)?\b(?! of)|distribut|rewrit|"
    r"complet(?:e|ing) the square|like terms|"
    r"multipl\w* (?:out|through|both)|common denominator|foil|rearrang|isolat|cross.?multipl|"
    r"clear(?:ing)? the|(?:add|subtract|divid|multipl|squar)\w* .{0,40}both sides",
    re.I,
)
_EXPANDS = re.compile(
    r"\bexpand|\bfactor(?:ing|ed|i[sz]\w+)?\b(?! of)|distribut|\bfoil\b|multipl\w* out|"
    r"complet(?:e|ing) the square",
    re.I,
)
_OR_BEFORE = re.compile(r"\bor\b[^.]{0,8}$|\\text\{\s*or\b[^}]*\}\W*$", re.I)
_OR_AFTER = re.compile(r"^\W{0,8}(?:(?:quad|qquad|text|,)\W{0,4})*or\b", re.I)
_FOLLOWS = re.compile(
    r"\b(?:so|thus|hence|therefore|gives?|giving|get|yields?|obtain|implies|means|then|"
    r"which is|results? in|follows|conclude|solving|we have|we find|leads? to)\b",
    re.I,
)
_SUBSTITUTES = re.compile(
    r"substitut|plug|replac|insert|evaluat|using|from \(|equation \(|"
    r"\b(?:into|in|of|and) the (?:first|second|third|two|other) (?:\w+ )?equations?",
    re.I,
)
LISTS = re.compile(
    r"\b(?:second|third|fourth|another|other|similarly|likewise|case|equations|system|"
    r"next|finally|pairs?)\b|\b(?:and|or|also|while|when|for)\b.{0,25}\Z|\n\s*(?:\d+[.)]|[-*•])\s",
    re.I,
)
SYSTEM = re.compile(r"\b(?:equations|system|pairs?|respectively)\b", re.I)


@dataclass(frozen=True, slots=True)
class Stance:
    """How a relation stands in its sentence.

    `denied` means that the words around it speak of falsehood, so the relation itself may be one
    that the author rejects; `rejected`, that what follows it says so plainly; `asked`, that it is
    put as a question or a wish, so that even plain arithmetic in it is no assertion.
    """

    role: Role
    cue: Cue
    denied: bool
    rejected: bool
    asked: bool
    approximate: bool


def stance(
    before: str, after: str, ahead: str = "", *, alternative: bool = False, behind: str = ""
) -> Stance:
    """Judge a relation by its sentence: the words before it, those after it, and, in `ahead`, the
    beginning of the next sentence, where a contradiction is often named. An `alternative` stands
    after an "or" inside mathematics. `behind` is the end of the sentence before, where a trial is
    often announced.
    """
    near = before[-160:]
    # "if x = 3 then y": what follows the turning word is claimed, under the assumption
    turn = max((m.end() for m in _RESOLVES.finditer(near)), default=0)
    since_turn = near[turn:]
    assumed = _ASSUMES.search(since_turn) or (not turn and _ASSUMES.search(near))
    either = alternative or _OR_BEFORE.search(before[-30:]) or _OR_AFTER.match(after[:30])
    if either or assumed or _WANTS.search(since_turn[-80:]):
        role = Role.ASSUMED
    elif _CITES.search(near[-40:]) or _DEFINES.search(since_turn[-80:]):
        role = Role.DEFINITION
    else:
        role = Role.DERIVED
    if _SUBSTITUTES.search(near[-80:]):
        cue = Cue.SUBSTITUTION
    elif _EXPANDS.search(near[-80:]):
        cue = Cue.EXPANSION
    elif _REWRITES.search(near[-80:]):
        cue = Cue.REWRITE
    elif _FOLLOWS.search(near[-50:]):
        cue = Cue.CONSEQUENCE
    else:
        cue = Cue.NONE
    return Stance(
        role=role,
        cue=cue,
        denied=bool(
            _DENIES.search(near[-100:])
            or _DENIES.search(after[:80])
            or (len(after.strip()) < 12 and _REJECTS.search(ahead[:80]))
        ),
        rejected=bool(
            _REJECTS.search(after) or (len(after.strip()) < 12 and _REJECTS.search(ahead[:80]))
        ),
        asked=bool(_ASKS.search(since_turn[-80:]) or _TRIES.search(behind + near)),
        approximate=bool(_APPROXIMATES.search(near) or _APPROXIMATES.search(after[:60])),
    )
