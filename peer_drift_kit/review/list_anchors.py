"""Makes the list of anchors anew: ``python -m peer_drift_kit.review.list_anchors``."""

import json

from .rules import rules
from .searcher import ANCHORS, entry_anchors, entry_name

__all__ = ["listing"]


def listing() -> str:
    """What :data:`.searcher.ANCHORS` should hold."""
    found = {
        entry_name(rule, match): entry_anchors(rule, match)
        for rule in rules()
        for match in rule.match
    }
    lines = (f"{json.dumps(name)}: {json.dumps(each)}" for name, each in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    ANCHORS.write_text(listing(), encoding="utf-8")
