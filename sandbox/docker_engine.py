"""Sandboxes in Docker containers: one, warm and hardened, for each slot."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clr.sandbox import image
from clr.sandbox.containers import NOBODY, Relayed, interpreter_arguments
from clr.sandbox.launch import Runtime, StartError

_REQUEST_SECONDS = 60
_MEMORY = 2 << 30


class Docker:
    """Hardened Docker containers: no network, no capability, read-only, bounded in all they use.

    The image is made from the local interpreter, without any registry.
    """

    name = "docker"
    level = 3
    oci_runtime: str | None = None

    def start(self, runtime: Runtime, hash_seed: int) -> Relayed:
        try:
            import docker
        except ImportError:
            raise StartError("the Python package docker is not installed") from None
        try:
            client = docker.from_env(timeout=_REQUEST_SECONDS)
            image = _image(client, runtime)
            return self._start(client, image, runtime, hash_seed)
        except (docker.errors.DockerException, OSError) as error:
            raise StartError(str(error)[:300]) from None

    def _start(self, client: Any, image: str, runtime: Runtime, hash_seed: int) -> Relayed:
        arguments, environment = interpreter_arguments(hash_seed)
        host = client.api.create_host_config(
            network_mode="none",
            ipc_mode="none",
            read_only=True,
            cap_drop=["ALL"],
            security_opt=["no-new-privileges"],
            pids_limit=64,
            mem_limit=_MEMORY,
            memswap_limit=_MEMORY,
            nano_cpus=10**9,
            auto_remove=True,
            log_config={"Type": "none"},
            runtime=self.oci_runtime,
        )
        # standard input is open to one client only: when we go, it ends, and with it the container
        created = client.api.create_container(
            image,
            [runtime.python, *arguments],
            user=f"{NOBODY}:{NOBODY}",
            environment=environment,
            working_dir="/",
            stdin_open=True,
            host_config=host,
        )
        container = created["Id"]
        stream = client.api.attach_socket(container, {"stdin": 1, "stdout": 1, "stream": 1})
        connection = getattr(stream, "_sock", stream)

        def stop() -> None:
            connection.close()
            stream.close()
            _remove(client, container)
            client.close()

        client.api.start(container)
        return Relayed(runtime, connection, _payload(connection), connection.sendall, stop)

    def mend(self, failure: str) -> str:
        if "not installed" in failure:
            return "pip install docker"
        return "start dockerd, and let this user reach its socket (or set DOCKER_HOST)"


def _remove(client: Any, container: str) -> None:
    import docker

    try:
        client.api.remove_container(container, force=True)
    except docker.errors.NotFound:
        return
    except docker.errors.APIError as error:
        if error.status_code != 409:  # it is being removed already
            raise


def _payload(connection: Any) -> Callable[[int], bytes]:
    """Read standard output from an attached stream: chunks of either stream, each with a header."""
    left = 0

    def exactly(size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            more = connection.recv(size - len(data))
            if not more:
                return b""
            data += more
        return bytes(data)

    def read(size: int) -> bytes:
        nonlocal left
        while left == 0:
            head = exactly(8)
            if not head:
                return b""
            left = int.from_bytes(head[4:], "big")
            if head[0] != 1:
                exactly(left)
                left = 0
        data: bytes = connection.recv(min(size, left))
        left -= len(data)
        return data

    return read


def _image(client: Any, runtime: Runtime) -> str:
    """Name of the image with this interpreter and packages; made if it is not there."""
    import docker

    recipe = [
        runtime.python,
        runtime.interpreter.version,
        *map(str, runtime.packages),
        Path(image.__file__).read_text(),
    ]
    name = "clr-sandbox"
    tag = hashlib.sha256(json.dumps(recipe).encode()).hexdigest()[:16]
    try:
        client.api.inspect_image(f"{name}:{tag}")
    except docker.errors.ImageNotFound:
        with tempfile.TemporaryFile() as archive:
            image.write_image(runtime, archive)
            archive.seek(0)
            chunks = iter(lambda: archive.read(1 << 20), b"")
            client.api.import_image_from_stream(chunks, repository=name, tag=tag)
    return f"{name}:{tag}"
