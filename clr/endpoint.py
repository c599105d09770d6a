"""A server that speaks OpenAI's chat API, such as vLLM or llama.cpp: one request, retried."""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from typing import Any

import msgspec

_RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A server and how it is used.

    `url` ends before `/chat/completions`, as in http://localhost:8000/v1. The key is read from
    the environment variable `key`, where it is set. `timeout` is in seconds for one completion;
    a request that fails in passing is tried `attempts` times.
    """

    url: str
    model: str
    concurrency: int = 16
    timeout: float = 600.0
    attempts: int = 5
    key: str = "OPENAI_API_KEY"


class EndpointFailed(RuntimeError):
    """The server refused a request, or did not answer in all attempts; the message says how."""


class _Choice(msgspec.Struct):
    message: dict[str, Any]


class _Usage(msgspec.Struct):
    completion_tokens: int = 0


class _Answer(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage = msgspec.field(default_factory=_Usage)


def complete(endpoint: Endpoint, body: dict[str, Any]) -> tuple[str, int]:
    """The text of one completion, and how many tokens the server counted; 0 if it does not say.

    `body` is the request. Raises EndpointFailed: see there.
    """
    answer = _retried(endpoint, lambda: _post(endpoint, body))
    try:
        said = msgspec.json.decode(answer, type=_Answer)
        message = said.choices[0].message
    except (msgspec.DecodeError, IndexError) as error:
        raise EndpointFailed(f"{endpoint.url}: not a chat completion: {error}") from error
    thought = message.get("reasoning_content") or message.get("reasoning") or ""
    content = message.get("content") or ""
    return "\n\n".join(part for part in (thought, content) if part), said.usage.completion_tokens


def _post(endpoint: Endpoint, body: dict[str, Any]) -> bytes:
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get(endpoint.key):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(
        endpoint.url.rstrip("/") + "/chat/completions", msgspec.json.encode(body), headers
    )
    with urllib.request.urlopen(request, timeout=endpoint.timeout) as response:
        content: bytes = response.read()
        return content


def _retried(endpoint: Endpoint, act: Callable[[], bytes]) -> bytes:
    """Do it until it works, waiting longer each time, or as long as the server asks for."""
    wait = 0.5
    for attempt in range(1, endpoint.attempts + 1):
        asked: float | None = None
        try:
            return act()
        except urllib.error.HTTPError as error:
            reason = f"{error.code} {error.reason}: {error.read(500).decode(errors='replace')}"
            asked = _seconds(error.headers)
            if error.code not in _RETRIED:
                raise EndpointFailed(f"{endpoint.url}: {reason}") from error
        except OSError as error:  # refused, reset, timed out
            reason = str(error)
        if attempt < endpoint.attempts:
            time.sleep(min(_LONGEST_WAIT, asked if asked is not None else wait))
            wait *= 2
    raise EndpointFailed(f"{endpoint.url}: {reason} ({endpoint.attempts} attempts)")


def _seconds(headers: Message) -> float | None:
    said = headers.get("Retry-After", "")
    return float(said) if said.isdigit() else None
