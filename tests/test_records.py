"""Traces in: what is read, and how what cannot be read is named."""

import bz2
import gzip
import io
import json
import lzma
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr import records
from clr.chat import THOUGHTS
from clr.extras import MissingExtra
from clr.records import Unreadable, count, read_traces
from clr.trace import Trace

GOOD = b'{"problem": "p", "response": "r"}'


def write(path: Path, *lines: bytes) -> Path:
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "traces.jsonl"


def read_one(
    path: Path, record: object, fields: Mapping[str, str] | None = None
) -> Trace | Unreadable:
    (found,) = read_traces(write(path, json.dumps(record).encode()), fields)
    return found


def trace(path: Path, record: object, fields: Mapping[str, str] | None = None) -> Trace:
    found = read_one(path, record, fields)
    assert isinstance(found, Trace), found
    return found


def test_steps_and_responses(path: Path) -> None:
    write(
        path,
        b'{"id": 7, "problem": "p", "steps": ["one", "two"], "answer": 3.5, "domain": "math"}',
        b"",
        b'{"problem": "p", "response": "one\\n\\ntwo", "steps": null}',
    )
    first, second = read_traces(path)
    assert isinstance(first, Trace)
    assert isinstance(second, Trace)
    assert (first.id, first.answer, first.domain) == ("7", "3.5", "math")
    assert [step.text for step in first.steps] == ["one", "two"]
    assert (second.id, second.response) == ("2", "one\n\ntwo")
    assert count(path) == 3


def test_chat_records(path: Path) -> None:
    prompt = [{"role": "system", "content": "s"}, {"role": "user", "content": "2 + 2?"}]
    parts = [{"type": "text", "text": "4"}, {"type": "image_url", "image_url": {"url": "x"}}]
    completion = [{"role": "assistant", "content": parts}, {"role": "tool", "content": "5"}]
    chat = trace(path, {"prompt": prompt, "completion": completion})
    assert (chat.problem, chat.response) == ("2 + 2?", "4")
    plain = trace(path, {"prompt": "2 + 2?", "completion": "4"})
    assert (plain.problem, plain.response) == ("2 + 2?", "4")


def said(role: str, content: object, **more: object) -> dict[str, object]:
    return {"role": role, "content": content, **more}


def test_the_last_turn_of_a_chat_is_the_response(path: Path) -> None:
    asked = [said("system", "s"), said("user", "2 + 2?"), said("assistant", "4")]
    once = trace(path, {"messages": asked})
    assert (once.problem, once.response) == ("2 + 2?", "4")
    parts = [{"type": "image_url", "text": None}, {"type": "text", "text": "And 3 + 3?"}]
    twice = trace(
        path, {"talk": [*asked, said("user", parts), said("assistant", "6")]}, {"messages": "talk"}
    )
    assert (twice.problem, twice.response) == ("2 + 2?\n\nAnd 3 + 3?", "6")
    thanked = trace(path, {"messages": [*asked, said("user", "Thanks.")]})
    assert (thanked.problem, thanked.response) == ("2 + 2?", "4")


def test_calls_of_tools_stand_within_a_turn(path: Path) -> None:
    turn = [said("assistant", "I add."), said("tool", "5"), said("assistant", "It is 5.")]
    used = trace(path, {"messages": [said("user", "2 + 3?"), said("assistant", None), *turn]})
    assert (used.problem, used.response) == ("2 + 3?", "I add.\n\nIt is 5.")


@pytest.mark.parametrize("name", THOUGHTS)
def test_thought_that_is_kept_apart_is_read_before_what_is_said(path: Path, name: str) -> None:
    thinking = said("assistant", "It is 4.", **{name: "2 + 2 = 4"})
    found = trace(path, {"messages": [said("user", "2 + 2?"), thinking]})
    assert found.response == "<think>\n2 + 2 = 4\n</think>\n\nIt is 4."
    setting = said("assistant", "It is 4.", reasoning={"effort": "low"}, reasoning_content=None)
    assert trace(path, {"messages": [said("user", "2 + 2?"), setting]}).response == "It is 4."


def test_of_several_forms_the_first_is_read_and_the_others_spoil_nothing(path: Path) -> None:
    chat = [said("user", "q"), said("assistant", "a")]
    assert trace(path, {"prompt": "p", "messages": chat}).problem == "p"
    assert trace(path, {"prompt": "p", "messages": chat}).response == "a"
    assert trace(path, {"problem": "p", "response": "r", "messages": 3}).response == "r"


def test_numbers_that_are_none_spoil_nothing(path: Path) -> None:
    record = {"problem": "p", "response": "r", "answer": float("nan"), "score": -float("inf")}
    assert trace(path, record).answer is None


def test_given_steps_go_before_a_response(path: Path) -> None:
    both = trace(path, {"problem": "p", "steps": ["a", "b"], "response": "a b", "prompt": "q"})
    assert (both.problem, len(both.steps)) == ("p", 2)


def test_fields_are_renamed(path: Path) -> None:
    fields = {"problem": "question", "response": "out"}
    renamed = trace(path, {"question": "q", "out": "r", "problem": 3}, fields)
    assert (renamed.problem, renamed.response) == ("q", "r")


