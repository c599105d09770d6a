"""How long a trainer waits for the rewards of one step of GRPO."""

from __future__ import annotations

import time
from random import Random

import msgspec

from clr.grading import Sample
from clr.reward import Weights
from clr.scoring import Status, judge, score_all
from clr.segment import trace_of


class Speed(msgspec.Struct, frozen=True):
    """Wall seconds of a batch with workers, and CPU seconds of the same work in one process."""

    completions: int
    steps: float
    seconds: float
    cpu_seconds: float
    not_ok: int


def sample(seed: int, steps: int) -> Sample:
    """A sum of products in so many steps, all of its numbers its own."""
    rng = Random(seed)
    lots = [(rng.randint(3, 99), rng.randint(3, 99)) for _ in range((steps + 1) // 2)]
    problem = "How many pieces are " + ", ".join(f"{a} boxes of {b}" for a, b in lots) + "?"
    lines = [f"The lot of {a} boxes has {a} * {b} = {a * b} pieces." for a, b in lots]
    total = lots[0][0] * lots[0][1]
    for a, b in lots[1:]:
        lines.append(f"Together {total} + {a * b} = {total + a * b}.")
        total += a * b
    return Sample(
        problem, "\n\n".join(lines) + f" The answer is \\boxed{{{total}}}.", "math", str(total)
    )


def main(completions: int, steps: int, workers: int) -> Speed:
    """Time one batch of different completions, the workers already there."""
    weights = Weights()
    samples = [sample(seed, steps) for seed in range(completions)]
    warm = [sample(-1 - n, steps) for n in range(2 * workers + 1)]
    score_all(warm, lambda _: weights, workers=workers)
    start = time.perf_counter()
    results = score_all(samples, lambda _: weights, workers=workers)
    seconds = time.perf_counter() - start
    some = samples[:64]
    start = time.process_time()
    for one in some:
        judge(one, weights, None, True)
    cpu = (time.process_time() - start) * completions / len(some)
    traces = [trace_of("", s.problem, response=s.response) for s in some]
    length = sum(len(t.steps) for t in traces) / len(traces)
    not_ok = sum(result.status is not Status.OK for result in results)
    return Speed(completions, length, seconds, cpu, not_ok)
