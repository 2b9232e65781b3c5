"""What can go wrong with a journal. Each message is one line for its owner to read."""

import errno
import sqlite3
from pathlib import Path

__all__ = [
    "JournalError",
    "JournalLocked",
    "JournalNotSaved",
    "WrongPassphrase",
    "is_damage",
    "not_changed",
    "not_opened",
    "not_read",
    "not_saved",
    "primary",
    "why",
]


class JournalError(Exception):
    """Something about the journal did not work. The message never holds what was written."""


class JournalLocked(JournalError):
    """The journal has a passphrase, and this process has not been given it yet."""


class JournalNotSaved(JournalError):
    """A save did not happen. What was there before is as it was."""


class WrongPassphrase(JournalError):
    """The passphrase does not open the journal."""


def not_saved(reason: str) -> JournalError:
    return JournalNotSaved(f"Not saved: {reason}. Your words are still in the box.")


def not_read(reason: str) -> JournalError:
    return JournalError(f"Your journal could not be read: {reason}.")


def not_changed(reason: str) -> JournalError:
    return JournalError(f"Your journal is as it was: {reason}.")


def not_opened(reason: str) -> JournalError:
    return JournalError(f"Your journal could not be opened: {reason}.")


def primary(error: BaseException) -> int:
    """SQLite's code for what went wrong, or 0."""
    # SQLite's extended codes carry the plain code in their lowest byte.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is broken, and not merely busy or out of reach."""
    return primary(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def why(error: sqlite3.Error | OSError, path: Path) -> str:
    """The reason in plain words, as the end of a sentence."""
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            return "the disk is full"
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            return f"{path.parent} is a place where we may not write"
        return f"there is no way to keep a file at {path}"
    code = primary(error)
    if code == sqlite3.SQLITE_FULL:
        return "the disk is full"
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return "another window is using your journal; try again in a moment"
    if code == sqlite3.SQLITE_READONLY:
        return f"{path} may be read but not written to"
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return f"we may not open {path}, or not write in its folder"
    if code == sqlite3.SQLITE_IOERR:
        return f"the disk that holds {path} gave no answer"
    if code == sqlite3.SQLITE_TOOBIG:
        return "this is longer than a journal can hold"
    if is_damage(error):
        return f"{path} is damaged and could not be moved aside"
    return f"{path} is not as a journal should be"
