"""Relations in a step: every equation, inequality and chain of them, as claims in written order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Kind, Role
from clr.notation.ast import (
    Add,
    Call,
    Dec,
    Either,
    Expr,
    InBase,
    Int,
    Label,
    Neg,
    Quantity,
    Sym,
    free_symbols,
    kinds,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.reading.chains import Fragment, fragments
from clr.reading.cues import cues_of, mentions
from clr.reading.date_words import may_be_dates
from clr.reading.discourse import Stance, lists, stance
from clr.reading.falsehoods import LOOKED_THROUGH, is_denied_below
from clr.reading.functionals import is_argument, is_event, may_take
from clr.reading.habits import USUAL, Habits
from clr.reading.partial_definitions import is_partial
from clr.reading.prose import MORE_OF_IT, SIGN, flatten, prose_fragments
from clr.reading.recalculations import is_done_again
from clr.reading.remainders import REMAINDER_BEHIND, division_of, leaves_rest, remainder_of
from clr.reading.retractions import taken_back
from clr.reading.sides import (
    MAX_OPERAND,
    Side,
    Source,
    exclaimed,
    in_units,
    integer_of,
    read_expression,
    side_of,
    with_unit,
)
from clr.reading.surface import Piece, PieceKind, grouped, pieces, sentences
from clr.trace import Span, Step

# members of an enumeration take as long to look up as a function to call
_NO_CUE, _IMPLICATION, _DERIVED = Cue.NONE, Cue.IMPLICATION, Role.DERIVED
_PROSE, _INLINE, _DISPLAY = PieceKind.PROSE, PieceKind.INLINE, PieceKind.DISPLAY

_JOINING = tuple("-+/×÷·−^<>≤≥√*")
"""What joins mathematics to the text before it, but for the end of bold type."""
_JOINED_AFTER = re.compile(r"^\s*(?:[+*/×÷·−^<>≤≥!]|-\s*[\d\\($]|=\s*$)")
_BULLET = re.compile(r"(?:^|\n|[.:;]\s)\s*$")
_BULLET_AFTER = re.compile(r"\s*\n\s*[-*+] ")


def _read_modulus(text: str) -> tuple[str, Expr | None]:
    """Split a trailing `(mod m)` or `mod m` off an operand."""
    found = _MODULUS.search(text) if len(text) <= MAX_OPERAND else None
    if not found:
        return text, None
    return text[: found.start()], _modulus(found)


def _modulus(found: re.Match[str]) -> Expr | None:
    written = found["group"] or found["braced"] or found["bracketed"] or found["bare"]
    return read_expression(written)


_BLANK = r"(?:\s|~|\\[,;:! ]|\\q?quad(?![A-Za-z]))"
_MOD = (
    r"(?:\\?(?:p|b)?mod(?![A-Za-z])|\\pod(?![A-Za-z])|modulo\b"
    rf"|\\(?:text|mathrm|operatorname|rm|mbox)\s?\{{(?:{_BLANK})*mod(?:ulo)?(?:{_BLANK})*\}})"
)
_OF_MODULUS = (
    rf"(?:\({_BLANK}*{_MOD}{_BLANK}*(?P<group>[^()=]+)\)|{_MOD}{_BLANK}*"
    r"(?:\{(?P<braced>[^{}]+)\}|\((?P<bracketed>[^()]+)\)|(?:\$|\\\()?(?P<bare>\d+|[a-z](?![A-Za-z]))))"
)
_MODULUS = re.compile(rf"{_BLANK}*{_OF_MODULUS}[\s.,;]*$")
_MODULUS_BEHIND = re.compile(rf"(?:{_BLANK}|\\\)|\$)*{_OF_MODULUS}(?!\s?[-+*/^(\d]|[A-Za-z])")
"""The same after mathematics, in the prose beside it or behind a wide space."""


def _told_modulus(text: str) -> Expr | None:
    """The only modulus that a text names: modulo 7 we have 15 ≡ 1 and 10 ≡ 3."""
    told = {found[1] for found in _NAMED_MODULUS.finditer(text)}
    return Int(int(told.pop())) if len(told) == 1 and None not in told else None


_NAMED_MODULUS = re.compile(
    r"(?<![A-Za-z])\\?[pb]?[Mm]od(?:ulo|ulus)?(?![A-Za-z])(?:[\s$\\({}]{0,4}(\d{1,9})(?!\s?[-+*/^(\d]))?"
)


_SIGNS = tuple("=\\<>≈≤≥≠≡∈∝")
"""What a step without relations has none of."""


def read_relations(step: Step, habits: Habits = USUAL, ahead: str = "") -> list[Claim]:
    """All relations of a step whose two sides are both fully read, in written order.

    `habits` says which functions the trace has, so that `f(2)` is a value and not a product, and
    what else its signs mean; `ahead` is how the next steps begin.
    """
    if not mentions(step.text, _SIGNS):
        return []
    text = _unboxed(step.text)
    offset = step.span.start
    claims: list[Claim] = []
    spans = sentences(text) if text is step.text else grouped(text, pieces(step.text))
    previous: Side | _Unread | None = None
    cue = _NO_CUE  # of the fragment before
    end = 0  # where the fragment before ended
    withdrawn = taken_back(text)
    cues = cues_of(text)
    more = f"{text}\n\n{ahead}"
    letters = habits.units.all
    whole = Source(text, 0, True)
    sign = -1  # where the next sign stands
    for sentence, members in spans:
        if sign < sentence.start:
            ahead_of_it = SIGN.search(text, sentence.start)
            sign = len(text) if ahead_of_it is None else ahead_of_it.start()
        if sign >= sentence.end and len(members) == 1 and members[0].kind is _PROSE:
            continue
        found = _sentence_fragments(whole, sentence, members, letters, sign)
        if not found:
            continue
        heads: set[str] = set()
        beyond = text[sentence.end : sentence.end + AROUND]
        for source, fragment in found:
            first = fragment.operands[0]
            if not fragment.ops:
                previous = _Unread(source, first) if source.tex else previous
                continue
            operands = [side_of(text, source, span, habits) for span in fragment.operands]
            if (
                fragment.continues
                and previous is not None
                and _carries(text, previous, first.start)
            ):
                if isinstance(previous, _Unread):
                    previous = side_of(text, previous.source, previous.span, habits)
                operands[0] = previous
            if source.tex:
                operands[-1] = with_unit(text, operands[-1])
            elif text.startswith("!", operands[-1].span.end):
                operands[-1] = exclaimed(text, operands[-1], habits)
            previous = operands[-1]
            if isinstance(operands[0].expr, Sym):
                heads.add(operands[0].expr.name)
            for operand in operands:
                if operand.expr is not None or operand.measured is not None:
                    break
            else:
                end = max(end, previous.span.end)
                continue
            gap = text[end : first.start].lower()
            named = operands[0].expr is not None and is_name(operands[0].expr)
            before = text[max(sentence.start, first.start - AROUND) : first.start]
            after = fragment.operands[-1].end
            if _defines_in_part(operands[0].expr, before, text[after : after + AROUND]):
                operands[0] = Side(first, operands[0].text, None)
            listed = fragment.lead == "comma" or bool(
                end and (lists(gap) or (not named and _BESIDE.fullmatch(gap)))
            )
            end = max(end, after)
            manner = stance(
                before,
                _following(text, after, sentence.end),
                beyond,
                alternative=fragment.lead == "or",
                behind=text[max(0, sentence.start - AROUND) : sentence.start],
                result=operands[-1].text,
                around=cues,
            )
            below = (
                mentions(gap, _BREAKS)
                and _BELOW.fullmatch(gap)
                and not (named and _LEADS_ON.match(text, after))
            )
            if below and manner.solved and not manner.listed:
                manner = msgspec.structs.replace(manner, role=Role.DERIVED)
            if fragment.lead == "comma":
                manner = msgspec.structs.replace(manner, cue=_NO_CUE)
            elif manner.cue in _WEAK:
                if fragment.lead == "implies":
                    manner = msgspec.structs.replace(manner, cue=_IMPLICATION)
                elif below:
                    carried = Cue.REWRITE if cue in _FORMS else Cue.SUCCESSION
                    manner = msgspec.structs.replace(manner, cue=carried)
            cue = manner.cue
            if named and cue in _UNLED and _HEADS.match(text, after):
                manner = msgspec.structs.replace(manner, role=Role.ASSUMED)
            if (
                after <= withdrawn
                or is_done_again(operands[-2].text, text[after : after + LOOKED_THROUGH])
                or is_denied_below(more[after : after + LOOKED_THROUGH])
            ):
                manner = msgspec.structs.replace(manner, denied=True, rejected=True)
            if may_take(before):
                if is_event(before):
                    operands = [Side(o.span, o.text, None) for o in operands]
                elif is_argument(before):
                    manner = msgspec.structs.replace(manner, asked=True)
                    operands[0] = _without_argument(operands[0], operands[1])
            listed = listed or manner.listed
            claims.extend(_links(step, text, fragment, operands, manner, offset, listed, heads))
    return claims


def _without_argument(left: Side, right: Side) -> Side:
    """The left side of an equation behind a word that may take it as an argument.

    `The absolute value of x - 3 = 5` says nothing of x - 3; but `the derivative of f(x) = 3x`
    defines f, and `the discriminant of x^2 + 3x = 0` is said of an equation.
    """
    if left.expr is None or right.expr is None or not free_symbols(left.expr):
        return left
    value = isinstance(right.expr, (Int, Dec))
    spoken_of = not value if is_name(left.expr) else right.expr == _ZERO
    return left if spoken_of else Side(left.span, left.text, None)


_ZERO = Int(0)


def _carries(text: str, previous: Side | _Unread, start: int) -> bool:
    """Whether a sign at `start`, with nothing before it, goes on with the operand before it.

    Behind a chain, words in between name something else: `trace $=4=1+3$, determinant $=3$`.
    """
    words = _WORD.findall(text, previous.span.end, start)
    if isinstance(previous, Side):
        return all(word.lower() in _GOES_ON_WITH for word in words)
    return len(words) <= MOST_BETWEEN


def _unboxed(text: str) -> str:
    """`text` with `\\boxed{...}` laid open, every other character in its place."""
    if "\\boxed" not in text:
        return text
    opened: list[tuple[int, int]] = []  # where each brace, and the command before it, begins
    out = list(text)
    for brace in _BRACE.finditer(text, text.index("\\boxed")):
        if brace.group() != "}":
            opened.append(brace.span())
        elif opened:
            start, end = opened.pop()
            if end - start > 1:
                out[start:end] = " " * (end - start)
                out[brace.start()] = " "
    return "".join(out)


_BRACE = re.compile(r"[\\{}](?:(?<=\\)boxed\s{0,3}\{|(?<=[{}]))")


class _Unread(msgspec.Struct, frozen=True, gc=False):
    """An operand without a relation, which is read only if the next chain begins with it."""

    source: Source
    span: Span


def _sentence_fragments(
    whole: Source, sentence: Span, members: Sequence[Piece], letters: frozenset[str], sign: int
) -> list[tuple[Source, Fragment]]:
    """Fragments of a sentence in written order, with spans in the step, each with its source: the
    `whole` step, or the sentence as plain text. Its first sign stands at `sign`, or behind it."""
    found: list[tuple[Source, Fragment]] = []
    text = whole.text
    for piece in members:
        start, end = piece.span.start, piece.span.end
        if piece.kind is _PROSE and sign < end and (start <= sign or SIGN.search(text, start, end)):
            flat = Source(flatten(text, members), sentence.start, False)
            for fragment in prose_fragments(flat.text, letters, sentence.start):
                found.append((flat, fragment))
            break
    in_prose = len(found)
    last: Fragment | None = None
    for piece in members:
        if piece.kind is _INLINE or piece.kind is _DISPLAY:
            inside = fragments(text, piece.body)
            if piece.kind is _INLINE:
                _detach(text, piece, inside)
            for fragment in inside:
                if last is not None:
                    _part(text, last, fragment, piece.kind)
                last = fragment
                found.append((whole, fragment))
    if 0 < in_prose < len(found):
        found.sort(key=lambda item: item[1].operands[0].start)
    return found


_SIGNED = re.compile(r"[-+*/×÷·−]|\\(?:times|cdot|div|pm)(?![A-Za-z])")
_BREAK = re.compile(r"(?:\s|\\\\|\\[][()]|\$|&|\\q?quad|\\(?:begin|end)\{[a-z*]+\})*")


def _are_digits(text: str, *spans: Span) -> bool:
    return all(_DIGITS.fullmatch(text, span.start, span.end) for span in spans)


_DIGITS = re.compile(r"\d+(?:_\{?\d+\}?)?")


def _part(text: str, before: Fragment, here: Fragment, kind: PieceKind) -> None:
    """Blank the operands that a break between two rows or displays cuts in two.

    A row that begins with a sign goes on with the one before it: `x = a + b \\\\ + c`. In running
    text a bare row, as in `101\\\\ 011_2 = 3\\\\ 3_8`, belongs to its neighbours in any case.
    """
    first, last = here.operands[0], before.operands[-1]
    signed = _SIGNED.match(text, first.start, first.end)
    if not (signed or (kind is _INLINE and here.lead == "row")):
        return
    if not _BREAK.fullmatch(text, last.end, first.start):
        return
    bare = not here.ops or not before.ops or _are_digits(text, last, first)
    if bare if signed is None else not here.ops or text[first.start] != "-":
        before.operands[-1] = Span(last.end, last.end)
        if not here.continues:
            here.operands[0] = Span(first.start, first.start)


_BESIDE = re.compile(r"[\s$\\()]*,[\s$\\()]*")
"""Only a comma between two relations, each in delimiters of its own: `$a = 0$, $b = 0$`."""
_FORMS = (Cue.REWRITE, Cue.EXPANSION)
_WEAK = (Cue.NONE, Cue.CONSEQUENCE)
_UNLED = (Cue.NONE, Cue.SUCCESSION)
_HEADS = re.compile(r"[\s$\\)*]{0,6}:(?![\d=])")
"""What makes a value the heading of what is said for it: `n = 4: n + 5 = 9`."""
_LEADS_ON = re.compile(r"[\s$\\)*]{0,6}(?:→|⇒|⟹|=>|->|\\(?:implies|Rightarrow|to)\b)")
"""What makes a value that begins a line one to start from: `F = 50 → C = 10`."""
_BELOW = re.compile(
    r"(?:\s|\\\\|\\[][]|\$\$|[&.,;]|\\q?quad|\\(?:begin|end)\{[a-z*]+\})*",
)
_BREAKS = ("\\\\", "\\[", "$$", "\n")
"""Only such marks, and one of these, stand between two rows or displays."""
MOST_BETWEEN = 8
"""Words after which a chain that begins with a sign goes on with something else than the last."""
_GOES_ON_WITH = frozenset(
    "and as equals equal giving gives hence hfill indeed is or quad qquad simplifies so that then"
    " thus therefore this to we get obtain have which yields yielding".split()
)
"""Words with which a chain goes on after a result."""
_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}")
AROUND = 160
"""Characters of a sentence before a relation, and of its neighbours, that say how it is meant."""
FAR = 4000
"""Characters within which the end of a display is looked for."""
_CLOSER = re.compile(r"[\\$](?:(?<=\\)(?:[\])]|end\{[a-z*]+\})|(?<=\$)\$?)")


def _following(text: str, start: int, end: int) -> str:
    """The words after a relation in its sentence: those beside it, and those after its display."""
    while text.startswith("*", start):
        start += 1  # the end of bold type
    rest = text[start : min(end, start + FAR)]
    closer = _CLOSER.search(rest) if len(rest) > 80 else None
    if closer is None or closer.start() < 80:
        return rest[:80]
    behind = start + closer.end()
    return rest[:40] + " " + text[behind : behind + 60]


def _detach(text: str, piece: Piece, inside: list[Fragment]) -> None:
    """Blank the outer operands of inline mathematics that goes on in the prose beside it."""
    if not inside:
        return
    before = text[max(0, piece.span.start - 6) : piece.span.start].rstrip()
    after = text[piece.span.end : piece.span.end + 6]
    joins = before.endswith(_JOINING) and not before.endswith("**")
    if joins and not _BULLET.search(before[:-1]):
        inside[0].operands[0] = Span(piece.body.start, piece.body.start)
    joined = _JOINED_AFTER.match(after) and not _BULLET_AFTER.match(after)
    more = inside[-1].ops and MORE_OF_IT.match(text, piece.span.end)
    if joined or (more and not REMAINDER_BEHIND.match(text, piece.span.end)):
        inside[-1].operands[-1] = Span(piece.body.end, piece.body.end)


def _links(
    step: Step,
    text: str,
    fragment: Fragment,
    operands: list[Side],
    manner: Stance,
    offset: int,
    listed: bool,
    named: set[str],
) -> Iterator[Claim]:
    modulus: Expr | None = None
    if "≡" in fragment.ops:
        tail, modulus = _read_modulus(operands[-1].text)
        if modulus is not None:
            operands[-1] = Side(operands[-1].span, tail, read_expression(tail))
        elif behind := _MODULUS_BEHIND.match(text, operands[-1].span.end):
            modulus = _modulus(behind)
        if modulus is None:
            modulus = _told_modulus(text)
        if modulus is None:
            return
    implied = manner.cue is _IMPLICATION and not manner.alternative
    last = len(fragment.ops) - 1
    for link, op in enumerate(fragment.ops):
        left, right = operands[link], operands[link + 1]
        if left.measured is not None or right.measured is not None:
            left, right = in_units((left, right), named)
        if op == "=" and link == last and (rest := remainder_of(text, right)):
            if (divided := division_of(left, rest)) is None:
                continue
            left, right = divided
        if left.expr is None or right.expr is None or op == "other":
            continue
        if link and fragment.ops[link - 1] == "other":
            continue  # `3 \\sim 4 = 13`: the sign before may bind closer
        if (0 < link < last and _joins_bounds(fragment.ops, link)) or may_be_dates(
            left.text, right.text
        ):
            continue
        uses = free_symbols(left.expr)
        if op == "=" and not link and not uses and _counts(text, left, right.expr):
            continue
        uses |= free_symbols(right.expr)
        if uses and (manner.rejected or _is_unit_and_name(left.expr, right.expr)):
            continue  # what is taken back is no premise
        if not uses:
            denied = manner.rejected  # words of denial before it are about something else
            tried = manner.asked and not link
            if tried and _converts(left.expr, right.expr):
                tried = not _FOUND.search(text[max(0, left.span.start - 20) : left.span.start])
            role = Role.ASSUMED if denied or tried else _DERIVED
        else:
            denied = manner.denied and not implied
            if denied:
                role = Role.ASSUMED
            elif manner.quoted:
                role = Role.DEFINITION
            elif implied or link:
                role = _DERIVED  # what the arrow comes from may be supposed, but not the arrow
            else:
                role = manner.role
        value = right.expr
        if op == "=" and type(left.expr) is Add and _falls_short(left.expr, text, right.span.start):
            value = Neg(value)
        start, after = min(left.span.start, right.span.start), right.span.end
        if (
            op == "="
            and _SIGNIFICANT.search(text, after, after + 50)
            and _TO_DIGITS.match(text, after)
        ):
            op = "~"
        body = Relation(
            left=left.expr,
            op=op,
            right=value,
            modulus=modulus,
            link=link + (1 if fragment.continues else 0),
            cue=manner.cue,
            approximate=manner.approximate
            or op == "~"
            or leaves_rest(left.expr, right.expr, text, after),
            listed=listed,
            goes_on=link < last,
            alternative=manner.alternative and not denied,
        )
        yield Claim(
            kind=_kind(body, uses),
            text=text[start:after].strip(),
            span=Span(start + offset, after + offset),
            step=step.index,
            statement=" ".join(f"{left.text} {op} {right.text}".split()),
            role=role,
            body=body,
            uses=uses,
        )


def _converts(left: Expr, right: Expr) -> bool:
    """Whether one numeral is written in another base, `41 = 131_5`: the outcome of a trial."""
    return InBase in (type(left), type(right)) and {type(left), type(right)} <= {Int, InBase}


_FOUND = re.compile(r"\b(?:get|gives?|see|have|obtain|yields?|find|becomes)\W{0,8}$")
"""Words before the outcome of a trial."""


_SIGNIFICANT = re.compile(r"[sS](?:[iI][gG]|\.? ?[fF])")
"""What speaks of digits, looked for first: it takes a tenth of the time."""
_TO_DIGITS = re.compile(
    r"[^\d=\n^]{0,16}(?:\^\d)?[^\d=\n]{0,16}(?:(?<!\d)\d|\b(?:one|two|three|four|five))[ -]?"
    r"(?:s\.? ?f\b|sig\b|significant\b)",
    re.I,
)
"""To how many digits a result was rounded: `= 10. cm² (2 sig figs)`."""


def _counts(text: str, left: Side, right: Expr) -> bool:
    """Whether a number tells how many there are: `pages 10-15 = 6 pages`, `1+4, 2+3 = 2 ways`."""
    count = integer_of(right)
    if count is None:
        return False
    ends = _RANGE.fullmatch(left.text.strip())
    if ends is not None and count == int(ends[2]) - int(ends[1]) + 1 > 1:
        return True
    begin = left.span.start
    if "," not in text[max(0, begin - 8) : begin]:
        return False
    listed = _LISTED.search(text, max(0, begin - AROUND), begin)
    if listed is None:
        return False
    items = listed[1].split(",")
    return count == len(items) + 1 and all(any(c.isdigit() for c in item) for item in items)


_RANGE = re.compile(r"(\d{1,9})[-–−](\d{1,9})")
_LISTED = re.compile(r"(?:^|[=;:.\n])([^=;:.\n]+),(?: and)?[\s$\\(]*\Z")


def _falls_short(left: Add, text: str, start: int) -> bool:
    """Whether a smaller number less a larger one is told by its size at `start`: `5 - 8 = 3
    fewer`."""
    if len(left.args) != 2 or type(left.args[1]) is not Neg:
        return False
    less, more = integer_of(left.args[0]), integer_of(left.args[1].arg)
    if less is None or more is None or not 0 <= less < more:
        return False
    return _SHORT.match(text, start) is not None


_SHORT = re.compile(
    r"[\s\\$€£]*[\d.,]*\d\s*(?:\$|\\\))?"
    r"(?:\s+(?!(?:is|are|was|were|which|and|it)\b)[a-zA-Z]+){0,2}?\s+(?:less|fewer|short|below)\b"
)


def _is_unit_and_name(left: Expr, right: Expr) -> bool:
    """Whether a word is read as a unit in one place and as an unknown in another: `\\text{age} + 6
    = 3\\,\\text{age}`."""
    found = kinds(left) | kinds(right)
    if Quantity not in found or Label not in found:
        return False
    nodes = [*walk(left), *walk(right)]
    names = {n.text for n in nodes if isinstance(n, Label)}
    return any(isinstance(n, Quantity) and n.unit in names for n in nodes)


def _joins_bounds(ops: Sequence[str], link: int) -> bool:
    """`a < k < b = c < k < d`: the sign, between others, joins two pairs of bounds, and not b with
    c."""
    return ops[link] in ("=", "~") and ops[link - 1] in _ORDERS and ops[link + 1] in _ORDERS


_ORDERS = frozenset(("<", "<=", ">", ">="))


def _kind(body: Relation, symbols: frozenset[str]) -> Kind:
    if body.op in ("=", "~"):
        if not symbols or body.link > 0:
            return Kind.EQUALITY
        return Kind.BINDING if is_name(body.left) or is_name(body.right) else Kind.DERIVATION
    if not symbols or body.op in ("≡", "|", "∤", "in", "notin", "subset"):
        return Kind.RELATION
    return Kind.DERIVATION


def _defines_in_part(left: Expr | None, before: str, after: str) -> bool:
    """Whether an equation for the values of a function, with or without the mark of a list before
    it, gives them on a part of the domain only."""
    if type(left) is Either and left.cause == "bullet":
        left = left.options[0]
    if type(left) is not Call:
        return False
    variables = {arg.name for arg in left.args if isinstance(arg, Sym)}
    return bool(variables) and is_partial(before, after, variables)


def is_name(e: Expr) -> bool:
    """Whether `e` is a bare name: a symbol, a label, or a function value such as `f(2)`."""
    if type(e) is Either and e.cause == "bullet":
        e = e.options[0]
    if type(e) is Call:
        return e.func[:1].isalpha() and e.func not in FUNCTIONS
    return type(e) is Sym or type(e) is Label
