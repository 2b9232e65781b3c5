"""What the kit suggests to say to a learner, for a person to change and confirm.

The words of a fellow learner: what is already here, what I notice, what I wonder. No number, no
verdict. Points are for trying: a real try suggests all of them, unless the trainer chose a rubric.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from peer_drift_kit.curriculum import Case, Practice, Sign, every
from peer_drift_kit.review import Finding, Review
from peer_drift_kit.studio import look

from . import rubric

__all__ = ["Suggestion", "noticed", "suggest"]

FEWEST_WORDS = 5
MOST_OF_EACH = 2
LONGEST_QUOTE = 120
INNER = str.maketrans('“”"', "‘’'")
LIKENED = re.compile(r", as in “.*”(?=\.|$)", re.DOTALL)

UNREADABLE = (
    "Something reached me, but I could not open it. That happens now and then. "
    "Could you hand in once more? If it fails again, let us look at it together."
)
EMPTY = (
    "No words have reached me yet. Maybe the box did not save, or it was not the day for it. "
    "The door is open: I would be glad to read your telling."
)
UNCHANGED = (
    "What reached me is the note as it was, word for word. "
    "I wonder how you would tell it, had you sat there. You can hand in again."
)
NO_NOTE = (
    "Words have reached me, and I could not find the moment in them yet. "
    "I wonder what you saw and heard there. You can write on and hand in again."
)
A_FEW_WORDS = (
    "Thank you for a start. I wonder what else you saw and heard. "
    "You can write on and hand in again. I would be glad to read more."
)
# The rules speak as if they had written the text: "I wonder what would happen if I asked."
THANKS = "Thank you for telling it in your own way. I read it as if I had written it myself."
TIME_TAKEN = "Already here: your own words, and the time you gave it."
NOTHING_MORE = "I notice nothing that I would put in another way. I wonder how it felt to write it."
A_SAMPLE = (
    "I notice that this is one of the tellings the kit shows, nearly word for word. "
    "I wonder how it would sound in your own."
)
YOURS = "This is how one reader sees it. Keep what fits."


@dataclass(frozen=True)
class Suggestion:
    """``share`` is the share of the points it asks for, 0 to 1; ``comment`` is plain text.

    ``review`` is what was heard in a real try, and None where there is none.
    """

    share: float
    comment: str
    review: Review | None = None

    @property
    def tried(self) -> bool:
        return self.review is not None


def suggest(
    text: str,
    *,
    case: Case | None,
    trouble: str,
    review: Callable[[str], Review],
    points: str = "completion",
) -> Suggestion:
    """A comment on a text. ``review`` is asked only about a real try.

    No real try: nothing readable, no words, the drifted text as it was, hardly any words, or words
    that are no note. ``points``: ``completion`` asks for all of them, ``rubric`` adds its lines to
    the comment and asks for what they add up to.
    """
    if trouble:
        return Suggestion(0.0, UNREADABLE)
    if not text.strip():
        return Suggestion(0.0, EMPTY)
    if case and _words(text) == _words(case.drifted):
        return Suggestion(0.0, UNCHANGED)
    if len(_words(text)) < FEWEST_WORDS:
        return Suggestion(0.0, A_FEW_WORDS)
    seen = look(case, text) if case else None
    taken = {each.turn for each in seen.turns} if seen else set()
    if "unchanged" in taken:
        return Suggestion(0.0, UNCHANGED)
    if "no-note" in taken:
        return Suggestion(0.0, NO_NOTE)
    heard = review(text)
    comment = _comment(heard, A_SAMPLE if "a-sample" in taken else "")
    if points == "completion":
        return Suggestion(1.0, comment, heard)
    levels = rubric.suggested(heard, seen)
    return Suggestion(rubric.share(levels), f"{comment}\n\n{rubric.lines(levels)}", heard)


def _comment(review: Review, first: str = "") -> str:
    here = [
        _told(review.text, each, "Already here", every(Practice)[each.label].name)
        for each in _some(review.practices)
    ]
    seen = [
        "\n".join([_told(review.text, each, "I notice", every(Sign)[each.label].name), each.wonder])
        for each in _some(review.findings)
    ]
    if first:
        seen.insert(0, first)
    return "\n\n".join([THANKS, *(here or [TIME_TAKEN]), *(seen or [NOTHING_MORE]), YOURS])


def _some(findings: Iterable[Finding]) -> list[Finding]:
    """A few, each of another kind: the surest ones, in the order of the text.

    What an employer may impose comes last, as the learner can do least about it.
    """
    surest: dict[str, Finding] = {}
    for each in sorted(findings, key=lambda each: (each.required, -each.confidence, each.start)):
        surest.setdefault(each.label, each)
    return sorted(list(surest.values())[:MOST_OF_EACH], key=lambda each: each.start)


def _told(text: str, finding: Finding, opening: str, name: str) -> str:
    """What a rule says of a place, with the words found there and the name that lessons give it."""
    notice = noticed(finding)
    if not notice.startswith(opening):
        notice = f"{opening}: {notice.removeprefix('I notice that ').removeprefix('I notice ')}"
    quote = _quote(text, finding)
    # Most rules quote the words themselves, some of them only the first few.
    quoted = quote[:20] in notice
    return f"{notice} ({name})" if quoted else f"{notice} ({quote}: {name})"


def noticed(finding: Finding) -> str:
    """What a finding notices, without the sentence that it reminds of.

    That one is somebody else's, about something else. Beside a learner's own words, and signed by a
    person, it would only startle.
    """
    return LIKENED.sub("", finding.notice.strip())


def _quote(text: str, finding: Finding) -> str:
    words = " ".join(text[finding.start : finding.end].split())
    if words[:1] + words[-1:] in {"“”", '""'}:
        words = words[1:-1]
    if len(words) > LONGEST_QUOTE:
        words = words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return f"“{words.translate(INNER)}”"


def _words(text: str) -> list[str]:
    return text.casefold().split()
