"""Trainers themselves load and call the adapters, where they are installed.

They need packages that do not fit beside one another or beside our TRL; docs/trainers.md says which
versions were tried and how to install them. Each test skips without its package.
"""

import asyncio
import json
import os
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from as_trainers import Bytes, path_of
from kiosk import FLAWED, PROBLEM, SOUND

pytestmark = pytest.mark.slow

TEXTS = [SOUND, FLAWED, "?", SOUND]
REWARDS = [1.0, -0.05, -0.1, 1.0]


def verl_config(**manager: Any) -> Any:
    omegaconf = pytest.importorskip("omegaconf", reason="pip install verl")
    return omegaconf.OmegaConf.create(
        {
            "reward": {
                "num_workers": 2,
                "custom_reward_function": {
                    "path": path_of("verl"),
                    "name": "compute_score",
                    "reward_kwargs": {"weights": "blend"},
                },
                "reward_manager": manager,
                "reward_model": {"enable": False},
                "sandbox_fusion": None,
            }
        }
    )


def verl_batch() -> Any:
    """Responses as verl's rollout hands them over: padded to the right, with masks."""
    torch = pytest.importorskip("torch")
    import numpy as np
    from verl import DataProto

    width = max(map(len, TEXTS)) + 2
    rows = [list(text.encode()) + [0] * (width - len(text)) for text in TEXTS]
    masks = [[1] * 3 + [1] * len(text) + [0] * (width - len(text)) for text in TEXTS]
    return DataProto.from_dict(
        tensors={
            "prompts": torch.ones(len(TEXTS), 3, dtype=torch.long),
            "responses": torch.tensor(rows),
            "attention_mask": torch.tensor(masks),
        },
        non_tensors={
            "data_source": np.array(["mine"] * len(TEXTS), dtype=object),
            "reward_model": np.array([{"ground_truth": "156"}] * len(TEXTS), dtype=object),
            "extra_info": np.array([{"question": PROBLEM} for _ in TEXTS], dtype=object),
        },
    )


MANAGERS = {
    "file": {"source": "register", "name": "naive", "module": None},
    "tokens": {
        "source": "importlib",
        "name": "ClrTokenRewardManager",
        "module": {"path": path_of("verl-tokens"), "name": None},
    },
}


@pytest.mark.parametrize("form", MANAGERS)
def test_verl_loads_and_runs_its_reward_manager(form: str) -> None:
    reward = pytest.importorskip("verl.trainer.ppo.reward", reason="pip install verl")
    batch = verl_batch()

    async def run() -> list[dict[str, Any]]:
        manager = reward.load_reward_manager(verl_config(**MANAGERS[form]), Bytes())
        rows = (batch[i : i + 1] for i in range(len(TEXTS)))
        return list(await asyncio.gather(*map(manager.run_single, rows)))

    found = asyncio.run(run())
    assert [f["reward_score"] for f in found] == pytest.approx(REWARDS)
    assert len({tuple(f["reward_extra_info"]) for f in found}) == 1
    kind = reward.resolve_reward_manager_cls(verl_config(**MANAGERS[form]))
    scores = kind.assemble_rm_scores(batch, [f["reward_score"] for f in found])
    assert scores.sum(dim=1).tolist() == pytest.approx(REWARDS, abs=1e-6)
    places = [row.nonzero().flatten().tolist() for row in scores]
    assert places[0] == [len(SOUND) - 1]
    assert places[1][-1] == len(SOUND) - 1 if form == "file" else places[1][0] < len(SOUND) // 2


@pytest.fixture(scope="module")
def local_ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="pip install ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


def test_a_ray_actor_scores(local_ray: Any) -> None:
    from clr import Reward

    @local_ray.remote
    class Scorer:
        def __init__(self) -> None:
            self.reward = Reward("math", workers=1)

        def rewards(self, completions: list[Any]) -> list[float | None]:
            prompts, answers = [PROBLEM] * len(completions), ["156"] * len(completions)
            return self.reward(prompts, completions, answer=answers)

    actors = [Scorer.remote() for _ in range(2)]
    found = local_ray.get([actor.rewards.remote([*TEXTS, None]) for actor in actors], timeout=120)
    assert found == [pytest.approx([*REWARDS, -0.1])] * 2


