"""A cohort's submissions read in one process, with one gradebook open.

It leaves what ``nbgrader autograde`` leaves with the same preprocessors: the same rows in the
gradebook (a test compares them) and the same rebuilt notebooks. It may be killed and run again at
any time.
"""

import copy
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import nbformat
from nbformat.v4 import writes_json

from .folder import CourseFolder, CourseTrouble
from .outcome import Outcome, failed
from .prefill import HANDED_IN_AGAIN, PrefillSuggestion, prefill, read_answer
from .rebuild import answer_cells, rebuild
from .rows import AssignmentRows, NotebookRows, assignment_rows, transaction
from .small_files import TIME, copy_small_files, time_in
from .suggestion import Suggestion
from .whole_file import write_whole

__all__ = ["review_all"]

#: So many learners' rows are written in one transaction.
BATCH = 25


@dataclass
class _Read:
    """A submission, read and rebuilt; nothing of it is in the gradebook yet."""

    student: str
    timestamp: datetime | None
    notebooks: list[tuple[NotebookRows, Any, list[tuple[str, str, Suggestion]]]]
    left_out: list[NotebookRows]
    lines: list[str]


def review_all(course: CourseFolder, assignment: str, students: Iterable[str]) -> Iterator[Outcome]:
    """Review what these learners handed in, and put a suggestion into the gradebook for each.

    A submission that cannot be dealt with is told, and the others go on. Raises
    :class:`.folder.CourseTrouble` before the first one if the assignment was not generated.
    """
    points = PrefillSuggestion(parent=course.app).points
    todo = iter(students)
    with course.gradebook() as gradebook:
        rows = assignment_rows(gradebook, assignment)
        given_out = {each.name: _released(course, assignment, each.name) for each in rows.notebooks}
        while batch := list(islice(todo, BATCH)):
            read: list[_Read] = []
            for student in batch:
                try:
                    read.append(_read(course, assignment, student, rows, given_out, points))
                except Exception as error:  # noqa: BLE001 (one learner never stops the others)
                    yield failed(student, error)
            yield from _keep(course, assignment, gradebook, rows, read)


def _released(course: CourseFolder, assignment: str, notebook: str) -> Any:
    path = course.path("release", ".", assignment) / f"{notebook}.ipynb"
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        raise CourseTrouble(
            f"{path} is gone. Make it again: peer-drift course release {assignment}"
        ) from None


def _read(
    course: CourseFolder,
    assignment: str,
    student: str,
    rows: AssignmentRows,
    given_out: dict[str, Any],
    points: str,
) -> _Read:
    submitted = course.path("submitted", student, assignment)
    read = _Read(student, None, [], [], [])
    read.timestamp = time_in(submitted)
    if read.timestamp is None and os.path.lexists(submitted / TIME):
        read.lines.append(f"{TIME} tells no time, so none was taken")
    for each in rows.notebooks:
        if not (submitted / f"{each.name}.ipynb").exists():
            read.left_out.append(each)
            continue
        nb = copy.deepcopy(given_out[each.name])
        read.lines += rebuild(nb, submitted, notebook=each.name)
        answers = [
            (
                cell.metadata.nbgrader["grade_id"],
                cell.metadata["peer_drift_kit"]["text"],
                read_answer(cell, points=points),
            )
            for cell in answer_cells(nb)
        ]
        read.notebooks.append((each, nb, answers))
    if not read.notebooks:
        names = ", ".join(f"{each.name}.ipynb" for each in rows.notebooks)
        raise LookupError(f"{names} is not in the folder, so nothing was read")
    return read


def _keep(
    course: CourseFolder, assignment: str, gradebook: Any, rows: AssignmentRows, read: list[_Read]
) -> Iterator[Outcome]:
    """Write a batch; where that fails, each learner alone, so that the one at fault is told."""
    try:
        with transaction(gradebook):
            outcomes = [_write(course, assignment, rows, each) for each in read]
    except Exception as error:  # noqa: BLE001 (the same)
        if len(read) == 1:
            yield failed(read[0].student, error)
            return
        for each in read:
            yield from _keep(course, assignment, gradebook, rows, [each])
        return
    yield from outcomes


def _write(course: CourseFolder, assignment: str, rows: AssignmentRows, read: _Read) -> Outcome:
    student, lines, done = read.student, list(read.lines), []
    rows.hand_in(student, read.timestamp)
    for notebook in read.left_out:
        lines.append(f"{notebook.name}.ipynb was not handed in")
        rows.left_out(student, notebook)
    target = course.path("autograded", student, assignment)
    submitted = course.path("submitted", student, assignment)
    for notebook, nb, answers in read.notebooks:
        # Read-only, as nbgrader leaves it.
        text = writes_json(nb)  # type: ignore[no-untyped-call]
        write_whole(target / f"{notebook.name}.ipynb", f"{text}\n".encode(), mode=0o444)
        for name, words, suggestion in answers:
            grade, comment = rows.find(student, notebook, name)
            news = prefill(grade, comment, suggestion, text=words)
            rows.keep(grade, comment)
            if news == HANDED_IN_AGAIN:
                rows.flag(student, notebook)
                lines.append(f"{name}: {news}")
            done.append(news)
    copy_small_files(submitted, target)
    return Outcome(student, tuple(lines), news=tuple(done))
