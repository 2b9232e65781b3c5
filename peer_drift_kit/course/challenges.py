"""What learners meant, where a person agreed: material for better rules.

A learner may answer a finding with "I meant this because ...". The line of the comment by which a
person agrees is the record (see :mod:`.agreement`).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, astuple, dataclass
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from peer_drift_kit.curriculum import Sign, every
from peer_drift_kit.plain_file import read_plain
from peer_drift_kit.review.sentences import sentences

from .agreement import OPENING, agreed
from .confirmed import is_about, is_confirmed
from .folder import CourseFolder
from .rebuild import LARGEST_REBUILT
from .standing import reading

__all__ = ["Challenge", "agreed_challenges", "as_lines"]


@dataclass(frozen=True, order=True)
class Challenge:
    """Words that the kit noticed and a learner meant, with the sentence they stand in.

    Nothing tells who wrote it. ``sentence`` is empty if the words are not in the text any more.
    """

    assignment: str
    case: str
    label: str
    words: str
    because: str
    sentence: str


def agreed_challenges(course: CourseFolder) -> tuple[list[Challenge], list[str]]:
    """What was agreed with in confirmed work, in an order that does not tell who wrote it, and a
    line for each notebook that could not be read.
    """
    found: list[Challenge] = []
    troubles = []
    with reading(course) as session:
        for row in _confirmed(session) if session else ():
            try:
                found += list(_agreed_in(course, row))
            except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
                where = f"{row.student}, {row.assignment}"
                troubles.append(f"{where}: the notebook in autograded/ could not be read")
    return sorted(found, key=astuple), troubles


def as_lines(challenges: Iterable[Challenge]) -> bytes:
    """One JSON object a line, in UTF-8."""
    return "".join(
        json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in challenges
    ).encode()


def _confirmed(session: Session) -> Iterator[Any]:
    """The comments on confirmed answers that agree with something. No other notebook is opened."""
    grades = session.execute(
        select(Grade.notebook_id, BaseCell.name, Grade.manual_score, Grade.needs_manual_grade).join(
            BaseCell, BaseCell.id == Grade.cell_id
        )
    )
    # An answer has two cells in the gradebook, of one name: one for the points, one for the words.
    confirmed = {(each.notebook_id, each.name) for each in grades if is_confirmed(each)}
    comments = session.execute(
        select(
            Comment.notebook_id,
            Comment.auto_comment,
            Comment.manual_comment,
            BaseCell.name.label("case"),
            Notebook.name.label("notebook"),
            Assignment.name.label("assignment"),
            SubmittedAssignment.student_id.label("student"),
        )
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .join(SubmittedNotebook, SubmittedNotebook.id == Comment.notebook_id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Comment.manual_comment.is_not(None))
    )
    return (
        each
        for each in comments
        if (each.notebook_id, each.case) in confirmed
        and OPENING in " ".join(each.manual_comment.split())
    )


def _agreed_in(course: CourseFolder, row: Any) -> Iterator[Challenge]:
    """What was agreed with in one answer, as its rebuilt notebook keeps it."""
    folder = course.path("autograded", row.student, row.assignment)
    data = read_plain(folder, f"{row.notebook}.ipynb", at_most=LARGEST_REBUILT)
    labels = {each.name: each.id for each in every(Sign).values()}
    for cell in json.loads(data)["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") != row.case:
            continue
        kept = cell["metadata"]["peer_drift_kit"]
        if not is_about(row, kept["text"]):
            continue
        for each in kept["meant"]:
            if agreed(row.manual_comment, each["words"], each["name"]):
                yield Challenge(
                    assignment=row.assignment,
                    case=row.case,
                    label=labels.get(each["name"], each["name"]),
                    words=each["words"],
                    because=each["because"],
                    sentence=_sentence(kept["text"], each["words"]),
                )


def _sentence(text: str, words: str) -> str:
    """The sentence that holds the words, or the sentences where they go beyond one."""
    parts = words.split()
    found = re.search(r"\s+".join(map(re.escape, parts)), text) if parts else None
    if found is None:
        return ""
    held = [
        each for each in sentences(text) if each.start < found.end() and found.start() < each.end
    ]
    return " ".join(text[held[0].start : held[-1].end].split())