@pytest.mark.parametrize("form", MANAGERS)
def test_verl_scores_a_batch_in_its_ray_workers(
    form: str, local_ray: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = pytest.importorskip("verl.experimental.reward_loop.reward_loop", reason="install verl")
    from omegaconf import OmegaConf
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({"<pad>": 0, **{c: n for n, c in enumerate(alphabet, 1)}}, []))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    plain.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<pad>"
    )
    tokenizer.save_pretrained(tmp_path)
    batch = verl_batch()
    for row, text in zip(batch.batch["responses"], TEXTS, strict=True):
        ids = tokenizer(text)["input_ids"]
        assert len(ids) == len(text)
        row[: len(ids)] = row.new_tensor(ids)
    model = {"model": {"path": str(tmp_path), "tokenizer_path": str(tmp_path)}}
    config = verl_config(**MANAGERS[form])
    config = OmegaConf.merge(config, {"actor_rollout_ref": model})
    found = loop.RewardLoopManager(config).compute_rm_score(batch)
    sums = found.batch["rm_scores"].sum(dim=1).tolist()
    assert sums == pytest.approx(REWARDS, abs=1e-6)
    assert found.non_tensor_batch["outcome"].tolist() == [1.0, 0.0, 0.0, 1.0]


class _Engine:
    """The part of an engine that OpenRLHF's executor uses: one continuation."""

    async def generate(self, prompt: Any, params: Any, multi_modal_data: Any = None) -> Any:
        output = types.SimpleNamespace(
            token_ids=list(params.text.encode()), finish_reason="stop", logprobs=None
        )
        return types.SimpleNamespace(outputs=[output])


class _Tokens(Bytes):
    def __call__(self, text: str, **_: Any) -> Any:
        import torch

        return {"input_ids": [torch.tensor(list(text.encode()))]}


@pytest.mark.parametrize("form", ["file", "http"])
def test_openrlhf_rewards_what_its_executor_generates(form: str, url: str) -> None:
    agent = pytest.importorskip("openrlhf.utils.agent", reason="pip install openrlhf")
    executor = agent.SingleTurnAgentExecutor([path_of("openrlhf") if form == "file" else url])

    async def run() -> list[Any]:
        return await asyncio.gather(
            *(
                executor.execute(
                    PROBLEM,
                    "156",
                    types.SimpleNamespace(text=text, max_tokens=500, logprobs=None),
                    1000,
                    _Tokens(),
                    _Engine(),
                )
                for text in TEXTS
            )
        )

    found = asyncio.run(run())
    # one query is a batch of one: a tensor from the file, a list from the server
    assert [float(f["reward"][0]) for f in found] == pytest.approx(REWARDS)
    assert [float(f["scores"][0]) for f in found] == [1.0, 0.0, 0.0, 1.0]
    assert {"quality", "false", "gap"} <= set(found[0]["extra_logs"])


def test_verifiers_scores_a_trace_of_its_own() -> None:
    pytest.importorskip("verifiers.v1.trace", reason="pip install verifiers")
    import verifiers.v1 as vf
    from verifiers.v1.trace import AgentInfo, TraceTask

    from clr.integrations.verifiers_task import ClrData, ClrTask

    task = ClrTask(ClrData(prompt=PROBLEM, answer="156"), vf.TaskConfig())
    for text, reward in zip(TEXTS, REWARDS, strict=True):
        trace = vf.Trace(
            task=TraceTask(type="ClrTask", data=task.data),
            agent=AgentInfo(config=vf.AgentConfig()),
            root_reply=text,
        )
        asyncio.run(task.score(trace))
        assert trace.reward == pytest.approx(reward)
        assert 0.0 <= trace.metrics["clr_quality"] <= 1.0


def test_a_rubric_of_verifiers_takes_the_function() -> None:
    vf = pytest.importorskip("verifiers", reason="pip install 'verifiers<0.2'")
    if not hasattr(vf, "Rubric"):
        pytest.skip("this release of verifiers has tasks instead of rubrics")
    from clr.integrations.single import rubric_reward

    rubric = vf.Rubric(funcs=[rubric_reward], weights=[1.0])
    prompt = [{"role": "user", "content": PROBLEM}]

    async def run() -> list[float]:
        out = []
        for text in TEXTS:
            state = {
                "prompt": prompt,
                "completion": [{"role": "assistant", "content": text}],
                "answer": "156",
                "task": "default",
                "info": {},
                "timing": {"scoring_ms": 0.0, "total_ms": 0.0},
            }
            found = await rubric.score_rollout(**_fitting(rubric.score_rollout, state))
            out.append(state.get("reward", getattr(found, "reward", None)))
        return out

    assert asyncio.run(run()) == pytest.approx(REWARDS)


