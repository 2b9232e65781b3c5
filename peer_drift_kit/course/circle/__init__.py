"""Peer circles: each learner reads what some others wrote, without names, and answers in words.

:mod:`.pairing` says who reads whom, :mod:`.packets` makes what is sent to each reader,
:mod:`.gather` reads what comes back, and :mod:`.record` keeps it all in one file. Nothing of it is
in the gradebook, and nothing of it has points.
"""

from .gather import PeerWords, from_peers

__all__ = ["PeerWords", "from_peers"]
