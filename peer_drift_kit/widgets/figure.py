"""``figure(id)``: a drawing that can also be read."""

from pathlib import Path

from ..curriculum import Figure, find
from .view import View, origin, script

__all__ = ["drawing", "figure"]

FIGURES = Path(__file__).parent / "figures"


class FigureView(View):
    _esm = script("figure")


def drawing(name: str) -> str:
    """The SVG of a figure, as it lies in ``figures/``."""
    return (FIGURES / f"{name}.svg").read_text(encoding="utf-8")


def figure(id: str) -> FigureView:  # noqa: A002 (the word that notebooks use)
    """Show the drawing with this id, its name and all it shows in words."""
    shown = find(Figure, id)
    return FigureView(
        {
            "title": shown.title,
            "alt": shown.alt,
            "words": list(shown.words),
            "svg": drawing(id),
            "origin": origin(shown.source, shown.topic),
        }
    )
