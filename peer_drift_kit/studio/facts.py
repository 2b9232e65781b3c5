"""What stayed true: whether a rewrite still tells what happened."""

import re
from dataclasses import dataclass
from typing import Literal

from ..curriculum import Case, Fact
from ..review.sentences import Span
from .words import family

__all__ = ["FactSeen", "stayed_true"]

_NOT = re.compile(r"\b(?:not|never|no|nobody|without|\w+n['’]t)\b", re.IGNORECASE)
#: How far a "not" reaches: to the end of its clause, four words at most.
_DENIED = re.compile(rf"{_NOT.pattern}(?:\s+[^\s,;:.]+){{0,4}}\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class FactSeen:
    """What became of a fact of the scene, and the words by which it seems to be told.

    ``unsure`` is said where only a part of it is found, or where a "not" stands beside it that the
    fact does not have.
    """

    fact: Fact
    state: Literal["kept", "missing", "contradicted", "unsure"]
    words: tuple[Span, ...] = ()


def stayed_true(case: Case, text: str) -> tuple[FactSeen, ...]:
    """Each fact that a rewrite is to keep, in the order of the scene."""
    return tuple(_seen(fact, text) for fact in case.scene if fact.told_by)


def _seen(fact: Fact, text: str) -> FactSeen:
    for words in fact.against:
        if told := [each for each in _places(words, text) if not _denied(each, text)]:
            return FactSeen(fact, "contradicted", tuple(told[:1]))
    found = [_places(words, text) for words in fact.told_by]
    there = tuple(places[0] for places in found if places)
    if not there:
        return FactSeen(fact, "missing")
    plain = _NOT.search(fact.text) or all(
        any(not _denied(each, text) for each in places) for places in found if places
    )
    return FactSeen(fact, "kept" if plain and all(found) else "unsure", there)


def _places(words: str, text: str) -> list[Span]:
    return [Span(*each.span()) for each in family(words).finditer(text)]


def _denied(place: Span, text: str) -> bool:
    """Whether a "not" stands before what is told."""
    return _DENIED.search(text, max(0, place.start - 60), place.start) is not None
