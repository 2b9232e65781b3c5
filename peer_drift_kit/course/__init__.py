"""nbgrader's side: it reads what learners hand in, and runs none of it.

The stock ``nbgrader`` commands and Formgrader do the work; ``configure`` hands them our parts.
Nothing here reads a learner's private journal (an import contract holds it), and ``import
peer_drift_kit.course`` needs no nbgrader: nbgrader itself loads the parts, by name.
"""

from .settings import configure

__all__ = ["configure"]
