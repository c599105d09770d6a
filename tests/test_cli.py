"""The command line: outputs, exit codes, resuming, and what a person sees."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.cli import app

EXAMPLES = Path(__file__).resolve().parent.parent / "clr" / "examples" / "traces.jsonl"
TRACES = len(EXAMPLES.read_text().splitlines())
run = CliRunner().invoke


def audit(*arguments: object) -> tuple[int, str, str]:
    result = run(app, ["audit", "--workers", "0", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_audit_prints_a_report_for_each_trace() -> None:
    code, out, err = audit(EXAMPLES)
    reports = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(reports) == TRACES
    wrong = {r["id"]: r["first_error"] for r in reports if r["first_error"] is not None}
    assert wrong == {
        "bakery-slip": 1,
        "lost-sign": 1,
        "square-slip": 0,
        "committee": 0,
        "area-slip": 0,
        "unprimed": 2,
        "swaps": 2,
        "syllogism-slip": 1,
    }
    assert "with an error" in err
    assert audit(EXAMPLES, "-q")[1:] == (out, "")


def test_thorough_counts_numbers_from_nowhere() -> None:
    _, out, _ = audit(EXAMPLES, "--profile", "thorough")
    found = {r["id"]: r["first_error"] for r in map(json.loads, out.splitlines())}
    assert found["number-from-nowhere"] == 1
    assert found["bakery"] is None


def test_a_gate_that_is_met_exits_with_1(tmp_path: Path) -> None:
    right = tmp_path / "right.jsonl"
    right.write_text('{"problem": "p", "response": "2 + 2 = 4"}\n')
    assert audit(EXAMPLES, "--fail-on", "refuted")[0] == 1
    assert audit(EXAMPLES, "--fail-on", "jump", "--fail-on", "unsupported")[0] == 1
    assert audit(right, "--fail-on", "refuted", "--fail-on", "jump")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["absent.jsonl"], "no such file: absent.jsonl"),
        ([EXAMPLES, "--resume"], "--resume needs -o"),
        ([EXAMPLES, "--field", "nonsense"], "write NAME=SOURCE"),
        ([EXAMPLES, "--field", "nonsense=question"], "one of id, problem"),
        ([EXAMPLES, "-o", EXAMPLES], "would overwrite the input"),
        ([EXAMPLES, "-o", "/nowhere/at/all"], "cannot write /nowhere/at/all"),
        ([EXAMPLES, "--html", "/nowhere/at/all"], "cannot write /nowhere/at/all: no such folder"),
        ([EXAMPLES, "--html", "/"], "cannot write /: it is a folder"),
        ([EXAMPLES, "--deadline", "0"], "Invalid value"),
        ([EXAMPLES, "--workers", "-1"], "Invalid value"),
        ([EXAMPLES, "--profile", "lenient"], "Invalid value"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(arguments: list[object], message: str) -> None:
    before = EXAMPLES.read_bytes()
    code, out, err = audit(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert EXAMPLES.read_bytes() == before


def test_unreadable_records_are_named_and_exit_with_3(tmp_path: Path) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"problem": 1}\n{"problem": "p", "response": "2 + 2 = 4"}\n{"prob')
    code, out, err = audit(torn)
    assert code == 3
    assert len(out.splitlines()) == 1
    assert f"{torn}:1: problem: expected str" in err
    assert f"{torn}:3: not JSON" in err


@pytest.mark.parametrize(
    "command", ["audit {0}", "reward {0}", "select {0}", "filter {0} -o {1}/kept.jsonl"]
)
def test_a_file_without_records_is_named(command: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    result = run(app, command.format(empty, tmp_path).split())
    assert result.exit_code == 0
    assert f"clr: no records in {empty}" in result.stderr


def test_check_reads_no_file_that_is_no_text(tmp_path: Path) -> None:
    packed, folder = tmp_path / "a.txt.gz", tmp_path / "folder"
    packed.write_bytes(gzip.compress(b"2 + 2 = 5"))
    folder.mkdir()
    for source, said in ((packed, "is no text"), (folder, "is a folder")):
        result = run(app, ["check", str(source)])
        assert result.exit_code == 2
        assert said in result.stderr


def test_check_says_that_the_record_may_be_unreadable(tmp_path: Path) -> None:
    torn = tmp_path / "torn.jsonl"
    torn.write_text('{"id": "a", "problem": "p", "response": 1}\n')
    err = run(app, ["check", str(torn), "--id", "a"]).stderr
    assert "no record with id a that can be read" in err
    assert f"{torn}:1: response: expected str" in err


@pytest.mark.parametrize("command", [["reward", str(EXAMPLES)], ["serve", "--port", "0"]])
def test_a_variable_that_is_no_number_is_wrong_usage(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLR_WORKERS", "many")
    result = run(app, command)
    assert result.exit_code == 2
    assert "CLR_WORKERS=many in the environment is no whole number" in result.stderr


def test_diff_says_what_a_report_lacks(tmp_path: Path) -> None:
    result = run(app, ["diff", str(EXAMPLES), str(EXAMPLES)])
    assert result.exit_code == 2
    assert f"{EXAMPLES}:1: not a report of clr audit: it has no 'digest'" in result.stderr


def test_audit_reads_standard_input_and_several_files(tmp_path: Path) -> None:
    line = '{"question": "p", "response": "2 + 2 = 5"}\n'
    other = tmp_path / "other.jsonl"
    other.write_text(line)
    result = run(
        app,
        ["audit", "-", str(other), "--field", "problem=question", "-j", "0", "--limit", "3"],
        input=line * 2,
    )
    assert result.exit_code == 0
    assert [json.loads(report)["first_error"] for report in result.stdout.splitlines()] == [0] * 3


def test_resume_gives_the_bytes_of_an_undisturbed_run(tmp_path: Path) -> None:
    source, whole, part = (tmp_path / name for name in ("source", "whole.jsonl", "part.jsonl"))
    source.write_bytes(EXAMPLES.read_bytes() + b'{"problem": 3}\n' + EXAMPLES.read_bytes())
    assert audit(source, "-o", whole)[0] == 3
    content = whole.read_bytes()
    lines = content.splitlines(keepends=True)
    assert len(lines) == 2 * TRACES
    for kept, torn in [
        (0, 40),
        (5, 40),
        (5, len(lines[5]) - 1),
        (TRACES, 0),
        (20, 1),
        (2 * TRACES, 0),
    ]:
        part.write_bytes(b"".join(lines[:kept]) + b"".join(lines[kept : kept + 1])[:torn])
        code, _, err = audit(source, "-o", part, "--resume", "--fail-on", "refuted")
        assert code == 1
        assert part.read_bytes() == content
        assert f"{kept} reports kept" in err


def test_resume_redoes_what_no_longer_fits_the_input(tmp_path: Path) -> None:
    source, output = tmp_path / "source.jsonl", tmp_path / "output.jsonl"
    records = EXAMPLES.read_text().splitlines(keepends=True)
    source.write_text("".join(records))
    assert audit(source, "-o", output)[0] == 0
    source.write_text("".join([*records[:4], *records[5:]]))
    assert audit(source, "-o", output, "--resume")[0] == 0
    expected = audit(source)[1]
    assert output.read_text() == expected


def test_resume_spares_files_that_are_not_its_own(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("dear diary\n")
    assert audit(EXAMPLES, "-o", notes, "--resume")[0] == 2
    assert notes.read_text() == "dear diary\n"
    other = tmp_path / "other.jsonl"
    assert audit(EXAMPLES, "-o", other, "--profile", "thorough")[0] == 0
    before = other.read_bytes()
    code, _, err = audit(EXAMPLES, "-o", other, "--resume")
    assert code == 2
    assert "--profile thorough" in err
    assert other.read_bytes() == before


def heed_ctrl_c() -> None:
    """Undo that a test run in the background of a shell, and what it starts, ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_whole_lines_and_resume_goes_on(tmp_path: Path) -> None:
    source, output = tmp_path / "source.jsonl", tmp_path / "output.jsonl"
    source.write_bytes(EXAMPLES.read_bytes() * 300)
    command = [sys.executable, "-m", "clr", "audit", source, "-o", output, "-q", "-j", "2"]
    process = subprocess.Popen(
        command,
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,
    )
    give_up = time.monotonic() + 60
    while not (output.exists() and output.stat().st_size) and time.monotonic() < give_up:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "--resume" in err
    assert "Traceback" not in err
    partial = output.read_bytes()
    assert partial.endswith(b"\n")
    assert 0 < len(partial.splitlines()) < 300 * TRACES
    assert audit(source, "-o", output, "--resume", "--limit", len(partial.splitlines()) + 5)[0] == 0
    assert output.read_bytes().startswith(partial)
    assert len(output.read_bytes().splitlines()) == len(partial.splitlines()) + 5


