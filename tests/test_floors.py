"""Imports go down the floors that CONTRIBUTING.md names, and every module is on one of them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSIDE = ("verifiers", "sandbox", "training", "benchmarks")
"""Folders of the repository that are installed inside of clr."""

FLOORS = {
    place: int(floor)
    for floor, places in re.findall(
        r"^\| (\d) \| (.+?) \|", (ROOT / "CONTRIBUTING.md").read_text(), re.M
    )
    for place in re.findall(r"`([^`]+)`", places)
}
MODULES = [
    path.relative_to(ROOT)
    for folder in ("clr", *INSIDE)
    for path in (ROOT / folder).rglob("*.py")
    if path != ROOT / "clr" / "__init__.py"  # names what others hold, and imports it when asked
]


def floor_of(path: Path) -> int:
    places = [place for place in FLOORS if path.as_posix().startswith(place)]
    assert places, f"{path} is on no floor of CONTRIBUTING.md"
    return FLOORS[max(places, key=len)]


def path_of(module: str) -> Path | None:
    """The file of a module of ours, from the root; None where it is none."""
    parts = module.split(".")[1:]
    path = Path(*parts) if parts and parts[0] in INSIDE else Path("clr", *parts)
    for found in (path.with_suffix(".py"), path / "__init__.py"):
        if (ROOT / found).is_file() and found != Path("clr/__init__.py"):
            return found
    return None


def imports(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "clr":
            modules = [node.module, *(f"{node.module}.{name.name}" for name in node.names)]
            yield from filter(None, map(path_of, modules))


def test_imports_go_down() -> None:
    up = [
        f"{path} -> {found}"
        for path in MODULES
        for found in imports(path)
        if floor_of(found) > floor_of(path)
    ]
    assert not up


def test_readers_and_verifiers_do_not_know_each_other() -> None:
    readers = {path for path in MODULES if path.parts[:2] == ("clr", "reading")}
    verifiers = {path for path in MODULES if path.parts[0] == "verifiers"}
    assert readers and verifiers
    assert not [path for path in readers if verifiers & set(imports(path))]
    assert not [path for path in verifiers if readers & set(imports(path))]


def test_every_place_of_the_map_exists() -> None:
    assert len(FLOORS) > 30
    assert not [place for place in FLOORS if not (ROOT / place).exists()]
