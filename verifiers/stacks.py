"""Claims about a stack of brackets, judged by one transition from the stack that the trace claims.

The machine: an opening bracket is pushed; a closing one takes its partner off the top. A wrong
stack is refuted once; the next step is judged from the stack as the trace wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from clr.bodies.stacks import (
    CLOSER,
    OPENER,
    Brackets,
    Closing,
    Finished,
    Popped,
    Stack,
    StackAfter,
    StackAfterAll,
    Unread,
)
from clr.claim import Claim, Evidence, Fault, Status, Verdict, jump, refuted, unverifiable, verified

CHECKER = "state machine"
_UNREAD = "sentences that were not read may tell of brackets"


@dataclass(frozen=True, slots=True)
class State:
    """How many brackets have been read, and the stack that the trace claims, bottom first.

    `bottom_first` and `top_first` say which ways of writing the stack the trace has used so far
    allow; both until a stack is seen that reads differently from either end. `blind` once a
    sentence was not read, which may have told of brackets. `fit` unless a closing bracket of the
    problem has no partner: then nothing can be said of any stack, but where it is `doubted` by the
    problem that all have one.
    """

    symbols: tuple[str, ...]
    read: int = 0
    stack: Stack | None = ()
    bottom_first: bool = True
    top_first: bool = True
    blind: bool = False
    fit: bool = True
    doubted: bool = False


def initial(brackets: Brackets) -> State:
    """The state before anything is read."""
    stack: Stack | None = ()
    for symbol in brackets.symbols:
        stack = None if stack is None else push_or_pop(stack, symbol)
    return State(
        brackets.symbols,
        fit=stack is not None or brackets.doubted,
        doubted=brackets.doubted,
    )


def push_or_pop(stack: Stack, symbol: str) -> Stack | None:
    """The stack after `symbol`; None where a closing bracket does not fit the top."""
    if symbol in CLOSER:
        return (*stack, symbol)
    return stack[:-1] if stack and stack[-1] == OPENER[symbol] else None


def _written(stack: Stack) -> str:
    return " ".join(stack) or "empty"


def check(claim: Claim, state: State) -> tuple[Verdict, State]:
    """The verdict on one claim, and the state after it."""
    if not state.fit:
        return unverifiable(CHECKER, "the brackets of the problem do not fit together"), state
    match claim.body:
        case StackAfter(None, readings, final):
            return _check_state(readings, final, state)
        case StackAfter(str(symbol), readings, fits=fits):
            return _check_event(symbol, readings, state, fits)
        case StackAfterAll() as body:
            return _check_events(body, state)
        case Unread():
            return unverifiable(CHECKER, "not read whole"), replace(state, blind=True)
        case Finished():
            skipped = _check_finished(state)
            if skipped is not None:
                return skipped, state
            return verified(CHECKER, "the whole input was read"), state
        case Popped(symbols):
            return _check_rest(symbols, tuple(reversed(state.stack or ())), state), state
        case Closing(symbols):
            closing = tuple(CLOSER.get(c, c) for c in reversed(state.stack or ()))
            return _check_rest(symbols, closing, state), state
        case _:
            return unverifiable(CHECKER, "no claim about a stack"), state


def _check_finished(state: State) -> Verdict | None:
    left = state.symbols[state.read :]
    if not left or not state.read:
        return None
    if state.blind:
        return unverifiable(CHECKER, _UNREAD)
    return jump(
        CHECKER, Evidence(f"{len(left)} brackets of the input were not read: {' '.join(left)}")
    )


def _check_state(readings: tuple[Stack, ...], final: bool, state: State) -> tuple[Verdict, State]:
    if final and (skipped := _check_finished(state)) is not None:
        return skipped, _claimed(readings, state)
    if state.stack is None or (final and not state.read):
        return unverifiable(CHECKER, "the stack before is not known"), _claimed(readings, state)
    if _matched(readings, state.stack, state) is None:
        later = _skipping(None, readings, state)
        if later is not None:  # words that were not read may have shown how
            return unverifiable(CHECKER, "more brackets may have been read before it"), later
    return _compare(readings, state.stack, state, "")


def _check_event(
    symbol: str, readings: tuple[Stack, ...], state: State, fits: bool = False
) -> tuple[Verdict, State]:
    if state.read >= len(state.symbols):
        evidence = Evidence("the input has no more brackets", expected="the end of the input")
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), _claimed(readings, state)
    due = state.symbols[state.read]
    if symbol != due:
        later = _skipping(symbol, readings, state)
        if state.blind:
            return unverifiable(CHECKER, _UNREAD), later or replace(state, stack=None)
        if later is not None:
            left = state.symbols[state.read : later.read - 1]
            evidence = Evidence(f"goes on without showing how {' '.join(left)} is read")
            return jump(CHECKER, evidence), later
        evidence = Evidence(
            f"bracket {state.read + 1} of the input is {due}, not {symbol}", expected=due
        )
        return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), _claimed(
            readings, replace(state, read=state.read + 1)
        )
    later = _skipping(symbol, readings, state) if state.blind else None
    if later is not None and later.read > state.read + 1:
        return unverifiable(CHECKER, _UNREAD), later
    state = replace(state, read=state.read + 1)
    after = None if state.stack is None else push_or_pop(state.stack, symbol)
    if after is None:
        message = f"{symbol} does not close what the trace has on top of the stack"
        if fits and state.doubted and state.stack is not None and not state.blind:
            evidence = Evidence(message, expected=_written(state.stack))
            return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), _claimed(readings, state)
        return unverifiable(CHECKER, message), _claimed(readings, state)
    return _compare(readings, after, state, f"{symbol} turns {_written(state.stack or ())} into ")


def _check_events(body: StackAfterAll, state: State) -> tuple[Verdict, State]:
    """Several brackets read in turn, if they are the next ones; or else one, by a partner."""
    symbols, readings = body.symbols, body.readings
    due = symbols == state.symbols[state.read : state.read + len(symbols)]
    if body.symbol is not None:
        verdict, after_one = _check_event(body.symbol, readings, state)
        if not due or verdict.status is Status.VERIFIED:
            return verdict, after_one
    if state.blind or not due:
        return unverifiable(CHECKER, _UNREAD), replace(_claimed(readings, state), blind=True)
    state = replace(state, read=state.read + len(symbols))
    after = state.stack
    for symbol in symbols:
        after = None if after is None else push_or_pop(after, symbol)
    if after is None:
        message = "a bracket does not close what the trace has on top of the stack"
        return unverifiable(CHECKER, message), _claimed(readings, state)
    return _compare(readings, after, state, f"{' '.join(symbols)} leads to ")


def _skipping(symbol: str | None, readings: tuple[Stack, ...], state: State) -> State | None:
    """The state after the fewest brackets whose silent reading explains the claim.

    The last of them is `symbol`, or any with None.
    """
    stack = state.stack
    for at in range(state.read, len(state.symbols)):
        stack = None if stack is None else push_or_pop(stack, state.symbols[at])
        if stack is None:
            return None
        if symbol in (None, state.symbols[at]):
            after = _matched(readings, stack, replace(state, read=at + 1))
            if after is not None:
                return after
    return None


def _matched(readings: tuple[Stack, ...], expected: Stack, state: State) -> State | None:
    """The state in which the trace believes if the stack as written is `expected`, else None."""
    bottom = state.bottom_first and expected in readings
    top = state.top_first and expected[::-1] in readings
    if not (bottom or top):
        return None
    return replace(state, stack=expected, bottom_first=bottom, top_first=top)


def _compare(
    readings: tuple[Stack, ...], expected: Stack, state: State, how: str
) -> tuple[Verdict, State]:
    """The verdict on a stack as written, and the state in which the trace believes."""
    after = _matched(readings, expected, state)
    if after is not None:
        return verified(CHECKER, f"{how}{_written(expected)}"), after
    shown = expected if state.bottom_first else expected[::-1]
    evidence = Evidence(f"{how or 'the stack is '}{_written(shown)}", expected=_written(shown))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION), _claimed(readings, state)


def _claimed(readings: tuple[Stack, ...], state: State) -> State:
    """The state with the stack that the trace wrote, if that is clear."""
    if len(readings) != 1 or not state.bottom_first:
        return replace(state, stack=None)
    return replace(state, stack=readings[0])


def _check_rest(symbols: Stack, expected: Stack, state: State) -> Verdict:
    if state.stack is None or not state.read:
        return unverifiable(CHECKER, "the stack before is not known")
    if (skipped := _check_finished(state)) is not None:
        return skipped
    if symbols == expected:
        return verified(CHECKER, "follows from the last stack")
    evidence = Evidence(f"what is left gives {_written(expected)}", expected=_written(expected))
    return refuted(CHECKER, evidence, fault=Fault.CONTRADICTION)
