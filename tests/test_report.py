"""Reports: what they say, and that JSON and pickle keep all of it."""

import pickle
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import clr
from clr.claim import (
    Claim,
    Evidence,
    Fault,
    Kind,
    Role,
    Status,
    Strength,
    Verdict,
    jump,
    refuted,
    undecided,
    unsupported,
    unverifiable,
    verified,
)
from clr.report import (
    ClaimReport,
    Report,
    StepReport,
    decode,
    digest_of,
    encode,
    first_error,
    gave_up,
)
from clr.segment import trace_of
from clr.trace import Span, Step

EVIDENCE = Evidence("the left side is 3", expected="3", premises=("x = 1", "y = 2"))
VERDICTS = {
    Status.VERIFIED: verified("exact", "both sides are 3"),
    Status.REFUTED: refuted("exact", EVIDENCE),
    Status.UNSUPPORTED: unsupported("provenance", EVIDENCE),
    Status.JUMP: jump("variety", EVIDENCE),
    Status.UNVERIFIABLE: unverifiable("none", "no checker"),
    Status.UNDECIDED: undecided("solver", "the budget ran out"),
}


def report_of(*steps: list[Verdict], profile: str = "precise") -> Report:
    """A report of steps with the given verdicts, one claim each."""
    made = []
    for index, verdicts in enumerate(steps):
        step = Step(index, "1 + 2 = 4", Span(10 * index, 10 * index + 9))
        claim = Claim(Kind.EQUALITY, step.text, step.span, index, "1 + 2 = 4", Role.DERIVED, "")
        made.append(StepReport(step, tuple(ClaimReport(claim, verdict) for verdict in verdicts)))
    done = tuple(made)
    return Report("a", "d" * 32, profile, first_error(done, profile), 1.0, done)


def test_the_first_error_depends_on_the_profile() -> None:
    steps = ([VERDICTS[Status.VERIFIED]], [VERDICTS[Status.JUMP]], [VERDICTS[Status.REFUTED]])
    assert report_of(*steps).first_error == 2
    assert report_of(*steps, profile="thorough").first_error == 1
    assert report_of(steps[0]).first_error is None


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="precise, thorough"):
        first_error((), "lenient")


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([], Status.UNVERIFIABLE),
        ([Status.UNVERIFIABLE, Status.VERIFIED], Status.VERIFIED),
        ([Status.VERIFIED, Status.UNDECIDED], Status.UNDECIDED),
        ([Status.UNDECIDED, Status.JUMP], Status.JUMP),
        ([Status.JUMP, Status.UNSUPPORTED, Status.VERIFIED], Status.UNSUPPORTED),
        (list(Status), Status.REFUTED),
    ],
)
def test_a_step_has_the_gravest_status_of_its_claims(found: list[Status], status: Status) -> None:
    assert report_of([VERDICTS[s] for s in found]).steps[0].status is status


def test_counts_name_every_status() -> None:
    counts = report_of([VERDICTS[Status.VERIFIED]] * 2, [VERDICTS[Status.JUMP]]).counts
    assert set(counts) == set(Status)
    assert (counts[Status.VERIFIED], counts[Status.JUMP], counts[Status.REFUTED]) == (2, 1, 0)


def test_the_json_form_is_as_documented() -> None:
    data = msgspec.json.decode(encode(report_of([VERDICTS[Status.REFUTED]])))
    assert list(data) == [
        "id", "digest", "profile", "first_error", "reliability", "note", "counts", "steps",
    ]  # fmt: skip
    assert data["counts"] == {s.value: int(s is Status.REFUTED) for s in Status}
    assert data["steps"][0] == {
        "index": 0,
        "text": "1 + 2 = 4",
        "span": [0, 9],
        "status": "refuted",
        "claims": [
            {
                "kind": "equality",
                "text": "1 + 2 = 4",
                "span": [0, 9],
                "statement": "1 + 2 = 4",
                "role": "derived",
                "status": "refuted",
                "fault": "incorrect calculation",
                "strength": "proved",
                "evidence": {
                    "message": "the left side is 3",
                    "expected": "3",
                    "counterexample": {},
                    "premises": ["x = 1", "y = 2"],
                },
                "checked_by": "exact",
            }
        ],
    }


def test_timing_is_written_where_there_is_one() -> None:
    report = report_of([VERDICTS[Status.VERIFIED]])
    (claim,) = report.steps[0].claims
    slow = msgspec.structs.replace(claim, microseconds=7)
    timed = replace(report, steps=(StepReport(report.steps[0].step, (slow,)),))
    assert "microseconds" not in report.to_dict()["steps"][0]["claims"][0]
    assert timed.to_dict()["steps"][0]["claims"][0]["microseconds"] == 7
    assert decode(encode(timed)).steps[0].claims[0].microseconds == 7


TEXT = st.text(max_size=8)
EVIDENCES = st.builds(
    Evidence,
    TEXT,
    expected=st.none() | TEXT,
    counterexample=st.dictionaries(TEXT, TEXT, max_size=2),
    premises=st.lists(TEXT, max_size=2).map(tuple),
)
ANY_VERDICT = st.one_of(
    st.builds(refuted, TEXT, EVIDENCES, fault=st.sampled_from(Fault)),
    st.builds(unsupported, TEXT, EVIDENCES),
    st.builds(jump, TEXT, EVIDENCES),
    st.builds(verified, TEXT, TEXT, strength=st.sampled_from(Strength)),
    st.builds(unverifiable, TEXT, TEXT),
    st.just(Verdict(Status.VERIFIED, "exact")),
)


@given(st.lists(st.lists(ANY_VERDICT, max_size=3), max_size=3))
def test_json_keeps_all_but_the_bodies(steps: list[list[Verdict]]) -> None:
    report = report_of(*steps)
    again = decode(encode(report))
    assert encode(again) == encode(report)
    assert again.first_error == report.first_error
    assert [c.verdict for c in again.claims] == [c.verdict for c in report.claims]


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"{}", b'{"id": 3}', b"3"])
def test_what_is_no_report_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode(line)


def test_giving_up_decides_nothing_and_says_why() -> None:
    trace = trace_of("a", "p", steps=["2 + 2 = 5", "so it is 5"])
    report = gave_up(trace, "precise", "took too long")
    assert report.first_error is None
    assert [step.status for step in report.steps] == [Status.UNDECIDED] * 2
    assert report.counts[Status.UNDECIDED] == 2
    assert report.note == "took too long"
    assert decode(encode(report)) == report


def test_the_digest_tells_problem_steps_and_cuts_apart() -> None:
    traces = [
        trace_of("a", "p", steps=["x", "y"]),
        trace_of("a", "q", steps=["x", "y"]),
        trace_of("a", "p", steps=["x\n\ny"]),
        trace_of("a", "px", steps=["y"]),
        trace_of("a", "p", steps=["x", "z"]),
    ]
    assert len({digest_of(trace) for trace in traces}) == len(traces)
    assert digest_of(traces[0]) == digest_of(trace_of("b", "p", steps=["x", "y"]))


def test_a_report_goes_through_pickle() -> None:
    report = clr.audit(problem="What is 2 + 2?", response="2 + 2 = 5.\n\nSo 5 * 3 = 15.")
    assert pickle.loads(pickle.dumps(report)) == report
    assert report.first_error == 0
    assert report.steps[0].claims[0].verdict.status is clr.Status.REFUTED
