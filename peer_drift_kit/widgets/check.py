"""``check(id)``: a question whose every answer gets a reply. Nothing is kept, nothing is marked."""

from dataclasses import asdict

from ..curriculum import Check, find
from .view import View, origin, script

__all__ = ["check"]


class CheckView(View):
    _esm = script("check")


def check(id: str) -> CheckView:  # noqa: A002 (the word that notebooks use)
    """Ask the question with this id and show what others notice."""
    asked = find(Check, id)
    return CheckView(
        {
            "question": asked.question,
            "options": [asdict(option) for option in asked.options],
            "origin": origin(asked.source, asked.topic),
        }
    )
