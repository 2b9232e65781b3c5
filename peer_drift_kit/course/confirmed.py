"""Nothing goes back to a learner that no person has confirmed."""

import logging
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from .rebuild import answer_cells

__all__ = ["NotConfirmed", "OnlyConfirmed", "is_confirmed"]


class NotConfirmed(Exception):
    """A person has not confirmed this work yet. The message names what waits."""


class OnlyConfirmed(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the confirmed points and words into a notebook, on its way to the feedback page.

    Raises :class:`NotConfirmed`; nbgrader then makes no page for this learner, goes on with the
    others, and ends with an error.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        named = resources["nbgrader"]
        where = (named["notebook"], named["assignment"], named["student"])
        with Gradebook(named["db_url"]) as gradebook:
            waiting = []
            for cell in answer_cells(nb):
                name = cell.metadata.nbgrader["grade_id"]
                grade = gradebook.find_grade(name, *where)
                if not is_confirmed(grade):
                    waiting.append(name)
                # Not comment.comment, which falls back to the suggestion nobody confirmed.
                words = gradebook.find_comment(name, *where).manual_comment
                cell.metadata.nbgrader.update(
                    score=grade.score, points=grade.max_score, comment=words or ""
                )
        if waiting:
            line = (
                f"{named['student']}, {named['assignment']}: {', '.join(waiting)} waits for a"
                " person to confirm it in Formgrader, so no feedback was made"
            )
            self.log.error(line)
            if _quiet not in self.log.filters:
                self.log.addFilter(_quiet)
            raise NotConfirmed(line)
        return nb, resources


def is_confirmed(grade: Any) -> bool:
    """Whether a person has settled the points of this grade."""
    return grade.manual_score is not None and not grade.needs_manual_grade


def _quiet(record: logging.LogRecord) -> bool:
    # nbgrader follows every error with its traceback. Ours is no fault, and the line says it all.
    text = str(record.msg)
    return not (text.startswith("Traceback") and f"{NotConfirmed.__qualname__}: " in text)
