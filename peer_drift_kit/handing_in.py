"""Handing in without a course server: what leaves the machine, and one small zip of it.

The zip is ``handed-in/<assignment>--<who>.zip``, in the folder that holds ``exercises/``; an
exercise that lies elsewhere has ``handed-in/`` beside itself. So it is never in the folder that is
handed in. It holds these files and nothing else::

    <assignment>.ipynb               the words of its cells, without all that a kernel put there
    answers/<case>.md                the answer, byte for byte
    answers/<case>.json              the learner's reasons
    answers/drafts/<case>/<time>.md  earlier drafts

An assignment is called as its folder is, and a case is one of the curriculum's. In the packet of a
peer circle it is the code under which a text was given. Whatever else lies in the folder stays.
Nothing is sent anywhere.

(The name ``peer_drift_kit.hand_in`` is the call that notebooks make.)
"""

import errno
import json
import os
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .answers import FOLDER, Answer
from .curriculum import Case, every
from .plain_file import NotPlain, read_plain
from .response import CIRCLE, is_code

__all__ = [
    "LARGEST_ANSWER",
    "LARGEST_NOTEBOOK",
    "LARGEST_REASONS",
    "MOST_FILES",
    "Leaving",
    "Made",
    "NothingMade",
    "Part",
    "in_words",
    "is_reserved",
    "leaving",
    "make_zip",
]

#: What is handed in is no larger, in bytes and files; a course takes no more. (A browser needs half
#: a minute for a page with a megabyte of some scripts.)
LARGEST_ANSWER = 200_000
LARGEST_NOTEBOOK = 10_000_000
LARGEST_REASONS = 200_000
MOST_FILES = 500
#: Outputs may make a notebook larger, and they stay here.
LARGEST_WITH_OUTPUTS = 10 * LARGEST_NOTEBOOK

#: A name has to leave room for the assignment's, in a file name of 255 bytes.
LONGEST_WHO, LARGEST_WHO = 60, 120
#: Names that Windows keeps for itself, in any folder and with any ending.
RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}


class NothingMade(OSError):
    """Nothing could be handed in. The message says why, in one line, for a learner to read."""


@dataclass(frozen=True)
class Part:
    """A file that leaves the machine: its path in the zip, and its bytes."""

    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class Leaving:
    """What would leave the machine now, and a line for each thing that looks so and does not."""

    assignment: str
    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """What to think of first, where there is no answer in ``answers/``; or nothing."""
        if any(each.name.endswith(".md") and each.data.strip() for each in self.parts):
            return ""
        return (
            f"I see no words in your folder {FOLDER} yet. "
            "If you wrote in the page's own cell, they are in the notebook."
        )


@dataclass(frozen=True)
class Made:
    """A zip that was made. ``parts`` are the names and sizes of the files in it."""

    path: Path
    parts: tuple[tuple[str, int], ...]
    left_out: tuple[str, ...] = ()


def leaving(exercise: Path) -> Leaving:
    """Read what would leave the machine. Raises :class:`NothingMade`."""
    exercise = _real(exercise)
    _refuse(exercise)
    parts: list[Part] = []
    left_out: list[str] = []
    too_many = 0
    for names, at_most, words in _possible(exercise):
        shown = "/".join(names)
        try:
            data = words(read_plain(exercise, *names, at_most=at_most))
        except FileNotFoundError:
            continue
        except NotPlain as error:
            left_out.append(f"{error}, so it stays here.")
        except OSError as error:
            left_out.append(f"{shown} cannot be read ({error.strerror}), so it stays here.")
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            left_out.append(f"{shown} is no notebook that I can read, so it stays here.")
        else:
            if len(parts) < MOST_FILES:
                parts.append(Part(shown, data))
            else:
                too_many += 1
    if too_many:
        left_out.append(f"{too_many} of your drafts stay here, as {MOST_FILES} files is the most.")
    if not parts:
        raise NothingMade(" ".join(["There is nothing here to hand in yet.", *left_out]))
    # One link on the way to many drafts is one line.
    return Leaving(exercise.name, tuple(parts), tuple(dict.fromkeys(left_out)))


def make_zip(exercise: Path, who: str) -> Made:
    """Make the zip, in place of one that was made before.

    ``who`` is the name or code that the trainer knows the learner by. The zip is written under
    another name, flushed and renamed. Raises :class:`NothingMade`, and then an earlier zip is as it
    was.
    """
    name = _fit(who)
    found = leaving(exercise)
    path = _folder(_real(exercise)) / f"{found.assignment}--{name}.zip"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                _write(file, found.parts)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NothingMade(_kindly(path.parent, error)) from error
    return Made(path, tuple((each.name, each.size) for each in found.parts), found.left_out)


def in_words(size: int) -> str:
    """A size as people write it: ``640 bytes``, ``1.2 kB``, ``3.4 MB``."""
    if size < 1_000:
        return "1 byte" if size == 1 else f"{size} bytes"
    return f"{size / 1_000:.1f} kB" if size < 999_950 else f"{size / 1_000_000:.1f} MB"


def is_reserved(name: str) -> bool:
    """Whether no file and no folder can have this name on Windows."""
    return name.partition(".")[0].upper() in RESERVED


def _real(folder: Path) -> Path:
    """By its own name: the folder may be reached by a link, but nothing in it may be."""
    return Path(os.path.realpath(folder))


