"""What the exchange keeps beside a submission: when it was handed in, and a secret.

Each lies in a small file of its own, and goes along from folder to folder.
"""

from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from peer_drift_kit.plain_file import NotPlain, read_plain

from .whole_file import write_whole

__all__ = [
    "LARGEST",
    "SECRET",
    "SMALL_FILES",
    "TIME",
    "copy_small_files",
    "read_small",
    "time_in",
    "time_told",
]

TIME, SECRET = SMALL_FILES = ("timestamp.txt", "submission_secret.txt")
LARGEST = 1_000


def time_told(data: bytes) -> datetime | None:
    """The time that the bytes of such a file tell, in UTC and without a zone; None for none."""
    try:
        found: datetime | None = parse_utc(data.decode("ascii").strip())
    except (ValueError, OverflowError):
        return None
    return found


def time_in(folder: Path) -> datetime | None:
    """When the submission in a folder was handed in; None where nothing there tells it."""
    data = read_small(folder, TIME)
    return None if data is None else time_told(data)


def read_small(folder: Path, name: str) -> bytes | None:
    """The bytes of such a file; None where there is none that is plain and small."""
    try:
        return read_plain(folder, name, at_most=LARGEST)
    except (NotPlain, OSError):
        return None


def copy_small_files(source: Path, target: Path) -> None:
    """Copy those that are there, read-only, as nbgrader leaves them."""
    for name in SMALL_FILES:
        data = read_small(source, name)
        if data is not None:
            write_whole(target / name, data, mode=0o444)
