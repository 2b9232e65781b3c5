"""The journal as widgets and the command see it."""

import sqlite3
from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from .damage import damaged_copies
from .entries import Entry, clean, from_micros, micros_now
from .errors import JournalError, JournalLocked, not_changed, not_opened, not_read, not_saved
from .lock import Key, Lock, Unreadable, about, held_key, hold_key, make_lock
from .place import journal_path, others_may_read, settle
from .store import Store

__all__ = ["Journal"]

_COLUMNS = "SELECT id, item, at, sitting, sealed, body FROM entries"

_LOCKED = "Your journal is locked. Your passphrase opens it."
_NOT_SAVED = "Not saved, since your journal is locked. Your words are still in the box."

T = TypeVar("T")


class Journal:
    """Every version of what was written, by item. Made with :meth:`open`.

    Any method may raise :class:`JournalError`, whose message is one line for the learner. Versions
    are only added, but for one case: within a sitting, a version that merely goes on from the one
    before takes its place, since it holds all of it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._odd = False

    @classmethod
    def open(cls, path: Path | None = None) -> "Journal":
        """Open the journal, or make an empty one. ``path`` is for tests; see :func:`journal_path`.

        Raises :class:`JournalError`.
        """
        journal = cls(Store(settle(path or journal_path())))
        due = journal._store.read(_sweep_is_due, not_opened)
        if due:
            journal._store.sweep()
        return journal

    @property
    def path(self) -> Path:
        return self._store.path

    @property
    def notice(self) -> str | None:
        """What the owner should know about the file, or None."""
        if self._store.notice:
            return self._store.notice
        if self._odd:
            return (
                "One version in your journal was changed outside the kit and cannot be read. "
                "It is still in the file."
            )
        if others_may_read(self.path):
            return (
                f"Other people who use this computer may be able to open {self.path}. "
                "A passphrase helps: peer-drift journal lock"
            )
        return None

    # What is written, and read again

    def write(self, item: str, value: str, *, sitting: str) -> Entry:
        """Keep a version. Raises :class:`JournalNotSaved`, or :class:`JournalLocked`.

        ``sitting`` names one showing of one widget. A value that is the newest already is not
        written again; the entry that holds it is returned.
        """
        item, value, sitting = clean(item), clean(value), clean(sitting)

        def work(connection: sqlite3.Connection) -> Entry:
            # Read inside the transaction: another notebook may have locked the journal just now.
            key = _key(connection, _NOT_SAVED)
            newest = _first(self._newest_first(connection, key, "item = ?", item))
            if newest and newest[1].value == value:
                return newest[1]
            mine = _first(
                self._newest_first(connection, key, "item = ? AND sitting = ?", item, sitting)
            )
            if mine and value.startswith(mine[1].value):
                connection.execute("DELETE FROM entries WHERE id = ?", (mine[0],))
            at = micros_now()
            connection.execute(
                "INSERT INTO entries (item, at, sitting, sealed, body) VALUES (?, ?, ?, ?, ?)",
                (item, at, sitting, key is not None, _body(key, item, at, sitting, value)),
            )
            return Entry(item, value, from_micros(at), sitting)

        return self._store.write(work, not_saved)

    def latest(self, item: str) -> Entry | None:
        """The newest version."""
        return next(iter(self._versions("item = ?", item, most=1)), None)

    def earlier(self, item: str) -> list[Entry]:
        """All versions but the newest, newest first."""
        return self._versions("item = ?", item)[1:]

    def last_before(self, item: str, sitting: str) -> Entry | None:
        """The newest version from any other sitting."""
        found = self._versions("item = ? AND sitting <> ?", item, sitting, most=1)
        return next(iter(found), None)

    def items(self) -> list[str]:
        """Which items have been written to, longest untouched first. Needs no passphrase."""
        return self._store.read(
            lambda connection: [
                item
                for (item,) in connection.execute(
                    "SELECT item FROM entries GROUP BY item ORDER BY max(id)"
                )
            ],
            not_read,
        )

    # Marks

    def mark(self, item: str) -> None:
        """Mark something as done, such as a lesson. The first time is kept."""
        self._store.write(
            lambda connection: (
                connection.execute(
                    "INSERT OR IGNORE INTO marks (item, at) VALUES (?, ?)",
                    (clean(item), micros_now()),
                ).rowcount
            ),
            not_changed,
        )

    def marks(self) -> dict[str, datetime]:
        """When each marked item was first marked, oldest first. Needs no passphrase."""
        rows = self._store.read(
            lambda connection: connection.execute(
                "SELECT item, at FROM marks ORDER BY at, item"
            ).fetchall(),
            not_read,
        )
        return {item: from_micros(at) for item, at in rows}

    # The passphrase

    @property
    def has_passphrase(self) -> bool:
        return self._store.read(Lock.read, not_read) is not None

    @property
    def is_locked(self) -> bool:
        """Whether there is a passphrase that this process has not been given yet."""
        lock = self._store.read(Lock.read, not_read)
        return lock is not None and held_key(lock) is None

    def unlock(self, passphrase: str) -> None:
        """Open the journal for every notebook widget of this process.

        Raises :class:`WrongPassphrase`.
        """
        lock = self._store.read(Lock.read, not_read)
        if lock:
            hold_key(lock, lock.key(passphrase))

    def lock(self, passphrase: str) -> None:
        """Set a passphrase. All that was written is sealed in one transaction, and then the file
        is rebuilt, so that no plain words are left in it. It stays open to this process."""
        lock, key = make_lock(passphrase)

        def work(connection: sqlite3.Connection) -> None:
            if Lock.read(connection):
                raise JournalError("Your journal has a passphrase already.")
            _recode(connection, None, key)
            lock.write(connection)
            _ask_for_sweep(connection)

        self._store.write(work, not_changed)
        hold_key(lock, key)
        self._store.sweep()

    def change_passphrase(self, passphrase: str) -> None:
        """Seal everything with a new passphrase. Raises :class:`JournalLocked` unless unlocked."""
        lock, key = make_lock(passphrase)

        def work(connection: sqlite3.Connection) -> None:
            _recode(connection, _key(connection), key)
            lock.write(connection)
            _ask_for_sweep(connection)

        self._store.write(work, not_changed)
        hold_key(lock, key)
        self._store.sweep()

    def remove_lock(self) -> None:
        """Take the passphrase away. Raises :class:`JournalLocked` unless unlocked."""

        def work(connection: sqlite3.Connection) -> None:
            _recode(connection, _key(connection), None)
            connection.execute("DELETE FROM passphrase")

        self._store.write(work, not_changed)

    # Forgetting

    def forget(self, items: Iterable[str]) -> None:
        """Take away every version of these items, and their marks. Needs no passphrase."""
        names = [(item,) for item in items]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM entries WHERE item = ?", names)
            connection.executemany("DELETE FROM marks WHERE item = ?", names)
            _ask_for_sweep(connection)

        self._store.write(work, not_changed)
        self._store.sweep()

    def forget_all(self) -> None:
        """Take away everything: entries, marks, and the passphrase, so that somebody who has lost
        it can begin anew; and then the damaged copies beside the file."""

        def work(connection: sqlite3.Connection) -> None:
            for table in ("entries", "marks", "passphrase"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  (three names from above)
            _ask_for_sweep(connection)

        self._store.write(work, not_changed)
        self._store.sweep()
        for copy in self.damaged_copies():
            try:
                if not copy.is_dir():
                    copy.unlink(missing_ok=True)
            except OSError as error:
                raise JournalError(f"This copy could not be taken away: {copy}") from error

    def damaged_copies(self) -> list[Path]:
        """Damaged files that were moved aside earlier. What was in them may still be readable."""
        return damaged_copies(self.path)

    @property
    def is_swept(self) -> bool:
        """False while traces of plain words may be left in the file, since it was in use or the
        disk was full when a passphrase was set or something forgotten. Opening tries again."""
        return not self._store.read(_sweep_is_due, not_read)

    # Inside

    def _versions(self, where: str, *names: str, most: int | None = None) -> list[Entry]:
        def work(connection: sqlite3.Connection) -> list[Entry]:
            found = self._newest_first(connection, _key(connection), where, *map(clean, names))
            with closing(found):
                return [entry for _, entry in islice(found, most)]

        return self._store.read(work, not_read)

    def _newest_first(
        self, connection: sqlite3.Connection, key: Key | None, where: str, *names: str
    ) -> Generator[tuple[int, Entry]]:
        """Row ids and entries. What cannot be read is passed over, and noticed."""
        query = f"{_COLUMNS} WHERE {where} ORDER BY id DESC"
        for row_id, item, at, sitting, sealed, body in connection.execute(query, names):
            try:
                value = _plain(key, item, at, sitting, sealed, body)
                yield (
                    row_id,
                    Entry(item, value.decode("utf-8", "replace"), from_micros(at), sitting),
                )
            except (Unreadable, OverflowError, TypeError, AttributeError):
                self._odd = True


def _key(connection: sqlite3.Connection, line: str = _LOCKED) -> Key | None:
    """The key of a journal with a passphrase; None for one without."""
    lock = Lock.read(connection)
    key = held_key(lock) if lock else None
    if lock and not key:
        raise JournalLocked(line)
    return key


def _first(found: Generator[T]) -> T | None:
    with closing(found):  # an unfinished question would keep the file in use
        return next(found, None)


def _body(key: Key | None, item: str, at: int, sitting: str, value: str) -> bytes:
    plain = value.encode()
    return key.seal(plain, about(item, at, sitting)) if key else plain


def _plain(key: Key | None, item: str, at: int, sitting: str, sealed: int, body: bytes) -> bytes:
    if bool(sealed) != (key is not None):
        raise Unreadable
    return key.open(body, about(item, at, sitting)) if key else body


def _recode(connection: sqlite3.Connection, old: Key | None, new: Key | None) -> None:
    """Seal every version anew. What cannot be read is left as it is."""
    ids = [row_id for (row_id,) in connection.execute("SELECT id FROM entries")]
    for row_id in ids:
        (_, item, at, sitting, sealed, body) = connection.execute(
            f"{_COLUMNS} WHERE id = ?", (row_id,)
        ).fetchone()
        try:
            plain = _plain(old, item, at, sitting, sealed, body)
        except Unreadable:
            continue
        connection.execute(
            "UPDATE entries SET sealed = ?, body = ? WHERE id = ?",
            (
                new is not None,
                new.seal(plain, about(item, at, sitting)) if new else plain,
                row_id,
            ),
        )


def _ask_for_sweep(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO sweep_due (only) VALUES (1)")


def _sweep_is_due(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT * FROM sweep_due").fetchone() is not None
