"""Finds the words of a learner in a submitted folder."""

import json
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from unicodedata import category

from peer_drift_kit.answers import FOLDER, Meant, meant_in
from peer_drift_kit.curriculum import Sign, every
from peer_drift_kit.handing_in import LARGEST_ANSWER, LARGEST_NOTEBOOK, LARGEST_REASONS
from peer_drift_kit.plain_file import NotPlain, read_plain

__all__ = [
    "LARGEST_ANSWER",
    "LARGEST_NOTEBOOK",
    "LARGEST_REASONS",
    "HandedIn",
    "answer_in",
    "first_draft_in",
    "reasons_in",
]

#: So many reasons are shown, each so long at most.
MOST_REASONS, LONGEST_REASON = 50, 2_000
MOST_DRAFTS = 500
#: On one letter. No language needs more. (Unicode, UAX 15: stream-safe text)
MOST_MARKS = 30
DRAFT = re.compile(r"[\w.-]{1,100}\.md", re.ASCII)

# What no text needs and what some program on the way stumbles over.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class HandedIn:
    """What a learner wrote. ``trouble`` tells the trainer what could not be read, if anything."""

    text: str
    trouble: str = ""


def answer_in(folder: Path, *, notebook: str, case: str, start: str) -> HandedIn:
    """The answer to a case: ``answers/<case>.md``, or else the answer cell of the notebook.

    ``start`` is what the answer cell held when it was given out. Never raises for what a learner
    sent: whatever cannot be read is no text, and ``trouble`` says why.
    """
    try:
        written = _text(read_plain(folder, FOLDER, f"{case}.md", at_most=LARGEST_ANSWER))
        if written.strip():
            return HandedIn(written)
    except FileNotFoundError:
        pass
    except (NotPlain, OSError) as error:
        return HandedIn("", f"{error}; nothing was taken from it")
    name = f"{notebook}.ipynb"
    try:
        cells = json.loads(_text(read_plain(folder, name, at_most=LARGEST_NOTEBOOK)))["cells"]
        sources = [_text_of(cell) for cell in cells if _id_of(cell) == case]
    except FileNotFoundError:
        return HandedIn("")
    except (NotPlain, OSError) as error:
        return HandedIn("", f"{error}; nothing was taken from it")
    except (ValueError, TypeError, KeyError, RecursionError):
        return HandedIn("", f"{name} is no notebook that can be read; nothing was taken from it")
    texts = (_clean(source).replace(start.strip(), "", 1).strip() for source in sources)
    text = next((text for text in texts if text), "")
    if len(text.encode()) > LARGEST_ANSWER:
        told = f"the answer in {name} is larger than {LARGEST_ANSWER:,} bytes"
        return HandedIn("", f"{told}; nothing was taken from it")
    return HandedIn(text)


def first_draft_in(folder: Path, *, case: str) -> str:
    """The oldest draft that was put aside, or nothing.

    Never raises for what a learner sent: what cannot be read is no draft.
    """
    drafts = folder / FOLDER / "drafts" / case
    try:
        if any(each.is_symlink() for each in (drafts, drafts.parent, drafts.parent.parent, folder)):
            return ""
        # A draft is named by its time, so the first name is the first draft.
        names = sorted(islice((each.name for each in drafts.iterdir()), MOST_DRAFTS))
    except OSError:
        return ""
    for name in names:
        if DRAFT.fullmatch(name):
            try:
                data = read_plain(folder, FOLDER, "drafts", case, name, at_most=LARGEST_ANSWER)
            except (NotPlain, OSError):
                continue
            if (text := _text(data)).strip():
                return text
    return ""


def reasons_in(folder: Path, *, case: str) -> list[Meant]:
    """What the learner answered to findings: known signs only, as text that nothing stumbles over.

    Never raises for what a learner sent: what cannot be read is no reason.
    """
    try:
        data = read_plain(folder, FOLDER, f"{case}.json", at_most=LARGEST_REASONS)
    except (NotPlain, OSError):
        return []
    return [
        Meant(
            each.label, _clean(each.words)[:LONGEST_REASON], _clean(each.because)[:LONGEST_REASON]
        )
        for each in meant_in(data)[:MOST_REASONS]
        if each.label in every(Sign)
    ]


def _id_of(cell: Any) -> Any:
    for key in ("metadata", "nbgrader", "grade_id"):
        cell = cell.get(key) if isinstance(cell, dict) else None
    return cell


def _text_of(cell: Any) -> str:
    source = cell.get("source", "")
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str))


def _text(data: bytes) -> str:
    return _clean(data.decode("utf-8-sig", errors="replace"))


def _clean(text: str) -> str:
    # JSON can hold half of a surrogate pair, which no file and no database can.
    whole = text.encode("utf-8", errors="replace").decode("utf-8")
    return _few_marks(CONTROL.sub("�", whole.replace("\r\n", "\n").replace("\r", "\n")))


def _few_marks(text: str) -> str:
    """A browser draws a letter with ten thousand marks for a minute. The others are left out."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if category(sign).startswith("M") else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
