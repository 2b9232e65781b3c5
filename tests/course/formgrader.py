"""A real Jupyter server with Formgrader on a course folder."""

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def formgrader(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Serve a course folder on loopback until the block ends; gives Formgrader's address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/formgrader"
    extension = "nbgrader.server_extensions.formgrader"
    command = [
        *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
        *(f"--port={port}", "--ip=127.0.0.1", f"--ServerApp.root_dir={folder}"),
        "--ServerApp.port_retries=0",
        *("--IdentityProvider.token=", f"--ServerApp.jpserver_extensions={{'{extension}': True}}"),
    ]
    log = folder.parent / "formgrader.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=written, stderr=subprocess.STDOUT
        )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"{url}/api/status", timeout=5):  # noqa: S310 (ours)
                    break
            except (urllib.error.URLError, OSError):
                if process.poll() is not None:
                    raise RuntimeError(f"the server did not start:\n{log.read_text()}") from None
        yield url
    finally:
        process.terminate()
        process.wait(30)
