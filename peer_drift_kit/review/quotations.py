"""Where a text quotes: between straight or curly, double or single quotation marks."""

import re
from collections.abc import Iterator

from .sentences import Span

__all__ = ["quotations"]

_PARAGRAPH = re.compile(r"(?:\r?\n|\r)[ \t]{0,40}(?=[\r\n])")
_CLOSE = {mark: re.compile(f"[{close}]") for mark, close in ('""', "“”", "„“", "«»")}
#: A mark that may open a quotation, with what stands before it and after it.
_OPEN = re.compile(r"""(?:(?<=[\s(\[{—–:,/-])|(?<!.))["'‘](?=[^\s"'’]) | [“„«] """, re.X | re.S)
#: "'em", "'til" and "'98" only leave something out.
_ELISION = re.compile(r"['‘’](?:\d|(?:em|til|tis|twas|cause|cos|bout|n|round|fore|s|d|ll)\b)", re.I)
#: A single quotation mark closes behind a word and before none; "girls'" is taken for a close only
#: where a quotation is open.
_CLOSE_SINGLE = re.compile(r"(?<=[^\s])['’](?!\w)")
_LONGEST_SINGLE = 300


def quotations(text: str) -> Iterator[Span]:
    """The quotations in ``text``, marks included, left to right, never overlapping.

    A quotation ends with its paragraph at the latest. One that is never closed ends with its line.
    """
    start = 0
    for end in [*(found.start() for found in _PARAGRAPH.finditer(text)), len(text)]:
        yield from _in_paragraph(text, start, end)
        start = end


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Span]:
    unclosed = set[str]()  # looked for once, so that hostile rows of marks stay cheap
    while opening := _OPEN.search(text, start, end):
        mark, begin = opening[0], opening.start()
        if mark in _CLOSE:
            close = None if mark in unclosed else _CLOSE[mark].search(text, begin + 1, end)
            if close is None:
                unclosed.add(mark)
            stop = close.end() if close else _end_of_line(text, begin, end)
        else:
            close = None
            if not _ELISION.match(text, begin):
                close = _CLOSE_SINGLE.search(text, begin + 1, min(end, begin + _LONGEST_SINGLE))
            if close is None:
                start = begin + 1
                continue
            stop = close.end()
        yield Span(begin, stop)
        start = stop


def _end_of_line(text: str, begin: int, end: int) -> int:
    breaks = [at for at in (text.find("\n", begin, end), text.find("\r", begin, end)) if at >= 0]
    return min([*breaks, end])
