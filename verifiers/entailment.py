"""Does a conclusion follow from premises? Decided exactly where instances suffice.

The premises with the negated conclusion are put without function symbols where that can be done:
existential quantifiers become new constants, universal ones their instances over the constants
(Herbrand's theorem for the Bernays-Schönfinkel class). What is left is propositional. An "exists"
under a "for all", functions and equality are outside of it; see clr.verifiers.first_order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from clr.bodies.connectives import And, Not, Or
from clr.fol.syntax import (
    EQUALS,
    Atom,
    Exists,
    ForAll,
    Formula,
    Fun,
    Iff,
    Implies,
    Term,
    Xor,
    substitute,
)
from clr.verifiers.satisfiability import Clause, OutOfFuel, satisfy

MAX_INSTANCES = 20_000
"""Literals in all instances together; more are not written out."""


class Outcome(StrEnum):
    """How a conclusion stands to its premises."""

    ENTAILED = "entailed"
    CONTRADICTED = "contradicted"
    CONSISTENT = "consistent"
    """Neither it nor its negation follows."""
    INCONSISTENT = "inconsistent"
    """The premises contradict each other: everything would follow, so nothing is said."""
    UNKNOWN = "unknown"


GroundTruth = tuple[tuple[str, bool], ...]
"""Ground atoms, as text, each with its truth."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome with its reasons.

    `premises` are indices of premises that suffice for an entailment, a contradiction or an
    inconsistency, none of which can be spared. `countermodel` is a case in which the premises hold
    and the conclusion does not.
    """

    outcome: Outcome
    premises: tuple[int, ...] = ()
    countermodel: GroundTruth = ()


class Undecidable(Exception):
    """The formulas are outside of what instances decide."""


class Theory:
    """Statements and a conclusion, put without quantifiers once for every question about them.

    Raises:
        Undecidable: see there.
    """

    def __init__(self, statements: Sequence[Formula], conclusion: Formula) -> None:
        formulas = [*statements, Not(conclusion), conclusion]
        if sum(map(_written, formulas)) > MAX_INSTANCES:
            raise Undecidable
        self.statements = tuple(range(len(statements)))
        self._denied, self._affirmed = len(statements), len(statements) + 1
        self._names = names = _Names()
        prepared = [_skolem(_normal(f, True), names) for f in formulas]
        self._constants = [frozenset(_constants(f)) for f in prepared]
        constants = sorted(frozenset().union(*self._constants)) or ["someone"]
        written = [0]
        self._clauses = [_clauses(_ground(f, {}, constants, written), names) for f in prepared]

    def follows(self, chosen: Iterable[int]) -> bool:
        """Whether the conclusion holds wherever the chosen statements do; from a contradiction,
        all does.

        Raises:
            OutOfFuel: see there.
        """
        return self._model([*chosen, self._denied]) is None

    def decide(self) -> Decision:
        """How the conclusion stands to all statements.

        Raises:
            OutOfFuel: see there.
        """
        against = self._model([*self.statements, self._denied])
        support = self._model([*self.statements, self._affirmed])
        if against is not None and support is not None:
            return Decision(Outcome.CONSISTENT, countermodel=against)
        if against is None and support is None:
            return Decision(Outcome.INCONSISTENT, self._smallest([]))
        if against is None:
            return Decision(Outcome.ENTAILED, self._smallest([self._denied]))
        return Decision(Outcome.CONTRADICTED, self._smallest([self._affirmed]))

    def _smallest(self, more: list[int]) -> tuple[int, ...]:
        """Statements that cannot hold together (with `more`), none of which can be spared."""
        kept = list(self.statements)
        for candidate in self.statements:
            rest = [i for i in kept if i != candidate]
            if self._model([*rest, *more]) is None:
                kept = rest
        return tuple(kept)

    def _model(self, chosen: Sequence[int]) -> GroundTruth | None:
        """Ground atoms with their truth in a model of the chosen formulas; None without a model."""
        model = satisfy(clause for i in chosen for clause in self._clauses[i])
        if model is None:
            return None
        mine = frozenset().union(*(self._constants[i] for i in chosen))
        return tuple(
            (_shown(atom), model[v])
            for atom, v in self._names.numbers.items()
            if v in model and all(term.name in mine or not mine for term in atom.args)
        )


def decide(premises: Sequence[Formula], conclusion: Formula) -> Decision:
    """How `conclusion` stands to `premises`, by instances alone; unknown where these do not do."""
    try:
        return Theory(premises, conclusion).decide()
    except (Undecidable, OutOfFuel):
        return Decision(Outcome.UNKNOWN)


def _shown(atom: Atom) -> str:
    args = ", ".join(term.name for term in atom.args)
    return f"{atom.name}({args})" if args else atom.name


class _Names:
    """Numbers of atoms, and names for what an existential quantifier promises."""

    def __init__(self) -> None:
        self.numbers: dict[Atom, int] = {}
        self._last = 0
        self._promised = 0

    def number(self, atom: Atom) -> int:
        if atom not in self.numbers:
            self.numbers[atom] = self.fresh()
        return self.numbers[atom]

    def fresh(self) -> int:
        self._last += 1
        return self._last

    def promised(self) -> Fun:
        self._promised += 1
        return Fun(f"someone_{self._promised}")


def _written(f: Formula) -> int:
    """Atoms in the normal form of `f`: each side of an equivalence is written twice."""
    match f:
        case Atom():
            return 1
        case Not(arg) | ForAll(_, arg) | Exists(_, arg):
            return _written(arg)
        case And(args) | Or(args):
            return sum(map(_written, args))
        case Implies(left, right):
            return _written(left) + _written(right)
        case Iff(left, right) | Xor(left, right):
            return 2 * (_written(left) + _written(right))


def _normal(f: Formula, sign: bool) -> Formula:
    """Negation normal form of `f`, or of its negation without `sign`."""
    match f:
        case Atom():
            return f if sign else Not(f)
        case Not(arg):
            return _normal(arg, not sign)
        case And(args):
            parts = tuple(_normal(a, sign) for a in args)
            return And(parts) if sign else Or(parts)
        case Or(args):
            parts = tuple(_normal(a, sign) for a in args)
            return Or(parts) if sign else And(parts)
        case Implies(left, right):
            return _normal(Or((Not(left), right)), sign)
        case Xor(left, right):
            return _normal(Iff(left, right), not sign)
        case Iff(left, right):
            both = And((_normal(left, True), _normal(right, sign)))
            neither = And((_normal(left, False), _normal(right, not sign)))
            return Or((both, neither))
        case ForAll(var, body):
            inner = _normal(body, sign)
            return ForAll(var, inner) if sign else Exists(var, inner)
        case Exists(var, body):
            inner = _normal(body, sign)
            return Exists(var, inner) if sign else ForAll(var, inner)


def _skolem(f: Formula, names: _Names, bound: bool = False) -> Formula:
    """`f`, in negation normal form, with a new constant for every "there is"."""
    match f:
        case Exists(var, body):
            if bound:
                raise Undecidable
            return _skolem(substitute(body, {var: names.promised()}), names)
        case ForAll(var, body):
            return ForAll(var, _skolem(body, names, bound=True))
        case And(args):
            return And(tuple(_skolem(a, names, bound) for a in args))
        case Or(args):
            return Or(tuple(_skolem(a, names, bound) for a in args))
        case _:
            return f


def _constants(f: Formula) -> Iterator[str]:
    match f:
        case Atom(name, args):
            if name == EQUALS or any(isinstance(t, Fun) and t.args for t in args):
                raise Undecidable
            yield from (t.name for t in args if isinstance(t, Fun))
        case Not(arg):
            yield from _constants(arg)
        case And(args) | Or(args):
            for arg in args:
                yield from _constants(arg)
        case ForAll(_, body):
            yield from _constants(body)
        case _:
            raise AssertionError(f)


def _ground(
    f: Formula, values: dict[str, Term], constants: Sequence[str], written: list[int]
) -> Formula:
    """`f` without quantifiers: every "for all" is the conjunction of its instances."""
    match f:
        case ForAll():
            variables: list[str] = []
            body: Formula = f
            while isinstance(body, ForAll):
                variables.append(body.var)
                body = body.body
            return And(
                tuple(
                    _ground(
                        body,
                        {**values, **dict(zip(variables, map(Fun, chosen), strict=True))},
                        constants,
                        written,
                    )
                    for chosen in product(constants, repeat=len(variables))
                )
            )
        case And(args):
            return And(tuple(_ground(a, values, constants, written) for a in args))
        case Or(args):
            return Or(tuple(_ground(a, values, constants, written) for a in args))
        case _:
            written[0] += 1
            if written[0] > MAX_INSTANCES:
                raise Undecidable
            return substitute(f, values) if values else f


def _clauses(f: Formula, names: _Names) -> list[Clause]:
    """Clauses that can hold together exactly where `f` can."""
    if isinstance(f, And):
        return [c for arg in f.args for c in _clauses(arg, names)]
    out: list[Clause] = []
    out.append(frozenset(_literals(f, names, out)))
    return out


def _literals(f: Formula, names: _Names, out: list[Clause]) -> list[int]:
    """Literals one of which holds where `f` does; conjunctions get a name, defined in `out`."""
    match f:
        case Atom():
            return [names.number(f)]
        case Not(Atom() as atom):
            return [-names.number(atom)]
        case Or(args):
            return [x for a in args for x in _literals(a, names, out)]
        case And(args):
            name = names.fresh()
            out += [frozenset((-name, *_literals(a, names, out))) for a in args]
            return [name]
        case _:
            raise AssertionError(f)
