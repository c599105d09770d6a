"""Prime Intellect verifiers: a task, and a function for the rubrics of older releases.

Written against verifiers 0.4.0, whose tasks score a trace. A taskset yields

    ClrTask(ClrData(prompt="Solve 2x + 4 = 10.", answer="3"), config.task)

In releases with `vf.Rubric`: `vf.Rubric(funcs=[clr.integrations.single.rubric_reward])`.
"""

from __future__ import annotations

import asyncio

import verifiers.v1 as vf

from clr.chat import with_thought
from clr.integrations.single import logged, results_of, reward_for, value_of
from clr.rewards import problem_of
from clr.scoring import Result


class ClrData(vf.TaskData):  # type: ignore[misc]
    """A problem with its reference answer."""

    answer: str
    domain: str | None = None


class ClrTask(vf.Task[ClrData]):  # type: ignore[misc]
    """Rewards the last reply of a trace."""

    @vf.reward(weight=1.0)  # type: ignore[untyped-decorator]
    async def clr(self, trace: vf.Trace) -> float:
        """The reward."""
        return value_of(await self._result(trace))

    @vf.metric  # type: ignore[untyped-decorator]
    async def clr_quality(self, trace: vf.Trace) -> float:
        """1 - E': how sound the reasoning is, whatever the answer."""
        return logged(await self._result(trace))["quality"]

    async def _result(self, trace: vf.Trace) -> Result | None:
        prompt = self.data.prompt
        problem = prompt if isinstance(prompt, str) else problem_of(prompt)
        extra = {"domain": self.data.domain} if self.data.domain else {}
        found = await asyncio.to_thread(
            results_of,
            reward_for(),
            [problem],
            [_response(trace)],
            [self.data.answer],
            [extra],
        )
        return found[0]


def _response(trace: vf.Trace) -> str:
    """The last reply, after the thought that the model's server kept apart from it."""
    said = trace.last_reply or ""
    own = [m for m in trace.assistant_messages[-1:] if (m.content or "").strip() == said.strip()]
    return with_thought(said, [m.reasoning_content for m in own])
