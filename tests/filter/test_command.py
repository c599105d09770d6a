from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.cli import app

EXAMPLES = Path(__file__).resolve().parents[2] / "clr" / "examples" / "traces.jsonl"
run = CliRunner().invoke


def filtered(*arguments: object) -> tuple[int, str]:
    result = run(app, ["filter", *map(str, arguments), "-j", "0"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


def test_the_summary_says_how_many_and_why(tmp_path: Path) -> None:
    kept, rejected = tmp_path / "kept.jsonl", tmp_path / "rejected.jsonl"
    code, err = filtered(
        EXAMPLES, "-o", kept, "--rejected", rejected, "--keep", "sound and reliability >= 0.6"
    )
    assert code == 0
    assert "fails sound" in err
    assert "bakery-slip" in err
    records = EXAMPLES.read_text().splitlines()
    left = [json.loads(line)["record"] for line in rejected.read_text().splitlines()]
    assert len(kept.read_text().splitlines()) + len(left) == len(records)
    assert all(record in map(json.loads, records) for record in left)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.jsonl", "-o", "kept"], "no such file: absent.jsonl"),
        (["-", "-o", "kept"], "name a file"),
        ([EXAMPLES, "-o", EXAMPLES], "would overwrite the input"),
        ([EXAMPLES, "-o", "/nowhere/kept"], "no such folder"),
        ([EXAMPLES, "-o", "/"], "is a folder"),
        ([EXAMPLES, "-o", "kept", "--rejected", "kept"], "name one file"),
        ([EXAMPLES, "-o", "kept", "--rejected", "r.parquet"], "JSON lines"),
        ([EXAMPLES, "-o", "kept.parquet"], "write JSON lines"),
        ([EXAMPLES, "-o", "kept", "--keep", "refutd == 0"], "did you mean refuted?"),
        ([EXAMPLES, "-o", "kept", "--decontaminate", "absent"], "no such file: absent"),
        ([EXAMPLES, "-o", "kept", "--report", "absent"], "absent"),
        ([EXAMPLES, "-o", "kept", "--preset", "lenient"], "Invalid value"),
        ([EXAMPLES, "-o", "kept", "--per-prompt", "0"], "Invalid value"),
    ],
)
def test_wrong_usage_exits_with_2_and_leaves_nothing(
    arguments: list[object], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, err = filtered(*arguments)
    assert code == 2
    assert message in err
    assert not list(tmp_path.iterdir())


def test_unreadable_records_exit_with_3(tmp_path: Path) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"problem": 1}\n{"problem": "p", "response": "2 + 2 = 4"}\n{"prob')
    code, err = filtered(torn, "-o", tmp_path / "kept.jsonl", "--keep", "refuted == 0")
    assert code == 3
    assert f"{torn}:1: problem: expected str" in err
    assert "2 unreadable records" in err
    assert len((tmp_path / "kept.jsonl").read_text().splitlines()) == 1


def test_a_benchmark_file_is_kept_out(tmp_path: Path) -> None:
    record = json.loads(EXAMPLES.read_text().splitlines()[0])
    benchmark = tmp_path / "benchmark.jsonl"
    benchmark.write_text(json.dumps({"nested": [{"question": record["problem"]}]}) + "\nnot json\n")
    kept = tmp_path / "kept.jsonl"
    code, err = filtered(EXAMPLES, "-o", kept, "--decontaminate", benchmark)
    assert code == 0
    assert "overlaps a benchmark" in err
    assert record["problem"] not in {
        json.loads(s)["problem"] for s in kept.read_text().splitlines()
    }


def test_records_are_graded_by_their_answers(tmp_path: Path) -> None:
    source, kept = tmp_path / "samples.jsonl", tmp_path / "kept.jsonl"
    response = "3 + 4 = 7.\n\nThe answer is 7."
    rows = [
        {"id": "right", "problem": "p", "response": response, "answer": "7.0"},
        {"id": "wrong", "problem": "p", "response": response, "answer": "8"},
        {"id": "told", "problem": "p", "response": response, "answer": "8", "outcome": 1},
        {"id": "ungraded", "problem": "p", "response": response},
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, err = filtered(source, "-o", kept, "--keep", "outcome == 1")
    assert code == 0
    assert [json.loads(line)["id"] for line in kept.read_text().splitlines()] == ["right", "told"]
    assert "1 of the rejected records have neither an `outcome` nor an `answer`" in err
    assert "none has" not in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--preset", "sound"], "of the first 3 records none has an `outcome` or an `answer`"),
        (["--preset", "sound", "--limit", "2"], "of the first 2 records none has"),
        (["--preset", "sound", "--field", "outcome=is_right"], ""),
        (["--preset", "sound", "--field", "answer=gold"], ""),
        (["--keep", "sound"], ""),
    ],
)
def test_that_nothing_can_be_graded_is_said_before_anything_is_audited(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    source = tmp_path / "samples.jsonl"
    row = {"problem": "p", "response": "3 + 4 = 7.", "gold": "7", "is_right": True}
    source.write_text(f"{json.dumps(row)}\n" * 3)
    _, err = filtered(source, "-o", tmp_path / "kept.jsonl", *arguments)
    start = f"clr: the criteria ask for an outcome, and {told}" if told else "records"
    assert err.startswith(start)
