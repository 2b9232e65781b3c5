"""What is taught, as data: TOML files, their schema, and the loader.

This is the lowest layer: it imports nothing else of the kit.
"""

from .load import DataError, every, find
from .nearest import UnknownId
from .schema import *  # noqa: F403  (the schema's own __all__ is the list)
from .schema import __all__ as _kinds

__all__ = ["DataError", "UnknownId", "every", "find", *_kinds]
