"""Takes from the exchange what an exercise is made of, and leaves the rest where it is.

Learners can write into the exchange's inbound folder, so anything may lie there: links that lead
out of it, pages that release_feedback would publish, pipes, and files of any size.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import parse_utc

from peer_drift_kit.answers import FOLDER
from peer_drift_kit.handing_in import (
    LARGEST_ANSWER,
    LARGEST_NOTEBOOK,
    LARGEST_REASONS,
    MOST_FILES,
    is_reserved,
)
from peer_drift_kit.plain_file import NotPlain, read_plain

from . import patience  # noqa: F401  (a locked gradebook is waited for)
from .small_files import LARGEST as LARGEST_SMALL
from .small_files import SECRET, TIME, time_told

__all__ = [
    "LARGEST_SUBMISSION",
    "MOST_FILES",
    "STUDENT",
    "CollectPlainFiles",
    "complete",
    "importance",
    "in_short",
    "largest_of",
]

#: Who may hand in: a name that is fit for a folder, a page and a table.
STUDENT = re.compile(r"[\w][\w.@+-]{0,99}")
#: What is no name for a file on every system, or none that a terminal shows as it is.
UNFIT = re.compile(
    r'.*[<>:"|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff].*'
    r"|\..*|.*[. ]|.{101,}",
    re.DOTALL,
)
#: nbgrader ends the whole run at 100 MB.
LARGEST_SUBMISSION = 60_000_000
#: So many names are told.
MOST_NAMED = 10
#: As nbgrader's own ``submit`` makes it, or we do.
A_SECRET = re.compile(rb"[\w-]{16,500}")
LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001  (nbgrader keeps times without a zone)


class CollectPlainFiles(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's collector, which takes notebooks, ``answers/``, the time and the secret only.

    One line says what was left where it is.
    """

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> Any:
        try:
            record = super()._path_to_record(path)
        except (ValueError, OverflowError, ExchangeError):  # one odd name would end the whole run
            record = {"username": "", "timestamp": LONG_AGO}
        trouble = _trouble(Path(path), record["username"], record["timestamp"])
        # Nothing odd may stand in the place of what somebody handed in before.
        name = "" if trouble else record["username"]
        return record | {"username": name, "filename": Path(path).name, "trouble": trouble}

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        odd: dict[str, list[str]] = {}
        for each in records:
            if each["trouble"]:
                odd.setdefault(each["trouble"], []).append(each["filename"])
        for trouble, names in odd.items():
            self.log.warning("Left where it is, as %s: %s", trouble, ", ".join(map(ascii, names)))
        return super()._sort_by_timestamp(records)  # type: ignore[no-any-return]

    def init_src(self) -> None:
        super().init_src()
        self.src_records = [each for each in self.src_records if not each["trouble"]]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        source = Path(src)
        when = parse_utc(source.name.rsplit("+", 3)[2])
        taken, left = _read(source, when)
        # One submission without these, or with some that cannot be read, ends release_feedback and
        # Formgrader's lists for everybody.
        taken.setdefault((TIME,), f"{when} UTC".encode())
        taken.setdefault((SECRET,), secrets.token_hex(64).encode())
        with tempfile.TemporaryDirectory() as folder:
            for names, data in taken.items():
                target = Path(folder, *names)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            Path(folder).chmod(0o755)  # a temporary folder is 0700, and copying keeps it so
            super().do_copy(folder, dest, log=log)
        coursedir = self.coursedir
        released = coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id)
        complete(Path(dest), Path(released))
        if left:
            self.log.warning("%s: left out %s", source.name, in_short(left))


def in_short(names: list[str]) -> str:
    """The first of these names, in signs that no terminal obeys, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(ascii(each) for each in names[:MOST_NAMED]) + more


def complete(submitted: Path, released: Path) -> None:
    """Put the released notebook beside answers that came without theirs.

    Nothing of a notebook is needed but its words, and nbgrader reads no folder without one.
    """
    if not (submitted / FOLDER).is_dir():
        return
    for each in released.glob("*.ipynb"):
        target = submitted / each.name
        if not os.path.lexists(target):
            target.write_bytes(each.read_bytes())


def _trouble(path: Path, student: str, when: datetime) -> str:
    """Why a folder in the exchange is left where it is, if so."""
    if not STUDENT.fullmatch(student) or not path.name.isprintable():
        return "no learner's name fits"
    if not LONG_AGO <= when <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1):
        return "it tells a time that cannot be"
    if path.is_symlink():
        return "it is a link"
    if not path.is_dir():
        return "it is no folder"
    return "" if os.access(path, os.R_OK | os.X_OK) else "it cannot be read"


def _read(source: Path, when: datetime) -> tuple[dict[tuple[str, ...], bytes], list[str]]:
    """The files that a submission is made of, and what was left out of it."""
    taken: dict[tuple[str, ...], bytes] = {}
    left: list[str] = []
    total = 0
    for names in sorted(_all_under(source), key=importance):
        shown = "/".join(names)
        largest = largest_of(names)
        if largest is None or len(taken) >= MOST_FILES or total > LARGEST_SUBMISSION:
            left.append(shown)
            continue
        try:
            # A hard link to a file of somebody else is that file.
            data = read_plain(source, *names, at_most=largest, hard_links=False)
        except NotPlain as error:
            left.append(str(error))
            continue
        except OSError:
            left.append(f"{shown} cannot be read")
            continue
        if names == (TIME,) and time_told(data) != when:
            left.append(f"{shown} tells another time than the exchange")
        elif names == (SECRET,) and not A_SECRET.fullmatch(data.strip()):
            left.append(f"{shown} is none")
        else:
            taken[names] = data
            total += len(data)
    return taken, left


def importance(names: tuple[str, ...]) -> tuple[bool, bool]:
    """Answers first, then notebooks. Drafts come last, of which there may be too many."""
    return len(names) > 2, names[0] != FOLDER


def _all_under(folder: Path, *names: str) -> Iterator[tuple[str, ...]]:
    """Everything that could be part of an answer: no deeper than answers/drafts/<case>/<draft>."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda each: each.name)
    except OSError:  # not ours to read
        yield names
        return
    for each in entries:
        inner = (*names, each.name)
        is_folder = each.is_dir(follow_symlinks=False)
        if is_folder and inner[0] == FOLDER and len(names) < 3:
            yield from _all_under(folder / each.name, *inner)
        else:
            yield inner


def largest_of(names: tuple[str, ...]) -> int | None:
    """How large such a file may be; None for what is no part of a submission."""
    if any(UNFIT.fullmatch(each) or is_reserved(each) for each in names):
        return None
    if names[0] == FOLDER and names[-1].endswith(".md"):
        return LARGEST_ANSWER
    if len(names) == 2 and names[0] == FOLDER and names[1].endswith(".json"):
        return LARGEST_REASONS
    if len(names) == 1 and names[0].endswith(".ipynb"):
        return LARGEST_NOTEBOOK
    if names in ((TIME,), (SECRET,)):
        return LARGEST_SMALL
    return None
