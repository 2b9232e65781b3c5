"""``idea(id)``: a thought to read."""

from dataclasses import asdict

from ..curriculum import Idea, find
from .view import View, origin, script

__all__ = ["idea"]


class IdeaView(View):
    _esm = script("idea")


def idea(id: str) -> IdeaView:  # noqa: A002 (the word that notebooks use)
    """Show the idea with this id, and where it comes from."""
    shown = find(Idea, id)
    return IdeaView(
        {
            "title": shown.title,
            "text": list(shown.text),
            "points": [asdict(point) for point in shown.points],
            "origin": origin(shown.source, shown.topic),
        }
    )
