"""What a rewrite tells that the scene does not hold. It may be fine; it is asked, not judged."""

import re
from dataclasses import dataclass
from typing import Literal

from ..curriculum import Case
from ..review.quotations import quotations
from ..review.sentences import Span, sentences
from .words import content_words, scene_words

__all__ = ["New", "new_here"]

#: How much of a quotation must stand in the scene for it to be known.
_KNOWN = 0.5

_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august"
    r"|september|october|november|december|midnight|noon"
    r"|\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|a\.m\.|p\.m\.|o['’]clock)|\d+)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b)[A-Z][a-zà-ÿ]{2,20}\b")
_FEELING = re.compile(
    r"\b(?:happ(?:y|ier)|glad|relieved|grateful|thankful|proud|hopeful|calm(?:er)?|better|confident"
    r"|motivated|empowered|excited|smil(?:ed|ing)|laugh(?:ed|ing)|sad|upset|cr(?:ied|ying)|tears?"
    r"|tearful|lonely|ashamed|guilty|frustrated|anxious|scared|afraid|angry|worried|overwhelmed)\b",
    re.IGNORECASE,
)


Kind = Literal["quotation", "name", "time", "feeling"]
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("time", _TIME),
    ("name", _NAME),
    ("feeling", _FEELING),
)


@dataclass(frozen=True)
class New:
    """Something that the scene does not hold."""

    kind: Kind
    place: Span


def new_here(case: Case, text: str) -> tuple[New, ...]:
    """What is new in ``text``, in its order; each only once."""
    known = scene_words(case)
    scene = " ".join([case.setting, case.asked, case.drifted, *(fact.text for fact in case.scene)])
    quoted = list(quotations(text))
    found = [New("quotation", each) for each in quoted if not _said(text, each, known)]
    beginnings = {each.start for each in sentences(text)}
    for kind, pattern in _KINDS:
        there = {_plain(each[0]) for each in pattern.finditer(scene)}
        for match in pattern.finditer(text):
            word = _plain(match[0])
            inside = any(each.start <= match.start() < each.end for each in quoted)
            if word in there or inside or (kind == "name" and match.start() in beginnings):
                continue
            if kind == "name" and (_TIME.fullmatch(word) or word in scene.lower()):
                continue
            there.add(word)
            found.append(New(kind, Span(*match.span())))
    return tuple(sorted(found, key=lambda each: each.place))


def _plain(word: str) -> str:
    """ "Fridays" is no other day than "Friday"."""
    return word.lower().removesuffix("s")


def _said(text: str, quotation: Span, known: frozenset[str]) -> bool:
    words = content_words(text[quotation.start : quotation.end])
    return not words or len(words & known) / len(words) >= _KNOWN
