"""A real JupyterLab and a real Chromium for the tests in this folder."""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, the folder it shows and the journal its kernels use."""

    url: str
    folder: Path
    journal: Path
    log: Path

    def tree(self, path: str) -> str:
        return f"{self.url}lab/tree/{path}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_lab(base: Path, *extra: str) -> tuple[Lab, subprocess.Popen[bytes]]:
    """Start JupyterLab with every folder of its own under ``base``, and wait until it answers."""
    folder = base / "work"
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    lab = Lab(f"http://127.0.0.1:{port}/", folder, base / "journal" / "journal.sqlite", base / "log")
    homes = {name: str(base / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "IPYTHONDIR")}
    homes |= {f"JUPYTER_{each}_DIR": str(base / each) for each in ("CONFIG", "DATA", "RUNTIME")}
    homes["JUPYTERLAB_SETTINGS_DIR"] = str(base / "settings")
    homes["JUPYTERLAB_WORKSPACES_DIR"] = str(base / "workspaces")
    for each in homes.values():
        Path(each).mkdir(parents=True, exist_ok=True)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser"),
        *(f"--port={port}", "--ip=127.0.0.1", f"--ServerApp.root_dir={folder}"),
        *("--IdentityProvider.token=", "--LabApp.news_url=None"),
        *("--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", *extra),
    ]
    environment = os.environ | homes | {"PEER_DRIFT_JOURNAL": str(lab.journal)}
    with lab.log.open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    while True:
        try:
            with urllib.request.urlopen(lab.url + "api", timeout=5):  # noqa: S310 (own server)
                return lab, process
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError(f"JupyterLab did not start:\n{lab.log.read_text()}") from None


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    running, process = start_lab(tmp_path_factory.mktemp("lab"))
    yield running
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        what = "Chromium is not installed; on Debian: apt-get install chromium"
        # .ci/run installs it, so there a missing browser is a failure.
        (pytest.fail if os.environ.get("PEER_DRIFT_CI") else pytest.skip)(what)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(60_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
