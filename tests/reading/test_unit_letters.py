"""Letters behind numbers: units where a trace uses them so, unknowns elsewhere."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import Status
from clr.reading.unit_letters import unit_letters, with_names


def statuses(text: str, problem: str = "p") -> set[Status]:
    report = clr.audit(problem=problem, response=text)
    return {c.verdict.status for c in report.claims if c.claim.kind != "quantity"}


RIGHT = [
    "The dough needs 300 × 2.5 = 750 g of flour.",
    "d = 40 m / 8 = 5 m, and twice that is 10 m.",
    "F = (3 kg)(4 m/s^2) = 12 N.",
    "p = 300 N / 0.5 m² = 600 Pa",
    "V = I R = 3 A × 5 Ω = 15 V.",
    "The power is 12 V × 2 A = 24 W, so in 10 s it uses 24 W × 10 s = 240 J.",
    "v = 90 km / 1.5 h = 60 km/h",
    "v = 54 km/h × 1000 / 3600 = 15 m/s = 54 km/h",
    "Q = 0.5 kg × 4.2 kJ/(kg·K) × 20 K = 42 kJ = 42,000 J",
    "1.2 kW / 240 V = 5 A",
    "3 h 50 min + 2 h 25 min = 5 h 75 min = 6 h 15 min.",
    "5 m 40 cm × 3 = 16 m 20 cm",
    "8 min × $0.25/min = $2.00",
    "7 × 3k = 21k",
    "−2 + 9 = 7 °C",
    "20 × 9/5 + 32 = 68 °F",
    r"$3\,\mathrm{A} \times 5\,\mathrm{V} = 15\,\mathrm{W}$",
    r"$0.5 \times 2 \text{ kg} \times (3 \text{ m/s})^2 = 9 \text{ J}$",
    "N = 40 × 0.5 = 20 N",
    "The ratio is 30 J / 40 J = 0.75 = 75 %.",
    "11.2 m / 3 s = 3.73 m/s = 13.4 km/h",
    "100 m / 9.58 s = 38 km/h",
    "t = √(2 × 20 m / 10 m/s²) = √4 s² = 2 s.",
    "4 m × 3 m = 12 m",
]
WRONG = [
    "The dough needs 300 × 2.5 = 650 g of flour.",
    "d = 40 m / 8 = 6 m, and twice that is 12 m.",
    "F = (3 kg)(4 m/s^2) = 14 N.",
    "p = 300 N / 0.5 m² = 500 Pa",
    "V = I R = 3 A × 5 Ω = 16 V.",
    "The power is 12 V × 2 A = 26 W.",
    "v = 90 km / 1.5 h = 65 km/h",
    "v = 54 km/h × 1000 / 3600 = 15 m/s = 45 km/h",
    "Q = 0.5 kg × 4.2 kJ/(kg·K) × 20 K = 42 kJ = 4,200 J",
    "1.2 kW / 240 V = 6 A",
    "3 h 50 min + 2 h 25 min = 5 h 75 min = 6 h 25 min.",
    "5 m 40 cm × 3 = 16 m 60 cm",
    "8 min × $0.25/min = $2.50",
    "7 × 3k = 22k",
    "−2 + 9 = 11 °C",
    "20 × 9/5 + 32 = 86 °F",
    r"$3\,\mathrm{A} \times 5\,\mathrm{V} = 25\,\mathrm{W}$",
    r"$0.5 \times 2 \text{ kg} \times (3 \text{ m/s})^2 = 8 \text{ J}$",
    "N = 40 × 0.5 = 30 N",
    "The ratio is 30 J / 40 J = 0.75 = 70 %.",
    "11.2 m / 3 s = 3.73 m/s = 14.3 km/h",
    "1/R = 1/3 + 1/6 = 1/2, so R = 3 Ω.",
    "Converted, 400 cm = 40 m.",
    "100 m / 9.58 s = 48 km/h",
    "4 m × 3 m = 14 m",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_quantities_are_verified(text: str) -> None:
    found = statuses(text)
    assert Status.VERIFIED in found
    assert Status.REFUTED not in found


@pytest.mark.parametrize("text", WRONG)
def test_wrong_quantities_are_refuted(text: str) -> None:
    assert Status.REFUTED in statuses(text)


UNKNOWNS = [
    "5 m = 30, so m = 6.",
    "4 h = 2 h + 8, so 2 h = 8 and the answer is 4.",
    "2 h + 3 m = 17 m, so 2 h = 14 m.",
    "40 km / 3 h = 13 km/h",
    "6 C 2 = 15 and 5 C 3 = 10.",
    "3 N + 4 = 19, so 3 N = 15 and N = 5.",
    "20 + 10 = 5 m, so m = 6.",
    "Let s be the side: 4 s = 36, s = 9.",
    "80 t + 70 t = 300, so t = 2 h.",
    "With A = 2 and B = 3, 5 A + 2 B = 16.",
    "J = K + 5 and 2 K + 5 = 25, so K = 10.",
    "2 H₂ + O₂ → 2 H₂O: 4 g + 32 g = 36 g.",
    "On the map 4 cm = 40 km.",
    "Two sounds of 60 dB: 60 dB + 60 dB = 63 dB.",
    "110 / 100 = 1.1 = 10 % more",
    "200 + 273 = 473 K = 200 °C",
    "1 stick of butter = 1/2 cup = 113 g, and 113 g × 2 = 226 g.",
    "$300M / $3 = 100M people",
    "0.5 × 12000 = 6 kJ",
    "A salary of 3k a month makes 12 × 3k = 36,000.",
]


@pytest.mark.parametrize("text", UNKNOWNS)
def test_letters_that_are_no_units_raise_no_alarm(text: str) -> None:
    assert Status.REFUTED not in statuses(text)


def test_a_letter_is_a_unit_by_the_habit_of_the_trace() -> None:
    assert unit_letters("It is 5 m wide and 3 m long.").sure == {"m"}
    assert unit_letters("5 m = 30 and m = 6").sure == frozenset()
    assert unit_letters("5 m = 30 and m = 6") == (set(), {"m"})
    assert unit_letters("John's 3 s, at 25 °C, in h").sure == {"s"}
    assert unit_letters("$2 m + 3 m$").all == frozenset()


def test_units_get_names_in_words() -> None:
    letters = frozenset("msN")
    assert with_names("3 m/s² × 2 s", letters) == '3  "meter/second^2" × 2  "second"'
    assert with_names("3 x + 2 y", letters) == "3 x + 2 y"


@given(
    st.integers(1, 400), st.integers(1, 400), st.sampled_from(["m", "N", "V", "L", "km", "kJ", "g"])
)
def test_products_with_a_unit_are_judged_by_their_numbers(a: int, b: int, unit: str) -> None:
    assert Status.REFUTED not in statuses(f"That is {a} × {b} {unit} = {a * b} {unit}.")
    assert Status.REFUTED in statuses(f"That is {a} × {b} {unit} = {a * b + 7} {unit}.")


@given(st.integers(2, 90), st.integers(2, 90))
def test_a_result_may_be_told_in_another_unit(a: int, b: int) -> None:
    assert Status.REFUTED not in statuses(f"{a} kN × {b} m = {a * b * 1000} J")
    assert Status.REFUTED not in statuses(f"{a} kN × {b} m = {a * b} kJ")
    assert Status.REFUTED in statuses(f"{a} kN × {b} m = {(a * b + 1) * 1000} J")


def test_many_units_are_read_in_time_linear_in_their_number() -> None:
    text = "The rods are " + " and ".join(["3 m + 2 m = 5 m"] * 4000)
    start = time.perf_counter()
    clr.audit(problem="p", response=text)
    assert time.perf_counter() - start < 30
