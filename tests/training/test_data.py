"""Records from all sources, and what keeps them clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.training import data, gym, traces
from clr.training.data import Clean, File, Gym, Record, Traces
from clr.training.outcome import grade


def record(prompt: str, completion: str = "") -> Record:
    return Record(id="0", domain="math", prompt=prompt, completion=completion)


@given(st.integers(0, 10**6), st.integers(1, 60))
def test_correct_traces_are_sound_and_right(seed: int, largest: int) -> None:
    for made in data.read(Traces(count=2, seed=seed, largest=largest)):
        assert grade(made, made.completion) is True
        assert clr.audit(problem=made.prompt, response=made.completion).first_error is None


def test_corrupted_traces_are_caught_at_the_wrong_step() -> None:
    for made in data.read(Traces(count=50, seed=1, corrupted=1.0)):
        report = clr.audit(problem=made.prompt, response=made.completion)
        assert report.first_error == made.detail["first_error"]


def test_traces_are_the_same_for_the_same_seed() -> None:
    source = Traces(count=20, seed=5, guessed=0.5)
    assert data.digest(data.read(source)) == data.digest(data.read(source))
    assert data.digest(data.read(source)) != data.digest(data.read(Traces(count=20, seed=6)))


@pytest.mark.parametrize("shares", [(-0.1, 0.0), (0.6, 0.6)])
def test_shares_must_be_shares(shares: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="shares"):
        list(traces.generate(1, seed=0, guessed=shares[0], corrupted=shares[1]))


def test_procedural_tasks_grade_their_own_answers() -> None:
    found = data.load([Gym(count=2, seed=1)])
    assert {r.domain for r in found} == set(data.GYM_TASKS)
    assert [r.id for r in found if grade(r, f"So\nAnswer: {r.answer}") is not True] == []
    assert not any(grade(r, "Answer: certainly not") for r in found)


def test_scorers_that_evaluate_text_are_not_called() -> None:
    risky = Record(
        id="0", domain="x", prompt="", answer="1", checker="gym", detail={"task": "countdown"}
    )
    with pytest.raises(ValueError, match="not known to be safe"):
        gym.score(risky, "__import__('os')")


def test_files_are_read_with_renamed_columns(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"question": "1 + 1?", "answer": 2}) + "\n\n")
    (read,) = data.load([File(path=str(path), fields={"prompt": "question"})])
    assert (read.prompt, read.answer, read.domain) == ("1 + 1?", "2", "math")
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(
        pyarrow.table({"prompt": ["a", "b"], "answer": ["1", None]}), tmp_path / "x.parquet"
    )
    found = data.load([File(path=str(tmp_path / "x.parquet"), domain="code")])
    assert [(r.prompt, r.answer, r.domain) for r in found] == [
        ("a", "1", "code"),
        ("b", "", "code"),
    ]


def test_a_file_without_prompts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"question": "1 + 1?"}\n')
    with pytest.raises(ValueError, match=r"record 0.*prompt.*there are question"):
        data.load([File(path=str(path))])


PROSE = "A farmer has twelve hens and each of them lays five eggs in a week of rain and sun"


def test_copies_of_held_out_prompts_are_dropped() -> None:
    copies = [record(PROSE + "."), record("Please: " + PROSE.upper() + "?"), record("Add 2 and 2.")]
    held_out = [record(PROSE), record("add 2  and 2.")]
    assert data.decontaminated(copies, held_out) == []


def test_a_shared_frame_is_no_copy() -> None:
    frame = "Solve the following problem and end with one line that says the answer alone: "
    held_out = [record(frame + "the sum of 17 and 25 and 94 and 12 and 11 and 6 and 5 and 2")]
    other = record(frame + "the product of 3 and 1")
    assert data.decontaminated([other], held_out) == [other]


def test_repetitive_completions_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    rows = [{"prompt": "a", "completion": "so it is " * 50}, {"prompt": "b", "completion": PROSE}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [r.prompt for r in data.load([File(path=str(path))], clean=Clean())] == ["b"]


@given(st.text(), st.integers(1, 6))
def test_repetition_is_a_share(text: str, n: int) -> None:
    assert 0 <= data.repetition(text, n) < 1
