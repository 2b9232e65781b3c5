"""What import-linter cannot see: what is really loaded, and that no room is left out of the layers.

``make test`` runs import-linter itself.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What only some of the kit's users install, and what no browser tab has.
HEAVY = {"cryptography", "nbgrader", "numpy", "pandas", "rich", "typer", "yaml"}


@pytest.mark.parametrize(
    "line",
    [
        "import peer_drift_kit",
        "from peer_drift_kit import prompt",
        "import peer_drift_kit.review",
        "import peer_drift_kit.journal",
    ],
)
def test_the_learners_part_loads_nothing_heavy(line: str) -> None:
    script = f"import json, sys\n{line}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not set(json.loads(done.stdout)) & HEAVY


def test_every_room_has_its_layer() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (
        contract["layers"]
        for contract in contracts["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    named = {name.strip() for layer in layers for name in layer.split("|")}
    package = ROOT / "peer_drift_kit"
    there = {f"peer_drift_kit.{path.stem}" for path in package.glob("[!_]*.py")}
    there |= {f"peer_drift_kit.{path.parent.name}" for path in package.glob("*/__init__.py")}
    assert there == named
