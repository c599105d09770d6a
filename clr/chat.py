"""Chat messages, as OpenAI's interface spells them: what the user asks and what the assistant says.

Only text is read. What a model thought, where a server or trainer keeps it apart (`THOUGHTS`), is
put before what it said, between `<think>` and `</think>`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

THOUGHTS = ("reasoning_content", "reasoning", "thinking")
"""Names of the field of a message that may hold the thought which led to it; elsewhere some of them
are settings, which are no text."""


class Part(msgspec.Struct):
    """A part of a message: text, or something that is not read, such as an image."""

    type: str
    text: str | None = None


class Message(msgspec.Struct):
    """What one side said in its turn."""

    role: str
    content: str | list[Part] | None = None
    reasoning_content: str | None = None
    reasoning: Any = None
    thinking: Any = None

    @property
    def text(self) -> str:
        """The words of the message, after the thought that led to them."""
        said = self.content or ""
        if not isinstance(said, str):
            said = "".join(part.text or "" for part in said if part.type in _TEXT)
        return with_thought(said, [getattr(self, name) for name in THOUGHTS])


def with_thought(said: str, thoughts: Sequence[object]) -> str:
    """`said` after the first of `thoughts` that is a text and not blank; alone without one."""
    for thought in thoughts:
        if isinstance(thought, str) and thought.strip():
            return f"<think>\n{thought}\n</think>\n\n{said}"
    return said


_TEXT = ("text", "input_text", "output_text")


def asked(messages: Sequence[Message]) -> str:
    """What the user says in all turns; nothing if there is none."""
    return _texts(messages, "user")


def said(messages: Sequence[Message]) -> str:
    """What the assistant says in all turns; nothing if there is none."""
    return _texts(messages, "assistant")


def last_turn(messages: Sequence[Message]) -> tuple[Sequence[Message], Sequence[Message]]:
    """A whole chat, parted: up to the user's words before the assistant's last, and from there to
    the assistant's last. Calls of tools stand within that turn."""
    end = max((i for i, one in enumerate(messages, 1) if one.role == "assistant"), default=0)
    if not end:
        return messages, ()
    start = max((i for i, one in enumerate(messages[:end], 1) if one.role == "user"), default=0)
    return messages[:start], messages[start:end]


def _texts(messages: Sequence[Message], role: str) -> str:
    return "\n\n".join(one.text for one in messages if one.role == role and one.text)
