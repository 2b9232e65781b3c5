"""``before_and_after(id)``: one contact told twice, with the moves between the tellings."""

from dataclasses import asdict

from ..curriculum import BeforeAndAfter, find
from .view import View, origin, script

__all__ = ["before_and_after"]


class BeforeAndAfterView(View):
    _esm = script("before_and_after")


def before_and_after(id: str) -> BeforeAndAfterView:  # noqa: A002 (the word that notebooks use)
    """Show both tellings with this id; the moves light up one at a time."""
    told = find(BeforeAndAfter, id)
    return BeforeAndAfterView(
        {
            "title": told.title,
            "scene": told.scene,
            "tellings": [
                {"title": told.before_title, "text": told.before},
                {"title": told.after_title, "text": told.after},
            ],
            "moves": [asdict(move) for move in told.moves],
            "origin": origin(told.source, told.topic),
        }
    )
