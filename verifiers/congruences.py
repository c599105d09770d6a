"""Checks congruences with unknowns, by trying all residues: `3x ≡ 5 (mod 7), so x ≡ 4`.

A congruence is refuted only if it fails at every residue at which those just before it hold; one
that rewrites the side before it also where it fails at every unit, if nothing is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from clr.bodies.mathematics import Cue, Relation
from clr.claim import Claim, Evidence, Role, Status, Verdict, refuted, unverifiable, verified
from clr.ledger import Entry, Ledger, first_reading, substitute
from clr.notation.ast import Call, Div, Expr, Int, Pow, Sym, free_symbols, walk
from clr.verifiers import exact
from clr.verifiers.number_theory import residue_of

CONGRUENCE = "congruence"
MAX_TRIED = 600
"""Tuples of residues."""
MAX_PREMISES = 4


class _Congruence(NamedTuple):
    left: Expr
    right: Expr
    modulus: int

    def holds(self, env: dict[str, Expr]) -> bool:
        """Raises ValueError where a side has no residue."""
        left, right = (substitute(side, env) for side in (self.left, self.right))
        return residue_of(left, self.modulus) == residue_of(right, self.modulus)

    @property
    def names(self) -> frozenset[str]:
        return free_symbols(self.left) | free_symbols(self.right)

    @property
    def is_value(self) -> bool:
        """Whether it gives an unknown one residue."""
        return isinstance(self.left, Sym) and not free_symbols(self.right)


def check_congruence(claim: Claim, body: Relation, ledger: Ledger) -> Verdict:
    """The verdict on a congruence that holds unknowns."""
    target = _congruence(body)
    unread = unverifiable(CONGRUENCE, "a congruence with unknowns, not said to follow from another")
    if target is None or not target.names or any(map(_unclear, (target.left, target.right))):
        return unverifiable(CONGRUENCE, "a congruence that cannot be tried at all residues")
    try:
        everywhere = _tried((), target)
        if everywhere and all(holds for _, holds in everywhere):
            return verified(CONGRUENCE, "holds for all residues")
        premises, source = _premises(claim, body, target, ledger)
        for known in ((source,) if source else (), tuple(premises)):
            found = _tried(known, target) if known else []
            if found and all(holds for _, holds in found):
                return verified(
                    CONGRUENCE,
                    "holds for all residues at which those before it hold",
                    premises=tuple(f"modulo {k.modulus}" for k in known),
                )
        if claim.role is not Role.DERIVED or body.listed:
            return unread
        if source is not None and _follows(body, target, source, premises):
            contexts = [_tried((source,), target), _tried(tuple(premises), target)]
            if contexts[0] and not any(holds for found in contexts for _, holds in found):
                return _refuted(target, contexts[1] or contexts[0])
        elif body.link and free_symbols(target.left) == target.names:
            m = target.modulus
            tried = [(env, holds) for env, holds in everywhere if premises or _are_units(env, m)]
            if not premises and math.gcd(_value(target.right, m), m) != 1:
                return unread  # a condition, of what is no unit: a^2 ≡ b^2 ≡ 0
            if tried and not any(holds for _, holds in tried):
                return _refuted(target, tried)
    except ValueError:
        return unverifiable(CONGRUENCE, "a side has no residue that can be computed")
    return unread


def _congruence(body: Relation) -> _Congruence | None:
    if body.modulus is None or body.op not in ("≡", "="):
        return None
    try:
        modulus = exact.integer_value(first_reading(body.modulus))
    except ValueError:
        return None
    left, right = first_reading(body.left), first_reading(body.right)
    return _Congruence(left, right, modulus) if modulus > 1 else None


def _unclear(e: Expr) -> bool:
    """Whether the residue of `e` hangs on more than the residues of its unknowns."""
    for node in walk(e):
        match node:
            case Pow(_, exp) if free_symbols(exp):
                return True
            case Div(_, part) if free_symbols(part):
                return True
            case Call() if free_symbols(node):
                return True
    return False


def _premises(
    claim: Claim, body: Relation, target: _Congruence, ledger: Ledger
) -> tuple[list[_Congruence], _Congruence | None]:
    """Congruences and equations of this step and the one before that share an unknown with
    `claim`, the latest first; and the one that stands just before it."""
    found: list[_Congruence] = []
    source: _Congruence | None = None
    for at, (entry, other) in enumerate(_relations(ledger, claim.step - 1)):
        if entry.chain == ledger.chain and body.link and entry.claim.step == claim.step:
            continue  # the links before it
        if entry.verdict.status is Status.REFUTED or not entry.claim.uses & claim.uses:
            continue
        known = _congruence(other)
        if known is None and other.op == "=" and other.modulus is None:
            known = _Congruence(
                first_reading(other.left), first_reading(other.right), target.modulus
            )
        if known is None or any(map(_unclear, (known.left, known.right))):
            continue
        if at == 0 and entry.claim.step == claim.step and known.names == target.names:
            source = known
        found.append(known)
        if len(found) == MAX_PREMISES:
            break
    return found, source


def _relations(ledger: Ledger, step: int) -> Iterator[tuple[Entry, Relation]]:
    for entry in ledger.recent(step):
        if isinstance(entry.claim.body, Relation):
            yield entry, entry.claim.body


def _tried(known: Sequence[_Congruence], target: _Congruence) -> list[tuple[dict[str, Expr], bool]]:
    """Whether `target` holds, at all residues at which the known congruences hold; nothing where
    there are too many to try."""
    modulus = math.lcm(target.modulus, *(k.modulus for k in known))
    names = sorted(target.names.union(*(k.names for k in known)))
    if modulus ** len(names) > MAX_TRIED:
        return []
    out = []
    for residues in product(range(modulus), repeat=len(names)):
        env: dict[str, Expr] = dict(zip(names, map(Int, residues), strict=True))
        if all(k.holds(env) for k in known):
            out.append((env, target.holds(env)))
    return out


def _follows(
    body: Relation, target: _Congruence, source: _Congruence, premises: Sequence[_Congruence]
) -> bool:
    """Whether the text puts `target` as following from what stands before it."""
    if body.cue not in _CONSEQUENCES:
        return False
    if not (source.is_value and target.is_value):
        return True
    # one residue after another is another case, unless it joins those before it
    joined = [k for k in premises if k.is_value and target.modulus % k.modulus == 0]
    return len(joined) > 1 and all(k.modulus < target.modulus for k in joined)


_CONSEQUENCES = frozenset(
    (Cue.CONSEQUENCE, Cue.IMPLICATION, Cue.REWRITE, Cue.EXPANSION, Cue.SUCCESSION)
)


def _are_units(env: dict[str, Expr], modulus: int) -> bool:
    return all(isinstance(x, Int) and math.gcd(x.value, modulus) == 1 for x in env.values())


def _value(e: Expr, modulus: int) -> int:
    """The residue of a side; 1 where it has unknowns."""
    return 1 if free_symbols(e) else residue_of(e, modulus)


def _refuted(target: _Congruence, tried: Sequence[tuple[dict[str, Expr], bool]]) -> Verdict:
    env = tried[0][0]
    left, right = (
        residue_of(substitute(side, env), target.modulus) for side in (target.left, target.right)
    )
    at = {name: str(x.value) for name, x in env.items() if isinstance(x, Int)}
    where = ", ".join(f"{name} ≡ {value}" for name, value in at.items())
    return refuted(
        CONGRUENCE,
        Evidence(
            f"at {where} the left side leaves {left}, the right side {right}",
            counterexample=at,
        ),
    )
