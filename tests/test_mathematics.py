"""Mathematics from end to end: pairs of steps that look alike, of which one is false."""

import pytest

import clr
from clr.claim import Status


def refuted(steps: list[str], problem: str = "p") -> list[str]:
    claims = clr.audit(problem=problem, steps=steps).claims
    return [c.claim.statement for c in claims if c.verdict.status is Status.REFUTED]


PAIRS = [
    # a factorial before a sign does not end a sentence
    ("7C3 = 7! / (3! (7 - 3)!) = 35.", "7C3 = 7! / (3! (7 - 3)!) = 34."),
    ("We have 6! = 720! What a number.", "We have 6! = 710! What a number."),
    # dots before a sign stand for digits
    ("So 10y - y = 4.444444... - 0.444444....", "So y = 2 + 3 = 6."),
    # the mark of a list item belongs neither to its mathematics nor to that of the item before
    (
        "Powers:\n- \\(4! = 4 \\times 3 \\times 2 = 24\\)\n- \\(7^2 = 49\\)",
        "Powers:\n- \\(4! = 4 \\times 3 \\times 2 = 34\\)\n- \\(7^2 = 49\\)",
    ),
    (
        "Powers:\n- \\(7^2 = 49\\)\n* \\(5^3 = 125\\)",
        "Powers:\n- \\(7^2 = 59\\)\n* \\(5^3 = 125\\)",
    ),
    # equations written side by side
    ("That gives 4y = 3(14 - y) 4y = 42 - 3y 7y = 42 y = 6", "2y = 8 - 2y 4y = 7 so it is done"),
    ("So 31x 2 = 62.", "So 31 x 2 = 63."),
    # two entries in a parenthesis: a binomial coefficient, or a vector
    (
        r"\(\left(\begin{array}{c} 6 \\ 4 \end{array}\right) = "
        r"\left(\begin{array}{c} 6 \\ 2 \end{array}\right) = 15\)",
        r"\(\left(\begin{array}{c} 6 \\ 4 \end{array}\right) = "
        r"\left(\begin{array}{c} 6 \\ 3 \end{array}\right)\)",
    ),
    # rows: groups of digits in a line, and sums that go on in the next row or display
    (r"We group: \(110101_2 = 110\\ 101_2 = 6\\ 5_8\)", r"We read: \(110101_2 = 54\)"),
    (
        r"\begin{align*} s &= 1 + 2 \\ &\quad + 4 \\ &= 7 \end{align*}",
        r"\begin{align*} s &= 1 + 2 \\ &= 7 \end{align*}",
    ),
    (
        r"\[ p(t) = t^2 + 2t \] \[ + t + 1 \] Adding like terms, \[ p(t) = t^2 + 3t + 1 \]",
        r"\[ p(t) = t^2 + 2t + t \] Adding like terms, \[ p(t) = t^2 + 4t \]",
    ),
    # questions, denials, and picks
    (r"So, \(9^2 + 5^2 = 10^2\)?", r"So, \(9^2 + 5^2 = 10^2\)."),
    (r"It is \(4 + 4 = 8\), not \(4 + 4 = 16\).", r"It is \(4 + 4 = 16\), as we know."),
    (
        r"We have \(z = -1\). Instead, use \(z = 2\).",
        r"We have \(z = -1\). Simplifying, \(2z = 2\).",
    ),
    # a function at another point than its variable, which nothing restricts
    (
        r"Let \(g(t) = 2t^3 - t + 4\). Then \(g(-t) = 4 - (2t^3 - t)\).",
        r"Let \(g(t) = 2t^3 - t + 4\). Then \(g(-t) = -(2t^3 - t + 4)\).",
    ),
    (
        r"Let \(g(t) = t^2\). We know that \(t + 1 = 2t\), so \(g(2t) = 4t\).",
        r"Let \(g(t) = t^2\). So \(g(2t) = 4t\).",
    ),
    # products of vectors and matrices are none of numbers
    (
        r"\[ \mathbf{u} \times (\mathbf{v} + \mathbf{u}) = \mathbf{u} \times \mathbf{v} \]",
        r"\[ x = 2\mathbf{u} + \mathbf{u} = 4\mathbf{u} \]",
    ),
    (
        r"\[ N = \vec{u} \cdot \vec{v} = \vec{u} \times \vec{v} = 0 \]",
        r"\[ N = u \cdot v = u + v \]",
    ),
    (r"\[ M = \mathbf{P}^2 = \mathbf{P} \]", r"\[ M = p^2 = p \]"),
    # a root is lost where one divides by an unknown
    (
        r"So \(x^2 = 6\sqrt{2} x\). Dividing both sides by \(x\), we get \(x = 6\sqrt{2}\).",
        r"So \(x^2 = 6\sqrt{2} x\). Dividing both sides by \(x\), we get \(x = 5\sqrt{2}\).",
    ),
    # what is quoted is a premise, all of its chain
    (
        r"We use the fact that \(a = b + c = b^2 + c^2\).",
        r"It is plain that \(a = (b + c)^2 = b^2 + c^2\).",
    ),
    # an equation rearranged with a slip in one coefficient, and one that is another condition
    (
        r"\[ u^2 - 4u + v^2 + 6v = 12 \] \[ u^2 + v^2 - 4u + 6v - 12 = 0 \]",
        r"\[ u^2 - 4u + v^2 + 6v = 12 \] \[ u^2 + v^2 - 4u + 6v + 12 = 0 \]",
    ),
    (
        r"\[ 6t = k^2 t - 5k \] \[ 0 = (k^2 - 6)t - 5k \]",
        r"\[ 6t = k^2 t - 5k \] \[ 0 = (k^2 - 6)t + 5k \]",
    ),
    (
        r"We have \(P - Q = 30m\). After an hour, \(P - Q = -18m\).",
        r"We have \(P - Q = 30m \implies P = 18m + Q\).",
    ),
    (
        r"We obtain \(t^2 + 9t - 4 = 0\), \(t^2 + 5t - 4 = 0\), and \(t^2 - 4 = 0\).",
        r"We obtain \(t^2 + 9t - 4 = 0\), so \(t^2 + 5t - 4 = 0\).",
    ),
    # arrows
    (
        r"\( 3u = 2v + 6 \Rightarrow u = \frac{2v}{3} + 2 \)",
        r"\( 3u = 2v + 6 \Rightarrow u = \frac{2v}{3} + 6 \)",
    ),
    (
        r"For all \(x\), \( ax + b = 3x + 5 \Rightarrow a = 3 \).",
        r"So \( 2a + 1 = 9 \Rightarrow 2a = 10 \).",
    ),
    (
        r"For reals, \( u^2 + v^2 = 2uv \Rightarrow u = v \).",
        r"For reals, \( u^2 + v^2 = 2uv + 9 \Rightarrow u = v \).",
    ),
    # a value said to solve the equation before it
    ("We have $5t = 17$, so $t = 3.4$.", "We have $5t = 17$, so $t = 7/5$."),
    ("We have $3t = 10$, so $t = 3.33$.", "We have $3t = 10$, so $t = 13/3$."),
    ("We have $3t = 10$, so $t = 4$.", "We have $3t = 10$, so $t = 7$."),
    (r"As $\sin t = \frac12$, so $t = 30$.", r"As $2^t = 32$, so $t = 16$."),
    (
        r"We have \(t^2 - 6t + 5 = 0\), so \(t = \frac{6 \pm \sqrt{16}}{2}\).",
        r"We have \(t^2 - 6t + 5 = 0\), so \(t = \frac{9 \pm \sqrt{36}}{2}\).",
    ),
    # signs
    (
        r"\( r = s \pm \sqrt{s^2 + 8s^2} = s \pm 3s \)",
        r"\( r = s \pm \sqrt{s^2 + 8s^2} = s \pm 9s \)",
    ),
    # a term i before `= 0` is the imaginary unit all the same
    (
        r"We have \(z^2 + 2z - i = 0\). \[ (z + i)^2 = z^2 + 2zi + i^2 = z^2 + 2zi - 1 \]",
        r"We have \(z^2 + 2z - i = 0\). \[ (z + i)^2 = z^2 + 2zi + i^2 = z^2 + 2zi + 1 \]",
    ),
    # the letter i, where a text is about complex numbers
    (
        r"In the complex plane, \((1 + i)^4 = -4\), and \(|3 + 4i| = 5\).",
        r"In the complex plane, \((1 + i)^4 = 4\).",
    ),
    (r"Let \(x_i\) be the complex root. \(2i + 1 = 5\).", r"For complex numbers, \(i^2 + 1 = 2\)."),
    # inequalities rewritten
    (
        r"We have \(-3x \le 12\), which simplifies to \(x \ge -4\).",
        r"We have \(-3x \le 12\), which simplifies to \(x \le -4\).",
    ),
    (
        r"Now \(1 < 2n + 2 < 11 \implies -\frac12 < n < \frac92\), so \(0 \le n \le 4\).",
        r"Now \(1 < 2n + 2 < 11 \implies -\frac12 < n < \frac52\).",
    ),
    (r"We have \(2n + 1 < 12\), so \(n \le 5\).", r"We have \(2n + 1 < 12\), so \(n \le 3\)."),
    (
        r"Conditions: \[ 20 - 5k > 0 \] \[ 5 + k < 7 \]",
        r"Now \(x^2 + 1 \ge 2x > 2x + 1\).",
    ),
    # a division by zero
    (
        r"The slope is \(\frac{3 - 1}{4 - 4} = \infty\).",
        r"The slope is \(\frac{3 - 1}{4 - 4} = 2\).",
    ),
    # alternatives solve the equation before them
    (
        r"Factoring gives \((t - 2)(t + 5) = 0\), so \(t = 2\) or \(t = -5\).",
        r"Factoring gives \((t - 2)(t + 5) = 0\), so \(t = 2\) or \(t = 5\).",
    ),
    (
        r"Either way \(|t - 3| = 4\), so \(t - 3 = 4\) or \(t - 3 = -4\),"
        r" hence \(t = 7\) or \(t = -1\).",
        r"Either way \(|t - 3| = 4\), so \(t - 3 = 4\) or \(t - 3 = -4\),"
        r" hence \(t = 7\) or \(t = 1\).",
    ),
    (
        r"We know \(2t = 7\) is true, so \(t = 3\) or \(t = 4\) is near it.",
        r"We have \(t^2 = 9\), so \(t = 3\) or \(t = -4\).",
    ),
    # a calculation for one name carried on below, but not another one, or a part of it
    (
        r"\[ A = \frac{1}{2}|6 - 24| \] \[ A = \frac{1}{2}|-18| \] \[ A = 9 \]",
        r"\[ A = \frac{1}{2}|6 - 24| \] \[ A = \frac{1}{2}|-16| \] \[ A = 8 \]",
    ),
    (
        r"\[ t = \frac{5 \pm \sqrt{25 - 24}}{4} \] \[ t = \frac{5 \pm 1}{4} \]",
        r"\[ t = \frac{5 \pm \sqrt{25 - 24}}{4} \] \[ t = \frac{5 \pm 2}{4} \]",
    ),
    (
        r"\[ N = 6 \times 4 \times 5 \] \[ N = 6 \times 4 = 24 \] \[ 24 \times 5 = 120 \]",
        r"\[ N = 6 \times 4 \times 5 \] \[ N = 24 \times 4 \]",
    ),
    (
        r"\[ t = \frac{5 + 3}{2} \] \[ t = \frac{5 - 3}{2} \]",
        r"\[ t = \frac{5 + 3}{2} \] \[ t = \frac{9}{2} \]",
    ),
    (
        r"\[ AB^2 = 3 + 3 - 2 \cdot 3 \cdot (-1) \] \[ AB^2 = 3 + 3 + 6 \] \[ AB^2 = 12 \]",
        r"\[ AB^2 = 3 + 3 - 2 \cdot 3 \cdot (-1) \] \[ AB^2 = 3 + 3 + 5 \] \[ AB^2 = 11 \]",
    ),
    # a product multiplied out but for one coefficient is no condition, whatever it is called
    (
        r"We use the identity \((a + b)^3 = a^3 + 3a^2b + 3ab^2 + b^3\).",
        r"We use the identity \((a + b)^3 = a^3 + 3a^2b + 2ab^2 + b^3\).",
    ),
    (
        r"Our condition is \((a + b)^2 = a^2 + b^2 + 7\).",
        r"Our equation is \((a + b + 1)^2 = a^2 + b^2 + 2ab + 2a + 3b + 1\).",
    ),
    (
        "So x^2 + 3x - 28 = (x + 7)(x - 4), and (3x - 1)^2 = 9x^2 - 6x + 1.",
        "So x^2 + 3x - 28 = (x - 7)(x + 4).",
    ),
    (
        "In characteristic 2, (x + 1)^2 = x^2 + 1. Let h^2 = 0. Then (1 + h)^2 = 1 + 2h.",
        "Here (3x - 1)^2 = 9x^2 - 3x + 1.",
    ),
    (
        "To first order, (1 + h)^2 = 1 + 2h. Our equation is (x + 2)(x + 3) = x^2 + 4x + 9.",
        "Without brackets, 6x^2 + x - 2 - (2x^2 - 3x + 5) = 6x^2 + x - 2 - 2x^2 - 3x - 5.",
    ),
    # a formula with values put in
    (
        r"We have \(u_7 = 3u_6 - u_5\), \(u_6 = 89\) and \(u_5 = 34\), so \(u_7 = 3(89) - 34\).",
        r"We have \(u_7 = 3u_6 - u_5\), \(u_6 = 89\) and \(u_5 = 34\), so \(u_7 = 3(92) - 34\).",
    ),
    (
        r"We have \(A = \frac{1}{2}bh\) with \(b = 6\) and \(h = 5\). For another one,"
        r" \(A = \frac{1}{2}(7)(4)\).",
        r"We have \(A = \frac{1}{2}bh\) with \(b = 6\) and \(h = 5\). Now"
        r" \(A = \frac{1}{2}(6)(4)\).",
    ),
    (
        r"We have \(2(lw + lh + wh) = 52\) and \(h = 3\). Substituting \(h = 3\), we get"
        r" \(2(lw + 3l + 3w) = 52\).",
        r"We have \(2(lw + lh + wh) = 52\) and \(h = 3\). Substituting \(h = 3\), we get"
        r" \(2(lw + 2l + 3w) = 52\).",
    ),
    (
        r"We have \(a - b + c = -7\). Substituting \(a = 0\) and \(b = 5\), we get"
        r" \(0 - 5 + c = -7\).",
        r"We have \(a - b + c = -7\). Substituting \(a = 0\) and \(b = 5\), we get"
        r" \(1 - 5 + c = -7\).",
    ),
    # what is wanted, and then what is done
    (
        r"\[ t^2 = 2t + 9 \] To find \(t\), we subtract \(2t\) from both sides: \[ t^2 - 2t = 9 \]",
        r"\[ t^2 = 2t + 9 \] To find \(t\), we subtract \(2t\) from both sides: \[ t^2 - 2t = 8 \]",
    ),
    (
        r"\[ 4r^2 - 8r + 4 = 0 \] Dividing the entire equation by 4, \[ r^2 - 2r + 1 = 0 \]",
        r"\[ 4r^2 - 8r + 4 = 0 \] Dividing the entire equation by 4, \[ r^2 - 4r + 1 = 0 \]",
    ),
    # what comes of a supposition by an arrow, the same thing in other words, and what is no reason
    (
        r"In the case n = 6 we need \[ 6(36 + 3k) = 72 \implies 36 + 3k = 12 \implies 3k = -24. \]",
        r"In the case n = 6 we need \[ 6(36 + 3k) = 72 \implies 36 + 3k = 18 \implies 3k = -18. \]",
    ),
    (
        r"Thus \[ \frac{p}{q} + \frac{q}{p} = 5. \] This can be rewritten as: "
        r"\[ \frac{p^2 + q^2}{pq} = 5. \] Or, equivalently: \[ p^2 + q^2 = 5pq. \]",
        r"Thus \[ \frac{p}{q} + \frac{q}{p} = 5. \] This can be rewritten as: "
        r"\[ 3\frac{p^2 + q^2}{pq} = 5. \] Or, equivalently: \[ 3p^2 + 3q^2 = 5pq. \]",
    ),
    # branches of a factored equation
    (
        r"We have \((t - 2)(t - 9) = 0\). The first factor gives \(t = 2\). The second factor "
        r"gives \(t - 9 = 0\), so \(t = 9\).",
        r"We have \(t - 2 = 7\). This gives \(t = 9\). Simplifying, \(2t = 19\).",
    ),
]


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_of_two_steps_that_look_alike_the_false_one_is_refuted(right: str, wrong: str) -> None:
    assert not refuted(["We begin.", right])
    assert refuted(["We begin.", wrong])


