"""Lays the lessons and exercises into a learner's own working folder.

What a learner changed is never written over. An update replaces only files that still say what was
laid there; beside a changed file it lays the new one, once. JupyterLab writes outputs, counts and
widget state into a notebook that is only opened, so notebooks are compared by the type and the
source of their cells; replacing one that was only opened loses outputs and nothing else.

A hidden file in the folder remembers what was laid. Without it nothing is lost either: a file that
differs from what the kit ships, and that nobody remembers, is taken for the learner's own.
"""

import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .answers import FOLDER as ANSWERS

__all__ = ["MANIFEST", "Laid", "WorkFolderError", "lay"]

#: The hidden file that remembers what was laid.
MANIFEST = ".peer-drift.json"


class WorkFolderError(OSError):
    """The folder could not be laid. The message says why, in one line, for a learner to read."""


@dataclass(frozen=True)
class Laid:
    """What one call of :func:`lay` did. Paths are relative to the folder, with ``/``."""

    folder: Path
    #: Files that were not there: all of them the first time, later new ones or missing ones.
    new: tuple[str, ...] = ()
    #: Files that the learner had not changed, now as they are shipped.
    updated: tuple[str, ...] = ()
    #: Files that the learner changed, each with the name of the new one beside it.
    beside: tuple[tuple[str, str], ...] = ()


@dataclass
class _Memory:
    """What the manifest remembers of one file."""

    #: Digest of what the laid file says, as :func:`_says` gives it; "" if that is not known.
    says: str = ""
    #: Digest of the laid file's bytes.
    file: str = ""
    #: What has been laid beside it, as :func:`_says` gives it.
    offered: list[str] = field(default_factory=list)


def lay(folder: Path, *, home: Path, version: str) -> Laid:
    """Lay what is shipped in ``home`` (its ``modules/`` and ``exercises/``) into ``folder``.

    Never changes or removes a file that says anything else than the kit once laid there. Each file
    is written under a temporary name and renamed, so that a crash or a full disk leaves the old one
    or the new one. ``version`` names the file that is laid beside a changed one.

    Raises :class:`WorkFolderError`.
    """
    try:
        _refuse(folder, home)
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return _Layer(folder, home, version).lay()
    except WorkFolderError:
        raise
    except OSError as error:
        raise WorkFolderError(_kindly(folder, error)) from error


