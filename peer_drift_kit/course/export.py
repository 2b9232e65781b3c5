"""Points and states as CSV, for a person or for a learning platform. What is missing stays missing.

Where the layouts come from: Canvas's and Moodle's own importers (``lib/gradebook_importer.rb``,
``grade/import/csv/classes/load_data.php``). What they make of a cell without points:

- Canvas takes an empty cell for no grade. If it holds one already, it shows the change and asks.
- Moodle turns an empty cell in a column that is new to it into 0, and takes a person without the
  address or number that it looks for to be the one of the row before. It knows ``-`` as "nothing
  here", so that is what every cell without a value holds.

UTF-8 with a byte order mark, without which Excel shows an é as Ã©. Both importers know it.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from .folder import CourseTrouble
from .standing import Learner, Standing
from .whole_file import write_whole

__all__ = ["LAYOUTS", "as_csv", "left_out", "safe", "write_new"]

#: What a spreadsheet may run, and what may stand before it. (OWASP, CSV injection)
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")

#: Moodle's sign for a cell that says nothing.
NOTHING = "-"


def as_csv(standing: Standing, layout: str) -> bytes:
    """The table of this layout, one of ``LAYOUTS``, as the bytes of a file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(LAYOUTS[layout](standing))
    return text.getvalue().encode("utf-8-sig")


def left_out(standing: Standing, layout: str) -> list[Learner]:
    """Who is not in the table: a platform refuses a file with people whom it does not know."""
    if layout == "plain" or not standing.has_roster:
        return []
    return [each for each in standing.learners if not each.on_roster]


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def write_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a whole file for its owner only. Raises :class:`.folder.CourseTrouble` if it cannot, or
    if there is one already and ``force`` is not given.
    """
    if os.path.lexists(path) and not force:
        raise CourseTrouble(f"{path} is there already. Please choose another name, or add --force.")
    if path.is_dir():
        raise CourseTrouble(f"{path} is a folder. Please name a file.")
    try:
        write_whole(path, data, mode=0o600)
    except OSError as error:
        raise CourseTrouble(f"{path} could not be written: {error.strerror}.") from None


def _plain(standing: Standing) -> Iterator[list[str]]:
    yield [
        "assignment",
        "student_id",
        "last_name",
        "first_name",
        "email",
        "handed_in",
        "points",
        "max_points",
        "state",
    ]
    for name, most in standing.assignments.items():
        for each in standing.learners:
            work = standing.work[name, each.id]
            told = (name, each.id, each.last_name, each.first_name, each.email)
            yield [
                *map(safe, told),
                _time(work.handed_in),
                _number(work.points),
                _number(most),
                work.state.value,
            ]


def _moodle(standing: Standing) -> Iterator[list[str]]:
    yield ["Email address", "Username", "ID number", *map(safe, standing.assignments)]
    for each in _known(standing, "moodle"):
        who = (each.email, each.id, each.lms_user_id)
        cells = [*map(safe, who), *_points(standing, each)]
        yield [cell or NOTHING for cell in cells]


def _canvas(standing: Standing) -> Iterator[list[str]]:
    about = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    yield [*about, *map(safe, standing.assignments)]
    # The spaces are Canvas's own.
    yield ["    Points Possible", *[""] * 4, *map(_number, standing.assignments.values())]
    for each in _known(standing, "canvas"):
        who = (each.name or each.id, each.lms_user_id, "", each.id, "")
        yield [*map(safe, who), *_points(standing, each)]


#: Each layout: what makes its rows.
LAYOUTS: Mapping[str, Callable[[Standing], Iterator[list[str]]]] = {
    "plain": _plain,
    "moodle": _moodle,
    "canvas": _canvas,
}


def _known(standing: Standing, layout: str) -> list[Learner]:
    strangers = left_out(standing, layout)
    return [each for each in standing.learners if each not in strangers]


def _points(standing: Standing, learner: Learner) -> list[str]:
    return [_number(standing.work[name, learner.id].points) for name in standing.assignments]


def _number(value: float | None) -> str:
    """As few digits as tell it, without the noise of adding up; nothing for what is not known."""
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _time(value: datetime | None) -> str:
    return value.isoformat(timespec="seconds") if value else ""