@pytest.mark.parametrize(
    ("record", "fields", "message"),
    [
        ([1, 2], {}, "a record is an object, not array: write each on a line of its own"),
        (None, {}, "a record is an object, not null"),
        ({"steps": ["a"]}, {}, "problem: missing"),
        ({"problem": "p"}, {}, "steps: missing"),
        ({"problem": "p", "steps": ["a", 2]}, {}, "steps[1]: expected str, got int"),
        ({"problem": 5, "response": "r"}, {}, "problem: expected str"),
        ({"q": 5, "response": "r"}, {"problem": "q"}, "q: expected str"),
        ({"problem": "p", "response": "r"}, {"problem": "q"}, "q: missing"),
        ({"prompt": [{"role": "user", "content": 1}], "completion": ""}, {}, "prompt[0].content"),
        ({"id": [1], "problem": "p", "response": "r"}, {}, "id: expected"),
        ({"problem": float("nan"), "response": "r"}, {}, "problem: missing"),
        ({"messages": []}, {}, "problem: missing"),
        ({"messages": "2 + 2?"}, {}, "messages: expected array"),
        ({"messages": [{"from": "human", "value": "2?"}]}, {}, "messages[0]: object missing"),
        ({"messages": [{"role": "user", "content": "2?"}]}, {}, "messages: the assistant says not"),
        ({"chat": [{"role": "assistant", "content": "4"}]}, {"messages": "chat"}, "chat: the assi"),
    ],
)
def test_a_bad_record_names_file_line_and_field(
    path: Path, record: object, fields: dict[str, str], message: str
) -> None:
    bad = read_one(path, record, fields)
    assert isinstance(bad, Unreadable)
    assert str(bad).startswith(f"{path}:1: {message}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(b"{}"), "packed by gzip: unpack it first"),
        (bz2.compress(b"{}"), "packed by bzip2: unpack it first"),
        (lzma.compress(b"{}"), "packed by xz: unpack it first"),
        ('{"problem": "p"}'.encode("utf-16"), "UTF-16: write it as UTF-8"),
        (b"PAR1\x00", "Parquet: give it a name that ends in .parquet"),
        (json.dumps([{"problem": "p"}], indent=1).encode(), "JSON over several lines"),
        (json.dumps({"problem": "p"}, indent=1).encode(), "JSON over several lines"),
    ],
    ids=range(7),
)
def test_what_is_taken_for_json_lines_is_named_once(
    path: Path, content: bytes, reason: str
) -> None:
    path.write_bytes(content)
    (bad,) = read_traces(path)
    assert str(bad).startswith(f"{path}: {reason}")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe\x00\x01", "not JSON"),
        (b"\x00\x00", "not JSON"),
        (b'{"problem": "\xff", "response": ""}', "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"problem": ' * 100_000, "not JSON"),
        (b'{"problem": "\\ud800', "not JSON"),
        (b'{"problem": NaN, "steps": nan}', "not JSON"),
    ],
    ids=range(8),
)
def test_what_is_not_json_is_named_and_the_rest_goes_on(
    path: Path, line: bytes, reason: str
) -> None:
    first, bad, last = read_traces(write(path, GOOD, line, GOOD))
    assert isinstance(first, Trace)
    assert isinstance(last, Trace)
    assert isinstance(bad, Unreadable)
    assert bad.line == 2
    assert bad.reason.startswith(reason)


def test_strange_text_is_read(path: Path) -> None:
    line = b'\xef\xbb\xbf{"problem": "\\ud83d p\\u0000", "response": "x \\udc00"}'
    (found,) = read_traces(write(path, line))
    assert isinstance(found, Trace)
    assert (found.problem, found.response) == ("\ufffd p\0", "x \ufffd")


def test_long_lines(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = json.dumps({"problem": "p", "response": "x" * 10_000_000}).encode()
    found, small = read_traces(write(path, record, GOOD))
    assert isinstance(found, Trace)
    assert len(found.response) == 10_000_000
    assert isinstance(small, Trace)
    monkeypatch.setattr(records, "MAX_LINE", 1 << 20)
    bad, small = read_traces(path)
    assert isinstance(bad, Unreadable)
    assert bad.reason == "longer than 1 MiB"
    assert isinstance(small, Trace)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD + b"\n" + GOOD)))
    assert len(list(read_traces(Path("-")))) == 2
    assert count(Path("-")) is None


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    rows = [
        {"problem": "p", "steps": ["a", "b"], "prompt": None},
        {"problem": None, "steps": ["a"], "prompt": [{"role": "user", "content": "q"}]},
        {"problem": None, "steps": ["a"], "prompt": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    first, chat, bad = read_traces(path)
    assert isinstance(first, Trace)
    assert len(first.steps) == 2
    assert isinstance(chat, Trace)
    assert chat.problem == "q"
    assert isinstance(bad, Unreadable)
    assert (bad.line, bad.field) == (3, "problem")
    assert count(path) == 3


def test_what_is_named_parquet_and_is_not(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    broken = tmp_path / "b.parquet"
    broken.write_bytes(b"not parquet at all")
    (bad,) = read_traces(broken)
    assert isinstance(bad, Unreadable)
    assert "not a Parquet file" in str(bad)
    assert count(broken) is None


def test_parquet_without_pyarrow_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"clr-verify\[parquet\]"):
        list(read_traces(tmp_path / "a.parquet"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(records.FIELDS), JSON) | JSON)
def test_any_json_is_a_trace_or_unreadable(
    tmp_path_factory: pytest.TempPathFactory, row: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    assert isinstance(read_one(path, row), Trace | Unreadable)


@given(st.lists(st.binary(max_size=40)))
def test_any_bytes_are_read_without_an_error(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]
) -> None:
    path = write(tmp_path_factory.getbasetemp() / "any.jsonl", *lines)
    assert all(isinstance(found, Trace | Unreadable) for found in read_traces(path))
