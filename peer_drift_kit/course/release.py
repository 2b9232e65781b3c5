"""Gives an assignment out: made from its source, and put where learners fetch it."""

import re
import sys
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI

from .folder import CourseFolder, CourseTrouble

__all__ = ["collect_from_exchange", "generate", "release"]


def generate(course: CourseFolder, assignment: str) -> None:
    """Make the learners' version from its source, and its rows in the gradebook.

    The same as ``nbgrader generate_assignment --force``. Raises :class:`.folder.CourseTrouble`.
    """
    source = course.path("source", ".", assignment)
    if not any(source.glob("*.ipynb")):
        there = sorted(each.parent.name for each in source.parent.glob("*/*.ipynb"))
        raise CourseTrouble(
            f"There is no {source}. There is: {', '.join(dict.fromkeys(there)) or 'nothing yet'}."
        )
    _told(NbGraderAPI(course.coursedir, parent=course.app).generate_assignment(assignment))


def release(course: CourseFolder, assignment: str) -> Path | None:
    """Put a generated assignment into the exchange; returns where, or None without an exchange.

    The same as ``nbgrader release_assignment``. The exchange does not work on Windows.
    """
    course.app.config.ExchangeReleaseAssignment.force = True  # again is no error
    api = _exchange(course)
    if api is None:
        return None
    _told(api.release_assignment(assignment))
    return Path(api.exchange_root) / course.course_id / "outbound" / assignment


def _exchange(course: CourseFolder) -> Any:
    """nbgrader's own calls on this course, or None where there is no exchange."""
    if sys.platform == "win32":
        return None
    api = NbGraderAPI(course.coursedir, parent=course.app)
    return None if api.exchange_missing else api


def _told(result: Any) -> None:
    if not result["success"]:
        errors = re.findall(r"^\[\w+ \| ERROR\] (.+)|^\[ERROR\] (.+)", result.get("log", ""), re.M)
        told = [one or other for one, other in errors] or result.get("error", "").splitlines()
        last = (told or ["nbgrader could not do it, and says no more."])[-1]
        raise CourseTrouble(re.sub(r"^[\w.]+(?:Error|Exception): ", "", last))


def collect_from_exchange(course: CourseFolder, assignment: str) -> list[str]:
    """Take the newest of what learners submitted; returns what a trainer should know.

    The same as ``nbgrader collect --update``.
    """
    api = _exchange(course)
    if api is None:
        raise CourseTrouble(
            "There is no exchange on this computer. Collect what learners sent:"
            f" peer-drift course collect {assignment} --zip FOLDER"
        )
    result = api.collect(assignment)
    _told(result)
    return re.findall(r"^\[(?:\w+ \| )?WARNING\] (.+)", result.get("log", ""), re.M)
