"""The auditor from end to end: what is refuted, what is left alone, and that nothing breaks it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import clr
from clr.auditor import INTERNAL
from clr.claim import Kind, Status


def first_error(*steps: str, problem: str = "p", profile: str = "precise") -> int | None:
    return clr.audit(problem=problem, steps=list(steps), profile=profile).first_error


def statuses(*steps: str, problem: str = "p") -> list[Status]:
    return [c.verdict.status for c in clr.audit(problem=problem, steps=list(steps)).claims]


WRONG = [
    "The total is 12 * 15 = 170 dollars.",
    "She has 40 pens - 13 pens = 37 pens.",
    r"We get \(\frac{3}{4} + \frac{1}{6} = \frac{4}{10}\).",
    r"\[ 2^5 \cdot 3 = 32 \cdot 3 = 98 \]",
    r"So \(\sqrt{50} = 6\sqrt{2}\).",
    r"Hence \(\cos 60^\circ = \frac{\sqrt{3}}{2}\).",
    r"\[ (x + 4)^2 = x^2 + 8x + 16 = x(x + 8) + 15 \]",
    r"Expanding, \[ (m - 3)(m + 5) = m^2 + 2m - 8 \]",
    r"We have \[ 4y - 3 = 21 \] Adding 3 to both sides: \[ 4y = 18 \]",
    r"Since 119 is prime, there is nothing to factor.",
    r"Clearly 7 divides 93.",
    r"\[ 2^{10} \equiv 3 \pmod{7} \]",
    r"Let \(g(t) = 3t - 5\). Then \(g(4) = 3(4) - 5 = 9\).",
    r"\begin{align*} S &= 3 + 9 + 27 \\ &= 40 \end{align*}",
    r"The area is \(\boxed{6 \cdot 9 = 56}\).",
]


@pytest.mark.parametrize("step", WRONG)
def test_false_claims_are_refuted_with_a_reason(step: str) -> None:
    report = clr.audit(problem="p", steps=["We begin.", step])
    assert report.first_error == 1
    refuted = [c for c in report.claims if c.verdict.status is Status.REFUTED]
    for claim in refuted:
        assert claim.verdict.evidence is not None and claim.verdict.evidence.message
        assert report.steps[1].step.text.find(claim.claim.text) >= 0


RIGHT = [
    "The total is 12 * 15 = 180 dollars.",
    "8 shirts = 8 * 20 dollars, and half of 20 - 5 = 5.",
    "Roughly, 22 / 7 = 3.14.",
    r"\(17 \div 5 = 3\) with a remainder of 2.",
    r"It is 25% of 80 = 20, that is \(0.25 \cdot 100 = 25\%\).",
    r"We try \(x = 3\): then \(2 \cdot 3 + 1 = 8\), which is false.",
    r"Suppose \(3 = 5\). This is a contradiction.",
    r"We need \(x^2 = 49\), so \(x = 7\) or \(x = -7\).",
    r"The roots are \[ x = \frac{6 + 2}{2} = 4 \quad \text{and} \quad x = \frac{6 - 2}{2} = 2 \]",
    r"We have the system \[ a + b = 10 \] \[ a - b = 4 \]",
    r"Let \(n = 5\). In the next case, \(n = 6\).",
    r"By definition \(h(x) = \sin x\) and \(h(0) = 0\).",
    r"\(2\frac{1}{2} \cdot 4 = 10\)",
    r"Each of the 30 boxes holds 12 jars, in 1 box x 2 rows = 24 jars.",
    "After 3 hours she had 5 - 1 - 1/2 = 3 1/2 hours left.",
    "They paid $3/2 = $1.50 + $3.00 = $4.50.",
    r"This gives \(1 + 2 + \cdots + 10 = 55\).",
    r"\(\log 100 = 2\) and \(\log e = 1\).",
    "x + 2 -16 = x, said nobody.",
]


@pytest.mark.parametrize("step", RIGHT)
def test_correct_or_unasserted_claims_are_left_alone(step: str) -> None:
    assert first_error("We begin.", step) is None


def test_one_error_is_counted_once() -> None:
    report = clr.audit(
        problem="p", steps=["The sum is 20 + 35 = 65.", "Twice that is 2 * 65 = 130."]
    )
    assert [s.status for s in report.steps] == [Status.REFUTED, Status.VERIFIED]


def test_what_follows_is_verified_with_its_premises() -> None:
    report = clr.audit(
        problem=r"Solve \(3x + 5 = 26\).", steps=[r"Subtracting 5 from both sides, \(3x = 21\)."]
    )
    (claim,) = report.claims
    assert claim.verdict.status is Status.VERIFIED
    assert claim.verdict.evidence is not None and claim.verdict.evidence.premises


def test_numbers_have_sources_in_word_problems() -> None:
    problem = "A shelf holds 7 rows of 12 books. Then 15 books are sold. How many remain?"
    right = ["There are 7 * 12 = 84 books.", "So 84 - 15 = 69 remain."]
    assert first_error(*right, problem=problem, profile="thorough") is None
    wrong = ["There are 7 * 12 = 84 books.", "So 84 - 29 = 55 remain."]
    assert first_error(*wrong, problem=problem, profile="thorough") == 1
    assert first_error(*wrong, problem=problem, profile="precise") is None
    report = clr.audit(problem=problem, steps=wrong)
    (lost,) = [c for c in report.claims if c.verdict.status is Status.UNSUPPORTED]
    assert (lost.claim.kind, lost.claim.text) == (Kind.QUANTITY, "29")


def test_spans_point_into_the_response() -> None:
    response = r"First 2 + 3 = 5." + "\n\n" + r"Then \(5 \cdot 4 = 21\)."
    report = clr.audit(problem="p", response=response)
    for claim in report.claims:
        assert response[claim.claim.span.start : claim.claim.span.end] == claim.claim.text


@given(
    st.lists(
        st.sampled_from(
            r"1 2 17 x y + - * / ^ = < ( ) { } \( \) \[ \] $ \frac \sqrt \sum_ is so , . % ! | "
            r"\le \text{a} and 3.5 \\ & f( \pm \cdots \boxed{ ² ∑ ≡ \pmod{7} \begin{align} "
            "\u202e \x00 \ud7ff".split(" ")
        ),
        max_size=40,
    )
)
@settings(max_examples=150)
def test_fragments_never_break_an_audit(words: list[str]) -> None:
    text = " ".join(words)
    report = clr.audit(problem=text, response=text)
    assert not [c for c in report.claims if c.verdict.checked_by == INTERNAL]
    again = clr.audit(problem=text, response=text)
    assert again.to_dict() == report.to_dict()


HOSTILE = [
    "9^{9^{9^{9^9}}} = 1",
    "10^10^10^10 = 10",
    r"\((10^9)! = 1\)",
    r"\(\sum_{i=1}^{1000000000} i = 5\)",
    r"\(\prod_{k=1}^{10^{12}} k = 1\)",
    r"\(\binom{10^9}{5 \cdot 10^8} = 2\)",
    r"\((x+1)^{30000} = x\)",
    r"\((a+b+c+d+e)^{90} = a\)",
    "(" * 100_000 + "1" + ")" * 100_000 + " = 1",
    "1" * 100_000 + " = 1",
    r"\(" + r"\frac{1}{1+" * 3000 + "1" + "}" * 3000 + r" = 1\)",
    r"\(" + "-" * 50_000 + r"1 = 1\)",
    "= " * 3000,
    "1 = " * 3000 + "1",
    r"\[ x = " * 1000,
    "$" * 5000,
    r"\boxed{" * 3000,
    r"\(2^{2^{2^{2^{2^{2^{2}}}}}} = 3\)",
    r"\(" + "!".join(["3"] * 40) + r" = 1\)",
    r"\(\sin(\sin(\sin(10^{300}))) = 2\)",
    r"\(\int_0^{10^{30}} e^{x^{x^x}} dx = 1\)",
    r"\(\gcd(10^{5000}, 7^{6000}) = 3\)",
    r"\(x^{y^{z^{w}}} = w^{z^{y^{x}}}\), so \(x = y\).",
    "\u202e2 + 2 = 5\u202c and \u200b3\u200b + 3 = 6",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_traces_end_soon(text: str) -> None:
    start = time.perf_counter()
    report = clr.audit(problem=text, steps=[text])
    assert time.perf_counter() - start < 10
    assert not [c for c in report.claims if c.verdict.checked_by == INTERNAL]


RACK = """On a rack, there are three hats: a red hat, a blue hat, and a green hat.
- The red hat is to the left of the blue hat.
- The green hat is the leftmost."""


@pytest.mark.parametrize("claim", ["So 2 + 2 = 5. ", "Then x = 3, so 2x = 6. ", "f(2) = 4. "])
def test_a_step_of_thousands_of_claims_takes_time_in_proportion(claim: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        clr.audit(problem="Find x.", steps=[claim * count], profile="thorough")
        return time.process_time() - start

    assert seconds(4_000) < 16 * seconds(500)


def test_claims_of_a_domain_are_judged_with_the_others():
    report = clr.audit(
        problem=RACK,
        steps=["The green hat is the leftmost.", "The red hat is the rightmost."],
    )
    assert report.first_error == 1
    assert report.steps[1].claims[0].verdict.evidence.premises


def test_bounds_joined_by_a_sign_are_two_statements():
    report = clr.audit(
        problem="Find k.",
        response="So \\( 90/123 < k < 180/123 \\approx 0.732 < k < 1.463 \\).",
    )
    assert report.first_error is None


def test_a_trial_that_the_author_calls_false_is_not_held_against_him():
    report = clr.audit(
        problem="Find all c with 16 + c^3 = 16 c^2.",
        response="With c = 4 we get \\[ 16 + 64 = 256 \\implies 80 = 256, \\] which is false.",
    )
    assert report.first_error is None


def status_of(statement: str, step: str) -> Status:
    """The verdict on the claim of a step that is written so."""
    claims = clr.audit(problem="p", steps=[step]).claims
    return next(c.verdict.status for c in claims if c.claim.statement == statement)


def test_a_claim_about_one_of_several_roots_is_not_refuted() -> None:
    step = "We have $w^3 = 1$, so $w^2 + w + 1 = 0$."
    assert status_of("w^2 + w + 1 = 0", step) is Status.UNVERIFIABLE


def test_a_real_solution_is_verified_beside_complex_ones() -> None:
    assert status_of("x = 2", "We have $x^3 = 8$, so $x = 2$.") is Status.VERIFIED
    step = "We have $x^3 = 8$. Simplifying, $2x^3 = 18$."
    assert status_of("2x^3 = 18", step) is Status.REFUTED


def test_what_is_taken_back_in_its_own_step_is_not_refuted() -> None:
    wrong = "The total is $17 + 5 = 23$."
    assert first_error(wrong) == 0
    assert first_error(wrong + " Oops! It is $17 + 5 = 22$.") is None
    assert first_error(wrong + " I made a mistake.") is None
    assert first_error(wrong + " I made a list of them.") == 0


def test_a_sign_far_from_a_relation_does_not_continue_it() -> None:
    near = "Since $42 = 2 \\times 3 \\times 7$, we get \\[ = 41 \\]"
    far = (
        "Since $42 = 2 \\times 3 \\times 7$, every one of these parts can be written over a common "
        "number and their total becomes \\[ = \\frac{21}{42} + \\frac{21}{42} = 1 \\]"
    )
    assert first_error(near) == 0
    assert first_error(far) is None


@pytest.mark.parametrize(
    "step",
    [
        r"We have \( y + 4 = 10 \), so \( y = 7 \).",
        r"From \( 5a + 2b - 2b = 15 \) we get \( a = 4 \).",
    ],
)
def test_a_conclusion_that_its_source_does_not_give_is_a_jump(step: str) -> None:
    assert first_error("We begin.", step, profile="thorough") == 1


def test_another_form_that_fits_nothing_before_it_is_a_jump() -> None:
    given, slip = r"Let \( x^2 + y^2 = 25 \). Then \( x = 3 \).", r"\( y = 7 \)."
    assert first_error(given, f"Simplifying, we get {slip}", profile="thorough") == 1
    assert first_error(given, f"Simplifying, we get {slip}") is None
    assert first_error(given, f"Another point has {slip}", profile="thorough") is None
    right = r"Simplifying, we get \( y = 4 \)."
    assert first_error(given, right, profile="thorough") is None


@pytest.mark.parametrize(
    "step",
    [
        r"From the heads \( a + b = 30 \), from the legs \( 2a + 4b = 86 \).",
        r"Let \( y = \log_{10} x \). Thus \( y^2 = 9 \).",
        r"We have \( a + 7d = 91 \), so \( 7d = 84 \).",
        "1. \\( t = 4 \\)\n2. \\( t + 3 = 0 \\)",
        r"\( p + q + r = 12 \). Thus \( pq + qr + rp = 40 \).",
    ],
)
def test_what_another_condition_fixes_is_no_jump(step: str) -> None:
    assert first_error("We begin.", step, profile="thorough") is None
