"""Text in, findings out.

``review`` is pure: it reads nothing but its own rule files, prints nothing and keeps nothing.
"""

from functools import cache

from .findings import Finding, Review
from .read import read
from .reader import kit_reader
from .rules import rules
from .searcher import Searcher

__all__ = ["Finding", "Review", "get_ready", "review"]


def review(
    text: str,
    *,
    case: str | None = None,  # noqa: ARG001 (part of the contract; callers name it already)
    everything: bool = False,
) -> Review:
    """What is noticed in ``text``: ``findings`` of drift, and ``practices`` of a peer.

    Shown are the likely ones; ``everything`` adds the less likely. ``case`` is the id of the case
    that the text rewrites; no rule of the kit asks for it yet.
    """
    return read(text, _kit(), kit_reader(), everything=everything)


def get_ready() -> None:
    """Load now what the first review would load."""
    _kit()
    kit_reader()


@cache
def _kit() -> Searcher:
    """The kit's own rules, ready to search with."""
    return Searcher(rules())
