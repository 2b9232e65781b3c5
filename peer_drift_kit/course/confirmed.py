"""Nothing goes back to a learner that no person has confirmed."""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from . import patience  # noqa: F401  (a locked gradebook is waited for)
from .circle import from_peers
from .page import put_page_parts
from .rebuild import answer_cells

__all__ = [
    "NotConfirmed",
    "OnlyConfirmed",
    "is_about",
    "is_confirmed",
    "mark_of",
    "put_confirmed",
    "waits",
]


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
            waiting = put_confirmed(
                nb,
                lambda name: (
                    gradebook.find_grade(name, *where),
                    gradebook.find_comment(name, *where),
                ),
            )
        if waiting:
            line = f"{named['student']}, {named['assignment']}: {waits(waiting)}"
            self.log.error(line)
            if _quiet not in self.log.filters:
                self.log.addFilter(_quiet)
            raise NotConfirmed(line)
        root = Path(self.parent.parent.coursedir.root)
        put_page_parts(nb, from_peers(root, named["assignment"]).get(named["student"], ()))
        return nb, resources


def put_confirmed(nb: Any, find: Callable[[str], tuple[Any, Any]]) -> list[str]:
    """Put points and words into the answer cells of ``nb``; return the answers that still wait.

    ``find`` gives the grade and the comment of an answer, by its name.
    """
    waiting = []
    for cell in answer_cells(nb):
        name = cell.metadata.nbgrader["grade_id"]
        grade, comment = find(name)
        text = cell.metadata.get("peer_drift_kit", {}).get("text", "")
        if not (is_confirmed(grade) and is_about(comment, text)):
            waiting.append(name)
        cell.metadata.nbgrader.update(
            score=grade.manual_score,
            points=grade.max_score,
            # Not comment.comment, which falls back to the suggestion nobody confirmed.
            comment=comment.manual_comment or "",
        )
    return waiting


def waits(names: list[str]) -> str:
    """One line that tells what waits."""
    return (
        f"{', '.join(names)} {'waits' if len(names) == 1 else 'wait'} for a person to confirm"
        f" {'it' if len(names) == 1 else 'them'} in Formgrader, so no feedback was made"
    )


def is_confirmed(grade: Any) -> bool:
    """Whether a person has settled the points of this grade."""
    return grade.manual_score is not None and not grade.needs_manual_grade


def is_about(comment: Any, text: str) -> bool:
    """Whether what stands in the gradebook is about this text.

    Work that was confirmed before the kit came has no mark, and is about whatever is there.
    """
    suggested = comment.auto_comment or ""
    return suggested.endswith(mark_of(text)) or "[about text " not in suggested


def mark_of(text: str) -> str:
    """The last line of a suggestion, which tells the text that it is about."""
    return f"\n\n[about text {hashlib.sha256(text.encode()).hexdigest()[:16]}]"


def _quiet(record: logging.LogRecord) -> bool:
    # nbgrader follows every error with its traceback. Ours is no fault, and the line says it all.
    text = str(record.msg)
    return not (text.startswith("Traceback") and f"{NotConfirmed.__qualname__}: " in text)