@pytest.mark.parametrize("seed", ["1", "2"])
def test_reports_do_not_depend_on_hash_seeds_or_workers(seed: str) -> None:
    command = [sys.executable, "-m", "clr", "audit", EXAMPLES, "-q", "-j", seed]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert result.stdout == audit(EXAMPLES)[1]


def test_timing_is_off_by_default() -> None:
    assert "microseconds" not in audit(EXAMPLES)[1]
    assert "microseconds" in audit(EXAMPLES, "--timing")[1]


def test_check_marks_claims_in_the_text() -> None:
    result = run(app, ["check", "First 2 + 2 = 4.\n\nThen 4 + 3 = 8.", "--no-color"])
    assert result.exit_code == 0
    assert "Then 4 + 3 = 8[1✗]." in result.stdout
    assert "the left side is 7" in result.stdout
    assert "First error in step 1" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in result.stdout.splitlines())


def test_check_finds_a_record_by_id() -> None:
    result = run(app, ["check", str(EXAMPLES), "--id", "committee", "--json"])
    assert json.loads(result.stdout)["first_error"] == 0
    assert run(app, ["check", str(EXAMPLES), "--id", "nobody"]).exit_code == 2


def test_check_reads_files_and_standard_input(tmp_path: Path) -> None:
    text = tmp_path / "trace.txt"
    text.write_bytes(b"7 * 6 = 42 \xff")
    assert "7 * 6 = 42[✓]" in run(app, ["check", str(text)]).stdout
    assert "7 * 6 = 42[✓]" in run(app, ["check", "-"], input="7 * 6 = 42").stdout
    assert run(app, ["check", str(tmp_path / "absent.txt")]).exit_code == 2


