"""How commands end where a package is missing, nobody reads, or a file cannot be read."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parent.parent / "clr" / "examples" / "traces.jsonl"

WITHOUT = """
import sys
sys.modules.update(dict.fromkeys(sys.argv.pop(1).split(",")))
from clr.cli import main
main()
"""
"""A command line in a Python without some packages: an import of None finds nothing."""

TRAINING = "torch,transformers,trl,accelerate,datasets,peft,reasoning_gym,yaml"


@pytest.mark.parametrize(
    ("packages", "command", "message"),
    [
        (TRAINING, "eval -b aime24 -m some", "sampling from a model needs"),
        (TRAINING, "train run tiny", "training a model needs"),
        (TRAINING, "train demo", "training a model needs"),
        (TRAINING, "train merge {folder} {folder} -o {folder}/out", "training a model needs torch"),
        (TRAINING, "train probe {folder} --data {examples}", "training a model needs"),
        (TRAINING, "train score-lp tiny --data {examples}", "training a model needs"),
        (TRAINING, "bench arms -o {folder}/arms", "training the arms needs"),
        ("datasets", "audit {folder}", "is a dataset, which needs datasets: pip install 'clr-"),
        ("pyarrow", "audit {parquet}", "is Parquet, which needs pyarrow: pip install 'clr-"),
        ("pyarrow", "check {parquet}", "[parquet]"),
        ("pyarrow", "reward {parquet}", "[parquet]"),
        ("pyarrow", "select {parquet}", "[parquet]"),
        ("pyarrow", "filter {parquet} -o {folder}/kept.jsonl --preset sound", "[parquet]"),
        ("pyarrow", "bench kappa {parquet}", "[parquet]"),
        ("rensa", "filter {examples} -o {folder}/kept.jsonl --dedup near", "[dedup]"),
    ],
)
def test_a_missing_package_is_named_with_what_installs_it(
    packages: str, command: str, message: str, tmp_path: Path
) -> None:
    parquet = tmp_path / "traces.parquet"
    parquet.touch()
    (tmp_path / "state.json").touch()  # so that the folder looks like a dataset
    names = {"folder": tmp_path, "examples": EXAMPLES, "parquet": parquet}
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT, packages, *command.format(**names).split()],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 2, result.stderr
    assert message in result.stderr
    assert "pip install 'clr-verify[" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        f"audit {EXAMPLES} -q",
        f"check {EXAMPLES} --id square",
        f"check {EXAMPLES} --id square --json",
        f"diff {EXAMPLES} {EXAMPLES}",
        f"reward {EXAMPLES}",
        f"select {EXAMPLES}",
        "demo",
        "path verl",
        "--help",
        "--version",
        "audit --help",
    ],
)
def test_a_reader_that_goes_away_is_no_error(command: str, tmp_path: Path) -> None:
    if command.startswith("diff"):
        reports = tmp_path / "reports.jsonl"
        made = f"audit {EXAMPLES} -q -o {reports}".split()
        subprocess.run([sys.executable, "-m", "clr", *made], check=True)
        command = f"diff {reports} {reports}"
    process = subprocess.Popen(
        [sys.executable, "-m", "clr", *command.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait() == 130


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_are_no_error(closed: str, tmp_path: Path) -> None:
    out = tmp_path / "reports.jsonl"
    command = f"{sys.executable} -m clr audit {EXAMPLES} -L 2 -j 0 -o {out} {closed}"
    result = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (result.returncode, len(out.read_text().splitlines())) == (0, 2)


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "is a folder without a saved dataset"), ("memory.jsonl", "clr: ")],
)
def test_what_cannot_be_read_is_named(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "memory.jsonl").symlink_to("/proc/self/mem")
    command = [sys.executable, "-m", "clr", "audit", str(tmp_path / name)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
