"""``hand_in()``: what would leave the machine, shown first, and a button that makes one file of it.

Nothing is sent anywhere: the learner sends the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ..answers import meant_in
from ..curriculum import Case, every
from ..handing_in import NothingMade, in_words, leaving, make_zip
from ..response import CIRCLE
from .view import AskedView, script

if TYPE_CHECKING:
    from ..handing_in import Part

__all__ = ["hand_in"]


class HandInView(AskedView):
    """Reads the exercise's folder when its view asks; keeps nothing, and no name.

    Messages: ``look`` -> ``leaving``, ``words`` -> ``words``, ``make`` -> ``made``; each may be
    answered by ``problem``. As in :mod:`.room`, a reply names the view and the number.
    """

    _esm = script("keeping", "hand_in")

    _told = NothingMade
    _unreadable = "This folder cannot be read"

    def __init__(self, exercise: Path) -> None:
        # A circle's packet is sent to one person, and no assignment list knows it.
        super().__init__({"on_a_server": not exercise.name.startswith(CIRCLE)})
        self._exercise = exercise

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        match message["kind"]:
            case "look":
                found = leaving(self._exercise)
                return {
                    "kind": "leaving",
                    "parts": [_told(each) for each in found.parts],
                    "left_out": list(found.left_out),
                    "notice": found.notice,
                }
            case "words":
                name = str(message["name"])
                parts = {each.name: each for each in leaving(self._exercise).parts}
                return {"kind": "words", "text": _words(parts[name]) if name in parts else ""}
            case "make":
                made = make_zip(self._exercise, str(message["who"]))
                return {"kind": "made", "path": str(made.path)}
            case _:
                return {"kind": "ignored"}


def _told(part: Part) -> dict[str, str]:
    return {"name": part.name, "size": in_words(part.size), "what": _what(part.name)}


def _what(name: str) -> str:
    """What a file is, in plain words."""
    path = PurePosixPath(name)
    if path.suffix == ".ipynb":
        return "This page, without what came out of its cells"
    if "drafts" in path.parts:
        return f"An earlier draft of {_titled(path.parent.name)}"
    words = "Your reasons" if path.suffix == ".json" else "Your words"
    return f"{words} in {_titled(path.stem)}"


def _titled(name: str) -> str:
    case = every(Case).get(name)
    return f"“{case.title}”" if case else "your answer to a peer"


def _words(part: Part) -> str:
    """What is in a file, as a person reads it."""
    text = part.data.decode("utf-8", errors="replace")
    match PurePosixPath(part.name).suffix:
        case ".ipynb":
            return "\n\n".join(cell["source"] for cell in json.loads(text)["cells"])
        case ".json":
            reasons = meant_in(part.data)
            # What is more than reasons is shown as it is, or it would leave unseen.
            if reasons and [asdict(each) for each in reasons] == json.loads(part.data):
                return "\n".join(
                    f"“{each.words}” ({each.label}): {each.because}" for each in reasons
                )
    return text


def hand_in() -> HandInView:
    """Show what of this exercise would leave the machine, and make one file of it when asked.

    The exercise is the folder in which the kernel starts: that of the notebook.
    """
    return HandInView(Path.cwd())