def test_check_keeps_its_deadline() -> None:
    long = "So \\(2 \\cdot 3 + 4 = 10\\). " * 4_000
    result = run(app, ["check", "-", "--deadline", "0.05"], input=long)
    assert result.exit_code == 0
    assert "Gave up" in result.stdout


def test_check_defuses_control_characters() -> None:
    result = run(app, ["check", "\x1b[31m2 + 2 = 4\x1b]0;x\x07 [bold]no markup[/bold]"])
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    assert "[bold]no markup[/bold]" in result.stdout


def test_demo() -> None:
    result = run(app, ["demo"])
    assert result.exit_code == 0
    assert "committee" in result.stdout


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no full disk to write to")
@pytest.mark.parametrize(
    "command", ["--version", f"check {EXAMPLES} --id square", f"audit {EXAMPLES}"]
)
def test_a_full_disk_is_an_error_of_the_environment(command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "clr", *command.split()], stdout=full, stderr=subprocess.PIPE
        )
    assert result.returncode == 2
    assert b"No space left on device" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_page_or_a_filter_never_takes_the_place_of_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code, _, err = audit(EXAMPLES, "--html", pipe, "-o", tmp_path / "out.jsonl")
    assert (code, pipe.is_fifo()) == (2, True)
    assert "not a regular file" in err
    result = run(app, ["filter", str(EXAMPLES), "-o", str(pipe), "--preset", "sound"])
    assert (result.exit_code, pipe.is_fifo()) == (2, True)


