"""Reinforcement learning on instructions whose observance rules can check (arXiv:2606.16140, 2.4).

A record with checker "rules" holds its rules in `detail`: {"rules": [{"rule": "words", "most":
50}, ...]}. The outcome is 1 for a completion that follows all of them.
"""

from __future__ import annotations

import json
import re
from typing import Literal

import msgspec

from clr.training import data
from clr.training.config import Instruct
from clr.training.data import Record
from clr.training.stage import Context, Result


class _Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="rule"):
    pass


class Words(_Rule, frozen=True, tag="words"):
    """At least `least` and at most `most` words."""

    least: int = 0
    most: int = 2**31

    def holds(self, text: str) -> bool:
        return self.least <= len(text.split()) <= self.most


class Bullets(_Rule, frozen=True, tag="bullets"):
    """Exactly `count` lines that begin with a bullet."""

    count: int

    def holds(self, text: str) -> bool:
        return len(re.findall(r"^\s*[-*•] +\S", text, re.M)) == self.count


class Keyword(_Rule, frozen=True, tag="keyword"):
    """The word occurs at least `least` and at most `most` times, in any case."""

    word: str
    least: int = 1
    most: int = 2**31

    def holds(self, text: str) -> bool:
        found = re.findall(rf"(?<!\w){re.escape(self.word)}(?!\w)", text, re.I)
        return self.least <= len(found) <= self.most


class Without(_Rule, frozen=True, tag="without"):
    """The characters nowhere occur."""

    characters: str

    def holds(self, text: str) -> bool:
        return self.characters not in text


class Case(_Rule, frozen=True, tag="case"):
    """All letters are of one case: "lower" or "upper"."""

    case: Literal["lower", "upper"]

    def holds(self, text: str) -> bool:
        return text == (text.lower() if self.case == "lower" else text.upper())


class Ordered(_Rule, frozen=True, tag="ordered"):
    """The phrases occur one after the other."""

    phrases: list[str]

    def holds(self, text: str) -> bool:
        place = 0
        for phrase in self.phrases:
            place = text.find(phrase, place)
            if place < 0:
                return False
            place += len(phrase)
        return True


class Json(_Rule, frozen=True, tag="json"):
    """The whole text is one JSON value."""

    def holds(self, text: str) -> bool:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return False
        return True


Rule = Words | Bullets | Keyword | Without | Case | Ordered | Json


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `detail` of a record with checker "rules"."""

    rules: list[Rule]


def follows(record: Record, completion: str) -> bool:
    """Whether the completion follows all rules of the record; an empty one does not.

    Raises:
        ValueError: the record holds no rules that can be read.
    """
    try:
        rules = msgspec.convert(record.detail, Rules).rules
    except msgspec.ValidationError as error:
        raise ValueError(f"record {record.id}: {error}") from error
    text = completion.strip()
    return bool(text) and all(rule.holds(text) for rule in rules)


def run_instruct(stage: Instruct, context: Context) -> Result:
    """Train on prompts whose records hold rules."""
    from clr.training.rl import reinforce

    records = data.load(stage.data, context.held_out, stage.clean)
    metrics = reinforce(records, stage, context, gamma=stage.mgpo.gamma)
    return Result(context.out / "model", metrics, data.digest(records))
