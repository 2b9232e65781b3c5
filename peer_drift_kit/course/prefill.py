"""The second half of a review: a suggestion in the gradebook, for a person to confirm.

Formgrader shows ``manual_*`` in its boxes and ``auto_*`` only as a grey hint, so a suggestion is
written where a person would write, with ``needs_manual_grade`` left standing. A person's "Confirm"
in Formgrader takes that flag away, and nothing else does.
"""

import re
from functools import partial
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from peer_drift_kit.curriculum import Case, every
from peer_drift_kit.review import review

from .confirmed import is_about, is_confirmed, mark_of
from .marks import marked
from .rebuild import answer_cells
from .rubric import CRITERIA
from .suggestion import Suggestion, suggest

__all__ = ["HANDED_IN_AGAIN", "PrefillSuggestion", "prefill", "read_answer"]

#: A longer text is read to here: a telling has some hundred words.
LONGEST_REVIEW = 20_000

#: Such a notebook is flagged, which Formgrader shows in its lists.
HANDED_IN_AGAIN = "handed in again after a person confirmed; it waits for a person, as it is"


class PrefillSuggestion(NbGraderPreprocessor):  # type: ignore[misc]
    """Reviews each answer of a rebuilt notebook and writes the suggestion into the gradebook."""

    points = Enum(
        ["completion", "rubric"],
        default_value="completion",
        help="What points are for: a real try earns them all, or four criteria read in the text.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        named = resources["nbgrader"]
        where = (named["notebook"], named["assignment"], named["student"])
        read = [(cell, read_answer(cell, points=self.points)) for cell in answer_cells(nb)]
        with Gradebook(named["db_url"]) as gradebook:
            for cell, suggestion in read:
                name = cell.metadata.nbgrader["grade_id"]
                grade = gradebook.find_grade(name, *where)
                news = prefill(
                    grade,
                    gradebook.find_comment(name, *where),
                    suggestion,
                    text=cell.metadata["peer_drift_kit"]["text"],
                )
                if news == HANDED_IN_AGAIN:
                    grade.notebook.flagged = True
                self.log.info("%s, %s: %s", named["student"], name, news)
            gradebook.db.commit()
        return nb, resources


def read_answer(cell: Any, *, points: str) -> Suggestion:
    """Review the answer in a rebuilt cell; its ``metadata.peer_drift_kit`` gets the marks."""
    kept = cell.metadata["peer_drift_kit"]
    name = cell.metadata.nbgrader["grade_id"]
    suggestion = suggest(
        kept["text"][:LONGEST_REVIEW],
        case=every(Case).get(name),
        trouble=kept["trouble"],
        review=partial(review, case=name),
        points=points,
    )
    kept.update(marked(kept["text"], suggestion.review))
    if points == "rubric":
        kept["rubric"] = [{"id": each.id, "name": each.name} for each in CRITERIA]
    return suggestion


def prefill(grade: Any, comment: Any, suggestion: Suggestion, *, text: str) -> str:
    """Write a suggestion into a grade and a comment of the gradebook; return what was done.

    A confirmed score and comment are never changed. If the learner has handed in other words since,
    they wait for a person again, as they are. A comment that a person has begun to write stays.
    ``auto_comment`` keeps the suggestion, with a mark of the text it is about.
    """
    mark = mark_of(text)
    before = comment.auto_comment or ""
    if is_confirmed(grade) and is_about(comment, text):
        return "confirmed already; nothing was changed"
    comment.auto_comment = suggestion.comment + mark
    if is_confirmed(grade):
        grade.needs_manual_grade = True
        return HANDED_IN_AGAIN
    grade.needs_manual_grade = True
    if comment.manual_comment is not None and comment.manual_comment != _without_mark(before):
        return "a person has begun on this one; it waits, as it is"
    comment.manual_comment = suggestion.comment
    grade.manual_score = grade.max_score * suggestion.share
    return "a suggestion waits for a person"


def _without_mark(comment: str) -> str:
    return re.sub(r"\n\n\[about text \w+\]\Z", "", comment)
