"""Which of several answers to one problem to give: votes, weighted by what the reasoning is worth.

Claim-level reliability at test time (VibeThinker-3B, arXiv:2606.16140, section 3.1): of each
trajectory k the M claims that its answer depends on are judged, v in [0, 1], and

    r_k = (mean of v) ** M                                     (5)
    chosen: the cluster of equivalent answers with the largest sum of r_k      (6)

The judgements may come from checkers (`clr.reliability`), from agreement among the trajectories
(`clr.consensus`), or from a model (`clr.judging`). With equal weights it is a majority vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clr.verifiers.answer import equivalent

M = 5
"""Claims judged in each trajectory, as in the paper."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Trajectories with equivalent answers: their indices, and the sum of their weights."""

    answer: str
    members: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The clusters, the heaviest first, and the index of the trajectory to show."""

    clusters: tuple[Cluster, ...]
    best: int

    @property
    def answer(self) -> str:
        """The answer that was chosen."""
        return self.clusters[0].answer


def claim_level(verdicts: Sequence[float], m: int = M) -> float:
    """Equation 5 for the verdicts in [0, 1] on the claims of one trajectory; (1/2)**m without any.

    Raises:
        ValueError: `m` is less than 1.
    """
    if m < 1:
        raise ValueError(f"m is at least 1, got {m}")
    return float((sum(verdicts) / len(verdicts) if verdicts else 0.5) ** m)


def cluster(answers: Sequence[str | None]) -> list[list[int]]:
    """Indices of equivalent answers together, ordered by their first; None is in no cluster."""
    found: list[list[int]] = []
    for index, answer in enumerate(answers):
        if answer is None:
            continue
        same = (c for c in found if equivalent(answers[c[0]] or "", answer))
        home = next(same, None)
        if home is None:
            found.append([index])
        else:
            home.append(index)
    return found


def select(answers: Sequence[str | None], weights: Sequence[float]) -> Selection | None:
    """Equation 6: the cluster of the largest total weight; of equal ones the larger, the earlier.

    Within it, the trajectory of the largest weight is shown. None where nothing was answered.

    Raises:
        ValueError: not as many weights as answers, or a negative one.
    """
    if len(answers) != len(weights):
        raise ValueError(f"{len(answers)} answers and {len(weights)} weights")
    if any(not weight >= 0 for weight in weights):
        raise ValueError("a weight is not negative")
    clusters = [
        Cluster(answers[members[0]] or "", tuple(members), sum(weights[i] for i in members))
        for members in cluster(answers)
    ]
    if not clusters:
        return None
    # sums of the same weights in another order must not differ
    ranked = sorted(clusters, key=lambda c: (-round(c.weight, 9), -len(c.members), c.members[0]))
    best = max(ranked[0].members, key=lambda i: (weights[i], -i))
    return Selection(tuple(ranked), best)


def majority(answers: Sequence[str | None]) -> Selection | None:
    """The answer that most trajectories give."""
    return select(answers, [1.0] * len(answers))


def with_votes(*scores: Sequence[float]) -> list[float]:
    """A vote for each trajectory, and on top the mean of its scores in [0, 1], as its reliability.

    Equation 6 weighs by reliability alone, which supposes a verifier that judges every claim. Where
    most claims stay open, reliability tells more of what could be read than of what is right: it
    then decides only between answers of nearly as many votes.
    """
    return [1.0 + sum(each) / len(each) for each in zip(*scores, strict=True)]


def best_of_n(answers: Sequence[str | None], rewards: Sequence[float]) -> Selection | None:
    """The answer of the trajectory with the largest reward; of equal ones, the commoner answer."""
    answered = [i for i, answer in enumerate(answers) if answer is not None]
    if not answered:
        return None
    top = max(rewards[i] for i in answered)
    return select(answers, [float(rewards[i] == top) for i in range(len(answers))])
