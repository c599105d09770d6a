"""Checks relations between sets whose elements are written out: `3 ∈ {3, 8}`, `A ∪ B = {1, 2}`,
`{1} ⊂ {1, 2}`, `|A| = 3`, and membership of a number in ℕ, ℤ, ℚ.

Two elements are the same, different, or cannot be told apart (`a` and `b`); a statement is false
only where that is certain. Whether 0 is natural is a convention, as is whether ⊂ allows equality.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from clr.bodies.mathematics import Relation
from clr.claim import Claim, Evidence, Role, Verdict, refuted, unverifiable, verified
from clr.ledger import Ledger
from clr.notation.ast import (
    Add,
    Call,
    Const,
    Dots,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    PlusMinus,
    Quantity,
    Seq,
    SetOf,
    SetOp,
    Sym,
    free_symbols,
    kinds,
    rebuild,
)
from clr.notation.printer import show
from clr.verifiers import exact
from clr.verifiers.compare import compare
from clr.verifiers.outcome import Truth

CHECKER = "sets"
MOST = 40
"""Elements of a set."""
_SIGNS = frozenset(("in", "notin", "subset"))
_OPEN = frozenset((Dots, PlusMinus, Quantity))
"""What leaves open which elements, or in what unit, are meant."""
_OTHER_NOTATION = re.compile(r"overline|\\bar|complement|['’′^]|\\prime|\d,\d{3}(?!\d)|\d,\d+;")
"""Signs of a complement, and of a comma that may part thousands or begin decimals."""
_PRODUCT = re.compile(r"\\times|×")
"""What makes two sets beside each other more than AB, which may be their intersection."""
_NUMBERS = ("ℕ", "ℤ", "ℚ")
_SUPPOSED = unverifiable(CHECKER, "false, but supposed or denied rather than claimed")
Known: TypeAlias = "Mapping[Expr, Expr | None]"
"""Sides that equations gave a set; None where they gave several."""


def check_sets(
    claim: Claim, body: Relation, pairs: Sequence[tuple[Expr, Expr]], ledger: Ledger
) -> Verdict | None:
    """The verdict on a relation between sets, or None where it is about no set that is known."""
    if not (body.op in _SIGNS or ledger.sets or _shows_set(body.left) or _shows_set(body.right)):
        return None
    if body.modulus is not None:
        return None
    named: Known = {side: value for side, value in ledger.sets.items() if isinstance(side, Sym)}
    truths = [_holds(left, body.op, right, named) for left, right in pairs]
    if Truth.TRUE in truths:
        return verified(CHECKER, "by the elements of the sets")
    if not truths or any(truth is not Truth.FALSE for truth in truths):
        return None
    if isinstance(body.left, Sym) and body.op == "=":
        return None  # the name of another set from here on
    if claim.role is not Role.DERIVED:
        return _SUPPOSED
    if any(e.verdict == _SUPPOSED for e in ledger.recent(claim.step - 1)):
        return unverifiable(CHECKER, "may follow from what was supposed")
    product_of_sets = Mul in kinds(body.left) | kinds(body.right)
    if _OTHER_NOTATION.search(claim.text) or (product_of_sets and not _PRODUCT.search(claim.text)):
        return unverifiable(CHECKER, "may be written in another notation")
    left, right = pairs[0]
    if len(ledger.sets) > len(named) and any(
        _holds(a, body.op, b, ledger.sets) is not Truth.FALSE for a, b in pairs
    ):
        return unverifiable(CHECKER, "as the trace itself found")
    if _by_differences(left, right, named):
        return unverifiable(CHECKER, "the differences between the elements")
    return refuted(CHECKER, _evidence(left, body.op, right, named))


def _by_differences(left: Expr, right: Expr, known: Known) -> bool:
    """Whether A - B is meant as all differences of an element of A and one of B."""
    match left:
        case Add((first, Neg(second))):
            a, b = elements(first, known), elements(second, known)
            if a is None or b is None or len(a) * len(b) > MOST:
                return True
            found = SetOf(tuple(Add((x, Neg(y))) for x, y in product(a, b)))
            return _equal(found, right, known) is not Truth.FALSE
        case _:
            return False


def _shows_set(e: Expr) -> bool:
    return not kinds(e).isdisjoint((SetOf, SetOp))


def _evidence(left: Expr, op: str, right: Expr, known: Known) -> Evidence:
    if op in ("in", "notin"):
        denial = "is no" if op == "in" else "is an"
        return Evidence(f"{show(left)} {denial} element of {_shown(right, known)}")
    if op == "subset":
        return Evidence(f"{_shown(left, known)} is no subset of {_shown(right, known)}")
    expected = _shown(left, known)
    return Evidence(f"the left side is {expected}, the right {_shown(right, known)}", expected)


def _shown(e: Expr, known: Known) -> str:
    found = elements(e, known)
    return show(_counted(e, known)) if found is None else show(SetOf(found))


def _holds(left: Expr, op: str, right: Expr, known: Known) -> Truth:
    """Whether a relation holds; of one that is about no sets, nothing is known."""
    match op:
        case "in":
            return _among(left, right, known)
        case "notin":
            return _not(_among(left, right, known))
        case "subset":
            a, b = elements(left, known), elements(right, known)
            return Truth.UNKNOWN if a is None or b is None else _all_in(a, b)
        case "=" | "!=":
            truth = _equal(left, right, known)
            return truth if op == "=" else _not(truth)
        case "<" | "<=" | ">" | ">=":
            a_, b_ = _counted(left, known), _counted(right, known)
            changed = (a_, b_) != (left, right) and not (free_symbols(a_) | free_symbols(b_))
            return compare(a_, op, b_).truth if changed else Truth.UNKNOWN
        case _:
            return Truth.UNKNOWN


def _not(truth: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, Truth.UNKNOWN)


def _equal(left: Expr, right: Expr, known: Known) -> Truth:
    a, b = elements(left, known), elements(right, known)
    if a is not None and b is not None:
        if _repeats(left) or _repeats(right):
            same = _all([_all_in(a, b), _all_in(b, a)])
            return Truth.FALSE if same is Truth.FALSE else Truth.UNKNOWN
        if len(a) == len(b) == 1 and isinstance(left, SetOf) and isinstance(right, SetOf):
            return Truth.TRUE if _same(a[0], b[0]) is Truth.TRUE else Truth.UNKNOWN  # {x} = x - ⌊x⌋
        return _all([_all_in(a, b), _all_in(b, a)])
    x, y = _counted(left, known), _counted(right, known)
    if (x, y) == (left, right) or free_symbols(x) | free_symbols(y):
        return Truth.UNKNOWN
    return compare(x, "=", y).truth


def _repeats(e: Expr) -> bool:
    """Whether an element is written more than once, so that its number may matter."""
    return isinstance(e, SetOf) and len(_distinct(e.items)) < len(e.items)


def elements(e: Expr, known: Known) -> tuple[Expr, ...] | None:
    """The elements of a set, each once; None where they are not all known, or not told apart."""
    value = known.get(e)
    if value is not None:
        return elements(value, {side: known[side] for side in known if side != e})
    match e:
        case SetOf(items):
            if len(items) > MOST or any(not _OPEN.isdisjoint(kinds(item)) for item in items):
                return None
            return _distinct(items)
        case SetOp(op, left, right):
            return _combined(op, elements(left, known), elements(right, known))
        case Add((left, Neg(right))):
            return _combined("difference", elements(left, known), elements(right, known))
        case Mul((left, right)):
            a, b = elements(left, known), elements(right, known)
            if a is None or b is None or not 1 < len(a) * len(b) <= MOST:
                return None
            return tuple(Seq("(", pair, ")") for pair in product(a, b))
        case _:
            return None


def _combined(
    op: str, a: tuple[Expr, ...] | None, b: tuple[Expr, ...] | None
) -> tuple[Expr, ...] | None:
    if a is None or b is None or len(a) + len(b) > 2 * MOST:
        return None
    if op == "union":
        return _distinct((*a, *b))
    inside = [_in(item, b) for item in a]
    if any(truth not in (Truth.TRUE, Truth.FALSE) for truth in inside):
        return None
    wanted = Truth.TRUE if op == "intersection" else Truth.FALSE
    return tuple(item for item, truth in zip(a, inside, strict=True) if truth is wanted)


def _distinct(items: Iterable[Expr]) -> tuple[Expr, ...]:
    out: list[Expr] = []
    for item in items:
        if _in(item, out) is not Truth.TRUE:
            out.append(item)
    return tuple(out)


def _told_apart(items: Sequence[Expr]) -> bool:
    return all(_same(a, b) is Truth.FALSE for at, a in enumerate(items) for b in items[at + 1 :])


def _same(a: Expr, b: Expr) -> Truth:
    """Whether two elements are one."""
    if a == b:
        return Truth.TRUE
    if isinstance(a, Label) and isinstance(b, Label):
        return Truth.FALSE if a.text.lower() != b.text.lower() else Truth.TRUE
    if isinstance(a, SetOf) or isinstance(b, SetOf):
        return _equal(a, b, {}) if isinstance(a, SetOf) and isinstance(b, SetOf) else Truth.UNKNOWN
    if free_symbols(a) | free_symbols(b):
        return Truth.UNKNOWN
    if isinstance(a, Seq) and isinstance(b, Seq):
        if (a.open, a.close, len(a.items)) != (b.open, b.close, len(b.items)):
            return Truth.UNKNOWN
        return _all([_same(x, y) for x, y in zip(a.items, b.items, strict=True)])
    outcome = compare(a, "=", b)
    return outcome.truth if not outcome.loose else Truth.UNKNOWN


def _all(truths: Sequence[Truth]) -> Truth:
    if Truth.FALSE in truths:
        return Truth.FALSE
    return Truth.TRUE if all(truth is Truth.TRUE for truth in truths) else Truth.UNKNOWN


def _in(item: Expr, items: Sequence[Expr]) -> Truth:
    return _not(_all([_not(_same(item, other)) for other in items]))


def _all_in(items: Sequence[Expr], others: Sequence[Expr]) -> Truth:
    return _all([_in(item, others) for item in items])


def _among(item: Expr, where: Expr, known: Known) -> Truth:
    if isinstance(where, Sym) and where.name in _NUMBERS and where not in known:
        return _is_number(item, where.name)
    found = elements(where, known)
    if found is None or Quantity in kinds(item):
        return Truth.UNKNOWN
    inside = elements(item, known)
    return _in(item if inside is None else SetOf(inside), found)


def _is_number(item: Expr, name: str) -> Truth:
    """Whether a number is a natural, integral or rational one."""
    if free_symbols(item):
        return Truth.UNKNOWN
    try:
        value = exact.simplest(exact.value(item))
    except ValueError:
        irrational = isinstance(item, Const) and item.name in ("pi", "e")
        return Truth.FALSE if irrational or _is_surd(item) else Truth.UNKNOWN
    if name == "ℚ":
        return Truth.TRUE
    if not isinstance(value, int):
        return Truth.FALSE
    if name == "ℤ" or value > 0:
        return Truth.TRUE
    return Truth.FALSE if value < 0 else Truth.UNKNOWN


def _is_surd(item: Expr) -> bool:
    """Whether it is the square root of a positive integer that is no square, with its sign."""
    if isinstance(item, Neg):
        return _is_surd(item.arg)
    if not (isinstance(item, Call) and item.func == "sqrt" and len(item.args) == 1):
        return False
    arg = item.args[0]  # of a square, the root has a value, and it was found before
    return isinstance(arg, Int) and arg.value > 0


def _counted(e: Expr, known: Known) -> Expr:
    """`e` with the numbers of elements for the sets between its bars: |A| + 1, and for n(A)."""
    match e:
        case Call("abs" | "n", (inner,)) | Mul((Sym("n"), Sym() as inner)):
            found = elements(inner, known)
            written = known.get(inner) or inner
            of_sets = found is not None and len(found) == 1 and isinstance(found[0], Sym)
            if found is not None and _told_apart(found) and not (_repeats(written) or of_sets):
                return Int(len(found))
    return rebuild(e, lambda child: _counted(child, known))
