"""Each adapter, called as its trainer calls it; with the trainer itself where it is installed."""

import asyncio
import importlib.util
import json
import pickle
import re
import subprocess
import sys
import types
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from as_trainers import Bytes, path_of
from kiosk import FLAWED, PROBLEM, SOUND

from clr.integrations.openrlhf_reward import reward_lists
from clr.integrations.single import (
    response_in,
    results_of,
    reward_for,
    rubric_reward,
    value_of,
)
from clr.integrations.slime_reward import custom_rm
from clr.integrations.token_rewards import TokenRewards, at_tokens


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
    rules = {"rules": [{"rule": "words", "most": 3}]}
    found = asyncio.run(rubric_reward(prompt=prompt, completion=completion, info=rules))
    assert found <= 0.0


DOCS = Path(__file__).parents[2] / "docs" / "trainers.md"


def test_what_the_recipes_name_is_there() -> None:
    text = DOCS.read_text(encoding="utf-8")
    named = set(re.findall(r"\bclr((?:\.[a-z_]+)+)[.:](\w+)", text))
    named |= {
        (module, name.strip())
        for module, names in re.findall(r"from clr((?:\.[a-z_]+)*) import ([\w, ]+)", text)
        for name in names.split(",")
    }
    assert len(named) >= 8
    for module, name in named:
        spec = importlib.util.find_spec(f"clr{module}")
        if spec is None or spec.origin is None or spec.submodule_search_locations:
            continue  # a name within a module, or a package
        source = Path(spec.origin).read_text(encoding="utf-8")
        defined = rf"^(?:@.*\n)*(?:async def|def|class) {name}\b|^{name}\b.*="
        assert re.search(defined, source, re.M), f"clr{module} has no {name}"


@pytest.mark.parametrize("trainer", sorted(set(re.findall(r"clr path ([\w-]+)", DOCS.read_text()))))
def test_every_path_of_the_recipes_is_a_file(trainer: str) -> None:
    compile(Path(path_of(trainer)).read_text(encoding="utf-8"), trainer, "exec")


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
    pytest.importorskip("verifiers.v1.trace", reason="pip install verifiers")
    import verifiers.v1 as vf

    from clr.integrations.verifiers_task import ClrData, ClrTask

    task = ClrTask(ClrData(prompt=PROBLEM, answer="156"), vf.TaskConfig())
    trace = types.SimpleNamespace(last_reply=SOUND, assistant_messages=[])
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


@pytest.mark.parametrize("text", [SOUND, FLAWED, FLAWED.replace("jars", "jars — Gläser"), "?"])
def test_token_rewards_add_up_and_stand_on_their_steps(text: str) -> None:
    (result,) = results_of(reward_for(), [PROBLEM], [text], ["156"])
    ids = [*text.encode(), 0]
    spread = at_tokens(result, ids, Bytes())
    assert len(spread) == len(ids)
    assert sum(spread) == pytest.approx(value_of(result))
    costs = {i for i, r in enumerate(spread[:-1]) if r < 0}
    assert bool(costs) == (text not in (SOUND, "?"))
    if costs:
        end = len(text.split("\n\n")[0].encode())
        assert costs <= set(range(end - 1, end + 3))  # the last token of the first step
    whole = pickle.loads(pickle.dumps(TokenRewards(value_of(result), spread)))
    assert (float(whole), whole.tokens) == (value_of(result), tuple(spread))


def test_a_response_without_tokens_or_result_has_no_token_rewards() -> None:
    assert at_tokens(None, [], Bytes()) == []
    assert at_tokens(None, [65, 66], Bytes()) == [0.0, 0.0]


def test_the_manager_of_verl_spreads_rewards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The manager beside the base class as verl 0.9.1 has it, which needs Ray to be imported."""
    torch = pytest.importorskip("torch")

    class Base:
        def __init__(self, config: object, tokenizer: object, compute_score: object) -> None:
            self.tokenizer = tokenizer

    name = "verl.experimental.reward_loop.reward_manager.base"
    for n in range(1, 6):
        part = ".".join(name.split(".")[:n])
        monkeypatch.setitem(sys.modules, part, types.ModuleType(part))
    sys.modules[name].RewardManagerBase = Base  # type: ignore[attr-defined]
    monkeypatch.delitem(sys.modules, "clr.integrations.verl_manager", raising=False)
    from clr.integrations.verl_manager import ClrTokenRewardManager

    class Rows(list):  # type: ignore[type-arg]
        def __getitem__(self, at: object) -> object:
            found = super().__getitem__(at)  # type: ignore[call-overload]
            return Rows(found) if isinstance(at, slice) else found

    texts = [SOUND, FLAWED]
    width = max(len(text.encode()) for text in texts) + 2
    rows, ids, masks = [], [], []
    for text in texts:
        tokens = list(text.encode())
        ids.append(torch.tensor(tokens + [0] * (width - len(tokens))))
        masks.append(torch.tensor([1] * 3 + [1] * len(tokens) + [0] * (width - len(tokens))))
        fields = {"reward_model": {"ground_truth": "156"}, "extra_info": {"question": PROBLEM}}
        batch = {"responses": ids[-1], "attention_mask": masks[-1]}
        rows.append(types.SimpleNamespace(batch=batch, non_tensor_batch=fields))
    manager = ClrTokenRewardManager({}, Bytes(), None)
    found = [asyncio.run(manager.run_single(Rows([row]))) for row in rows]
    assert [f["reward_score"] for f in found] == pytest.approx([1.0, -0.05])
    assert found[0]["reward_extra_info"].keys() == found[1]["reward_extra_info"].keys()
    data = types.SimpleNamespace(
        batch={
            "prompts": torch.zeros(2, 3),
            "responses": torch.stack(ids),
            "attention_mask": torch.stack(masks),
        }
    )
    scores = ClrTokenRewardManager.assemble_rm_scores(data, [f["reward_score"] for f in found])
    assert scores.shape == (2, width)
    assert scores.sum(dim=1).tolist() == pytest.approx([1.0, -0.05], abs=1e-6)
    assert scores[0].nonzero().tolist() == [[len(SOUND.encode()) - 1]]
    plain = ClrTokenRewardManager.assemble_rm_scores(data, [1.0, -0.05])
    assert plain[1, len(FLAWED.encode()) - 1] == pytest.approx(-0.05)
