"""Who reads whom: everybody reads as many as everybody else, and is read as often.

Pure: people in, readings out, and the same ones for the same seed.
"""

import random
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass

__all__ = ["Circle", "Reading", "TooFew", "pair"]

#: A reader, and whom they read.
Reading = tuple[str, str]


class TooFew(ValueError):
    """A circle needs two people."""


@dataclass(frozen=True)
class Circle:
    """``per`` is how many each one reads; in a small circle fewer than were asked for."""

    readings: tuple[Reading, ...]
    per: int


def pair(
    people: Iterable[str],
    per: int,
    seed: int,
    before: Iterable[Reading] = (),
    answered: Collection[Reading] = frozenset(),
) -> Circle:
    """Say who reads whom.

    Each person reads ``per`` others and is read by ``per`` others, never by themselves and by
    nobody twice. ``before`` are the readings of an earlier run, in the order in which they were
    returned. Of these, all that are ``answered`` stay, and of the others as many as balance
    allows; whoever is not among ``people`` any more is taken out. If what was answered leaves no
    balance, somebody reads one more. Raises :class:`TooFew`.
    """
    order = sorted(set(people))
    if len(order) < 2:
        raise TooFew(f"a circle needs two people, and there are {len(order)}")
    random.Random(seed).shuffle(order)  # noqa: S311 (no secret: codes have one of their own)
    per = max(1, min(per, len(order) - 1))
    here = set(order)
    kept = [each for each in dict.fromkeys(before) if set(each) <= here and each[0] != each[1]]
    if not kept:
        return Circle(tuple(_ring(order, per)), per)
    graph = _Graph(order, per, frozenset(answered))
    graph.begin(kept)
    graph.even_out()
    graph.add_extra(kept)
    stayed = [each for each in kept if each in graph]
    return Circle(tuple(stayed + sorted(graph.all() - set(stayed), key=graph.place)), per)


def _ring(order: list[str], per: int) -> Iterable[Reading]:
    """Each one reads those who sit next: exact balance, and mutual readings only where few sit."""
    for seat, reader in enumerate(order):
        for step in range(1, per + 1):
            yield reader, order[(seat + step) % len(order)]


class _Graph:
    """Readings that are still being sorted out."""

    def __init__(self, order: list[str], per: int, answered: Collection[Reading]) -> None:
        self._order = order
        self._seat = {person: seat for seat, person in enumerate(order)}
        self._per = per
        self._answered = answered
        self._reads: dict[str, set[str]] = defaultdict(set)
        self._readers: dict[str, set[str]] = defaultdict(set)

    def __contains__(self, reading: Reading) -> bool:
        return reading[1] in self._reads[reading[0]]

    def all(self) -> set[Reading]:
        return {(reader, author) for reader in self._order for author in self._reads[reader]}

    def place(self, reading: Reading) -> tuple[int, int]:
        return self._seat[reading[0]], self._seat[reading[1]]

    def begin(self, kept: list[Reading]) -> None:
        """What is answered stays, and of the rest what fits."""
        for each in kept:
            if each in self._answered:
                self._add(*each)
        for reader, author in kept:
            if self._can_read(reader) and self._can_be_read(author):
                self._add(reader, author)

    def even_out(self) -> None:
        """Give readings to those who have too few, moving as few others as possible."""
        for reader in self._order:
            while self._can_read(reader) and (way := self._way_from(reader)):
                # A way is: somebody reads an author, whom another gives up for the next author ...
                for number, (person, author) in enumerate(way):
                    if number:
                        self._remove(person, way[number - 1][1])
                    self._add(person, author)

    def add_extra(self, kept: list[Reading]) -> None:
        """Where balance is out of reach, nobody is left without: somebody reads one more."""
        for author in self._order:
            while self._can_be_read(author):
                self._add(self._extra(kept, author, is_author=True), author)
        for reader in self._order:
            while self._can_read(reader):
                self._add(reader, self._extra(kept, reader, is_author=False))

    def _way_from(self, reader: str) -> list[Reading]:
        """The shortest way to give one more reading to ``reader`` and to an author who lacks one.

        A search in layers: an author who has enough readers can be given up by one of them, who
        then reads another. What is answered is never given up.
        """
        came: dict[str, tuple[str, str]] = {}  # an author: who reads them, after whom is given up
        todo = deque([(reader, "")])
        seen = {reader}
        while todo:
            person, given_up = todo.popleft()
            for author in self._order:
                if author in came or author == person or author in self._reads[person]:
                    continue
                came[author] = (person, given_up)
                if self._can_be_read(author):
                    return _back(came, author)
                for other in sorted(self._readers[author], key=self._seat.__getitem__):
                    if other not in seen and (other, author) not in self._answered:
                        seen.add(other)
                        todo.append((other, author))
        return []

    def _extra(self, kept: list[Reading], person: str, *, is_author: bool) -> str:
        """Who reads this author, or whom this reader reads: who had that before, or has least."""
        taken, load = (self._readers, self._reads) if is_author else (self._reads, self._readers)
        before = {
            reader if is_author else author
            for reader, author in kept
            if person == (author if is_author else reader)
        }
        free = [each for each in self._order if each != person and each not in taken[person]]
        return min(free, key=lambda each: (each not in before, len(load[each]), self._seat[each]))

    def _can_read(self, person: str) -> bool:
        return len(self._reads[person]) < self._per

    def _can_be_read(self, person: str) -> bool:
        return len(self._readers[person]) < self._per

    def _add(self, reader: str, author: str) -> None:
        self._reads[reader].add(author)
        self._readers[author].add(reader)

    def _remove(self, reader: str, author: str) -> None:
        self._reads[reader].remove(author)
        self._readers[author].remove(reader)


def _back(came: dict[str, tuple[str, str]], author: str) -> list[Reading]:
    """The way to ``author``, from its beginning."""
    way: list[Reading] = []
    while author:
        person, given_up = came[author]
        way.append((person, author))
        author = given_up
    return way[::-1]
