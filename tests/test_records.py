"""Traces in: what is read, and how what cannot be read is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.records import Unreadable, read_traces, trace_from
from clr.trace import Trace


def write(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_steps_and_responses(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        b'{"id": 7, "problem": "p", "steps": ["one", "two"], "answer": 3}',
        b'{"problem": "p", "response": "one\\n\\ntwo"}',
    )
    first, second = read_traces(path)
    assert isinstance(first, Trace) and isinstance(second, Trace)
    assert (first.id, first.answer, [s.text for s in first.steps]) == ("7", "3", ["one", "two"])
    assert (second.id, "".join(s.text for s in second.steps)) == ("1", "one\n\ntwo")


def test_chat_records_and_renames() -> None:
    chat = {
        "prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "2 + 2?"}],
        "completion": [{"role": "assistant", "content": "4"}],
    }
    trace = trace_from(chat, {})
    assert isinstance(trace, Trace)
    assert (trace.problem, trace.response) == ("2 + 2?", "4")
    renamed = trace_from({"question": "q", "out": "r"}, {"problem": "question", "response": "out"})
    assert isinstance(renamed, Trace) and renamed.problem == "q"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[1, 2]", "a record is an object, not list"),
        (b'{"steps": ["a"]}', "no field `problem`"),
        (b'{"problem": "p"}', "neither `steps` nor `response`"),
        (b'{"problem": "p", "steps": ["a", 2]}', "steps[1]"),
        (b'{"problem": 5, "response": "r"}', "problem"),
        (b"\xff\xfe\x00\x01", "not JSON"),
        (b"\x00\x00", "not JSON"),
        (b'{"problem": "p", "response": "\\ud800"}', ""),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_record_is_named_and_the_rest_goes_on(
    tmp_path: Path, line: bytes, reason: str
) -> None:
    good = b'{"problem": "p", "response": "r"}'
    path = write(tmp_path / "a.jsonl", good, line, good)
    first, bad, last = read_traces(path)
    assert isinstance(first, Trace) and isinstance(last, Trace)
    assert isinstance(bad, Unreadable)
    assert bad.line == 2 and str(bad).startswith(f"{path}:2: ") and reason in bad.reason


def test_ten_megabyte_lines(tmp_path: Path) -> None:
    record = json.dumps({"problem": "p", "response": "x" * 10_000_000}).encode()
    (trace,) = read_traces(write(tmp_path / "a.jsonl", record))
    assert isinstance(trace, Trace) and len(trace.response) == 10_000_000


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    rows = [{"problem": "p", "steps": ["a", "b"]}, {"problem": None, "steps": ["a"]}]
    pq.write_table(pa.Table.from_pylist(rows), path)
    good, bad = read_traces(path)
    assert isinstance(good, Trace) and len(good.steps) == 2
    assert isinstance(bad, Unreadable) and bad.line == 2
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"not parquet at all")
    (unreadable,) = read_traces(broken)
    assert isinstance(unreadable, Unreadable)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "problem", "steps", "response", "prompt", "completion"]), JSON
    )
)
def test_any_object_is_a_trace_or_unreadable(raw: dict[str, object]) -> None:
    assert isinstance(trace_from(raw, {}), Trace | Unreadable)
