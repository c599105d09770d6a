from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clr.notation.ast import Add, Big, Expr, Int, Mul, Pow, Sym
from clr.verifiers import algebra_system, solver
from clr.verifiers.algebra_system import identical, limit_equals, solutions
from clr.verifiers.identity import Domain
from clr.verifiers.inequality import Condition
from clr.verifiers.outcome import Truth
from clr.verifiers.solver import consistent, entailed
from clr.verifiers.workers import CallFailed, Died, Overtime, Worker

Relation = Callable[[str], Condition]


@pytest.fixture
def worker() -> Iterator[Worker]:
    found = Worker(memory=256 << 20)
    yield found
    found.close()


def test_a_worker_survives_what_its_calls_do(worker: Worker) -> None:
    first = worker.call(5, os.getpid)
    assert first != os.getpid()
    with pytest.raises(CallFailed, match="ValueError"):
        worker.call(5, int, "x")
    with pytest.raises(CallFailed, match="MemoryError"):
        worker.call(5, bytes, 1 << 30)
    assert worker.call(5, os.getpid) == first
    with pytest.raises(Died):
        worker.call(5, os._exit, 3)
    second = worker.call(5, os.getpid)
    assert second != first
    start = time.monotonic()
    with pytest.raises(Overtime):
        worker.call(0.2, time.sleep, 30)
    assert time.monotonic() - start < 2
    assert worker.call(5, abs, -7) == 7


def test_a_worker_that_was_killed_while_idle_costs_no_call(worker: Worker) -> None:
    before = worker.call(5, os.getpid)
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert worker.call(5, os.getpid) != before


def test_a_worker_that_is_stopped_takes_no_more_than_the_deadline(worker: Worker) -> None:
    for message in (b"", b" " * 2_000_000):  # the second one is too long to wait in a pipe
        os.kill(worker.call(5, os.getpid), signal.SIGSTOP)
        start = time.monotonic()
        with pytest.raises(Overtime):
            worker.call(0.3, len, message)
        assert time.monotonic() - start < 2


def test_half_an_answer_takes_no_more_than_the_deadline(worker: Worker) -> None:
    process = worker.call(5, os.getpid)
    (channel,) = (
        int(entry.name)
        for entry in Path(f"/proc/{process}/fd").iterdir()
        if str(entry.readlink()).startswith("socket:")
    )
    with pytest.raises(Overtime):
        worker.call(0.3, os.write, channel, (1000).to_bytes(8, "big") + b"no more")
    assert worker.call(5, abs, -7) == 7


def test_a_worker_that_is_stopped_while_it_starts_is_waited_for_no_longer_than_asked(
    worker: Worker,
) -> None:
    assert not worker.ready(0.0)
    (process,) = (
        int(pid)
        for task in Path("/proc/self/task").iterdir()
        for pid in (task / "children").read_text().split()
        if f"{256 << 20}".encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    )
    os.kill(process, signal.SIGSTOP)
    start = time.monotonic()
    assert not worker.ready(0.2)
    assert time.monotonic() - start < 1
    os.kill(process, signal.SIGCONT)  # it had only been slow
    assert worker.ready(10)
    assert worker.call(5, os.getpid) == process


def test_native_code_is_killed(worker: Worker) -> None:
    start = time.monotonic()
    with pytest.raises(Overtime):
        worker.call(0.2, pow, 3, 10**9)
    assert time.monotonic() - start < 2


def test_threads_share_a_worker(worker: Worker) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(worker.call(5, abs, -n)))
        for n in range(20)
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(found) == list(range(20))


def _in_child(worker: Worker, answers: multiprocessing.SimpleQueue[int]) -> None:
    answers.put(worker.call(10, os.getpid))


def test_a_fork_gets_a_process_of_its_own(worker: Worker) -> None:
    ours = worker.call(5, os.getpid)
    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    child = context.Process(target=_in_child, args=(worker, answers), daemon=True)
    child.start()
    theirs = answers.get()
    child.join()
    assert theirs not in (ours, os.getpid())
    assert worker.call(5, os.getpid) == ours


INTEGERS = Domain(integers=frozenset("xy"))


