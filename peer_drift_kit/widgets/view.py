"""What all widgets share: a view's script and style, and its fixed content."""

from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..curriculum import Source, find

__all__ = ["AskedView", "View", "origin", "script", "style"]

STATIC = Path(__file__).parent / "static"


@cache
def _text(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def script(*names: str) -> str:
    """One ES module: what all views share, then these files of ``static/``, in order.

    They are joined because a widget's script can import nothing beside itself.
    """
    return "\n".join(_text(f"{name}.js") for name in ("shared", *names))


def style(*names: str) -> str:
    """One style sheet: what all views share, then these files of ``static/``, in order."""
    return "".join(_text(f"{name}.css") for name in ("tokens", "kit", *names))


class View(anywidget.AnyWidget):
    """A widget that shows ``content``, which holds the curriculum's text and nothing else."""

    _css = style()
    content = traitlets.Dict().tag(sync=True)

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content=content)


class AskedView(View):
    """A widget whose views ask it things.

    A message has a ``kind``, the asking ``view`` and a number ``n``; the reply names both again.
    Trouble is answered by a ``problem``, in words for a learner to read.
    """

    #: An error whose own message says it all, and what is said of any other trouble with files.
    _told: type[OSError] = OSError
    _unreadable = "This cannot be read"

    def __init__(self, content: dict[str, Any]) -> None:
        super().__init__(content)
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict) or "view" not in message:
            return
        to = {"view": message["view"], "n": message.get("n")}
        try:
            reply = self._reply(message)
        except self._told as error:
            reply = {"kind": "problem", "message": str(error)}
        except OSError as error:
            reason = error.strerror or type(error).__name__
            reply = {"kind": "problem", "message": f"{self._unreadable}: {reason}."}
        self.send({**reply, **to})

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to one message of a view. May raise ``OSError``."""
        raise NotImplementedError


def origin(source: str, topic: str) -> str:
    """Where a thing comes from, as a learner reads it."""
    work = find(Source, source)
    year = f" ({work.year})" if work.year else ""
    return f"{work.author}: {work.title}{year}. Part: {topic}"
