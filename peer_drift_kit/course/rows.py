"""nbgrader's gradebook by the row, for work in bulk.

nbgrader's own calls open the gradebook for each step and commit each change, and its objects stay
in memory. These write the same rows (a test compares them), one transaction for many learners.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from sqlalchemy import insert, select, text, update

from .folder import CourseTrouble

__all__ = ["AssignmentRows", "NotebookRows", "assignment_rows", "transaction"]

# The tables, without the sums that nbgrader's objects work out at each look.
ASSIGNMENTS, NOTEBOOKS = SubmittedAssignment.__table__, SubmittedNotebook.__table__
GRADES, COMMENTS, STUDENTS = Grade.__table__, Comment.__table__, Student.__table__


@dataclass(frozen=True)
class NotebookRows:
    """A notebook of an assignment, and its cells: each name with its id."""

    id: str
    name: str
    graded: dict[str, str]
    commented: dict[str, str]
    points: dict[str, float]


@dataclass
class AssignmentRows:
    """An assignment as it was generated, in an open gradebook. All ids are nbgrader's own."""

    db: Any
    id: str
    notebooks: list[NotebookRows]

    def hand_in(self, student: str, timestamp: datetime | None) -> None:
        """Note that somebody handed in: the rows of a submission, made where they are missing."""
        db = self.db
        if db.scalar(select(STUDENTS.c.id).where(STUDENTS.c.id == student)) is None:
            db.execute(insert(STUDENTS).values(id=student))
        submission = self._submission(student)
        if submission is None:
            db.execute(
                insert(ASSIGNMENTS).values(
                    id=(submission := new_uuid()),
                    assignment_id=self.id,
                    student_id=student,
                    timestamp=timestamp,
                )
            )
            for each in self.notebooks:
                db.execute(
                    insert(NOTEBOOKS).values(
                        id=(made := new_uuid()), assignment_id=submission, notebook_id=each.id
                    )
                )
                for table, cells in ((GRADES, each.graded), (COMMENTS, each.commented)):
                    if cells:
                        rows = [{"cell_id": cell, "notebook_id": made} for cell in cells.values()]
                        db.execute(insert(table), rows)
        elif timestamp:
            db.execute(
                update(ASSIGNMENTS)
                .where(ASSIGNMENTS.c.id == submission)
                .values(timestamp=timestamp)
            )

    def find(self, student: str, notebook: NotebookRows, name: str) -> tuple[Any, Any]:
        """The grade and the comment of an answer, to be read, changed, and given to :meth:`keep`.

        Raises :class:`LookupError` for somebody who has handed in nothing.
        """
        submitted = self._notebook(student, notebook)
        if submitted is None:
            raise LookupError(f"{student} is not in the gradebook yet")
        grade = self._row(GRADES, notebook.graded[name], submitted)
        grade.max_score = notebook.points[name]
        return grade, self._row(COMMENTS, notebook.commented[name], submitted)

    def keep(self, grade: Any, comment: Any) -> None:
        """Write what was changed of a grade and a comment."""
        for table, row in ((GRADES, grade), (COMMENTS, comment)):
            names = [each.name for each in table.columns if hasattr(row, each.name)]
            now = {name: getattr(row, name) for name in names}
            if changed := {name: now[name] for name in names if now[name] != row.before[name]}:
                self.db.execute(update(table).where(table.c.id == row.id).values(**changed))

    def flag(self, student: str, notebook: NotebookRows) -> None:
        """Flag a notebook for the person who reads, as Formgrader does."""
        submitted = self._notebook(student, notebook)
        self.db.execute(update(NOTEBOOKS).where(NOTEBOOKS.c.id == submitted).values(flagged=True))

    def left_out(self, student: str, notebook: NotebookRows) -> None:
        """Nothing was handed in for this notebook: no points, and nothing to confirm."""
        submitted = self._notebook(student, notebook)
        self.db.execute(
            update(GRADES)
            .where(GRADES.c.cell_id.in_(notebook.graded.values()))
            .where(GRADES.c.notebook_id == submitted)
            .values(auto_score=0, needs_manual_grade=False)
        )

    def _submission(self, student: str) -> str | None:
        found: str | None = self.db.scalar(
            select(ASSIGNMENTS.c.id)
            .where(ASSIGNMENTS.c.assignment_id == self.id)
            .where(ASSIGNMENTS.c.student_id == student)
        )
        return found

    def _notebook(self, student: str, notebook: NotebookRows) -> str | None:
        found: str | None = self.db.scalar(
            select(NOTEBOOKS.c.id)
            .join(ASSIGNMENTS, ASSIGNMENTS.c.id == NOTEBOOKS.c.assignment_id)
            .where(ASSIGNMENTS.c.assignment_id == self.id)
            .where(ASSIGNMENTS.c.student_id == student)
            .where(NOTEBOOKS.c.notebook_id == notebook.id)
        )
        return found

    def _row(self, table: Any, cell: str, submitted: str) -> Any:
        found = self.db.execute(
            select(table).where(table.c.cell_id == cell).where(table.c.notebook_id == submitted)
        ).one()
        told = dict(found._mapping)
        return SimpleNamespace(**told, before=told)


def assignment_rows(gradebook: Any, assignment: str) -> AssignmentRows:
    """The rows of an assignment in an open gradebook.

    Raises :class:`.folder.CourseTrouble` where it was not generated.
    """
    db = gradebook.db
    found = db.scalar(select(Assignment.id).where(Assignment.name == assignment))
    notebooks = [
        NotebookRows(id, name, *_cells(db, id))
        for id, name in db.execute(  # noqa: A001 (the column's name)
            select(Notebook.id, Notebook.name)
            .where(Notebook.assignment_id == found)
            .order_by(Notebook.name)
        )
    ]
    if not notebooks:
        raise CourseTrouble(
            f"{assignment} was not generated yet: peer-drift course release {assignment}"
        )
    return AssignmentRows(db, found, notebooks)


def _cells(db: Any, notebook: str) -> tuple[dict[str, str], dict[str, str], dict[str, float]]:
    def of(kind: Any) -> Iterable[Any]:
        found: Iterable[Any] = db.scalars(select(kind).where(kind.notebook_id == notebook))
        return list(found)

    graded, tasks = [*of(GradeCell)], [*of(TaskCell)]
    return (
        {each.name: each.id for each in graded + tasks},
        {each.name: each.id for each in [*of(SolutionCell), *tasks]},
        {each.name: each.max_score for each in graded + tasks},
    )


@contextmanager
def transaction(gradebook: Any) -> Iterator[None]:
    """All that is done within is kept, or none of it.

    It begins by taking SQLite's write lock: a person who confirms in Formgrader meanwhile waits,
    and what was read here before a change is still so when the change is written.
    """
    db = gradebook.db
    db.rollback()
    if db.bind.dialect.name == "sqlite":
        db.execute(text("BEGIN IMMEDIATE"))
    try:
        yield
        db.commit()
    except BaseException:
        db.rollback()
        raise
    finally:
        db.expunge_all()
