"""Records from all sources, and what keeps them clean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.training import data, gym, traces
from clr.training.data import Clean, File, Gym, Hub, Instructions, Record, Traces
from clr.training.outcome import grade
from clr.verifiers.instructions import rules_from


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


def jsonl(path: Path, *rows: dict[str, object]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


CONVERSATION = {"messages": [{"role": "user", "content": "1 + 1?"}, {"content": "Answer: 2"}]}


def test_columns_may_be_nested(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "x.jsonl", CONVERSATION)
    fields = {"prompt": "messages.0.content", "completion": "messages.1.content"}
    (read,) = data.load([File(path=path, fields=fields)], wanted="completion")
    assert (read.prompt, read.completion) == ("1 + 1?", "Answer: 2")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"prompt": "q", "answer": "reply"}, r"column 'reply' that `fields` names; there are q, a"),
        ({"prompt": "q", "answers": "a"}, r"a record has no 'answers', only id, domain, prompt"),
        ({"prompt": "q"}, r"no record with 'answer'; `fields` says"),
        ({"prompt": "q.0.text"}, r"record 0.*prompt.*there are q, a"),
    ],
)
def test_columns_that_are_not_there_are_named(
    tmp_path: Path, fields: dict[str, str], message: str
) -> None:
    path = jsonl(tmp_path / "x.jsonl", {"q": "1 + 1?", "a": "2"}, {"q": "2 + 1?", "a": "3"})
    for look in (lambda source: data.load([source], wanted="answer"), peek):
        with pytest.raises(data.UnusableData, match=message):
            look(File(path=path, fields=fields))


def peek(source: File) -> None:
    data.peek(source, "answer")


def test_records_that_lack_what_is_wanted_are_left_out(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "x.jsonl", {"prompt": "a", "answer": "1"}, {"prompt": "b"})
    assert [r.prompt for r in data.load([File(path=path)], wanted="answer")] == ["a"]
    with pytest.raises(data.UnusableData, match=r"gym: no record with 'completion'"):
        data.load([Traces(count=1), Gym(count=1)], wanted="completion")


def test_benchmarks_are_kept_out_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = []

    def load_dataset(name: str, config: object, split: str) -> list[dict[str, object]]:
        asked.append((name, split))
        return [{"problem": PROSE, "answer": 60, "problem_idx": 1}]

    monkeypatch.setattr("datasets.load_dataset", load_dataset)
    path = jsonl(tmp_path / "x.jsonl", {"prompt": "Say: " + PROSE}, {"prompt": "another"})
    found = data.load([File(path=path)], clean=Clean(against=["hmmt25"]))
    assert [r.prompt for r in found] == ["another"]
    assert asked == [("MathArena/hmmt_feb_2025", "train")]
    with pytest.raises(data.UnusableData, match="there are aime24, aime25"):
        data.load([File(path=path)], clean=Clean(against=["hmt25"]))


def test_a_dataset_that_cannot_be_fetched_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_dataset(name: str, config: object, split: str) -> None:
        raise ConnectionError("no network")

    monkeypatch.setattr("datasets.load_dataset", load_dataset)
    with pytest.raises(data.UnusableData, match="some/set: no network"):
        data.load([Hub(name="some/set")])


@given(st.integers(0, 10**6), st.integers(1, 5))
def test_instructions_have_rules_that_can_be_read(seed: int, most: int) -> None:
    for made in data.read(Instructions(count=3, seed=seed, most=most)):
        rules = rules_from(made.detail["rules"])
        assert 1 <= len({type(rule) for rule in rules}) == len(rules) <= most
        assert not grade(made, "")


EXAMPLES = {
    "words": "word " * 140,
    "sentences": "One. Two. Three. Four. Five.",
    "highlights": "*a* *b* *c* *d* *e*",
    "no_digits": "none",
    "without": "none",
    "forbidden": "none",
    "title": "<<A walk>>\nText.",
    "quoted": '"Text."',
    "postscript": "Text.\nP.S. More.",
}


def test_every_instruction_can_be_followed_and_broken() -> None:
    seen = set()
    for made in data.read(Instructions(count=300, seed=3, most=1)):
        (rule,) = made.detail["rules"]
        few = rule.get("count", rule.get("least", 1))
        follows = {
            "words": "word" if "most" in rule else EXAMPLES["words"],
            "bullets": "- a\n" * few,
            "paragraphs": "\n\n".join(["a"] * few),
            "keyword": f"{rule.get('word')} " * few,
            "case": "a" if rule.get("case") == "lower" else "A",
            "ends": f"So. {rule.get('phrase')}",
        }.get(rule["rule"]) or EXAMPLES[rule["rule"]]
        breaks = {
            "words": EXAMPLES["words"] if "most" in rule else "word",
            "without": "a, b",
            "no_digits": "1",
            "forbidden": " ".join(rule.get("words", [])),
            "case": "Aa",
        }.get(rule["rule"], "something else")
        assert grade(made, follows), (made.prompt, follows)
        assert not grade(made, breaks), (made.prompt, breaks)
        seen.add(rule["rule"])
    assert len(seen) == 14


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
