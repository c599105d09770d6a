"""Checks relations: closed ones by value, identities by algebra, derived ones against the ledger.

A relation is refuted only if it is false in every admissible reading and, where it has unknowns, at
every sampled point of every context in which it may be meant (see `Ledger.contexts`).
"""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

from msgspec import structs

from clr.bodies.mathematics import Cue, Relation
from clr.claim import (
    Claim,
    Evidence,
    Kind,
    Role,
    Status,
    Strength,
    Verdict,
    jump,
    refuted,
    undecided,
    unverifiable,
    verified,
)
from clr.ledger import (
    IDENTITY,
    SOURCE,
    Entry,
    Equation,
    Ledger,
    expanded,
    first_reading,
    name_of,
    substitute,
    written_value,
)
from clr.notation.ast import (
    Add,
    Big,
    Call,
    Dec,
    Deriv,
    Div,
    Dots,
    Expr,
    InBase,
    Int,
    Mul,
    Neg,
    Pow,
    Quantity,
    Seq,
    free_symbols,
    kinds,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.notation.printer import show
from clr.notation.readings import TooAmbiguous, readings
from clr.verifiers.calculus_claims import check_calculus
from clr.verifiers.compare import compare
from clr.verifiers.identity import identity, plainly_differ
from clr.verifiers.inequality import SIGNS, derivable
from clr.verifiers.meanings import between_scales, elsewhere, with_rounded_pi
from clr.verifiers.number_theory import congruent, holds
from clr.verifiers.outcome import Outcome, Truth
from clr.verifiers.units import converts, units
from clr.verifiers.variety import Agreement, Points, Unsupported, agreement, sample

Failure: TypeAlias = tuple[tuple[Entry, ...], Points, Agreement]
"""A context, points on it, and how a claim fails there."""

COMPARE = "compare"
DIVISIBILITY = "divisibility"
INEQUALITY = "inequality"
CONTEXT = "context"


def check_relation(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict on a claim whose body is a `Relation`."""
    body = claim.body
    assert isinstance(body, Relation)
    verdict = _check(claim, body, ledger)
    if verdict.fault is not None and (meant := _meant_otherwise(claim, body, ledger)):
        return unverifiable(verdict.checked_by, meant)
    return verdict


def _meant_otherwise(claim: Claim, body: Relation, ledger: Ledger) -> str:
    """How a false equation may be meant so that it is not; "" if in no way."""
    left, right = first_reading(body.left), first_reading(body.right)
    if body.op not in ("=", "~"):
        return ""
    if between_scales(left, right):
        return "two scales of temperature"
    if not claim.uses and elsewhere(left, right, ledger.arithmetics):
        return "holds in another arithmetic that the text speaks of"
    if _holds_for_rounded_pi(claim, body, ledger):
        return "holds for a rounded pi"
    return ""


def _holds_for_rounded_pi(claim: Claim, body: Relation, ledger: Ledger) -> bool:
    """Whether it holds once pi is rounded, in it and in the equations that it rests on."""
    for left, right in with_rounded_pi((body.left, body.right)):
        rounded = structs.replace(body, left=left, right=right)
        if _check(structs.replace(claim, body=rounded), rounded, ledger).status is Status.VERIFIED:
            return True
    if not claim.uses or not ledger.slow:
        return False
    for _, context in ledger.contexts(claim):
        known = [side for e in context if e.equation is not None for side in e.equation]
        for left, right, *sides in with_rounded_pi((body.left, body.right, *known)):
            pairs = iter(zip(sides[::2], sides[1::2], strict=True))
            entries = tuple(
                structs.replace(e, equation=next(pairs)) for e in context if e.equation is not None
            )
            for pair in _pairs(structs.replace(body, left=left, right=right)):
                if _uncovered(pair, entries):
                    continue
                found = _in_context(pair, entries, frozenset())
                if found is not None and found[1].held and not found[1].failed:
                    return True
    return False


def _check(claim: Claim, body: Relation, ledger: Ledger) -> Verdict:
    try:
        pairs = _pairs(body)
    except TooAmbiguous:
        return unverifiable("reading", "too many readings to check them all")
    if Dots in kinds(body.left) | kinds(body.right):
        return unverifiable("reading", "an ellipsis stands for something unread")
    if body.modulus is not None or body.op == "≡":
        return _congruence(claim, body)
    if body.op in ("|", "∤") and not claim.uses:
        return _divisibility(claim, body)
    if not claim.uses:
        return _closed(claim, body, pairs, ledger)
    if body.op in SIGNS and body.op not in ("=", "!="):
        return _inequality(claim, body, pairs, ledger)
    verdict = check_calculus(claim, body, pairs, ledger)
    if verdict is not None:
        return verdict
    if any(isinstance(n, Call) and ledger.definition(n.func) for s in pairs[0] for n in walk(s)):
        verdict = _by_definition(claim, body, pairs, ledger)
        if verdict is not None:
            return verdict
    if body.op in ("=", "~"):
        verdict = _same_name(claim, body, ledger)
        if verdict is not None:
            return verdict
    if body.op == "=":
        return _open(claim, body, pairs, ledger)
    return unverifiable("reading", "no checker for this relation")


def follows(verdict: Verdict) -> bool:
    """Whether a claim was found to follow from what stands before it, or from nothing."""
    return verdict.status is Status.VERIFIED and verdict.checked_by in (CONTEXT, IDENTITY)


def _pairs(body: Relation) -> tuple[tuple[Expr, Expr], ...]:
    """Both sides under each reading, the same ambiguity resolved alike on both."""
    both = readings(Seq("", (body.left, body.right), ""))
    out = []
    for reading in both:
        assert isinstance(reading, Seq)
        out.append((reading.items[0], reading.items[1]))
    return tuple(out)


def _closed(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    unknown = False
    first: Outcome | None = None
    for left, right in pairs:
        outcome = compare(left, body.op, right, approximate=body.approximate)
        if outcome.truth is Truth.TRUE:
            return verified(COMPARE, "both sides agree", strength=outcome.strength)
        unknown = unknown or outcome.truth is not Truth.FALSE
        first = first or outcome
    if unknown or first is None:
        return unverifiable(COMPARE, "a side has no value that can be computed")
    if claim.role is not Role.DERIVED:
        return unverifiable(COMPARE, "false, but supposed or denied rather than claimed")
    if not _computes(body.left) and not _computes(body.right):
        return unverifiable(COMPARE, "two literals: a statement about something unread")
    if body.link == 0 and isinstance(first_reading(body.left), Quantity):
        return unverifiable(COMPARE, "a quantity worked out in other units")
    if body.link == 0 and _names_something_else(body.left, body.right):
        return unverifiable(COMPARE, "a price, or a share of something unread")
    if _tries(claim, body, pairs, ledger):
        return unverifiable(TRIAL, "a value put into an equation, which it does not satisfy")
    in_prose = "\\" not in claim.text
    running = _running(pairs, body.goes_on and in_prose)
    if running and not _enclosed(claim.text.rpartition("=")[2]):
        return unverifiable(COMPARE, "a running calculation: the sign joins two results")
    return refuted(COMPARE, first.evidence())


def _tries(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> bool:
    """Whether a false relation is a known equation with values put in: `1 = sqrt(9) + 4`.

    It says what those values would lead to, and that they are no solution. So does one with the
    same two values on its sides after it.
    """
    if body.op != "=":
        return False
    for entry in ledger.recent(claim.step - 2):
        trial = entry.claim.body
        if (
            entry.verdict.checked_by == TRIAL
            and isinstance(trial, Relation)
            and any(_same_values(pair, (trial.left, trial.right)) for pair in pairs)
        ):
            return True
    if body.cue is not Cue.SUBSTITUTION:
        return False
    values = _candidates(pairs[0])
    for entry in ledger.equations()[-MOST_TRIED:]:
        if entry.equation is None or not 1 <= len(entry.claim.uses) <= 2:
            continue
        for chosen in product(values, repeat=len(entry.claim.uses)):
            put = dict(zip(sorted(entry.claim.uses), chosen, strict=True))
            left, right = (substitute(side, put) for side in entry.equation)
            if any(_same_values(pair, (left, right)) for pair in pairs):
                return True
    return False


TRIAL = "trial"
MOST_TRIED = 12
"""Known equations into which values are put."""
_MOST_VALUES = 6


def _candidates(pair: tuple[Expr, Expr]) -> list[Expr]:
    """The numbers in a relation with the signs that they have there: what may have been put in."""
    found: dict[Expr, None] = {}
    for side in pair:
        for node in walk(side):
            if isinstance(node, (Int, Dec, Neg, Div)) and not free_symbols(node):
                found[node] = None
    return list(found)[:_MOST_VALUES]


def _same_values(a: tuple[Expr, Expr], b: tuple[Expr, Expr]) -> bool:
    """Whether two relations without unknowns have the same values on their sides."""
    return all(compare(x, "=", y).truth is Truth.TRUE for x, y in zip(a, b, strict=True))


def _names_something_else(left: Expr, right: Expr) -> bool:
    """Whether the left side names what the right side counts: `1 roll + 2 buns = $3.70` has a sum
    of things and a price, `3/5 = 270 girls` a fraction and as many as it is of them."""
    things, counted = set(units(left)), set(units(right))
    if things and counted and things.isdisjoint(counted) and not converts(things, counted):
        return True
    share = written_value(first_reading(left))
    if share is None or not 0 < share <= 1 or isinstance(first_reading(left), (Int, Dec)):
        return False
    return compare(right, ">", Int(1)).truth is Truth.TRUE


def _running(pairs: tuple[tuple[Expr, Expr], ...], goes_on: bool) -> bool:
    """`5 + 3 = 8 + 2`: the result, and then the calculation that goes on with it.

    Where a fraction ends the chain, `24 = 24/3`, nothing goes on: it is a wrong result.
    """
    for left, right in pairs:
        start = right
        while isinstance(start, (Add, Mul)) or (isinstance(start, Div) and goes_on):
            start = start.num if isinstance(start, Div) else start.args[0]
            if compare(left, "=", start).truth is Truth.TRUE:
                return True
    return False


def _enclosed(text: str) -> bool:
    """Whether one pair of brackets holds all of `text`: no calculation goes on inside it."""
    text = text.strip(" .,;")
    if not text.startswith("(") or not text.endswith(")"):
        return False
    depth = 0
    for at, char in enumerate(text, 1):
        depth += (char == "(") - (char == ")")
        if not depth:
            return at == len(text)
    return False


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
        if outcome.truth is Truth.TRUE:
            return verified("definition", "by the definition", strength=outcome.strength)
        results.append(outcome)
    closed = not any(free_symbols(a) | free_symbols(b) for a, b in opened)
    false = all(r.truth is Truth.FALSE for r in results)
    if not false or claim.role is not Role.DERIVED:
        return None
    if body.link == 0 and not (closed and isinstance(first_reading(body.left), Call)):
        return None  # an equation to be solved
    if not closed and free_symbols(opened[0][0]) != free_symbols(opened[0][1]):
        return None
    return refuted("definition", results[0].evidence())


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
    name = name_of(first_reading(body.left))
    if not name or body.link or free_symbols(body.right) or _computes(body.right) or body.listed:
        return None
    before = ledger.previous_value(name, claim.step)
    if before is None or before.equation is None:
        return None
    earlier = before.claim.body
    assert isinstance(earlier, Relation)
    if free_symbols(earlier.right) or not _computes(earlier.right):
        return None
    if Call in kinds(earlier.right):
        return None  # a root: the next value may be another solution
    same = Relation(earlier.right, body.op, body.right, None, 1, body.cue, body.approximate)
    closed = structs.replace(claim, body=same, uses=frozenset())
    verdict = _closed(closed, same, _pairs(same), ledger)
    if verdict.status is Status.UNVERIFIABLE:
        return None
    return verdict


def _congruence(claim: Claim, body: Relation) -> Verdict:
    """`left ≡ right (mod modulus)` between numbers."""
    if body.modulus is None or claim.uses or body.op not in ("≡", "="):
        return unverifiable("congruence", "a congruence with unknowns, or without a modulus")
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


def _computes(e: Expr) -> bool:
    """Whether an expression holds an operation, and is not just a number as written."""
    return not kinds(e).isdisjoint(_OPERATIONS)


_OPERATIONS = (Add, Mul, Div, Pow, Call, Big, InBase)


def _open(
    claim: Claim, body: Relation, pairs: tuple[tuple[Expr, Expr], ...], ledger: Ledger
) -> Verdict:
    decided = False
    for left, right in pairs:
        if plainly_differ(left, right):
            decided = True
            continue
        outcome = identity(left, right)
        if outcome.truth is Truth.TRUE:
            return verified(IDENTITY, "an identity", strength=outcome.strength)
        decided = decided or outcome.truth is Truth.FALSE
    if not decided:
        return unverifiable(IDENTITY, "could not be evaluated")
    if claim.role is not Role.DERIVED:
        return unverifiable(CONTEXT, f"{claim.role}: taken as a premise")
    if not ledger.slow:
        return undecided(CONTEXT, "needs the equations around it, and the slow tiers were off")
    tested: dict[str, Failure] = {}
    heard = frozenset[str]().union(*(e.claim.uses for e in ledger.equations()))
    unseen = False  # whether the problem's own equations may imply it, but were not solved
    for tried, (name, context) in enumerate(ledger.contexts(claim)):
        if tried >= NEAR and not _at_stake(claim, body, tested):
            break
        failures: list[Failure] = []
        passed_over = 0
        for left, right in pairs:
            free = _uncovered((left, right), context)
            if free and not body.link:  # the links of a chain say nothing new about other symbols
                passed_over += not free <= heard  # a reading with a symbol that nothing else has
                continue
            found = _in_context((left, right), context, free)
            if found is None:
                unseen = unseen or all(e.claim.role is Role.GIVEN for e in context)
                continue
            points, result = found
            if result.held and (not result.failed or _holds_for_reals((left, right), points)):
                return verified(
                    CONTEXT,
                    "holds wherever the equations before it hold",
                    strength=Strength.PROBABLE,
                    premises=tuple(e.claim.statement for e in context),
                )
            if result.held or result.tested > result.failed:
                return unverifiable(CONTEXT, "holds for some solutions of the equations before it")
            if result.failed:
                failures.append((context, points, result))
        if failures and len(failures) + passed_over == len(pairs):  # false in every reading
            tested[name] = failures[-1]
    verdict = _failed(claim, body, tested)
    if unseen and (verdict.status is Status.JUMP or not tested):
        return unverifiable(CONTEXT, "no point was found where the problem's equations hold")
    if verdict.fault is not None and any(e.equation in pairs for e in ledger.equations()):
        return unverifiable(CONTEXT, "stated before")
    return verdict


NEAR = 2
"""Contexts in which a claim is tried though its failure there would not count against it."""


def _at_stake(claim: Claim, body: Relation, tested: dict[str, Failure]) -> bool:
    """Whether failing in every context would be held against the claim."""
    return _failed(claim, body, tested).fault is not None


def _uncovered(equation: Equation, context: tuple[Entry, ...]) -> frozenset[str]:
    """The symbols of `equation` that the equations of `context` say nothing about."""
    sides = (side for e in context if e.equation is not None for side in e.equation)
    known = frozenset[str]().union(*map(free_symbols, sides))
    return (free_symbols(equation[0]) | free_symbols(equation[1])) - known


def _in_context(
    equation: Equation, context: tuple[Entry, ...], free: frozenset[str]
) -> tuple[Points, Agreement] | None:
    """Points where the equations of `context` hold, and how `equation` fares there; the symbols in
    `free` may have any value."""
    equations = tuple(e.equation for e in context if e.equation is not None)
    try:
        points = sample(equations, free)
        if points.count < 3:
            return None
        return points, agreement(equation, points)
    except Unsupported:
        return None


def _holds_for_reals(equation: tuple[Expr, Expr], points: Points) -> bool:
    """Whether an equation that fails at some solutions holds at all real ones: x^3 = 8, x = 2."""
    real = points.real()
    if not real.count:
        return False
    result = agreement(equation, real)
    return result.held == real.count


def _failed(
    claim: Claim,
    body: Relation,
    tested: dict[str, Failure],
) -> Verdict:
    """Whether an equation that fails wherever it was tested is refuted, or only new."""
    left, right = free_symbols(body.left), free_symbols(body.right)
    if body.link > 0 and not name_of(first_reading(body.left)):
        if _calculus(body.left) or _calculus(body.right):
            return unverifiable(CONTEXT, "a derivative, integral or limit of unknowns")
        # a rewritten side: symbols that come or go must be fixed by what is known
        changed = left ^ right
        if not changed:
            for context, points, result in tested.values():
                return _refute(claim, context, points, result)
            return _no_identity(body)
        if _computes(body.right):
            for context, points, result in tested.values():
                if all(points.determined(name) for name in changed):
                    return _refute(claim, context, points, result)
        return unverifiable(CONTEXT, "brings in something that is not established")
    expansion = body.cue is Cue.EXPANSION and left == right and not body.listed
    if expansion and SOURCE not in tested and (_product(body.left) or _product(body.right)):
        return _no_identity(body)
    if SOURCE in tested:
        source = tested[SOURCE][0]
        if _derives(claim, body, source):
            return _refute(claim, *tested[SOURCE])
        if _leaps(claim, body, source):
            return jump(CONTEXT, _refute(claim, *tested[SOURCE]).evidence or Evidence(""))
    return unverifiable(CONTEXT, "a new equation")


def _no_identity(body: Relation) -> Verdict:
    """Refuted with a point where the sides differ; where none can be shown, nothing is said."""
    outcome = identity(*_pairs(body)[0])
    if outcome.truth is not Truth.FALSE:
        return unverifiable(IDENTITY, "no point was found where both sides have a value")
    return refuted(IDENTITY, outcome.evidence())


def _product(e: Expr) -> bool:
    """Whether an expression holds a product or power of a sum, which can be multiplied out."""
    return any(
        (isinstance(n, Mul) and any(isinstance(a, Add) for a in n.args))
        or (isinstance(n, Pow) and isinstance(n.base, Add))
        for n in walk(first_reading(e))
    )


def _values(claim: Claim, source: tuple[Entry, ...]) -> bool:
    """Whether claim and source both give a name a value: one more solution, not a consequence."""
    return claim.kind is Kind.BINDING and any(e.claim.kind is Kind.BINDING for e in source)


def _leaps(claim: Claim, body: Relation, source: tuple[Entry, ...]) -> bool:
    """Whether an equation is put as following from its source, though it may be new information."""
    known = frozenset[str]().union(*(e.claim.uses for e in source))
    if not known >= claim.uses or _values(claim, source):
        return False
    here = all(e.claim.step == claim.step for e in source)
    if body.listed:
        return here and known == claim.uses and len(claim.uses) == 1
    if body.cue in (Cue.REWRITE, Cue.EXPANSION):
        return True
    if body.cue is Cue.CONSEQUENCE:
        return here or (known == claim.uses and len(known) == 1)
    return body.cue is Cue.NONE and here and known == claim.uses


def _derives(claim: Claim, body: Relation, source: tuple[Entry, ...]) -> bool:
    """Whether the text puts an equation as another form of its source, so that it must follow.

    Both must be about the same unknowns, and stand in one line of argument. Without a word that
    says so, an equation in several unknowns may be one more condition on them, and a second value
    of a name one more solution.
    """
    known = frozenset[str]().union(*(e.claim.uses for e in source))
    if known != claim.uses or body.listed:
        return False
    if body.cue in (Cue.REWRITE, Cue.EXPANSION):
        return True
    here = all(e.claim.step == claim.step for e in source)
    plain = body.cue in (Cue.NONE, Cue.CONSEQUENCE) and not body.approximate
    return plain and here and len(claim.uses) == 1 and not _values(claim, source)


def _calculus(e: Expr) -> bool:
    return Deriv in kinds(e) or (
        Big in kinds(e)
        and any(isinstance(node, Big) and node.op in ("int", "lim") for node in walk(e))
    )


def _refute(claim: Claim, context: tuple[Entry, ...], points: Points, result: Agreement) -> Verdict:
    at = points.describe(result.witness) if result.witness is not None else {}
    shown = {name: value for name, value in at.items() if name in claim.uses}
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    return refuted(
        CONTEXT,
        Evidence(
            f"does not follow: at {where} the equations before it hold, "
            f"but the sides are {result.left} and {result.right}",
            counterexample=shown,
            premises=tuple(e.claim.statement for e in context),
        ),
        strength=Strength.PROBABLE,
    )


__all__ = ["check_relation", "undecided"]
