"""Checks inequalities that rewrite the one before them: `-3x <= 12`, so `x >= -4`.

A linear inequality in one unknown has one solved form, so another bound is refuted where it does
not follow, unless it may be rounded to an integer. Any other is refuted only if it is false
wherever the one before it holds; and a link of a chain, if it is false everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from flint import fmpq

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Evidence, Role, Verdict, refuted
from clr.ledger import Entry, Ledger, first_reading
from clr.notation.ast import Sym, free_symbols
from clr.notation.printer import show
from clr.verifiers import polynomials
from clr.verifiers.inequality import NEGATED, SIGNS, Condition, derivable
from clr.verifiers.outcome import Outcome, Truth

BOUND = "bound"
_SAME_FORM = frozenset((Cue.REWRITE, Cue.EXPANSION))
_REWRITES = _SAME_FORM | {Cue.IMPLICATION, Cue.CONSEQUENCE}


def check_bound(claim: Claim, body: Relation, ledger: Ledger) -> Verdict | None:
    """Refuted if an inequality contradicts the one that it rewrites; None if it may be right."""
    conclusion = (first_reading(body.left), body.op, first_reading(body.right))
    denied = (conclusion[0], NEGATED[body.op], conclusion[2])
    if body.link and derivable((), denied).truth is Truth.TRUE:
        return refuted(BOUND, Evidence("it is false for all values"))
    if claim.role is not Role.DERIVED or body.listed or body.cue not in _REWRITES:
        return None
    source = _source(claim, body, ledger)
    premises = tuple(c for entry in source if (c := _condition(entry)) is not None)
    if not premises or len(premises) < len(source) or len(claim.uses) != 1:
        return None
    if any(entry.claim.uses - claim.uses for entry in source) or all(map(_is_bound, premises)):
        return None
    outcome = derivable(premises, conclusion)
    if outcome.truth is not Truth.FALSE:
        return None
    (name,) = claim.uses
    if not _misses(premises, conclusion, name) and derivable(premises, denied).truth is not (
        Truth.TRUE
    ):
        return None
    return refuted(
        BOUND,
        Evidence(
            _said(outcome, conclusion),
            counterexample=outcome.point,
            premises=tuple(f"{show(a)} {op} {show(b)}" for a, op, b in premises),
        ),
    )


def _said(outcome: Outcome, conclusion: Condition) -> str:
    at = ", ".join(f"{name} = {value}" for name, value in outcome.point.items())
    left, op, right = conclusion
    return f"does not follow: at {at} what stands before it holds, but not {show(left)} {op} " + (
        show(right)
    )


def _source(claim: Claim, body: Relation, ledger: Ledger) -> list[Entry]:
    """The links of the chain just before the one that `claim` belongs to, in the same step; or, if
    `claim` begins a step by words for a rewriting, in the one before."""
    own = body.link > 0
    found = _last_chain(
        [e for e in ledger.recent(claim.step) if not own or e.chain != ledger.chain]
    )
    if not (found or own) and body.cue in _SAME_FORM:
        found = _last_chain(ledger.recent(claim.step - 1))
    whole = found and isinstance(found[-1].claim.body, Relation) and not found[-1].claim.body.link
    return found if whole else []


def _last_chain(entries: Iterable[Entry]) -> list[Entry]:
    """The links of the last chain, the latest of `entries` first."""
    found: list[Entry] = []
    for entry in entries:
        if found and entry.chain != found[0].chain:
            break
        found.append(entry)
    return found


def _condition(entry: Entry) -> Condition | None:
    body = entry.claim.body
    if not isinstance(body, Relation) or body.op not in SIGNS or body.alternative or body.listed:
        return None
    return first_reading(body.left), body.op, first_reading(body.right)


def _is_bound(condition: Condition) -> bool:
    """Whether a condition is solved already: what comes after it is another one."""
    left, _, right = condition
    return any(
        isinstance(a, Sym) and not free_symbols(b) for a, b in ((left, right), (right, left))
    )


def _misses(premises: tuple[Condition, ...], conclusion: Condition, name: str) -> bool:
    """Whether all are linear, and the bound of `conclusion` is none of theirs, nor rounded."""
    bounds = [_bound(c, name) for c in (*premises, conclusion)]
    if any(bound is None for bound in bounds):
        return False
    *known, mine = (bound for bound in bounds if bound is not None)
    return all(
        direction != mine[0] or abs(at - mine[1]) >= max(fmpq(1), abs(at) / 100)
        for direction, at in known
    )


def _bound(condition: Condition, name: str) -> tuple[int, fmpq] | None:
    """Of a linear inequality, 1 if it bounds the unknown from below and -1 if from above, and the
    bound; None for any other."""
    left, op, right = condition
    if op in ("=", "!="):
        return None
    try:
        p = polynomials.univariate(polynomials.numerator((left, right), polynomials.ring((name,))))
    except ValueError:
        return None
    if p.degree() != 1:
        return None
    direction = 1 if (p[1] > 0) == (op in (">", ">=")) else -1
    return direction, -p[0] / p[1]
