from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clr.auditor import audit
from clr.claim import Status
from clr.filter.facts import (
    FIELDS,
    NotItsReport,
    canonical,
    digest_with_answer,
    facts_of,
    facts_of_line,
    row_of,
)
from clr.report import encode, gave_up
from clr.segment import trace_of

TRACE = trace_of("7", "Add 2 and 3.", response="2 + 3 = 5.\n\nTwice that is 5 * 2 = 11.")


def solution(response: str) -> str:
    trace = trace_of("0", "Add and double.", response=response)
    return facts_of(trace, audit(trace)).solution


def test_facts_say_what_the_report_says() -> None:
    report = audit(TRACE)
    row = row_of(TRACE, facts_of(TRACE, report), None)
    assert set(row) == set(FIELDS)
    assert (row["outcome"], row["sound"], row["first_error"], row["refuted"]) == (None, False, 1, 1)
    assert (row["steps"], row["coverage"], row["gave_up"]) == (2, 1.0, False)
    assert all(row[status.value] == report.counts[status] for status in Status)
    assert row["claims"] == len(report.claims)


def test_a_report_that_is_read_back_has_the_same_facts() -> None:
    for report in (audit(TRACE), gave_up(TRACE, "precise", "out of time")):
        assert facts_of_line(TRACE, encode(report)) == facts_of(TRACE, report)


def test_what_was_given_up_is_not_sound() -> None:
    facts = facts_of(TRACE, gave_up(TRACE, "precise", "out of time"))
    assert row_of(TRACE, facts, 1)["sound"] is False


@pytest.mark.parametrize("line", [b"", b"{}", b"[1]", b"\xff", b"null"])
def test_a_line_that_is_no_report_is_refused(line: bytes) -> None:
    with pytest.raises(NotItsReport, match="not a report"):
        facts_of_line(TRACE, line)


def test_the_report_of_another_trace_is_refused() -> None:
    other = trace_of("7", "Add.", response="2 + 3 = 5.")
    with pytest.raises(NotItsReport, match="'7'"):
        facts_of_line(TRACE, encode(audit(other)))


def test_the_reference_answer_is_part_of_what_was_measured() -> None:
    known = trace_of("7", TRACE.problem, response=TRACE.response, answer="10")
    assert digest_with_answer(known) != digest_with_answer(TRACE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 * 5 = 60", "60 = 5 * 12"),
        ("12 \\cdot 5 = 60", "12 × 5 = 60 pens"),
        ("\\frac{18}{3} = 6", "18/3 = 6"),
        ("a + (b - 2) = 4", "b - 2 + a = 4"),
        ("x \\le 3", "x <= 3"),
    ],
)
def test_claims_are_one_whatever_their_form(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 * 5 = 60", "12 + 5 = 17"), ("x = 3", "y = 3"), ("60/5 = 12", "12 * 5 = 60")],
)
def test_different_claims_differ(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_solutions_differ_by_claims_and_not_by_wording() -> None:
    first = solution("The sum is 2 + 3 = 5.\n\nDoubled, 5 * 2 = 10.")
    assert solution("We add: 3 + 2 = 5. Then we double and get 2 * 5 = 10.") == first
    assert solution("Doubling first, 2 * 2 = 4 and 3 * 2 = 6.\n\nThen 4 + 6 = 10.") != first


def test_without_claims_words_tell_solutions_apart() -> None:
    assert solution("It is ten.") == solution("it is TEN")
    assert solution("It is ten.") != solution("It is eleven.")


@given(st.text())
def test_any_statement_has_a_form(text: str) -> None:
    assert canonical(canonical(text)) is not None