def _refuse(exercise: Path) -> None:
    if not exercise.is_dir():
        raise NothingMade(f"There is no folder {exercise}.")
    # Answers may lie beside a lesson too, where nothing is handed in.
    if not os.path.lexists(exercise / f"{exercise.name}.ipynb"):
        raise NothingMade(
            f"I see no exercise in {exercise}: there is no {exercise.name}.ipynb in it."
        )
    if exercise.name.encode("utf-8", errors="replace").decode("utf-8") != exercise.name:
        raise NothingMade("The name of this folder is none that a zip can hold.")
    if (exercise / FOLDER).is_symlink():
        raise NothingMade(
            f"Your folder {FOLDER} is a link to somewhere else, so I took nothing from it. "
            "Please put a real folder there."
        )


_Words = Callable[[bytes], bytes]


def _possible(exercise: Path) -> Iterator[tuple[tuple[str, ...], int, _Words]]:
    """All that may leave: the path of each, how large it may be, and what of it goes along."""
    yield (f"{exercise.name}.ipynb",), LARGEST_WITH_OUTPUTS, _page
    cases = [Answer(case, exercise) for case in (*every(Case), *_codes(exercise))]
    for each in cases:
        yield _names(each.path, exercise), LARGEST_ANSWER, bytes
        yield _names(each.reasons, exercise), LARGEST_REASONS, bytes
    for each in cases:
        for draft in each.draft_files():
            yield _names(draft, exercise), LARGEST_ANSWER, bytes


def _codes(exercise: Path) -> list[str]:
    """The texts of others that were answered, in the packet of a circle."""
    if not exercise.name.startswith(CIRCLE):
        return []
    return sorted(each.stem for each in (exercise / FOLDER).glob("*.md") if is_code(each.stem))


def _names(path: Path, exercise: Path) -> tuple[str, ...]:
    return path.relative_to(exercise).parts


def _page(data: bytes) -> bytes:
    """A notebook's cells with what was written in them, and nothing that was printed or pasted.

    Raises ``ValueError`` and the like for what is no notebook, :class:`NotPlain` for a large one.
    """
    told = json.loads(data.decode("utf-8-sig"))
    if told["nbformat"] != 4:
        raise ValueError("a notebook of another age")
    kernel = told.get("metadata", {}).get("kernelspec", {})
    page = {
        "cells": [_cell(each) for each in told["cells"]],
        "metadata": {
            "kernelspec": {
                key: str(kernel[key])
                for key in ("display_name", "language", "name")
                if key in kernel
            }
        },
        "nbformat": 4,
        "nbformat_minor": int(told["nbformat_minor"]),
    }
    written = json.dumps(page, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    # JSON can hold half of a surrogate pair, which no file can.
    words = written.encode("utf-8", errors="replace")
    if len(words) > LARGEST_NOTEBOOK:
        raise NotPlain(f"What is written in the page is larger than {LARGEST_NOTEBOOK:,} bytes")
    return words


def _cell(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell["cell_type"]
    if kind not in ("code", "markdown", "raw"):
        raise ValueError("a cell of another kind")
    kept: dict[str, Any] = {"cell_type": kind, "metadata": {}}
    if isinstance(cell.get("id"), str):
        kept["id"] = cell["id"]
    metadata = cell.get("metadata", {})
    for key in ("deletable", "editable"):
        if isinstance(metadata.get(key), bool):
            kept["metadata"][key] = metadata[key]
    if mark := metadata.get("nbgrader"):
        kept["metadata"]["nbgrader"] = {
            key: value for key, value in mark.items() if isinstance(value, str | int | float)
        }
    if kind == "code":
        kept |= {"execution_count": None, "outputs": []}
    # A list of lines, or one string: both join to it.
    return {**kept, "source": "".join(cell["source"])}


def _fit(who: str) -> str:
    """``who`` as a part of a file name: letters and digits of any script, and ``._-`` between."""
    whole = who.encode("utf-8", errors="replace").decode("utf-8")
    kept = "".join(
        # Marks are parts of letters in many a script.
        char if char in "._-" or unicodedata.category(char)[0] in "LMN" else " "
        for char in unicodedata.normalize("NFC", whole)
    )
    # Two hyphens stand between the assignment and the name.
    name = "-".join(part for part in kept.replace("-", " ").split() if part.strip("._"))
    name = name[:LONGEST_WHO].encode("utf-8")[:LARGEST_WHO].decode("utf-8", errors="ignore")
    name = name.strip("._-")
    if not name:
        raise NothingMade(
            "Please use letters or digits for your name or code."
            if whole.strip()
            else "Please write the name or code that your trainer knows."
        )
    return f"_{name}" if is_reserved(name) else name


def _folder(exercise: Path) -> Path:
    """Where the zip lies."""
    beside = exercise.parent
    return (beside.parent if beside.name == "exercises" else beside) / "handed-in"


def _write(file: Any, parts: tuple[Part, ...]) -> None:
    now = datetime.now(UTC)
    # A zip knows no time before 1980, where the clock of a computer without a battery may stand.
    at = (max(now.year, 1980), now.month, now.day, now.hour, now.minute, now.second)
    with zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as made:
        for part in parts:
            entry = zipfile.ZipInfo(part.name, date_time=at)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # or the mode below means nothing
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            made.writestr(entry, part.data)


def _kindly(folder: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return "There is no room left on this disk. Please make a little, and try again."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"I may not write in {folder}."
        case errno.EEXIST | errno.ENOTDIR:
            return f"There is a file where the folder {folder} should be. Please move it away."
        case _:
            return f"I cannot write in {folder}: {error.strerror or error}."
