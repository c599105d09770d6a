"""Domains with a state of their own: orderings, stacks, holdings, word lists, dates, walks, ...

A domain reads a problem once, then claims step by step; its checker takes each claim with the state
that the trace has reached and gives a verdict and the next state. Which words a problem holds is
looked up once for all domains; what a domain then does not recognise costs a search or two in its
text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import structs

from clr.claim import Claim, Verdict
from clr.reading import arguments as arguments_reading
from clr.reading import assignments as assignments_reading
from clr.reading import booleans as booleans_reading
from clr.reading import circles as circles_reading
from clr.reading import counting as counting_reading
from clr.reading import dates as dates_reading
from clr.reading import formal as formal_reading
from clr.reading import holdings as holdings_reading
from clr.reading import letters as letters_reading
from clr.reading import list_building as list_building_reading
from clr.reading import lists as lists_reading
from clr.reading import machines as machines_reading
from clr.reading import navigation as navigation_reading
from clr.reading import ordering as ordering_reading
from clr.reading import overlaps as overlaps_reading
from clr.reading import puzzles as puzzles_reading
from clr.reading import rankings as rankings_reading
from clr.reading import respellings as respellings_reading
from clr.reading import schedules as schedules_reading
from clr.reading import stacks as stacks_reading
from clr.reading import testimonies as testimonies_reading
from clr.reading import transitions as transitions_reading
from clr.reading import wordlists as wordlists_reading
from clr.reading.cues import cues_of, mentions
from clr.reading.markup import asserted, crossed, plain
from clr.trace import Step
from clr.verifiers import (
    arguments,
    assignments,
    booleans,
    circles,
    counting,
    dates,
    formal,
    holdings,
    letters,
    list_building,
    lists,
    machines,
    navigation,
    ordering,
    overlaps,
    puzzles,
    rankings,
    respellings,
    schedules,
    stacks,
    transitions,
    wordlists,
)
from clr.verifiers.conventions import PRECISE, Conventions

_LOG = logging.getLogger("clr")


_SIGNS = ("\\", "->", "&", "|", "~")
"""Signs of logic, as far as they are in ASCII."""
_IN_SIGNS = 1
"""The bit of a problem with signs of logic, among those of `Cues`, of which none has it."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The four functions of a domain.

    `context_of` gives None for a problem of another kind. `read` takes a step and the context;
    `initial` the context and the conventions; `check` a claim and the state, and gives the verdict
    and the next state. A context belongs to its own domain, and so does a state.
    """

    name: str
    context_of: Callable[[str], Any]
    read: Callable[[Step, Any], list[Claim]]
    initial: Callable[[Any, Conventions], Any]
    check: Callable[[Claim, Any], tuple[Verdict, Any]]
    view: Callable[[str, str], str] = asserted
    """What `read` sees of a step's text, given what comes after it; places stay the same."""
    beside: bool = False
    """Whether other domains read the same problems, and are heard first."""
    fills_in: bool = False
    """Whether it needs nothing from a problem, and its claims count only where it decides them and
    no other domain read what stands there."""
    cues: int = 0
    """The bits of cues one of which each of its problems holds, with `_IN_SIGNS` where signs of
    logic do as well; none where they may hold something else instead."""