@pytest.mark.parametrize("wrong", [False, True])
def test_a_factor_of_an_equation_follows_in_one_of_its_cases(wrong: bool) -> None:
    report = clr.audit(
        problem="Find t.",
        response=f"We have $c(60 - t) = 0$. Simplifying, ${61 if wrong else 60} - t = 0$.",
        profile="thorough",
    )
    assert (report.first_error is not None) is wrong


@pytest.mark.parametrize("k", [2, 3])
def test_a_place_where_a_false_equation_nearly_holds_saves_it_not(k: int) -> None:
    report = clr.audit(
        problem=f"Let x + y = 1. Find the largest value of x^{k}y^{k}.",
        response=f"We have $M = x^{k} y^{k} \\sqrt{{xy}} = x^{k} y^{{{k - 1}}} \\sqrt{{xy}}$.",
    )
    assert report.claims[-1].verdict.status is Status.REFUTED


def test_a_value_put_to_the_test_is_no_claim() -> None:
    problem = r"Solve \(y = \sqrt{13 - 4y} + 2\)."
    steps = [
        r"Plugging in \(-9\), we get \(-9 = \sqrt{13 - 4(-9)} + 2\).",
        r"That is \(-9 = 7 + 2\).",
    ]
    assert not refuted(steps, problem)
    assert refuted([r"Plugging in \(-9\), we get \(9 = \sqrt{13 - 4(-9)} + 3\)."], problem)
    assert refuted([r"It follows that \(-9 = 7 + 2\)."], problem)


