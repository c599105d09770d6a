"""Rewards as a trainer calls them: one result for each completion, whatever happens."""

import asyncio
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from kiosk import FLAWED, PROBLEM, SOUND

import clr
from clr import rewards
from clr.chat import THOUGHTS
from clr.rewards import Reward
from clr.sandbox import opening
from clr.scoring import Status, workers_allowed

ENDLESS = "\n".join(f"Then x_{i}^7 + {i} = y^{i % 9} - {i}." for i in range(5000))


def rewarded(completions: list[Any], reward: Reward | None = None, **columns: Any) -> Any:
    columns.setdefault("answer", ["156"] * len(completions))
    chosen = reward or Reward("math", workers=2)
    return chosen(prompts=[PROBLEM] * len(completions), completions=completions, **columns)


def children() -> list[int]:
    found = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            for pid in (task / "children").read_text().split():
                if b"clr.verifiers.workers" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(int(pid))
    return found


def test_plain_and_chat_are_worth_the_same() -> None:
    chat = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": PROBLEM}]
    said = [[{"role": "assistant", "content": SOUND}]]
    parts = [[{"role": "assistant", "content": [{"type": "text", "text": SOUND}]}]]
    for completions in (said, parts):
        assert rewards.math(prompts=[chat], completions=completions, answer=["156"]) == [1.0]
    assert rewarded([SOUND, FLAWED]) == pytest.approx([1.0, -0.05])


def test_messages_may_be_objects() -> None:
    user = SimpleNamespace(role="user", content=[SimpleNamespace(type="text", text=PROBLEM)])
    system = SimpleNamespace(role="system", content="6 * 14 = 84")
    for content in (SOUND, [SimpleNamespace(type="text", text=SOUND)]):
        said = SimpleNamespace(role="assistant", content=content, tool_calls=None)
        prompts, completions = [[system, user]] * 2, [[said], said]
        assert rewards.math(prompts, completions, answer=["156"] * 2) == [1.0, 1.0]


@pytest.mark.parametrize("name", THOUGHTS)
def test_thought_that_a_message_keeps_apart_is_rewarded_with_what_it_says(name: str) -> None:
    completions: list[Any] = []
    for text in (SOUND, FLAWED):
        thought, _, said = text.rpartition("\n\n")
        message = {"role": "assistant", "content": said, name: thought}
        completions += [[message], SimpleNamespace(**message)]
    assert rewarded(completions) == pytest.approx([1.0, 1.0, -0.05, -0.05])
    only = [{"role": "assistant", "content": None, name: SOUND}]
    setting = [{"role": "assistant", "content": SOUND, name: {"effort": "low"}}]
    assert rewarded([only, setting]) == [0.0, 1.0]


def test_what_is_thought_is_no_part_of_a_form_that_is_asked_for() -> None:
    rules = [[{"rule": "words", "most": 3}]] * 3
    texts = [f"<think>\n{SOUND}\n</think>\n\nIt is 156.", f"{SOUND} It is.", "<think>\nHm."]
    found = rewarded(texts, Reward("instruct", workers=1), answer=[None] * 3, rules=rules)
    assert found == pytest.approx([1.0, 0.0, 0.0])


def test_what_trl_passes_and_what_it_logs() -> None:
    metrics: dict[str, float] = {}
    columns: dict[str, list[str]] = {}
    found = rewarded(
        [SOUND, FLAWED],
        completion_ids=[[1, 2], [3]],
        trainer_state=object(),
        log_metric=metrics.__setitem__,
        log_extra=columns.__setitem__,
    )
    assert found == pytest.approx([1.0, -0.05])
    assert metrics["clr_math/outcome"] == 0.5
    assert metrics["clr_math/false"] == 0.25
    assert metrics["clr_math/status/ok"] == 1.0
    assert columns["clr_math_step"] == ["", "0"]
    assert columns["clr_math_fault"][1].startswith("false: 6 * 14 = 94 jars: the left side is 84")


