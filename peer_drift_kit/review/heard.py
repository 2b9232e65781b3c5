"""What the learned reader heard in one sentence."""

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from math import exp, prod

from .clauses import beginnings
from .features import Token
from .labels import SIGNS

__all__ = ["Heard", "likely"]

#: Even where it is surest, the reader was right some 24 times in 25 (see the model card).
SUREST = 0.96
_NEVER = -4.0
#: However loud one sentence is, it makes no room by itself.
_SUREST_OF_A_ROOM = 4.0


@dataclass(frozen=True)
class Heard:
    """What speaks for each label is in the order of LABELS."""

    #: What speaks for each label: the logarithm of its odds.
    log_odds: tuple[float, ...]
    #: The same before it was calibrated.
    sums: tuple[float, ...]
    #: What speaks for its being said to a room, as in a meeting: the logarithm of the odds.
    room: float
    words: list[Token]
    single_words: Set[str]
    #: How likely each label is, knowing the sentences around it; see :mod:`.surroundings`.
    likely: tuple[float, ...] = ()
    #: The known runs of words: where their weights lie, first word, last word. Filled when needed.
    known: list[tuple[int, int, int]] = field(default_factory=list)

    @cached_property
    def begins(self) -> list[bool]:
        """For each of its words, whether a clause begins there."""
        return beginnings(self.words)

    @cached_property
    def practices(self) -> list[float]:
        """How likely each practice is, by itself."""
        return [likely(each) for each in self.log_odds[len(SIGNS) :]]

    @cached_property
    def any_practice(self) -> float:
        """How likely it shows a practice at all."""
        return 1 - prod([1 - each for each in self.practices])

    @cached_property
    def odds_of_a_room(self) -> float:
        return exp(min(self.room, _SUREST_OF_A_ROOM))


def likely(log_odds: float) -> float:
    """How likely that makes a label. What is next to impossible is 0, to save time."""
    return 0.0 if log_odds < _NEVER else min(SUREST, 1 / (1 + exp(-log_odds)))
