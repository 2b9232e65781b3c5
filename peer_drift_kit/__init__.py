"""Peer Drift Kit: a reflective curriculum about peer drift.

These are the calls that a notebook may make, one for each kind of thing that a lesson shows. They
load when they are first asked for, so that ``import peer_drift_kit`` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .widgets.agenda import agenda
    from .widgets.before_and_after import before_and_after
    from .widgets.celebration import celebration
    from .widgets.check import check
    from .widgets.figure import figure
    from .widgets.hand_in import hand_in
    from .widgets.idea import idea
    from .widgets.progress import progress
    from .widgets.prompt import prompt
    from .widgets.respond import respond
    from .widgets.rewrite import rewrite
    from .widgets.spot import spot
    from .widgets.table import table
    from .widgets.ticks import checklist, recommendations

__all__ = [
    "agenda",
    "before_and_after",
    "celebration",
    "check",
    "checklist",
    "figure",
    "hand_in",
    "idea",
    "progress",
    "prompt",
    "recommendations",
    "respond",
    "rewrite",
    "spot",
    "table",
]

_MODULES = {"checklist": "ticks", "recommendations": "ticks"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".widgets.{_MODULES.get(name, name)}", __name__), name)


def __dir__() -> list[str]:
    return __all__
