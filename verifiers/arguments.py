"""Claims of an argument in words: do they follow from the premises?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from msgspec import structs

from clr.bodies.arguments import (
    Conclusion,
    Naming,
    Premises,
    Statement,
    Symbolic,
    Unread,
)
from clr.bodies.connectives import And, Not, Or
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Status,
    Verdict,
    jump,
    refuted,
    undecided,
    unsupported,
    unverifiable,
    verified,
)
from clr.fol.syntax import Atom, Formula, Implies, show, with_parts
from clr.verifiers.entailment import Decision, Outcome, Theory, Undecidable, decide
from clr.verifiers.hypotheses import left_behind, outside_of_cases
from clr.verifiers.satisfiability import OutOfFuel
from clr.verifiers.scopes import TooMany, needed_beside

CHECKER = "entailment"

MOST_SAID = 64
"""Statements of a trace from which its answer may follow."""


@dataclass(frozen=True, slots=True)
class State:
    """The premises, and what the trace has said that follows from them. `blind` once a sentence was
    not read, so that nobody knows what else was said; `supposing` are the hypotheses that are open.
    `headed` if the last of these is what comes next. Under the hypotheses in `doubtful`, something
    was said that does not follow from them. `told` is all that it has said, right or
    wrong; `letters` name statements."""

    premises: Premises
    said: tuple[Formula, ...] = ()
    blind: bool = False
    supposing: tuple[Formula | None, ...] = ()
    headed: bool = False
    doubtful: frozenset[tuple[Formula, ...]] = frozenset()
    told: tuple[Formula, ...] = ()
    letters: Mapping[str, Formula] = field(default_factory=lambda: MappingProxyType({}))


def initial(premises: Premises) -> State:
    """The state before the first step."""
    return State(premises)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Statement(formula, concluded=False) if state.headed:
            after = replace(state, headed=False, supposing=(*state.supposing, formula))
            return unverifiable(CHECKER, "a case that is told apart"), after
        case Statement(formula, concluded=False, under=under) if _is_another_case(under, formula):
            doubtful = state.doubtful | {under}
            after = replace(state, doubtful=doubtful, supposing=(*state.supposing, formula))
            return unverifiable(CHECKER, "another case, perhaps"), after
        case Statement() as body:
            state = _discharged(body, _past_heading(state))
            found = decide(state.premises.formulas, body.formula)
            verdict = _check(body, found, state)
            said = state.said
            if found.outcome is Outcome.ENTAILED and body.formula not in said:
                said = (*said, body.formula)
            supposing = state.supposing + _supposed(body, state)
            if body.under and state.supposing and verdict.status is not Status.VERIFIED:
                state = replace(state, doubtful=state.doubtful | {body.under})
            told = state.told if len(state.told) == MOST_SAID else (*state.told, body.formula)
            return verdict, replace(state, said=said, supposing=supposing, told=told)
        case Naming(named):
            after = replace(state, letters=MappingProxyType({**state.letters, **dict(named)}))
            return unverifiable(CHECKER, "a choice of letters"), after
        case Symbolic() as body:
            try:
                formula, *cites = (in_words(f, state.letters) for f in (body.formula, *body.cites))
            except KeyError:
                return unverifiable(CHECKER, "a letter is not known"), replace(state, blind=True)
            spelled = Statement(formula, cites=tuple(cites))
            verdict, after = check(structs.replace(claim, body=spelled), state)
            return verdict, replace(after, supposing=state.supposing)  # an arrow supposes nothing
        case Conclusion(formula):
            return _check_conclusion(formula, state), state
        case Unread(heading=True):
            state = _past_heading(state)
            return unverifiable(CHECKER, "announces a case"), replace(state, headed=True)
        case Unread(supposes, hypothesis, absurd):
            supposing = state.supposing
            known = hypothesis is not None and _follows(hypothesis, state)
            if (supposes and not known) or (absurd and not supposing):
                supposing = (*supposing, hypothesis)  # what is contradicted was supposed somewhere
            elif state.headed:
                supposing = (*supposing, None)
            after = replace(state, blind=True, supposing=supposing, headed=False)
            return unverifiable(CHECKER, "not read whole"), after
        case _:
            return unverifiable(CHECKER, "no statement of logic"), state


def _discharged(body: Statement, state: State) -> State:
    """The state without the hypotheses that a claim leaves behind: "suppose A ... so not A", or "in
    both cases, A"."""
    supposing = state.supposing
    if body.overall:
        supposing = outside_of_cases(supposing, lambda cases: _exhaust(cases, state))
    elif body.concluded:
        supposing = left_behind(
            supposing, lambda h: h is not None and _are_contrary(body.formula, h)
        )
    return replace(state, supposing=supposing)


