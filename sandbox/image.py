"""A root file system made from the local interpreter, for containers."""

import re
import subprocess
import tarfile
from pathlib import Path
from typing import IO

from clr.sandbox.launch import PACKAGES, Runtime

_LEFT_OUT = re.compile(
    r"/(test|tests|idlelib|tkinter|ensurepip|lib2to3|turtledemo|pydoc_data|site-packages"
    r"|dist-packages|config-[^/]*|[^/]*\.a)(/|$)"
)


def write_image(runtime: Runtime, archive: IO[bytes]) -> None:
    """Write a root file system to `archive`, as tar: interpreter, packages, shared libraries."""
    python = Path(runtime.python)
    trees = [(python.resolve(), str(python)), (runtime.interpreter.standard_library, None)]
    entries = [(Path(source), inside or str(source)) for source, inside in trees]
    packages = [(entry, f"{PACKAGES}/{entry.name}") for entry in runtime.packages]
    binaries = [python.resolve(), *runtime.interpreter.standard_library.rglob("*.so")]
    for entry, _ in packages:
        binaries += entry.rglob("*.so*")
    entries += [(library, str(library)) for library in _linked(binaries)]

    def keep(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        return None if _LEFT_OUT.search("/" + member.name) else member

    with tarfile.open(fileobj=archive, mode="w", dereference=True) as tar:
        for source, inside in entries:
            tar.add(source, inside, filter=keep)
        for source, inside in packages:
            tar.add(source, inside)


def _linked(binaries: list[Path]) -> list[Path]:
    """The shared libraries that programs and extension modules need, by the names they use."""
    shown = subprocess.run(["ldd", *map(str, binaries)], capture_output=True, text=True).stdout
    found = re.findall(r"(?:=>\s+|^\s+)(/\S+)\s+\(0x", shown, re.MULTILINE)
    return [Path(path) for path in dict.fromkeys(found)]
