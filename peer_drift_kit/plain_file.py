"""Reads a file that somebody else put there, and nothing but that file."""

import os
import stat
from pathlib import Path

__all__ = ["NotPlain", "read_plain"]


class NotPlain(ValueError):
    """Something else than a plain file of fair size. The message says what, for a person."""


def read_plain(folder: Path, *names: str, at_most: int) -> bytes:
    """The bytes of a regular file in ``folder``.

    Follows no link, neither the folder, nor the file, nor anything between; waits on no pipe and
    opens no device. Raises :class:`NotPlain`, ``FileNotFoundError`` or another ``OSError``.
    """
    path = folder
    for name in ("", *names):
        path = path / name
        # lstat first: to open some devices is to use them.
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise NotPlain(f"{_shown(folder, path)} is a link")
    if not stat.S_ISREG(mode):
        raise NotPlain(f"{_shown(folder, path)} is not a file")
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # not every system has each
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotPlain(f"{_shown(folder, path)} is not a file")
        data = file.read(at_most + 1)
    if len(data) > at_most:
        raise NotPlain(f"{_shown(folder, path)} is larger than {at_most:,} bytes")
    return data


def _shown(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path != folder else folder.name
