"""Only a backend that proves itself is taken, and nothing is done unsafely by accident."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from clr.sandbox import opening
from clr.sandbox.backends import Namespaces
from clr.sandbox.commands import app
from clr.sandbox.grading import grade_code
from clr.sandbox.launch import ForkServer, Runtime, StartError
from clr.sandbox.opening import BACKENDS, SandboxUnavailable, examine, open_box


class Broken:
    """A backend that cannot start."""

    name = "broken"
    level = 3

    def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
        raise StartError("unshare: Operation not permitted")

    def mend(self, failure: str) -> str:
        return "allow user namespaces"


def test_a_backend_that_works_says_so() -> None:
    finding = examine("namespaces")
    if finding.failure is None:
        with open_box("namespaces", slots=1) as box:
            assert box.run("print(1)").level == finding.level == 3


def test_the_refusal_names_every_backend_its_check_and_the_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in opening.AUTO:
        monkeypatch.setitem(BACKENDS, name, Broken())
    with pytest.raises(SandboxUnavailable) as refusal:
        open_box()
    assert str(refusal.value).count("broken: unshare: Operation not permitted; allow user") == 3


def test_a_backend_that_confines_nothing_fails_its_self_test(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Leaky(Namespaces):
        def start(self, runtime: Runtime, hash_seed: int) -> ForkServer:
            return opening.UNSAFE.start(runtime, hash_seed)  # type: ignore[return-value]

    monkeypatch.setitem(BACKENDS, "namespaces", Leaky())
    failure = examine("namespaces").failure
    assert failure is not None and "read a file of the host" in failure
    assert "start a process" in failure and "open a network socket" in failure


def test_hardened_is_never_weakened() -> None:
    with pytest.raises(ValueError, match="namespaces is not hardened"):
        open_box("namespaces", policy="hardened")
    with pytest.raises(ValueError, match="unknown backend"):
        open_box("chroot")


def test_a_missing_package_is_named() -> None:
    with pytest.raises(SandboxUnavailable, match="no-such-package"):
        open_box(packages=["no-such-package"])


def test_the_unsafe_backend_needs_both_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLR_ALLOW_UNSAFE_SANDBOX", raising=False)
    with pytest.raises(SandboxUnavailable, match="CLR_ALLOW_UNSAFE_SANDBOX=1"):
        open_box("unsafe_subprocess", allow_unsafe=True)
    monkeypatch.setenv("CLR_ALLOW_UNSAFE_SANDBOX", "1")
    with pytest.raises(SandboxUnavailable, match="allow_unsafe=True"):
        open_box("unsafe_subprocess")
    with open_box("unsafe_subprocess", slots=1, allow_unsafe=True) as box:
        run = box.run("print(input())", "hello\n")
        assert (run.stdout, run.level) == ("hello\n", 0)
        test = "for x in (1, 2):\n    assert f(x) == x"
        assert grade_code("def f(x): return x", test, box=box).outcome == 1
        assert grade_code("def f(x): return 1", test, box=box).outcome == 0


def test_the_doctor_reports_every_backend() -> None:
    result = CliRunner().invoke(app, ["doctor"], env={"COLUMNS": "200"})
    assert all(name in result.stdout for name in BACKENDS)


def test_a_program_is_run_from_the_command_line(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("import sys\nprint(input() + '!')\nsys.exit(3)")
    given = tmp_path / "in.txt"
    given.write_text("hi\n")
    result = CliRunner().invoke(app, ["run", str(program), "--stdin", str(given)])
    assert result.exit_code == 3
    assert "hi!" in result.output
    program.write_text("while True: pass")
    assert CliRunner().invoke(app, ["run", str(program), "--wall", "0.3"]).exit_code == 124
