"""What a review returns."""

from dataclasses import dataclass

__all__ = ["Finding", "Review"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something noticed in a text: a sign of drift, or a practice that is already here.

    ``start`` and ``end`` are character offsets into the text as it was given, end exclusive.
    ``label`` is the id of a sign or a practice, ``rule`` the id of the rule that noticed,
    ``source`` the row of the teaching plan it comes from. ``confidence`` lies in 0..1.
    ``required`` is true for wording that an employer may impose.
    """

    label: str
    start: int
    end: int
    rule: str
    notice: str
    wonder: str
    source: str
    confidence: float = 1.0
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Review:
    """What was noticed in one text, each in the order of the text."""

    text: str
    findings: tuple[Finding, ...]
    practices: tuple[Finding, ...]
