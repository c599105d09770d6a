"""The layout: five folders under one import name, light to import, shadowing nobody."""

import ast
import importlib
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import clr

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("verifiers", "sandbox", "training", "benchmarks")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def python(code: str, cwd: Path = ROOT) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    ).stdout.strip()


def packages() -> dict[str, Path]:
    """The import name of every package in the repository, and its folder."""
    found = {
        ".".join(path.parent.relative_to(ROOT).parts): path.parent
        for path in (ROOT / "clr").rglob("__init__.py")
    }
    for top in FOLDERS:
        for folder in [ROOT / top, *(path.parent for path in (ROOT / top).rglob("__init__.py"))]:
            if list(folder.glob("*.py")):
                found["clr." + ".".join(folder.relative_to(ROOT).parts)] = folder
    return found


def test_only_the_sandbox_has_names_of_its_own() -> None:
    assert [f for f in FOLDERS if (ROOT / f / "__init__.py").exists()] == ["sandbox"]


def test_every_package_is_listed() -> None:
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed == set(packages()) | {"clr.recipes", "clr.recipes.accelerate"}


def test_no_module_is_named_like_the_standard_library_or_a_dependency() -> None:
    taken = set(sys.stdlib_module_names) | {
        "datasets", "docker", "flint", "lark", "msgspec", "numpy", "pebble", "ray", "rich",
        "sympy", "torch", "transformers", "trl", "typer", "verifiers", "z3",
    }  # fmt: skip
    for folder in FOLDERS:
        assert not {path.stem for path in (ROOT / folder).glob("*.py")} & taken, folder


def test_a_checkout_works_without_installation() -> None:
    assert python("import clr.verifiers.units as u; print(u.__name__)") == "clr.verifiers.units"


def test_the_verifiers_package_of_others_is_not_hidden(tmp_path: Path) -> None:
    other = tmp_path / "verifiers"
    other.mkdir()
    (other / "__init__.py").write_text("NAME = 'theirs'\n")
    code = f"import sys; sys.path.append({str(tmp_path)!r}); import verifiers as v; print(v.NAME)"
    assert python(code) == "theirs"


def test_import_is_light() -> None:
    code = (
        "import sys, time; t = time.perf_counter(); import clr; d = time.perf_counter() - t\n"
        "heavy = {'sympy', 'z3', 'torch', 'transformers', 'flint', 'numpy', 'rich', 'msgspec'}\n"
        "print(d < 0.15, sorted(heavy & set(sys.modules)))"
    )
    assert python(code) == "True []"


def test_help_loads_no_solver() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom clr.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(app, ['audit', '--help']).exit_code == 0\n"
        "print(sorted({'sympy', 'z3', 'torch', 'flint', 'numpy', 'lark'} & set(sys.modules)))"
    )
    assert python(code) == "[]"


def test_public_names_resolve() -> None:
    for name in clr.__all__:
        assert getattr(clr, name) is not None
    assert set(clr.__all__) <= set(dir(clr))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = clr.nothing


def test_public_names_are_no_modules() -> None:
    """`from clr import x` must not depend on whether the module `clr.x` was imported before."""
    modules = {path.stem for path in (ROOT / "clr").iterdir()}
    assert not set(clr.__all__) & modules


BANNED = {
    "clr/notation": ("clr.reading", "clr.ledger", "clr.verifiers", "clr.auditor", "clr.report"),
    "clr/reading": ("clr.verifiers", "clr.auditor", "clr.pool", "clr.report", "clr.commands"),
    "verifiers": ("clr.reading", "clr.auditor", "clr.pool", "clr.report", "clr.commands"),
    "sandbox": ("clr.claim", "clr.reading", "clr.verifiers", "clr.auditor", "clr.report"),
    "clr/render": ("clr.commands", "clr.cli", "clr.auditor", "clr.benchmarks"),
    "benchmarks": ("clr.commands", "clr.cli"),
}
"""Folders, and what stands on a higher floor than they do."""


@pytest.mark.parametrize("folder", BANNED)
def test_imports_go_down_the_floors(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                assert not name.startswith(BANNED[folder]), f"{path}:{node.lineno} imports {name}"
                assert name.split(".")[0] not in FOLDERS, f"{path}:{node.lineno}: import clr.{name}"


ADAPTED = {"nemo_rl", "ray", "skyrl_gym", "swift", "verifiers", "verl"}
"""Trainers that an adapter needs, and we do not."""


@pytest.mark.parametrize("name", sorted(packages()))
def test_every_module_can_be_imported(name: str) -> None:
    for path in packages()[name].glob("*.py"):
        try:
            importlib.import_module(name if path.stem == "__init__" else f"{name}.{path.stem}")
        except ModuleNotFoundError as error:
            if (error.name or "").split(".")[0] not in ADAPTED:
                raise


@pytest.mark.slow
def test_the_wheel_holds_everything_and_works_elsewhere(tmp_path: Path) -> None:
    source = tmp_path / "source"
    subprocess.run(["git", "clone", "-q", ROOT, source], check=True)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, source]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        name.replace(".", "/") + "/" + path.name
        for name, folder in packages().items()
        for path in folder.glob("*.py")
    }
    assert expected <= names
    assert {"clr/py.typed", "clr/examples/traces.jsonl", "clr/recipes/tiny.yaml"} <= names
    assert {name.split("/")[0] for name in names} == {
        "clr",
        f"clr_verify-{clr.__version__}.dist-info",
    }

    venv.create(tmp_path / "venv", with_pip=True)
    installed = tmp_path / "venv" / "bin" / "python"
    pip = [installed, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(pip, check=True)
    libraries = _without_checkout(sysconfig.get_paths()["purelib"], tmp_path)
    environment = {**os.environ, "PYTHONPATH": libraries}
    audit = [tmp_path / "venv" / "bin" / "clr", "check", "2 + 2 = 5", "--json"]
    result = subprocess.run(
        audit, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert '"first_error":0' in result.stdout


def _without_checkout(site_packages: str, tmp_path: Path) -> str:
    """Links to what is installed here but the checkout, to be found by the other interpreter."""
    links = tmp_path / "site-packages"
    links.mkdir()
    for path in Path(site_packages).iterdir():
        if "clr" not in path.name:
            (links / path.name).symlink_to(path)
    return str(links)
