"""A report in the terminal: each step, its claims marked in place, and what was found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from clr.claim import Kind, Status
from clr.report import ClaimReport, Report, StepReport, Totals
from clr.trace import Trace

SYMBOLS = {
    Status.VERIFIED: "✓",
    Status.REFUTED: "✗",
    Status.UNSUPPORTED: "?",
    Status.JUMP: "↷",
    Status.UNVERIFIABLE: "·",
    Status.UNDECIDED: "…",
}
"""A sign for each status, so that colour is never the only difference."""

_ASCII = {
    Status.VERIFIED: "+",
    Status.REFUTED: "x",
    Status.UNSUPPORTED: "?",
    Status.JUMP: ">",
    Status.UNVERIFIABLE: ".",
    Status.UNDECIDED: "~",
}
"""The same for terminals that are not in UTF-8, where those above would all be question marks."""

STYLES = {
    Status.VERIFIED: "blue",
    Status.REFUTED: "bold red",
    Status.UNSUPPORTED: "bold magenta",
    Status.JUMP: "bold yellow",
    Status.UNVERIFIABLE: "dim",
    Status.UNDECIDED: "cyan",
}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """`text` without control characters, so that a trace cannot drive the terminal."""
    return _CONTROL.sub("�", text)


def sign(status: Status, console: Console) -> str:
    """The sign of a status, in characters that the console has."""
    return (_ASCII if console.options.ascii_only else SYMBOLS)[status]


def print_trace(
    trace: Trace, report: Report, console: Console, *, everything: bool = False
) -> None:
    """Print a trace's id and problem, and its report as `print_report` does."""
    console.print(Rule(Text(safe(trace.id), style="bold"), style="dim", align="left"))
    if trace.problem.strip():
        _print_hung("", Text(safe(trace.problem.strip()), style="italic"), console)
    console.print()
    print_report(report, console, everything=everything)


def print_report(report: Report, console: Console, *, everything: bool = False) -> None:
    """Print `report`: every step with its claims marked, and what is wrong with those that are not
    verified; at the end the first error, the reliability, and how many claims there are.

    With `everything`, all claims are listed, those too that are verified or could not be checked.
    """
    listed = 0
    for step in report.steps:
        listed = _print_step(step, console, listed, everything)
    for line in _verdict(report):
        _print_hung("", line, console)


def _print_step(step: StepReport, console: Console, listed: int, everything: bool) -> int:
    """Print a step, the claims in it numbered on from `listed`; return the last number."""
    text = Text()
    notes: list[tuple[int, ClaimReport]] = []
    at = 0
    base = step.step.span.start
    for claim in sorted(step.claims, key=lambda c: (c.claim.span.end, c.claim.span.start)):
        if not everything and _routine(claim):
            continue
        status = claim.verdict.status
        number = ""
        if everything or status is not Status.VERIFIED:
            listed += 1
            number = str(listed)
            notes.append((listed, claim))
        end = max(at, min(claim.claim.span.end - base, len(step.step.text)))
        start = max(at, claim.claim.span.start - base)
        text.append(safe(step.step.text[at:start]))
        text.append(safe(step.step.text[start:end]), style=f"{STYLES[status]} underline")
        text.append(f"[{number}{sign(status, console)}]", style=STYLES[status])
        at = end
    text.append(safe(step.step.text[at:].rstrip()))
    gutter = Text(f"{sign(step.status, console)} {step.step.index:<2} ", style=STYLES[step.status])
    _print_hung(gutter, text, console)
    for index, claim in notes:
        head = Text(f"{'':{len(gutter)}}[{index}] ", style=STYLES[claim.verdict.status])
        _print_hung(head, _note(claim), console)
    console.print()
    return listed


def _print_hung(head: Text | str, body: Text, console: Console) -> None:
    """Print `body` beside `head`, its further lines indented as far."""
    indent = " " * len(head)
    for line in body.wrap(console, max(20, console.width - len(indent))):
        line.rstrip()
        console.print(Text.assemble(head or indent, line) if line else "")
        head = indent


def _note(report: ClaimReport) -> Text:
    """What was found about a claim: its status, how it was read, and the evidence."""
    verdict = report.verdict
    style = STYLES[verdict.status]
    note = Text(verdict.status.value, style=style)
    if verdict.fault is not None:
        note.append(f": {verdict.fault.value}")
    if verdict.strength is not None:
        note.append(f" ({verdict.strength.value})", style="dim")
    if report.claim.statement.split() != report.claim.text.split():
        note.append(f"\n{safe(report.claim.statement)}", style="not bold")
    evidence = verdict.evidence
    if evidence is not None and verdict.status is not Status.VERIFIED:
        note.append(f"\n{safe(evidence.message)}", style=style)
        if verdict.fault is not None and evidence.premises:
            note.append(f"\ngiven {safe('; '.join(evidence.premises[:4]))}", style="dim")
    return note


def _verdict(report: Report) -> Iterable[Text]:
    if report.note:
        yield Text(f"Gave up: {report.note}", style=STYLES[Status.UNDECIDED])
        return
    if report.first_error is None:
        yield Text(f"No error found ({report.profile})", style=STYLES[Status.VERIFIED])
    else:
        yield Text(
            f"First error in step {report.first_error} ({report.profile})",
            style=STYLES[Status.REFUTED],
        )
    counts = ", ".join(f"{n} {status.value}" for status, n in report.counts.items() if n)
    yield Text(f"Reliability {report.reliability:.2f}; claims: {counts or 'none'}", style="dim")


_BAR = 12
"""Characters of a bar for all there are."""


def summary(totals: Totals, console: Console) -> Table:
    """A table of what an audit found, with the coverage that gives the silence its weight."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_column()

    def row(label: str, count: int, of: int, style: str = "") -> None:
        share = count / of if of else 0.0
        table.add_row(
            Text.assemble("  ", (label, style)) if of else Text(label, style="bold"),
            f"{count:,}",
            Text(f"{share:.1%}", style="dim") if of else "",
            Text(_bar(share, console), style=style or "dim"),
        )

    row("traces", totals.traces, 0)
    row("with an error", totals.faulty, totals.traces, STYLES[Status.REFUTED])
    if totals.gave_up:
        row("given up", totals.gave_up, totals.traces, STYLES[Status.UNDECIDED])
    row("steps", totals.steps, 0)
    row("with a decided claim", totals.covered, totals.steps, STYLES[Status.VERIFIED])
    claims = totals.counts.total()
    row("claims", claims, 0)
    for status in Status:
        if totals.counts[status]:
            label = f"{sign(status, console)} {status.value}"
            row(label, totals.counts[status], claims, STYLES[status])
    return table


def _bar(share: float, console: Console) -> str:
    """A bar of eighths of characters; anything is at least an eighth."""
    if console.options.ascii_only:
        return "#" * round(share * _BAR)
    whole, rest = divmod(max(round(share * _BAR * 8), 1 if share else 0), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[rest].strip()


def _routine(report: ClaimReport) -> bool:
    """Claims left out unless asked for: nothing known, or a number that has its source."""
    status = report.verdict.status
    sourced = report.claim.kind is Kind.QUANTITY and status is Status.VERIFIED
    return sourced or status is Status.UNVERIFIABLE or report.claim.kind is Kind.STEP
