"""Sampling from a model and from a server: order, caches, failures."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("transformers")

from clr.endpoint import Endpoint, EndpointFailed
from clr.training import remote
from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.sampling import sample

RECORDS = [Record(id=str(i), domain="math", prompt=f"Compute {i} + 1.\n") for i in range(5)]
FEW = Sampling(k=3, max_new_tokens=6, batch=6)


class Server(ThreadingHTTPServer):
    """A chat server that answers with what it was asked, and can be told to fail first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, object]] = []
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.die_after: int | None = None
        self.raw: bytes | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.failures:
            code, headers = self.server.failures.pop()
            self._reply(code, b"busy", headers)
            return
        if self.server.die_after is not None and len(self.server.asked) >= self.server.die_after:
            self._reply(400, b"out of credit", {})
            return
        self.server.asked.append(body)
        text = f"{body['messages'][-1]['content']} / {body['seed']}"
        answer = {
            "choices": [{"message": {"content": text, "reasoning_content": "so"}}],
            "usage": {"completion_tokens": 7},
        }
        self._reply(200, self.server.raw or json.dumps(answer).encode(), {})

    def _reply(self, code: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


def endpoint(server: Server, **settings: object) -> Endpoint:
    return Endpoint(url=server.url, model="m", concurrency=4, attempts=3, **settings)


def test_a_server_is_asked_for_each_completion_with_its_own_seed(server: Server) -> None:
    found = remote.sample(endpoint(server), RECORDS, FEW, seed=1, system="be brief")
    assert [r.id for r in found] == [r.id for r in RECORDS]
    assert found[2].completions[1] == "so\n\nCompute 2 + 1.\n / 1000004"
    assert found[2].tokens == [7, 7, 7]
    first = server.asked[0]
    assert first["messages"][0] == {"role": "system", "content": "be brief"}
    assert (first["model"], first["max_tokens"]) == ("m", 6)


def test_what_arrived_is_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    server.die_after = 7
    with pytest.raises(EndpointFailed, match="400 Bad Request: out of credit"):
        remote.sample(endpoint(server), RECORDS, FEW, seed=0, cache=tmp_path)
    (file,) = tmp_path.glob("remote-*.jsonl")
    with file.open("ab") as stream:
        stream.write(b'{"id":"4","num')  # as a crash leaves it
    server.die_after = None
    found = remote.sample(endpoint(server), RECORDS, FEW, seed=0, cache=tmp_path)
    assert len(server.asked) == 15
    counts = Counter((a["messages"][-1]["content"], a["seed"]) for a in server.asked)
    assert set(counts.values()) == {1}
    assert found == remote.sample(endpoint(server), RECORDS, FEW, seed=0, cache=tmp_path)
    assert len(server.asked) == 15


def test_other_prompts_do_not_share_a_cache(server: Server, tmp_path: Path) -> None:
    remote.sample(endpoint(server), RECORDS[:1], FEW, seed=0, cache=tmp_path)
    remote.sample(endpoint(server), RECORDS[:1], FEW, seed=1, cache=tmp_path)
    assert len(list(tmp_path.glob("*.jsonl"))) == 2


def test_passing_failures_are_tried_again(server: Server) -> None:
    server.failures = [(503, {"Retry-After": "0"}), (429, {"Retry-After": "0"})]
    one = Sampling(k=1, max_new_tokens=6)
    assert remote.sample(endpoint(server), RECORDS[:1], one, seed=0)[0].tokens == [7]


def test_a_server_that_stays_away_is_named() -> None:
    absent = Endpoint(url="http://127.0.0.1:9/v1", model="m", attempts=1)
    with pytest.raises(EndpointFailed, match=r"127\.0\.0\.1:9"):
        remote.sample(absent, RECORDS[:1], FEW, seed=0)


def test_what_is_no_chat_completion_is_refused(server: Server) -> None:
    server.raw = b'{"detail": "hello"}'
    with pytest.raises(EndpointFailed, match="not a chat completion"):
        remote.sample(endpoint(server), RECORDS[:1], FEW, seed=0)


def test_an_interrupted_sample_is_completed_as_it_would_have_been(tmp_path: Path) -> None:
    model = "tiny:16x1"
    whole = sample(model, RECORDS, FEW, seed=3, cache=tmp_path / "whole")
    assert [len(r.completions) for r in whole] == [3] * 5
    assert all(1 <= n <= 6 for r in whole for n in r.tokens)
    (tmp_path / "cut").mkdir()
    (file,) = (tmp_path / "whole").iterdir()
    lines = file.read_bytes().splitlines(keepends=True)
    (tmp_path / "cut" / file.name).write_bytes(b"".join(lines[:3]) + lines[3][:5])
    assert sample(model, RECORDS, FEW, seed=3, cache=tmp_path / "cut") == whole


def test_a_cache_of_other_records_is_refused(tmp_path: Path) -> None:
    sample("tiny:16x1", RECORDS, FEW, seed=3, cache=tmp_path)
    with pytest.raises(ValueError, match="other records"):
        sample("tiny:16x1", RECORDS[::-1], FEW, seed=3, cache=tmp_path)


def test_what_is_complete_needs_no_model(tmp_path: Path) -> None:
    found = sample("tiny:16x1", RECORDS, FEW, seed=3, cache=tmp_path)
    assert sample(tmp_path / "deleted", RECORDS, FEW, seed=3, cache=tmp_path) == found


def test_a_recipe_can_sample_from_a_server(server: Server, tmp_path: Path) -> None:
    sampling = Sampling(k=1, max_new_tokens=6, endpoint=server.url)
    found = sample(tmp_path / "checkpoint", RECORDS, sampling, seed=0, cache=tmp_path)
    assert [r.id for r in found] == [r.id for r in RECORDS]
    assert {asked["model"] for asked in server.asked} == {str(tmp_path / "checkpoint")}
    sample(tmp_path / "checkpoint", RECORDS, sampling, seed=0, cache=tmp_path)
    assert len(server.asked) == 5
