"""The private room as widgets use it: one journal for a kernel, opened when first needed.

A sitting is one run of a kernel. Nothing here is printed or logged, and no exception leaves with a
person's words: a traceback in a notebook could hold them.
"""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakSet, WeakValueDictionary

from .view import View

if TYPE_CHECKING:
    from datetime import datetime

    from ..journal import Entry, Journal

__all__ = ["SITTING", "Message", "PrivateView", "journal", "moment"]

Message = dict[str, Any]

SITTING = secrets.token_hex(8)


@cache
def journal() -> Journal:
    """This kernel's journal. The import waits until here, since many a cell needs none."""
    from ..journal import Journal

    return Journal.open()


def moment(at: datetime) -> str:
    """A time as the views read it; they show it in the reader's own time zone."""
    return at.isoformat()


class PrivateView(View):
    """A widget whose words live in the journal and travel by message only.

    Every message from a view has a number ``n`` and the name of the ``view``; the reply carries
    both, as one kernel may serve several windows. ``read`` is answered by ``entry``, ``save`` by
    ``kept``, ``earlier`` by ``earlier``; each may be answered by ``locked`` or ``problem`` instead.
    """

    #: The views to tell when the journal has been unlocked.
    _open: ClassVar[WeakSet[PrivateView]] = WeakSet()
    #: What the journal had to say about its file, and who shows it: whoever heard it first.
    _tellers: ClassVar[WeakValueDictionary[str, PrivateView]] = WeakValueDictionary()

    def __init__(self, content: dict[str, Any], item: str) -> None:
        super().__init__({**content, "item": item})
        self._item = item
        #: The time of the version that each view last read or wrote.
        self._known: dict[str, str | None] = {}
        PrivateView._open.add(self)
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict) or "view" not in message:
            return
        reply = self._reply(message)
        self.send({**reply, "view": message["view"], "n": message.get("n")})
        if reply["kind"] == "unlocked":
            for view in list(PrivateView._open):
                view.send({"kind": "unlocked"})

    def _reply(self, message: Message) -> Message:
        from ..journal import JournalError, JournalLocked

        try:
            if message["kind"] == "unlock":
                return self._unlock(message)
            return {**self._answer(message), **self._notice()}
        except JournalLocked as locked:
            return {"kind": "locked", "message": str(locked)}
        except JournalError as error:
            return {"kind": "problem", "message": str(error)}
        except Exception as error:  # noqa: BLE001 (a traceback could show private words)
            # The kind of error is all that may be told: its message may quote what was typed.
            return {
                "kind": "problem",
                "message": f"The journal could not be used ({type(error).__name__}).",
            }

    def _unlock(self, message: Message) -> Message:
        from ..journal import WrongPassphrase

        try:
            journal().unlock(message["passphrase"])
        except WrongPassphrase:
            return {"kind": "wrong"}
        return {"kind": "unlocked"}

    def _notice(self) -> Message:
        notice = journal().notice
        mine = notice and PrivateView._tellers.setdefault(notice, self) is self
        return {"notice": notice} if mine else {}

    def _answer(self, message: Message) -> Message:
        """The reply to one message of the view. May raise; the caller turns that into words."""
        match message["kind"]:
            case "read":
                reply = self._read()
                self._known[message["view"]] = reply.get("at")
                return reply
            case "save":
                reply = self._save(str(message["value"]), self._known.get(message["view"]))
                self._known[message["view"]] = reply["at"]
                return reply
            case "earlier":
                versions = journal().earlier(self._item)
                return {"kind": "earlier", "versions": [_told(each) for each in versions]}
            case _:
                return {"kind": "ignored"}

    def _read(self) -> Message:
        entry = journal().latest(self._item)
        return {"kind": "entry", **(_told(entry) if entry else {"value": "", "at": None})}

    def _save(self, value: str, since: str | None) -> Message:
        """Keep a value. ``since`` is the time of the version that the view last knew.

        Where somebody wrote in between, in another window or another kernel, both are kept and
        the reply says when: ``also``.
        """
        before = journal().latest(self._item)
        if before and before.value == value and before.sitting == SITTING:
            return {"kind": "kept", "at": moment(before.at)}
        elsewhere = before is not None and moment(before.at) != since
        entry = journal().write(self._item, value, sitting=SITTING)
        also = {"also": moment(before.at)} if before and elsewhere else {}
        return {"kind": "kept", "at": moment(entry.at), **also}


def _told(entry: Entry) -> Message:
    return {"value": entry.value, "at": moment(entry.at)}
