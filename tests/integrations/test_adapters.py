"""Each adapter, called as its trainer calls it; with the trainer itself where it is installed."""

import asyncio
import importlib.util
import json
import subprocess
import sys
import threading
import types
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from typer.testing import CliRunner

from clr.cli import app
from clr.integrations.openrlhf_reward import reward_lists
from clr.integrations.server import server
from clr.integrations.single import response_in, rubric_reward
from clr.integrations.slime_reward import custom_rm

PROBLEM = "A kiosk sells 6 crates with 14 jars each and 9 crates with 8 jars each. How many jars?"
SOUND = "6 * 14 = 84 jars.\n\n9 * 8 = 72 jars.\n\n84 + 72 = 156. The answer is \\boxed{156}."
FLAWED = SOUND.replace("= 84", "= 94").replace("84 + 72", "94 + 72").replace("156", "166")


def path_of(trainer: str) -> str:
    result = CliRunner().invoke(app, ["path", trainer])
    assert result.exit_code == 0
    return result.stdout.strip()


def loaded(trainer: str) -> Any:
    """The module as a trainer loads it: by its path, under a name of its own."""
    spec = importlib.util.spec_from_file_location("custom_module", path_of(trainer))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_verl_gets_the_same_keys_for_every_sample_from_any_thread() -> None:
    compute_score = loaded("verl").compute_score

    def call(response: Any) -> dict[str, float]:
        found: dict[str, float] = compute_score(
            data_source="mine",
            solution_str=response,
            ground_truth="156",
            extra_info={"question": PROBLEM, "num_turns": None, "rollout_reward_scores": {}},
        )
        return found

    with ThreadPoolExecutor(8) as threads:
        rows = list(threads.map(call, [SOUND, FLAWED, "", None, SOUND, "9" * 300_000]))
    assert [row["score"] for row in rows] == pytest.approx([1.0, -0.05, -0.1, -0.1, 1.0, -0.1])
    assert {tuple(row) for row in rows} == {tuple(rows[0])}


def test_openrlhf_gets_tensors_and_reads_the_response_out_of_the_query() -> None:
    pytest.importorskip("torch")
    prompt = f"<|im_start|>user\n{PROBLEM}<|im_end|>\n<|im_start|>assistant\n"
    found = loaded("openrlhf").reward_func(
        [prompt + SOUND + "<|im_end|>", prompt + FLAWED], [prompt, prompt], ["156", "156"]
    )
    assert found["rewards"].tolist() == pytest.approx([1.0, -0.05])
    assert found["scores"].tolist() == [1.0, 0.0]
    assert found["extra_logs"]["false"].tolist() == [0.0, 0.5]


def test_the_response_is_found_where_special_tokens_come_and_go() -> None:
    assert response_in("<s>What?</s> Six.", "What?") == "Six."
    assert response_in("What? Six.</s>", "What?") == "Six."


@pytest.fixture
def url() -> Iterator[str]:
    http = server("127.0.0.1", 0)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    thread.join()
    http.server_close()


def post(url: str, body: Any) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode())
    with urllib.request.urlopen(request, timeout=30) as reply:
        return json.load(reply)


def test_the_server_answers_openrlhf_and_slime(url: str) -> None:
    body = {"query": [PROBLEM + SOUND], "prompts": [PROBLEM], "labels": ["156"]}
    assert post(url, body) == reward_lists([PROBLEM + SOUND], [PROBLEM], ["156"])
    assert post(url, {"prompt": PROBLEM, "response": SOUND, "label": "156"}) == 1.0
    with pytest.raises(urllib.error.HTTPError, match="400"):
        post(url, {"what": 1})


def test_slime_awaits_one_or_a_group() -> None:
    def sample(response: str) -> Any:
        return types.SimpleNamespace(prompt=PROBLEM, response=response, label="156", metadata={})

    assert asyncio.run(custom_rm(None, sample(SOUND))) == 1.0
    group = asyncio.run(custom_rm(None, [sample(SOUND), sample(FLAWED)]))
    assert group == pytest.approx([1.0, -0.05])


def test_a_rubric_of_verifiers_awaits_it() -> None:
    prompt = [{"role": "user", "content": PROBLEM}]
    completion = [{"role": "assistant", "content": SOUND}]
    found = asyncio.run(rubric_reward(prompt=prompt, completion=completion, answer="156", state={}))
    assert found == 1.0


def test_swift_registers_it_and_calls_it_with_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    # the two names that a plugin takes from ms-swift, which does not install beside our TRL
    fake = types.ModuleType("swift.rewards")
    fake.ORM = type("ORM", (), {"__init__": lambda self, args=None, **_: None})
    fake.orms = {}
    monkeypatch.setitem(sys.modules, "swift", types.ModuleType("swift"))
    monkeypatch.setitem(sys.modules, "swift.rewards", fake)
    loaded("swift")
    reward = fake.orms["clr"](args=None)
    messages = [[{"role": "user", "content": PROBLEM}]] * 2
    found = reward(
        completions=[SOUND, FLAWED], solution=["156"] * 2, messages=messages, trainer_state=None
    )
    assert found == pytest.approx([1.0, -0.05])


def test_skyrl_steps_once() -> None:
    pytest.importorskip("skyrl_gym", reason="pip install --no-deps skyrl-gym")
    from clr.integrations.skyrl_env import ClrEnv

    env = ClrEnv(extras={"reward_spec": {"ground_truth": "156"}})
    env.init([{"role": "user", "content": PROBLEM}])
    found = env.step(SOUND)
    assert (found["reward"], found["done"], found["metadata"]["outcome"]) == (1.0, True, 1.0)


def test_verifiers_scores_a_task() -> None:
    vf = pytest.importorskip("verifiers.v1", reason="pip install verifiers")
    from clr.integrations.verifiers_task import ClrData, ClrTask

    task = ClrTask(ClrData(prompt=PROBLEM, answer="156"), vf.TaskConfig())
    trace = types.SimpleNamespace(last_reply=SOUND)
    assert asyncio.run(task.clr(trace)) == 1.0
    assert asyncio.run(task.clr_quality(trace)) == 1.0


def test_verl_itself_loads_the_file() -> None:
    pytest.importorskip("verl", reason="pip install --no-deps verl")
    code = (
        "from verl.utils.import_utils import load_extern_object\n"
        f"f = load_extern_object({path_of('verl')!r}, 'compute_score')\n"
        f"print(f('mine', {SOUND!r}, '156', {{'question': {PROBLEM!r}}})['score'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1.0"
