"""``prompt(id)``: a question to reflect on in private."""

from ..curriculum import Prompt, find
from .room import PrivateView
from .view import origin, script

__all__ = ["prompt"]


class PromptView(PrivateView):
    _esm = script("keeping", "private", "prompt")


def prompt(id: str) -> PromptView:  # noqa: A002 (the word that notebooks use)
    """Ask the question with this id, with a box that only the learner reads."""
    asked = find(Prompt, id)
    content = {
        "question": asked.question,
        "help": asked.help,
        "origin": origin(asked.source, asked.topic),
    }
    return PromptView(content, f"prompt:{id}")
