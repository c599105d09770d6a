"""What changed between two reports of one trace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from clr.claim import Kind, Status
from clr.render.terminal import STYLES, SYMBOLS, safe
from clr.report import ClaimReport, Report


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose status differs; None where one of the reports does not have the claim."""

    claim: ClaimReport
    before: Status | None
    after: Status | None


def changes(before: Report, after: Report) -> list[Change]:
    """The claims that changed, in the order of the text.

    Claims are the same where kind, span and statement are; of several such, the first is compared
    with the first.
    """
    old, new = _by_place(before), _by_place(after)
    out = []
    for place in sorted(old.keys() | new.keys()):
        for a, b in zip_longest(old.get(place, ()), new.get(place, ())):
            left = a.verdict.status if a else None
            right = b.verdict.status if b else None
            if left is not right:
                out.append(Change(b or a, left, right))
    return out


def print_trace_changes(
    before: Report, after: Report, found: list[Change], console: Console
) -> None:
    """Print the changes of one trace, and its first error where that moved; else nothing."""
    if not found:
        return
    title = Text(safe(after.id), style="bold")
    if before.first_error != after.first_error:
        title.append(f"  first error: {_step(before.first_error)} → {_step(after.first_error)}")
    console.print(title)
    for change in found:
        line = Text(f"  step {change.claim.claim.step}  ")
        line.append_text(_status(change.before)).append(" → ").append_text(_status(change.after))
        line.append(f"  {safe(change.claim.claim.statement)}")
        console.print(line)


def _by_place(report: Report) -> dict[tuple[int, int, Kind, str], list[ClaimReport]]:
    out = defaultdict(list)
    for found in report.claims:
        claim = found.claim
        out[(claim.span.start, claim.span.end, claim.kind, claim.statement)].append(found)
    return out


def _status(status: Status | None) -> Text:
    if status is None:
        return Text("absent", style="dim")
    return Text(f"{SYMBOLS[status]} {status.value}", style=STYLES[status])


def _step(index: int | None) -> str:
    return "none" if index is None else f"step {index}"
