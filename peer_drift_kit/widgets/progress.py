"""``progress(lesson_id)``: where a lesson stands among the others. It marks it as opened."""

from dataclasses import asdict

from ..curriculum import UnknownId
from ..curriculum.lessons import Lesson, lessons
from .room import Message, PrivateView, journal
from .view import script

__all__ = ["progress"]


class ProgressView(PrivateView):
    """Which lessons were opened before is known on this computer alone, so it comes by message."""

    _esm = script("keeping", "private", "progress")

    def _read(self) -> Message:
        opened = [name.removeprefix("lesson:") for name in journal().marks()]
        journal().mark(self._item)
        return {"kind": "entry", "opened": opened}


def progress(lesson: str) -> ProgressView:
    """Show all lessons, with this one as the present one."""
    known = {each.id: each for each in lessons()}
    if lesson not in known:
        raise UnknownId(Lesson.__name__, lesson, known)
    content = {"present": lesson, "lessons": [asdict(each) for each in known.values()]}
    return ProgressView(content, f"lesson:{lesson}")
