"""The file at work: one transaction after the other, each with a connection of its own.

A connection lives no longer than one transaction. So a file that was moved aside, locked or removed
by another notebook is noticed at the next save, and a kernel that is killed holds nothing open.

The rollback journal (``journal_mode=DELETE``) is chosen over WAL on purpose. The journal is
promised to be one file: WAL would leave earlier plain words in a second one after a lock, does not
work on the network disks that many workplaces keep home folders on, and its gain, readers beside a
writer, is nothing to one person. ``synchronous=EXTRA`` is FULL, and also flushes the folder, which
that mode needs for a save to outlive a power cut.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from . import schema
from .damage import set_aside
from .errors import JournalError, is_damage, why
from .place import address, identity, make_room

__all__ = ["BUSY_SECONDS", "Store"]

#: How long a save waits for another notebook's save.
BUSY_SECONDS = 5.0

# POSIX drops a process's locks on a file as soon as any thread closes it.
_one_at_a_time = threading.RLock()

T = TypeVar("T")


class _Moved(Exception):
    """The file was moved aside by another process between our opening it and our turn."""


class Store:
    """The journal's file. ``notice`` tells its owner what happened to it, if anything did."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notice: str | None = None
        self._opened: tuple[int, int] | None = None

    def read(self, work: Callable[[sqlite3.Connection], T], otherwise: "_Telling") -> T:
        """Run ``work`` on one unchanging view of the file."""
        return self._run(work, otherwise, begin="BEGIN")

    def write(self, work: Callable[[sqlite3.Connection], T], otherwise: "_Telling") -> T:
        """Run ``work`` alone with the file: all of it is kept, or none.

        What goes wrong with the file is raised as ``otherwise`` tells it. ``work`` may run again
        on a new file when it finds the old one damaged.
        """
        return self._run(work, otherwise, begin="BEGIN IMMEDIATE")

    def sweep(self) -> bool:
        """Rebuild the file without the traces of what was changed or taken away, if that is due.

        Returns False if it has to wait, because the file is in use or the disk is full.
        """
        with _one_at_a_time:
            try:
                with closing(self._connect()) as connection:
                    if connection.execute("SELECT * FROM sweep_due").fetchone():
                        connection.execute("VACUUM")
                        connection.execute("DELETE FROM sweep_due")
            except (sqlite3.Error, OSError):
                return False  # the row stays, and the next opening tries again
        return True

    def _run(
        self, work: Callable[[sqlite3.Connection], T], otherwise: "_Telling", *, begin: str
    ) -> T:
        with _one_at_a_time:
            for attempts_left in (4, 3, 2, 1, 0):
                try:
                    return self._once(work, begin)
                except _Moved:
                    continue
                except (sqlite3.Error, OSError) as error:
                    if not attempts_left or not self._mended(error, otherwise):
                        raise otherwise(why(error, self.path)) from error
        raise otherwise("another window is using your journal; try again in a moment")

    def _once(self, work: Callable[[sqlite3.Connection], T], begin: str) -> T:
        make_room(self.path)
        self._opened = identity(self.path)
        try:
            with closing(self._connect()) as connection:
                connection.execute(begin)
                try:
                    # Our turn: from now on whoever moves the file waits for us.
                    if self._is_moved():
                        raise _Moved
                    result = work(connection)
                    connection.execute("COMMIT")
                finally:
                    if connection.in_transaction:
                        with contextlib.suppress(sqlite3.Error):
                            connection.execute("ROLLBACK")
                return result
        except sqlite3.Error as error:
            if not self._is_moved():
                raise
            if is_damage(error):
                self._tell_of(None)
            raise _Moved from error

    def _is_moved(self) -> bool:
        """Whether the file that was opened is no longer the one at the path."""
        return self._opened is None or identity(self.path) != self._opened

    def _connect(self) -> sqlite3.Connection:
        if self.path.is_dir():
            raise IsADirectoryError(f"{self.path} is a folder")
        connection = sqlite3.connect(
            address(self.path), uri=True, timeout=BUSY_SECONDS, isolation_level=None
        )
        try:
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            connection.execute("PRAGMA temp_store = MEMORY")  # no plain words in a temporary file
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA synchronous = EXTRA")
            schema.check(connection, self.path)
            connection.execute("PRAGMA journal_mode = DELETE")
        except BaseException:
            connection.close()
            raise
        return connection

    def _mended(self, error: sqlite3.Error | OSError, otherwise: "_Telling") -> bool:
        """Whether it is worth trying again, since the file was damaged and now is not."""
        if isinstance(error, OSError):
            # A folder that is named as a journal is in a journal's place; any other folder is
            # somebody's folder.
            if not isinstance(error, IsADirectoryError) or self.path.suffix != ".sqlite":
                return False
        elif not is_damage(error):
            return False
        try:
            aside = set_aside(self.path, busy_seconds=BUSY_SECONDS)
        except (sqlite3.Error, OSError) as trouble:
            raise otherwise(
                f"the file is damaged and could not be moved aside, since {why(trouble, self.path)}"
            ) from trouble
        if aside or self._is_moved():
            self._tell_of(aside)
        return True  # or it is whole after all

    def _tell_of(self, aside: Path | None) -> None:
        where = f"to {aside}" if aside else "by another window"
        self.notice = (
            f"Your journal file was damaged. It was moved aside {where} and a new one begun. "
            "Nothing was deleted."
        )


_Telling = Callable[[str], JournalError]
