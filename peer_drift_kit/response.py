"""What a peer answers to another's text: three boxes, kept as one Markdown file.

A file has a heading for each box and the words below it, to the character::

    ## Already here

    She stays at the window with him.

    ## I notice

A line of somebody's words that looks like one of the headings is kept with a backslash before it,
which in Markdown means the same. A file that was written by hand can be read as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["BOXES", "CIRCLE", "Box", "from_markdown", "is_code", "is_form", "to_markdown"]

#: How the folder of a circle's packet begins; the exercise's name follows.
CIRCLE = "circle-"

#: A code becomes the name of a file, so it is nothing but letters and digits.
CODE = re.compile(r"[a-z0-9]{4,40}", re.ASCII)


@dataclass(frozen=True)
class Box:
    """``name`` is its label and its heading in the file, ``hint`` one line of help."""

    id: str
    name: str
    hint: str


BOXES = (
    Box("here", "Already here", "What of the person, or of a peer beside them, is in this text?"),
    Box("notice", "I notice", "Which words stay with you? What do they do when you read them?"),
    Box("wonder", "I wonder", "A question to think about together, with no answer hidden in it."),
)

#: Where words go that stand before any heading, in a file that was written by hand.
UNNAMED = "notice"

_NAMES = "|".join(box.name for box in BOXES)
_LOOKS_SO = re.compile(rf"^(\\*)(?=## (?:{_NAMES}))", re.MULTILINE)
_ESCAPED = re.compile(rf"^\\(?=\\*## (?:{_NAMES}))", re.MULTILINE)
_HEADING = re.compile(rf"^## ({_NAMES})[ \t\r]*$", re.MULTILINE)


def to_markdown(boxes: Mapping[str, str]) -> str:
    """The file for these words, by the ids of the boxes; ``""`` where all of them are empty."""
    texts = [boxes.get(box.id, "") for box in BOXES]
    if not any(texts):
        return ""
    return "".join(
        f"## {box.name}\n\n{_LOOKS_SO.sub(_more, text)}\n\n"
        for box, text in zip(BOXES, texts, strict=True)
    )


def from_markdown(text: str) -> dict[str, str]:
    """The words of each box, by its id; what :func:`to_markdown` was given, or the like of it."""
    before, *rest = _HEADING.split(text)
    found: dict[str, list[str]] = {box.id: [] for box in BOXES}
    if before.strip():
        found[UNNAMED].append(before.strip())
    for name, words in zip(rest[::2], rest[1::2], strict=True):
        found[_ID_OF[name]].append(_ESCAPED.sub("", _unframed(words)))
    # Somebody who writes by hand may give one heading twice.
    return {id: "\n\n".join(filter(None, parts)) for id, parts in found.items()}  # noqa: A001


def is_code(name: str) -> bool:
    """Whether this could be the code under which a text was given."""
    return CODE.fullmatch(name) is not None


def is_form(text: str) -> bool:
    """Whether any of the headings is in a text."""
    return _HEADING.search(text) is not None


_ID_OF = {box.name: box.id for box in BOXES}


def _more(found: re.Match[str]) -> str:
    return f"\\{found[1]}"


def _unframed(words: str) -> str:
    """Without the line ends that stand around the words in the file, no more than there are."""
    for end in ("\n\n", "\n"):
        if words.startswith(end):
            words = words.removeprefix(end)
            break
    for end in ("\n\n", "\n"):
        if words.endswith(end):
            return words.removesuffix(end)
    return words
