"""Where the journal is, and how its folder and file are made: for their owner and nobody else."""

import contextlib
import os
import stat
from pathlib import Path
from urllib.parse import quote

from .errors import JournalError

__all__ = [
    "VARIABLE",
    "address",
    "identity",
    "journal_path",
    "make_room",
    "others_may_read",
    "settle",
]

VARIABLE = "PEER_DRIFT_JOURNAL"

#: Windows keeps other people out of a user's folder by other means than modes.
_HAS_MODES = os.name == "posix"


def journal_path() -> Path:
    """The file that holds the journal. It need not be there yet."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("peer-drift-kit", appauthor=False) / "journal.sqlite"


def settle(path: Path) -> Path:
    """The whole path, with links followed, so that a file is moved aside where it really is."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise JournalError(f"No journal can be kept at {path}.") from error


def make_room(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600) where they are missing; tighten the file.

    The file is there, for its owner only, before SQLite writes a word. Raises :class:`OSError`,
    and :class:`JournalError` where something that is no file stands in its place.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):  # another process may be faster
            # Closing a file drops this process's locks on it, but nobody can lock a file that is
            # not there yet, and the store lets one thread in at a time.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise JournalError(f"{path} is not a file that a journal can be kept in.")
    if _HAS_MODES and stat.S_ISREG(mode) and mode & 0o077:
        with contextlib.suppress(OSError):  # some disks have no modes; others_may_read tells
            path.chmod(0o600)


def others_may_read(path: Path) -> bool:
    """Whether the file is open to other users of this computer, as far as its mode tells."""
    try:
        return _HAS_MODES and bool(path.stat().st_mode & 0o077)
    except OSError:
        return False


def address(path: Path) -> str:
    """The path as SQLite's URI. ``mode=rw``: SQLite never makes the file, since others could read
    what it makes."""
    # Not as_uri(): SQLite wants a Windows share as file:////server/share, not file://server/share.
    name = path.as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name))}?mode=rw"


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at the path now, so that one moved aside is not mistaken for the new."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
