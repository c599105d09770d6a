"""Relations between sets whose elements are written out, in TeX and in plain text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.claim import Kind, Status

V, R, U = Status.VERIFIED, Status.REFUTED, Status.UNVERIFIABLE
KINDS = (Kind.RELATION, Kind.EQUALITY, Kind.DERIVATION, Kind.BINDING)
PROBLEM = "Let A = {1, 2, 3} and B = {2, 3, 4}."


def statuses(*steps: str, problem: str = PROBLEM) -> list[Status]:
    report = clr.audit(problem=problem, steps=list(steps))
    return [c.verdict.status for s in report.steps for c in s.claims if c.claim.kind in KINDS]


PAIRS = [
    ("9 ∉ {3, 8}", "9 ∈ {3, 8}"),
    ("3 ∈ A ∩ B", "1 ∈ A ∩ B"),
    ("A ∪ B = {1, 2, 3, 4}", "A ∪ B = {1, 2, 3}"),
    ("A ∩ B = {3, 2}", "A ∩ B = {3}"),
    ("A \\ B = {1}", "A \\ B = {4}"),
    ("|A ∪ B| = 4", "|A ∪ B| = 5"),
    ("{1, 2} ⊂ A", "{1, 4} ⊂ A"),
    ("A ⊇ {1}", "A ⊇ {1, 4}"),
    ("{1, 2, 3} = {3, 2, 1}", "{1, 2, 3} = {3, 2, 4}"),
    ("(A ∪ B) ∩ {1, 9} = {1}", "(A ∪ B) ∩ {1, 9} = {9}"),
    ("A ∩ {7} = ∅", "A ∩ B = ∅"),
    ("red ∈ {red, blue}", "green ∈ {red, blue}"),
    ("1/2 ∉ ℤ", "1/2 ∈ ℤ"),
    ("-2 ∉ ℕ", "-2 ∈ ℕ"),
]
TEX = {
    "{": "\\{", "}": "\\}", "∉": "\\notin", "∈": "\\in", "∪": "\\cup", "∩": "\\cap",
    "⊂": "\\subset", "∅": "\\emptyset", "\\ B": "\\setminus B",
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
@pytest.mark.parametrize(
    "style", ["{}", "So {}.", "Therefore, {}", "- {}", "We see that {}, so yes."]
)
def test_plain(right: str, wrong: str, style: str) -> None:
    assert statuses(style.replace("{}", right)) == [V]
    assert statuses(style.replace("{}", wrong)) == [R]


@pytest.mark.parametrize(("right", "wrong"), [p for p in PAIRS if "⊇" not in p[0] + p[1]])
def test_tex(right: str, wrong: str) -> None:
    def tex(text: str) -> str:
        text = text.replace("ℤ", "\\mathbb Z").replace("ℕ", "\\mathbb N")
        for plain, command in TEX.items():
            text = text.replace(plain, command)
        return text.replace("red", "\\text{red}").replace("green", "\\text{green}")

    assert statuses(f"So ${tex(right)}$.") == [V]
    assert statuses(f"So ${tex(wrong)}$.") == [R]


@pytest.mark.parametrize(
    "text",
    [
        "0 ∈ ℕ",
        "x ∈ {1, 2}",
        "5 ∈ {1, 2, ..., 9}",
        "A = {1, 2, 5}",
        "Suppose 7 ∈ A.",
        "Is 7 ∈ A?",
        "If 7 ∈ A, then |A| = 4.",
        "C ∪ B = {1}",
        "a ∈ {b, c}",
        "{a, b} = {c, d}",
        r"$\{2.5\} = \{0.5\}$",
        r"$|\overline{A}| = 7$",
        r"$\{x : x > 2\} = \{1\}$",
        r"$5 \in \{1, 2, \dots, 9\}$",
        "1 ∈ {1,200}",
        r"$\{1, 1, 2\} \neq \{1, 2\}$",
        r"$|\{1, 1, 2\}| = 3$",
        r"$AB = \{2, 3\}$",
        r"$\{1, 2\} = \{6, 7\} \pmod 5$",
        r"$\{2 + 3\} \times \{4\} = \{20\}$",
        r"$\{1\} \in A$",
        r"$A = \{HH, HT\}$, so $|A| = 5$",
        "1 ∉ {1,5; 2}",
    ],
)
def test_what_is_open_is_left_alone(text: str) -> None:
    assert R not in statuses(text)


def test_a_difference_may_be_written_with_a_minus() -> None:
    assert statuses("$A - B = \\{1\\}$") == [V]
    assert statuses("$A - B = \\{2\\}$") == [R]
    assert R not in statuses("$A - B = \\{-3, -2, -1, 0, 1\\}$")


def test_sets_that_change_have_no_fixed_elements() -> None:
    problem = "Let S = {1, 2, 3}. We add 5 to S."
    assert R not in statuses("|S| = 4", "5 ∈ S", problem=problem)


def test_one_error_is_counted_once() -> None:
    assert statuses("A ∪ B = {1, 2, 3, 4, 5}", "So |A ∪ B| = 5", "|A ∪ B| = 3") == [R, U, R]


numbers = st.lists(st.integers(-9, 30), min_size=1, max_size=7, unique=True)


@given(numbers, numbers, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_never_matters_and_a_changed_element_does(first, second, random) -> None:
    def shown(items) -> str:
        items = list(items)
        random.shuffle(items)
        return "{" + ", ".join(map(str, items)) + "}"

    problem = f"Let P = {shown(first)} and Q = {shown(second)}."
    a, b = set(first), set(second)
    for sign, found in (("∪", a | b), ("∩", a & b), ("∖", a - b)):
        assert statuses(f"P {sign} Q = {shown(found)}", problem=problem) == [V]
        assert statuses(f"P {sign} Q = {shown(found | {77})}", problem=problem) == [R]
        assert statuses(f"|P {sign} Q| = {len(found)}", problem=problem) == [V]
        assert statuses(f"|P {sign} Q| = {len(found) + 1}", problem=problem) == [R]
