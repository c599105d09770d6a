"""An audit as one HTML file that needs nothing else: no server, no network.

Whatever comes from a trace reaches the page as JSON in compressed base64, and the document as text
nodes only. The content security policy admits the page's own script and style by their hashes, and
no request at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
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
from clr.trace import Trace

CHUNK = 64
"""Traces that are compressed together, and so opened together."""

_EXCERPT = 140


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
                "note": bool(report.note),
                "excerpt": " ".join(trace.problem.split())[:_EXCERPT],
            }
        )
        self._open.append({"problem": trace.problem, **report.to_dict()})
        if len(self._open) == CHUNK:
            self._close_chunk()

    def write(self, path: Path) -> None:
        """Write the page to `path`, whole or not at all.

        Raises:
            OSError: the file cannot be written.
        """
        self._close_chunk()
        script, style = _asset("page.js"), _asset("page.css")
        environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
        html = environment.from_string(_asset("page.html")).render(
            title=self._title,
            version=clr.__version__,
            overview=self._overview,
            script=script,
            style=style,
            script_hash=_hash(script),
            style_hash=_hash(style),
            rows=_packed(self._rows),
            chunks=self._chunks,
            settings=json.dumps({"chunk": CHUNK, "symbols": {s.value: SYMBOLS[s] for s in Status}}),
        )
        part = path.with_name(path.name + ".part")
        part.write_text(html, encoding="utf-8")
        part.replace(path)

    def _close_chunk(self) -> None:
        if self._open:
            self._chunks.append(_packed(self._open))
            self._open = []


def _packed(values: Any) -> str:
    """JSON, compressed, in base64: no character of it means anything to HTML."""
    return base64.b64encode(gzip.compress(json.dumps(values).encode("ascii"), 6, mtime=0)).decode()


def _asset(name: str) -> str:
    return files("clr").joinpath("render", "templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
