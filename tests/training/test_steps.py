"""Where tokens stand in the text, with tokenizers that cut characters."""

from __future__ import annotations

from itertools import pairwise

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from tokenizers import Tokenizer, decoders, models, pre_tokenizers  # noqa: E402
from transformers import PreTrainedTokenizerFast  # noqa: E402

from clr.trace import Span  # noqa: E402
from clr.training import steps  # noqa: E402


def byte_level() -> PreTrainedTokenizerFast:
    """A byte-level tokenizer of single bytes and a few merges: any character may be cut."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: i for i, piece in enumerate(["<eos>", *letters, "th", "the", "Ġt", "ðŁ"])}
    merges = [("t", "h"), ("th", "e"), ("Ġ", "t"), ("ð", "Ł")]
    made = Tokenizer(models.BPE(vocabulary, merges))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=made, eos_token="<eos>", pad_token="<eos>")


def stripping() -> PreTrainedTokenizerFast:
    """A tokenizer whose decoder strips the first space of whatever it is given."""
    words = ["<unk>", "▁the", "▁sum", "▁is", "▁3", ".", "▁so"]
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="<unk>"))
    made.decoder = decoders.Metaspace()
    return PreTrainedTokenizerFast(tokenizer_object=made, unk_token="<unk>")


BYTES = byte_level()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_places_tile_the_text(text: str) -> None:
    ids = BYTES(text).input_ids
    decoded = BYTES.decode(ids)
    placed = steps.places(ids, BYTES)
    assert len(placed) == len(ids)
    distinct = list(dict.fromkeys(placed))
    assert all(a.end == b.start for a, b in pairwise(distinct))
    assert not placed or (placed[0].start, placed[-1].end) == (0, len(decoded))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30), st.data())
def test_the_tokens_of_a_span_hold_its_text(text: str, data: st.DataObject) -> None:
    ids = BYTES(text).input_ids
    decoded = BYTES.decode(ids)
    start = data.draw(st.integers(0, len(decoded) - 1))
    end = data.draw(st.integers(start + 1, len(decoded)))
    tokens = steps.tokens_of(Span(start, end), steps.places(ids, BYTES))
    assert decoded[start:end] in BYTES.decode([ids[i] for i in tokens])


def test_all_bytes_of_a_character_belong_to_it() -> None:
    ids = BYTES("a😀b").input_ids
    assert len(ids) > 3
    placed = steps.places(ids, BYTES)
    assert placed[0] == Span(0, 1)
    assert set(placed[1:-1]) == {Span(1, 2)}
    assert steps.tokens_of(Span(1, 2), placed) == range(1, len(ids) - 1)


def test_end_of_sequence_belongs_to_no_step() -> None:
    ids = [*BYTES("the end").input_ids, BYTES.eos_token_id]
    placed = steps.places(ids, BYTES)
    assert placed[-1] == Span(7, 7)
    assert steps.tokens_of(Span(0, 7), placed) == range(len(ids) - 1)


def test_a_decoder_that_strips_the_first_space() -> None:
    tokenizer = stripping()
    ids = [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5]
    text = tokenizer.decode(ids)
    placed = steps.places(ids, tokenizer)
    assert placed[-1].end == len(text)
    start = text.index("sum")
    assert steps.tokens_of(Span(start, start + 3), placed) == range(1, 2)


def test_text_cut_inside_a_character_is_placed_to_its_end() -> None:
    ids = BYTES("ab😀").input_ids[:-1]
    placed = steps.places(ids, BYTES)
    assert len(placed) == len(ids)
    assert placed[-1].end == len(BYTES.decode(ids))


def test_a_mask_marks_the_spans_of_each_completion() -> None:
    rows = [BYTES("xx yy").input_ids, BYTES("z").input_ids]
    found = steps.mask(rows, [[Span(3, 5)], [Span(0, 99)]], BYTES, width=6)
    assert found.tolist() == [
        [False, False, False, True, True, False],
        [True, False, False, False, False, False],
    ]


def test_blame_falls_on_faulty_tokens_and_praise_on_the_others() -> None:
    faulty = torch.tensor([[False, True], [False, True], [False, False]])
    spread = steps.spread(torch.tensor([1.0, 1.0, -1.0]), torch.tensor([-0.3, 0.3, -0.3]), faulty)
    assert torch.allclose(spread, torch.tensor([[1.0, 0.7], [1.3, 1.0], [-1.3, -1.3]]))
