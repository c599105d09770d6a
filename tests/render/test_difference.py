"""Two audits of the same traces, compared."""

import json
from pathlib import Path

from typer.testing import CliRunner

from clr.auditor import audit
from clr.claim import Status
from clr.cli import app
from clr.render.difference import changes
from clr.report import Report, encode
from clr.segment import trace_of

run = CliRunner().invoke


def report(status: str | None = None) -> Report:
    """A report of a refuted sum, or one in which the sum has another status."""
    data = audit(trace_of("sum", "Add.", response="So 2 + 2 = 5.")).to_dict()
    if status is not None:
        data["steps"][0]["claims"][0] |= {"status": status, "fault": None}
        data["first_error"] = None
    return Report.from_dict(data)


def written(path: Path, *reports: Report) -> str:
    path.write_bytes(b"".join(encode(r) + b"\n" for r in reports))
    return str(path)


def test_a_changed_verdict_is_found() -> None:
    (change,) = changes(report(), report("undecided"))
    assert (change.before, change.after) == (Status.REFUTED, Status.UNDECIDED)
    assert changes(report(), report()) == []


def test_a_claim_that_went_away_is_found() -> None:
    data = report().to_dict()
    data["steps"][0]["claims"] = []
    (change,) = changes(report(), Report.from_dict(data))
    assert (change.before, change.after) == (Status.REFUTED, None)


def test_diff_prints_what_changed(tmp_path: Path) -> None:
    before = written(tmp_path / "before", report(), report())
    after = written(tmp_path / "after", report(), report("verified"))
    result = run(app, ["diff", before, after, "--no-color"])
    assert result.exit_code == 1
    assert "first error: step 0 → none" in result.stdout
    assert "✗ refuted → ✓ verified" in result.stdout
    assert "1 of 2 traces changed" in result.stdout
    assert run(app, ["diff", before, before]).exit_code == 0


def test_diff_names_the_line_that_is_no_report(tmp_path: Path) -> None:
    torn = tmp_path / "torn"
    torn.write_text(json.dumps(report().to_dict()) + "\n{")
    result = run(app, ["diff", str(torn), str(torn)])
    assert result.exit_code == 2
    assert f"{torn}:2" in result.stderr
    assert "cannot read" in run(app, ["diff", str(tmp_path / "no"), str(torn)]).stderr
