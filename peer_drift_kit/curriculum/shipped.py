"""The notebooks that the kit ships, and the digests of their code.

JupyterLab runs a lesson by itself only if each of its code cells is one that we ship. The list of
digests lies beside the extension, as ``peer_drift_kit/labextension/shipped-cells.json``. After a
change to a lesson or an exercise::

    python -m peer_drift_kit.curriculum.shipped
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

__all__ = ["SHIPPED_CELLS", "cell_digests", "exercise_notebooks", "home", "lesson_notebooks"]

PACKAGE = Path(__file__).parents[1]

#: The checked-in list, served by JupyterLab together with the extension.
SHIPPED_CELLS = PACKAGE / "labextension" / "shipped-cells.json"


def home() -> Path:
    """The folder that holds ``modules/`` and ``exercises/``: inside a wheel, or of a clone."""
    packed = PACKAGE / "shipped"
    return packed if packed.is_dir() else PACKAGE.parent


def lesson_notebooks() -> list[Path]:
    """The lessons, in their order."""
    return sorted((home() / "modules").glob("*.ipynb"))


def exercise_notebooks() -> list[Path]:
    """The exercises as learners get them, in their order."""
    return sorted((home() / "exercises").glob("*/*.ipynb"))


def cell_digests() -> list[str]:
    """SHA-256 of each code cell of the shipped notebooks that is not blank: sorted, each once."""
    notebooks = [*lesson_notebooks(), *exercise_notebooks()]
    return sorted({_digest(source) for path in notebooks for source in _code(path)} - {_digest("")})


def _code(path: Path) -> Iterator[str]:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])  # a list of lines, or one string: both join to it


def _digest(source: str) -> str:
    """Of a cell's source, brought into one form as ``labextension/src/shipped.ts`` does it."""
    normalised = source.replace("\r\n", "\n").replace("\r", "\n").rstrip(" \t\n")
    return hashlib.sha256(normalised.encode()).hexdigest()


def _as_file() -> str:
    """What :data:`SHIPPED_CELLS` has to say."""
    return json.dumps({"cells": cell_digests()}, indent=1) + "\n"


if __name__ == "__main__":
    SHIPPED_CELLS.write_text(_as_file(), encoding="utf-8", newline="\n")
