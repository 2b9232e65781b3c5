"""What a hostile or unlucky learner may hand in, one small function each.

A function lays its submission into :class:`Place`, the folder in the exchange, where the released
notebook lies already. Its name is the learner's name. Most keep a telling beside the harm, which is
to be read as if the harm were not there.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.conftest import ASSIGNMENT, CASE, TELLING

__all__ = ["ANSWER", "AS_A_PERSON", "DEFAULT_TIME", "NOTEBOOK", "Place", "Submission", "Table"]

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
ANSWER = f"answers/{CASE}.md"
#: A trainer is no root. Without these two powers root may read what others may, and no more.
AS_A_PERSON = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
if os.geteuid() != 0 or not shutil.which("setpriv"):
    AS_A_PERSON = []
DEFAULT_TIME = "2026-01-02 03:04:05.000000 UTC"


@dataclass(frozen=True)
class Place:
    """``folder`` is handed in. ``trap`` is where code would leave a file if anything ran it, and
    ``outside`` holds the trainer's secrets under the names that an exercise has.
    """

    folder: Path
    trap: Path
    outside: Path

    @property
    def harm(self) -> str:
        """Python that leaves a file behind and gives everybody full points."""
        course = self.outside.parent / "course"
        return (
            f"open({str(self.trap)!r}, 'w').write('ran')\n"
            f"import sqlite3; db = sqlite3.connect({str(course / 'gradebook.db')!r})\n"
            "db.execute('UPDATE' + ' grade_cells SET max_score = 1000'); db.commit()"
        )

    def write(self, name: str, data: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def answer(self, data: str | bytes = TELLING) -> Path:
        return self.write(ANSWER, data)

    def notebook(self, change: Callable[[Any, Any], object], words: str = TELLING) -> None:
        """Change the notebook, and its answer cell, which holds the telling then."""
        told = json.loads((self.folder / NOTEBOOK).read_text(encoding="utf-8"))
        cell = next(each for each in told["cells"] if "nbgrader" in each["metadata"])
        cell["source"] = words
        change(told, cell)
        self.write(NOTEBOOK, json.dumps(told))

    def only(self, name: str) -> Path:
        """Where something else is to lie in the place of a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        return path


@dataclass(frozen=True)
class Submission:
    """``told`` is a pattern of the line that a trainer gets about it, ``""`` if there is nothing to
    tell. ``read`` is the text that arrives: exactly this, or any (``...``), or None where nothing
    comes as far as the gradebook. ``named`` and ``time`` stand in the name of the folder, where
    they are not those of the table.
    """

    lay: Callable[[Place], object]
    told: str = ""
    read: Any = TELLING
    named: str | None = None
    time: str = DEFAULT_TIME
    #: Whether the same files make the same submission when they come in a zip.
    zips: bool = True


class Table(dict[str, Submission]):
    """Submissions by name."""

    def hand_in(self, **told: Any) -> Callable[[Callable[[Place], object]], object]:
        def keep(lay: Callable[[Place], object]) -> Callable[[Place], object]:
            self[lay.__name__.replace("_", "-")] = Submission(lay, **told)
            return lay

        return keep
