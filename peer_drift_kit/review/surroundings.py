"""What stands around a sentence can make a practice likelier there, and never less likely.

"She would like the review before the wedding" is a choice. Said to a team, it is spoken up for as
well. Whether it is, the sentences around it tell: who talks to a room says so now and then. And
where practices are near, one more is likelier.

Never less: no text takes a practice from another by being put before it or behind it. Signs of
drift are heard in a sentence's own words alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from .heard import Heard, likely
from .labels import PRACTICES, SIGNS

__all__ = ["EACH", "SAID_TO_A_ROOM", "Surroundings", "look_around"]

#: How many sentences before and behind one are near.
NEAR = 10
#: How much each practice that is near speaks for another, and how many of them do so at most.
EACH, MOST = 0.25, 4.0
#: Where nothing is near, one must be clearer to be heard, but no more than this: a learner's first
#: sentence stands alone.
CLEARER = 0.5
#: Summed odds of being said to a room that make it as likely as not.
AS_LIKELY_AS_NOT = 2.0
#: The one practice that depends on the room.
SAID_TO_A_ROOM = "speaking-up"


@dataclass(frozen=True)
class Surroundings:
    """How much they count, as learned by ``reader/around.py``. No weight is less than 0.

    ``calibration``: for each practice a slope and a shift. ``in_a_room``: how much a room speaks
    for speaking up, by itself and, in the order of PRACTICES, for each practice that is there, too.
    """

    calibration: Sequence[Sequence[float]]
    in_a_room: Sequence[float]

    def listen(self, sentences: Iterable[Heard]) -> Iterator[Heard]:
        """The sentences of a text, each with how likely each label is."""
        for one, near, room in look_around(sentences):
            found = [likely(each) for each in one.log_odds[: len(SIGNS)]]
            of_practices = one.log_odds[len(SIGNS) :]
            for name, log_odds, (slope, shift) in zip(
                PRACTICES, of_practices, self.calibration, strict=True
            ):
                speaks = slope * (log_odds + EACH * near) + shift
                if name == SAID_TO_A_ROOM:
                    speaks += room * self._in_a_room(one)
                found.append(likely(max(speaks, log_odds - CLEARER)))
            yield replace(one, likely=tuple(found))

    def _in_a_room(self, one: Heard) -> float:
        by_itself, *with_each = self.in_a_room
        there = zip(with_each, one.practices, strict=True)
        return by_itself + sum([weight * sure for weight, sure in there])


def look_around(sentences: Iterable[Heard]) -> Iterator[tuple[Heard, float, float]]:
    """Each sentence, with how many practices are near, at most four, and how likely a room is."""
    rest = iter(sentences)
    before, behind = deque[Heard](maxlen=NEAR), deque(islice(rest, NEAR + 1))
    while behind:
        one = behind.popleft()
        near = min(MOST, sum([each.any_practice for each in (*before, *behind)]))
        odds = sum([each.odds_of_a_room for each in (*before, *behind)])
        # Written so that it never falls where the odds rise, not even by the last digit.
        yield one, near, 1 - AS_LIKELY_AS_NOT / (odds + AS_LIKELY_AS_NOT)
        before.append(one)
        behind.extend(islice(rest, 1))
