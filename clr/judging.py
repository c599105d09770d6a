"""Verdicts of a language model on the claims of a trajectory, as VibeThinker judges its own.

Two kinds of request (arXiv:2606.16140, section 3.1): one names the M claims that the answer depends
on, one for each of them tries to refute it. The prompts are the files in clr/prompts.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path

import msgspec

from clr.endpoint import Endpoint, complete
from clr.selection import M, claim_level

_CLAIM = re.compile(r"^\s*(?:\d+[.):]|[-*])\s*(?P<claim>\S.*)$", re.M)
_VERDICT = re.compile(r"\b(?P<not>IN)?VALID\b", re.I)
_LONGEST = 1024


class Judged(msgspec.Struct, frozen=True):
    """Claims of one trajectory with their verdicts: 1 valid, 0 invalid, 1/2 if none was given."""

    claims: tuple[str, ...]
    verdicts: tuple[float, ...]
    tokens: int
    """Tokens that the server counted; what came from the cache counts nothing."""

    def reliability(self, m: int = M) -> float:
        """(mean verdict)^m, in [0, 1]: equation 5 of arXiv:2606.16140; ValueError for m < 1."""
        return claim_level(self.verdicts, m)


class _Kept(msgspec.Struct, frozen=True):
    name: str
    text: str


def judge(
    endpoint: Endpoint,
    problem: str,
    responses: Sequence[str],
    *,
    m: int = M,
    cache: Path | None = None,
) -> list[Judged]:
    """Have the model of `endpoint` judge `m` claims of each response, several at a time.

    `cache` is a folder for what the server said; the same request is not made again. Temperature
    is 0.

    Raises:
        EndpointFailed: the server refused, or stayed away; what arrived before is kept.
    """
    asking = _Asking(endpoint, cache)
    with ThreadPoolExecutor(endpoint.concurrency) as threads:
        return list(threads.map(lambda text: _judged(asking, problem, text, m), responses))


def _judged(asking: _Asking, problem: str, response: str, m: int) -> Judged:
    listed, tokens = asking.ask("claims", m=str(m), problem=problem, response=response)
    claims = tuple(found["claim"].strip() for found in _CLAIM.finditer(listed))[:m]
    verdicts = []
    for claim in claims:
        said, more = asking.ask("verdict", problem=problem, claim=claim)
        tokens += more
        last = [found["not"] for found in _VERDICT.finditer(said)][-1:]
        verdicts.append(0.5 if not last else 0.0 if last[0] else 1.0)
    return Judged(claims, tuple(verdicts), tokens)


class _Asking:
    """A server, and what it said before."""

    def __init__(self, endpoint: Endpoint, cache: Path | None) -> None:
        self._endpoint = endpoint
        self._lock = threading.Lock()
        self._file = cache / "judged.jsonl" if cache else None
        self._said: dict[str, str] = {}
        if self._file and self._file.is_file():
            for line in self._file.read_bytes().split(b"\n")[:-1]:  # a torn last line is dropped
                kept = msgspec.json.decode(line, type=_Kept)
                self._said[kept.name] = kept.text

    def ask(self, prompt: str, **parts: str) -> tuple[str, int]:
        """What the model says to a prompt, and the tokens that it took."""
        template = (files("clr") / "prompts" / f"{prompt}.txt").read_text(encoding="utf-8")
        text = re.sub(r"\{(\w+)\}", lambda part: parts[part[1]], template)
        name = blake2b(f"{self._endpoint.model}\n{text}".encode(), digest_size=16).hexdigest()
        with self._lock:
            if name in self._said:
                return self._said[name], 0
        body = {
            "model": self._endpoint.model,
            "messages": [{"role": "user", "content": text}],
            "max_tokens": _LONGEST,
            "temperature": 0.0,
        }
        said, tokens = complete(self._endpoint, body)
        with self._lock:
            self._said[name] = said
            if self._file:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with self._file.open("ab") as stream:
                    stream.write(msgspec.json.encode(_Kept(name, said)) + b"\n")
        return said, tokens
