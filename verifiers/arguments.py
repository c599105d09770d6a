"""Claims of an argument in words: do they follow from the premises?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clr.bodies.arguments import Premises, Statement, Unread
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
from clr.fol.syntax import Formula, Implies, Not, show
from clr.verifiers.entailment import Outcome, decide

CHECKER = "entailment"


@dataclass(frozen=True, slots=True)
class State:
    """The premises; `supposing` once a step has opened a hypothesis."""

    premises: Premises
    supposing: bool = False


def initial(premises: Premises) -> State:
    """The state before the first step."""
    return State(premises)


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    match claim.body:
        case Statement() as body:
            verdict = _check(body, state)
            return verdict, replace(state, supposing=state.supposing or _supposes(body, state))
        case Unread(supposes):
            return unverifiable(CHECKER, "not read whole"), replace(
                state, supposing=state.supposing or supposes
            )
        case _:
            return unverifiable(CHECKER, "no statement of logic"), state


def _supposes(body: Statement, state: State) -> bool:
    """Whether what follows may rest on the condition of an "if"."""
    match body.formula:
        case Implies(condition, _) if body.formula not in state.premises.formulas:
            return decide(state.premises.formulas, condition).outcome is not Outcome.ENTAILED
        case _:
            return False


def _check(body: Statement, state: State) -> Verdict:
    texts = state.premises.texts
    found = decide(state.premises.formulas, body.formula)
    used = tuple(texts[i] for i in found.premises)
    if found.outcome is Outcome.ENTAILED:
        return verified(CHECKER, "follows from the premises", premises=used)
    if found.outcome is Outcome.INCONSISTENT:
        return unverifiable(CHECKER, "the premises contradict each other")
    if found.outcome is Outcome.UNKNOWN:
        return undecided(CHECKER, "outside of what instances decide, or too large")
    if state.supposing:
        return unverifiable(CHECKER, "may stand under a hypothesis")
    if found.outcome is Outcome.CONTRADICTED:
        evidence = Evidence(
            f"the premises say otherwise: {show(_negated(body.formula))}", premises=used
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    if not state.premises.complete:
        return unverifiable(CHECKER, "the problem was not read whole")
    if body.foreign:
        return unsupported(CHECKER, Evidence("the premises say nothing of this"))
    return jump(
        CHECKER,
        Evidence(
            "does not follow: the premises leave another case open",
            counterexample=dict(worded(found.countermodel)),
        ),
    )


def _negated(f: Formula) -> Formula:
    return f.arg if isinstance(f, Not) else Not(f)


def worded(model: tuple[tuple[str, bool], ...]) -> Iterator[tuple[str, str]]:
    """A case in words: each ground atom with "true" or "false"."""
    for atom, truth in model:
        yield atom, "true" if truth else "false"
