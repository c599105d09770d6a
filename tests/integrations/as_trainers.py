"""What the tests of adapters share: paths as trainers get them, and a tokenizer."""

from typing import Any

from typer.testing import CliRunner

from clr.cli import app


def path_of(trainer: str) -> str:
    result = CliRunner().invoke(app, ["path", trainer])
    assert result.exit_code == 0
    return result.stdout.strip()


class Bytes:
    """A tokenizer whose tokens are the bytes of UTF-8; 0 is special."""

    def decode(self, ids: Any, skip_special_tokens: bool = True) -> str:
        return bytes(int(i) for i in ids if int(i)).decode(errors="ignore")
