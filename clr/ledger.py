"""What is established so far, in what role, and what it rests on.

The auditor appends every claim with its verdict, in order; checkers read. Each relation keeps its
role: given by the problem, a definition, assumed, or derived. The contexts in which a derived
equation may be judged are chosen here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

import msgspec

from clr.bodies.mathematics import Arithmetics, Cue, Relation
from clr.claim import Claim, Kind, Role, Status, Verdict
from clr.notation.ast import (
    Call,
    Dec,
    Div,
    Expr,
    Int,
    Label,
    Neg,
    Percent,
    Quantity,
    SetOf,
    SetOp,
    Sym,
    call_name,
    children,
    free_symbols,
    rebuild,
    walk,
)
from clr.notation.functions import FUNCTIONS
from clr.notation.readings import is_ambiguous, readings

Equation: TypeAlias = tuple[Expr, Expr]

PROBLEM = -1
"""The step index of what the problem states."""

BINDINGS = "bindings"
SOURCE = "source"
IDENTITY = "identity"
ROUNDED = "rounded"
"""Checked by this: an equation that holds but for the digits that it leaves out."""

MOST = 200
"""Equations that are looked through for the contexts of a claim."""

MOST_RECENT = 200
"""Claims of this step and the steps just before it that are looked through for one of its own."""

MOST_ALTERNATIVES = 4
"""Alternatives left behind in which a claim may still hold."""

MAX_EQUATIONS = 12
MAX_SYMBOLS = 9


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One recorded claim; `equation` is its likeliest reading if it equates expressions."""

    claim: Claim
    verdict: Verdict
    equation: Equation | None
    identity: bool
    """Whether it holds for all values, so that it is no condition on its symbols."""
    chain: int
    """Number of the chain that the claim is a link of; links of one chain say one thing."""
    gives: tuple[str, ...] = ()
    """Names that it gives a value without unknowns."""


