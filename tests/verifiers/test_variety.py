"""Sampling where equations hold, and whether others hold there."""

import pytest

from clr.notation.ast import Expr
from clr.notation.parser import parse
from clr.verifiers.programs import Unsupported
from clr.verifiers.variety import agreement, sample


def equation(text: str) -> tuple[Expr, Expr]:
    left, right = text.split("=")
    return parse(left, tex=True).operands[0], parse(right, tex=True).operands[0]


def test_a_linear_system_determines_its_unknowns() -> None:
    points = sample((equation("2x + y = 11"), equation("x - y = 1")))
    assert points.determined("x") and points.determined("y")
    assert points.describe(0) == {"x": "4", "y": "3"}


@pytest.mark.parametrize("total", [72, 4_900, 875_000])
def test_linear_equations_are_solved_however_far_away(total: int) -> None:
    points = sample((equation(f"x + 3y = {total}"), equation(f"x = y + {total // 5}")))
    assert points.determined("x")
    y = (total - total // 5) / 4
    right = agreement(equation(f"4y = {total - total // 5}"), points)
    wrong = agreement(equation(f"4y = {total - total // 5 + 1}"), points)
    assert points.values["y"][0].real == pytest.approx(y)
    assert right.held == right.tested == points.count
    assert wrong.held == 0
    assert wrong.failed == (wrong.tested if total < 5000 else 0)  # too near to say in floats


def test_both_roots_are_found() -> None:
    points = sample((equation("x^2 - 5x = -6"),))
    assert {round(v.real) for v in points.values["x"]} == {2, 3}
    assert not points.determined("x")


@pytest.mark.parametrize(
    ("known", "claim", "holds"),
    [
        ("x^2 = y", "x^4 = y^2", True),
        ("x^2 = y", "x^4 = 2y", False),
        (r"\sin t = 3c", r"1 - \cos^2 t = 9c^2", True),
        (r"\sqrt{u} = v + 1", "u = v^2 + 2v + 1", True),
        (r"\sqrt{u} = v + 1", "u = v^2 + 1", False),
        ("f(2) = 3a", "2f(2) = 6a", True),
    ],
)
def test_agreement(known: str, claim: str, holds: bool) -> None:
    result = agreement(equation(claim), sample((equation(known),)))
    assert result.tested >= 3
    assert (result.held == result.tested) is holds
    assert (result.witness() is None) is holds


def test_what_is_computed_from_others_may_need_them_to_be_elsewhere() -> None:
    points = sample((equation(r"N = \frac{9973}{2}(2a + 9001)"),))  # small only where a is not
    assert points.count >= 3
    assert agreement(equation("2N = 19946a + 89766973"), points).failed == 0


def test_no_number_is_where_a_claim_may_happen_to_name_it() -> None:
    points = sample((equation("b = a + 9"),))
    for n in range(5, 14):
        for d in range(1, 5):
            result = agreement(equation(f"b = {n} + 1/{d}"), points)
            assert result.held == result.unclear == 0


def test_an_unknown_of_several_equations_keeps_all_its_values() -> None:
    points = sample((equation("y = x^2"), equation("y = 5x - 6"), equation("z = x + 1")))
    assert {round(v.real) for v in points.values["z"]} == {3, 4}


def test_contradictory_equations_have_no_points() -> None:
    assert sample((equation("x = 1"), equation("x = 2"))).count == 0


def test_integer_functions_are_not_sampled() -> None:
    with pytest.raises(Unsupported):
        sample((equation(r"\binom{n}{2} = 10"),))


def test_all_roots_are_known_of_an_equation_with_what_defines_the_others() -> None:
    points = sample((equation("p = 3q"), equation("8p = q^2")))
    found = {round(float(x.real)) for x in points.values["q"]}
    assert found == {0, 24}
    assert agreement(equation("q = 3p"), points).failed
