"""Claims about an arrangement, judged by going through every arrangement there is.

A claim that no arrangement allowed by the problem satisfies is refuted, with a smallest set of
premises that it conflicts with. One that holds in all arrangements left by the premises used so far
is verified. One that is possible but does not follow is a jump; so is one that follows only from
premises the trace has not touched yet, if it works premise by premise at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from itertools import chain
from operator import and_, or_

from clr.bodies.connectives import And, Or
from clr.bodies.ordering import (
    Announcement,
    Arrangement,
    At,
    Choice,
    Constraint,
    Formula,
    Open,
    Possible,
    Rejection,
    Unread,
)
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Verdict,
    jump,
    refuted,
    unsupported,
    unverifiable,
    verified,
)
from clr.verifiers.arrangements import everything, example, occupants, satisfying
from clr.verifiers.conventions import PRECISE, PREMISE, Conventions
from clr.verifiers.hypotheses import left_behind, outside_of_cases
from clr.verifiers.scopes import TooMany, needed_beside

CHECKER = "finite domains"


@dataclass(frozen=True, slots=True)
class State:
    """What is established: sets of arrangements as bits (see clr.verifiers.arrangements).

    `given` satisfies every premise, `used` the premises that the trace has drawn on, `asserted`
    what it claims, right or wrong. `ends` tells by sort of mirror which reading was meant.
    `blind` once a sentence was not read, so that nobody knows which premises have been used;
    `supposing` are the hypotheses that are open, in each reading; `announced` after the words that
    an order follows, as long as nothing but its places does."""

    arrangement: Arrangement
    premises: tuple[int, ...]
    given: int
    used: int
    touched: frozenset[int]
    asserted: int
    asserted_texts: tuple[tuple[str, int], ...]
    blind: bool = False
    supposing: tuple[tuple[int, ...], ...] = ()
    announced: bool = False
    conventions: Conventions = PRECISE
    ends: Mapping[str, int] = field(default_factory=dict)


def initial(arrangement: Arrangement, conventions: Conventions = PRECISE) -> State:
    """The state before the first step."""
    items = arrangement.items
    premises = tuple(satisfying(p.formula, items) for p in arrangement.premises)
    whole = everything(len(items))
    given = whole
    for premise in premises:
        given &= premise
    return State(
        arrangement, premises, given, whole, frozenset(), whole, (), conventions=conventions
    )


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    body = claim.body
    if isinstance(body, Announcement):
        return unverifiable(CHECKER, "announces an order"), replace(state, announced=True)
    if not (isinstance(body, Constraint) and body.label):
        state = replace(state, announced=False)
    if isinstance(body, Unread):
        said = "a hypothesis" if body.supposes else "not read whole"
        meant = tuple(satisfying(h, state.arrangement.items) for h in body.hypothesis)
        known = any(not state.given & ~h for h in meant)
        opens = body.supposes and not known
        supposing = (*state.supposing, meant) if opens else state.supposing
        return unverifiable(CHECKER, said), replace(state, blind=True, supposing=supposing)
    if not state.given:
        return unverifiable(CHECKER, "the premises contradict each other"), state
    match body:
        case Constraint():
            return _check_constraint(claim, body, state)
        case Possible(readings):
            return _check_possible(readings, state), state
        case Open(places):
            return _check_open(places, state), state
        case Choice(label):
            return _check_choice(label, state), state
        case Rejection(label):
            return _check_rejection(label, state), state
        case _:
            return unverifiable(CHECKER, "no claim about an arrangement"), state


def _exhaust(given: int, cases: Sequence[tuple[int, ...]]) -> bool:
    """Whether one of the cases must hold that were read, and in one way."""
    return not given & ~reduce(or_, (case[0] for case in cases if len(case) == 1), 0)


def _discharged(sets: list[int], overall: bool, state: State) -> State:
    """The state without the hypotheses that a claim leaves behind: it holds in all cases, or
    follows from the premises and excludes the last one that was read."""
    if overall:
        exhaust = partial(_exhaust, state.given)
        return replace(state, supposing=outside_of_cases(state.supposing, exhaust))
    if all(state.given & ~meant for meant in sets):
        return state

    def excludes(readings: tuple[int, ...]) -> bool:
        alike = readings and len(readings) == len(sets)
        return bool(alike) and not any(h & m for h, m in zip(readings, sets, strict=True))

    return replace(state, supposing=left_behind(state.supposing, excludes))


def _check_constraint(claim: Claim, body: Constraint, state: State) -> tuple[Verdict, State]:
    items = state.arrangement.items
    sets = [satisfying(r, items) for r in body.readings]
    if (body.concluded or body.overall) and state.supposing:
        state = _discharged(sets, body.overall, state)
    if body.mirror:
        end = state.ends.get(body.mirror)
        if end is None:
            state = _with_end(body.mirror, sets, state)
        elif body.mirror == "numbers":
            if end and not sets[end] & state.given and not state.given & ~sets[0]:
                # by a place that was wrong, it may be, and is counted from the low end in truth
                return unverifiable(CHECKER, "places were counted the other way before"), state
            body = replace(body, readings=(body.readings[end],))
            sets = [sets[end]]
        elif not sets[end] & state.given and any(meant & state.given for meant in sets):
            # signs may be turned, but not in the same breath
            return unverifiable(CHECKER, "the sign was used the other way before"), state
    for meant in sets:
        if not state.used & ~meant:
            verdict = verified(CHECKER, "follows from the premises used so far")
            return _held_to_reasons(verdict, body, meant, state), _assert(claim, meant, state)
    for meant in sets:
        direct = [i for i, p in enumerate(state.premises) if not p & ~meant]
        if direct:
            after = _assert(claim, meant, _use(direct[0], state))
            text = state.arrangement.premises[direct[0]].text
            verdict = verified(PREMISE, "stated by the problem", premises=(text,))
            return _held_to_reasons(verdict, body, meant, state), after
    if not body.firm and not (body.label and state.announced):
        holds = any(not state.given & ~meant for meant in sets)
        if holds:
            return verified(CHECKER, "follows from the premises of the problem"), state
        return unverifiable(CHECKER, "may be an item of a list"), replace(state, blind=True)
    verdict = _unproved(claim, body, sets, state)
    if len(sets) == 1:
        return verdict, _assert(claim, sets[0], state)
    # one of the readings was meant, and nobody knows what the trace has by it
    return verdict, replace(state, blind=True)


def _with_end(mirror: str, sets: list[int], state: State) -> State:
    """The state that knows which of two readings is meant, where only one of them can be true."""
    possible = [i for i, meant in enumerate(sets) if meant & state.given]
    if len(possible) != 1 or state.given & ~sets[possible[0]]:
        return state
    return replace(state, ends={**state.ends, mirror: possible[0]})


def _held_to_reasons(otherwise: Verdict, body: Constraint, meant: int, state: State) -> Verdict:
    """A jump if what is cited for a claim adds nothing to anything else that is established."""
    said = [claimed for _, claimed in state.asserted_texts]
    cited = [satisfying(f, state.arrangement.items) for f in body.cites]
    if not cited or meant in said or any(state.given & ~c for c in cited):
        return otherwise
    everywhere = everything(len(state.arrangement.items))
    others = [*state.premises, *(s for s in said if not state.given & ~s)]
    try:
        needed = needed_beside(
            cited,
            [s for s in dict.fromkeys(others) if s not in cited],
            lambda known: not reduce(and_, known, everywhere) & ~meant,
        )
    except TooMany:
        return otherwise
    if needed is not None:
        return otherwise
    message = "follows from other premises: what is cited adds nothing"
    return jump(CHECKER, Evidence(message, premises=_conflict(everywhere & ~meant, state)))


def _unproved(claim: Claim, body: Constraint, sets: list[int], state: State) -> Verdict:
    """The verdict on what does not follow from the premises used so far."""
    readings = body.readings
    if state.supposing and not body.final:
        return unverifiable(CHECKER, "may stand under a hypothesis")
    follows = any(not state.given & ~meant for meant in sets)
    earlier = [meant for meant in sets if state.asserted and not state.asserted & ~meant]
    if follows and (earlier or state.blind or not state.touched):
        meant = next(m for m in sets if not state.given & ~m)
        verdict = verified(CHECKER, "follows from the premises of the problem")
        return _held_to_reasons(verdict, body, meant, state)
    if not any(meant & state.given for meant in sets):
        if earlier and state.asserted != state.used:
            return unverifiable(
                CHECKER, "follows from earlier claims of the trace that do not hold"
            )
        conflicting = _conflict(sets[0], state)
        return refuted(
            CHECKER,
            Evidence(
                _out_of_range(readings[0], state.arrangement)
                or "no arrangement that the problem allows satisfies this",
                expected=_truth(readings[0], state),
                premises=conflicting,
            ),
            fault=Fault.CONTRADICTION,
        )
    if earlier:
        return unverifiable(CHECKER, "follows from earlier claims of the trace that do not hold")
    if len(sets) > 1:
        return unverifiable(CHECKER, "the direction in which places are counted is not clear")
    if follows:
        return jump(
            CHECKER,
            Evidence(
                "does not follow from the premises used so far",
                counterexample=_placing(state.used & ~sets[0], state),
                premises=tuple(
                    p.text
                    for i, p in enumerate(state.arrangement.premises)
                    if i not in state.touched
                ),
            ),
        )
    if not state.arrangement.complete:
        return unverifiable(CHECKER, "the problem was not read whole")
    cited = [satisfying(f, state.arrangement.items) for f in body.cites]
    if cited and not reduce(and_, cited, state.given) & ~sets[0]:
        return unverifiable(CHECKER, "follows from what is cited, which does not hold")
    counterexample = _placing(state.given & ~sets[0], state)
    if body.reason:
        message = "given as a reason, but nothing establishes it"
        return unsupported(CHECKER, Evidence(message, counterexample=counterexample))
    message = "does not follow: another arrangement satisfies every premise"
    return jump(CHECKER, Evidence(message, counterexample=counterexample))


def _check_possible(readings: tuple[tuple[Formula, ...], ...], state: State) -> Verdict:
    items = state.arrangement.items
    known = state.used & state.asserted or state.used
    sets = [[satisfying(f, items) for f in reading] for reading in readings]
    if any(all(meant & known for meant in reading) for reading in sets):
        return verified(CHECKER, "possible by what is established so far")
    if state.supposing or any(all(meant & state.used for meant in r) for r in sets):
        return unverifiable(CHECKER, "possible by the premises used so far")
    if any(all(meant & state.given for meant in reading) for reading in sets):
        return unverifiable(CHECKER, "possible by the premises")
    bad = next(meant for meant in sets[0] if not meant & state.used)
    return refuted(
        CHECKER,
        Evidence("no arrangement that the problem allows has this", premises=_conflict(bad, state)),
        fault=Fault.CONTRADICTION,
    )


def _check_open(places: tuple[int, ...], state: State) -> Verdict:
    items = state.arrangement.items
    if state.conventions.stale and not state.supposing:
        for place in places:
            found = occupants(state.used, place, items)
            if len(found) == 1:
                return jump(
                    CHECKER,
                    Evidence(f"place {place} is called open, but settled: {found[0]}"),
                )
    return unverifiable(CHECKER, "says that a place is open")


def _check_choice(label: str, state: State) -> Verdict:
    options = dict(state.arrangement.options)
    if not options or state.supposing:
        return unverifiable(CHECKER, "the options were not read")
    if label not in options:
        if any(name == label for name, _ in state.arrangement.options):
            return unverifiable(CHECKER, "the option was not read")
        return refuted(
            CHECKER,
            Evidence(f"there is no option {label}: the options are {', '.join(options)}"),
            fault=Fault.CONTRADICTION,
        )
    meant = satisfying(options[label], state.arrangement.items)
    known = state.used & state.asserted
    if not known:
        return unverifiable(CHECKER, "the claims of the trace contradict each other")
    if not known & ~meant:
        return verified(CHECKER, "the option says what the trace has established")
    if not known & meant:
        return refuted(
            CHECKER,
            Evidence(
                "the option contradicts what the trace itself has established",
                premises=_own_conflict(meant, state),
            ),
            fault=Fault.CONTRADICTION,
        )
    if state.blind or not state.touched:
        return unverifiable(CHECKER, "the trace was not read whole")
    return jump(
        CHECKER,
        Evidence(
            "the option does not follow from what the trace has established",
            counterexample=_placing(known & ~meant, state),
        ),
    )


def _check_rejection(label: str, state: State) -> Verdict:
    """Whether an option is false; one that only need not be true may be rejected for that."""
    options = dict(state.arrangement.options)
    if label not in options:
        return unverifiable(CHECKER, "the option was not read")
    meant = satisfying(options[label], state.arrangement.items)
    if not meant & state.given:
        return verified(
            CHECKER, "the premises rule the option out", premises=_conflict(meant, state)
        )
    if not state.given & ~meant:
        against = everything(len(state.arrangement.items)) & ~meant
        evidence = Evidence(
            "the option follows from the premises", premises=_conflict(against, state)
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
    return unverifiable(CHECKER, "the premises leave the option open")


def _assert(claim: Claim, meant: int, state: State) -> State:
    """The state with a claim of the trace added; a claim at odds with the others replaces them."""
    together = state.asserted & meant
    if together:
        return replace(
            state,
            asserted=together,
            asserted_texts=(*state.asserted_texts, (claim.text, meant)),
        )
    return replace(state, asserted=meant, asserted_texts=((claim.text, meant),))


def _use(premise: int, state: State) -> State:
    return replace(
        state,
        used=state.used & state.premises[premise],
        touched=state.touched | {premise},
    )


def _conflict(meant: int, state: State) -> tuple[str, ...]:
    """A smallest set of premises that leaves no arrangement for the claim, found by deletion."""
    kept = list(range(len(state.premises)))
    for candidate in range(len(state.premises)):
        rest = meant
        for i in kept:
            if i != candidate:
                rest &= state.premises[i]
        if not rest:
            kept.remove(candidate)
    return tuple(state.arrangement.premises[i].text for i in kept)


def _own_conflict(meant: int, state: State) -> tuple[str, ...]:
    for text, claimed in reversed(state.asserted_texts):
        if not claimed & meant:
            return (text,)
    return ()


def _placing(arrangements: int, state: State) -> dict[str, str]:
    order = example(arrangements, state.arrangement.items)
    return {str(place): item for place, item in enumerate(order, 1)}


def _places(formula: Formula) -> set[int]:
    match formula:
        case At(_, place):
            return {place}
        case And(args) | Or(args):
            return set(chain.from_iterable(map(_places, args)))
        case _:
            return set()


def _out_of_range(formula: Formula, arrangement: Arrangement) -> str | None:
    size = len(arrangement.items)
    if any(not 1 <= place <= size for place in _places(formula)):
        return f"there are only {size} places"
    return None


def _truth(formula: Formula, state: State) -> str | None:
    """What stands in the place that a claim is about, if the problem settles it."""
    places = _places(formula)
    if len(places) != 1:
        return None
    found = occupants(state.given, places.pop(), state.arrangement.items)
    return found[0] if len(found) == 1 else None
