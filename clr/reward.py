"""From verdicts to a reward: every fault has a price, and no claim earns anything.

    E  = 0.5 n_false + 0.25 n_false_off_path + 0.25 n_jump + 0.4 kappa n_gap
         + min(0.2, 0.05 n_retracted)
    E' = min(1, E)
    R  = o (1 - 0.5 E') - 0.1 E'      in [-0.1, 1], with o in {0, 1} the graded outcome

The path is what the answer rests on (clr.support). A gap is an obligation on it that nothing sound
discharges: a claim that no checker could verify or a number without a source, and with either, the
claim that uses it. An answer with nothing behind it has E' = 1, whatever was deleted. As there is
no positive term, a trace gains nothing by being longer, by repeating itself, or by proving what is
beside the point; as a hole in the path costs more than a falsehood, it gains nothing by hiding.

Faults are counted once for each distinct claim and not once for each step: then cutting a step up
changes nothing, and neither does writing two errors into one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from clr.bodies.mathematics import Relation
from clr.claim import Role, Status
from clr.ledger import first_reading
from clr.report import ClaimReport, Report
from clr.support import NOT_ESTABLISHED, support_of
from clr.trace import Span


class Cause(StrEnum):
    """What lowers a reward."""

    FALSE = "false"
    """A refuted claim that the answer rests on."""
    FALSE_OFF_PATH = "false_off_path"
    """A refuted claim beside the point."""
    JUMP = "jump"
    GAP = "gap"
    """An obligation that nothing sound discharges."""
    RETRACTED = "retracted"
    """A false claim that the trace takes back and replaces by a true one."""
    UNSUPPORTED = "unsupported"
    """Nothing at all stands behind the answer."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices of faults, and how the penalty E' meets the outcome.

    R = outcome * o * (1 - beta E') - lam E'. `kappa` in [0, 1] is the share of obligations in
    correct traces of a domain that CLR can discharge; where it is so low that hiding a step would
    cost less than writing a false one, there is no process term. A right answer whose quality
    1 - E' is below `least_quality` has no reward at all: it is left out of training.
    """

    false: float = 0.5
    false_off_path: float = 0.25
    jump: float = 0.25
    gap: float = 0.4
    retracted: float = 0.05
    most_retracted: float = 0.2
    outcome: float = 1.0
    beta: float = 0.5
    lam: float = 0.1
    kappa: float = 1.0
    least_quality: float = 0.0

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if not 0 <= value < math.inf:
                raise ValueError(f"{name} must be finite and not negative, got {value}")
        if self.kappa > 1:
            raise ValueError(f"kappa is a share and at most 1, got {self.kappa}")


MOST_TAKEN_BACK = 4
"""False claims that may be retracted at the low price."""

PRESETS: Mapping[str, Weights] = MappingProxyType(
    {
        "outcome": Weights(beta=0.0, lam=0.0),
        "process": Weights(outcome=0.0, lam=1.0),
        "blend": Weights(),
        "prof": Weights(beta=0.0, lam=0.0, least_quality=0.5),
    }
)
"""`outcome` is o; `process` is -E'; `blend` is R above; `prof` keeps the outcome and leaves out
right answers with unsound reasoning, after PROF (arXiv:2509.03403)."""

KAPPA: Mapping[str, float] = MappingProxyType({"math": 0.84, "logic": 0.99, "code": 0.0})
"""Kappa of each domain, as `clr bench kappa` measured it; 0, so no process term, where it was not.

Mathematics: the mean of four sets with 1,973 correct solutions of school mathematics: 0.89 on
references of GSM8K, 0.93 on its models' right solutions, 0.78 and 0.77 on ProcessBench's to GSM8K
and MATH. On olympiad problems it is 0.76 to 0.78. In 2.5 % of the 1,973 nothing behind the answer
was verified: they cost 1 whatever kappa is. Logic: the least over four tasks of BIG-Bench-Mistake,
on 943 solutions up to their first labelled mistake (1.00 on brackets, swaps and word lists, 0.99 on
orderings, which are all written to few patterns). Code: 0 on 79 published solutions of HumanEval,
with and without a sentence for each example in the problem ("f(2) returns 3"): what they answer is
a program that no claim makes, so every right one would count as unsupported. Of what a given
function returns, 424 true statements of CRUXEval were all established: such problems have an answer
in words, and are graded and priced as mathematics.
"""


@dataclass(frozen=True, slots=True)
class Charge:
    """One price paid: why, how much, and where. `step` is None for what is nowhere."""

    cause: Cause
    price: float
    step: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class StepScore:
    """What the faults in one step cost: `value` in [-1, 0], 0 without fault."""

    index: int
    span: Span
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    """The reward of one trace, and every number that it is made of.

    `penalty` is E' in [0, 1], `quality` 1 - E'. `reward` is None where the weights leave the trace
    out. The prices of `charges` add up to E.
    """

    outcome: int
    reward: float | None
    penalty: float
    charges: tuple[Charge, ...]
    steps: tuple[StepScore, ...]

    @property
    def quality(self) -> float:
        """How sound the reasoning is, whatever the answer: 1 - `penalty`, in [0, 1]."""
        return 1.0 - self.penalty

    @property
    def components(self) -> dict[str, float]:
        """The summed price by cause, every cause present."""
        return {
            cause.value: sum(c.price for c in self.charges if c.cause is cause) for cause in Cause
        }

    @property
    def first_fault(self) -> Charge | None:
        """The earliest charge that has a place."""
        placed = [c for c in self.charges if c.step is not None]
        return min(placed, key=lambda c: c.step or 0, default=None)


def weights_for(domain: str | None, preset: str = "blend") -> Weights:
    """The weights of a preset with the kappa of a domain; None is mathematics.

    Raises:
        ValueError: no such preset.
    """
    if preset not in PRESETS:
        raise ValueError(f"no preset {preset!r}: use one of {', '.join(PRESETS)}")
    return replace(PRESETS[preset], kappa=KAPPA.get(domain or "math", 0.0))


def score(
    report: Report, outcome: int, weights: Weights | None = None, *, problem: str | None = None
) -> Score:
    """The reward of an audited trace with a graded outcome.

    `problem` tells which numbers are given; without it, numbers are not asked for their source.

    Raises:
        ValueError: the outcome is neither 0 nor 1.
    """
    if outcome not in (0, 1):
        raise ValueError(f"the outcome is 0 or 1, got {outcome!r}")
    weights = weights or PRESETS["blend"]
    hiding = 2 * weights.gap * weights.kappa
    charges = tuple(_charges(report, weights, problem)) if hiding >= weights.false else ()
    penalty = min(1.0, sum(charge.price for charge in charges))
    reward: float | None = (
        weights.outcome * outcome * (1 - weights.beta * penalty) - weights.lam * penalty
    )
    if outcome == 1 and 1 - penalty < weights.least_quality:
        reward = None
    return Score(outcome, reward, penalty, charges, tuple(_steps(report, charges)))


def forfeit(weights: Weights, reason: str, length: int = 0) -> Score:
    """The score of a response of `length` characters that could not be read or checked at all.

    It counts as wrong and unsupported, so that nothing is gained by writing one.
    """
    charge = Charge(Cause.UNSUPPORTED, 1.0, None, reason)
    return Score(0, -weights.lam, 1.0, (charge,), (StepScore(0, Span(0, length), 0.0),))


def _steps(report: Report, charges: Sequence[Charge]) -> Iterator[StepScore]:
    costs: defaultdict[int | None, float] = defaultdict(float)
    for charge in charges:
        costs[charge.step] += charge.price
    for found in report.steps:
        index = found.step.index
        yield StepScore(index, found.step.span, -min(1.0, costs[index]))


def _charges(report: Report, weights: Weights, problem: str | None) -> Iterator[Charge]:
    support = support_of(report, problem)
    gap = weights.gap * weights.kappa
    if not support.supported:
        yield Charge(Cause.UNSUPPORTED, 1.0, None, "nothing that was verified leads to the answer")
    if support.idle:
        said = " and ".join(map(str, support.idle))
        reason = f"a value serves more often than it was told or made, and nothing uses {said}"
        yield Charge(Cause.GAP, 2 * gap, None, reason)
    taken_back = 0
    used = {_key(report.claims[index]) for index in support.path}
    seen: set[object] = set()
    for index, found in enumerate(report.claims):
        claim, status = found.claim, found.verdict.status
        # of a claim that is repeated, one copy on the path puts all of them there
        on_path = _key(found) in used
        missing = support.borrowed.get(index, ())
        said = found.verdict.evidence.message if found.verdict.evidence else ""
        because = f"{claim.statement}: {said}"
        for number in missing:
            if number not in seen:
                seen.add(number)
                yield Charge(Cause.GAP, gap, claim.step, f"{number} has no source")
        key = (_key(found), status)
        if key in seen:
            continue
        seen.add(key)
        if index in support.consequent:
            continue
        if status is Status.REFUTED:
            if not on_path and taken_back < MOST_TAKEN_BACK and _replaced(report, index):
                price = min(
                    weights.retracted, weights.most_retracted - taken_back * weights.retracted
                )
                taken_back += 1
                yield Charge(Cause.RETRACTED, max(0.0, price), claim.step, because)
            elif on_path:
                yield Charge(Cause.FALSE, weights.false, claim.step, because)
            else:
                yield Charge(Cause.FALSE_OFF_PATH, weights.false_off_path, claim.step, because)
        elif status is Status.JUMP:
            yield Charge(Cause.JUMP, weights.jump, claim.step, because)
        unread = claim.role is Role.DERIVED and status in _UNREAD and index not in support.setups
        if on_path and unread and index not in support.downstream:
            # its own obligation, and that of the claim that uses what it makes
            yield Charge(Cause.GAP, 2 * gap, claim.step, f"not established: {claim.statement}")
        elif missing:
            yield Charge(Cause.GAP, gap, claim.step, f"rests on that: {claim.statement}")


_UNREAD = tuple(status for status in NOT_ESTABLISHED if status is not Status.REFUTED)


def _key(found: ClaimReport) -> object:
    """What makes two claims the same: the same two sides, in either order."""
    body = found.claim.body
    if isinstance(body, Relation) and body.op == "=":
        return frozenset({first_reading(body.left), first_reading(body.right)})
    return (found.claim.kind, found.claim.statement)


_TAKES_BACK = re.compile(
    r"\b(?:wait|actually|correction|oops|scratch that|that(?:'s| is| was) (?:wrong|incorrect|not "
    r"right)|mistake|let me (?:redo|recheck|re-check|recompute|recalculate|correct))\b",
    re.I,
)


def _replaced(report: Report, index: int) -> bool:
    """Whether the false claim is taken back in words, replaced by a true one, and not repeated."""
    claims = report.claims
    false = claims[index].claim
    if not isinstance(false.body, Relation):
        return False
    text = "".join(s.step.text for s in report.steps)
    offset = report.steps[0].step.span.start
    for later in claims[index + 1 :]:
        claim = later.claim
        if (
            isinstance(claim.body, Relation)
            and claim.body.left == false.body.left
            and claim.role is Role.DERIVED
        ):
            if later.verdict.status is not Status.VERIFIED:
                return False
            between = text[false.span.end - offset : claim.span.start - offset]
            return _TAKES_BACK.search(between) is not None and not any(
                c.claim.statement == false.statement for c in claims[index + 1 :]
            )
    return False


def group_advantages(
    scores: Sequence[Score], *, process: float = 0.3, epsilon: float = 1e-4
) -> list[float]:
    """GRPO advantages of the completions of one prompt, A = A_outcome + process (q - mean q).

    The outcome is centred and divided by its standard deviation, as in GRPO (arXiv:2402.03300);
    the process part is centred only. Dividing the blended reward instead would turn a difference
    of 0.05 in a group of wrong answers into the whole gradient. A group of one outcome has
    A_outcome = 0.
    """
    if not scores:
        return []
    outcomes = [float(s.outcome) for s in scores]
    mean = sum(outcomes) / len(outcomes)
    deviation = math.sqrt(sum((o - mean) ** 2 for o in outcomes) / max(1, len(outcomes) - 1))
    quality = sum(s.quality for s in scores) / len(scores)
    return [
        (o - mean) / (deviation + epsilon) + process * (s.quality - quality)
        for o, s in zip(outcomes, scores, strict=True)
    ]


def token_advantages(
    score: Score, offsets: Sequence[tuple[int, int]], advantage: float, *, process: float = 0.3
) -> list[float]:
    """One advantage for each token: `advantage`, moved by what the step of the token cost.

    `offsets` are the half-open character ranges of the tokens in the response. The moves are zero
    in sum, so the completion as a whole keeps its advantage. A token belongs to the step where it
    starts; one of no characters, or outside every step, belongs to none.
    """
    values = [_value_at(score.steps, start) if end > start else 0.0 for start, end in offsets]
    mean = sum(values) / len(values) if values else 0.0
    return [advantage + process * (value - mean) for value in values]


def _value_at(steps: Sequence[StepScore], place: int) -> float:
    return next((s.value for s in steps if s.span.start <= place < s.span.end), 0.0)


def select_consistent(scores: Sequence[Score]) -> list[bool]:
    """Which completions of one prompt to train on, after PROF (arXiv:2509.03403, section 3).

    Right answers with the soundest reasoning and wrong ones with the least sound are kept, as many
    of one sort as of the other, so that the filter does not move the balance of the group; a group
    of one sort is kept whole. Ties keep the earlier completion.
    """
    right = [i for i, s in enumerate(scores) if s.outcome == 1]
    wrong = [i for i, s in enumerate(scores) if s.outcome == 0]
    if not right or not wrong:
        return [True] * len(scores)
    size = min(len(right), len(wrong))
    kept = {
        *sorted(right, key=lambda i: -scores[i].quality)[:size],
        *sorted(wrong, key=lambda i: scores[i].quality)[:size],
    }
    return [i in kept for i in range(len(scores))]
