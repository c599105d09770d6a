"""Rewards over HTTP, for trainers that ask a server: OpenRLHF and slime.

OpenRLHF posts `{"query": [...], "prompts": [...], "labels": [...]}` and reads lists; slime's
`remote_rm` posts `{"prompt": ..., "response": ..., "label": ...}` and reads one number.
"""

from __future__ import annotations

import json
import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from clr.integrations.openrlhf_reward import reward_lists
from clr.integrations.single import results_of, reward_for, value_of

_LOG = logging.getLogger("clr")

MOST = 1 << 30
"""Bytes of a request."""


def answer(request: Any) -> Any:
    """The reply to a request of either form.

    Raises:
        ValueError: it has neither form.
    """
    match request:
        case {"query": list(queries), "prompts": list(prompts), "labels": list(labels)}:
            return reward_lists(queries, prompts, labels)
        case {"prompt": prompt, "response": response, "label": label}:
            return value_of(results_of(reward_for(), [prompt], [response], [label])[0])
        case _:
            raise ValueError("post query, prompts and labels (lists), or prompt, response, label")


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        try:
            size = int(self.headers.get("Content-Length") or 0)
            if size > MOST:
                raise ValueError(f"a request has at most {MOST} bytes")
            status, reply = 200, answer(json.loads(self.rfile.read(size)))
        except ValueError as error:
            status, reply = 400, {"error": str(error)}
        except Exception as error:
            _LOG.exception("a request failed")
            status, reply = 500, {"error": f"{type(error).__name__}: {error}"}
        body = json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        _LOG.debug(format, *args)


def server(host: str, port: int) -> ThreadingHTTPServer:
    """A server that is bound but does not serve yet; port 0 takes a free one.

    Raises:
        OSError: the address is taken or not ours.
    """
    return ThreadingHTTPServer((host, port), _Handler)