@pytest.mark.parametrize("workers", [0, 2])
def test_whatever_comes_in_one_reward_comes_out(workers: int) -> None:
    odd = [None, b"bytes", "", " ", "9" * 10_000_000, 7, [], [{"role": "assistant"}], {}, "\ud800"]
    odd += [float("nan"), [None], [{"role": "assistant", "content": [None, {"text": 3}]}], object()]
    reward = Reward("math", workers=workers)
    found = rewarded([*odd, SOUND], reward)
    assert found == pytest.approx([-0.1] * len(odd) + [1.0])
    assert sum(reward.counts.values()) == len(found)
    assert reward.counts[Status.MALFORMED] == 12
    assert reward.counts[Status.TOO_LONG] == 1


def test_rewards_mix_by_domain() -> None:
    mixed = rewarded([SOUND, SOUND], domain=["math", "code"])
    assert mixed == [1.0, None]
    with pytest.raises(ValueError, match="no domain 'chess': use one of math, code"):
        Reward("chess")
    with pytest.raises(ValueError, match="no column answer or solution"):
        Reward("math")(prompts=[PROBLEM], completions=[SOUND], question=["?"])


def test_no_reference_is_no_reward() -> None:
    assert rewarded([SOUND] * 2, answer=[None, float("nan")]) == [None, None]


def test_very_many_completions_are_scored_in_order() -> None:
    many = [(SOUND, FLAWED)[n % 3 == 0] + " " * (n % 40) for n in range(20_000)]
    assert rewarded(many) == pytest.approx([(1.0, -0.05)[n % 3 == 0] for n in range(20_000)])


def test_a_hang_costs_its_own_time_and_nobody_else_anything(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reward = Reward("math", workers=2, seconds=0.4, deadline=30)
    rewarded([SOUND], reward)  # workers are up
    start = time.monotonic()
    found = rewarded([ENDLESS, *[SOUND] * 6, FLAWED, ENDLESS + " "], reward)
    assert time.monotonic() - start < 15
    assert found == pytest.approx([-0.1, *[1.0] * 6, -0.05, -0.1])
    assert reward.counts[Status.TIMEOUT] == 2
    assert "scored ok" in caplog.text


def test_the_deadline_of_a_batch_holds() -> None:
    reward = Reward("math", workers=1, seconds=10, deadline=1.0)
    start = time.monotonic()
    found = rewarded([ENDLESS + " " * n for n in range(20)], reward)
    assert time.monotonic() - start < 5
    assert found == pytest.approx([-0.1] * 20)


def test_programs_that_hang_keep_to_the_deadline_of_the_batch() -> None:
    try:
        opening.default_box()
    except opening.SandboxUnavailable as error:
        pytest.skip(str(error))
    hangs = "```python\ndef f(x):\n    while True:\n        pass\n```"
    works = "```python\ndef f(x):\n    return x + 1\n```"
    rewarded([SOUND])  # workers are up
    reward = Reward("code", workers=2, deadline=4.0)
    start = time.monotonic()
    found = reward(
        prompts=["Write f."] * 9,
        completions=[works, *(hangs + " " * n for n in range(8))],
        tests=[["assert f(1) == 2", "assert f(2) == 3"]] * 9,
        entry_point=["f"] * 9,
    )
    assert time.monotonic() - start < 14
    assert found == pytest.approx([1.0, *[-0.1] * 8])
    assert reward.counts[Status.TIMEOUT] == 8


def test_killed_workers_lose_nothing() -> None:
    reward = Reward("math", workers=2)
    rewarded([SOUND], reward)
    stop = threading.Event()

    def murder() -> None:
        for _ in range(4):  # fewer than a start may fail
            if stop.wait(0.7):
                return
            for pid in children()[:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=murder)
    killer.start()
    try:
        found = rewarded([SOUND + " " * n for n in range(900)], reward)
    finally:
        stop.set()
        killer.join()
    assert len(found) == 900
    assert sum(r == 1.0 for r in found) >= 890


def send(number: int) -> None:
    for pid in children():
        with suppress(ProcessLookupError):
            os.kill(pid, number)


@contextmanager
def hanging(after: float, times: int = 1) -> Iterator[None]:
    """Stop every worker, those that start as well as those that work: no checker is slower."""

    def stop() -> None:
        for _ in range(times):
            time.sleep(after)
            send(signal.SIGSTOP)

    thread = threading.Thread(target=stop)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        send(signal.SIGKILL)


@pytest.mark.parametrize("after", [0.05, 0.3])
def test_a_worker_that_hangs_wherever_it_is_delays_a_batch_by_its_deadline(after: float) -> None:
    send(signal.SIGKILL)  # so that workers start with the batch
    reward = Reward("math", workers=2, seconds=1.0, deadline=4)
    start = time.monotonic()
    with hanging(after):
        found = rewarded([SOUND + " " * n for n in range(400)], reward)
        assert time.monotonic() - start < 6
    assert len(found) == 400 and set(found) <= {1.0, -0.1}


def test_of_workers_that_run_and_hang_nothing_is_lost() -> None:
    reward = Reward("math", workers=2, seconds=1.0, deadline=30)
    while len(children()) < 2:
        rewarded([SOUND, FLAWED] * 2, reward)
    with hanging(0.1):
        assert rewarded([SOUND + " " * n for n in range(400)], reward) == [1.0] * 400


def test_workers_that_always_hang_and_long_completions_keep_to_the_deadline() -> None:
    reward = Reward("math", workers=2, seconds=0.5, deadline=3)
    rewarded([SOUND])
    start = time.monotonic()
    with hanging(0.2, times=12):
        # too long for a pipe, so that a process which is stopped cannot even be asked
        found = rewarded([SOUND + " " * (199_000 + n) for n in range(100)], reward)
        assert time.monotonic() - start < 5
    assert len(found) == 100


def test_threads_and_event_loops() -> None:
    async def step() -> list[Any]:
        return await asyncio.gather(*(asyncio.to_thread(rewarded, [SOUND]) for _ in range(8)))

    assert asyncio.run(step()) == [[1.0]] * 8


def _in_child(queue: Any) -> None:
    queue.put(rewarded([SOUND, FLAWED]))


def test_a_fork_has_workers_of_its_own() -> None:
    rewarded([SOUND])
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_child, args=(queue,), daemon=True)
    child.start()
    assert queue.get(timeout=30) == pytest.approx([1.0, -0.05])
    child.join(10)
    assert rewarded([SOUND]) == [1.0]


