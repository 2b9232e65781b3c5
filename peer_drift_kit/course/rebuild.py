"""The first half of a review: our own notebook, with the learner's words put in.

A learner's notebook is never converted, so nothing in it can matter: no code, no changed points, no
odd metadata, no double or missing cell. What is taken from it is text (see :mod:`.handed_in`).
"""

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution

from peer_drift_kit.curriculum import Case, Sign, every

from . import patience  # noqa: F401  (autograde waits for a locked gradebook)
from .agreement import agreed_line
from .handed_in import answer_in, first_draft_in, reasons_in
from .inert import inert

__all__ = [
    "LARGEST_REBUILT",
    "ReadsNoLearnersNotebook",
    "RebuildFromRelease",
    "answer_cells",
    "rebuild",
]


#: A rebuilt notebook has a learner's text in it three times over.
LARGEST_REBUILT = 20_000_000


class ReadsNoLearnersNotebook(NotebookExporter):
    """Autograde's exporter. In the first half it opens no file; the preprocessor makes the page."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        if getattr(self.parent, "_sanitizing", True):
            empty = nbformat.from_dict(
                {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
            )  # type: ignore[no-untyped-call]
            return self.from_notebook_node(empty, resources, **kw)  # type: ignore[no-untyped-call]
        return super().from_filename(filename, resources, **kw)


class RebuildFromRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the released notebook in the place of the submitted one, with the learner's words in it.

    See :func:`rebuild`.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        named = resources["nbgrader"]
        student, assignment, name = (named[key] for key in ("student", "assignment", "notebook"))
        coursedir = self.parent.parent.coursedir
        released = Path(coursedir.format_path(coursedir.release_directory, ".", assignment))
        submitted = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
        try:
            nb = nbformat.read(released / f"{name}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
        except FileNotFoundError:
            raise NbGraderException(
                f"{assignment} was not generated yet: nbgrader generate_assignment {assignment}"
            ) from None
        for trouble in rebuild(nb, submitted, notebook=name):
            self.log.warning("%s, %s: %s", student, assignment, trouble)
        return nb, resources


def rebuild(nb: Any, submitted: Path, *, notebook: str) -> list[str]:
    """Put a learner's words into ``nb``, which is as it was released. Returns what was in the way.

    Each answer cell gets ``metadata.peer_drift_kit``: ``text`` (the words as they are, to be
    escaped by whoever shows them), ``title``, ``given`` (the drifted text of the case), ``draft``
    (the first one that was put aside), ``trouble``, and ``meant``, what the learner answered to
    findings. Its source is the same text, inert.
    """
    troubles = []
    for cell in answer_cells(nb):
        name = cell.metadata.nbgrader["grade_id"]
        found = answer_in(submitted, notebook=notebook, case=name, start=cell.source)
        if found.trouble:
            troubles.append(found.trouble)
        case = every(Case).get(name)
        draft = first_draft_in(submitted, case=name)
        cell.source = inert(found.text)
        cell.metadata["peer_drift_kit"] = {
            "text": found.text,
            "title": case.title if case else name,
            "given": case.drifted if case else "",
            "draft": draft if draft.strip() != found.text.strip() else "",
            "trouble": found.trouble,
            "meant": [
                {
                    "words": each.words,
                    "name": every(Sign)[each.label].name,
                    "because": each.because,
                    "line": agreed_line(each.words, every(Sign)[each.label].name),
                }
                for each in reasons_in(submitted, case=name)
            ],
        }
    return troubles


def answer_cells(nb: Any) -> list[Any]:
    """The cells in which an answer is read by a person."""
    return [cell for cell in nb.cells if is_grade(cell) and is_solution(cell)]
