"""A course folder with a real gradebook, laid by hand, for tests of what only reads it."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from peer_drift_kit.course.confirmed import mark_of
from peer_drift_kit.course.folder import CourseFolder, open_course

CONFIG = """\
from peer_drift_kit.course import configure
c = get_config()
configure(c, course_id="circle")
"""
FIRST, SECOND = "01-first", "02-second"
CASE = "window"
TELLING = "Dele and I sat by his window. I told him he could call. He made toast."
TIME, LATER = "2026-01-02 03:04:05.000000 UTC", "2026-01-03 03:04:05.000000 UTC"


@dataclass(frozen=True)
class SmallCourse:
    """Two assignments were made, of two points each. Nobody is there yet."""

    folder: Path

    def open(self) -> CourseFolder:
        return open_course(self.folder)

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}", "circle") as opened:
            yield opened
            opened.db.commit()

    def people(self) -> list[dict[str, Any]]:
        with self.gradebook() as gradebook:
            return [
                {name: getattr(each, name) for name in ("id", "first_name", "last_name", "email")}
                for each in sorted(gradebook.students, key=lambda each: each.id)
            ]

    def roster(self, *ids: str) -> None:
        with self.gradebook() as gradebook:
            for each in ids:
                gradebook.add_student(
                    each,
                    first_name=each.title(),
                    last_name=f"of {each.title()}",
                    email=f"{each}@example.org",
                    lms_user_id=f"9{len(each)}",
                )

    def generated(self) -> None:
        for name in (FIRST, SECOND):
            (self.folder / "exercises" / name).mkdir(parents=True)
        (self.folder / "gradebook.db").write_bytes(_gradebook())

    def submitted(self, student: str, assignment: str, time: str = TIME) -> None:
        folder = self.folder / "submitted" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "timestamp.txt").write_text(time)

    def read(
        self,
        student: str,
        assignment: str,
        text: str = TELLING,
        meant: tuple[tuple[str, str, str], ...] = (),
    ) -> None:
        """What a review leaves: a suggestion that waits, and the rebuilt notebook."""
        self.submitted(student, assignment)
        with self.gradebook() as gradebook:
            known = [each.id for each in gradebook.students]
            if student not in known:
                gradebook.add_student(student)
            gradebook.add_submission(assignment, student, timestamp=TIME)
            where = (CASE, assignment, assignment, student)
            gradebook.find_grade(*where).manual_score = 2
            comment = gradebook.find_comment(*where)
            comment.manual_comment = "I wonder."
            comment.auto_comment = "I wonder." + mark_of(text)
        kept = {
            "text": text,
            "meant": [{"words": w, "name": n, "because": b} for w, n, b in meant],
        }
        cell = {"metadata": {"nbgrader": {"grade_id": CASE}, "peer_drift_kit": kept}}
        folder = self.folder / "autograded" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        told = {"cells": [{"metadata": {}}, cell]}
        (folder / f"{assignment}.ipynb").write_text(json.dumps(told), encoding="utf-8")

    def confirm(
        self, student: str, assignment: str, points: float = 1.5, comment: str = "Warmly"
    ) -> None:
        with self.gradebook() as gradebook:
            where = (CASE, assignment, assignment, student)
            grade = gradebook.find_grade(*where)
            grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.find_comment(*where).manual_comment = comment

    def read_again(self, student: str, assignment: str) -> None:
        """What a review leaves of other words that came after a person confirmed."""
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(CASE, assignment, assignment, student)
            grade.needs_manual_grade = grade.notebook.flagged = True

    def feedback(self, student: str, assignment: str) -> None:
        folder = self.folder / "feedback" / student / assignment
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{assignment}.html").write_text("<p>Warmly</p>")


@cache
def _gradebook() -> bytes:
    """nbgrader takes seconds to make one, so it is made once."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "gradebook.db")
        with Gradebook(f"sqlite:///{file}", "circle") as gradebook:
            for name in (FIRST, SECOND):
                gradebook.add_assignment(name, course_id="circle")
                gradebook.add_notebook(name, name)
                gradebook.add_grade_cell(CASE, name, name, max_score=2, cell_type="markdown")
                gradebook.add_solution_cell(CASE, name, name)
        return file.read_bytes()


def small_course(folder: Path) -> SmallCourse:
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG)
    return SmallCourse(folder)
