"""A report in the terminal: what it says, and that it fits."""

import io

import pytest
from rich.console import Console

import clr
from clr.auditor import audit
from clr.render.terminal import print_trace, sign, summary
from clr.report import Totals

TRACE = clr.trace_of(
    "jars",
    "A cook fills 6 jars with 14 plums each, and eats 9 plums. How many plums are left?",
    steps=[
        "The jars hold 6 * 14 = 84 plums.",
        "He eats 9 of them, so that 84 - 9 = 76 plums are left.",
        "The answer is \\boxed{76}.",
    ],
)


def printed(width: int, encoding: str = "utf-8", **options: bool) -> list[str]:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    console = Console(file=file, width=width, highlight=False)
    print_trace(TRACE, audit(TRACE), console, **options)
    file.seek(0)
    return file.read().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_lines_fit_and_are_indented_under_their_step(width: int) -> None:
    lines = printed(width)
    assert max(map(len, lines)) <= width
    assert not any(line.endswith(" ") for line in lines)
    for step in TRACE.steps:
        start = next(i for i, line in enumerate(lines) if line[2:].startswith(f"{step.index} "))
        block = lines[start + 1 : lines.index("", start)]
        assert all(line.startswith("     ") for line in block)


def test_what_is_not_verified_is_listed_and_all_if_asked() -> None:
    short, long = "\n".join(printed(100)), "\n".join(printed(100, everything=True))
    assert "6 * 14 = 84 plums[✓]" in short
    assert "84 - 9 = 76 plums[1✗]" in short
    assert "[1] refuted: incorrect calculation (proved)" in short
    assert "the left side is 75, the right side 76" in short
    assert "First error in step 1" in short
    assert "[1] verified (proved)" in long


def test_signs_stay_apart_where_the_terminal_is_not_in_utf_8() -> None:
    text = "\n".join(printed(100, "latin-1"))
    assert "84 plums[+]" in text
    assert "76 plums[1x]" in text
    console = Console(file=io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert len({sign(status, console) for status in clr.Status}) == len(clr.Status)


def test_the_summary_shows_shares_and_leaves_out_what_did_not_occur() -> None:
    totals = Totals()
    totals.add(audit(TRACE))
    console = Console(file=io.StringIO(), width=60)
    console.print(summary(totals, console))
    text = console.file.getvalue()
    assert "with an error" in text
    assert "100.0%" in text
    assert "undecided" not in text
    assert max(map(len, text.splitlines())) <= 60
