"""A circle's own file: who reads whom, what came back, and what is held.

It is ``circle/<assignment>/circle.json`` in the course folder. Its secret is what codes are made
from, so that a packet tells nobody who wrote it.
"""

import base64
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from peer_drift_kit.response import CIRCLE

from ..folder import CourseTrouble
from ..whole_file import write_whole

__all__ = ["Reading", "Record", "circle_folder", "circle_name", "load", "needed", "new", "save"]

VERSION = 1
#: Letters and digits of a code: 50 bits, and short enough to be read out.
LENGTH = 10


@dataclass(frozen=True)
class Reading:
    """One text that one reader was given.

    ``given`` is the day it was first given, ``taken_back`` says that another reader has it now.
    ``words`` is what came back, as plain text, and ``by`` who wrote it, in a circle with names.
    What is ``held`` does not reach its author.
    """

    code: str
    reader: str
    author: str
    case: str
    given: str
    taken_back: bool = False
    words: str = ""
    by: str = ""
    held: bool = False


@dataclass(frozen=True)
class Record:
    """``names`` tells whether answers are signed. ``readings`` are in the order they were made."""

    seed: int
    per: int
    names: bool
    secret: str = field(repr=False)
    readings: tuple[Reading, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Who reads whom now."""
        return list(
            dict.fromkeys(
                (each.reader, each.author) for each in self.readings if not each.taken_back
            )
        )

    def code(self, reader: str, author: str, case: str) -> str:
        """The code of a reading: the same each time, and not to be guessed without the secret."""
        told = json.dumps([reader, author, case]).encode()
        digest = hmac.digest(self.secret.encode(), told, "sha256")
        return base64.b32encode(digest).decode().lower()[:LENGTH]

    def with_readings(self, readings: Iterable[Reading]) -> "Record":
        return replace(self, readings=tuple(readings))


def circle_name(assignment: str) -> str:
    """What the circle's packets are called, and what readers hand in."""
    return f"{CIRCLE}{assignment}"


def circle_folder(course_root: Path, assignment: str) -> Path:
    return course_root / "circle" / assignment


def new(*, seed: int | None, per: int, names: bool) -> Record:
    drawn = secrets.randbelow(2**32) if seed is None else seed
    return Record(drawn, per, names, secrets.token_hex(16))


def load(course_root: Path, assignment: str) -> Record | None:
    """The circle of an assignment; None where there is none yet.

    Raises :class:`.folder.CourseTrouble` for a file that cannot be read.
    """
    path = circle_folder(course_root, assignment) / "circle.json"
    try:
        told = json.loads(path.read_bytes())
        if told["version"] != VERSION:
            raise CourseTrouble(f"{path} was made by another version of the kit.")
        readings = tuple(_made(Reading, each) for each in told.pop("readings"))
        del told["version"]
        record: Record = _made(Record, told | {"readings": readings})
        return record
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CourseTrouble(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise CourseTrouble(
            f"{path} is damaged. Put a copy of it back if you have one; if you move it away, the"
            " circle begins anew, and earlier packets no longer count."
        ) from None


def needed(course_root: Path, assignment: str) -> Record:
    """The same, where there has to be one. Raises :class:`.folder.CourseTrouble`."""
    record = load(course_root, assignment)
    if record is None:
        raise CourseTrouble(
            f"There is no circle for {assignment} yet: peer-drift course circle make {assignment}"
        )
    return record


def save(course_root: Path, assignment: str, record: Record) -> None:
    told = json.dumps({"version": VERSION, **asdict(record)}, ensure_ascii=False, indent=1)
    path = circle_folder(course_root, assignment) / "circle.json"
    # It tells who wrote what, so it is for those who run the course.
    write_whole(path, f"{told}\n".encode(), mode=0o640)


def _made(kind: type[Any], told: dict[str, Any]) -> Any:
    """One of ``kind`` with these fields, each of its own type. Raises ``TypeError``."""
    made = kind(**told)
    for each in fields(kind):
        value = getattr(made, each.name)
        if each.type in (str, int, bool) and type(value) is not each.type:
            raise TypeError(f"{each.name} is {value!r}")
    return made
