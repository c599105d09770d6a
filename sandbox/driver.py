"""What a job does once it is confined: run a program, call functions, or serve or make calls.

It shares its process with foreign code, so nothing it writes is trusted: whoever reads the result
channel takes it as the foreign code's own words. Imports only the standard library and `values`.
"""

import builtins
import contextlib
import functools
import json
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from clr.sandbox.values import NotPlain, decode, encode

RESULT, LINK = 3, 4  # file descriptors: lines of JSON to the parent, and to the paired program
_NAME = "<program>"
_MESSAGE_LIMIT = 500
_REPLY_LIMIT = 1 << 20

# foreign code may replace what it finds in builtins, json and os; these stay what they are
_write, _read, _exit, _dumps, _loads = os.write, os.read, os._exit, json.dumps, json.loads


def perform(task: dict[str, Any]) -> None:
    """Do one task, report on `RESULT`, and end the process. Never returns."""
    code = 0
    try:
        _TASKS[task["task"]](task)
    except SystemExit as stop:
        code = _exit_code(stop)
    except BaseException as error:
        _report({"error": _described(error)})
        _show(error)
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            code = code or 120
    _exit(code & 255)


def _exit_code(stop: SystemExit) -> int:
    if stop.code is None:
        return 0
    if isinstance(stop.code, int):
        return stop.code
    print(stop.code, file=sys.stderr)
    return 1


def _show(error: BaseException) -> None:
    """Print the traceback as an interpreter would, without the frames of this module."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != _NAME:
        frames = frames.tb_next
    with contextlib.suppress(BaseException):
        traceback.print_exception(type(error), error, frames, limit=-20)


def _described(error: BaseException) -> list[str]:
    try:
        text = str(error)[:_MESSAGE_LIMIT]
    except BaseException:
        text = ""
    return [type(error).__name__, text]


def _send(channel: int, message: Any) -> None:
    data = _dumps(message).encode() + b"\n"
    while data:
        data = data[_write(channel, data) :]


def _report(message: Any) -> None:
    _send(RESULT, message)


def _execute(source: str, name: str) -> dict[str, Any]:
    """Run `source` as module `name` and return its namespace."""
    module = types.ModuleType(name)
    sys.modules[name] = module
    linecache.cache[_NAME] = (len(source), None, source.splitlines(True), _NAME)
    exec(compile(source, _NAME, "exec", dont_inherit=True), module.__dict__)
    return module.__dict__


def _load(source: str) -> dict[str, Any] | None:
    try:
        return _execute(source, "solution")
    except BaseException as error:
        _report({"load_error": _described(error)})
        _show(error)
        return None


def _script(task: dict[str, Any]) -> None:
    _execute(task["code"], "__main__")


def _resolve(namespace: dict[str, Any], path: str) -> Callable[..., Any]:
    """A function by name, or ``Class.method`` on a fresh instance."""
    head, *rest = path.split(".")
    try:
        found = namespace[head]
    except KeyError:
        raise NameError(f"name {head!r} is not defined") from None
    if rest and isinstance(found, type):
        found = found()
    for part in rest:
        found = getattr(found, part)
    function: Callable[..., Any] = found
    return function


def _outcome(run: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"value": encode(run())}
    except NotPlain as error:
        return {"opaque": str(error)}
    except BaseException as error:
        return {"error": _described(error)}


def _calls(task: dict[str, Any]) -> None:
    """Load the code, then make the calls in order and report what each returned."""
    namespace = _load(task["code"])
    if namespace is None:
        return
    for index, call in enumerate(task["calls"]):
        if "expression" in call:
            made = functools.partial(_evaluate, namespace, call["expression"])
        else:
            parts = (call["function"], call["arguments"], call["keywords"])
            made = functools.partial(_call, namespace, *parts)
        _report({"call": index, **_outcome(made)})


def _evaluate(namespace: dict[str, Any], text: str) -> Any:
    return eval(compile(text, _NAME, "eval", dont_inherit=True), namespace)


def _call(namespace: dict[str, Any], function: str, arguments: Any, keywords: Any) -> Any:
    return _resolve(namespace, function)(*decode(arguments), **decode(keywords))


def _lines(channel: int) -> Iterator[Any]:
    """Messages from a paired program, until it is gone."""
    pending = b""
    while True:
        head, newline, rest = pending.partition(b"\n")
        if newline:
            pending = rest
            yield _loads(head)
            continue
        if len(pending) > _REPLY_LIMIT:
            raise RuntimeError("reply too long")
        more = _read(channel, 1 << 16)
        if not more:
            return
        pending += more


def _serve(task: dict[str, Any]) -> None:
    """Load the code, then answer the paired program's calls until it goes away."""
    namespace = _load(task["code"])
    if namespace is None:
        return
    for function, arguments, keywords in _lines(LINK):
        made = functools.partial(_call, namespace, function, arguments, keywords)
        _send(LINK, _outcome(made))