class _Model(BaseHTTPRequestHandler):
    """An OpenAI-compatible endpoint that answers question n with text n; servers that keep the
    thought apart send all but its last paragraph so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        number = int(asked["messages"][-1]["content"].rpartition("#")[2])
        thought, _, said = TEXTS[number].rpartition("\n\n")
        message = {"role": "assistant", "content": TEXTS[number]}
        if self.server.apart and thought:  # type: ignore[attr-defined]
            message |= {"content": said, "reasoning_content": thought}
        usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
        about = {"id": f"chatcmpl-{number}", "created": 0, "model": asked["model"]}
        if asked.get("stream"):
            about["object"] = "chat.completion.chunk"
            pieces = [
                {"choices": [{"index": 0, "delta": message, "finish_reason": None}]},
                {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
                {"choices": [], "usage": usage},
            ]
            lines = [*(json.dumps({**about, **piece}) for piece in pieces), "[DONE]"]
            kind, body = "text/event-stream", "".join(f"data: {line}\n\n" for line in lines)
        else:
            about["object"] = "chat.completion"
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            kind, body = (
                "application/json",
                json.dumps({**about, "choices": [choice], "usage": usage}),
            )
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(params=[False, True], ids=["whole", "thought apart"])
def model_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Model) as http:
        http.apart = request.param  # type: ignore[attr-defined]
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}/v1"
        http.shutdown()
        thread.join()


def test_an_environment_of_verifiers_is_evaluated_against_an_endpoint(
    model_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    vf = pytest.importorskip("verifiers", reason="pip install 'verifiers<0.2'")
    if not hasattr(vf, "SingleTurnEnv"):
        pytest.skip("this release of verifiers has tasks instead of environments")
    from datasets import Dataset
    from verifiers.types import ClientConfig

    from clr.integrations.single import rubric_reward

    monkeypatch.setenv("NO_KEY", "none")
    rows = [{"question": f"{PROBLEM} #{n}", "answer": "156"} for n in range(len(TEXTS))]
    environment = vf.SingleTurnEnv(
        dataset=Dataset.from_list(rows), rubric=vf.Rubric(funcs=[rubric_reward])
    )
    client = ClientConfig(api_key_var="NO_KEY", api_base_url=model_url)
    outputs = asyncio.run(
        environment.evaluate(client, "replay", num_examples=-1, rollouts_per_example=2)
    )["outputs"]
    found = sorted((out["example_id"], out["reward"]) for out in outputs)
    assert [reward for _, reward in found] == pytest.approx([r for r in REWARDS for _ in range(2)])
    assert all(out["metrics"]["rubric_reward"] == out["reward"] for out in outputs)


_TASKSET = """
import verifiers.v1 as vf

from clr.integrations.verifiers_task import ClrData, ClrTask


class Kiosk(vf.Taskset[ClrTask, vf.TasksetConfig]):
    def load(self):
        problems = [f"%s #{n}" for n in range(4)]
        return [ClrTask(ClrData(prompt=p, answer="156"), self.config.task) for p in problems]


__all__ = ["Kiosk"]
"""


def test_a_taskset_of_verifiers_is_evaluated_against_an_endpoint(
    model_url: str, tmp_path: Path
) -> None:
    pytest.importorskip("verifiers.v1.trace", reason="pip install verifiers")
    program = Path(sys.executable).with_name("vf-eval")
    (tmp_path / "clr_kiosk.py").write_text(_TASKSET % PROBLEM)
    options = {
        "--client.base-url": model_url,
        "--client.api-key-var": "NO_KEY",
        "--env.agent.harness.id": "null",
        "--env.agent.runtime.type": "subprocess",
        "--output-dir": str(tmp_path),
    }
    done = subprocess.run(
        [
            program,
            "clr_kiosk",
            "-m",
            "replay",
            "--no-push",
            *(x for o in options.items() for x in o),
        ],
        env={
            **os.environ,
            "NO_KEY": "none",
            "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)]),
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (file,) = tmp_path.rglob("traces.jsonl")
    found = [json.loads(line)["traces"][0] for line in file.read_text().splitlines()]
    assert sorted(trace["rewards"]["clr"]["score"] for trace in found) == sorted(REWARDS)


def _fitting(function: Any, state: dict[str, Any]) -> dict[str, Any]:
    """What a release's `score_rollout` takes: the state, or its fields beside it."""
    import inspect

    names = inspect.signature(function).parameters
    given = {name: state[name] for name in names if name in state}
    given |= {"state": state} if "state" in names else {}
    if "score_sem" in names:
        import contextlib

        given["score_sem"] = contextlib.nullcontext()
    return given
