"""Entailment in full first-order logic: instances first, then z3 in a worker process.

z3 gets a deterministic resource limit; the wall clock can only make an outcome unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from clr.bodies.connectives import And, Not, Or
from clr.fol.syntax import EQUALS, Atom, Exists, ForAll, Formula, Fun, Iff, Implies, Term, Var, Xor
from clr.verifiers.entailment import Decision, GroundTruth, Outcome, decide
from clr.verifiers.workers import Worker, WorkerError

SECONDS = 10.0
"""Wall-clock limit of one question to z3."""
RESOURCES = 2_000_000
"""z3's own count of work, which unlike time is the same in every run."""
MAX_FORMULAS = 200
MAX_TEXT = 20_000
"""Nodes of all formulas, roughly: what is larger is not sent to z3."""

Answer = GroundTruth | list[int] | None
"""A model, or the indices of formulas that contradict each other, or None: not known."""

_worker = Worker(preload=("z3", "clr.verifiers.first_order"))


@lru_cache(maxsize=4096)
def entails(premises: tuple[Formula, ...], conclusion: Formula) -> Decision:
    """How `conclusion` stands to `premises`: by `decide`, and where that cannot tell by z3, in a
    worker and within a bound on its steps. `unknown` beyond `MAX_FORMULAS` premises."""
    found = decide(premises, conclusion)
    if found.outcome is not Outcome.UNKNOWN or len(premises) > MAX_FORMULAS:
        return found
    against, support = _ask(premises, conclusion)
    if isinstance(against, list) and isinstance(support, list):
        both = sorted({i for i in (*against, *support) if i < len(premises)})
        return Decision(Outcome.INCONSISTENT, tuple(both))
    if isinstance(against, list):
        return Decision(Outcome.ENTAILED, tuple(i for i in against if i < len(premises)))
    if isinstance(support, list):
        return Decision(Outcome.CONTRADICTED, tuple(i for i in support if i < len(premises)))
    if isinstance(against, tuple) and isinstance(support, tuple):
        return Decision(Outcome.CONSISTENT, countermodel=against)
    return Decision(Outcome.UNKNOWN)


def _ask(premises: tuple[Formula, ...], conclusion: Formula) -> tuple[Answer, Answer]:
    """What z3 says of the premises with the negated conclusion, and with the conclusion."""
    if sum(map(_size, (*premises, conclusion))) > MAX_TEXT:
        return None, None
    try:
        against, support = _worker.call(SECONDS, solve, premises, (Not(conclusion), conclusion))
    except WorkerError:
        return None, None
    return against, support


def _size(f: Formula) -> int:
    match f:
        case Atom(_, args):
            return 1 + len(args)
        case Not(arg):
            return 1 + _size(arg)
        case And(args) | Or(args):
            return 1 + sum(map(_size, args))
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return 1 + _size(left) + _size(right)
        case ForAll(_, body) | Exists(_, body):
            return 1 + _size(body)


# in the worker


def solve(formulas: Sequence[Formula], ends: Sequence[Formula]) -> list[Answer]:
    """Ask z3, in the process that calls, about the formulas with each of `ends`."""
    import z3

    things = z3.DeclareSort("Thing")
    terms = _Terms(z3, things)
    solver = z3.Solver()
    solver.set("rlimit", RESOURCES)
    solver.set("random_seed", 0)
    marks = [z3.Bool(f"premise {i}") for i in range(len(formulas) + len(ends))]
    for mark, f in zip(marks, (*formulas, *ends), strict=True):
        solver.add(z3.Implies(mark, terms.formula(f, {})))
    return [
        _answer(z3, solver, terms, [*marks[: len(formulas)], end]) for end in marks[-len(ends) :]
    ]


def _answer(z3: Any, solver: Any, terms: _Terms, marks: list[Any]) -> Answer:
    found = solver.check(*marks)
    if found == z3.unsat:
        return sorted(int(str(mark).split()[1]) for mark in solver.unsat_core())
    if found != z3.sat:
        return None
    model = solver.model()
    return tuple(
        (name, z3.is_true(model.eval(atom, model_completion=True)))
        for name, atom in sorted(terms.ground.items())
    )


class _Terms:
    """z3's symbols for ours; `ground` collects atoms without variables."""

    def __init__(self, z3: Any, things: Any) -> None:
        self._z3, self._things = z3, things
        self.ground: dict[str, Any] = {}

    def term(self, t: Term, bound: dict[str, Any]) -> Any:
        if isinstance(t, Var):
            return bound[t.name]
        if not t.args:
            return self._z3.Const(t.name, self._things)
        sorts = [self._things] * (len(t.args) + 1)
        return self._z3.Function(t.name, *sorts)(*(self.term(a, bound) for a in t.args))

    def formula(self, f: Formula, bound: dict[str, Any]) -> Any:
        z3 = self._z3
        match f:
            case Atom(name, args):
                values = [self.term(a, bound) for a in args]
                if name == EQUALS:
                    return values[0] == values[1]
                sorts = [self._things] * len(args)
                symbol = z3.Function(name, *sorts, z3.BoolSort()) if args else z3.Bool(name)
                atom = symbol(*values) if args else symbol
                if not bound and all(isinstance(a, Fun) and not a.args for a in args):
                    self.ground[f"{name}({', '.join(a.name for a in args)})" if args else name] = (
                        atom
                    )
                return atom
            case Not(arg):
                return z3.Not(self.formula(arg, bound))
            case And(args):
                return z3.And([self.formula(a, bound) for a in args])
            case Or(args):
                return z3.Or([self.formula(a, bound) for a in args])
            case Xor(left, right):
                return z3.Xor(self.formula(left, bound), self.formula(right, bound))
            case Implies(left, right):
                return z3.Implies(self.formula(left, bound), self.formula(right, bound))
            case Iff(left, right):
                return self.formula(left, bound) == self.formula(right, bound)
            case ForAll(var, body):
                x = z3.Const(var, self._things)
                return z3.ForAll([x], self.formula(body, {**bound, var: x}))
            case Exists(var, body):
                x = z3.Const(var, self._things)
                return z3.Exists([x], self.formula(body, {**bound, var: x}))
