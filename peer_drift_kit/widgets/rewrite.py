"""``rewrite(case)``: a drifted note to be told again. This text is meant to be handed in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..answers import FOLDER, Answer, AnswerNotKept
from ..curriculum import Case, Practice, Sign, find
from .view import View, origin, script

if TYPE_CHECKING:
    from ..review import Finding, Review

__all__ = ["rewrite"]

#: The answers of which this kernel has already put an earlier text among the drafts.
_begun: set[Path] = set()


class RewriteView(View):
    """Saves to the answer's file as it is typed and replies with what the review noticed.

    Messages: ``read`` -> ``entry``, ``save`` -> ``kept`` and ``noticed``, ``draft`` -> ``draft``;
    each may be answered by ``problem``. As in :mod:`.room`, a reply names the view and the number.
    """

    _esm = script("keeping", "rewrite")

    def __init__(self, case: Case, answer: Answer) -> None:
        super().__init__(
            {
                "item": f"answer:{case.id}",
                "title": case.title,
                "setting": case.setting,
                "scene": [fact.text for fact in case.scene],
                "drifted": case.drifted,
                "file": f"{FOLDER}/{case.id}.md",
                "origin": origin(case.source, case.topic),
            }
        )
        self._case = case
        self._answer = answer
        #: What each view last read or wrote, to see when another window wrote in between.
        self._known: dict[str, str] = {}
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict) or "view" not in message:
            return
        to = {"view": message["view"], "n": message.get("n")}
        try:
            reply = self._reply(message)
        except AnswerNotKept as error:
            reply = {"kind": "problem", "message": str(error)}
        except OSError as error:
            reason = error.strerror or type(error).__name__
            reply = {"kind": "problem", "message": f"The answer cannot be read: {reason}."}
        self.send({**reply, **to})
        if reply["kind"] in ("entry", "kept"):
            # Sent by itself, so that nobody waits for the review to hear that a text is kept.
            self.send({"kind": "noticed", **self._noticed(self._known[message["view"]]), **to})

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        view = str(message["view"])
        match message["kind"]:
            case "read":
                if self._answer.path not in _begun:
                    self._answer.keep_draft()
                    _begun.add(self._answer.path)
                self._known[view] = self._answer.read()
                return {"kind": "entry", "value": self._known[view]}
            case "save":
                text = str(message["value"])
                there = self._answer.read()
                elsewhere = there not in (self._known.get(view, there), text)
                if elsewhere:
                    self._answer.keep_draft()
                if there != text:
                    self._answer.write(text)
                self._known[view] = text
                return {"kind": "kept", "elsewhere": elsewhere}
            case "draft":
                return {"kind": "draft", "new": self._answer.keep_draft() is not None}
            case _:
                return {"kind": "ignored"}

    def _noticed(self, text: str) -> dict[str, Any]:
        from ..review import review

        found: Review = review(text, case=self._case.id)
        return {
            "findings": [
                _quote(text, each, find(Sign, each.label).name) for each in found.findings
            ],
            "practices": [
                _quote(text, each, find(Practice, each.label).name) for each in found.practices
            ],
        }


def _quote(text: str, finding: Finding, name: str) -> dict[str, str]:
    return {
        "name": name,
        "words": text[finding.start : finding.end],
        "notice": finding.notice,
        "wonder": finding.wonder,
    }


def rewrite(case: str) -> RewriteView:
    """Show the case with this id and a box to tell it again.

    The answer is kept in ``answers/`` beside the notebook, which is where a kernel starts.
    """
    return RewriteView(find(Case, case), Answer(case, Path.cwd()))
