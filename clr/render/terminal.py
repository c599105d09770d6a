"""A report in the terminal: each step, its claims marked in place, and what was found."""

from __future__ import annotations

import re

from rich.console import Console
from rich.table import Table
from rich.text import Text

from clr.claim import Kind, Status
from clr.report import ClaimReport, Report, StepReport, Totals

SYMBOLS = {
    Status.VERIFIED: "✓",
    Status.REFUTED: "✗",
    Status.UNSUPPORTED: "?",
    Status.JUMP: "↷",
    Status.UNVERIFIABLE: "·",
    Status.UNDECIDED: "…",
}
"""A sign for each status, so that colour is never the only difference."""

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


def print_report(report: Report, console: Console, *, everything: bool = False) -> None:
    """Print `report`: every step with its claims marked, and the evidence for each decided claim.

    With `everything`, claims about which nothing could be said are listed too.
    """
    number = 0
    for step in report.steps:
        number = _print_step(step, console, number, everything)
    console.print(_verdict(report))


def _print_step(step: StepReport, console: Console, number: int, everything: bool) -> int:
    status = step.status
    title = Text(f"{SYMBOLS[status]} Step {step.step.index}", style=STYLES[status])
    if step.claims:
        title.append(f"  {status.value}", style="dim")
    console.print(title)
    shown: list[tuple[int, ClaimReport]] = []
    text = Text()
    at = 0
    base = step.step.span.start
    for claim in sorted(step.claims, key=lambda c: (c.claim.span.end, c.claim.span.start)):
        if not everything and _routine(claim):
            continue
        number += 1
        shown.append((number, claim))
        end = max(at, min(claim.claim.span.end - base, len(step.step.text)))
        start = max(at, claim.claim.span.start - base)
        style = STYLES[claim.verdict.status]
        text.append(safe(step.step.text[at:start]))
        text.append(safe(step.step.text[start:end]), style=f"{style} underline")
        text.append(f"[{number}{SYMBOLS[claim.verdict.status]}]", style=style)
        at = end
    text.append(safe(step.step.text[at:].rstrip()))
    _print_indented(text, console, 2)
    for index, claim in shown:
        _print_indented(_line(index, claim), console, 4)
    console.print()
    return number


def _print_indented(text: Text, console: Console, indent: int) -> None:
    for line in text.wrap(console, max(20, console.width - indent)):
        line.rstrip()
        console.print(Text(" " * indent).append_text(line) if line else line)


def _line(number: int, report: ClaimReport) -> Text:
    verdict = report.verdict
    style = STYLES[verdict.status]
    line = Text(f"[{number}] {SYMBOLS[verdict.status]} {verdict.status.value}", style=style)
    if verdict.fault is not None:
        line.append(f": {verdict.fault.value}")
    if verdict.strength is not None:
        line.append(f" ({verdict.strength.value})", style="dim")
    line.append(f"  {safe(report.claim.statement)}")
    evidence = verdict.evidence
    if evidence is not None and verdict.status is not Status.VERIFIED:
        line.append(f"\n{safe(evidence.message)}", style=style)
        if verdict.fault is not None and evidence.premises:
            line.append(f"\ngiven {safe('; '.join(evidence.premises[:4]))}", style="dim")
    return line


def _verdict(report: Report) -> Text:
    if report.note:
        return Text(f"Gave up: {report.note}", style="cyan")
    if report.first_error is None:
        return Text(
            f"No error found ({report.profile}); reliability {report.reliability:.2f}", style="blue"
        )
    return Text(
        f"First error in step {report.first_error} ({report.profile}); "
        f"reliability {report.reliability:.2f}",
        style="bold red",
    )


def summary(totals: Totals) -> Table:
    """A table of what an audit found, with the coverage that gives the silence its weight."""
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right", style="dim")

    def row(label: str | Text, count: int, of: int) -> None:
        table.add_row(label, f"{count:,}", f"{count / of:.1%}" if of else "")

    row("traces", totals.traces, 0)
    row("with an error", totals.faulty, totals.traces)
    if totals.gave_up:
        row("given up", totals.gave_up, totals.traces)
    table.add_section()
    row("steps", totals.steps, 0)
    row("with a verified or refuted claim", totals.covered, totals.steps)
    table.add_section()
    claims = totals.counts.total()
    row("claims", claims, 0)
    for status in Status:
        label = Text(f"{SYMBOLS[status]} {status.value}", style=STYLES[status])
        row(label, totals.counts[status], claims)
    return table


def _routine(report: ClaimReport) -> bool:
    """Claims left out unless asked for: nothing known, or a number that has its source."""
    status = report.verdict.status
    sourced = report.claim.kind is Kind.QUANTITY and status is Status.VERIFIED
    return sourced or status is Status.UNVERIFIABLE or report.claim.kind is Kind.STEP