class _Scored:
    """A data set that scores what it loads, in the loader's daemonic forks."""

    def __len__(self) -> int:
        return 8

    def __getitem__(self, at: int) -> float:
        (found,) = rewarded([(SOUND, FLAWED)[at % 2]])
        return float(found)


@pytest.mark.slow
def test_data_loaders_score_in_their_forks() -> None:
    data = pytest.importorskip("torch.utils.data")
    rewarded([SOUND])
    loader = data.DataLoader(_Scored(), batch_size=4, num_workers=2, multiprocessing_context="fork")
    assert [batch.tolist() for batch in loader] == [pytest.approx([1.0, -0.05] * 2)] * 2


_RANK = """
import os, sys, clr
from clr.scoring import workers_allowed
found = clr.Reward("math")(prompts=[sys.argv[1]] * 3, completions=[sys.argv[2]] * 2 + [None],
                           answer=["156"] * 3)
print("rank", os.environ["LOCAL_WORLD_SIZE"], workers_allowed(), found, flush=True)
"""


@pytest.mark.slow
def test_ranks_of_one_node_score_beside_one_another(tmp_path: Path) -> None:
    pytest.importorskip("torch.distributed")
    script = tmp_path / "rank.py"
    script.write_text(_RANK)
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    done = subprocess.run(
        [*command, str(script), PROBLEM, SOUND],
        env={**os.environ, "CLR_WORKERS": "2"},
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("rank")]
    assert said == ["rank 2 1 [1.0, 1.0, -0.1]"] * 2


def test_ranks_share_the_workers_of_a_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLR_WORKERS", "8")
    assert workers_allowed() == 8
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "4")
    assert workers_allowed() == 2
    monkeypatch.setenv("CLR_WORKERS", "0")
    assert workers_allowed() == 0


def test_the_short_name_and_the_functions_for_command_lines() -> None:
    assert clr.Reward is Reward
    assert [f.__name__ for f in (rewards.math, rewards.code, rewards.logic, rewards.instruct)] == [
        "clr_math",
        "clr_code",
        "clr_logic",
        "clr_instruct",
    ]


def test_too_many_failures_are_loud(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "clr"):
        rewarded([None] * 10)
    assert "only 0 of 10 scored ok: 10 malformed; e.g. no text" in caplog.text
