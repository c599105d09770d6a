"""CLR: claim-level reliability. Verify a chain of thought, one claim at a time."""

from pathlib import Path as _Path

# The repository keeps verifiers/, sandbox/, training/ and benchmarks/ beside clr/; the wheel puts
# them inside it (see [tool.setuptools.package-dir]). In a checkout, look for them there too.
_checkout = _Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file():
    __path__.append(str(_checkout))

__version__ = "0.1.0"