DOMAINS = (
    Domain(
        "ordering",
        ordering_reading.context_of,
        ordering_reading.read,
        lambda context, conventions: ordering.initial(context.given, conventions),
        ordering.check,
        cues=ordering_reading.CUES,
    ),
    Domain(
        "stacks",
        stacks_reading.context_of,
        stacks_reading.read,
        lambda context, _: stacks.initial(context),
        stacks.check,
    ),
    Domain(
        "holdings",
        holdings_reading.context_of,
        holdings_reading.read,
        lambda context, _: holdings.initial(context.given),
        holdings.check,
        cues=holdings_reading.CUES.bit,
    ),
    Domain(
        "word lists",
        wordlists_reading.context_of,
        wordlists_reading.read,
        lambda context, conventions: wordlists.initial(context.given, conventions),
        wordlists.check,
    ),
    Domain(
        "arguments",
        arguments_reading.context_of,
        arguments_reading.read,
        lambda context, _: arguments.initial(context.given),
        arguments.check,
        cues=arguments_reading.CUES.bit,
    ),
    Domain(
        "formal logic",
        formal_reading.context_of,
        formal_reading.read,
        lambda context, _: formal.initial(context.given),
        formal.check,
        lambda text, ahead: crossed(plain(text), ahead),  # "(given)" is a reason there
        cues=formal_reading.CUES.bit | _IN_SIGNS,
    ),
    Domain(
        "assignments",
        assignments_reading.context_of,
        assignments_reading.read,
        lambda context, _: assignments.initial(context.given),
        assignments.check,
    ),
    Domain(
        "round tables",
        circles_reading.context_of,
        circles_reading.read,
        lambda context, _: circles.initial(context.given),
        circles.check,
        cues=circles_reading.CUES.bit,
    ),
    Domain(
        "booleans",
        booleans_reading.context_of,
        booleans_reading.read,
        lambda _, __: booleans.initial(),
        booleans.check,
        view=lambda text, _: plain(text),  # "False" is a value there, and denies nothing
        cues=booleans_reading.CUES.bit | _IN_SIGNS,
    ),
    Domain(
        "navigation",
        navigation_reading.context_of,
        navigation_reading.read,
        lambda context, _: navigation.initial(context.route),
        navigation.check,
        cues=navigation_reading.CUES.bit,
    ),
    Domain(
        "dates",
        dates_reading.context_of,
        dates_reading.read,
        lambda context, _: dates.initial(context.given),
        dates.check,
    ),
    Domain(
        "counting",
        counting_reading.context_of,
        counting_reading.read,
        lambda context, _: counting.initial(context.listing),
        counting.check,
    ),
    Domain(
        "overlapping groups",
        overlaps_reading.context_of,
        overlaps_reading.read,
        lambda context, _: overlaps.initial(context.given),
        overlaps.check,
        cues=overlaps_reading.CUES.bit,
    ),
    Domain(
        "lists",
        lists_reading.context_of,
        lists_reading.read,
        lambda context, _: lists.initial(
            context.given,
            context.asked,
            context.spoken_of,
            reordered=context.reorders,
            changed=context.of_some,
        ),
        lists.check,
        lambda text, ahead: crossed(plain(text), ahead),  # [3] is no source there either
    ),
    Domain(
        "lists that are built",
        list_building_reading.context_of,
        list_building_reading.read,
        lambda context, _: list_building.initial(context.sources),
        list_building.check,
        lambda text, ahead: crossed(plain(text), ahead),
    ),
    Domain(
        "letters",
        letters_reading.context_of,
        letters_reading.read,
        lambda context, _: letters.initial(context.text),
        letters.check,
    ),
    Domain(
        "respellings",
        respellings_reading.context_of,
        respellings_reading.read,
        lambda context, _: respellings.initial(context.task),
        respellings.check,
        cues=respellings_reading.CUES.bit,
    ),
    Domain(
        "machines",
        machines_reading.context_of,
        machines_reading.read,
        lambda context, _: machines.initial(context.machine),
        machines.check,
        view=lambda text, ahead: crossed(plain(text), ahead),  # [3] is no source there
        cues=machines_reading.CUES.bit,
    ),
    Domain(
        "puzzles",
        puzzles_reading.context_of,
        puzzles_reading.read,
        lambda context, _: puzzles.initial(context.puzzle),
        puzzles.check,
        beside=True,
        cues=puzzles_reading.CUES.bit,
    ),
    Domain(
        "testimonies",
        testimonies_reading.context_of,
        testimonies_reading.read,
        lambda context, _: puzzles.initial(context.puzzle),
        puzzles.check,
        beside=True,
        cues=testimonies_reading.CUES.bit,
    ),
    Domain(
        "rankings",
        rankings_reading.context_of,
        rankings_reading.read,
        lambda _, __: None,
        rankings.check,
        cues=rankings_reading.CUES.bit,
    ),
    Domain(
        "schedules",
        schedules_reading.context_of,
        schedules_reading.read,
        lambda context, _: schedules.initial(context.schedule),
        schedules.check,
        cues=schedules_reading.CUES.bit,
    ),
    Domain(
        "transitions",
        transitions_reading.context_of,
        transitions_reading.read,
        lambda context, _: transitions.initial(
            context.opening, context.wraps, context.upright, context.turning, context.priced
        ),
        transitions.check,
        lambda text, ahead: crossed(plain(text), ahead),  # [3] is no source there
        fills_in=True,
        cues=transitions_reading.CUES,
    ),
)


@dataclass(slots=True)
class Session:
    """A trace under audit in one domain; `state` moves on with every claim."""

    domain: Domain
    context: Any
    state: Any

    @property
    def of_a_list(self) -> bool:
        """Whether its problem is a list, of which not every number need be used."""
        return self.domain.name == "lists"

    def take(self, step: Step, ahead: str = "") -> list[tuple[Claim, Verdict]]:
        """The claims of the next step, each with its verdict; `ahead` is what comes after it."""
        out = []
        offset = step.span.start
        seen = Step(step.index, self.domain.view(step.text, ahead), step.span)
        for claim in self.domain.read(seen, self.context):
            written = step.text[claim.span.start - offset : claim.span.end - offset]
            verdict, self.state = self.domain.check(claim, self.state)
            as_written = claim if written == claim.text else structs.replace(claim, text=written)
            out.append((as_written, verdict))
        return out


def sessions(
    problem: str,
    conventions: Conventions = PRECISE,
    domains: Sequence[Domain] = DOMAINS,
) -> list[Session]:
    """A session in each domain that the problem belongs to; often none."""
    found = []
    cues = cues_of(problem)
    if not problem.isascii() or mentions(problem, _SIGNS):
        cues |= _IN_SIGNS
    for domain in domains:
        if domain.cues and not domain.cues & cues:
            continue
        try:
            context = domain.context_of(problem)
            if context is not None:
                found.append(Session(domain, context, domain.initial(context, conventions)))
        except Exception:  # a defect of ours: the other domains and mathematics go on
            _LOG.exception("the domain %s failed on a problem", domain.name)
    return found


def is_puzzle(found: Sequence[Session]) -> bool:
    """Whether one of the domains takes the problem for its own, and does not only fill in."""
    return any(not session.domain.fills_in for session in found)
