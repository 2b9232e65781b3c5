"""Turns a learner's text into Markdown in which nothing is alive."""

import re

__all__ = ["inert"]

# Every ASCII sign but letters, digits and the space, and every kind of line end.
LIVE = re.compile(r"[^\w ]|_", re.ASCII)


def inert(text: str) -> str:
    """One line of Markdown that shows the text as it is, whatever it holds.

    No HTML, no link, no formula and no emphasis of the text can come to life, in any Markdown
    renderer: each ASCII sign and each line end is written as a character reference. (The first
    line end in a ``pre`` is not shown, so one is put there to be lost.)
    """
    return f"<pre>&#10;{LIVE.sub(_reference, text)}</pre>"


def _reference(found: re.Match[str]) -> str:
    sign = found.group()
    return f"&#{ord(sign)};" if ord(sign) < 128 or sign in "\x85\u2028\u2029" else sign
