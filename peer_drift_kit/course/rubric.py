"""Four criteria that are read in a text, where a trainer chose that points are for them.

What a reader finds is written into the comment, one line a criterion, for the learner to read. The
comment is the record: Formgrader's page writes these lines and reads them back, and so does a
person. Nobody is measured, a text is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from peer_drift_kit.review import Review
from peer_drift_kit.studio import Look

__all__ = ["CRITERIA", "LEVELS", "Criterion", "lines", "read", "share", "suggested"]


@dataclass(frozen=True)
class Criterion:
    """``shown_by`` are the practices that show it, ``clouded_by`` the signs that stand before it.

    From the deck: what a peer's note keeps, and the language it stays free of.
    """

    id: str
    name: str
    shown_by: frozenset[str] = frozenset()
    clouded_by: frozenset[str] = frozenset()


CRITERIA = (
    Criterion(
        "own-words",
        "The person's own words and meaning",
        frozenset({"own-words", "meaning", "strengths"}),
        frozenset({"attributed-motive", "deficit-focus"}),
    ),
    Criterion(
        "alongside",
        "Alongside, and with choice",
        frozenset({"alongside", "choice", "openness", "shared-experience", "speaking-up"}),
        frozenset({"deciding-for", "behind-the-back", "advising", "withholding-self", "deferring"}),
    ),
    Criterion(
        "free-of-the-clinic",
        "Free of the clinic's stance",
        clouded_by=frozenset({"clinical-language", "assessing", "compliance", "distancing"}),
    ),
    Criterion("true", "True to what happened"),
)
#: How far it is there, and what share of the criterion's points that is.
LEVELS = {"not yet": 0.0, "partly": 0.5, "clearly": 1.0}

_NAMES = "|".join(re.escape(each.name) for each in CRITERIA)
_LINE = re.compile(rf"^({_NAMES}): ({'|'.join(LEVELS)}) in this text$", re.MULTILINE)


def suggested(review: Review, look: Look | None) -> dict[str, str]:
    """A level for each criterion, by its id. ``look`` is None where the scene is not known.

    A suggestion from what the kit hears, which is not all there is: a person reads and decides.
    """
    practices = {each.label for each in review.practices}
    signs = [each.label for each in review.findings if not each.required]
    levels = {}
    for each in CRITERIA:
        clouds = sum(label in each.clouded_by for label in signs)
        shown = bool(each.shown_by & practices) if each.shown_by else not clouds
        if shown and not clouds:
            levels[each.id] = "clearly"
        elif shown or (clouds == 1 and not each.shown_by):
            levels[each.id] = "partly"
        else:
            levels[each.id] = "not yet"
    levels["true"] = _true(look)
    return levels


def _true(look: Look | None) -> str:
    if look is None or not look.facts:
        return "clearly"  # nothing is known that it could be untrue to
    states = [each.state for each in look.facts]
    if "contradicted" in states or not {"kept", "unsure"} & set(states):
        return "not yet"
    return "clearly" if states.count("missing") == 0 else "partly"


def lines(levels: Mapping[str, str]) -> str:
    """The lines of a comment that tell these levels."""
    return "\n".join(f"{each.name}: {levels[each.id]} in this text" for each in CRITERIA)


def read(comment: str) -> dict[str, str]:
    """The levels that a comment tells, by criterion; those that it does not tell are not there."""
    ids = {each.name: each.id for each in CRITERIA}
    return {ids[name]: level for name, level in _LINE.findall(comment)}


def share(levels: Mapping[str, str]) -> float:
    """What share of the points these levels suggest, from 0 to 1."""
    return sum(LEVELS[levels[each.id]] for each in CRITERIA) / len(CRITERIA)
