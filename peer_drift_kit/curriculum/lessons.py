"""The lessons as a reader meets them: read from the notebooks themselves."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Lesson", "lessons", "read_lesson"]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A notebook to learn with. ``id`` is its file's stem; ``minutes`` is 0 where none are told."""

    id: str
    title: str
    minutes: int = 0


@cache
def lessons() -> tuple[Lesson, ...]:
    """The shipped lessons, in order."""
    from .shipped import lesson_notebooks

    return tuple(read_lesson(path) for path in lesson_notebooks())


def read_lesson(path: Path) -> Lesson:
    """The lesson in one notebook file: its first heading and its time."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    prose = "\n\n".join(
        _joined(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"
    )
    title = re.search(r"^# +(.+?) *$", prose, re.MULTILINE)
    minutes = re.search(r"\*\*Time:\*\* about (\d+) minutes", prose)
    return Lesson(
        id=path.stem,
        title=title[1] if title else path.stem,
        minutes=int(minutes[1]) if minutes else 0,
    )


def _joined(source: str | Sequence[str]) -> str:
    """Notebook files hold a cell's text as one string or as a list of lines."""
    return source if isinstance(source, str) else "".join(source)
