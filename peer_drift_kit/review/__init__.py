"""Text in, findings out.

``review`` is pure: it reads nothing but its own rule files, prints nothing and keeps nothing.
"""

import warnings
from functools import cache
from importlib.util import find_spec

from .findings import Finding, Review
from .read import read
from .reader import FILE, Reader
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
    return read(text, _kit(), _reader(), everything=everything)


def get_ready() -> None:
    """Load now what the first review would load."""
    _kit()
    _reader()


@cache
def _reader() -> Reader:
    """The large reader where it is installed, or else the small one, which comes with the kit."""
    data = FILE.read_bytes()
    if find_spec("peer_drift_reader"):
        try:
            from peer_drift_reader import LargeReader

            large: Reader = LargeReader(data)
            return large
        except (ImportError, ValueError, OSError) as error:
            warnings.warn(f"{error}: pip install -U peer-drift-kit[reader]", stacklevel=1)
    return Reader(data)


@cache
def _kit() -> Searcher:
    """The kit's own rules, ready to search with."""
    return Searcher(rules())
