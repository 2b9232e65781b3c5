"""What a feedback page shows beside the words: who agreed with what, and what the circle wrote."""

from pathlib import Path
from typing import Any

from .agreement import agreed
from .rebuild import answer_cells

__all__ = ["put_page_parts"]


def put_page_parts(nb: Any, course: Path, assignment: str, student: str) -> None:
    """Complete the metadata of a confirmed notebook, for the template of the feedback page."""
    for cell in answer_cells(nb):
        kept = cell.metadata.get("peer_drift_kit", {})
        comment = cell.metadata.nbgrader.get("comment") or ""
        for each in kept.get("meant", []):
            each["agreed"] = agreed(comment, each["words"], each["name"])
