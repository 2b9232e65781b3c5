"""``respond(code)``: an answer to another peer's text. It is meant to be handed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..answers import FOLDER, Answer
from ..response import BOXES, from_markdown, is_code, to_markdown
from .answering import AnswerView
from .view import script

__all__ = ["respond"]

NO_CODE = (
    "This box has lost its code, so I would not know where to keep your words. "
    "Please open the packet that you were sent once more."
)


class RespondView(AnswerView):
    """Three boxes that are saved to one file as they are typed.

    The ``value`` of a message is a JSON object: the words of each box, by its id.
    """

    _esm = script("keeping", "respond")

    def __init__(self, code: str, answer: Answer) -> None:
        super().__init__(
            {
                "item": f"answer:{code}",
                "file": f"{FOLDER}/{code}.md",
                "boxes": [{"id": box.id, "name": box.name, "hint": box.hint} for box in BOXES],
                "problem": "" if is_code(code) else NO_CODE,
            },
            answer,
        )

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        if problem := self.content["problem"]:
            return {"kind": "problem", "message": problem}
        return super()._reply(message)

    def _text(self, message: dict[str, Any]) -> str:
        boxes = json.loads(super()._text(message))
        # Half of a surrogate pair could be written in no file, so it would never seem to be kept.
        return to_markdown(
            {name: words.encode(errors="replace").decode() for name, words in boxes.items()}
        )

    def _entry(self, view: str) -> dict[str, Any]:
        entry = super()._entry(view)
        return {**entry, "value": json.dumps(from_markdown(entry["value"]))}


def respond(code: str) -> RespondView:
    """Show three boxes to answer the text with this code.

    The answer is kept in ``answers/`` beside the notebook, which is where a kernel starts.
    """
    return RespondView(str(code), Answer(str(code), Path.cwd()))
