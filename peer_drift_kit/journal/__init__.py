"""The journal: the private room. One file, owner-only, which only its owner's own widgets read.

Needs the standard library alone (and platformdirs to find the place); ``cryptography`` is imported
when a passphrase is set or used, and not before.
"""

from .entries import Entry
from .errors import JournalError, JournalLocked, JournalNotSaved, WrongPassphrase
from .journal import Journal
from .place import journal_path

__all__ = [
    "Entry",
    "Journal",
    "JournalError",
    "JournalLocked",
    "JournalNotSaved",
    "WrongPassphrase",
    "journal_path",
]
