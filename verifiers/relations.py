"""Checks relations: closed ones by value, identities by algebra, derived ones against the ledger.

A relation is refuted only if it is false in every admissible reading and, where it has unknowns, at
every sampled point of every context in which it may be meant (see `Ledger.contexts`).
"""

from __future__ import annotations

from itertools import product

from msgspec import structs

from clr.bodies.mathematics import Cue, Relation
from clr.claim import (
    Claim,
    Evidence,
    Role,
    Status,
    Verdict,
    refuted,
    unverifiable,
    verified,
)
from clr.ledger import (
    IDENTITY,
    MOST,
    Ledger,
    bindings,
    expanded,
    first_reading,
    name_of,
)
from clr.notation.ast import (
    Add,
    Call,
    Dec,
    Div,
    Dots,
    Expr,
    Int,
    Label,
    Mul,
    Neg,
    PlusMinus,
    Pow,
    Quantity,
    Sym,
    children,
    free_symbols,
    has_constant,
    kinds,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.notation.printer import show
from clr.notation.readings import TooAmbiguous
from clr.verifiers.bounds import check_bound
from clr.verifiers.calculations import (
    AGREES,
    COMPARE,
    agree,
    check_calculation,
    computes,
    pairs_of,
)
from clr.verifiers.calculus_claims import check_calculus
from clr.verifiers.compare import compare, plainly_equal, rebuilt
from clr.verifiers.congruences import check_congruence
from clr.verifiers.derivations import CONTEXT, check_equation, in_context, uncovered
from clr.verifiers.identity import identity
from clr.verifiers.inequality import SIGNS, derivable
from clr.verifiers.listed_sets import check_sets
from clr.verifiers.meanings import (
    between_scales,
    elsewhere,
    with_points_in_thousands,
    with_rounded_pi,
    with_signs_squared,
    without_unit_letters,
)
from clr.verifiers.number_theory import congruent, holds
from clr.verifiers.outcome import Truth
from clr.verifiers.progressions import goes_on, written_out
from clr.verifiers.series import check_series

DIVISIBILITY = "divisibility"
INEQUALITY = "inequality"


def check_relation(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict on a claim whose body is a `Relation`."""
    body = claim.body
    assert isinstance(body, Relation)
    plain = not claim.uses and body.op == "=" and body.modulus is None
    if plain and plainly_equal(body.left, body.right):  # most claims
        return AGREES
    verdict = _check(claim, body, ledger)
    if verdict.fault is not None and (
        meant := _meant_otherwise(claim, body, ledger, verdict.checked_by)
    ):
        return unverifiable(verdict.checked_by, meant)
    if (
        verdict.fault is not None
        and claim.uses
        and any(_check(claim, body, less).fault is None for less in ledger.narrower(claim))
    ):
        return unverifiable(verdict.checked_by, "false only for letters of something else")
    return verdict


def _meant_otherwise(claim: Claim, body: Relation, ledger: Ledger, checked_by: str) -> str:
    """How a false equation may be meant so that it is not; "" if in no way."""
    left, right = first_reading(body.left), first_reading(body.right)
    if body.op not in ("=", "~"):
        return ""
    if between_scales(left, right):
        return "two scales of temperature"
    if elsewhere(left, right, ledger.arithmetics):
        return "holds in another arithmetic that the text speaks of"
    if "uneven" in ledger.arithmetics.others and Dots in kinds(left) | kinds(right):
        return "dots that may stand for what has no even steps"
    if checked_by == CONTEXT and _renames_constant(left, right, ledger):
        return "holds if the constant of integration is another one"
    if claim.uses and _from_falsehood(claim, ledger):
        return "follows from a false equation that was supposed"
    if _holds_for_rounded_pi(claim, body, ledger):
        return "holds for a rounded pi"
    units = claim.uses and not bindings(ledger.equations(), claim.uses)  # no name with a value
    bare = without_unit_letters((left, right)) if units else None
    if bare is not None and agree(structs.replace(body, left=bare[0], right=bare[1])):
        return "holds if letters behind numbers are units"
    grouped = with_points_in_thousands((left, right))
    if grouped is not None and compare(grouped[0], body.op, grouped[1]).truth is Truth.TRUE:
        return "holds with points between thousands"
    squared = with_signs_squared((body.left, body.right))
    if squared is not None:
        meant = structs.replace(body, left=squared[0], right=squared[1])
        if _check(structs.replace(claim, body=meant), meant, ledger).status is Status.VERIFIED:
            return "holds with the brackets of a squared negative number"
    return ""


_CONSTANTS = frozenset("C K C_1 C_2 c_1 c_2 C_0".split())
"""What constants of integration are called."""


def _renames_constant(left: Expr, right: Expr, ledger: Ledger) -> bool:
    """Whether an equation may hold a constant of integration under the name of another: after
    `y^2/2 = x^2 + C`, in `y^2 = 2x^2 + C`. One that gives a constant its value is none."""
    if left in _ALONE or right in _ALONE or "constants" not in ledger.arithmetics.others:
        return False
    return not _CONSTANTS.isdisjoint(free_symbols(left) | free_symbols(right))


_ALONE = frozenset(map(Sym, _CONSTANTS))


def _from_falsehood(claim: Claim, ledger: Ledger) -> bool:
    """Whether this step supposes that two different numbers are equal, from which all follows."""
    for entry in ledger.recent(claim.step):
        body = entry.claim.body
        if not isinstance(body, Relation) or body.op != "=" or entry.claim.uses:
            continue
        supposed = entry.claim.role is not Role.DERIVED and entry.verdict.checked_by == COMPARE
        literal = not computes(body.left) and not computes(body.right)
        if supposed and literal and entry.verdict.status is Status.UNVERIFIABLE:
            return True
    return False


def _holds_for_rounded_pi(claim: Claim, body: Relation, ledger: Ledger) -> bool:
    """Whether it holds once pi is rounded, in it and in the equations that it rests on."""
    closed = not claim.uses and body.modulus is None
    for left, right in with_rounded_pi((body.left, body.right)):
        rounded = structs.replace(body, left=left, right=right)
        if closed and agree(rounded):
            return True
        again = structs.replace(claim, body=rounded)
        if not closed and _check(again, rounded, ledger).fault is None:
            return True
    if not claim.uses or not ledger.slow:
        return False
    if not (_holds_pi((body.left, body.right)) or _may_hold_pi(ledger)):
        return False
    for _, context in ledger.contexts(claim):
        known = [side for e in context if e.equation is not None for side in e.equation]
        for left, right, *sides in with_rounded_pi((body.left, body.right, *known)):
            pairs = iter(zip(sides[::2], sides[1::2], strict=True))
            entries = tuple(
                structs.replace(e, equation=next(pairs)) for e in context if e.equation is not None
            )
            for pair in pairs_of(structs.replace(body, left=left, right=right)):
                if uncovered(pair, entries):
                    continue
                found = in_context(pair, entries, frozenset())
                if found is not None and found[2].held and not found[2].failed:
                    return True
    return False


def _may_hold_pi(ledger: Ledger) -> bool:
    """Whether pi may occur in an equation so far; many are not looked through."""
    return len(ledger.entries) > MOST or any(
        e.equation is not None and _holds_pi(e.equation) for e in ledger.entries
    )


def _holds_pi(sides: tuple[Expr, Expr]) -> bool:
    return any(has_constant(side, "pi") for side in sides)


def _check(claim: Claim, body: Relation, ledger: Ledger) -> Verdict:
    plain = claim.uses and body.op == "=" and body.modulus is None and not ledger.sets
    if isinstance(body.left, Sym) and body.left.name.endswith("'"):
        plain = False  # it may be a derivative
    if plain and kinds(body.left) <= _PLAIN and kinds(body.right) <= _PLAIN:
        return _equation(claim, body, ((body.left, body.right),), ledger)
    try:
        pairs = pairs_of(body)
    except TooAmbiguous:
        return unverifiable("reading", "too many readings to check them all")
    endless = goes_on(body.left) or goes_on(body.right)
    if endless:
        pairs = tuple(
            opened for a, b in pairs for opened in product(written_out(a), written_out(b))
        )
        if not pairs or body.op != "=":
            return unverifiable("reading", "what goes on is not written out")
    verdict = check_sets(claim, body, pairs, ledger)
    if verdict is not None:
        return verdict
    if body.modulus is not None or body.op == "≡":
        return check_congruence(claim, body, ledger) if claim.uses else _congruence(claim, body)
    if body.op in ("|", "∤") and not claim.uses:
        return _divisibility(claim, body)
    if not claim.uses:
        return check_calculation(claim, body, pairs, ledger)
    if body.op in SIGNS and body.op not in ("=", "!="):
        return _inequality(claim, body, pairs, ledger)
    verdict = check_series(claim, body, pairs)
    if verdict is not None:
        return verdict
    if endless:
        return unverifiable("reading", "what goes on is not written out")
    verdict = check_calculus(claim, body, pairs, ledger)
    if verdict is not None:
        return verdict
    if ledger.defines and any(
        Call in kinds(side)
        and any(isinstance(node, Call) and ledger.definition(node.func) for node in walk(side))
        for side in pairs[0]
    ):
        verdict = _by_definition(claim, body, pairs, ledger)
        if verdict is not None:
            return verdict
    return _equation(claim, body, pairs, ledger)


_PLAIN = frozenset((Int, Dec, Sym, Label, Neg, Add, Mul, Div, Pow, Quantity))
"""What has one reading, and is no set, sum of unknown length, derivative or function."""


def _equation(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    if body.op in ("=", "~"):
        verdict = _same_name(claim, body, ledger)
        if verdict is not None:
            return verdict
    if body.op == "=":
        return check_equation(claim, body, pairs, ledger)
    return unverifiable("reading", "no checker for this relation")


def follows(verdict: Verdict) -> bool:
    """Whether a claim was found to follow from what stands before it, or from nothing."""
    return verdict.status is Status.VERIFIED and verdict.checked_by in (CONTEXT, IDENTITY)


def _divisibility(claim: Claim, body: Relation) -> Verdict:
    """`7 | 91` or `7 ∤ 92` between numbers."""
    outcome = holds("divides", (first_reading(body.left), first_reading(body.right)))
    if outcome.truth not in (Truth.TRUE, Truth.FALSE):
        return unverifiable(DIVISIBILITY, "a side is not an integer within bounds")
    if (outcome.truth is Truth.TRUE) == (body.op == "|"):
        return verified(DIVISIBILITY, outcome.left or "so it is")
    if claim.role is not Role.DERIVED:
        return unverifiable(DIVISIBILITY, "false, but supposed or denied rather than claimed")
    return refuted(DIVISIBILITY, Evidence(outcome.left or "it is not so"))


def _inequality(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    """An inequality between unknowns: true everywhere, or entailed by the relations before it."""
    if claim.role is not Role.DERIVED:
        return unverifiable(INEQUALITY, f"{claim.role}: taken as a premise")
    known = ledger.conditions(claim)
    for left, right in pairs:
        conclusion = (left, body.op, right)
        if derivable((), conclusion).truth is Truth.TRUE:
            return verified(INEQUALITY, "holds everywhere")
        if known and derivable(known, conclusion).truth is Truth.TRUE:
            return verified(
                INEQUALITY,
                "follows from the relations before it",
                premises=tuple(f"{show(a)} {op} {show(b)}" for a, op, b in known),
            )
    verdict = check_bound(claim, body, ledger)
    if verdict is not None:
        return verdict
    return unverifiable(INEQUALITY, "does not follow from the relations before it alone")


def _by_definition(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict | None:
    """The relation with its functions replaced by their definitions, if that decides it."""
    opened = tuple((expanded(a, ledger), expanded(b, ledger)) for a, b in pairs)
    if opened == pairs or body.op not in ("=", "~"):
        return None
    results = []
    for left, right in opened:
        symbols = free_symbols(left) | free_symbols(right)
        if symbols - claim.uses - _arguments(body):
            return None
        outcome = (
            identity(left, right)
            if symbols
            else compare(left, body.op, right, approximate=body.approximate)
        )
        if outcome.truth is Truth.TRUE and not outcome.loose:
            return verified("definition", "by the definition", strength=outcome.strength)
        results.append(outcome)
    closed = not any(free_symbols(a) | free_symbols(b) for a, b in opened)
    false = all(r.truth is Truth.FALSE for r in results)
    if not false or claim.role is not Role.DERIVED:
        return None
    if body.link == 0 and not (
        isinstance(first_reading(body.left), Call) and (closed or _is_shifted(body, ledger))
    ):
        return None  # an equation to be solved
    if not closed and free_symbols(opened[0][0]) != free_symbols(opened[0][1]):
        return None
    if not (closed or body.link) and any(e.equation in pairs for e in ledger.equations()):
        return None  # stated before
    return refuted("definition", results[0].evidence())


def _is_shifted(body: Relation, ledger: Ledger) -> bool:
    """Whether the left side is a function of the trace at another point than its variable, which
    nothing restricts, and the right one what it is there: `f(-x) = x^2 + 1`."""
    left = first_reading(body.left)
    assert isinstance(left, Call)
    definition = ledger.definition(left.func)
    if definition is None or any(isinstance(arg, Sym) for arg in left.args):
        return False
    names = frozenset[str]().union(*map(free_symbols, left.args))
    if not names <= set(definition[0]) or _calls_own(body.right):
        return False
    return not any(
        names & e.claim.uses and not e.identity and not any(map(_calls_own, e.equation or ()))
        for e in ledger.equations()
    )


def _calls_own(e: Expr) -> bool:
    """Whether an expression holds a function of the trace."""
    return any(isinstance(n, Call) and n.func not in FUNCTIONS for n in walk(first_reading(e)))


def _arguments(body: Relation) -> frozenset[str]:
    """Symbols inside the arguments of functions of the trace."""
    out: frozenset[str] = frozenset()
    for side in (body.left, body.right):
        for node in walk(side):
            if isinstance(node, Call) and node.func not in FUNCTIONS:
                for arg in node.args:
                    out |= free_symbols(arg)
    return out


def _same_name(claim: Claim, body: Relation, ledger: Ledger) -> Verdict | None:
    """`T = 52 + 24` and then `T = 76`: a calculation said in two lines."""
    if body.link or body.listed or free_symbols(body.right):
        return None
    left = first_reading(body.left)
    if not name_of(left) and body.cue not in _SAME:
        return None
    before = ledger.previous_value(left, claim.step)
    if before is None or before.equation is None:
        return None
    earlier = before.claim.body
    assert isinstance(earlier, Relation)
    if free_symbols(earlier.right) or not computes(earlier.right):
        return None
    if computes(body.right) and not _goes_on(earlier, body, ledger):
        return None
    value = _with_both_roots(first_reading(earlier.right))
    if value is None or (PlusMinus in kinds(value) and body.cue not in _SAME):
        return None
    same = Relation(value, body.op, body.right, None, 1, body.cue, body.approximate)
    closed = structs.replace(claim, body=same, uses=frozenset())
    verdict = check_calculation(closed, same, pairs_of(same), ledger)
    if verdict.status is Status.UNVERIFIABLE:
        return None
    if verdict.fault is not None and (
        _given_before(left, body.right, claim, ledger)  # one of its values, said again
        or _is_done(claim, body, ledger)  # the next case
        or _is_next_whole(value, body.right)
    ):
        return None
    return verdict


def _is_done(claim: Claim, body: Relation, ledger: Ledger) -> bool:
    """Whether the calculation before has its result, and no word joins the next value to it:
    `F = 45 + 32 = 77. F = 50`."""
    before = ledger.entries[-1].claim
    last = before.body
    done = isinstance(last, Relation) and last.link > 0 and not computes(last.right)
    beside = claim.span.start - before.span.end <= MOST_BETWEEN
    return done and beside and body.cue is Cue.NONE


MOST_BETWEEN = 5
"""Characters between two equations that can hold marks, but no words."""


def _is_next_whole(value: Expr, number: Expr) -> bool:
    """Whether a number is the integer below or above a value that is none: 14.2, so 15 years."""
    n = first_reading(number)
    n = n.value if isinstance(n, Quantity) else n
    if not isinstance(n, Int):
        return False
    below, above = (compare(value, op, Int(n.value + d)) for op, d in ((">", -1), ("<", 1)))
    return below.truth is above.truth is Truth.TRUE


def _goes_on(earlier: Relation, body: Relation, ledger: Ledger) -> bool:
    """Whether a calculation for the same name carries the one before it on: it stands below it or
    is said to be its other form, and less is left of it."""
    last = ledger.entries[-1].claim.body
    return (
        body.cue in _SAME
        and isinstance(last, Relation)
        and computes(last.right)
        and not (earlier.alternative or body.alternative)
        and _operations(body.right) < _operations(last.right)
        and not _is_part(first_reading(body.right), first_reading(last.right))
    )


_SAME = (Cue.SUCCESSION, Cue.REWRITE, Cue.EXPANSION)


def _is_part(e: Expr, whole: Expr) -> bool:
    """Whether `e` is an operand of `whole`, or some of its terms or factors."""
    parts = children(whole)
    return e in parts or (type(e) is type(whole) and set(children(e)) <= set(parts))


def _operations(e: Expr) -> int:
    """How much there is to compute; signs do not count, as the next value may differ in one."""
    return sum(type(node) not in (Neg, PlusMinus) for node in walk(first_reading(e)))


def _with_both_roots(e: Expr) -> Expr | None:
    """`e` with its root of either sign, as the next value may be another solution; None where
    it has several roots, or a function with more than one value."""
    calls = [node for node in walk(e) if isinstance(node, Call)]
    roots = [call for call in calls if call.func in ("sqrt", "root")]
    if any(call.func.startswith("arc") for call in calls) or len(roots) > 1:
        return None
    if not roots or PlusMinus in kinds(e):
        return e
    return rebuilt(e, roots[0], PlusMinus(Int(0), roots[0]))


def _given_before(side: Expr, value: Expr, claim: Claim, ledger: Ledger) -> bool:
    """Whether an equation of this step says that `side` has this value."""
    return any(
        e.equation is not None
        and first_reading(e.equation[0]) == side
        and not free_symbols(e.equation[1])
        and compare(e.equation[1], "=", value).truth is Truth.TRUE
        for e in ledger.recent(claim.step)
    )


def _congruence(claim: Claim, body: Relation) -> Verdict:
    """`left ≡ right (mod modulus)` between numbers."""
    if body.modulus is None or body.op not in ("≡", "="):
        return unverifiable("congruence", "a congruence without a modulus")
    sides = (first_reading(side) for side in (body.left, body.right, body.modulus))
    outcome = congruent(*sides)
    if outcome.truth is Truth.UNKNOWN:
        return unverifiable("congruence", "a side has no residue that can be computed")
    if outcome.truth is Truth.TRUE:
        return verified("congruence", f"both sides leave {outcome.left}")
    if claim.role is not Role.DERIVED:
        return unverifiable("congruence", "false, but supposed or denied rather than claimed")
    return refuted(
        "congruence",
        Evidence(
            f"the left side leaves {outcome.left}, the right side {outcome.right}",
            expected=outcome.left,
        ),
    )
