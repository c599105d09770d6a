"""Whether a slot confines programs, found out by trying, through the path that real jobs take."""

import json
import os
import secrets
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from clr.sandbox.backends import Slot
from clr.sandbox.program import DEFAULT_LIMITS, Limits, header

_PROBE = """
import json, os, socket
def execute():
    try:
        os.execv("/nowhere", ["nowhere"])
    except FileNotFoundError:  # had it been there, it would have run
        pass
attempts = {
    "read a file of the host": lambda: open(%(canary)r).read(),
    "open a network socket": lambda: socket.socket(),
    "open a local socket": lambda: socket.socket(socket.AF_UNIX),
    "start a process": lambda: os.fork() or os._exit(0),
    "signal the parent": lambda: os.kill(%(parent)d, 0),
    "signal the fork-server": lambda: os.kill(os.getppid() or 1, 0),
    "execute a program": execute,
    "write outside the work directory": lambda: open(os.path.join(%(folder)r, "new"), "x"),
}
done = []
for name, attempt in attempts.items():
    try:
        attempt()
        done.append(name)
    except OSError:
        pass
os.write(3, json.dumps({"sum": 1 + 1, "done": done, "environment": dict(os.environ)}).encode())
"""
_ENVIRONMENT = {"HOME", "TMPDIR", "LANG", "LC_CTYPE"}


def failed_check(slot: Slot) -> str | None:
    """The first check that `slot` fails, in words; `None` if it holds.

    Raises `client.Lost` when the slot dies of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        canary = Path(folder) / "canary"
        canary.write_text(secrets.token_hex())
        canary.chmod(0o644)
        here = {"canary": str(canary), "parent": os.getpid(), "folder": folder}
        [ending] = _run(slot, _PROBE % here, DEFAULT_LIMITS)
    if ending["fault"]:
        return f"a program could not be confined: {ending['fault']}"
    try:
        seen = json.loads(ending["result"])
    except ValueError:
        return f"a trivial program did not run: {ending['err'][-200:]!r}"
    if seen["sum"] != 2:
        return "1 + 1 is not 2"
    if seen["done"]:
        return "a program could " + " and ".join(map(str, seen["done"]))
    leaked = set(seen["environment"]) - _ENVIRONMENT
    if leaked:
        return "a program sees the environment variable " + ", ".join(sorted(leaked))
    [ending] = _run(slot, "while True: pass", replace(DEFAULT_LIMITS, wall=0.2))
    if ending["killed"] != "wall":
        return "an endless program was not stopped"
    return None


def _run(slot: Slot, code: str, limits: Limits) -> list[dict[str, Any]]:
    task = json.dumps({"task": "script", "code": code}).encode()
    return slot.run(header(limits, 1, 0), [(task, b"")])
