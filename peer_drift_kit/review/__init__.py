"""Text in, findings out.

``review`` is pure: it reads nothing but its own rule files, prints nothing and keeps nothing.
"""

from .findings import Finding, Review

__all__ = ["Finding", "Review"]
