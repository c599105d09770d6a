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


@pytest.mark.slow
def test_thought_that_trl_parses_out_of_a_reply_is_audited() -> None:
    parsing = pytest.importorskip("trl.chat_template_utils")
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({"<pad>": 0, **{c: n for n, c in enumerate(alphabet, 1)}}, []))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    plain.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token="<pad>", eos_token="<|im_end|>"
    )
    tokenizer.chat_template = parsing.qwen3_chat_template
    parsing.add_response_schema(tokenizer)
    prompt = [{"role": "user", "content": "What is 2 * 3 + 4?"}]
    start = tokenizer.apply_chat_template(prompt, add_generation_prompt=True, tokenize=False)
    completions = []
    for product in (6, 5):
        said = f"<think>\n2 * 3 = {product}\n\n6 + 4 = 10\n</think>\n\nThe answer is 10.<|im_end|>"
        ids, before = (tokenizer(text)["input_ids"] for text in (said, start))
        completions.append([parsing.parse_response(tokenizer, ids, prefix=before)])
    assert all("2 * 3" not in one["content"] for (one,) in completions)
    sound, flawed = Reward("math", workers=1)([prompt] * 2, completions, answer=["10"] * 2)
    assert sound == 1.0
    assert flawed is not None and flawed < 0.9
