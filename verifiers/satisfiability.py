"""Propositional satisfiability with deterministic fuel: DPLL over clauses of integers.

A literal is a non-zero integer, -v the negation of v. A model gives each variable that matters a
truth value; variables that it leaves out may have either.
"""

from __future__ import annotations

from collections.abc import Iterable

Clause = frozenset[int]

FUEL = 200_000
"""Literals looked at before the search gives up."""


class OutOfFuel(Exception):
    """The search did not end within its fuel: neither satisfiable nor unsatisfiable is known."""


def satisfy(clauses: Iterable[Clause], fuel: int = FUEL) -> dict[int, bool] | None:
    """A model of all clauses, or None if there is none. The same input gives the same model.

    Raises:
        OutOfFuel: the search took more than `fuel` steps.
    """
    left = fuel
    stack: list[tuple[list[Clause], dict[int, bool]]] = [(list(clauses), {})]
    while stack:
        open_, model = stack.pop()
        consistent = True
        while True:
            left -= sum(map(len, open_)) + 1
            if left < 0:
                raise OutOfFuel
            unit = next((c for c in open_ if len(c) <= 1), None)
            if unit is None:
                break
            if not unit:
                consistent = False
                break
            [literal] = unit
            model[abs(literal)] = literal > 0
            open_ = _given(open_, literal)
        if not consistent:
            continue
        if not open_:
            return model
        shortest = min(open_, key=lambda clause: len(clause))
        literal = min(shortest, key=abs)
        for choice in (-literal, literal):  # the last one pushed is tried first
            stack.append((_given(open_, choice), {**model, abs(choice): choice > 0}))
    return None


def _given(clauses: list[Clause], literal: int) -> list[Clause]:
    """The clauses left once `literal` is true."""
    return [c - {-literal} if -literal in c else c for c in clauses if literal not in c]