@pytest.mark.parametrize(
    ("premises", "conclusion", "truth"),
    [
        ([], r"x^2 + y^2 \geq 2 x \cdot y", Truth.TRUE),
        (["x > 0", "y > 0"], r"\frac{x+y}{2} \geq \sqrt{x \cdot y}", Truth.TRUE),
        (["x^2 + y^2 = 1"], r"x + y \leq 1.5", Truth.TRUE),
        (["|x| < 1"], "x^2 < 1", Truth.TRUE),
        ([r"x \cdot y = 1", "x > 0"], "y > 0", Truth.TRUE),
        ([r"\frac{x}{y} = 2", "y = 3"], "x = 6", Truth.TRUE),
        ([r"x^2 \cdot y = 7", "y > x"], r"x^5 \cdot y^3 > 2", Truth.FALSE),
        (["x > 1", "x < 0"], "y = 5", Truth.UNKNOWN),
        (["x^{40} > y"], "x > y", Truth.FALSE),
    ],
)
def test_entailment(rel: Relation, premises: list[str], conclusion: str, truth: Truth) -> None:
    assert entailed(tuple(map(rel, premises)), rel(conclusion)).truth is truth


def test_consistency(rel: Relation) -> None:
    between = (rel("x > 1"), rel("x < 3"))
    assert consistent(between, INTEGERS).point == {"x": "2"}
    assert consistent((rel("x > 1"), rel("x < 2")), INTEGERS).truth is Truth.FALSE
    assert consistent((rel("x > 1"), rel("x < 2"))).truth is Truth.TRUE


def test_division_by_zero_proves_nothing(rel: Relation) -> None:
    outcome = entailed((rel(r"x \cdot y = y"),), rel(r"x = \frac{y}{y}"))
    assert outcome.truth is Truth.TRUE
    assert entailed((rel(r"x \cdot y = y"),), rel("x = 1")).truth is Truth.FALSE


def test_expensive_questions_are_not_asked(rel: Relation, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("z3 was asked")

    monkeypatch.setattr(solver, "_ask", refuse)
    names = [Sym(f"x{i}") for i in range(7)]
    wide: Condition = (Add(tuple(Pow(n, Int(2)) for n in names)), ">", Mul(tuple(names[:2])))
    high = (Pow(Sym("x"), Int(41)), ">", Mul((Sym("y"), Sym("x"))))
    assert consistent((wide,)).truth is Truth.UNKNOWN
    assert consistent((high,)).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        (r"\sum_{k=1}^{n} k^2 = n(n+1)(2n+1)/6", Truth.TRUE),
        (r"\sqrt{3+2\sqrt{2}} = 1+\sqrt{2}", Truth.TRUE),
        (r"\sin(3x) = 3\sin x - 4\sin^3 x", Truth.TRUE),
        ("x = 2x", Truth.UNKNOWN),
    ],
)
def test_sympy_identities(rel: Relation, text: str, truth: Truth) -> None:
    left, _, right = rel(text)
    assert identical(left, right).truth is truth


def test_sympy_solves(rel: Relation) -> None:
    def equation(text: str) -> tuple[Expr, Expr]:
        left, _, right = rel(text)
        return left, right

    assert solutions((equation("x^2 = 2"),), "x") == ("-sqrt(2)", "sqrt(2)")
    assert solutions((equation("x + y = 2"), equation("x - y = 4")), "x") == ("3",)
    assert solutions((equation("x + y = 2"),), "x") is None


def test_sympy_limits(e: Callable[[str], Expr]) -> None:
    claim = e(r"\lim_{x\to 0} \frac{1-\cos x}{x^2}")
    assert isinstance(claim, Big)
    assert limit_equals(claim, e("1/2")).truth is Truth.TRUE
    assert limit_equals(claim, Int(1)).truth is Truth.UNKNOWN


def test_sympy_is_killed(monkeypatch: pytest.MonkeyPatch, e: Callable[[str], Expr]) -> None:
    monkeypatch.setattr(algebra_system, "SECONDS", 0.3)
    slow = e(r"(x+y+z+1)^{40} \cdot (x+2y+3z+5)^{40}")
    start = time.monotonic()
    assert identical(slow, e(r"(x+y+z+2)^{40} \cdot (x+2y+3z+5)^{40}")).truth is Truth.UNKNOWN
    assert time.monotonic() - start < 4
