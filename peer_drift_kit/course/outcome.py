"""What became of one learner in a run over many, for the command to tell."""

from dataclasses import dataclass

__all__ = ["Outcome", "failed"]


@dataclass(frozen=True)
class Outcome:
    """What became of one learner's submission.

    ``lines`` are what a trainer should know, one sentence each; ``news`` is the ordinary. What
    ``waits`` is refused until a person has confirmed it.
    """

    student: str
    lines: tuple[str, ...] = ()
    failed: bool = False
    news: tuple[str, ...] = ()
    waits: bool = False


def failed(student: str, error: Exception) -> Outcome:
    """One learner never stops the others: whatever went wrong is a line."""
    told = " ".join(str(error).split()) or type(error).__name__
    return Outcome(student, (told[:300],), failed=True)
