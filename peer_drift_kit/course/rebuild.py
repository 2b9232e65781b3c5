"""The first half of autograde: our own notebook, with the learner's words put in.

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

from .handed_in import answer_in, reasons_in
from .inert import inert

__all__ = ["ReadsNoLearnersNotebook", "RebuildFromRelease", "answer_cells"]


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

    Each answer cell gets ``metadata.peer_drift_kit``: ``text`` (the words as they are, to be
    escaped by whoever shows them), ``title``, ``trouble``, and ``meant``, what the learner answered
    to findings. Its source is the same text, inert.
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
        for cell in answer_cells(nb):
            case = cell.metadata.nbgrader["grade_id"]
            found = answer_in(submitted, notebook=name, case=case, start=cell.source)
            if found.trouble:
                self.log.warning("%s, %s: %s", student, assignment, found.trouble)
            known = every(Case).get(case)
            cell.source = inert(found.text)
            cell.metadata["peer_drift_kit"] = {
                "text": found.text,
                "title": known.title if known else case,
                "trouble": found.trouble,
                "meant": [
                    {
                        "words": each.words,
                        "name": every(Sign)[each.label].name,
                        "because": each.because,
                    }
                    for each in reasons_in(submitted, case=case)
                ],
            }
        return nb, resources


def answer_cells(nb: Any) -> list[Any]:
    """The cells in which an answer is read by a person."""
    return [cell for cell in nb.cells if is_grade(cell) and is_solution(cell)]