@pytest.mark.parametrize(
    ("problem", "before", "right", "wrong"),
    [
        (
            "Solve x/2 + x/5 = 21.",
            "We want x/2 + x/5 = 21.",
            "Multiply the equation by 10: 5x + 2x = 210.",
            "Multiply the equation by 10: 5x + 2x = 21.",
        ),
        (
            "Solve 7x + 4 = 3x - 12.",
            "Here 7x + 4 = 3x - 12.",
            "Moving 3x to the left side: 4x + 4 = -12.",
            "Moving 3x to the left side: 10x + 4 = -12.",
        ),
        (
            "Find the inverse of y = (3x + 2)/(x - 5).",
            r"Multiplying out gives \(xy - 5y = 3x + 2\).",
            r"Collecting the terms with x: \(xy - 3x = 5y + 2\).",
            r"Collecting the terms with x: \(xy - 3x = 2 - 5y\).",
        ),
        (
            "Solve 1 - 2x > 7.",
            "We subtract 1: -2x > 6.",
            "Divide both sides by -2: x < -3.",
            "Divide both sides by -2: x > -3.",
        ),
        (
            "Simplify (x^3 - 27)/(x - 3).",
            "The numerator can be written as a product.",
            "By the difference of cubes, x^3 - 27 = (x - 3)(x^2 + 3x + 9).",
            "By the difference of cubes, x^3 - 27 = (x - 3)(x^2 + 6x + 9).",
        ),
        (
            "Solve 3x^2 - 8x + 4 = 0.",
            "The discriminant is 64 - 48 = 16.",
            "x = (8 ± √(64 - 48))/6 = (8 ± 4)/6",
            "x = (8 ± √(64 - 48))/6 = (8 ± 6)/6",
        ),
        (
            "In how many ways can two of 20 books be picked?",
            "The order does not matter.",
            "The number of ways to pick two of the books is C(20, 2) = 20 × 19 / 2 = 190.",
            "The number of ways to pick two of the books is C(20, 2) = 20 × 19 = 380.",
        ),
    ],
)
def test_a_step_of_algebra_follows_from_the_one_before(
    problem: str, before: str, right: str, wrong: str
) -> None:
    assert not refuted([before, right], problem)
    assert refuted([before, wrong], problem)


