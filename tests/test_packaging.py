"""The layout: five folders under one import name, light to import, shadowing nobody."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("verifiers", "sandbox", "training", "benchmarks")


def run(code: str, cwd: Path = ROOT) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    ).stdout


def test_the_four_folders_have_no_init() -> None:
    assert [f for f in FOLDERS if (ROOT / f / "__init__.py").exists()] == []


def test_every_package_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = set(project["tool"]["setuptools"]["packages"])
    inside = {
        ".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "clr").rglob("__init__.py")
    }
    present = {f"clr.{f}" for f in FOLDERS if list((ROOT / f).glob("*.py"))}
    assert inside | present <= listed


def test_a_checkout_works_without_installation() -> None:
    assert "units" in run("import clr.verifiers.units as u; print(u.__name__)")


def test_import_is_light() -> None:
    code = (
        "import sys, time; t = time.perf_counter(); import clr; d = time.perf_counter() - t\n"
        "heavy = {'sympy', 'z3', 'torch', 'transformers', 'flint', 'numpy'} & set(sys.modules)\n"
        "print(d < 0.15, sorted(heavy))"
    )
    assert run(code).strip() == "True []"


def test_help_loads_no_solver() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom clr.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "print(sorted({'sympy', 'z3', 'torch', 'flint'} & set(sys.modules)))"
    )
    assert run(code).strip() == "[]"


def test_public_names_resolve() -> None:
    import clr

    for name in clr.__all__:
        assert getattr(clr, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = clr.nothing


@pytest.mark.parametrize("folder", ["verifiers", "benchmarks", "sandbox"])
def test_imports_go_down_the_floors(folder: str) -> None:
    """A verifier imports no reader; the sandbox knows nothing of claims."""
    banned = {
        "verifiers": ("clr.reading", "clr.auditor", "clr.report"),
        "sandbox": ("clr.claim", "clr.reading", "clr.verifiers", "clr.auditor", "clr.report"),
        "benchmarks": ("training",),
    }[folder]
    for path in (ROOT / folder).glob("*.py"):
        text = path.read_text()
        assert not [b for b in banned if f"import {b}" in text or f"from {b}" in text], path
