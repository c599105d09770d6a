"""Choosing among answers: clusters, weights, agreement, and `clr select`."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from clr.auditor import audit
from clr.cli import app
from clr.consensus import first_error, reliabilities, results, support, suspects
from clr.endpoint import Endpoint, EndpointFailed
from clr.judging import judge
from clr.report import Report
from clr.segment import trace_of
from clr.selection import best_of_n, claim_level, majority, select, with_votes

PROBLEM = "A baker fills 6 trays with 14 rolls each and sells 30 of them. How many are left?"
RIGHT = "6 * 14 = 84 rolls.\n\n84 - 30 = 54. The answer is 54."
OTHER = "There are 14 * 6 = 84.\n\nThen 84 - 30 = 54 remain.\n\nThe answer is 54."
SETUP = "6 + 14 = 20 rolls.\n\n30 - 20 = 10. The answer is 10."
FALSE = "6 * 14 = 94 rolls.\n\n94 - 30 = 64. The answer is 64."

ANSWERS = st.lists(
    st.tuples(st.sampled_from(["1", "1.0", "2", "4/2", "3", None]), st.floats(0, 1)), max_size=9
)


def reports(*responses: str) -> list[Report]:
    return [audit(trace_of(str(i), PROBLEM, response=text)) for i, text in enumerate(responses)]


def test_claim_level_reliability_is_equation_5() -> None:
    assert claim_level([1, 1, 1, 0, 1]) == pytest.approx(0.8**5)
    assert claim_level([1, 0], m=2) == 0.25
    assert claim_level([], m=3) == 0.125
    with pytest.raises(ValueError, match="at least 1"):
        claim_level([1], m=0)


def test_the_heaviest_cluster_of_equivalent_answers_wins() -> None:
    answers = ["3", "4", "3", None, "4.0", "5"]
    chosen = select(answers, [0.1, 0.9, 0.1, 9, 0.2, 1.0])  # 4 and 4.0 together: 1.1
    assert chosen is not None
    assert (chosen.answer, chosen.best) == ("4", 1)
    assert [c.members for c in chosen.clusters] == [(1, 4), (5,), (0, 2)]
    assert select([None, None], [1, 1]) is None
    with pytest.raises(ValueError, match="2 answers and 1 weights"):
        select(["1", "2"], [1])
    with pytest.raises(ValueError, match="not negative"):
        select(["1"], [float("nan")])


def test_with_no_reliability_at_all_heads_are_counted() -> None:
    chosen = select(["1", "2", "2"], [0, 0, 0])
    assert chosen is not None and chosen.answer == "2"


def test_the_best_of_n_has_the_largest_reward() -> None:
    chosen = best_of_n(["1", "2", None], [0.2, 0.7, 0.9])
    assert chosen is not None and chosen.answer == "2"
    tied = best_of_n(["1", "2", "2"], [0.5, 0.5, 0.5])
    assert tied is not None and tied.answer == "2"


@given(ANSWERS)
def test_equal_weights_are_a_majority(pairs: list[tuple[str | None, float]]) -> None:
    answers = [answer for answer, _ in pairs]
    assert select(answers, [0.7] * len(answers)) is None or (
        select(answers, [0.7] * len(answers)).clusters[0].members  # type: ignore[union-attr]
        == majority(answers).clusters[0].members  # type: ignore[union-attr]
    )


@given(ANSWERS, st.randoms())
def test_the_order_of_trajectories_changes_no_weight(
    pairs: list[tuple[str | None, float]], random: object
) -> None:
    def weighed(pairs: list[tuple[str | None, float]]) -> list[float]:
        chosen = select([a for a, _ in pairs], [w for _, w in pairs])
        return sorted(round(c.weight, 6) for c in chosen.clusters) if chosen else []

    before = weighed(pairs)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert weighed(pairs) == before


@given(ANSWERS, st.floats(0.01, 1))
def test_one_more_vote_never_costs_the_winner_its_place(
    pairs: list[tuple[str | None, float]], more: float
) -> None:
    chosen = select([a for a, _ in pairs], [w for _, w in pairs])
    if chosen is not None:
        again = select([*(a for a, _ in pairs), chosen.answer], [*(w for _, w in pairs), more])
        assert again is not None
        assert again.clusters[0].members[0] == chosen.clusters[0].members[0]


@given(ANSWERS)
def test_a_vote_on_top_never_loses_to_half_as_many(pairs: list[tuple[str | None, float]]) -> None:
    answers = [a for a, _ in pairs]
    chosen, counted = select(answers, with_votes([w for _, w in pairs])), majority(answers)
    if chosen is not None and counted is not None:
        assert 2 * len(chosen.clusters[0].members) >= len(counted.clusters[0].members)


def test_scores_on_top_of_a_vote_are_averaged() -> None:
    assert with_votes([1.0, 0.0], [0.5, 0.0]) == [1.75, 1.0]
    with pytest.raises(ValueError, match="shorter"):
        with_votes([1.0], [])


def test_what_others_work_out_too_is_supported() -> None:
    right, other, setup = support(reports(RIGHT, OTHER, SETUP), [1.0, 1.0, 1.0])
    assert set(right.values()) == {0.5}  # one of the two others has both
    assert right == other
    assert set(setup.values()) == {0.0}
    alone = support(reports(RIGHT), [1.0])
    assert set(alone[0].values()) == {0.5}


def test_agreement_finds_the_set_up_error_that_algebra_cannot() -> None:
    found = reports(RIGHT, OTHER, SETUP, FALSE)
    assert found[2].first_error is None  # each calculation is right
    r = reliabilities(found)
    assert r[0] == r[1] > r[2] > r[3]
    assert reliabilities(found, symbolic=False)[2] < reliabilities(found, symbolic=False)[0]
    order = [2, 0, 3, 1]
    moved = reliabilities([found[i] for i in order])
    assert moved == pytest.approx([r[i] for i in order])


def test_the_first_step_that_only_losers_take_is_suspect() -> None:
    found = reports(RIGHT, OTHER, SETUP, FALSE)
    made = [results(report) for report in found]
    marked = suspects(list(zip(made, [1, 1, 0, 0], strict=True)))
    assert marked[:2] == [None, None]
    assert [(s.index, s.value) for s in marked[2:] if s] == [(0, -1.0), (0, -1.0)]
    assert marked[2] is not None
    assert marked[2].span == found[2].steps[0].step.span
    assert first_error(found[2], marked[2]) == 0
    assert first_error(found[2], None) is None
    assert first_error(found[3], None) == 0
    # a refutation is a proof, and goes before what is only unlike the others
    (late,) = reports(f"{SETUP}\n\nAnd 5 + 5 = 11.")
    assert first_error(late, marked[2]) == first_error(late, None) == len(late.steps) - 1
    assert suspects([(made[2], 0), (made[3], 0)]) == [None, None]
    assert suspects([(made[0], 1), (made[2], None)]) == [None, None]


class Server(ThreadingHTTPServer):
    """A model that lists claims, and finds those with a 9 in them invalid."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = 0
        self.gone = False


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += 1
        text = body["messages"][0]["content"]
        if "Claim:" in text:
            claim = text.rsplit("Claim:", 1)[1]
            said = "It might be VALID at first.\nINVALID" if "94" in claim else "Fine.\nVALID"
            said = "I cannot say." if "remain" in claim else said
        else:
            lines = text.rsplit("Solution:", 1)[1].strip().split("\n\n")
            said = "\n".join(f"{i}. {line}" for i, line in enumerate(lines, 1))
        answer = {"choices": [{"message": {"content": said}}], "usage": {"completion_tokens": 3}}
        content = json.dumps(answer).encode()
        self.send_response(402 if self.server.gone else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()


def endpoint(server: Server) -> Endpoint:
    return Endpoint(
        url=f"http://127.0.0.1:{server.server_port}/v1", model="m", concurrency=3, attempts=1
    )


def test_a_model_judges_the_claims_it_names(server: Server, tmp_path: Path) -> None:
    right, other, false = judge(
        endpoint(server), PROBLEM, [RIGHT, OTHER, FALSE], m=2, cache=tmp_path / "said"
    )
    assert right.claims == ("6 * 14 = 84 rolls.", "84 - 30 = 54. The answer is 54.")
    assert (right.verdicts, right.tokens, right.reliability(2)) == ((1.0, 1.0), 9, 1.0)
    assert other.verdicts == (1.0, 0.5)
    assert false.verdicts == (0.0, 0.0)
    asked = server.asked
    again = judge(endpoint(server), PROBLEM, [RIGHT], m=2, cache=tmp_path / "said")
    assert (again[0].verdicts, again[0].tokens) == (right.verdicts, 0)
    assert server.asked == asked


def test_a_server_that_refuses_is_named(server: Server) -> None:
    server.gone = True
    with pytest.raises(EndpointFailed, match="402"):
        judge(endpoint(server), PROBLEM, [RIGHT])


def candidates(folder: Path) -> Path:
    file = folder / "candidates.jsonl"
    rows = [
        {"id": str(i), "problem": PROBLEM, "response": text}
        for i, text in enumerate([SETUP, RIGHT, FALSE, OTHER])
    ]
    rows.append({"id": "4", "problem": "Say nothing.", "response": "I would rather not say it"})
    file.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"problem": 1}\n')
    return file


@pytest.mark.parametrize("by", ["both", "majority", "symbolic", "consensus"])
def test_the_command_chooses_for_each_problem(by: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["select", str(candidates(tmp_path)), "--by", by, "-j", "0"])
    assert result.exit_code == 3
    assert "candidates.jsonl:6" in result.stderr
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["answer"], first["candidates"]) == ("54", 4)
    assert first["response"] in (RIGHT, OTHER)
    assert {tuple(c["members"]) for c in first["clusters"]} == {("1", "3"), ("0",), ("2",)}
    assert (second["answer"], second["clusters"]) == (None, [])


def test_the_command_asks_a_model(server: Server, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{server.server_port}/v1"
    arguments = ["select", str(candidates(tmp_path)), "--by", "judge", "--endpoint", url]
    result = CliRunner().invoke(app, [*arguments, "--m", "2", "--cache", str(tmp_path / "said")])
    assert json.loads(result.stdout.splitlines()[0])["answer"] == "54"
    lacking = CliRunner().invoke(app, ["select", str(candidates(tmp_path)), "--by", "judge"])
    assert lacking.exit_code == 2
    assert "--endpoint" in lacking.stderr