def test_a_chain_that_the_problem_gives_is_not_refuted() -> None:
    problem = r"The roots satisfy \[ u + v = u^2 + v^2 = u^3 + v^3 = u^4 + v^4. \]"
    assert not refuted([r"So \(s = u + v = u^2 + v^2 = u^3 + v^3\)."], problem)
    assert refuted([r"So \(s = u + v = u^2 + v^2 = u^3 + v^3\)."])


def test_a_letter_said_to_be_the_root_of_minus_one_is_no_unknown() -> None:
    problem = r"Let $i=\sqrt{-1}$. Compute the product."
    tried = r"First, for \((2 - 3i)(4 + i)\): \[ (2 - 3i)(4 + i) = 8 + 2i - 12i %s 3 = %s - 10i. \]"
    after = " This does not match, so we discard it."
    assert not refuted([tried % ("+", "11") + after], problem)
    assert refuted([tried % ("-", "5") + after], problem)


def test_an_alternative_is_no_rewriting() -> None:
    assert not refuted([r"We have \[ (s - 1)(s - 4) = 0, \] so \(s = 1\) or \(s = 4\)."])
    assert not refuted([r"So \(s^2 = 5s - 4\): \(s = 1\), or \(s = 4\), or both."])
    assert not refuted([r"If \(s^2 = 9\) then \(s^2 = 9 \implies s = 3\) or \(s = -3\)."])
    assert not refuted([r"Suppose \(s = 2\). Then \(s = 2 \implies t = 5\) and \(t = 5\)."])


