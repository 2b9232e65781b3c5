"""A trainer's course folder: made ready, and opened for the commands that work on it."""

import json
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory

from peer_drift_kit.curriculum.shipped import home

from . import patience  # noqa: F401  (a locked gradebook is waited for)

__all__ = ["CONFIG", "CourseFolder", "CourseTrouble", "Points", "new_course", "open_course"]

CONFIG = "nbgrader_config.py"

Points = Literal["completion", "rubric"]

#: What a rubric's four criteria add up to, for each answer.
RUBRIC_POINTS = 4

WRITTEN = """\
# The settings of this course. What you set below the call wins.
from peer_drift_kit.course import configure

c = get_config()
configure(c, course_id={course_id!r}, points={points!r})
{exchange}"""


class CourseTrouble(Exception):
    """Something that a trainer can mend. The message says what and how, in one line."""


@dataclass(frozen=True)
class CourseFolder:
    """An open course folder.

    ``app`` holds its configuration, and is the ``parent`` of every part of nbgrader that is made
    for it.
    """

    app: Any
    coursedir: Any

    @property
    def root(self) -> Path:
        return Path(self.coursedir.root)

    @property
    def course_id(self) -> str:
        return str(self.coursedir.course_id)

    def path(self, step: str, student: str, assignment: str) -> Path:
        """A folder of one learner, or (``"."``) of the course. ``step``: release, submitted ..."""
        name = getattr(self.coursedir, f"{step}_directory")
        return Path(self.coursedir.format_path(name, student, assignment))

    def released(self) -> list[str]:
        """The assignments that were generated, by name."""
        place = self.path("release", ".", "")
        return sorted(
            each.name for each in place.glob("*") if not each.name.startswith(".") and each.is_dir()
        )

    def check_assignment(self, assignment: str) -> None:
        """Raise :class:`CourseTrouble` for one that was not generated."""
        there = self.released()
        if assignment not in there:
            named = ", ".join(there) or "none yet"
            raise CourseTrouble(f"There is no assignment {assignment!r} here. There is: {named}.")

    def students(self, step: str, assignment: str) -> list[str]:
        """Who has a folder for this assignment, by id."""
        place = self.path(step, "*", assignment)
        root = place.parents[1]
        return sorted(
            each.name
            for each in (root.iterdir() if root.is_dir() else ())
            if not each.is_symlink() and (each / assignment).is_dir()
        )

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        with Gradebook(self.coursedir.db_url, self.course_id) as opened:
            yield opened


def open_course(folder: Path) -> CourseFolder:
    """Open a course folder. Raises :class:`CourseTrouble` if it is none."""
    root = folder.expanduser().resolve()
    if not (root / CONFIG).is_file():
        raise CourseTrouble(
            f"{root} is no course folder: it has no {CONFIG}. Make one with"
            " peer-drift course new, or say where it is with --course."
        )
    # Only this folder's settings count, wherever the command was typed.
    app = NbGrader(log_level=logging.ERROR)
    app.load_cwd_config = False
    app.initialize([], root=str(root))
    # The one that initialize makes has not read the folder's settings yet.
    return CourseFolder(app, CourseDirectory(parent=app, root=str(root)))


def new_course(
    folder: Path, *, name: str, points: Points = "completion", exchange: Path | None = None
) -> list[str]:
    """Lay a course folder: settings, and the sources of the exercises that the kit ships.

    Returns the names of the assignments. What is there already is left as it is; raises
    :class:`CourseTrouble` if that is a course already, or the name is no name for one.
    """
    course_id = slug(name)
    if not course_id:
        raise CourseTrouble("Please give the course a name with letters or digits in it.")
    root = folder.expanduser().resolve()
    if root.exists() and not root.is_dir():
        raise CourseTrouble(f"{root} is a file. Please name a folder.")
    if (root / CONFIG).exists():
        raise CourseTrouble(f"{root} holds a course already. Please name another folder.")
    if exchange and not exchange.is_dir():
        raise CourseTrouble(f"There is no folder {exchange}. A server's exchange has to be there.")
    sources = root / "solutions"
    if sources.exists():
        raise CourseTrouble(f"{sources} is there already. Please name another folder.")
    shutil.copytree(home() / "solutions", sources, ignore=shutil.ignore_patterns(".*", "answers"))
    if points == "rubric":
        for each in sources.glob("*/*.ipynb"):
            _set_points(each, RUBRIC_POINTS)
    where = f"c.Exchange.root = {str(exchange.resolve())!r}\n" if exchange else ""
    (root / CONFIG).write_text(
        WRITTEN.format(course_id=course_id, points=points, exchange=where), encoding="utf-8"
    )
    return sorted(each.name for each in sources.iterdir())


def slug(name: str) -> str:
    """A name as nbgrader and the exchange can carry it: ``Spring circle 2`` is spring-circle-2."""
    return re.sub(r"[^\w]+", "-", name, flags=re.ASCII).strip("-_").lower()[:100]


def _set_points(notebook: Path, points: int) -> None:
    told = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in told["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = points
    text = json.dumps(told, ensure_ascii=False, indent=1)
    notebook.write_text(text + "\n", encoding="utf-8")
