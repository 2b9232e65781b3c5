"""Where the clauses of a sentence begin, so that the words that are shown make sense alone."""

from collections.abc import Sequence
from itertools import zip_longest

from .features import Token
from .sentences import Span

__all__ = ["beginnings", "rounded"]

#: The most words of a clause that is shown whole, the fewest that say something alone, and how many
#: of the clause beside these are shown if it is long.
MOST_WORDS = 16
FEWEST_WORDS = 3
SOME_WORDS = 8

#: A full stop is none of them: within a sentence it ends a short form, as in "Dr. Hale".
_BREAKS = frozenset(",;:!?—–()[]")
_MARKS = frozenset("\"'‘’")
#: Words that begin a clause wherever they stand, and those that do before somebody who does it.
_ALWAYS = frozenset("although because but though unless which who".split())
_WITH_A_SUBJECT = frozenset("and or since so then while".split())
_SUBJECTS = frozenset("he i it she that there they this we x".split())
#: What leads over from the clause before says nothing of this one.
_LEADS_OVER = frozenset("and but or so then".split())
#: Words that leave one waiting for the next.
_LOOSE = frozenset(
    """
    a an and are as at but by for from had has have he her his i if in into is it its my not of on
    or our she so than that the their they to was we were when which who will with would your
    """.split()
)


def beginnings(words: Sequence[Token]) -> list[bool]:
    """For each word or sign of a sentence, whether a clause begins there."""
    begins = []
    before = ","
    within = False
    for word, following in zip_longest(words, words[1:]):
        plain = _plain(word)
        closes = plain == '"' and within  # what a quotation ends with, its mark goes along with
        within ^= plain == '"'
        begins.append(
            not closes
            and (
                before in _BREAKS
                or plain in _ALWAYS
                or (plain in _WITH_A_SUBJECT and following is not None and _is_subject(following))
            )
        )
        if plain not in _MARKS:
            before = plain
    return begins


def rounded(words: Sequence[Token], begins: Sequence[bool], span: Span) -> Span:
    """The clause that holds ``span``, if it is short enough; else ``span`` without loose ends.

    ``begins`` is what :func:`beginnings` says. Beside a clause of one word or two, the next one is
    shown, or the one before. ``span`` begins and ends with words and lies within a clause.
    """
    if not words:  # but signs that are none of ours, say
        return span
    first = next((at for at, word in enumerate(words) if word[2] >= span.start), 0)
    last = next((at for at, word in enumerate(words) if word[3] >= span.end), len(words) - 1) + 1
    start, end = _begun(begins, first), _ended(begins, last)
    if _many(words[start:end]) < FEWEST_WORDS:
        if end < len(words):
            end = _ended(begins, end + 1)
            last = min(end, first + SOME_WORDS)
        else:
            start = _begun(begins, start - 1)
            first = max(start, last - SOME_WORDS)
    if _many(words[start:end]) > MOST_WORDS:
        while first > start and _plain(words[first - 1]) in _LOOSE:
            first -= 1
        while last < end and _plain(words[last - 1]) in _LOOSE:
            last += 1
        start, end = first, last
    return _tidied(words, start, end)


def _begun(begins: Sequence[bool], at: int) -> int:
    """Where the clause of a word begins; the first one begins the sentence."""
    while at > 0 and not begins[at]:
        at -= 1
    return max(at, 0)


def _ended(begins: Sequence[bool], at: int) -> int:
    """Where the next clause begins, or the sentence ends."""
    while at < len(begins) and not begins[at]:
        at += 1
    return at


def _tidied(words: Sequence[Token], start: int, end: int) -> Span:
    """Without what leads over and without signs at the ends, but for quotations that are whole."""
    while end > start + 1 and _may_go(words[end - 1], words[start:end]):
        end -= 1
    while start < end - 1 and (
        _may_go(words[start], words[start:end]) or _plain(words[start]) in _LEADS_OVER
    ):
        start += 1
    return Span(words[start][2], words[end - 1][3])


def _may_go(word: Token, clause: Sequence[Token]) -> bool:
    if _plain(word) in _MARKS:
        return sum(_plain(each) in _MARKS for each in clause) % 2 == 1
    return _is_sign(word)


def _many(words: Sequence[Token]) -> int:
    return sum(not _is_sign(word) for word in words)


def _plain(word: Token) -> str:
    return word[0].removeprefix("q:")


def _is_sign(word: Token) -> bool:
    return not _plain(word)[0].isalnum()


def _is_subject(word: Token) -> bool:
    return word[1].removeprefix("q:").split("'")[0] in _SUBJECTS
