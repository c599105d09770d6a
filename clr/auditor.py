"""The loop over the steps of a trace: read claims, check each against the ledger, record it."""

from __future__ import annotations

import re
import time

from clr.bodies.mathematics import Operand, Relation
from clr.claim import Claim, Role, Verdict, unverifiable
from clr.ledger import PROBLEM, Ledger
from clr.notation.parser import DEFAULT_FUNCTIONS
from clr.reading.quantities import is_word_problem, quantities, read_quantities
from clr.reading.relations import read_relations
from clr.report import ClaimReport, Report, StepReport, first_error
from clr.trace import Span, Step, Trace
from clr.verifiers.provenance import check_quantity
from clr.verifiers.relations import check_relation, follows

_FUNCTION = re.compile(r"(?<![A-Za-z\\])([A-Za-z])(?:_\{?\w\}?)?\s*\(\s*(?:[a-z]|-?\d+)\s*\)\s*=")


def audit(
    trace: Trace, *, profile: str = "precise", slow: bool = True, timing: bool = False
) -> Report:
    """Audit one trace in this process.

    `profile` decides what counts as an error: "precise" only refuted claims, "thorough" also
    unsupported ones and jumps. `slow` allows the tiers that run in worker processes. With `timing`
    each claim carries the microseconds that its check took.
    """
    functions = DEFAULT_FUNCTIONS | {
        m.group(1) for m in _FUNCTION.finditer(trace.problem + "\n" + trace.response)
    }
    ledger = Ledger()
    problem = Step(PROBLEM, trace.problem, Span(0, len(trace.problem)))
    for claim in read_relations(problem, functions):
        given = _as_given(claim)
        ledger.record(given, unverifiable("problem", "stated by the problem"))
    in_words = is_word_problem(trace.problem)
    if in_words:
        ledger.known |= quantities(trace.problem)
    steps = []
    for step in trace.steps:
        reports = []
        for claim in read_relations(step, functions):
            verdict, spent = _timed(claim, ledger, timing)
            if in_words and not follows(verdict):
                # looked up before the calculation that uses them makes them known
                for operand in read_quantities(claim):
                    reports.append(ClaimReport(operand, *_timed(operand, ledger, timing)))
            ledger.record(claim, verdict)
            reports.append(ClaimReport(claim, verdict, spent))
        if in_words:
            ledger.known |= quantities(step.text)
        steps.append(StepReport(step, tuple(reports)))
    done = tuple(steps)
    return Report(trace.id, profile, first_error(done, profile), 1.0, done)


def _timed(claim: Claim, ledger: Ledger, timing: bool) -> tuple[Verdict, int | None]:
    """The verdict, and the microseconds that it took if they are asked for."""
    start = time.perf_counter_ns() if timing else 0
    verdict = check(claim, ledger)
    return verdict, (time.perf_counter_ns() - start) // 1000 if timing else None


def check(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict of the checker for this family of claims."""
    match claim.body:
        case Relation():
            return check_relation(claim, ledger)
        case Operand():
            return check_quantity(claim, ledger)
        case _:
            return unverifiable("none", "no checker for this kind of claim")


def _as_given(claim: Claim) -> Claim:
    return Claim(
        claim.kind,
        claim.text,
        claim.span,
        claim.step,
        claim.statement,
        Role.GIVEN,
        claim.body,
        claim.uses,
    )
