"""TRL's own trainer takes the reward, logs what it says, and takes a step."""

from pathlib import Path
from typing import Any

import pytest

from clr import Reward


@pytest.mark.slow
@pytest.mark.parametrize("chat", [False, True])
def test_grpo_trains_with_it(tmp_path: Path, chat: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pytest.importorskip("trl")
    from datasets import Dataset
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast
    from trl import GRPOConfig, GRPOTrainer

    words = {word: n for n, word in enumerate(["<pad>", "<eos>", *"0123456789+=*. ?"])}
    plain = Tokenizer(models.WordLevel(words, unk_token="?"))
    plain.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<eos>", unk_token="?"
    )
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{% endfor %}"
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        eos_token_id=1,
        pad_token_id=0,
    )
    prompt: Any = [{"role": "user", "content": "1+1=?"}] if chat else "1+1=?"
    data = Dataset.from_list([{"prompt": prompt, "answer": "2"}] * 8)
    trainer = GRPOTrainer(
        model=LlamaForCausalLM(config),
        reward_funcs=[Reward(domain="math", workers=1)],
        args=GRPOConfig(
            output_dir=str(tmp_path),
            max_steps=2,
            per_device_train_batch_size=4,
            num_generations=4,
            max_completion_length=8,
            logging_steps=1,
            log_completions=False,
            report_to="none",
            use_cpu=True,
            save_strategy="no",
        ),
        train_dataset=data,
        processing_class=tokenizer,
    )
    trainer.train()
    logged = trainer.state.log_history[0]
    assert -0.11 <= logged["rewards/clr_math/mean"] <= 1.0
    assert {"clr_math/quality", "clr_math/status/ok", "clr_math/unsupported"} <= set(logged)
