"""Which records stay: conditions, benchmarks, duplicates, and how many for each prompt.

A decision depends on the record and on what was kept before it, and on nothing else: the same
records in the same order give the same decisions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from clr.filter.duplicates import Kept, name_of, signature_of
from clr.filter.expression import Condition, Row, conditions
from clr.filter.facts import FIELDS
from clr.filter.ngrams import Benchmark
from clr.records import Source


class Dedup(StrEnum):
    """Which records count as one."""

    OFF = "off"
    EXACT = "exact"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a record must meet, in the order in which it is asked.

    `conditions` hold; no run of words is shared with `benchmark`; it is no duplicate of a kept
    record; and fewer than `per_prompt` solutions were kept for its prompt, none with the same
    claims. If `balanced`, as many records are kept with outcome 0 as with outcome 1.
    """

    conditions: tuple[Condition, ...] = ()
    benchmark: Benchmark | None = None
    dedup: Dedup = Dedup.OFF
    per_prompt: int | None = None
    balanced: bool = False


@dataclass(frozen=True, slots=True)
class Preset:
    """A name for criteria."""

    keep: str
    dedup: Dedup = Dedup.OFF
    balanced: bool = False


PRESETS = {
    "sound": Preset("outcome == 1 and sound"),
    "prof": Preset("outcome == 1 and sound or outcome == 0 and not sound", balanced=True),
    "sft": Preset("outcome == 1 and sound and words >= 20 and repetition <= 0.3", dedup=Dedup.NEAR),
}
"""`sound`: right, and nothing refuted or unsupported. `prof`: right and sound, or wrong and
unsound, as many of each (after PROF, arXiv:2509.03403). `sft`: sound, neither too short nor
repetitive, and no near duplicates."""


def criteria(
    keep: str | None = None,
    preset: str | None = None,
    *,
    benchmark: Benchmark | None = None,
    dedup: Dedup | None = None,
    per_prompt: int | None = None,
) -> Criteria:
    """Criteria of a preset, an expression that must hold too, and what overrides the preset.

    Raises:
        ExpressionError: `keep` cannot be used.
        ValueError: `per_prompt` is less than 1.
        MissingExtra: near duplicates are to be dropped, and rensa is not installed.
    """
    if per_prompt is not None and per_prompt < 1:
        raise ValueError(f"at least one solution for each prompt, got {per_prompt}")
    named = PRESETS[preset] if preset else Preset("true")
    dedup = named.dedup if dedup is None else dedup
    if dedup is Dedup.NEAR:
        signature_of("")  # what is missing is said before anything is audited
    asked = [*conditions(named.keep, FIELDS)] if preset else []
    if keep is not None:
        asked += conditions(keep, FIELDS)
    return Criteria(
        tuple(asked),
        benchmark,
        dedup,
        per_prompt,
        named.balanced,
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record, its number from 0 in the whole input, and what is known of it. `solution` names its
    claims."""

    number: int
    source: Source
    row: Row
    solution: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a record is left out, as one of few reasons, and what is particular to it."""

    reason: str
    detail: str | None = None


def decide(
    candidates: Iterable[Candidate], criteria: Criteria
) -> Iterator[tuple[Candidate, Rejection | None]]:
    """Each candidate with the reason why it is rejected, or None if it is kept.

    The balance of outcomes is not held here: see `balanced`.
    """
    kept = Kept()
    try:
        for candidate in candidates:
            yield candidate, _rejection(candidate, criteria, kept)
    finally:
        kept.close()


def balanced(
    decisions: Iterable[tuple[Candidate, Rejection | None]], quota: int
) -> Iterator[tuple[Candidate, Rejection | None]]:
    """The same decisions, but for each outcome only the first `quota` are kept."""
    found: Counter[object] = Counter()
    for candidate, rejection in decisions:
        outcome = candidate.row["outcome"]
        if rejection is None and found[outcome] == quota:
            rejection = Rejection("balance", f"{quota} records with outcome {outcome} are kept")
        found[outcome] += rejection is None
        yield candidate, rejection


def _rejection(candidate: Candidate, criteria: Criteria, kept: Kept) -> Rejection | None:
    """Why a candidate is rejected; if it is not, it is added to `kept`."""
    for condition in criteria.conditions:
        if not condition.holds(candidate.row):
            return Rejection(f"fails {condition.text}")
    trace = candidate.source.trace
    if criteria.benchmark is not None and any(
        map(criteria.benchmark.overlaps, (trace.problem, trace.response))
    ):
        return Rejection("overlaps a benchmark")
    text = f"{trace.problem}\n\n{trace.response}"
    if criteria.dedup is not Dedup.OFF:
        name = name_of(text)
        if (same := kept.same_text(name)) is not None:
            return Rejection("duplicate", f"of record {same}")
    if criteria.dedup is Dedup.NEAR:
        signature = signature_of(text)
        if (like := kept.like(signature)) is not None:
            return Rejection("near duplicate", f"of record {like}")
    if criteria.per_prompt is not None:
        prompt = name_of(trace.problem)
        solution = int(candidate.solution, 16) - (1 << 63)
        if kept.same_solution(prompt, solution):
            return Rejection("the claims of another solution kept for its prompt")
        if kept.solutions(prompt) >= criteria.per_prompt:
            return Rejection(f"{criteria.per_prompt} solutions kept for its prompt")
        kept.add_solution(prompt, solution)
    if criteria.dedup is not Dedup.OFF:
        kept.add_text(name, candidate.number)
    if criteria.dedup is Dedup.NEAR:
        kept.add_signature(signature, candidate.number)
    return None
