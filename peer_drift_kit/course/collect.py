"""Takes from the exchange what an exercise is made of, and leaves the rest where it is.

Learners can write into the exchange's inbound folder, so anything may lie there: links that lead
out of it, pages that release_feedback would publish, pipes, and files of any size.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
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
)
from peer_drift_kit.plain_file import NotPlain, read_plain

from . import patience  # noqa: F401  (a locked gradebook is waited for)

__all__ = ["MOST_FILES", "STUDENT", "CollectPlainFiles", "complete", "largest_of"]

#: Who may hand in: a name that is fit for a folder, a page and a table.
STUDENT = re.compile(r"[\w][\w.@+-]{0,99}")
LARGEST_NOTE = 1_000
LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001  (nbgrader keeps times without a zone)


class CollectPlainFiles(ExchangeCollect):  # type: ignore[misc]
    """nbgrader's collector, which takes notebooks, ``answers/``, the time and the secret only.

    One line says what was left where it is.
    """

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> Any:
        try:
            return super()._path_to_record(path)
        except (ValueError, OverflowError, ExchangeError):  # one odd name would end the whole run
            return {"username": "", "filename": Path(path).name, "timestamp": LONG_AGO}

    def init_src(self) -> None:
        super().init_src()
        records = self.src_records
        fit = [each for each in records if STUDENT.fullmatch(each["username"])]
        if len(fit) < len(records):
            odd = [ascii(each["filename"]) for each in records if each not in fit]
            self.log.warning("Left where it is, as no learner's name fits: %s", ", ".join(odd))
        self.src_records = fit

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        source = Path(src)
        if source.is_symlink():
            self.log.warning("%s: left where it is, as it is a link", ascii(source.name))
            return
        left: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            for number, names in enumerate(_all_under(source)):
                largest = largest_of(names)
                if largest is None or number >= MOST_FILES:
                    left.append("/".join(names))
                    continue
                try:
                    data = read_plain(source, *names, at_most=largest)
                except (NotPlain, OSError):
                    left.append("/".join(names))
                    continue
                if names == ("timestamp.txt",) and not _is_time(data):
                    left.append("timestamp.txt")
                    continue
                target = Path(folder, *names)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            Path(folder).chmod(0o755)  # a temporary folder is 0700, and copying keeps it so
            super().do_copy(folder, dest, log=log)
            coursedir = self.coursedir
            released = coursedir.format_path(
                coursedir.release_directory, ".", coursedir.assignment_id
            )
            complete(Path(dest), Path(released))
        if left:
            shown = ", ".join(ascii(each) for each in left[:10])
            more = f" and {len(left) - 10} more" if len(left) > 10 else ""
            self.log.warning("%s: left out %s%s", source.name, shown, more)


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


def _all_under(folder: Path, *names: str) -> Iterator[tuple[str, ...]]:
    """Everything that could be part of an answer: no deeper than answers/drafts/<case>/<draft>."""
    for each in sorted(folder.iterdir()):
        if each.is_dir() and not each.is_symlink() and (*names, each.name)[0] == FOLDER:
            if len(names) < 3:
                yield from _all_under(each, *names, each.name)
        else:
            yield (*names, each.name)


def largest_of(names: tuple[str, ...]) -> int | None:
    """How large such a file may be; None for what is no part of a submission."""
    if names[0] == FOLDER and names[-1].endswith(".md"):
        return LARGEST_ANSWER
    if len(names) == 2 and names[0] == FOLDER and names[1].endswith(".json"):
        return LARGEST_REASONS
    if len(names) == 1 and names[0].endswith(".ipynb"):
        return LARGEST_NOTEBOOK
    if names in {("timestamp.txt",), ("submission_secret.txt",)}:
        return LARGEST_NOTE
    return None


def _is_time(data: bytes) -> bool:
    # A time that nbgrader cannot read ends autograde for everybody.
    try:
        return parse_utc(data.decode("ascii").strip()) is not None
    except (ValueError, OverflowError):
        return False
