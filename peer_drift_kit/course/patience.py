"""Lets every command wait for a gradebook that somebody else is writing to.

SQLite gives up after five seconds, and nbgrader then ends the whole run. Importing this module
makes each SQLite connection of this process wait for a minute. The parts that nbgrader loads do.
"""

import sqlite3
from typing import Any

from sqlalchemy import Engine, event

__all__ = ["SECONDS"]

SECONDS = 60


@event.listens_for(Engine, "connect")
def _wait(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {SECONDS * 1000}")
