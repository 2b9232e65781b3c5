"""What a feedback page shows beside the words: who agreed with what, and what the circle wrote."""

from collections.abc import Iterable
from typing import Any

from .agreement import agreed, besides_agreeing
from .circle import PeerWords
from .marks import only_named
from .rebuild import answer_cells

__all__ = ["put_page_parts"]


def put_page_parts(nb: Any, from_circle: Iterable[PeerWords]) -> None:
    """Complete the metadata of a confirmed notebook, for the template of the feedback page.

    ``from_circle`` is what peers wrote to this learner.
    """
    words = list(from_circle)
    for cell in answer_cells(nb):
        name = cell.metadata.nbgrader["grade_id"]
        comment = cell.metadata.nbgrader.get("comment") or ""
        kept = cell.metadata.setdefault("peer_drift_kit", {})
        for each in kept.get("meant", []):
            each["agreed"] = agreed(comment, each["words"], each["name"])
        if "parts" in kept:
            kept.update(only_named(kept, besides_agreeing(comment)))
        kept["circle"] = [
            {"words": each.words, "by": each.by} for each in words if each.case == name
        ]
