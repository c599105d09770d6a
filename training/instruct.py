"""Reinforcement learning on instructions whose observance rules can check (arXiv:2606.16140, 2.4).

A record with checker "rules" holds its rules (clr.verifiers.instructions) in `detail`:
{"rules": [{"rule": "words", "most": 50}, ...]}. The outcome is 1 for a completion that follows all.
"""

from __future__ import annotations

from clr.training import data
from clr.training.config import Instruct
from clr.training.data import Record
from clr.training.stage import Context, Result
from clr.verifiers.extraction import reply
from clr.verifiers.instructions import check_instructions, rules_from


def follows(record: Record, completion: str) -> bool:
    """Whether what the completion says after its thinking follows all rules of the record; if it
    says nothing, it does not.

    Raises:
        ValueError: the record holds no rules that can be read.
    """
    try:
        rules = rules_from(record.detail["rules"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"record {record.id}: {error}") from error
    return all(not check.fault for check in check_instructions(reply(completion), rules))


def run_instruct(stage: Instruct, context: Context) -> Result:
    """Train on prompts whose records hold rules."""
    from clr.training.rl import reinforce

    records = data.load(stage.data, context.held_out, stage.clean, wanted="answer")
    metrics = reinforce(records, stage, context, gamma=stage.mgpo.gamma)
    return Result(context.out / "model", metrics, data.digest(records))
