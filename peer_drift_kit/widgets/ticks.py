"""``checklist(id)`` and ``recommendations(id)``: things to choose from and make notes on.

What is ticked here shows up in :mod:`.agenda`. Kept in the journal as JSON, by item:
``{"funding": {"picked": true, "note": "..."}}``.
"""

from ..curriculum import Checklist, Question, Recommendations, find
from .room import PrivateView
from .view import origin, script

__all__ = ["checklist", "recommendations"]

GOOD_NEWS = {"yes": "Here a yes is the good news.", "no": "Here a no is the good news.", "open": ""}


class TicksView(PrivateView):
    _esm = script("keeping", "private", "ticks")


def checklist(id: str) -> TicksView:  # noqa: A002 (the word that notebooks use)
    """Show the questions with this id, each to be brought to supervision if wished."""
    shown = find(Checklist, id)
    content = {
        "kind": "To look at together",
        "title": shown.title,
        "text": list(shown.text),
        "items": [
            {"id": each.id, "text": each.text, "aside": _aside(each)} for each in shown.questions
        ],
        "tick": "Bring this to supervision",
        "origin": origin(shown.source, shown.topic),
    }
    return TicksView(content, f"checklist:{id}")


def recommendations(id: str) -> TicksView:  # noqa: A002 (the word that notebooks use)
    """Show the recommendations with this id, each to be taken up with others if wished."""
    shown = find(Recommendations, id)
    content = {
        "kind": "What could be done",
        "title": shown.title,
        "text": list(shown.text),
        "items": [{"id": each.id, "text": each.text, "aside": []} for each in shown.items],
        "tick": "I would like to work on this with others",
        "origin": origin(shown.source, shown.topic),
    }
    return TicksView(content, f"recommendations:{id}")


def _aside(question: Question) -> list[str]:
    """What is said below a question: which answer is good news, where that needs saying."""
    if not question.note:
        return []
    says_so = "good news" in question.note
    return [text for text in ("" if says_so else GOOD_NEWS[question.hope], question.note) if text]
