"""The examples in the README and the documents run, and print what their comments say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [
    pytest.param(example, id=f"{page.stem}-{n}")
    for page in PAGES
    for n, example in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(), re.S))
    if "print(" in example
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_prints_what_it_says(example: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, check=True
    )
    printed = result.stdout.splitlines()
    assert printed
    for line, comment in zip(printed, re.findall(r"  # (.*)", example), strict=False):
        assert line.startswith(comment.removesuffix(", ..."))


def test_the_output_that_is_shown_is_what_check_prints() -> None:
    trace = "Subtract 2x from both sides: 3x - 7 = 11.\n\nAdd 7 to both sides: 3x = 4.\n\n"
    trace += "So x = 4/3, and the answer is 4/3."
    command = ["check", trace, "--problem", "Solve 5x - 7 = 2x + 11.", "--no-color"]
    printed = CliRunner().invoke(app, command).stdout
    (shown,) = re.findall(r"```text\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert printed.partition("\n")[2] == shown
