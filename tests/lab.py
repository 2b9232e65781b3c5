"""Starts a real JupyterLab, and finds a real Chromium; for tests and benchmarks."""

import shutil
import socket
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from peer_drift_kit.cli.learn import command, environment

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: Milliseconds that what a test waits for may take: in CI, all there is may be two busy cores.
SLOW = 60_000


EXTENSION = Path(__file__).parents[1] / "peer_drift_kit" / "labextension"


#: Runs the notebook in front as soon as its kernel is ready, which is the best a hand could do.
RUN_WHEN_READY = """
async () => {
  const app = window.jupyterapp;
  await app.restored;
  const session = () => app.shell.currentWidget?.context?.sessionContext;
  while (!session()?.isReady) await new Promise(done => requestAnimationFrame(done));
  await session().session.kernel.info;
  await app.commands.execute("notebook:run-all-cells");
}
"""


def run_all(page: Page) -> None:
    """Run every cell of the notebook in front, and wait until all have run."""
    page.wait_for_function("window.jupyterapp")
    page.evaluate(RUN_WHEN_READY)


def find_chromium() -> str | None:
    """Where the system's own Chromium is; none is ever downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


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
    """Start JupyterLab with every folder of its own under ``base``, and wait until it answers.

    It loads the kit's extension as it lies in the tree, unless ``base / "labextensions"`` has one.
    """
    folder = base / "work"
    folder.mkdir(parents=True, exist_ok=True)
    extension = base / "labextensions" / "peer-drift-kit"
    if not extension.exists():
        extension.parent.mkdir(parents=True, exist_ok=True)
        extension.symlink_to(EXTENSION, target_is_directory=True)
    port = free_port()
    lab = Lab(
        f"http://127.0.0.1:{port}/", folder, base / "journal" / "journal.sqlite", base / "log"
    )
    homes = {name: str(base / name.lower()) for name in ("HOME", "XDG_DATA_HOME", "IPYTHONDIR")}
    homes |= {f"JUPYTER_{each}_DIR": str(base / each) for each in ("CONFIG", "DATA", "RUNTIME")}
    homes["JUPYTER_PATH"] = str(base / "share")  # for a kernel of a test's own
    homes["JUPYTERLAB_SETTINGS_DIR"] = str(base / "settings")
    homes["JUPYTERLAB_WORKSPACES_DIR"] = str(base / "workspaces")
    for each in homes.values():
        Path(each).mkdir(parents=True, exist_ok=True)
    line = command(
        folder,
        browser=False,
        port=port,
        extra=[
            "--IdentityProvider.token=",
            f"--LabApp.extra_labextensions_path={extension.parent}",
            "--LabApp.expose_app_in_browser=True",
            "--ServerApp.port_retries=0",  # somebody else on this port is told, not waited for
            *extra,
        ],
    )
    variables = environment() | homes | {"PEER_DRIFT_JOURNAL": str(lab.journal)}
    with lab.log.open("wb") as log:
        process = subprocess.Popen(
            line, cwd=folder, env=variables, stdout=log, stderr=subprocess.STDOUT
        )
    while True:
        try:
            with urllib.request.urlopen(lab.url + "api", timeout=5):  # noqa: S310 (own server)
                return lab, process
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue  # not yet
            raise RuntimeError(f"JupyterLab did not start:\n{lab.log.read_text()}") from None
