from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clr.filter.ngrams import Benchmark, ngrams, repetition, words

WORDS = st.lists(st.sampled_from("ab bc cd de é 1 22".split()), max_size=30)


@given(WORDS, st.integers(1, 8))
def test_runs_are_equal_where_their_words_are(found: list[str], n: int) -> None:
    runs = ngrams(found, n).tolist()
    m = min(n, len(found))
    texts = [tuple(found[i : i + m]) for i in range(len(found) - m + 1)] if found else []
    assert len(runs) == len(texts)
    assert len(set(runs)) == len(set(texts))


def test_words_have_neither_case_nor_two_spellings() -> None:
    assert words("Two  Apples, 3.5\n\u212b") == ["two", "apples", "3", "5", "å"]


@given(WORDS)
def test_repetition_is_a_share(found: list[str]) -> None:
    assert 0 <= repetition(found) < 1


def test_repetition_tells_loops_from_prose() -> None:
    assert repetition(words("wait let me check that again " * 50)) > 0.95
    assert repetition(words("Each of the twelve boxes holds five pens so there are sixty")) == 0


def test_a_benchmark_is_found_in_other_spacing_and_case() -> None:
    problem = "Natalia sold clips to 48 of her friends in April, and then half as many in May."
    benchmark = Benchmark([problem, "Level 5", "What is seven times eight?"], 13)
    assert benchmark.overlaps("Please solve: " + problem.upper().replace(" ", "\n"))
    assert benchmark.overlaps("what is SEVEN times eight")
    assert not benchmark.overlaps("Now, what is seven times eight?")
    assert not benchmark.overlaps("Natalia sold clips to 48 of her friends")
    assert not benchmark.overlaps("level 5")
    assert not benchmark.overlaps("")
    assert not Benchmark([], 13).overlaps(problem)


@given(st.lists(st.text("abcd ", max_size=60), max_size=5), st.integers(1, 6))
def test_benchmark_texts_overlap_themselves(texts: list[str], n: int) -> None:
    benchmark = Benchmark(texts, n)
    for text in texts:
        assert benchmark.overlaps(text) == (len(words(text)) >= min(n, 5))
