"""What a circle has to read: the real tries that learners handed in, as text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import nbformat

from peer_drift_kit.curriculum import Case, every
from peer_drift_kit.review import Review

from ..collect import STUDENT
from ..folder import CourseFolder
from ..handed_in import answer_in
from ..rebuild import answer_cells
from ..suggestion import suggest

__all__ = ["LONGEST_TEXT", "Tries", "called", "holds_a_name", "tries"]

#: A longer text is given to here: a telling has some hundred words.
LONGEST_TEXT = 20_000


@dataclass
class Tries:
    """``texts`` by learner and case, of all who have one; ``without`` are those who have none.

    ``notes`` tell the trainer what could not be read.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def tries(course: CourseFolder, assignment: str) -> Tries:
    """Read what was handed in for an assignment: text, and only of real tries.

    Never raises for what a learner sent.
    """
    cells = [
        (path.stem, cell.metadata.nbgrader["grade_id"], cell.source)
        for path in sorted(course.path("release", ".", assignment).glob("*.ipynb"))
        for cell in answer_cells(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]
    ]
    found = Tries()
    for student in course.students("submitted", assignment):
        if not STUDENT.fullmatch(student):
            found.notes.append(f"{student!a} is no learner's name, so it was left out")
            continue
        folder = course.path("submitted", student, assignment)
        texts: dict[str, str] = {}
        for notebook, case, start in cells:
            answer = answer_in(folder, notebook=notebook, case=case, start=start)
            if answer.trouble:
                found.notes.append(f"{student}: {answer.trouble}")
            text = answer.text[:LONGEST_TEXT]
            shown = every(Case).get(case)
            if suggest(text, case=shown, trouble=answer.trouble, review=_nothing_heard).tried:
                texts[case] = text
        if texts:
            found.texts[student] = texts
        else:
            found.without.append(student)
    return found


def called(course: CourseFolder) -> dict[str, str]:
    """How each learner on the roster is called, by id; the id itself where no name is known."""
    with course.gradebook() as gradebook:
        return {
            each.id: " ".join(filter(None, (each.first_name, each.last_name))) or each.id
            for each in gradebook.students
        }


def holds_a_name(text: str, names: Iterable[str]) -> bool:
    """Whether one of these words is in a text, as a word of its own."""
    words = {part for name in names for part in name.split() if len(part) > 1}
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text) for each in words)


def _nothing_heard(text: str) -> Review:
    """Whether a try is real does not hang on what the reviewer hears in it."""
    return Review(text=text, findings=(), practices=())