def _refuse(folder: Path, home: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise WorkFolderError(f"{folder} is a file, not a folder. Please choose another place.")
    lessons = folder / "modules"
    if lessons.exists() and (home / "modules").exists() and lessons.samefile(home / "modules"):
        raise WorkFolderError(
            f"{folder} is where the kit itself lives. Please choose a folder of your own."
        )


def _kindly(folder: Path, error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"I may not write in {folder}. Please choose another place."
        case errno.ENOSPC | errno.EDQUOT:
            return (
                f"There is no room left for {folder}. Nothing of yours was changed. "
                "Please make some room and start again."
            )
        case errno.EEXIST | errno.ENOTDIR:
            where = error.filename or folder
            return f"There is a file at {where}, where a folder should be. Please move it away."
        case _:
            why = error.strerror or error
            return f"I cannot use {folder}: {why}. Nothing of yours was changed."


class _Layer:
    def __init__(self, folder: Path, home: Path, version: str) -> None:
        self.folder = folder
        self.home = home
        self.version = version
        self.memory = _remembered(folder / MANIFEST)
        self.new: list[str] = []
        self.updated: list[str] = []
        self.beside: list[tuple[str, str]] = []

    def lay(self) -> Laid:
        before = _written(self.memory)
        try:
            for path in _shipped(self.home):
                self._one(path)
        finally:
            # Also on the way out of an error: what was laid until then is to be remembered.
            after = _written(self.memory)
            if after != before or not (self.folder / MANIFEST).exists():
                _write(self.folder / MANIFEST, after)
        return Laid(self.folder, tuple(self.new), tuple(self.updated), tuple(self.beside))

    def _one(self, path: str) -> None:
        shipped = (self.home / path).read_bytes()
        says = _says(path, shipped)
        file = _digest(shipped)
        mine = self.folder / path
        known = self.memory.get(path) or _Memory()

        if not os.path.lexists(mine):
            _write(mine, shipped)
            self.new.append(path)
            self.memory[path] = _Memory(says, file, known.offered)
            return

        there = _read(mine)
        if there is not None and (now := _says(path, there)) in (says, known.says):
            # The learner's part is as it was laid. What is left to bring is a new text, or the
            # parts of a notebook that nobody reads (nbgrader's marks on a cell).
            if _digest(there) != file and known.file != file:
                _write(mine, shipped)
                if now != says:
                    self.updated.append(path)
            self.memory[path] = _Memory(says, file, known.offered)
            return

        if says != known.says and says not in known.offered:
            self._beside(path, shipped, says)
            known.offered.append(says)
            self.memory[path] = known

    def _beside(self, path: str, shipped: bytes, says: str) -> None:
        place = Path(path)
        for number in range(1, 1000):
            again = f", {number}" if number > 1 else ""
            name = f"{place.stem} (new in {self.version}{again}){place.suffix}"
            target = self.folder / place.with_name(name)
            if not os.path.lexists(target):
                _write(target, shipped)
                self.beside.append((path, name))
                return
            there = _read(target)
            if there is not None and _says(path, there) == says:
                return
        raise WorkFolderError(f"There are too many copies of {path}. Please tidy up a little.")


def _shipped(home: Path) -> Iterator[str]:
    """The files a learner gets: each lesson, and all of an exercise but answers and hidden files.

    Answers are a learner's own words: the kit's widgets write there, an update stays out.
    """
    lessons = sorted((home / "modules").glob("[!.]*.ipynb"))
    if not lessons:
        raise WorkFolderError("The lessons did not come with the kit. Please install it again.")
    yield from (f"modules/{each.name}" for each in lessons)
    exercises = home / "exercises"
    for file in sorted(exercises.glob("*/**/*")):
        parts = file.relative_to(exercises).parts
        if file.is_file() and not any(
            part == ANSWERS or part == "__pycache__" or part.startswith(".") for part in parts
        ):
            yield file.relative_to(home).as_posix()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _says(path: str, data: bytes) -> str:
    """A digest of what a file says: of a notebook, its cells' types, sources and pasted pictures.

    Empty cells say nothing; JupyterLab adds one when the last cell is run. A file that is no
    notebook, or a broken one, says each of its bytes.
    """
    if path.endswith(".ipynb"):
        try:
            cells = [
                [cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}]
                for cell in json.loads(data)["cells"]
                if "".join(cell["source"]).strip() or cell.get("attachments")
            ]
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            pass
        else:
            return "cells:" + _digest(json.dumps(cells, sort_keys=True).encode("ascii"))
    return "bytes:" + _digest(data)


def _read(path: Path) -> bytes | None:
    """The file's bytes; None for what an update should keep its hands off: a link, a folder ..."""
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remembered(manifest: Path) -> dict[str, _Memory]:
    """What the manifest says; what is missing or broken in it counts as forgotten."""
    try:
        files = json.loads(manifest.read_bytes())["files"].items()
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}
    return {path: memory for path, entry in files if (memory := _entry(entry))}


def _entry(entry: Any) -> _Memory | None:
    match entry:
        case {"says": str(says), "file": str(file), "offered": list(offered)}:
            return _Memory(says, file, [each for each in offered if isinstance(each, str)])
        case _:
            return None


def _written(memory: dict[str, _Memory]) -> bytes:
    files = {
        path: {"says": each.says, "file": each.file, "offered": each.offered}
        for path, each in sorted(memory.items())
    }
    return (json.dumps({"format": 1, "files": files}, indent=1) + "\n").encode("ascii")
