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
    "Heard",
    "Idea",
    "Move",
    "Option",
    "OwnWord",
    "Pair",
    "Point",
    "Practice",
    "Prompt",
    "Question",
    "Recommendation",
    "Recommendations",
    "Sample",
    "SampleMove",
    "Sign",
    "Source",
    "Spot",
    "Table",
    "TurnId",
    "WrongTurn",
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
class Heard:
    """A sentence to listen to. ``sign`` is the sign of drift in it; none means that nothing is."""

    id: str
    text: str
    why: str
    sign: str = ""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Sentences to listen to, and the signs to choose from. Every choice gets an answer."""

    id: str
    title: str
    text: str
    signs: tuple[str, ...]
    sentences: tuple[Heard, ...]
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
    """Something that was seen, heard or said in the scene of a case.

    A ``worry`` for somebody's life is a fact that is never to be left out.

    What must stay true has ``told_by``: groups of words of which a text has one each when it tells
    the fact ("window|pane", "toast*"). ``against`` are words that tell it the other way round.
    Both are written like the words of a rule, with ``|`` between alternatives.
    """

    id: str
    text: str
    what: Literal["fact", "worry"] = "fact"
    told_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnWord:
    """A word that is the person's own, and the words that would correct it."""

    word: str
    instead: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SampleMove:
    """A passage of a sample, word for word, and the practice that it shows.

    ``instead_of`` names the sign that stood in its place in the drifted text, where one did.
    """

    practice: str
    words: str
    instead_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One way that one peer rewrote a case, with its moves marked."""

    voice: str
    text: str
    moves: tuple[SampleMove, ...]


TurnId = Literal[
    "unchanged", "softer-words", "a-sample", "no-note", "lecture", "happy-end", "word-corrected"
]


@dataclass(frozen=True, kw_only=True)
class WrongTurn:
    """A rewrite that sounds well and is none: what to watch for, told and shown."""

    turn: TurnId
    text: str
    example: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """A drifted text about invented people, to be rewritten in a peer's voice.

    A ``note`` was written, a ``talk`` is something that was said. ``asked`` is what the learner is
    asked to do, ``person`` the name of whom it is about. ``signs`` are the signs of drift that the
    drifted text is there to show.
    """

    id: str
    title: str
    kind: Literal["note", "talk"]
    level: Literal["obvious", "everyday", "one slip"]
    setting: str
    person: str
    asked: str
    scene: tuple[Fact, ...]
    drifted: str
    signs: tuple[str, ...]
    own_words: tuple[OwnWord, ...]
    watch_for: tuple[WrongTurn, ...]
    samples: tuple[Sample, ...]
    source: str
    topic: str
    rows: tuple[str, ...]
