"""What readers wrote, as it comes back, and what of it reaches the author.

It comes like every other submission, into ``submitted/<reader>/circle-<assignment>/``, and is read
in the same way: as text, with nothing followed and nothing run. Only under a code that a reader was
given is anything taken from them.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from peer_drift_kit.answers import FOLDER
from peer_drift_kit.response import BOXES, from_markdown, is_form

from ..collect import MOST_FILES
from ..folder import CourseFolder, CourseTrouble
from ..handed_in import answer_in
from .packets import FALLBACK
from .record import Reading, Record, circle_name, load, needed, save
from .texts import called

__all__ = ["LONGEST_WORDS", "Back", "Gathered", "PeerWords", "back", "from_peers", "gather"]

#: A longer answer is taken to here.
LONGEST_WORDS = 20_000
#: So many files that nobody asked for are named.
MOST_NAMED = 5


@dataclass(frozen=True)
class PeerWords:
    """What a peer wrote about an answer to ``case``, as plain text; ``by`` only if signed."""

    case: str
    words: str
    by: str = ""


@dataclass(frozen=True)
class Back:
    """An answer that came back. ``news`` is "new", "changed" or nothing, since the last time."""

    reading: Reading
    news: str = ""


@dataclass(frozen=True)
class Gathered:
    """All that is back, and a line for each thing that a trainer should know."""

    answers: tuple[Back, ...]
    notes: tuple[str, ...]


def from_peers(course_root: Path, assignment: str) -> dict[str, list[PeerWords]]:
    """What peers wrote to each author, as far as a person has gathered it and not held it back.

    Opens the circle's own file and nothing else; without a circle there is nothing. Raises
    :class:`.folder.CourseTrouble` if that file cannot be read. All of it is plain text, to be
    escaped by whoever shows it.
    """
    record = load(course_root, assignment)
    told: dict[str, list[PeerWords]] = {}
    # In the order of the codes, which tells nothing of who wrote them.
    for each in sorted(record.readings if record else (), key=lambda each: each.code):
        if each.words and not each.held:
            told.setdefault(each.author, []).append(PeerWords(each.case, each.words, each.by))
    return told


def gather(
    course: CourseFolder, assignment: str, *, hold: Iterable[str] = (), let: Iterable[str] = ()
) -> Gathered:
    """Take what is back into the record, for a person to read and for the author to get.

    ``hold`` and ``let`` are codes: what is held stays held until it is let. Raises
    :class:`.folder.CourseTrouble`.
    """
    record = needed(course.root, assignment)
    held = _held(record, hold, let)
    found, notes = back(course, assignment, record)
    names = called(course) if record.names else {}
    readings = []
    answers = []
    for each in record.readings:
        words = found.get(each.code)
        now = replace(each, held=each.code in held)
        if words is not None:
            by = names.get(each.reader, each.reader) if record.names else ""
            now = replace(now, words=words, by=by if words else "")
            if each.words and not words:
                notes.append(f"{each.reader} has taken back what they wrote ({each.code})")
        readings.append(now)
        if now.words:
            news = "" if now.words == each.words else "changed" if each.words else "new"
            answers.append(Back(now, news))
    save(course.root, assignment, record.with_readings(readings))
    return Gathered(tuple(answers), tuple(notes))


def back(course: CourseFolder, assignment: str, record: Record) -> tuple[dict[str, str], list[str]]:
    """The answers that lie in the submitted folders, by code, and what was in the way.

    An empty text is one that its writer has emptied. Never raises for what a learner sent.
    """
    name = circle_name(assignment)
    given: dict[str, list[str]] = {}
    for each in record.readings:
        given.setdefault(each.reader, []).append(each.code)
    found: dict[str, str] = {}
    notes: list[str] = []
    for reader in course.students("submitted", name):
        folder = course.path("submitted", reader, name)
        codes = given.get(reader, [])
        for code in codes:
            answer = answer_in(folder, notebook=name, case=code, start=FALLBACK)
            if answer.trouble:
                notes.append(f"{reader}: {answer.trouble}")
            elif answer.text or os.path.lexists(folder / FOLDER / f"{code}.md"):
                found[code] = _words(answer.text)
        notes += [f"{reader}: {each}" for each in _not_asked_for(folder, codes)]
    return found, list(dict.fromkeys(notes))


def _held(record: Record, hold: Iterable[str], let: Iterable[str]) -> set[str]:
    known = {each.code for each in record.readings}
    hold, let = ({each.strip().lower() for each in codes} for codes in (hold, let))
    if strange := sorted((hold | let) - known):
        raise CourseTrouble(f"No text of this circle has the code {', '.join(strange)}.")
    return ({each.code for each in record.readings if each.held} | hold) - let


def _words(text: str) -> str:
    """An answer as its author reads it: what is in each box after its name, and no empty box."""
    if is_form(text):
        boxes = from_markdown(text)
        parts = ((box.name, boxes[box.id].strip()) for box in BOXES)
        text = "\n\n".join(f"{name}: {words}" for name, words in parts if words)
    text = text.strip()
    return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]} …"


def _not_asked_for(folder: Path, codes: Collection[str]) -> Iterator[str]:
    answers = folder / FOLDER
    if folder.is_symlink() or answers.is_symlink():
        return
    try:
        names = sorted(islice((each.name for each in answers.iterdir()), MOST_FILES))
    except OSError:
        return
    strange = [ascii(each) for each in names if each.endswith(".md") and each[:-3] not in codes]
    if strange:
        more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
        shown = ", ".join(strange[:MOST_NAMED])
        yield f"left out {shown}{more}, as this reader was given no such code"
