"""What is checked in as the studio's editor is what its sources make."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "editor"
STATIC = ROOT / "peer_drift_kit" / "widgets" / "static"


@pytest.mark.slow
def test_a_new_build_is_what_is_checked_in(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "editor", ignore=shutil.ignore_patterns("node_modules"))
    built = tmp_path / "peer_drift_kit" / "widgets" / "static"
    built.mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, tmp_path / "editor" / "build.py"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("editor.js", "editor.LICENSES.txt"):
        assert (built / name).read_bytes() == (STATIC / name).read_bytes(), name


def test_the_editor_asks_nothing_of_the_network() -> None:
    script = (STATIC / "editor.js").read_text(encoding="utf-8")
    for word in ("fetch(", "XMLHttpRequest", "WebSocket", "importScripts", "import("):
        assert word not in script
