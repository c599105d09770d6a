"""The filter from files to files: what is kept, why the rest is not, and kills."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from clr.filter.criteria import Criteria, Dedup, criteria
from clr.filter.measuring import Auditing, UnusableJournal, UnusableReport
from clr.filter.ngrams import Benchmark
from clr.filter.pipeline import Job, Tally, run
from clr.filter.writing import UnusableOutput, part_of
from clr.records import Unreadable, read_traces
from clr.report import encode

HERE = Auditing(workers=0)
RIGHT, SLIP = "2 + 3 = 5.\n\nTwice that is 5 * 2 = 10.", "2 + 3 = 6.\n\nTwice that is 6 * 2 = 12."


def record(id: int, response: str = RIGHT, **more: Any) -> dict[str, Any]:
    return {"id": str(id), "problem": "Add 2 and 3, and double.", "response": response, **more}


def write(path: Path, records: list[Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def filtered(path: Path, rule: Criteria, **options: Any) -> tuple[list[str], dict[str, str], Tally]:
    """Ids of what is kept, and reasons by id for the rest."""
    kept, rejected = path.with_name("kept.jsonl"), path.with_name("rejected.jsonl")
    tally = run(Job([path], kept, rule, rejected, auditing=HERE, **options))
    reasons = {}
    for line in rejected.read_text().splitlines():
        told = json.loads(line)
        reasons[told["record"]["id"]] = told["reason"]
    return [json.loads(line)["id"] for line in kept.read_text().splitlines()], reasons, tally


def test_what_is_kept_stays_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = [
        '{"problem":"p",  "response":"2 + 2 = 4", "id": 1, "deep": {"x": [1.50, "\\ud83d"]}}',
        '{"problem":"p","response":"2 + 2 = 5"}',
        '{"problem":"p","response":"2 + 2 = 4"}',
    ]
    source.write_text("\n".join(lines))
    job = Job([source], tmp_path / "out.jsonl", criteria("refuted == 0"), auditing=HERE)
    tally = run(job)
    assert job.kept.read_text() == f"{lines[0]}\n{lines[2]}\n"
    assert (tally.records, tally.kept, dict(tally.reasons)) == (3, 2, {"fails refuted == 0": 1})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_presets(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        [
            record(0, outcome=1),
            record(1, SLIP, outcome=0),
            record(2, SLIP, outcome=True),
            record(3, RIGHT + "\n\nDone.", outcome=False),
            record(4, "So 3 + 2 = 5, and 5 + 5 = 10.", outcome=1.0),
            record(5, outcome=None),
        ],
    )
    assert filtered(source, criteria(preset="sound"))[0] == ["0", "4"]
    kept, reasons, _ = filtered(source, criteria(preset="prof"))
    assert kept == ["0", "1"]
    assert reasons["4"] == "balance"
    assert filtered(source, criteria(preset="sft"))[1]["0"] == "fails words >= 20"


def test_duplicates(tmp_path: Path) -> None:
    long = " ".join(f"Term {n} is {n} * {n} = {n * n}." for n in range(2, 40))
    source = write(
        tmp_path / "in.jsonl",
        [record(0, long), record(1, long.upper()), record(2, "Well. " + long), record(3)],
    )
    kept, reasons, _ = filtered(source, criteria(dedup=Dedup.EXACT))
    assert (kept, reasons) == (["0", "2", "3"], {"1": "duplicate"})
    kept, reasons, tally = filtered(source, criteria(dedup=Dedup.NEAR))
    assert (kept, reasons) == (["0", "3"], {"1": "duplicate", "2": "near duplicate"})
    assert tally.examples["near duplicate"] == [f"2 ({source}:3, of record 0)"]


def test_diversity_is_one_of_claims(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        [
            record(0),
            record(1, "Adding gives 3 + 2 = 5. Doubling gives 2 * 5 = 10."),
            record(2, "2 * 2 = 4 and 2 * 3 = 6, so 4 + 6 = 10."),
            record(3, "5 + 5 = 10."),
            {**record(4), "problem": "Another."},
        ],
    )
    kept, reasons, _ = filtered(source, criteria(per_prompt=2))
    assert kept == ["0", "2", "4"]
    assert reasons == {
        "1": "the claims of another solution kept for its prompt",
        "3": "2 solutions kept for its prompt",
    }


def test_benchmarks_are_kept_out(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [record(0), {**record(1), "problem": "Add nine to ten."}])
    rule = criteria(benchmark=Benchmark(["add 2 and 3 and double"], 13))
    assert filtered(source, rule)[:2] == (["1"], {"0": "overlaps a benchmark"})


def test_bad_records_are_named_and_do_not_stop_the_run(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(
        b'{"torn": \n[]\n\xff\xfe\n{"problem": "p"}\n'
        b'{"problem": "p", "response": "r", "outcome": "yes"}\n'
        b'{"problem": "p", "response": "2 + 2 = 4", "outcome": 1}\n'
    )
    told: list[Unreadable] = []
    job = Job([source], tmp_path / "out.jsonl", criteria(preset="sound"), auditing=HERE)
    tally = run(job, unreadable=told.append)
    assert (tally.kept, tally.unreadable) == (1, 5)
    assert [record.line for record in told] == [1, 2, 3, 4, 5]
    assert "an outcome is 1, 0" in str(told[-1])


def test_finished_reports_are_used(tmp_path: Path) -> None:
    from clr.auditor import audit

    source = write(tmp_path / "in.jsonl", [record(n, (RIGHT, SLIP)[n % 2]) for n in range(6)])
    report = tmp_path / "reports.jsonl"
    traces = [trace for trace in read_traces(source) if not isinstance(trace, Unreadable)]
    lines = [encode(audit(trace)) + b"\n" for trace in traces]
    report.write_bytes(b"".join(lines))
    assert filtered(source, criteria("sound"), report=report)[0] == ["0", "2", "4"]
    report.write_bytes(b"".join(lines[:4]))
    with pytest.raises(UnusableReport, match="finish it with clr audit --resume"):
        filtered(source, criteria("sound"), report=report)
    report.write_bytes(b"".join(reversed(lines)))
    with pytest.raises(UnusableReport, match=r"reports.jsonl:1: the report of '5', not of '0'"):
        filtered(source, criteria("sound"), report=report)
    report.write_bytes(b"".join(lines))
    other = write(tmp_path / "other.jsonl", [record(n, SLIP) for n in range(6)])
    with pytest.raises(UnusableReport, match="the report of '0', but of another text"):
        filtered(other, criteria("sound"), report=report)
    assert not list(tmp_path.glob("*.part"))


def test_parquet_in_and_out(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    source, kept = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = [record(n, (RIGHT, SLIP)[n % 2], tags=["a", str(n)]) for n in range(5)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), source)
    run(Job([source], kept, criteria("refuted == 0"), auditing=HERE))
    assert parquet.read_table(kept).to_pylist() == rows[::2]
    run(Job([source], tmp_path / "out.jsonl", criteria("refuted == 0"), auditing=HERE))
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == rows[::2]
    plain = write(tmp_path / "plain.jsonl", rows)
    with pytest.raises(UnusableOutput, match="write JSON lines"):
        run(Job([plain], kept, criteria("sound"), auditing=HERE))


@pytest.mark.slow
def test_datasets_in(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    rows = [record(n, (RIGHT, SLIP)[n % 2]) for n in range(5)]
    folder = tmp_path / "set"
    datasets.Dataset.from_list(rows).save_to_disk(str(folder))
    for kept in (tmp_path / "out.jsonl", tmp_path / "out.parquet"):
        run(Job([folder], kept, criteria("refuted == 0"), auditing=HERE))
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == rows[::2]


def samples(count: int) -> list[dict[str, Any]]:
    """Records of which some fall to each criterion."""
    out = []
    for n in range(count):
        a, b = n % 7 + 2, n % 11 + 3
        wrong = n % 5 == 0
        response = f"First {a} + {b} = {a + b + wrong}.\n\nThen {a + b} * 3 = {3 * (a + b)}."
        out.append(
            {"problem": f"Add {a} and {b}.", "response": response, "outcome": int(n % 3 > 0)}
        )
    return out


@pytest.mark.parametrize("preset", ["sound", "prof"])
def test_a_run_cut_anywhere_ends_as_an_undisturbed_one(tmp_path: Path, preset: str) -> None:
    source = write(tmp_path / "in.jsonl", [*samples(60), {"problem": 3}, *samples(30)])
    rule = criteria(preset=preset, dedup=Dedup.EXACT, per_prompt=2)
    whole = Job([source], tmp_path / "whole.jsonl", rule, tmp_path / "why.jsonl", auditing=HERE)
    again = Job([source], tmp_path / "again.jsonl", rule, tmp_path / "not.jsonl", auditing=HERE)
    journal = b""

    def remember(done: int) -> None:
        nonlocal journal
        journal = whole.journal.read_bytes()

    tally = run(whole, progress=remember)
    assert len(journal.splitlines()) == 91
    for cut in [0, 1, 10, *random.Random(1).sample(range(len(journal)), 12), len(journal)]:
        again.journal.write_bytes(journal[:cut])
        part_of(again.kept).write_text("left by the killed run")
        assert run(again, resume=True) == tally
        assert again.kept.read_bytes() == whole.kept.read_bytes()
        assert again.rejected is not None
        assert whole.rejected is not None
        assert again.rejected.read_bytes() == whole.rejected.read_bytes()
        assert not again.journal.exists()


def test_an_input_that_has_changed_is_measured_again(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", samples(20))
    job = Job([source], tmp_path / "out.jsonl", criteria("sound"), auditing=HERE)
    run(job)
    expected = job.kept.read_bytes()
    write(source, samples(10) + samples(9))

    def stop(done: int) -> None:
        if done == 15:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(job, progress=stop)
    assert job.kept.read_bytes() == expected
    write(source, samples(20))
    run(job, resume=True)
    assert job.kept.read_bytes() == expected


def test_a_journal_is_neither_lost_nor_mixed_up(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", samples(3))
    job = Job([source], tmp_path / "out.jsonl", criteria("sound"), auditing=HERE)
    job.journal.write_text("dear diary\n")
    for resume in (False, True):
        with pytest.raises(UnusableJournal, match="remove it"):
            run(job, resume=resume)
    assert job.journal.read_text() == "dear diary\n"


@pytest.mark.slow
def test_kills(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", samples(4_000))
    command = [sys.executable, "-m", "clr", "filter", source, "-q", "-j", "2", "--preset", "sound"]
    command += ["--per-prompt", "3", "--dedup", "near", "--resume"]
    whole = [*command, "-o", tmp_path / "whole.jsonl", "--rejected", tmp_path / "why.jsonl"]
    subprocess.run(whole, check=True, timeout=120)
    again = [*command, "-o", tmp_path / "again.jsonl", "--rejected", tmp_path / "not.jsonl"]
    for seconds in (0.8, 1.5, 1.2):
        process = subprocess.Popen(again, start_new_session=True)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    subprocess.run(again, check=True, timeout=120)
    for one, other in (("whole", "again"), ("why", "not")):
        expected = (tmp_path / f"{one}.jsonl").read_bytes()
        assert (tmp_path / f"{other}.jsonl").read_bytes() == expected
