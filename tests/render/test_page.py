"""The page: what it counts, and that a trace can neither leave its place in it nor break it."""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from clr.auditor import audit
from clr.cli import app
from clr.render.overview import Overview
from clr.render.page import CHUNK, Page
from clr.segment import trace_of

EXAMPLES = Path(__file__).resolve().parents[2] / "clr" / "examples" / "traces.jsonl"
HOSTILE = (
    "</script><script>document.title = 'owned'</script>",
    '<img src=x onerror="document.title = 1">',
    "[link](javascript:alert(1)) <a href='javascript:alert(1)'>here</a>",
    "\u202egnp.exe \u200b\u2067",
    "\\(\\frac{1}{ \\[ \\begin{align} $ unclosed",
    "{{ 7 * 7 }} {% raw %} <!-- ]]> &lt;",
)
run = CliRunner().invoke


def page_of(folder: Path, *texts: str) -> str:
    page = Page("<b>a title</b>")
    for text in texts:
        trace = trace_of(text, text, response=f"{text} 2 + 2 = 5", domain=text)
        page.add(trace, audit(trace))
    page.write(folder / "page.html")
    return (folder / "page.html").read_text()


def packed(html: str, name: str) -> Any:
    found = re.search(rf'<script type="text/plain" id="{name}">([A-Za-z0-9+/=]*)</script>', html)
    assert found is not None
    return json.loads(gzip.decompress(base64.b64decode(found.group(1))))


def test_everything_of_a_trace_is_packed(tmp_path: Path) -> None:
    html = page_of(tmp_path, *HOSTILE)
    assert not any(text in html for text in HOSTILE)
    assert "<b>a title" not in html
    assert [row["id"] for row in packed(html, "rows")] == list(HOSTILE)
    first = packed(html, "chunk0")[0]
    assert first["problem"] == HOSTILE[0]
    assert first["first_error"] == len(first["steps"]) - 1


def test_only_the_own_script_and_style_may_run(tmp_path: Path) -> None:
    html = page_of(tmp_path, "p")
    assert "default-src 'none'" in html
    for tag, count in (("script", 2), ("style", 1)):  # KaTeX, which may be empty, and our own
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert len(found) == count
        for own in found:
            digest = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
            assert re.search(rf"{tag}-src [^;]*'sha256-{re.escape(digest)}'", html)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:|//)|@import|url\((?!data:)""", html)


def test_traces_of_the_same_content_have_links_of_their_own(tmp_path: Path) -> None:
    html = page_of(tmp_path, *["again"] * (CHUNK + 1))
    links = [row["link"] for row in packed(html, "rows")]
    assert len(set(links)) == CHUNK + 1
    assert links[1] == f"{links[0]}-2"
    assert len(packed(html, "chunk0")) == CHUNK
    assert len(packed(html, "chunk1")) == 1


def test_the_same_audit_gives_the_same_page(tmp_path: Path) -> None:
    assert page_of(tmp_path, *HOSTILE) == page_of(tmp_path, *HOSTILE)


def test_an_overview_counts_traces_and_claims() -> None:
    overview = Overview()
    for response in ("2 + 2 = 4", "2 + 2 = 5", "Nothing to see."):
        overview.add(audit(trace_of("t", "Add.", response=response)))
    assert (overview.traces, overview.sound, overview.covered) == (3, 2, 2)
    assert [share for _, _, share, _ in overview.tiles()] == ["67%", "33%", "0%", "0%", "67%"]
    bars = {title: bars for title, _, bars in overview.histograms() + overview.charts()}
    assert [bar.value for bar in bars["First error"]] == ["1"]
    assert bars["Time by checker"] == []


def test_an_overview_of_nothing() -> None:
    assert {share for _, _, share, _ in Overview().tiles()} == {"–"}
    assert all(
        bar.share == 0
        for _, _, bars in Overview().histograms() + Overview().charts()
        for bar in bars
    )


def test_audit_and_demo_write_a_page(tmp_path: Path) -> None:
    out, html = tmp_path / "out.jsonl", tmp_path / "page.html"
    traces = ["audit", "-j", "0", str(EXAMPLES), "-o", str(out)]
    assert run(app, [*traces, "--html", str(html)]).exit_code == 0
    rows = packed(html.read_text(), "rows")
    reports = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(r["id"], r["first"]) for r in rows] == [(r["id"], r["first_error"]) for r in reports]
    assert "--resume" in run(app, [*traces, "--resume", "--html", str(html)]).stderr


@pytest.mark.parametrize("target", ["missing/page.html", "."])
def test_a_page_that_cannot_be_written_is_reported(tmp_path: Path, target: str) -> None:
    out = str(tmp_path / "out.jsonl")
    arguments = ["audit", "-j", "0", str(EXAMPLES), "-o", out, "--html", str(tmp_path / target)]
    result = run(app, arguments)
    assert result.exit_code == 2
    assert "cannot write" in result.stderr