def test_an_error_is_said_once(tmp_path: Path) -> None:
    assert audit(EXAMPLES, "-o", tmp_path)[2].count("clr:") == 1
    assert run(app, ["check", str(EXAMPLES), "--id", "absent"]).stderr.count("clr:") == 1


def test_version() -> None:
    assert run(app, ["--version"], env={"CLR_VERSION": "1.0"}).exit_code == 0
    assert run(app, ["--version"]).stdout.startswith("clr 0.")


@pytest.mark.parametrize("name", ["processbench", "gsm8k"])
def test_benchmarks_name_what_is_absent(name: str, tmp_path: Path) -> None:
    result = run(app, ["bench", name, "--data", str(tmp_path)])
    assert result.exit_code == 2
    assert "is absent" in result.stderr


def test_throughput_is_measured_on_the_examples() -> None:
    result = run(app, ["bench", "throughput", "--json"])
    assert result.exit_code == 0
    rates = {row["what"]: row["rate"] for row in json.loads(result.stdout)}
    assert rates["examples: audit, end to end"] > 0
    assert rates["examples: ratio, audited"] > 0
    assert rates["examples: ratio, read and checked"] > 0


@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [
        (["-p", "All cats purr", "-p", "Tom is a cat", "-c", "Tom purrs"], "entailed"),
        (["-p", "P -> Q", "-p", "~Q", "-c", "P"], "contradicted"),
        (["-p", "If it rains, the roof leaks", "-c", "The roof leaks"], "consistent"),
    ],
)
def test_entailment_from_the_command_line(arguments: list[str], outcome: str) -> None:
    result = CliRunner().invoke(app, ["check-entailment", *arguments])
    assert result.exit_code == 0
    assert result.stdout.startswith(outcome)


def test_what_is_neither_words_nor_symbols_is_a_usage_error() -> None:
    result = CliRunner().invoke(app, ["check-entailment", "-p", "A(x", "-c", "P"])
    assert result.exit_code == 2
    assert "not complete" in result.stderr


def test_rewards_do_not_depend_on_how_many_are_scored_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples = tmp_path / "samples.jsonl"
    right = {"problem": "Add 2 and 2.", "response": "2 + 2 = 4. The answer is 4.", "answer": "4"}
    wrong = {**right, "response": "2 + 2 = 5. The answer is 5."}
    lines = [json.dumps(sample) for sample in (right, wrong, right, right, wrong)]
    samples.write_text("\n".join([*lines[:3], "no record", *lines[3:]]))
    whole = run(app, ["reward", str(samples), "--json"], env={"CLR_WORKERS": "0"})
    assert whole.exit_code == 3
    assert f"{samples}:4: not JSON" in whole.stderr
    assert "5 samples: mean reward" in whole.stderr
    assert "3 right, 0 without a reward" in whole.stderr
    rewards = [json.loads(line)["reward"] for line in whole.stdout.splitlines()]
    assert len(set(rewards)) == 2
    monkeypatch.setattr("clr.commands.reward._AT_ONCE", 2)
    parts = run(app, ["reward", str(samples), "--json", "-q"], env={"CLR_WORKERS": "0"})
    assert parts.stdout == whole.stdout
    some = run(app, ["reward", str(samples), "--json", "-q", "-L", "2"], env={"CLR_WORKERS": "0"})
    assert some.stdout.splitlines() == whole.stdout.splitlines()[:2]
