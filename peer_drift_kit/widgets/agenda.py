"""``agenda()``: the learner's own list, made of what they ticked and noted elsewhere."""

import json
from collections.abc import Iterable

from ..curriculum import Case, Checklist, Recommendations, Sign, every, find
from .rewrite import settled_item
from .room import Message, PrivateView, journal
from .view import script

__all__ = ["agenda"]


class AgendaView(PrivateView):
    """Reads the journal when its view asks; keeps nothing itself."""

    _esm = script("keeping", "private", "agenda")

    def _read(self) -> Message:
        lists = every(Checklist).values()
        groups = [
            _group(f"checklist:{each.id}", each.title, ((q.id, q.text) for q in each.questions))
            for each in lists
        ]
        groups += [
            _group(f"recommendations:{each.id}", each.title, ((r.id, r.text) for r in each.items))
            for each in every(Recommendations).values()
        ]
        groups.append(_required())
        return {"kind": "entry", "groups": [group for group in groups if group["items"]]}


def _group(item: str, title: str, texts: Iterable[tuple[str, str]]) -> Message:
    """What was ticked in one list, in the order of the list."""
    entry = journal().latest(item)
    ticks = json.loads(entry.value) if entry and entry.value else {}
    picked = [
        {"text": text, "note": ticks[id_].get("note", "")}
        for id_, text in texts
        if ticks.get(id_, {}).get("picked")
    ]
    return {
        "title": title,
        "where": "supervision" if item.startswith("checklist:") else "others",
        "items": picked,
    }


def _required() -> Message:
    """The words in rewrites of which the learner said that their workplace requires them."""
    found = []
    for case in every(Case):
        entry = journal().latest(settled_item(case))
        told = json.loads(entry.value) if entry and entry.value else {}
        found += [
            {"text": f"“{words}” ({find(Sign, label).name})", "note": ""}
            for label, words in told.get("required", [])
        ]
    return {"title": "Words that are required where I work", "where": "supervision", "items": found}


def agenda() -> AgendaView:
    """Show all that the learner ticked, to take to supervision or to their community."""
    return AgendaView({}, "agenda")
