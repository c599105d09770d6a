import threading
from collections.abc import Iterator

import pytest

from clr.integrations.server import server


@pytest.fixture
def url() -> Iterator[str]:
    """Where rewards are served."""
    http = server("127.0.0.1", 0)
    thread = threading.Thread(target=http.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    thread.join()
    http.server_close()
