"""What the curriculum's data looks like: one frozen dataclass for each kind of thing.

A TOML table becomes one of these, key by key. The loader refuses unknown and missing keys, so this
file is the only description of the data that there is. Ids are written by hand and permanent: a
journal entry, an answer and a finding refer to them for years.

Every thing that a lesson can show carries ``rows``: the rows of the teaching plan (see
``tests/curriculum/rows.toml``) that a learner has met once it was shown.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BeforeAndAfter",
    "Case",
    "Check",
    "Checklist",
    "Fact",
    "Figure",
    "Idea",
    "Move",
    "Option",
    "Pair",
    "Point",
    "Practice",
    "Prompt",
    "Question",
    "Recommendation",
    "Recommendations",
    "Sample",
    "Sign",
    "Source",
    "Table",
]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A work that the curriculum draws on."""

    id: str
    author: str
    title: str
    year: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of drift that wording can show."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Practice:
    """Something a peer does that wording can show."""

    id: str
    name: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """One of several things to tell apart: what it is called, and what it is."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A thought to read: a title, paragraphs and, where they help, points."""

    id: str
    title: str
    text: tuple[str, ...]
    source: str
    topic: str
    rows: tuple[str, ...]
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A question to reflect on in private."""

    id: str
    question: str
    help: str
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One contrast: what it is like on either side."""

    id: str
    about: str
    left: str
    right: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """Paired contrasts to look at oneself with."""

    id: str
    title: str
    left: str
    right: str
    pairs: tuple[Pair, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer one may pick, and what the kit says to it."""

    text: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """A question about something read. Every option gets an answer that explains; none a mark."""

    id: str
    question: str
    options: tuple[Option, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that changed between a drifted text and a peer's.

    ``before`` and ``after`` are passages of the two texts, word for word; either may be empty
    where something was only added or only left out.
    """

    id: str
    name: str
    why: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class BeforeAndAfter:
    """The same contact told twice, with the moves between the tellings.

    ``before_title`` and ``after_title`` name the two tellings.
    """

    id: str
    title: str
    scene: str
    before_title: str
    before: str
    after_title: str
    after: str
    moves: tuple[Move, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of a checklist. ``hope`` says which answer is the good news."""

    id: str
    text: str
    hope: Literal["yes", "no", "open"]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """Questions for a supervisor and a peer to look at together."""

    id: str
    title: str
    text: tuple[str, ...]
    questions: tuple[Question, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """One thing that somebody could do."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Recommendations:
    """Things that one group of people could do about drift."""

    id: str
    title: str
    text: tuple[str, ...]
    items: tuple[Recommendation, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawing: ``widgets/figures/<id>.svg``. ``alt`` names it, ``words`` says all it shows."""

    id: str
    title: str
    alt: str
    words: tuple[str, ...]
    source: str
    topic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that was seen, heard or said in the scene of a case."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One way that one peer rewrote a case. ``practices`` are the practices it shows."""

    voice: str
    text: str
    practices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A drifted text about invented people, to be rewritten in a peer's voice.

    ``signs`` are the signs of drift that the drifted text is there to show.
    """

    id: str
    title: str
    kind: Literal["note", "talk"]
    level: Literal["obvious", "everyday", "one slip"]
    setting: str
    scene: tuple[Fact, ...]
    drifted: str
    signs: tuple[str, ...]
    watch_for: tuple[str, ...]
    samples: tuple[Sample, ...]
    source: str
    topic: str
    rows: tuple[str, ...]
