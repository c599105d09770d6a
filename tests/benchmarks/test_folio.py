"""FOLIO's figures on arguments of our own."""

import json

import pytest

from clr.benchmarks import folio


def test_reading_and_agreement_are_counted(tmp_path):
    premises = ["All cats are mammals.", "Tom is a cat. "]
    formulas = ["∀x (Cat(x) → Mammal(x))", "Cat(tom))"]
    rows = [
        {"conclusion": "Tom is a mammal.", "label": "True"},
        {"conclusion": "Tom is not a mammal.", "label": "True"},
        {"conclusion": "All mammals are cats.", "label": "Unknown"},
    ]
    (tmp_path / "folio.jsonl").write_text(
        "".join(
            json.dumps({**row, "premises": premises, "premises-FOL": formulas}) + "\n"
            for row in rows
        )
    )
    assert folio.main(tmp_path) == folio.Score(
        formulas=2, formulas_read=1, arguments=3, problems_read=3, decided=3, decided_wrongly=1
    )


def test_an_absent_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError):
        folio.main(tmp_path)
