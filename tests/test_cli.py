"""The command line: outputs, exit codes, resuming, and what a person sees."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.cli import app

EXAMPLES = Path(__file__).resolve().parent.parent / "clr" / "examples" / "traces.jsonl"
run = CliRunner().invoke


def audit(*arguments: object) -> tuple[int, str, str]:
    result = run(app, ["audit", "--workers", "0", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_audit_prints_a_report_for_each_trace() -> None:
    code, out, _ = audit(EXAMPLES)
    reports = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and len(reports) == 12
    wrong = {r["id"]: r["first_error"] for r in reports if r["first_error"] is not None}
    assert wrong == {"bakery-slip": 1, "lost-sign": 1, "square-slip": 0, "committee": 0}


def test_thorough_counts_numbers_from_nowhere() -> None:
    _, out, _ = audit(EXAMPLES, "--profile", "thorough")
    found = {r["id"]: r["first_error"] for r in map(json.loads, out.splitlines())}
    assert found["number-from-nowhere"] == 1 and found["bakery"] is None


def test_exit_codes(tmp_path: Path) -> None:
    assert audit(EXAMPLES, "--fail-on", "refuted")[0] == 1
    assert audit(tmp_path / "absent.jsonl")[0] == 2
    assert audit(EXAMPLES, "--resume")[0] == 2
    assert audit(EXAMPLES, "--field", "nonsense")[0] == 2
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"problem": "p", "response": "2 + 2 = 4"}\n{"problem": 1}\n')
    code, out, err = audit(torn)
    assert code == 3 and len(out.splitlines()) == 1 and f"{torn}:2: " in err


def test_resume_gives_the_bytes_of_an_undisturbed_run(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    assert audit(EXAMPLES, "-o", whole)[0] == 0
    content = whole.read_bytes()
    lines = content.splitlines(keepends=True)
    part.write_bytes(b"".join(lines[:5]) + lines[5][:40])
    assert audit(EXAMPLES, "-o", part, "--resume")[0] == 0
    assert part.read_bytes() == content


def test_timing_is_off_by_default() -> None:
    assert "microseconds" not in audit(EXAMPLES)[1]
    assert "microseconds" in audit(EXAMPLES, "--timing")[1]


def test_check_marks_claims_in_the_text() -> None:
    result = run(app, ["check", "First 2 + 2 = 4.\n\nThen 4 + 3 = 8.", "--no-color"])
    assert result.exit_code == 0
    assert "Then 4 + 3 = 8[2✗]." in result.stdout
    assert "the left side is 7" in result.stdout
    assert "First error in step 1" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_check_finds_a_record_by_id() -> None:
    result = run(app, ["check", str(EXAMPLES), "--id", "committee", "--json"])
    assert json.loads(result.stdout)["first_error"] == 0
    assert run(app, ["check", str(EXAMPLES), "--id", "nobody"]).exit_code == 2


def test_check_reads_standard_input() -> None:
    result = run(app, ["check", "-"], input="7 * 6 = 42")
    assert "7 * 6 = 42[1✓]" in result.stdout


def test_check_defuses_control_characters() -> None:
    result = run(app, ["check", "\x1b[31m2 + 2 = 4\x1b]0;x\x07"])
    assert "\x1b" not in result.stdout and "\x07" not in result.stdout


def test_demo() -> None:
    result = run(app, ["demo"])
    assert result.exit_code == 0 and "committee" in result.stdout


@pytest.mark.parametrize("name", ["processbench", "gsm8k"])
def test_benchmarks_name_what_is_absent(name: str, tmp_path: Path) -> None:
    result = run(app, ["bench", name, "--data", str(tmp_path)])
    assert result.exit_code == 2 and "is absent" in result.stderr
