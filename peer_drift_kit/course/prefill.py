"""The second half of autograde: a suggestion in the gradebook, for a person to confirm.

Formgrader shows ``manual_*`` in its boxes and ``auto_*`` only as a grey hint, so a suggestion is
written where a person would write, with ``needs_manual_grade`` left standing. A person's "Confirm"
in Formgrader takes that flag away, and nothing else does.
"""

import hashlib
import re
from functools import partial
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum

from peer_drift_kit.curriculum import Case, every
from peer_drift_kit.review import Review, review

from .confirmed import is_confirmed
from .rebuild import answer_cells
from .suggestion import Suggestion, suggest

__all__ = ["PrefillSuggestion", "prefill"]

#: A longer text is read to here: a telling has some hundred words.
LONGEST_REVIEW = 20_000


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
        with Gradebook(named["db_url"]) as gradebook:
            for cell in answer_cells(nb):
                name = cell.metadata.nbgrader["grade_id"]
                kept = cell.metadata["peer_drift_kit"]
                suggestion = suggest(
                    kept["text"],
                    case=every(Case).get(name),
                    trouble=kept["trouble"],
                    review=partial(_review, case=name),
                )
                news = prefill(
                    gradebook.find_grade(name, *where),
                    gradebook.find_comment(name, *where),
                    suggestion,
                    text=kept["text"],
                )
                self.log.info("%s, %s: %s", named["student"], name, news)
            gradebook.db.commit()
        return nb, resources


def prefill(grade: Any, comment: Any, suggestion: Suggestion, *, text: str) -> str:
    """Write a suggestion into a grade and a comment of the gradebook; return what was done.

    A confirmed score and comment are never changed. If the learner has handed in other words since,
    they wait for a person again, as they are. A comment that a person has begun to write stays.
    ``auto_comment`` keeps the suggestion, with a mark of the text it is about.
    """
    mark = f"\n\n[about text {hashlib.sha256(text.encode()).hexdigest()[:16]}]"
    before = comment.auto_comment or ""
    if is_confirmed(grade) and (before.endswith(mark) or "[about text " not in before):
        return "confirmed already; nothing was changed"
    comment.auto_comment = suggestion.comment + mark
    if is_confirmed(grade):
        grade.needs_manual_grade = True
        return "handed in again after a person confirmed; it waits for a person, as it is"
    grade.needs_manual_grade = True
    if comment.manual_comment is not None and comment.manual_comment != _without_mark(before):
        return "a person has begun on this one; it waits, as it is"
    comment.manual_comment = suggestion.comment
    grade.manual_score = grade.max_score if suggestion.tried else 0.0
    return "a suggestion waits for a person"


def _without_mark(comment: str) -> str:
    return re.sub(r"\n\n\[about text \w+\]\Z", "", comment)


def _review(text: str, case: str) -> Review:
    return review(text[:LONGEST_REVIEW], case=case)
