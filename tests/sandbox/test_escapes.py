"""No program gets out of any sandbox that works here, as root or as nobody."""

import json
import os
import subprocess
import sysconfig
from pathlib import Path

import escape_probes
import pytest

from clr.sandbox.opening import examine, open_box

SYSTEM_PYTHON = "/usr/bin/python3"
NOBODY = 65534
BACKENDS = [
    "namespaces",
    "bwrap",
    "landlock",
    pytest.param("docker", marks=pytest.mark.docker),
    pytest.param("gvisor", marks=pytest.mark.slow),
]


def works(backend: str) -> None:
    """Skip the test where the backend cannot run."""
    failure = examine(backend).failure
    if failure is not None:
        pytest.skip(f"{backend}: {failure}")


def as_nobody(*arguments: str) -> dict[str, dict[str, object]]:
    """What the probes report when nobody runs them, with the system's Python."""
    if os.geteuid() != 0:
        pytest.skip("only root can become nobody")
    checkout = Path(__file__).resolve().parents[2]
    if not Path(SYSTEM_PYTHON).exists() or not checkout.stat().st_mode & 0o001:
        pytest.skip("nobody cannot reach a Python or this checkout")
    paths = [str(checkout)]
    env = {"PATH": os.environ["PATH"]}
    if "docker" in arguments:
        daemon = os.environ.get("DOCKER_HOST", "")
        if not daemon.startswith(f"unix://{checkout}"):
            pytest.skip("only the socket of a daemon of the tests (.ci/docker.sh) is opened to all")
        Path(daemon.removeprefix("unix://")).chmod(0o666)
        paths.append(sysconfig.get_paths()["purelib"])  # the client library of this Python
        env |= {"DOCKER_HOST": daemon, "HOME": "/"}
    env["PYTHONPATH"] = os.pathsep.join(paths)
    done = subprocess.run(
        [SYSTEM_PYTHON, escape_probes.__file__, *arguments],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        env=env,
        capture_output=True,
        text=True,
    )
    if "SandboxUnavailable" in done.stderr:
        pytest.skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    report: dict[str, dict[str, object]] = json.loads(done.stdout)
    return report


def test_there_are_enough_probes() -> None:
    assert len(escape_probes.ATTEMPTS) + len(escape_probes.BOMBS) >= 41 + 12


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_escapes(backend: str) -> None:
    works(backend)
    with open_box(backend, slots=1) as box:
        assert escape_probes.escapes(box) == {}


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_escapes_from_nobody(backend: str) -> None:
    assert as_nobody(backend)["escapes"] == {}


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_bomb_ends_in_time(backend: str) -> None:
    works(backend)
    with open_box(backend, slots=1) as box:
        assert escape_probes.late(box) == {}


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_bomb_of_nobody_ends_in_time(backend: str) -> None:
    assert as_nobody(backend, "-b")["late"] == {}
