"""A damaged file is moved aside, never deleted, and never while it may yet be whole."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from .errors import is_damage, primary
from .place import address

__all__ = ["damaged_copies", "set_aside"]

#: What SQLite may leave beside a file. It belongs to that file and would harm a new one.
_COMPANIONS = ("-journal", "-wal", "-shm")


def set_aside(path: Path, *, busy_seconds: float) -> Path | None:
    """Move a damaged file to ``<stem>.damaged-<UTC time><suffix>``, with its companions.

    Looks again first, with other processes kept out: returns None for a file that is whole. When
    another process has moved it aside already, the file here is its whole successor.

    Raises :class:`sqlite3.Error` or :class:`OSError` for a file that is busy or out of reach.
    """
    with _alone_in(path.parent), contextlib.ExitStack() as stack:
        if not path.exists():
            return None  # moved, and the new one not yet begun
        if not path.is_dir() and not _is_damaged(path, busy_seconds, stack):
            return None
        if os.name == "nt":
            stack.close()  # Windows moves no open file
        aside = _free_name(path)
        # Companions first: a new file must never meet the old one's.
        for companion in _COMPANIONS:
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + companion).rename(
                    aside.with_name(aside.name + companion)
                )
        path.rename(aside)
        return aside


def damaged_copies(path: Path) -> list[Path]:
    """Everything that was moved aside from this path, oldest first."""
    beginning = f"{path.stem}.damaged-"
    try:
        return sorted(
            each
            for each in path.parent.iterdir()
            if each.name.startswith(beginning) and f"Z{path.suffix}" in each.name
        )
    except OSError:
        return []


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One process at a time, where the system can lock a folder.

    Where it cannot (Windows, a browser tab, some network disks) there is no need or no means: a
    browser tab is alone, and Windows refuses to move a file that another process has open.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_damaged(path: Path, busy_seconds: float, stack: contextlib.ExitStack) -> bool:
    """Look through the whole file. The write lock stays ours until the stack is closed, so that
    nobody's words go into a file that is on its way out."""
    connection = sqlite3.connect(
        address(path), uri=True, timeout=busy_seconds, isolation_level=None
    )
    stack.enter_context(closing(connection))
    try:
        # A look before the lock: to lock a file of a few bytes, SQLite would begin to fill it.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if primary(error) != sqlite3.SQLITE_READONLY:
                raise
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        return bool(found != "ok")
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        return True


def _free_name(path: Path) -> Path:
    while True:
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
        aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
        if not os.path.lexists(aside):
            return aside
