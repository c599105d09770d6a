"""Logic in symbols: are formulas equivalent, does a line follow, what value do they have in a case?

An equivalence, a sequent or a property holds or not whatever the premises are. A line of a
derivation is verified if it follows from what is cited for it, or from all that is given; the name
of its rule does not matter. It is refuted only if the premises exclude it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from types import MappingProxyType

from clr.bodies.connectives import And, Not, Or
from clr.bodies.formal import (
    Case,
    Equivalents,
    Given,
    Line,
    Property,
    Sequent,
    Tally,
    Unread,
)
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Verdict,
    jump,
    refuted,
    undecided,
    unsupported,
    unverifiable,
    verified,
)
from clr.fol.syntax import (
    Atom,
    Exists,
    ForAll,
    Formula,
    Fun,
    Iff,
    Implies,
    Term,
    Xor,
    show,
    with_parts,
)
from clr.verifiers.booleans import value_of
from clr.verifiers.entailment import GroundTruth, Outcome, decide

CHECKER = "formal logic"
MOST_LETTERS = 10
"""Letters of a formula whose cases are counted."""
MOST_LINES = 64
MOST_WRONG = 8


@dataclass(frozen=True, slots=True)
class State:
    """What is given, the premises of the trace's own, its lines by number and in order, and the
    assumptions that are open, each with the lines before it.

    `wrong` are lines that do not follow. `blind` once a sentence was not read, `supposing` once one
    may have opened an assumption that was not read. `tabled` is the formula in the last column of a
    table.
    """

    given: Given
    own: tuple[Formula, ...] = ()
    lines: Mapping[int, Formula] = field(default_factory=lambda: MappingProxyType({}))
    told: tuple[Formula, ...] = ()
    wrong: tuple[Formula, ...] = ()
    assumed: tuple[tuple[Formula, tuple[Formula, ...]], ...] = ()
    blind: bool = False
    supposing: bool = False
    tabled: Formula | None = None

    @property
    def premises(self) -> tuple[Formula, ...]:
        return (*self.given.premises, *self.own)


def initial(given: Given) -> State:
    """The state before the first step."""
    return State(given)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Equivalents() as body:
            return _check_equivalents(body, state), state
        case Sequent() as body:
            return _check_sequent(body, state), state
        case Property() as body:
            return _check_property(body), state
        case Line() as body:
            return _check_line(body, state)
        case Case() as body:
            after = replace(state, tabled=body.chains[-1][0]) if body.tabled else state
            return _check_case(body), after
        case Tally() as body:
            return _check_tally(body, state), state
        case Unread(supposes):
            after = replace(state, blind=True, supposing=state.supposing or supposes)
            return unverifiable(CHECKER, "not read whole"), after
        case _:
            return unverifiable(CHECKER, "no statement in symbols"), state


def _follows(premises: tuple[Formula, ...], conclusion: Formula) -> bool:
    """Whether the conclusion holds wherever the premises do, if that can be told."""
    return decide(premises, conclusion).outcome in (Outcome.ENTAILED, Outcome.INCONSISTENT)


# What holds or not by itself


def _check_equivalents(body: Equivalents, state: State) -> Verdict:
    wrong: tuple[str, str, GroundTruth] | None = None
    for (left, a), (right, b) in pairwise(zip(body.members, body.texts, strict=True)):
        found = decide((), _both(left, right))
        if found.outcome is Outcome.ENTAILED:
            continue
        if found.outcome is Outcome.UNKNOWN:
            return undecided(CHECKER, "outside of what instances decide, or too large")
        if not body.strict and (_may_be_value(left, right) or _may_name(left, right)):
            return unverifiable(CHECKER, "may be the value in one case, or a name")
        if state.premises and _follows(state.premises, _both(left, right)):
            continue
        wrong = wrong or (a, b, found.countermodel)
    if wrong is None:
        return verified(CHECKER, "equivalent")
    if not body.concluded and set(state.given.topics).issuperset(body.members):
        return unverifiable(CHECKER, "may be what the problem asks")
    if state.assumed or state.supposing or _has_other_reading(body):
        return unverifiable(CHECKER, "may hold under what is assumed")
    a, b, case = wrong
    evidence = Evidence(f"`{a}` and `{b}` differ in a case", counterexample=dict(_worded(case)))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _both(left: Formula, right: Formula) -> Formula:
    return Iff(left, right)


def _may_be_value(left: Formula, right: Formula) -> bool:
    return any(isinstance(f, And | Or) and not f.args for f in (left, right))


def _may_name(left: Formula, right: Formula) -> bool:
    return any(isinstance(f, Atom) for f in (left, right))


def _has_other_reading(body: Equivalents) -> bool:
    """Whether T or F may be truth values within a formula."""
    names = frozenset(n for f in body.members for n in _names(f))
    if names.isdisjoint("TF"):
        return False
    values: dict[str, Formula] = {"T": And(()), "F": Or(())}
    return all(
        _follows((), Iff(_put(left, values), _put(right, values)))
        for left, right in pairwise(body.members)
    )


def _put(f: Formula, values: Mapping[str, Formula]) -> Formula:
    def value(part: Formula) -> Formula:
        match part:
            case Atom(name, ()):
                return values.get(name, part)
            case _:
                return part

    return with_parts(f, value)


def _check_sequent(body: Sequent, state: State) -> Verdict:
    found = decide(body.premises, body.conclusion)
    if found.outcome is Outcome.UNKNOWN:
        return undecided(CHECKER, "outside of what instances decide, or too large")
    holds = found.outcome in (Outcome.ENTAILED, Outcome.INCONSISTENT)
    if holds is not body.denied:
        message = "follows from the premises" if holds else "does not follow from the premises"
        return verified(CHECKER, message)
    if not body.concluded and body.conclusion in state.given.topics:
        return unverifiable(CHECKER, "may be what the problem asks")
    if holds:
        return refuted(CHECKER, Evidence("it follows from the premises"), fault=Fault.CONTRADICTION)
    case = dict(_worded(found.countermodel))
    message = "in this case the premises hold and the conclusion does not"
    return refuted(CHECKER, Evidence(message, counterexample=case), fault=Fault.CONTRADICTION)


def _check_property(body: Property) -> Verdict:
    found = decide((), body.formula)
    if found.outcome is Outcome.UNKNOWN:
        return undecided(CHECKER, "outside of what instances decide, or too large")
    always = found.outcome is Outcome.ENTAILED
    never = found.outcome is Outcome.CONTRADICTED
    match body.name:
        case "satisfiable":
            holds = not never
        case "contradiction" | "contradictory" | "unsatisfiable" | "always false":
            holds = never
        case "contingency" | "contingent":
            holds = not (always or never)
        case _:
            holds = always
    told = "a tautology" if always else "a contradiction" if never else "true in some cases only"
    if holds is not body.denied:
        return verified(CHECKER, f"the formula is {told}")
    case = dict(_worded(found.countermodel))
    evidence = Evidence(f"the formula is {told}", expected=told, counterexample=case)
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


# Lines of a derivation


def _check_line(body: Line, state: State) -> tuple[Verdict, State]:
    verdict, state = _judged(body, state)
    lines = state.lines
    if body.number is not None:
        lines = MappingProxyType({**lines, body.number: body.formula})
    told = (*state.told, body.formula)[-MOST_LINES:]
    faulty = verdict.fault is not None
    wrong = (*state.wrong, body.formula)[-MOST_WRONG:] if faulty else state.wrong
    return verdict, replace(state, lines=lines, told=told, wrong=wrong)


def _judged(body: Line, state: State) -> tuple[Verdict, State]:
    f = body.formula
    if body.role == "assumption":
        if f in state.premises:
            return verified(CHECKER, "stated by the problem"), state
        after = replace(state, assumed=(*state.assumed, (f, state.told)))
        return unverifiable(CHECKER, "assumed"), after
    if body.role == "premise":
        return _check_premise(f, state)
    if body.closes and len(state.assumed) == 1 and not state.supposing:
        state = replace(state, told=state.assumed[0][1], assumed=())
    cited = [state.lines.get(n) for n in body.numbers]
    cites = (*body.cites, *(c for c in cited if c is not None))
    if cites and None not in cited and not body.closes and _follows(cites, f):
        return verified(CHECKER, "follows from what is cited", premises=_shown(cites)), state
    found = decide(state.premises, f)
    if found.outcome is Outcome.ENTAILED:
        used = tuple(state.premises[i] for i in found.premises)
        return verified(CHECKER, "follows from what is given", premises=_shown(used)), state
    if found.outcome is Outcome.UNKNOWN:
        return undecided(CHECKER, "outside of what instances decide, or too large"), state
    if found.outcome is Outcome.INCONSISTENT:
        return unverifiable(CHECKER, "the premises contradict each other"), state
    if state.assumed and _follows((*state.premises, *(a for a, _ in state.assumed)), f):
        return verified(CHECKER, "follows from what is given and assumed"), state
    if state.assumed or state.supposing:
        return unverifiable(CHECKER, "may stand under an assumption"), state
    if not body.firm:
        return unverifiable(CHECKER, "may only be mentioned"), replace(state, blind=True)
    if _rests_on_error(f, state):
        return unverifiable(CHECKER, "follows from earlier lines that do not hold"), state
    return _unproved(body, found.outcome, found.countermodel, cites, None in cited, state), state


def _rests_on_error(f: Formula, state: State) -> bool:
    """Whether a line follows from one that does not hold, at most with one other."""
    return any(
        decide((wrong, *more), f).outcome is Outcome.ENTAILED
        for wrong in state.wrong
        for more in ((), *zip((*state.premises, *state.told)))
    )


def _unproved(
    body: Line,
    outcome: Outcome,
    countermodel: GroundTruth,
    cites: tuple[Formula, ...],
    lost: bool,
    state: State,
) -> Verdict:
    excluded = outcome is Outcome.CONTRADICTED and bool(state.premises)
    if excluded and state.own and state.given.premises:
        excluded = decide(state.given.premises, body.formula).outcome is Outcome.CONTRADICTED
    if excluded:
        evidence = Evidence(
            f"the premises say otherwise: {show(Not(body.formula))}",
            premises=_shown(state.premises),
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    known = state.given.complete and not state.blind
    if cites and not lost and known:
        case = dict(_worded(countermodel))
        return jump(CHECKER, Evidence("does not follow from what is cited", counterexample=case))
    if known:
        case = dict(_worded(countermodel))
        return jump(CHECKER, Evidence("does not follow from what is given", counterexample=case))
    return unverifiable(CHECKER, "not all that is given was read")


def _check_premise(f: Formula, state: State) -> tuple[Verdict, State]:
    """What is said to be given: it is, or the trace gives it itself."""
    given = state.given.premises
    if f in given or (given and _follows(given, f)):
        return verified(CHECKER, "stated by the problem"), state
    after = replace(state, own=(*state.own, f))
    if not state.given.complete or state.assumed or state.supposing:
        return unverifiable(CHECKER, "given, as it says"), after
    evidence = Evidence("the problem gives no such premise", premises=_shown(given))
    return unsupported(CHECKER, evidence), after


def _shown(formulas: tuple[Formula, ...]) -> tuple[str, ...]:
    return tuple(map(show, formulas))


# Truth values


def _check_case(body: Case) -> Verdict:
    values = dict(body.values)
    known = 0
    for chain, texts in zip(body.chains, body.texts, strict=True):
        found = [value_of(f, values) for f in chain]
        if None in found:
            return unverifiable(CHECKER, "a letter in it has no value")
        for (left, a), (right, b) in pairwise(zip(texts, found, strict=True)):
            if a is not b:
                evidence = Evidence(
                    f"`{left}` is {_word(a)}, but `{right}` is {_word(b)}",
                    expected=_word(a),
                    counterexample={name: _word(value) for name, value in values.items()},
                )
                return refuted(CHECKER, evidence)
        known += len(found)
    if not known:
        return unverifiable(CHECKER, "names a case")
    return verified(CHECKER, "these are the values in this case")


def _word(value: bool | None) -> str:
    return "T" if value else "F"


def _check_tally(body: Tally, state: State) -> Verdict:
    topics = [f for f in state.given.topics if not isinstance(f, Atom)]
    topic = topics[0] if len(topics) == 1 else None
    formula = body.formula or state.tabled or topic
    if formula is None or (body.formula is None and _differ(state.tabled, topic)):
        return unverifiable(CHECKER, "it is not clear of which formula")
    names = sorted(set(_names(formula)))
    if not _propositional(formula) or len(names) > MOST_LETTERS:
        return unverifiable(CHECKER, "not a formula of few letters")
    cases = [dict(zip(names, v, strict=True)) for v in product((True, False), repeat=len(names))]
    count = sum(value_of(formula, case) is body.value for case in cases)
    if body.of is not None and body.of != len(cases):
        return unverifiable(CHECKER, "cases of more letters, perhaps")
    if count == body.count:
        return verified(CHECKER, f"{count} of {len(cases)} cases")
    if body.of is None and not _plain_count(names, state):
        return unverifiable(CHECKER, "cases of more letters, perhaps")
    evidence = Evidence(f"it has this value in {count} of {len(cases)} cases", expected=str(count))
    return refuted(CHECKER, evidence)


def _differ(first: Formula | None, second: Formula | None) -> bool:
    if first is None or second is None or first == second:
        return False
    return not _follows((), Iff(first, second))


def _plain_count(names: list[str], state: State) -> bool:
    """Whether the letters of the formula are all that the problem speaks of."""
    return state.given.letters <= set(names)


def _propositional(f: Formula) -> bool:
    match f:
        case Atom(_, args):
            return not args
        case Not(arg):
            return _propositional(arg)
        case And(args) | Or(args):
            return all(map(_propositional, args))
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            return _propositional(left) and _propositional(right)
        case _:
            return False


def _names(f: Formula) -> Iterator[str]:
    match f:
        case Atom(name, args):
            yield name
            yield from (t.name for t in args if _is_name(t))
        case Not(arg) | ForAll(_, arg) | Exists(_, arg):
            yield from _names(arg)
        case And(args) | Or(args):
            for arg in args:
                yield from _names(arg)
        case Xor(left, right) | Implies(left, right) | Iff(left, right):
            yield from _names(left)
            yield from _names(right)


def _is_name(term: Term) -> bool:
    return isinstance(term, Fun)


def _worded(case: GroundTruth) -> Iterator[tuple[str, str]]:
    for atom, truth in case:
        yield atom, _word(truth)
