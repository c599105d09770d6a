"""First-order formulas: immutable trees of atoms, connectives and quantifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clr.bodies.connectives import And, Not, Or


@dataclass(frozen=True, slots=True)
class Var:
    """A variable bound by a quantifier."""

    name: str


@dataclass(frozen=True, slots=True)
class Fun:
    """A function applied to terms; without arguments, a constant."""

    name: str
    args: tuple[Term, ...] = ()


Term: TypeAlias = Var | Fun


@dataclass(frozen=True, slots=True)
class Atom:
    """A predicate of terms; without arguments, a proposition. `=` is equality."""

    name: str
    args: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Xor:
    """Exactly one of the two."""

    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Implies:
    """`right` holds wherever `left` does."""

    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """Both hold, or neither."""

    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class ForAll:
    """`body` holds of everything that `var` may stand for."""

    var: str
    body: Formula


@dataclass(frozen=True, slots=True)
class Exists:
    """`body` holds of something that `var` may stand for."""

    var: str
    body: Formula


Formula: TypeAlias = (
    "Atom | Not[Formula] | And[Formula] | Or[Formula] | Xor | Implies | Iff | ForAll | Exists"
)

EQUALS = "="
TRUE: Formula = And(())
FALSE: Formula = Or(())


def with_parts(f: Formula, of: Callable[[Formula], Formula]) -> Formula:
    """`f` with what stands between its connectives, atoms and quantified formulas, changed by
    `of`."""
    match f:
        case Not(arg):
            return Not(with_parts(arg, of))
        case And(args):
            return And(tuple(with_parts(a, of) for a in args))
        case Or(args):
            return Or(tuple(with_parts(a, of) for a in args))
        case Implies(left, right):
            return Implies(with_parts(left, of), with_parts(right, of))
        case Iff(left, right):
            return Iff(with_parts(left, of), with_parts(right, of))
        case Xor(left, right):
            return Xor(with_parts(left, of), with_parts(right, of))
        case _:
            return of(f)


def substitute(f: Formula, values: Mapping[str, Term]) -> Formula:
    """`f` with its free variables replaced. The terms must not hold variables bound in `f`."""
    match f:
        case Atom(name, args):
            return Atom(name, tuple(_replace(t, values) for t in args))
        case Not(arg):
            return Not(substitute(arg, values))
        case And(args):
            return And(tuple(substitute(a, values) for a in args))
        case Or(args):
            return Or(tuple(substitute(a, values) for a in args))
        case Xor(left, right):
            return Xor(substitute(left, values), substitute(right, values))
        case Implies(left, right):
            return Implies(substitute(left, values), substitute(right, values))
        case Iff(left, right):
            return Iff(substitute(left, values), substitute(right, values))
        case ForAll(var, body):
            return ForAll(var, substitute(body, {k: t for k, t in values.items() if k != var}))
        case Exists(var, body):
            return Exists(var, substitute(body, {k: t for k, t in values.items() if k != var}))


def _replace(term: Term, values: Mapping[str, Term]) -> Term:
    if isinstance(term, Var):
        return values.get(term.name, term)
    return Fun(term.name, tuple(_replace(t, values) for t in term.args)) if term.args else term


def show(f: Formula) -> str:
    """`f` in the usual symbols; parsing the result gives `f` back."""
    match f:
        case Atom("=", (left, right)):
            return f"{_show_term(left)} = {_show_term(right)}"
        case Not(Atom("=", (left, right))):
            return f"{_show_term(left)} ≠ {_show_term(right)}"
        case Atom(name, args):
            return f"{name}({', '.join(map(_show_term, args))})" if args else name
        case Not(arg):
            return f"¬{_inner(arg)}"
        case And(args):
            return " ∧ ".join(map(_inner, args)) if len(args) > 1 else _few(args, "⊤")
        case Or(args):
            return " ∨ ".join(map(_inner, args)) if len(args) > 1 else _few(args, "⊥")
        case Xor(left, right):
            return f"{_inner(left)} ⊕ {_inner(right)}"
        case Implies(left, right):
            return f"{_inner(left)} → {_inner(right)}"
        case Iff(left, right):
            return f"{_inner(left)} ↔ {_inner(right)}"
        case ForAll(var, body):
            return f"∀{var} {_scope(body)}"
        case Exists(var, body):
            return f"∃{var} {_scope(body)}"


def _few(args: tuple[Formula, ...], empty: str) -> str:
    return show(args[0]) if args else empty


def _inner(f: Formula) -> str:
    """An operand: a quantifier without brackets would reach beyond it."""
    match f:
        case Atom("=") | Not(Atom("=")):
            return f"({show(f)})"
        case Atom() | Not():
            return show(f)
        case _:
            return f"({show(f)})"


def _scope(f: Formula) -> str:
    return show(f) if isinstance(f, ForAll | Exists) else _inner(f)


def _show_term(term: Term) -> str:
    if isinstance(term, Var) or not term.args:
        return term.name
    return f"{term.name}({', '.join(map(_show_term, term.args))})"