class Opaque(Exception):
    """What is asked for is no plain data, so these tests cannot judge the program from here."""


class _Remote:
    """A name of the paired program, for tests: it can be called with plain data, and that is all.

    Whatever else a test does with it goes into `refused`.
    """

    def __init__(self, name: str, replies: Iterator[Any], refused: list[str]) -> None:
        vars(self).update(_name=name, _replies=replies, _refused=refused)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        try:
            message = [self._name, encode(arguments), encode(keywords)]
        except NotPlain as error:
            self._refuse(str(error))
        _send(LINK, message)
        reply = next(self._replies, None)
        if reply is None:
            raise EOFError("the program under test is gone")
        if "value" in reply:
            return decode(reply["value"])
        kind, text = reply.get("error") or ("", "")
        raised = getattr(builtins, str(kind), None)
        if not (isinstance(raised, type) and issubclass(raised, Exception)):
            self._refuse(str(kind or reply.get("opaque")))
        raise raised(text)

    def _refuse(self, what: str) -> NoReturn:
        self._refused.append(what)
        raise Opaque(what)

    def __getattr__(self, attribute: str) -> Any:
        self._refuse(f"{self._name}.{attribute}")


def _refusing(operation: str) -> Callable[..., Any]:
    return lambda remote, *_: remote._refuse(f"{remote._name}.{operation}")


_OPERATIONS = (
    "eq ne lt le gt ge hash bool len iter contains getitem add radd sub rsub mul rmul truediv "
    "rtruediv int float index mro_entries enter exit str repr"
)
for _operation in _OPERATIONS.split():
    setattr(_Remote, f"__{_operation}__", _refusing(_operation))


def _tests(task: dict[str, Any]) -> None:
    """Run each test text in turn, with `names` standing for names of the paired program."""
    replies = _lines(LINK)
    refused: list[str] = []

    def remote(name: str) -> _Remote:
        if name.startswith("__"):  # the import system asks for such attributes of a module
            raise AttributeError(name)
        return _Remote(name, replies, refused)

    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    module.__dict__.update({name: remote(name) for name in task["names"]})
    solution = sys.modules["solution"] = types.ModuleType("solution")
    solution.__dict__["__getattr__"] = remote  # from solution import anything
    passed = _run_tests(task["tests"], module.__dict__)
    _report({"nonce": task["nonce"], "passed": passed, "opaque": refused[:3]})


def _run_tests(tests: list[str], namespace: dict[str, Any]) -> list[bool]:
    passed = []
    for source in tests:
        try:
            exec(compile(source, "<tests>", "exec", dont_inherit=True), namespace)
        except BaseException as error:
            print(type(error).__name__, str(error)[:_MESSAGE_LIMIT], file=sys.stderr)
            passed.append(False)
        else:
            passed.append(True)
    return passed


def _shared(task: dict[str, Any]) -> None:
    """Load the code and run the tests in its own namespace; for tests that need its objects."""
    namespace = _load(task["code"])
    if namespace is not None:
        _report({"nonce": task["nonce"], "passed": _run_tests(task["tests"], namespace)})


_TASKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "script": _script,
    "calls": _calls,
    "serve": _serve,
    "tests": _tests,
    "shared": _shared,
}
