"""What is in the file: its tables, and how a journal is told from any other file."""

import sqlite3
from pathlib import Path

from .errors import JournalError

__all__ = ["VERSION", "check"]

#: PRAGMA user_version. A file with a higher one is from a newer kit.
VERSION = 1

#: PRAGMA application_id: "PDrj", so that a database of some other program is never written to.
_OURS = 0x5044726A

# `body` is UTF-8, or where `sealed` is 1 what lock.py makes of it. `at` is microseconds since 1970.
# The newest version is the one with the highest id, whatever a clock that was set back says.
_TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY,
    item TEXT NOT NULL,
    at INTEGER NOT NULL,
    sitting TEXT NOT NULL,
    sealed INTEGER NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX entries_item ON entries (item, id);
CREATE TABLE marks (item TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE passphrase (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    n INTEGER NOT NULL,
    r INTEGER NOT NULL,
    p INTEGER NOT NULL,
    salt BLOB NOT NULL,
    proof BLOB NOT NULL
);
CREATE TABLE sweep_due (only INTEGER PRIMARY KEY CHECK (only = 1));
"""


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables in an empty file.

    Raises :class:`JournalError` for a file from a newer kit or of another program, and leaves it
    as it is.
    """
    # Each time in a transaction, or another process could make the tables between two looks.
    connection.execute("BEGIN")
    try:
        ready = _is_journal(connection, path)
    finally:
        connection.execute("ROLLBACK")
    if ready:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_journal(connection, path):  # another process may have been faster
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_OURS}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _is_journal(connection: sqlite3.Connection, path: Path) -> bool:
    """True for a journal of this version, False for an empty file."""
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION and owner in (0, _OURS):
        raise JournalError(
            f"The journal at {path} was made by a newer Peer Drift Kit. "
            "Please update the kit to open it. The file was left as it is."
        )
    if owner == _OURS:
        return True
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if owner or version or tables:
        raise JournalError(
            f"The file {path} belongs to another program. It was left as it is. "
            "Please choose another place for your journal."
        )
    return False
