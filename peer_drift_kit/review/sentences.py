"""Where the sentences of a text lie.

Notes are written in a hurry: full sentences, headed fragments ("Mood: tired"), bullets, lines that
a system wrapped, and long runs that are typed without a full stop. A sentence here is what a reader
would take in at once.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Span", "sentences"]


class Span(NamedTuple):
    """A stretch of a text: character offsets, end exclusive."""

    start: int
    end: int


#: Where a sentence may end: closing marks with the quotation marks or brackets that close with
#: them, or a line break. Arabic, Urdu and Chinese marks end sentences too.
_BREAK = re.compile(
    r"""(?P<mark>[.!?…؟۔。！？]{1,8})(?P<closing>["'”’»)\]]{0,3})(?=\s|\Z) | (?P<line>[\r\n])""",
    re.VERBOSE,
)
#: "Dr. Amadi met J. Okoro at St. Bride's" is one sentence.
_SHORT = re.compile(
    r"(?:^|[\s(])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Rev|Fr|Sr|Jr|St|vs|approx|appt|tel|ext|e\.g|i\.e|[A-Z])$"
)
#: "5 p.m. on Friday" goes on; "It ended at 5 p.m. We left" does not.
_PERHAPS_SHORT = re.compile(r"(?:^|[\s(\d])(?:etc|[ap]\.m)$", re.IGNORECASE)
#: A line that starts like this starts something new; any other line goes on with the one before.
_FRESH_LINE = re.compile(r"""[ \t]{0,40}(?:[\r\n]|\Z|[-*•–—#\d("“'‘\[]|[^\W\d_a-z])""")
_ENDED = re.compile(r"[.!?…:;؟۔。！？][\"'”’»)\]]{0,3}[ \t]{0,40}$")

#: A sentence that is longer than this, in characters, ends before each new doing of the writer too.
_LONG = 200
_NEW_DOING = re.compile(
    r"""\s(?=
        (?:and|so|but|then|cos|plus)\s(?:then\s|so\s|after\s|later\s)?(?:i|we)\b(?!\.)
        | (?:and|so|but)\sthen\s
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: What stands alone is this long at least: "he cried and so did I" is no sentence and a bit.
_SHORTEST_PART = 24


def sentences(text: str) -> Iterator[Span]:
    """The sentences of ``text`` in order: never empty, never overlapping, without outer blanks.

    Every character that is not white space lies in exactly one of them.
    """
    start = 0
    for found in _BREAK.finditer(text):
        if found["line"]:
            if _goes_on(text, found.start(), found.end()):
                continue
            end = found.start()
        else:
            if _is_inside(text, found):
                continue
            end = found.end()
        yield from _parts(text, start, end)
        start = found.end()
    yield from _parts(text, start, len(text))


def _is_inside(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 4].lstrip()[:1]
    if found["mark"] == ".":
        before = text[max(0, found.start() - 8) : found.start()]
        if _SHORT.search(before) or (_PERHAPS_SHORT.search(before) and not after.isupper()):
            return bool(after)
    # '"Never again." was all she said' goes on after the closing mark
    return bool(found["closing"]) and after.islower()


def _goes_on(text: str, end_of_line: int, start_of_line: int) -> bool:
    if _ENDED.search(text[max(0, end_of_line - 48) : end_of_line]):
        return False
    if text[start_of_line - 1] == "\r" and text[start_of_line : start_of_line + 1] == "\n":
        start_of_line += 1
    return not _FRESH_LINE.match(text, start_of_line)


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    if end - start > _LONG:
        for found in _NEW_DOING.finditer(text, start + _SHORTEST_PART, end - _SHORTEST_PART):
            if found.start() - start >= _SHORTEST_PART:
                yield from _stripped(text, start, found.start())
                start = found.end()
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
