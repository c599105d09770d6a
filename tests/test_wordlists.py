"""Words that are sorted, and rows of them with a reason."""

import pytest

import clr
from clr.claim import Status

PROBLEM = "Sort the following words alphabetically: plum, grape, melon, pear, mango."


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Within m: mango < melon since 'a' comes before 'e'.", Status.VERIFIED),
        ("Within p: plum < pear since 'l' comes before 'e'.", Status.REFUTED),
        ("pear < plum (e before l).", Status.VERIFIED),
        ("If plum < pear, we are done.", None),
        ("Is plum < pear since 'l' comes before 'e'?", None),
    ],
)
def test_a_row_with_a_reason(text: str, status: Status | None) -> None:
    report = clr.audit(problem=PROBLEM, steps=[text])
    found = [c.verdict.status for c in report.steps[0].claims if c.claim.kind == "collection"]
    assert found == ([status] if status else [])
