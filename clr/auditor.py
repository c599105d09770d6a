"""The loop over the steps of a trace: read claims, check each against the ledger, record it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from operator import or_
from typing import Generic, TypeVar

from msgspec import structs

from clr.bodies.execution import LoopRuns, Prints, Raises, Returns
from clr.bodies.lists import Written
from clr.bodies.mathematics import FinalAnswer, NumberFact, Operand, Parity, Relation
from clr.claim import (
    UNREAD,
    Claim,
    Role,
    Status,
    Verdict,
    undecided,
    unverifiable,
    whole_step,
)
from clr.domains import Session, is_puzzle, sessions
from clr.ledger import PROBLEM, Ledger
from clr.reading.amounts import read_impossible
from clr.reading.arithmetics import arithmetics
from clr.reading.bare_arguments import read_bare_argument
from clr.reading.cues import cues_of
from clr.reading.executions import background_of, read_executions
from clr.reading.habits import habits_of, told_of
from clr.reading.layout import laid_open, without_entities
from clr.reading.listed_sets import read_sets, sets_vary
from clr.reading.loose_ends import read_loose_ends
from clr.reading.mentions import Mentions
from clr.reading.misquotes import read_misquotes
from clr.reading.objections import read_objection
from clr.reading.parts import may_use, parts_of
from clr.reading.programs import may_show
from clr.reading.quantities import (
    chosen_quantities,
    implied_quantities,
    is_word_problem,
    quantities,
    read_quantities,
    read_stated,
)
from clr.reading.relations import read_relations
from clr.reading.retractions import read_retraction
from clr.reading.said import Said, read_steps, texts_ahead
from clr.reading.unwritten import Unwritten
from clr.reliability import reliability
from clr.report import ClaimReport, Report, StepReport, digest_of, first_error
from clr.trace import Span, Step, Trace
from clr.verifiers.answer_link import check_answer
from clr.verifiers.conventions import PRECISE, THOROUGH, Checked, review
from clr.verifiers.execution import check_execution
from clr.verifiers.lists import check_written
from clr.verifiers.number_facts import check_fact
from clr.verifiers.parities import check_parity
from clr.verifiers.provenance import (
    GIVEN,
    WORKED_OUT,
    check_bare_argument,
    check_impossible,
    check_misquote,
    check_omission,
    check_quantity,
    check_retraction,
    decomposes,
    has_source,
)
from clr.verifiers.relations import check_relation, follows

_LOG = logging.getLogger("clr")
INTERNAL = "internal"


def audit(
    trace: Trace, *, profile: str = "precise", slow: bool = True, timing: bool = False
) -> Report:
    """Audit one trace in this process.

    `profile` decides what counts as an error: "precise" only refuted claims, "thorough" also
    unsupported ones and jumps. Without `slow`, a claim that needs the equations around it is left
    undecided. With `timing`, each claim carries the microseconds that its check took.

    Raises:
        ValueError: `profile` is unknown.
    """
    first_error((), profile)
    text = without_entities(f"{trace.problem}\n{trace.response}")
    cues = reduce(or_, [cues_of(step.text) for step in trace.steps], cues_of(trace.problem))
    habits = habits_of(text, without_entities(trace.problem), cues)
    background = background_of(trace.problem)
    about_code = bool(background.programs)
    shows_code = about_code or may_show(trace.response)
    in_words = not about_code and is_word_problem(trace.problem)
    ledger = Ledger(
        slow=slow,
        spoken_of=partial(arithmetics, text),
        may_use=_Once(partial(_by_parts, trace)),
        told=_Once(partial(told_of, trace.problem)),
        sets_vary=_Once(partial(sets_vary, text)),
    )
    problem = Step(PROBLEM, laid_open(trace.problem), Span(0, len(trace.problem)))
    for claim in (*read_relations(problem, habits), *read_sets(problem)):
        given = structs.replace(claim, role=Role.GIVEN)
        ledger.record(given, unverifiable("problem", "stated by the problem"))
    texts = _Texts([trace.problem])
    thorough = profile == "thorough"
    conventions = THOROUGH if thorough else PRECISE
    domains = sessions(trace.problem, conventions)
    puzzle = is_puzzle(domains)
    judged: list[Checked] = []
    steps = []
    of_domains = _of_domains(domains, trace.steps, timing)
    for step, found, said in zip(
        trace.steps, of_domains, read_steps(trace, habits, about_code), strict=True
    ):
        if puzzle:
            judged.append((step, [(claim.claim, claim.verdict) for claim in found]))
        if shows_code:
            executions, background = read_executions(step, background)
            found += [_judged(claim, ledger, timing) for claim in executions]
        numbers = texts if in_words else None
        read = _audit_step(said, ledger, numbers, timing)
        found += read if said.step is step else (_as_written(claim, trace) for claim in read)
        if thorough:
            retraction = read_retraction(step, trace.problem)
            if retraction is None and not puzzle and not about_code:
                retraction = read_objection(step, trace.problem, in_words=in_words)
            if retraction is not None:
                found.append(ClaimReport(retraction, check_retraction(retraction)))
            if not puzzle and not about_code:
                argument = read_bare_argument(step)
                if argument is not None:
                    beside = [(c.claim, c.verdict) for c in found]
                    found.append(ClaimReport(argument, check_bare_argument(argument, beside)))
        steps.append(StepReport(step, tuple(found)))
        texts.unread.append(step.text)
    for index, verdict in review(judged, conventions) if puzzle else ():
        whole = ClaimReport(whole_step(trace.steps[index]), verdict)
        steps[index] = structs.replace(steps[index], claims=(*steps[index].claims, whole))
    if thorough and in_words and not any(session.of_a_list for session in domains):
        steps = _looked_over(trace, steps)
    done = tuple(steps)
    claims = [c for s in done for c in s.claims]
    return Report(
        id=trace.id,
        digest=digest_of(trace),
        profile=profile,
        first_error=first_error(done, profile),
        reliability=reliability(claims),
        steps=done,
    )


_T = TypeVar("_T")


class _Once(Generic[_T]):
    """What is looked for when it is asked for, and then known; `functools.cache` takes longer to
    set up than most of this would take."""

    __slots__ = ("_found", "_look")

    def __init__(self, look: Callable[[], _T]) -> None:
        self._look = look
        self._found: list[_T] = []

    def __call__(self) -> _T:
        if not self._found:
            self._found.append(self._look())
        return self._found[0]


def _by_parts(trace: Trace) -> Callable[[Claim, Claim], bool] | None:
    """Whether a claim may rest on another for the parts of the text that they are in; None where
    there are none."""
    asked, answered = parts_of(trace.problem, trace.response)
    if not answered.starts:
        return None

    def may_rest(claim: Claim, premise: Claim) -> bool:
        given = premise.step == PROBLEM
        part = (asked if given else answered).at(premise.span.start)
        return may_use(answered.at(claim.span.start), part, given=given)

    return may_rest


def _as_written(report: ClaimReport, trace: Trace) -> ClaimReport:
    span = report.claim.span
    text = trace.response[span.start : span.end].strip()
    return structs.replace(report, claim=structs.replace(report.claim, text=text))


def _of_domains(
    domains: Sequence[Session], steps: Sequence[Step], timing: bool
) -> list[list[ClaimReport]]:
    """The claims of each step in all domains. One that reads `beside` others, or only fills in, is
    heard where it decides what none of them read."""
    found: list[list[ClaimReport]] = [[] for _ in steps]
    if not domains:
        return found
    alone = all(s.domain.beside for s in domains if not s.domain.fills_in)
    ahead = texts_ahead(steps)
    for session in domains:
        for step, after, before in zip(steps, ahead, found, strict=True):
            own = _of_domain(session, step, after, timing)
            if session.domain.fills_in or (session.domain.beside and not alone):
                own = [c for c in own if _is_decided(c) and not _read_by(before, c)]
            before += own
    return found


def _is_decided(report: ClaimReport) -> bool:
    return report.verdict.status in (Status.VERIFIED, Status.REFUTED)


def _read_by(found: Sequence[ClaimReport], other: ClaimReport) -> bool:
    """Whether claims stand where another one does, and all of what stands there was read."""
    place = other.claim.span
    there = [c for c in found if c.claim.span.start < place.end and place.start < c.claim.span.end]
    messages = [c.verdict.evidence.message for c in there if c.verdict.evidence is not None]
    return bool(there) and UNREAD not in messages


def _of_domain(domain: Session, step: Step, ahead: str, timing: bool) -> list[ClaimReport]:
    """The claims of a step in one domain, which share the time that they took.

    A defect of the domain is ours, not the trace's: it is logged, and its claims are left out.
    """
    start = time.perf_counter_ns()
    try:
        pairs = domain.take(step, ahead)
    except Exception:
        _LOG.exception("a domain failed on %r", step.text)
        return []
    spent = (time.perf_counter_ns() - start) // 1000 // max(1, len(pairs)) if timing else None
    return [ClaimReport(claim, verdict, spent) for claim, verdict in pairs]


def _audit_step(
    said: Said, ledger: Ledger, texts: _Texts | None, timing: bool
) -> Iterator[ClaimReport]:
    """The claims of a step with their verdicts, each recorded. `texts` is None if no number needs a
    source."""
    if texts is not None:
        texts.step = said.step
    for claim in said.relations:
        report = _judged(claim, ledger, timing)
        if texts is not None and not follows(report.verdict):
            # looked up before the calculation that uses them makes them known
            for operand in read_quantities(claim):
                source = _sought(operand, texts, ledger, timing)
                if decomposes(claim, report.verdict, ledger):
                    break
                yield source
        ledger.record(claim, report.verdict)
        yield report
    for claim in said.premises:
        report = _judged(claim, ledger, timing)
        ledger.record(claim, report.verdict)
        yield report
    for fact in said.facts:
        yield _judged(fact, ledger, timing)
    answer = said.answer
    if answer is None:
        return
    yield _judged(answer, ledger, timing)
    if texts is not None and (stated := read_stated(answer)) is not None:
        step = said.step
        texts.unread.append(step.text[: answer.span.start - step.span.start])
        yield _sought(stated, texts, ledger, timing)


@dataclass(slots=True)
class _Texts:
    """Texts whose numbers are not in the ledger yet, those that wait only for the numbers that
    their words bring with them, and the step that is read. Most numbers come from the problem and
    from calculations, so texts are read when one does not."""

    unread: list[str]
    given: list[str] = field(default_factory=list)
    step: Step | None = None


def _sought(operand: Claim, texts: _Texts, ledger: Ledger, timing: bool) -> ClaimReport:
    """A number with where it comes from. Texts are read until one gives it; if none does, all that
    their words imply."""
    while not has_source(operand, ledger):
        if not texts.unread:
            for text in texts.given:
                ledger.implied |= implied_quantities(text)
            texts.given.clear()
            if texts.step is not None:
                ledger.implied |= chosen_quantities(texts.step.text)
                at = operand.span.start - texts.step.span.start
                before = texts.step.text[max(0, at - _AROUND) : max(0, at)]
                ledger.known.update(quantities(before[: _last_end(before)]))
            return _judged(operand, ledger, timing)
        text = texts.unread.pop(0)
        ledger.known.update(quantities(text))
        texts.given.append(text)
    return ClaimReport(operand, GIVEN, 0 if timing else None)


_AROUND = 2000
"""Characters before a number in which it is looked for what leads to it."""
_SENTENCE_END = re.compile(r"[.;:!?]\s|\n")


def _last_end(text: str) -> int:
    """Where the last sentence that ends in a text does."""
    return max((end.end() for end in _SENTENCE_END.finditer(text)), default=0)


def _looked_over(trace: Trace, steps: list[StepReport]) -> list[StepReport]:
    """The steps, charged with what shows only when all are read: numbers that were given or derived
    and then not used, and amounts that cannot be. Numbers that were worked out in the head are no
    longer charged."""
    claims = [report.claim for step in steps for report in step.claims]
    calculations = [c for c in claims if isinstance(c.body, Relation) and not c.uses]
    mentions = Mentions(trace.response, calculations)
    unwritten = Unwritten(trace.problem, mentions)
    done = [_worked_out(step, trace, unwritten) for step in steps]
    omitted = read_loose_ends(trace.problem, trace.response, calculations, unwritten)
    charged = [(c, check_omission(c)) for c in omitted]
    charged += [(c, check_impossible(c)) for c in read_impossible(trace.problem, claims, mentions)]
    misquoted = read_misquotes(trace.problem, trace.steps, claims, unwritten)
    charged += [(c, check_misquote(c)) for c in misquoted]
    for claim, verdict in charged:
        step = done[claim.step]
        done[claim.step] = structs.replace(step, claims=(*step.claims, ClaimReport(claim, verdict)))
    return done


def _worked_out(step: StepReport, trace: Trace, unwritten: Unwritten) -> StepReport:
    """The step, where no number is charged that it, or the step before, leads to."""
    start = trace.steps[max(0, step.step.index - 1)].span.start
    found = list(step.claims)
    calculation: Claim | None = None
    for at in reversed(range(len(found))):
        claim, verdict = found[at].claim, found[at].verdict
        if isinstance(claim.body, Relation):
            calculation = claim
        elif isinstance(claim.body, Operand) and verdict.status is Status.UNSUPPORTED:
            end = (calculation or claim).span.start
            before = trace.response[max(start, end - _AROUND) : end]
            if unwritten.give(claim, calculation, before):
                found[at] = structs.replace(found[at], verdict=WORKED_OUT)
    return structs.replace(step, claims=tuple(found))


def _judged(claim: Claim, ledger: Ledger, timing: bool) -> ClaimReport:
    """The claim with its verdict, and the microseconds that it took if they are asked for."""
    if not timing:
        return ClaimReport(claim, check(claim, ledger))
    start = time.perf_counter_ns()
    verdict = check(claim, ledger)
    return ClaimReport(claim, verdict, (time.perf_counter_ns() - start) // 1000)


def check(claim: Claim, ledger: Ledger) -> Verdict:
    """The verdict of the checker for this family of claims.

    A defect of a checker is ours, not the trace's: it is logged, and the claim stays unverifiable.
    """
    try:
        match claim.body:
            case Relation():
                return check_relation(claim, ledger)
            case Operand():
                return check_quantity(claim, ledger)
            case FinalAnswer():
                return check_answer(claim, ledger)
            case NumberFact():
                return check_fact(claim, ledger)
            case Parity():
                return check_parity(claim, ledger)
            case Written():
                return check_written(claim)
            case Returns() | Raises() | Prints() | LoopRuns():
                if not ledger.slow:
                    return undecided("execution", "programs are not run at a second attempt")
                return check_execution(claim.body)
            case _:
                return unverifiable("none", "no checker for this kind of claim")
    except Exception:
        _LOG.exception("a checker failed on %r", claim.statement)
        return unverifiable(INTERNAL, "a checker failed; please report this claim")
