"""What a rewrite does with its case: what stayed true, what is new, and which wrong turns it takes.

Pure, as the reviewer is: a case and a text in, what is noticed out. Nothing is counted or scored.
"""

from dataclasses import dataclass

from ..curriculum import Case
from .facts import FactSeen, stayed_true
from .new_here import New, new_here
from .turns import Turn, turns

__all__ = ["FactSeen", "Look", "New", "Turn", "look"]


@dataclass(frozen=True)
class Look:
    """What is noticed of a rewrite, beside its signs and practices."""

    facts: tuple[FactSeen, ...]
    new: tuple[New, ...]
    turns: tuple[Turn, ...]


def look(case: Case, text: str) -> Look:
    """Look at ``text`` as a rewrite of ``case``. For an empty text there is nothing to notice."""
    if not text.strip():
        return Look((), (), ())
    return Look(stayed_true(case, text), new_here(case, text), turns(case, text))
