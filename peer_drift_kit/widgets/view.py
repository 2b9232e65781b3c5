"""What all widgets share: a view's script and style, and its fixed content."""

from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ..curriculum import Source, find

__all__ = ["View", "origin", "script", "style"]

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


def origin(source: str, topic: str) -> str:
    """Where a thing comes from, as a learner reads it."""
    work = find(Source, source)
    year = f" ({work.year})" if work.year else ""
    return f"{work.author}: {work.title}{year}. Part: {topic}"
