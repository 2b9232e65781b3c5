"""``spot(id)``: sentences to listen to, with a reply to each choice. Nothing is kept or marked."""

from ..curriculum import Sign, Spot, find
from .view import View, origin, script, style

__all__ = ["spot"]


class SpotView(View):
    _esm = script("spot")
    _css = style("studio")


def spot(id: str) -> SpotView:  # noqa: A002 (the word that notebooks use)
    """Show the sentences with this id, each to be heard as a sign of drift or as nothing."""
    shown = find(Spot, id)
    return SpotView(
        {
            "title": shown.title,
            "text": shown.text,
            "signs": [
                {"id": each.id, "name": each.name, "meaning": each.meaning}
                for each in (find(Sign, name) for name in shown.signs)
            ],
            "sentences": [
                {"text": each.text, "sign": each.sign, "why": each.why} for each in shown.sentences
            ],
            "origin": origin(shown.source, shown.topic),
        }
    )
