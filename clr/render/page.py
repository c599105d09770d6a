"""An audit as one HTML file that needs nothing else: no server, no network.

Whatever comes from a trace reaches the page as JSON in compressed base64, and the document as text
nodes, or as what KaTeX makes of it with commands that could link or load turned off. The content
security policy admits the page's own scripts and style by their hashes, and no request.

KaTeX is taken from `clr/render/katex`, where `make katex` puts the files of its npm package.
Without it, mathematics is shown as its author wrote it.
"""

from __future__ import annotations

import base64
import errno
import gzip
import hashlib
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

import clr
from clr.claim import Status
from clr.render.overview import FAULTS, Overview
from clr.render.terminal import SYMBOLS
from clr.report import Report
from clr.support import support_of
from clr.trace import Trace
from clr.verifiers.answer import grade_answer

CHUNK = 64
"""Traces that are compressed together, and so opened together."""

_EXCERPT = 140
MOST_ON_PATH = 60
"""Claims shown of those that an answer rests on: the last ones."""


class Page:
    """The page of an audit, built one report at a time.

    Memory grows with the compressed size of the reports: about 1 kB for a trace.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._overview = Overview()
        self._rows: list[dict[str, Any]] = []
        self._seen: Counter[str] = Counter()
        self._chunks: list[str] = []
        self._open: list[dict[str, Any]] = []

    def add(self, trace: Trace, report: Report) -> None:
        """Add the report of `trace`."""
        self._overview.add(report)
        self._seen[report.digest] += 1
        copy = self._seen[report.digest]
        counts = report.counts
        self._rows.append(
            {
                "id": report.id,
                "link": report.digest[:16] + (f"-{copy}" if copy > 1 else ""),
                "domain": trace.domain or "",
                "first": report.first_error,
                "steps": len(report.steps),
                "reliability": report.reliability,
                "faults": [counts[status] for status in FAULTS],
                "outcome": _outcome(trace),
                "note": bool(report.note),
                "excerpt": _excerpt(trace.problem),
            }
        )
        record = {"problem": trace.problem, **report.to_dict(), "slice": _slice(trace, report)}
        self._open.append(record)
        if len(self._open) == CHUNK:
            self._close_chunk()

    def write(self, path: Path) -> None:
        """Write the page to `path`, whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        self._close_chunk()
        katex, fonts = _katex()
        script, style = _asset("page.js"), _asset("page.css") + fonts
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        html = environment.from_string(_asset("page.html")).render(
            title=self._title,
            version=clr.__version__,
            overview=self._overview,
            script=script,
            style=style,
            katex=katex,
            script_hash=_hash(script),
            katex_hash=_hash(katex),
            style_hash=_hash(style),
            rows=_packed(self._rows),
            chunks=self._chunks,
            settings=json.dumps({"chunk": CHUNK, "symbols": {s.value: SYMBOLS[s] for s in Status}}),
        )
        path = path.resolve()  # a link stays one
        part = path.with_name(path.name + ".part")
        part.write_text(html, encoding="utf-8")
        part.replace(path)

    def _close_chunk(self) -> None:
        if self._open:
            self._chunks.append(_packed(self._open))
            self._open = []


def _excerpt(text: str) -> str:
    """`text` in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT] + "…"


def _packed(values: Any) -> str:
    """JSON, compressed, in base64: no character of it means anything to HTML."""
    return base64.b64encode(gzip.compress(json.dumps(values).encode("ascii"), 6, mtime=0)).decode()


def _asset(name: str) -> str:
    return files("clr").joinpath("render", "templates", name).read_text(encoding="utf-8")


def _katex() -> tuple[str, str]:
    """KaTeX's script, and its style sheet with the fonts inside; both "" if it is not there."""
    folder = files("clr").joinpath("render", "katex")
    if not folder.joinpath("katex.min.js").is_file():
        return "", ""
    # a script element ends at the first such tag, even in a string
    script = folder.joinpath("katex.min.js").read_text("utf-8").replace("</script", "<\\/script")

    def inlined(source: re.Match[str]) -> str:
        font = base64.b64encode(folder.joinpath("fonts", source[1]).read_bytes()).decode()
        return f'src:url(data:font/woff2;base64,{font}) format("woff2")'

    style = folder.joinpath("katex.min.css").read_text("utf-8")
    return script, _SOURCES.sub(inlined, style)


_SOURCES = re.compile(r"src:url\(fonts/([\w-]+\.woff2)\)[^;}]*")


def _slice(trace: Trace, report: Report) -> dict[str, Any]:
    """The claims that the answer rests on, each as step, statement and status, and for each the
    places in this list of those that it uses."""
    if sum(len(step.claims) for step in report.steps) < 2:
        return {"claims": [], "uses": []}
    claims = report.claims
    uses = support_of(report, trace.problem).uses
    path = list(uses)[-MOST_ON_PATH:]
    place = {index: at for at, index in enumerate(path)}
    return {
        "claims": [
            (claims[i].claim.step, claims[i].claim.statement, claims[i].verdict.status.value)
            for i in path
        ],
        "uses": [sorted(place[j] for j in uses[i] if j in place) for i in path],
    }


def _outcome(trace: Trace) -> int | None:
    """Whether the final answer is the reference, where there is one to compare."""
    if trace.answer is None or trace.domain == "code":
        return None
    return grade_answer(trace.response, trace.answer).outcome


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
