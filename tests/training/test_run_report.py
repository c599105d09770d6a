"""The page of a run: made of what is on disk, whole, and loading nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

pytest.importorskip("trl")

from hypothesis import given
from hypothesis import strategies as st

from clr.training import charts, config, pipeline, run_report
from clr.training.data import Record

TRAINER = {
    "max_steps": 2,
    "per_device_train_batch_size": 4,
    "logging_steps": 1,
    "disable_tqdm": True,
}


class Balanced(HTMLParser):
    """Raises where tags do not close in order."""

    EMPTY = frozenset({"meta", "br", "path", "polyline", "circle", "rect", "line"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def test_a_run_leaves_a_page(tmp_path: Path) -> None:
    recipe = config.parse(
        {
            "model": "tiny:16x1",
            "out": str(tmp_path / "<run>"),
            "evaluation": {
                "data": [{"use": "traces", "count": 3, "seed": 9}],
                "sampling": {"k": 2, "max_new_tokens": 6},
            },
            "stages": [
                {
                    "kind": "sft",
                    "name": "broad",
                    "data": [{"use": "traces", "count": 8}],
                    "trainer": {**TRAINER, "completion_only_loss": True},
                },
                {
                    "kind": "rl",
                    "name": "rl",
                    "data": [{"use": "traces", "count": 8, "seed": 1}],
                    "trainer": {**TRAINER, "num_generations": 4, "max_completion_length": 6},
                },
            ],
        }
    )
    pipeline.run(recipe, say=lambda line: None)
    page = (tmp_path / "<run>" / "report.html").read_text(encoding="utf-8")
    parser = Balanced()
    parser.feed(page)
    assert not parser.open
    assert not {"script", "link", "img", "iframe"} & parser.seen
    assert not re.search(r"(?:src|href)=|url\(|@import", page)
    for title in ("loss", "reward", "entropy", "pass@k", "p(q)", "tokens in a completion"):
        assert title in page
    assert "&lt;run&gt;" in page
    assert page.count('class="trace"') == 6
    assert {entry["step"] for entry in run_report.history(tmp_path / "<run>" / "02-rl")} == {1, 2}


def test_a_run_of_which_nothing_is_finished_has_an_empty_page(tmp_path: Path) -> None:
    assert "<section>" not in run_report.write(tmp_path).read_text()


def test_what_a_model_wrote_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "01-x"
    (folder / "evaluation" / "few").mkdir(parents=True)
    manifest = {"stage": "x", "kind": "sft", "seconds": 1.0, "metrics": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    line = {"id": "a", "completions": ["<script>alert(1)</script> so 2 + 2 = 5"], "tokens": [9]}
    (folder / "evaluation" / "few" / "rollouts-0-of-1.jsonl").write_text(json.dumps(line) + "\n")
    score = {"k": 1, "mean": 0.0, "low": 0.0, "high": 0.0, "pass_k": 0.0, "sound": None}
    score |= {"characters": 9.0, "right": [0], "rollouts": "few"}
    (folder / "score.json").write_text(json.dumps(score))
    record = Record(id="a", domain="math", prompt="2 + 2?")
    page = run_report.write(tmp_path, [record]).read_text()
    assert "<script>" not in page
    assert "incorrect calculation" in page


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.floats(-1e6, 1e6) | st.just(float("nan"))), max_size=20
    )
)
def test_curves_stay_on_the_page(points: list[tuple[float, float]]) -> None:
    drawn = charts.curves({"a": points})
    for polyline in re.findall(r'points="([^"]*)"', drawn):
        for pair in polyline.split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= charts.WIDTH
            assert 0 <= y <= charts.HEIGHT


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_bars_stand_for_their_shares(shares: list[float]) -> None:
    drawn = charts.bars(shares, [str(i) for i in range(len(shares))])
    heights = [float(h) for h in re.findall(r'class="bar".*? height="([\d.-]+)"', drawn)]
    assert len(heights) == len(shares)
    # a height has few digits: of two shares that hardly differ, both may be as high, never reversed
    by_share = [height for _, height in sorted(zip(shares, heights, strict=True))]
    assert by_share == sorted(heights)
