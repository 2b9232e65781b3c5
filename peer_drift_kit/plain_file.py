"""Reads a file that somebody else put there, and nothing but that file."""

import os
import stat
from contextlib import ExitStack
from pathlib import Path

__all__ = ["NotPlain", "read_plain"]

#: Where a folder can be held, nobody can put a link in its place between a look and the next.
CAN_HOLD = {os.open, os.stat} <= os.supports_dir_fd  # not on Windows


class NotPlain(ValueError):
    """Something else than a plain file of fair size. The message says what, for a person."""


def read_plain(folder: Path, *names: str, at_most: int, hard_links: bool = True) -> bytes:
    """The bytes of a regular file in ``folder``.

    Follows no link, neither the folder, nor the file, nor anything between; waits on no pipe and
    opens no device. Without ``hard_links`` a file that has another name as well is refused: it may
    be somebody else's. Raises :class:`NotPlain`, ``FileNotFoundError`` or another ``OSError``.
    """
    path = folder
    here, place = str(folder), None
    with ExitStack() as held:
        for name in ("", *names):
            if name:
                path = path / name
                here = name if place is not None else str(path)
            # lstat first: to open some devices is to use them.
            mode = os.lstat(here, dir_fd=place).st_mode
            if stat.S_ISLNK(mode):
                raise NotPlain(f"{_shown(folder, path)} is a link")
            if stat.S_ISDIR(mode) and CAN_HOLD:
                place = os.open(here, _flags("O_DIRECTORY", "O_PATH"), dir_fd=place)
                held.callback(os.close, place)
        if not stat.S_ISREG(mode):
            raise NotPlain(f"{_shown(folder, path)} is not a file")
        with os.fdopen(os.open(here, _flags("O_NONBLOCK", "O_BINARY"), dir_fd=place), "rb") as file:
            opened = os.fstat(file.fileno())
            if not stat.S_ISREG(opened.st_mode):
                raise NotPlain(f"{_shown(folder, path)} is not a file")
            if opened.st_nlink > 1 and not hard_links:
                raise NotPlain(f"{_shown(folder, path)} has another name elsewhere (a hard link)")
            data = file.read(at_most + 1)
    if len(data) > at_most:
        raise NotPlain(f"{_shown(folder, path)} is larger than {at_most:,} bytes")
    return data


def _flags(*names: str) -> int:
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", *names):  # not every system has each
        flags |= getattr(os, name, 0)
    return flags


def _shown(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix() if path != folder else folder.name
