"""The Docker backend, where a daemon runs (`.ci/docker.sh start`)."""

import io
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from clr.sandbox.grading import grade_code
from clr.sandbox.image import write_image
from clr.sandbox.launch import runtime
from clr.sandbox.opening import examine, open_box
from clr.sandbox.program import Returned

pytestmark = pytest.mark.docker


@pytest.fixture(scope="module", autouse=True)
def daemon() -> None:
    failure = examine("docker").failure
    if failure is not None:
        pytest.skip(f"docker: {failure}")


def containers() -> list[str]:
    import docker

    client = docker.from_env()
    try:
        return [container.short_id for container in client.containers.list(all=True)]
    finally:
        client.close()


def test_the_image_holds_an_interpreter_and_no_more() -> None:
    archive = io.BytesIO()
    write_image(runtime(), archive)
    archive.seek(0)
    with tarfile.open(fileobj=archive) as tar:
        names = tar.getnames()
    assert any(name.endswith("/json/decoder.py") for name in names)
    assert any("libc.so" in name for name in names)
    assert not any("site-packages" in name or name.endswith("/sh") for name in names)


def test_programs_run_in_containers_that_go_with_the_box() -> None:
    before = containers()
    with open_box("docker", slots=2, packages=["numpy"]) as box:
        code = "import numpy\ndef f(n): return numpy.arange(n).sum()"
        assert box.call(code, "f", [4]) == Returned(6)
        test = "for n in range(4):\n    assert f(n) == sum(range(n))"
        grade = grade_code(code, test, box=box)
        assert (grade.outcome, grade.backend, grade.mode) == (1, "docker", "pair")
        assert len(containers()) > len(before)
    assert containers() == before


def test_no_container_is_left_after_the_parent_is_killed() -> None:
    before = containers()
    script = (
        "import threading\n"
        "from clr.sandbox.opening import open_box\n"
        "from clr.sandbox.program import Limits\n"
        "box = open_box('docker', slots=1)\n"
        "threading.Timer(0.3, print, ['busy'], {'flush': True}).start()\n"
        "box.run('while True: pass', limits=Limits(wall=60, cpu=60))\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert parent.stdout is not None and parent.stdout.readline() == "busy\n"
    assert len(containers()) == len(before) + 1
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while (left := containers()) != before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == before


@pytest.mark.parametrize("user", ["0", "65534"])
def test_inside_an_ordinary_container_landlock_is_taken(user: str) -> None:
    """There namespaces are refused, and the refusal says what to do."""
    import docker

    root = str(Path(__file__).resolve().parents[2])
    script = (
        "from clr.sandbox.opening import examine, open_box\n"
        "print(examine('namespaces').mend)\n"
        "with open_box(slots=1) as box: print(box.run('print(6 * 7)'))"
    )
    client = docker.from_env()
    try:
        output = client.containers.run(
            client.images.list("clr-sandbox")[0],
            [runtime().python, "-c", script],
            user=user,
            network_mode="none",
            volumes={root: {"bind": "/checkout", "mode": "ro"}},
            environment={"PYTHONPATH": "/checkout"},
            tmpfs={"/tmp": "mode=1777"},
            remove=True,
        ).decode()
    finally:
        client.close()
    assert "use the landlock backend" in output
    assert "stdout='42\\n'" in output and "backend='landlock'" in output