def _exhaust(cases: Sequence[Formula | None], state: State) -> bool:
    """Whether one of the cases that were read must hold."""
    return _follows(Or(tuple(case for case in cases if case is not None)), state)


def _is_another_case(under: tuple[Formula, ...], formula: Formula) -> bool:
    """Whether something is said that what was just supposed excludes by itself."""
    return bool(under) and decide(under, formula).outcome is Outcome.CONTRADICTED


def _past_heading(state: State) -> State:
    """The state once the case that was announced was not told."""
    return replace(state, headed=False, supposing=state.supposing + (None,) * state.headed)


def _follows(f: Formula, state: State) -> bool:
    return decide(state.premises.formulas, f).outcome is Outcome.ENTAILED


def _are_contrary(f: Formula, g: Formula) -> bool:
    return _negated(f) == g or f == _negated(g)


def in_words(f: Formula, letters: Mapping[str, Formula]) -> Formula:
    """`f` with the statements that its letters name.

    Raises:
        KeyError: an atom is no such letter.
    """

    def named(part: Formula) -> Formula:
        match part:
            case Atom(name, ()):
                return letters[name]
            case _:
                raise KeyError(part)

    return with_parts(f, named)


def _check_conclusion(formula: Formula, state: State) -> Verdict:
    """Whether the steps say what the answer says; the premises alone are not asked."""
    if formula in state.told or decide(state.told, formula).outcome is Outcome.ENTAILED:
        return verified(CHECKER, "what the trace itself concludes")
    return unverifiable(CHECKER, "no step says what the answer says")


def _supposed(body: Statement, state: State) -> tuple[Formula, ...]:
    """The condition of an "if", on which what follows may rest."""
    match body.formula:
        case Implies(condition, _) if body.formula not in state.premises.formulas:
            return () if _follows(condition, state) else (condition,)
        case _:
            return ()


