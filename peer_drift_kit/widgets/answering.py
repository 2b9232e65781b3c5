"""What views share that save to an answer's file as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers import AnswerNotKept
from .view import AskedView

if TYPE_CHECKING:
    from ..answers import Answer

__all__ = ["AnswerView"]


class AnswerView(AskedView):
    """A widget whose words are meant to be handed in, and travel by message only.

    Messages: ``read`` -> ``entry``, ``save`` -> ``kept`` or ``elsewhere``, ``take`` -> ``entry``;
    each may be answered by ``problem``. As in :mod:`.room`, a reply names the view and the number.
    """

    _told = AnswerNotKept
    _unreadable = "The answer cannot be read"

    def __init__(self, content: dict[str, Any], answer: Answer) -> None:
        super().__init__(content)
        self._answer = answer
        #: What each view last read or wrote, to see when another window wrote in between.
        self._known: dict[str, str] = {}

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one message of the view. May raise; the caller turns that into words."""
        view = str(message["view"])
        match message["kind"]:
            case "read":
                return self._entry(view)
            case "save":
                return self._save(view, self._text(message), over=bool(message.get("over")))
            case "take":  # what another window wrote; what was here goes among the drafts
                self._answer.keep_draft(self._text(message))
                return self._entry(view)
            case _:
                return {"kind": "ignored"}

    def _text(self, message: dict[str, Any]) -> str:
        """The text for the file, as a view has sent it."""
        return str(message["value"])

    def _entry(self, view: str) -> dict[str, Any]:
        self._known[view] = self._answer.read()
        return {"kind": "entry", "value": self._known[view]}

    def _save(self, view: str, text: str, *, over: bool) -> dict[str, Any]:
        """Write ``text``, unless another window wrote since this one last looked.

        Then this one is asked; with ``over`` it has said that its own text is to stay, and the
        other goes among the drafts.
        """
        there = self._answer.read()
        if there not in (self._known.get(view, there), text):
            if not over:
                return {"kind": "elsewhere"}
            self._answer.keep_draft()
        if there != text:
            self._answer.write(text)
        self._known[view] = text
        return {"kind": "kept"}
