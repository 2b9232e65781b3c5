"""Which words a pattern cannot do without, so that most rules need not be tried on most sentences.

A pattern's anchors are beginnings of words: whatever it matches holds a word that begins with one
of them. A short word that is known whole has a space behind it. They are read off Python's own
parse of the pattern, as :mod:`re` makes it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

__all__ = ["anchors", "beginnings"]

#: Longer beginnings would tell little more, and need a longer look at each word. "wouldn" fits.
LONGEST = 6

#: More sets would cost more to look at than they save.
MOST = 3

#: Words that stand in nearly every sentence make poor anchors.
_COMMON = frozenset(
    """
    a about all am an and any are as at be been being but by can could d did do does done down for
    from had has have having he her him his how i if in is it its just ll m me my n no not of off on
    or our out over re s she so some t than that the their them then there these they this those to
    up us ve very was we were what when where which who why will with would you your
    """.split()
)

_WORD = re.compile(r"[^\W_]+")


@cache
def anchors(pattern: str) -> tuple[frozenset[str], ...]:
    """Sets of beginnings of words, in lower case. Each match of ``pattern`` holds one of each set.

    The rarest come first. There are at most :data:`MOST` sets, and none where the pattern is to be
    tried always. ``pattern`` matches in any case, and only from the start of a word.
    """
    found = _of_sequence(parser.parse(pattern, re.IGNORECASE), run="")
    return tuple(_rarest_first(found)[:MOST])


def beginnings(words: str) -> set[str]:
    """All beginnings of all words of a text in lower case, up to the longest that an anchor has."""
    found: set[str] = set()
    for word in set(_WORD.findall(words)):
        found.update(_beginnings(word))
    return found


@lru_cache(maxsize=20_000)
def _beginnings(word: str) -> tuple[str, ...]:
    whole = f"{word} "
    return tuple(whole[:length] for length in range(1, min(LONGEST, len(whole)) + 1))


def _of_sequence(sequence: Iterable[tuple[Any, Any]], run: str | None) -> list[frozenset[str]]:
    """The anchors of one item after the other.

    ``run`` are the letters of the word so far, none where a word may begin; None if not all are
    known.
    """
    found: list[frozenset[str]] = []

    def close(end: str = "") -> None:
        nonlocal run
        if run:
            found.append(frozenset({(run + end)[:LONGEST]}))
        run = None

    for code, value in sequence:
        if code is op.LITERAL:
            letter = chr(value).lower()
            if letter.isalnum():
                run = None if run is None else run + letter
            else:
                close(" ")
                run = ""
        elif code in (op.ASSERT, op.ASSERT_NOT, op.AT):
            continue  # takes up no text
        elif code is op.SUBPATTERN or code is op.ATOMIC_GROUP:
            inner = value[-1] if code is op.SUBPATTERN else value
            found += _inner([inner], run)
            run = None
        elif code is op.BRANCH:
            found += _inner(value[1], run)
            run = None
        else:
            repeated = code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
            if repeated and value[0] > 0 and not _is_gap(value[2]):
                found += _inner([value[2]], run)
                run = None
            elif (repeated and value[0] > 0) or (not repeated and _is_gap([(code, value)])):
                close(" ")
                run = ""
            elif not (run == "" and repeated and _ends_with_gap(value[2])):
                if run == "" and code is op.IN:
                    found += _of_class(value)
                close()
    close()
    return found


def _inner(branches: Sequence[Any], run: str | None) -> list[frozenset[str]]:
    """The anchors of alternatives that follow ``run``: "sat|sit" is parsed as "s", then "at|it"."""
    each = [_of_sequence(branch, run) for branch in branches]
    if len(each) == 1:
        return each[0]
    return [frozenset().union(*(_rarest_first(found)[0] for found in each))] if all(each) else []


def _of_class(characters: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The anchors of one character out of a few, with which a word begins; digits as in English."""
    found: set[str] = set()
    for code, value in characters:
        if code is op.LITERAL and chr(value).isalnum():
            found.add(chr(value).lower())
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return []
    return [frozenset(found)]


def _is_gap(item: Sequence[tuple[Any, Any]]) -> bool:
    """Whether an item is white space or another sign behind which a word begins."""
    if len(item) != 1:
        return False
    code, value = item[0]
    if code is op.IN:
        return all(
            (inner is op.CATEGORY and what is op.CATEGORY_SPACE)
            or (inner is op.LITERAL and not chr(what).isalnum() and chr(what) != "_")
            for inner, what in value
        )
    return False


def _ends_with_gap(sequence: Iterable[tuple[Any, Any]]) -> bool:
    """Whether a word can begin behind a sequence, whatever it matched."""
    *before, (code, value) = sequence
    if code is op.SUBPATTERN:
        return _ends_with_gap(value[-1])
    if code is op.MAX_REPEAT and value[0] == 0 and _is_gap(value[2]) and before:
        return _ends_with_gap(before)  # there may be nothing there
    if code is op.BRANCH:
        return all(_ends_with_gap(branch) for branch in value[1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return bool(value[0] > 0) and _ends_with_gap(value[2])
    if code is op.LITERAL:
        return not chr(value).isalnum() and chr(value) != "_"
    return _is_gap([(code, value)])


def _rarest_first(found: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    return sorted(set(found), key=lambda each: (_cost(each), sorted(each)))


def _cost(found: frozenset[str]) -> float:
    return sum(60 * _is_common(each) + 12 / len(each) ** 2 for each in found)


def _is_common(anchor: str) -> bool:
    if anchor.endswith(" "):
        return anchor[:-1] in _COMMON
    return any(word.startswith(anchor) for word in _COMMON)