def _check(body: Statement, found: Decision, state: State) -> Verdict:
    used = tuple(state.premises.texts[i] for i in found.premises)
    if found.outcome is Outcome.ENTAILED:
        return _check_cited(body, used, state)
    if found.outcome is Outcome.INCONSISTENT:
        return unverifiable(CHECKER, "the premises contradict each other")
    if found.outcome is Outcome.UNKNOWN:
        return undecided(CHECKER, "outside of what instances decide, or too large")
    if not state.premises.exclusive and (against := _against_condition(body, state)):
        evidence = Evidence(
            "where the condition holds, the premises say otherwise",
            premises=tuple(state.premises.texts[i] for i in against),
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    if state.supposing and not (body.final and found.outcome is Outcome.CONTRADICTED):
        return _check_supposed(body, state)
    if _rests_on_error(body, state):
        return unverifiable(CHECKER, "follows from what is cited, which does not hold")
    if found.outcome is Outcome.CONTRADICTED:
        evidence = Evidence(
            f"the premises say otherwise: {show(_negated(body.formula))}", premises=used
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    if not state.premises.complete:
        return unverifiable(CHECKER, "the problem was not read whole")
    if body.foreign:
        return unsupported(CHECKER, Evidence("the premises say nothing of this"))
    if state.premises.exclusive:
        strictly = decide(state.premises.exclusive, body.formula)
        if strictly.outcome is not Outcome.CONSISTENT:
            return unverifiable(CHECKER, '"either" may exclude both, and then this is decided')
    if body.reason:
        evidence = Evidence(
            "given as a reason, but nothing establishes it",
            counterexample=dict(worded(found.countermodel)),
        )
        return unsupported(CHECKER, evidence)
    return jump(
        CHECKER,
        Evidence(
            "does not follow: the premises leave another case open",
            counterexample=dict(worded(found.countermodel)),
        ),
    )


def _can_hold(formulas: tuple[Formula, ...]) -> bool:
    return decide(formulas, And(())).outcome is Outcome.ENTAILED


def _against_condition(body: Statement, state: State) -> tuple[int, ...]:
    """Premises that exclude the consequence of an "if", wherever its condition holds; none if they
    do not, or exclude the condition itself."""
    match body.formula:
        case Implies(condition, consequence):
            given = (*state.premises.formulas, condition)
            found = decide(given, consequence)
            known = [h for h in state.supposing if h is not None]
            if found.outcome is Outcome.CONTRADICTED and len(known) == len(state.supposing):
                beside = [h for h in known if _can_hold((*given, h))]
                if _can_hold((*given, *beside)):
                    return tuple(i for i in found.premises if i < len(given) - 1)
    return ()


def _check_supposed(body: Statement, state: State) -> Verdict:
    """The verdict on what does not follow from the premises alone, and may stand under a
    hypothesis. Only what is said right after that, and follows from it or is excluded by it, is
    sure to mean it."""
    open_ = unverifiable(CHECKER, "may stand under a hypothesis")
    known = [h for h in state.supposing if h is not None]
    if not body.under or len(known) < len(state.supposing) or state.premises.exclusive:
        return open_
    given = (*state.premises.formulas, *body.under)
    found = decide(given, body.formula)
    texts = (*state.premises.texts, *map(show, body.under))
    used = tuple(texts[i] for i in found.premises)
    if found.outcome is Outcome.ENTAILED:
        return verified(CHECKER, "follows from the premises and what is supposed", premises=used)
    if found.outcome is not Outcome.CONTRADICTED or body.under in state.doubtful:
        return open_
    if _rests_on_error(body, state):
        return unverifiable(CHECKER, "follows from what is cited, which does not hold")
    evidence = Evidence(
        f"what is supposed says otherwise: {show(_negated(body.formula))}", premises=used
    )
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)


def _check_cited(body: Statement, used: tuple[str, ...], state: State) -> Verdict:
    """The verdict on what follows from all that is established: does it from what is cited?"""
    premises = verified(CHECKER, "follows from the premises", premises=used)
    if not body.cites or state.supposing or body.formula in state.said:
        return premises
    given = dict(zip(state.premises.formulas, state.premises.texts, strict=True))
    others = [f for f in dict.fromkeys((*state.said, *given)) if f not in body.cites]
    known = (*body.cites, *others)
    try:
        if not all(Theory(tuple(given), f).follows(range(len(given))) for f in body.cites):
            return premises  # what is wrong stands in the reason
        theory = Theory(known, body.formula)
        cited = len(body.cites)
        found = needed_beside(range(cited), range(cited, len(known)), theory.follows)
    except (Undecidable, OutOfFuel, TooMany):
        return premises
    needed = None if found is None else [known[i] for i in found]
    if needed is None:
        return jump(
            CHECKER,
            Evidence("follows from other premises: what is cited adds nothing", premises=used),
        )
    unsaid = tuple(given[f] for f in needed if f not in state.said)
    if len(unsaid) > 1 and not state.blind:
        return jump(
            CHECKER,
            Evidence("does not follow from what is cited without more premises", premises=unsaid),
        )
    if unsaid:
        message = "follows from what is cited, with premises of the problem"
        return verified(CHECKER, message, premises=unsaid)
    message = "follows from what is cited" + (", with what was said" if needed else "")
    return verified(CHECKER, message, premises=tuple(map(show, needed)))


def _rests_on_error(body: Statement, state: State) -> bool:
    """Whether the claim follows from what is cited for it, at most with one premise: then what is
    wrong stands there."""
    if not body.cites:
        return False
    given = state.premises.formulas
    try:
        theory = Theory((*body.cites, *given), body.formula)
        cited = range(len(body.cites))
        return any(theory.follows((*cited, *more)) for more in [(), *zip(theory.statements)])
    except (Undecidable, OutOfFuel):
        return False


def _negated(f: Formula) -> Formula:
    return f.arg if isinstance(f, Not) else Not(f)


def worded(model: tuple[tuple[str, bool], ...]) -> Iterator[tuple[str, str]]:
    """A case in words: each ground atom with "true" or "false"."""
    for atom, truth in model:
        yield atom, "true" if truth else "false"
