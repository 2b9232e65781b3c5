"""``table(id)``: paired contrasts to look at oneself with, in private."""

from dataclasses import asdict

from ..curriculum import Table, find
from .room import SITTING, Message, PrivateView, journal, moment
from .view import origin, script

__all__ = ["table"]


class TableView(PrivateView):
    """Shows today beside last time. A sitting begins with nothing marked."""

    _esm = script("keeping", "private", "table")

    def _read(self) -> Message:
        latest = journal().latest(self._item)
        now = latest if latest and latest.sitting == SITTING else None
        before = journal().last_before(self._item, SITTING)
        return {
            "kind": "entry",
            "value": now.value if now else "",
            "at": moment(latest.at) if latest else None,
            "before": {"value": before.value, "at": moment(before.at)} if before else None,
        }


def table(id: str) -> TableView:  # noqa: A002 (the word that notebooks use)
    """Show the table with this id: a slider for each pair, kept in the journal."""
    shown = find(Table, id)
    content = {
        "title": shown.title,
        "left": shown.left,
        "right": shown.right,
        "pairs": [asdict(pair) for pair in shown.pairs],
        "origin": origin(shown.source, shown.topic),
    }
    return TableView(content, f"table:{id}")
