"""What was noticed of a rewrite, as its view shows it: in words, and with places in UTF-16 units.

A browser counts a text in UTF-16 units, Python in characters; an emoji is two of the former.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..curriculum import (
    BeforeAndAfter,
    Case,
    Checklist,
    Idea,
    Practice,
    Prompt,
    Sign,
    Source,
    Table,
    every,
    find,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..review import Finding
    from ..studio import New, Turn

__all__ = ["noticed"]

#: What the studio says of a fact, of something new, and of a wrong turn.
SAYS = Path(__file__).parent / "studio.toml"

#: How the words of a sign are underlined, by what kind of stance it is: colour is not needed.
SHAPES = {
    "clinical-language": "wavy",
    "deficit-focus": "wavy",
    "distancing": "wavy",
    "assessing": "dotted",
    "attributed-motive": "dotted",
    "advising": "dashed",
    "compliance": "dashed",
    "deciding-for": "dashed",
    "behind-the-back": "double",
    "deferring": "double",
    "withholding-self": "double",
}


#: The kinds of thing that carry the rows of the teaching plan, the most telling first.
KINDS: tuple[Any, ...] = (Idea, Table, BeforeAndAfter, Case, Checklist, Prompt)


def noticed(case: Case, text: str) -> dict[str, Any]:
    """Everything that is noticed of ``text`` as a rewrite of ``case``."""
    from ..review import review
    from ..studio import look

    found, seen, at = review(text, case=case.id), look(case, text), _Places(text)
    return {
        "findings": [_finding(case, text, each, at) for each in found.findings],
        "practices": [
            {"name": find(Practice, each.label).name, "words": text[each.start : each.end]}
            for each in found.practices
        ],
        "facts": [
            {
                "text": each.fact.text,
                "state": each.state,
                "says": _says()["facts" if each.fact.what == "fact" else "worries"][each.state],
                "words": [text[start:end] for start, end in each.words],
            }
            for each in seen.facts
        ],
        "new": [_new(text, each) for each in seen.new],
        "turns": [_turn(case, text, each) for each in seen.turns],
    }


def _finding(case: Case, text: str, finding: Finding, at: _Places) -> dict[str, Any]:
    sign = find(Sign, finding.label)
    return {
        "label": finding.label,
        "name": sign.name,
        "words": text[finding.start : finding.end],
        "from": at(finding.start),
        "to": at(finding.end),
        "shape": SHAPES[finding.label],
        "notice": finding.notice,
        "wonder": finding.wonder,
        "source": _row(finding.source),
        "required": finding.required,
        "opening": _opening(case, finding.label),
    }


def _opening(case: Case, label: str) -> str:
    """How another peer opened a sentence where this sign had stood."""
    moves = (move for sample in case.samples for move in sample.moves)
    return next((move.words for move in moves if move.instead_of == label), "")


def _new(text: str, new: New) -> dict[str, str]:
    words = text[new.place.start : new.place.end]
    return {"words": words, "says": _says()["new"][new.kind].replace("{words}", words.strip('"“”'))}


def _turn(case: Case, text: str, turn: Turn) -> dict[str, str]:
    said = _says()["turns"][turn.turn]
    own = next((each.text for each in case.watch_for if each.turn == turn.turn), "")
    words = text[turn.place.start : turn.place.end] if turn.place else ""
    return {
        "turn": turn.turn,
        "words": words,
        "notice": said["notice"].replace("{words}", words),
        "wonder": said["wonder"],
        "own": own,
    }


@cache
def _says() -> Mapping[str, Any]:
    return tomllib.loads(SAYS.read_text(encoding="utf-8"))


@cache
def _row(row: str) -> str:
    """Where a row of the teaching plan comes from, as a learner reads it."""
    for kind in KINDS:
        for item in every(kind).values():
            if row in item.rows:
                work = find(Source, item.source)
                return f"{work.author}: {work.title}. Part: {item.topic}"
    return ""


class _Places:
    """Turns offsets in characters into offsets in UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain = text.isascii()

    def __call__(self, offset: int) -> int:
        if self._plain:
            return offset
        return len(self._text[:offset].encode("utf-16-le", "surrogatepass")) // 2
