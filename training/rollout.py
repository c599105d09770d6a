"""Generate completions with transformers; what is on disk already is not generated again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import torch

from clr.training import data, models
from clr.training.config import Sampling
from clr.training.data import Record
from clr.training.models import LanguageModel, device


class Rollout(msgspec.Struct, frozen=True):
    """The completions that were sampled for one record, and how many tokens each has."""

    id: str
    completions: list[str]
    tokens: list[int]


def generate(
    model: str,
    records: Sequence[Record],
    sampling: Sampling,
    *,
    seed: int,
    system: str = "",
    file: Path | None = None,
) -> list[Rollout]:
    """`sampling.k` completions for each record, in order, by the model of that name.

    What an interrupted call left in `file` is taken over, and the rest is sampled exactly as the
    undisturbed call would have done.

    Raises:
        ValueError: the file holds rollouts for other records.
        ModelUnavailable, OSError: from `models.load`.
    """
    done = _completed(file, records) if file else []
    if len(done) == len(records):
        return done
    language_model = models.load(model, seed=seed, dtype=models.fastest_dtype())
    for batch in _fresh(language_model, records, sampling, seed, system, skip=len(done)):
        done += batch
        if file:
            _append(file, batch)
    return done


def name_of(
    model: str, records: Sequence[Record], sampling: Sampling, seed: int, system: str = ""
) -> str:
    """A name for a cache: 16 hexadecimal digits that depend on all that completions depend on."""
    prompts = [(record.id, record.prompt) for record in records]
    settings = msgspec.structs.replace(sampling, batch=0)
    what = msgspec.json.encode([model, prompts, settings, seed, system])
    return hashlib.blake2b(what, digest_size=8).hexdigest()


def whole_lines(file: Path) -> list[bytes]:
    """The lines of a cache, whose folder is made; one that a crash cut off is taken out of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.is_file():
        return []
    lines = file.read_bytes().split(b"\n")
    if lines.pop():
        file.write_bytes(b"".join(line + b"\n" for line in lines))
    return lines


def _completed(file: Path, records: Sequence[Record]) -> list[Rollout]:
    """The rollouts in a cache."""
    done = [msgspec.json.decode(line, type=Rollout) for line in whole_lines(file)]
    expected = [record.id for record in islice(records, len(done))]
    if [rollout.id for rollout in done] != expected:
        raise ValueError(f"{file} holds rollouts for other records; delete it to sample again")
    return done


def _append(file: Path, batch: Sequence[Rollout]) -> None:
    with file.open("ab") as stream:
        stream.write(b"".join(msgspec.json.encode(rollout) + b"\n" for rollout in batch))


def _fresh(
    language_model: LanguageModel,
    records: Sequence[Record],
    sampling: Sampling,
    seed: int,
    system: str,
    *,
    skip: int,
) -> Iterator[list[Rollout]]:
    """Batches of rollouts; each batch has a seed of its own, so that any can be made alone."""
    model = language_model.model.to(device()).eval()
    per_batch = max(1, sampling.batch // sampling.k)
    for start in range(0, len(records), per_batch):
        batch = records[start : start + per_batch]
        if start + len(batch) <= skip:
            continue
        torch.manual_seed(seed * 1_000_003 + start)
        texts, tokens = _generate(
            language_model._replace(model=model), [r.prompt for r in batch], sampling, system
        )
        its = [slice(i * sampling.k, (i + 1) * sampling.k) for i in range(len(batch))]
        yield [
            Rollout(record.id, texts[here], tokens[here])
            for record, here in zip(batch, its, strict=True)
        ][max(0, skip - start) :]


def _generate(
    language_model: LanguageModel, prompts: Sequence[str], sampling: Sampling, system: str
) -> tuple[list[str], list[int]]:
    """Texts and their lengths in tokens, end-of-sequence included, `k` of each prompt in turn."""
    model, tokenizer = language_model
    if language_model.chats:
        encoded = tokenizer.apply_chat_template(
            [data.conversation(prompt, chat=True, system=system) for prompt in prompts],
            add_generation_prompt=True,
            tokenize=True,
            padding=True,
            return_dict=True,
            return_tensors="pt",
        )
    else:
        encoded = tokenizer(
            list(prompts), padding=True, return_tensors="pt", return_token_type_ids=False
        )
    encoded = encoded.to(model.device)
    tokens = model.generate(
        **encoded,
        do_sample=sampling.temperature > 0,
        temperature=sampling.temperature or None,
        top_p=sampling.top_p,
        top_k=0,
        num_return_sequences=sampling.k,
        max_new_tokens=sampling.max_new_tokens,
        pad_token_id=tokenizer.pad_token_id,
    )
    new = tokens[:, encoded["input_ids"].shape[1] :]
    texts: list[str] = tokenizer.batch_decode(new, skip_special_tokens=True)
    ended = new == tokenizer.eos_token_id
    lengths = torch.where(ended.any(dim=1), ended.int().argmax(dim=1) + 1, new.shape[1])
    return texts, lengths.tolist()
