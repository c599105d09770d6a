"""From characters to tokens: where in a completion's tokens a step stands.

A token need not be whole characters: byte-level BPE cuts UTF-8 sequences. All tokens that hold a
part of a character are at the place of that character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor

from clr.trace import Span

_CUT = "\ufffd"
"""What a decoder writes for the beginning of a character whose end is in the next token."""

_LONGEST_CUT = 4
"""Tokens: UTF-8 takes at most four bytes for a character."""

_NEAR = 8
"""Tokens: at least one of them is whole, so that the text before a token ends where it begins."""


def places(ids: Sequence[int], tokenizer: Any) -> list[Span]:
    """For each token, the characters that it stands for in the decoded text, specials skipped.

    A token that leaves no text, such as end-of-sequence, has an empty span.
    """
    found = _walk(ids, tokenizer, within=_NEAR)
    if found and found[-1].end != len(_decode(ids, tokenizer)):
        # what decodes otherwise in pieces than as a whole is decoded prefix by prefix
        found = _walk(ids, tokenizer, within=len(ids))
    return found


def _walk(ids: Sequence[int], tokenizer: Any, within: int) -> list[Span]:
    """Decode each token beside up to `within` tokens before it, and see by how much text grows.

    Without some before it, a decoder may strip the first space of what it is given.
    """
    out: list[Span] = []
    position = 0
    for index in range(len(ids)):
        done = len(out)
        context = max(0, done - within)
        text = _decode(ids[context : index + 1], tokenizer)
        if text.endswith(_CUT) and index - done < _LONGEST_CUT - 1 and index + 1 < len(ids):
            continue
        grown = len(text) - len(_decode(ids[context:done], tokenizer))
        span = Span(position, position + max(0, grown))
        out += [span] * (index + 1 - done)
        position = span.end
    return out


def _decode(ids: Sequence[int], tokenizer: Any) -> str:
    text: str = tokenizer.decode(ids, skip_special_tokens=True)
    return text


def tokens_of(span: Span, placed: Sequence[Span]) -> range:
    """The indices of the tokens that hold a character of `span`; `placed` is from `places`."""
    first = next((i for i, place in enumerate(placed) if place.end > span.start), len(placed))
    stop = next((i for i in range(len(placed), first, -1) if placed[i - 1].start < span.end), first)
    while stop > first and placed[stop - 1].start == placed[stop - 1].end:
        stop -= 1
    return range(first, stop)


def mask(
    completions: Sequence[Sequence[int]],
    spans: Sequence[Iterable[Span]],
    tokenizer: Any,
    width: int,
) -> Tensor:
    """Which tokens stand in the spans: (B, width) bool, for B completions of up to `width` tokens.

    Completions are token ids without padding, which is on the right. Spans may reach beyond the
    text.
    """
    out = torch.zeros(len(completions), width, dtype=torch.bool)
    for row, ids, wanted in zip(out, completions, spans, strict=True):
        wanted = list(wanted)
        placed = places(ids, tokenizer) if wanted else []
        for span in wanted:
            tokens = tokens_of(span, placed)
            row[tokens.start : tokens.stop] = True
    return out


def spread(advantages: Tensor, term: Tensor, faulty: Tensor) -> Tensor:
    """Advantages for each token: that of its completion, and the process term where it belongs.

    Blame (`term` < 0) falls on the faulty tokens only, praise on the others only; on all tokens
    of a completion in which no fault is located.

    Args:
        advantages: (B,), of the outcome.
        term: (B,), w (q - mean q).
        faulty: (B, T) bool, from `mask`.

    Returns:
        (B, T).
    """
    blame, praise = term.clamp(max=0).unsqueeze(1), term.clamp(min=0).unsqueeze(1)
    located = faulty.any(dim=1, keepdim=True)
    placed = torch.where(faulty, blame, praise)
    return advantages.unsqueeze(1) + torch.where(located, placed, term.unsqueeze(1))