@dataclass(slots=True)
class Ledger:
    """Append-only record of a trace under audit. `slow` allows checks of unbounded cost;
    `spoken_of` looks for the arithmetics that the trace speaks of beside the usual one."""

    slow: bool = True
    spoken_of: Callable[[], Arithmetics] = Arithmetics
    may_use: Callable[[], Callable[[Claim, Claim], bool] | None] = lambda: None
    """Looks whether a claim may rest on another, where the parts of a text use letters anew; None
    where it has no parts. Asked, as the next two are, only when something depends on it."""
    told: Callable[[], frozenset[str]] = frozenset
    """Looks which symbols the words of the problem speak of, which may say more of them than was
    read."""
    sets_vary: Callable[[], bool] = lambda: False
    """Looks whether the trace may speak of sets that change."""
    entries: list[Entry] = field(default_factory=list)
    sets: dict[Expr, Expr | None] = field(default_factory=dict)
    """Names, unions and the like, with the set that an equation says they are; None where there is
    more than one."""
    implied: set[Fraction | int] = field(default_factory=set)
    """Numbers that words bring with them, such as the 7 of a week."""
    names: set[str] = field(default_factory=set)
    """Symbols of all equations that were not refuted."""
    updated: str = ""
    """The name that the chain recorded last gives a new value in terms of its old one."""
    _chain: int = 0
    _first: Entry | None = None
    _equations: list[Entry] = field(default_factory=list)
    _closed: list[tuple[Entry, ...]] = field(default_factory=list)
    """Alternatives that were tried and left: what was assumed, and what hung on it."""
    _chosen: dict[Expr, Entry] = field(default_factory=dict)
    """For each side that was given a number, the equation that did so last."""
    _definitions: dict[str, tuple[tuple[str, ...], Expr] | None] = field(default_factory=dict)
    _arithmetics: Arithmetics | None = None
    _known: set[Fraction | int] = field(default_factory=set)
    _looked_through: int = 0
    """Entries whose numbers are known; they are looked for when one is asked for."""

    @property
    def known(self) -> set[Fraction | int]:
        """Numbers that the problem or an earlier calculation gives; others may be added."""
        if self._looked_through < len(self.entries):
            for entry in self.entries[self._looked_through :]:
                body = entry.claim.body
                if type(body) is not Relation:
                    continue
                self._known |= numbers(body.left)
                if type(body.right) is Int:  # as most results are
                    self._known.add(body.right.value)
                else:
                    self._known |= numbers(body.right)
            self._looked_through = len(self.entries)
        return self._known

    @property
    def arithmetics(self) -> Arithmetics:
        """The arithmetics that the trace speaks of; looked for when something seems false."""
        if self._arithmetics is None:
            self._arithmetics = self.spoken_of()
        return self._arithmetics

    def record(self, claim: Claim, verdict: Verdict) -> None:
        """Append a claim with its verdict."""
        body = claim.body
        link = body.link if isinstance(body, Relation) else 0
        if not link or not self.entries:
            self._chain += 1
        equation: Equation | None = None
        if claim.uses and isinstance(body, Relation) and body.op == "=":
            equation = (first_reading(body.left), first_reading(body.right))
            if claim.role is not Role.ASSUMED:
                self._define(claim, equation)
                self._name_set(*equation)
        identity = verdict.checked_by == IDENTITY and verdict.status is Status.VERIFIED
        if not link:
            self.updated = ""
            if equation is not None and claim.role is Role.DERIVED and not identity:
                self.updated = _itself(equation)
        elif self.updated and isinstance(body, Relation) and not free_symbols(body.right):
            # `x = x + 3 = 2 + 3`: from here on, what was known speaks of another x
            self._equations = [e for e in self._equations if self.updated not in e.claim.uses]
            equation = None if self.updated in claim.uses else equation
        gives = _given(equation) if equation is not None else ()
        entry = Entry(claim, verdict, equation, identity, self._chain, gives)
        self.entries.append(entry)
        if not link:
            self._first = entry
        if equation is not None and verdict.status is not Status.REFUTED:
            left_behind = self._left_behind(claim)
            if left_behind:
                self._closed = [*self._closed, left_behind][-MOST_ALTERNATIVES:]
                self._equations = _without(self._equations, left_behind)
            self._equations.append(entry)
            self.names |= claim.uses
            if not link and not free_symbols(equation[1]):
                self._chosen[equation[0]] = entry

    def _name_set(self, left: Expr, right: Expr) -> None:
        if not isinstance(left, Sym | SetOp) or not isinstance(right, SetOf | SetOp):
            return
        if not self.sets_vary():
            known = self.sets.setdefault(left, right)
            if known != right and not _lists_the_same(known, right):
                self.sets[left] = None

    def narrower(self, claim: Claim) -> Iterator[Ledger]:
        """What is known if letters mean several things in this text: what the part that `claim` is
        in says, and all but what the problem gives of letters with two values each."""
        may_use = self.may_use()
        if may_use is not None:
            yield from self._only(lambda premise: may_use(claim, premise))
        contested = self._contested()
        if contested:
            yield from self._only(
                lambda premise: premise.role is not Role.GIVEN or contested.isdisjoint(premise.uses)
            )

    def _only(self, holds: Callable[[Claim], bool]) -> Iterator[Ledger]:
        """What is known from some claims alone, if that is less."""
        kept = [entry for entry in self.entries if holds(entry.claim)]
        if len(kept) < len(self.entries):
            less = Ledger(self.slow, self.spoken_of, told=self.told, sets_vary=self.sets_vary)
            for entry in kept:
                less.record(entry.claim, entry.verdict)
            yield less

    def _contested(self) -> frozenset[str]:
        """Names that the problem gives two values: legs a = 3 of one triangle, a = 6 of another."""
        values: dict[str, Expr] = {}
        contested: set[str] = set()
        for entry in self.entries:
            if entry.claim.role is not Role.GIVEN:
                break
            if entry.equation is None or free_symbols(entry.equation[1]):
                continue
            name = name_of(entry.equation[0])
            if name and values.setdefault(name, entry.equation[1]) != entry.equation[1]:
                contested.add(name)
        return frozenset(contested)

    @property
    def chain(self) -> int:
        """Number of the chain recorded last."""
        return self._chain

    def previous_value(self, side: Expr, step: int) -> Entry | None:
        """The entry just before, if it gives `side` a value without unknowns in the same step."""
        if not self.entries:
            return None
        last = self.entries[-1]
        if last.claim.step != step:
            return None
        # the last chain began with its binding; later links carry the value on
        first = self._first
        if (
            first is None
            or first.chain != last.chain
            or first.equation is None
            or first.equation[0] != side
        ):
            return None
        return first

    @property
    def defines(self) -> bool:
        """Whether a function was defined at all."""
        return bool(self._definitions)

    def definition(self, func: str) -> tuple[tuple[str, ...], Expr] | None:
        """Parameters and body of the function `func`, if it was defined once and for all."""
        return self._definitions.get(func)

    def _define(self, claim: Claim, equation: Equation) -> None:
        left, right = equation
        if not isinstance(left, Call) or left.func in FUNCTIONS or claim.kind is not Kind.BINDING:
            return
        names = tuple(a.name for a in left.args if isinstance(a, Sym))
        if len(names) != len(left.args) or len(set(names)) != len(names):
            return
        if not free_symbols(right) <= free_symbols(left) | set(names) or not free_symbols(right):
            return
        if any(isinstance(n, Call) and n.func not in FUNCTIONS for n in walk(right)):
            return
        known = self._definitions.get(left.func)
        if left.func in self._definitions and known != (names, right):
            self._definitions[left.func] = None  # defined twice: by cases, or anew
        else:
            self._definitions[left.func] = (names, right)

    def equations(self) -> list[Entry]:
        """Entries that may serve as premises: equations that were not refuted. Of very many, the
        first and the last."""
        if len(self._equations) <= MOST:
            return self._equations
        return self._equations[: MOST // 2] + self._equations[-MOST // 2 :]

    def _left_behind(self, claim: Claim) -> tuple[Entry, ...]:
        """What `claim` replaces, as it opens another alternative: `n = 4: ... n = 6: ...`.

        Where a trace merely said that something has a value, which neither the problem gives nor
        anything established implies, a second value for it contradicts nothing. It takes the place
        of the first one, and of the values and consequences for its unknowns since.
        """
        body = claim.body
        if not isinstance(body, Relation) or body.op != "=" or body.link or not claim.uses:
            return ()
        if body.cue in (Cue.REWRITE, Cue.EXPANSION):
            return ()  # it goes on from what it would replace
        before = self._chosen.get(first_reading(body.left))
        if before is None or before.equation is None:
            return ()
        right = first_reading(body.right)
        if free_symbols(right):
            return ()
        if before.equation[1] == right or before.claim.role is Role.GIVEN:
            return ()
        if before.verdict.status is Status.VERIFIED:
            return ()
        at = next((k for k, e in enumerate(self._equations) if e is before), None)
        if at is None:
            return ()
        return (
            before,
            *(
                e
                for e in self._equations[at + 1 :]
                if e.claim.uses & before.claim.uses
                and (e.verdict.status is Status.VERIFIED or _gives_a_number(e))
            ),
        )

    def recent(self, step: int) -> Iterator[Entry]:
        """Entries of `step` and of those after it, the latest first, and no more than
        `MOST_RECENT`."""
        for entry in islice(reversed(self.entries), MOST_RECENT):
            if entry.claim.step < step:
                break
            yield entry

    def conditions(self, claim: Claim) -> tuple[tuple[Expr, str, Expr], ...]:
        """Relations of this step and the one before that share an unknown with `claim`, as
        (left, sign, right), the latest four; links of its own chain are left out."""
        found: list[tuple[Expr, str, Expr]] = []
        for entry in self.recent(claim.step - 1):
            if len(found) == 4:
                break
            body = entry.claim.body
            if not isinstance(body, Relation) or body.op not in ("=", "<", "<=", ">", ">="):
                continue
            if entry.verdict.status is Status.REFUTED or not entry.claim.uses & claim.uses:
                continue
            found.append((first_reading(body.left), body.op, first_reading(body.right)))
        return tuple(found)

    def contexts(self, claim: Claim) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Named sets of known equations in which `claim` may be meant, the nearest first.

        The values bound to its symbols, its source (the equation before it), this step, the
        problem, the last two steps, the earliest equations, everything, and all that is not
        rounded; each reduced to what touches the symbols of the claim. Sets already given are not
        repeated.
        """
        if claim.uses.isdisjoint(self.names):
            return
        left_behind = self._left_behind(claim)
        known = [e for e in _without(self.equations(), left_behind) if not e.identity]
        closed = [*self._closed, left_behind]
        groups = (known, *closed)
        if all(e.claim.uses.isdisjoint(claim.uses) for group in groups for e in group):
            return
        body = claim.body
        if isinstance(body, Relation) and body.link > 0:
            # the links before it in its own chain share its left side and prove nothing about it
            known = [e for e in known if e.chain != self._chain or e.claim.step != claim.step]

        def chosen() -> Iterator[tuple[str, Sequence[Entry]]]:
            yield BINDINGS, bindings(known, claim.uses)
            here = [e for e in known if e.claim.step == claim.step]
            before = [e for e in known if e.claim.step == claim.step - 1]
            yield SOURCE, (here or before)[-1:]
            yield "step", here
            yield "problem", [e for e in known if e.claim.step == PROBLEM]
            yield "last steps", before + here
            yield "beginning", known[:10]
            yield "end", known[-3:]
            yield "everything", known
            yield "exact ones", [e for e in known if e.verdict.checked_by != ROUNDED]
            for group in closed:
                yield "another alternative", group

        seen: set[tuple[int, ...]] = set()
        for name, group in chosen():
            picked = connected(group, claim.uses)
            key = tuple(id(e) for e in picked)
            if picked and (key not in seen or name == SOURCE):
                seen.add(key)
                yield name, picked


def connected(entries: Sequence[Entry], symbols: frozenset[str]) -> tuple[Entry, ...]:
    """Entries linked to `symbols` through shared symbols, the latest first when there are too many.

    At most `MAX_EQUATIONS` entries over at most `MAX_SYMBOLS` symbols, in recorded order.
    """
    reached = symbols
    picked: list[int] = []
    left: Sequence[int] = range(len(entries) - 1, -1, -1)
    while left:
        passed_over: list[int] = []
        for at in left:
            uses = entries[at].claim.uses
            if not uses.isdisjoint(reached):
                both = reached | uses
                if len(both) <= MAX_SYMBOLS:
                    reached = both
                    picked.append(at)
                    if len(picked) == MAX_EQUATIONS:
                        return tuple(entries[at] for at in sorted(picked))
                    continue
            passed_over.append(at)
        if len(passed_over) == len(left):
            break
        left = passed_over
    return tuple(entries[at] for at in sorted(picked))


def _lists_the_same(a: Expr | None, b: Expr) -> bool:
    return isinstance(a, SetOf) and isinstance(b, SetOf) and set(a.items) == set(b.items)


def _itself(equation: Equation) -> str:
    """The name that an equation puts in terms of itself, as in `x = x + 3`, or ""."""
    name = name_of(equation[0])
    return name if name in free_symbols(equation[1]) else ""


def _gives_a_number(entry: Entry) -> bool:
    """Whether an entry gives a name a value without unknowns."""
    if entry.equation is None or entry.claim.role is Role.GIVEN:
        return False
    return bool(name_of(entry.equation[0])) and not free_symbols(entry.equation[1])


def _without(entries: list[Entry], left_out: Sequence[Entry]) -> list[Entry]:
    """The entries that are none of `left_out`."""
    if not left_out:
        return entries
    gone = {id(e) for e in left_out}
    return [e for e in entries if id(e) not in gone]


@lru_cache(maxsize=1 << 12)
def literals(e: Expr) -> tuple[Expr, ...]:
    """The numbers written in an expression; a fraction or percentage of literals is one."""
    found = []
    stack = [e]
    while stack:
        node = stack.pop()
        if type(node) in _NUMBERS or (
            (type(node) is Div and type(node.num) is type(node.den) is Int)
            or (type(node) is Percent and type(node.arg) in _NUMBERS)
        ):
            found.append(node)
        else:
            stack.extend(children(node)[::-1])
    return tuple(found)


_NUMBERS = frozenset((Int, Dec))


def written_value(e: Expr) -> Fraction | None:
    """The value of a number as written; None for anything else."""
    if type(e) is Int:
        return Fraction(e.value)
    match e:
        case Dec(digits, places):
            return Fraction(digits, 10**places)
        case Percent(arg):
            inner = written_value(arg)
            return None if inner is None else inner / 100
        case Div(Int(a), Int(b)) if b:
            return Fraction(a, b)
        case _:
            return None


@lru_cache(maxsize=1 << 12)
def value_alone(e: Expr) -> frozenset[Fraction]:
    """The value of a number as written, in a set of its own; nothing for anything else. A fraction
    is slow to make, and slower to hash, and in a set it keeps its hash."""
    value = written_value(e)
    return frozenset() if value is None else frozenset((value,))


def value_of(e: Expr) -> Fraction | None:
    """The value of a number as written, with a sign and a unit if it has them."""
    match e:
        case Quantity(number, _):
            return value_of(number)
        case Neg(arg):
            inner = value_of(arg)
            return None if inner is None else -inner
        case _:
            return written_value(e)


@lru_cache(maxsize=1 << 15)
def numbers(e: Expr) -> frozenset[Fraction | int]:
    """The values of the numbers written in an expression."""
    if type(e) is Quantity:
        e = e.value
    if type(e) is Int:
        return frozenset((e.value,))
    found: set[Fraction | int] = set()
    for number in literals(e):
        if type(number) is Int:
            found.add(number.value)
        else:
            found |= value_alone(number)
    return frozenset(found)


def bindings(entries: Sequence[Entry], symbols: frozenset[str]) -> list[Entry]:
    """For each of `symbols`, the latest entry that gives it a value without unknowns."""
    found: dict[str, Entry] = {}
    for entry in entries:
        for name in entry.gives:
            if name in symbols:
                found[name] = entry
    return list(found.values())


def _given(equation: Equation) -> tuple[str, ...]:
    """Names that an equation gives a value without unknowns."""
    left, right = equation
    if (name := name_of(left)) and not free_symbols(right):
        return (name,)
    return (name,) if (name := name_of(right)) and not free_symbols(left) else ()


def name_of(e: Expr) -> str:
    """The name that `e` is, or "" if it is not a bare name."""
    if type(e) is Sym:
        return e.name
    if type(e) is Label:
        return e.text
    return call_name(e) if type(e) is Call and e.func not in FUNCTIONS else ""


def substitute(e: Expr, values: dict[str, Expr]) -> Expr:
    """`e` with the symbols that `values` names replaced, all at once."""
    if isinstance(e, Sym):
        return values.get(e.name, e)
    return rebuild(e, lambda child: substitute(child, values))


def expanded(e: Expr, ledger: Ledger, depth: int = 4) -> Expr:
    """`e` with calls of functions that the trace defined replaced by their bodies."""
    if depth == 0:
        return e
    if isinstance(e, Call) and e.func not in FUNCTIONS:
        definition = ledger.definition(e.func)
        if definition is not None and len(definition[0]) == len(e.args):
            names, body = definition
            arguments = [expanded(a, ledger, depth) for a in e.args]
            return expanded(
                substitute(body, dict(zip(names, arguments, strict=True))), ledger, depth - 1
            )
        return e
    return rebuild(e, lambda child: expanded(child, ledger, depth))


def first_reading(e: Expr) -> Expr:
    """`e` with the likeliest reading of each ambiguous part."""
    return readings(e)[0] if is_ambiguous(e) else e