@pytest.mark.parametrize("profile", ["precise", "thorough"])
def test_what_is_said_of_parts_or_sizes_of_complex_numbers_is_no_leap(profile: str) -> None:
    for step in (
        r"We have \[ (p + qi)^2 = 5 + 12i. \] Simplifying, \[ p^2 - q^2 = 5. \] So \(2pq = 12\).",
        r"We have \[ (1 + i)^{k} = 16. \] So the sizes agree: \[ 2^{k/2} = 16. \]",
        r"It follows that \[ p + 3i = 7 + qi. \] This gives \(p = 7\) and \(q = 3\).",
    ):
        report = clr.audit(problem=r"Let $i = \sqrt{-1}$. Find it.", steps=[step], profile=profile)
        assert report.first_error is None
    assert refuted(
        [r"We have \[ z^2 + 4iz = 1. \] Simplifying, \[ z^2 + 4iz - 2 = 0. \]"],
        "Let \\(i = \\sqrt{-1}\\).",
    )


@pytest.mark.parametrize(
    ("problem", "right", "wrong"),
    [
        ("Find the last two digits of 7^50.", "7^3 = 43 and 7^4 = 01", "7^3 = 44"),
        ("What is the units digit of 7^50?", "7^3 = 3 and 7^4 = 1", "7^3 = 4"),
        ("Which are the final 3 digits of 7^50?", "7^4 = 401", "7^4 = 411"),
    ],
)
def test_last_digits_stand_for_numbers_where_a_text_is_about_them(
    problem: str, right: str, wrong: str
) -> None:
    assert clr.audit(problem=problem, steps=[right]).first_error is None
    assert clr.audit(problem=problem, steps=[wrong]).first_error == 0


def test_a_formula_may_be_used_again_with_other_values() -> None:
    steps = [
        "C = (F − 32) × 5/9 = (77 − 32) × 5/9 = 25.",
        "F = 9/5 × C + 32 = 9/5 × (−15) + 32.",
        "So F = −27 + 32 = 5.",
    ]
    problem = "Convert 77 °F to °C, and −15 °C to °F."
    assert clr.audit(problem=problem, steps=steps).first_error is None
    steps = ["g = 10", "A: h = 45 m", "B: h = 20 m", "A again: v² = 2gh = 2·10·45 = 900."]
    assert clr.audit(problem="Fall from 45 m, then 20 m.", steps=steps).first_error is None
    at_once = ["x = 5, so 2x + 1 = 2*6 + 1 = 13"]
    assert clr.audit(problem="Find 2x + 1.", steps=at_once).first_error == 0
