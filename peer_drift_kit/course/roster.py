"""Who takes part: reads a list of learners, and keeps it in the gradebook.

Read are three kinds of CSV, told apart by their headings, in any case: our own
(``id,first_name,last_name,email,lms_user_id``, which is nbgrader's too), Moodle's (participants or
grades) and Canvas's (gradebook export). A learner's id is the first of these columns that the file
has and that is not empty all the way down: ``id``, ``Username``, ``SIS Login ID``, ``ID number``,
``SIS User ID``, what stands before the @ of the email address, and last Canvas's own ``ID``.
``lms_user_id`` is Canvas's ``ID``, or Moodle's ``ID number``.
"""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from nbgrader.api import Student
from sqlalchemy import insert, select, update

from peer_drift_kit.handing_in import is_reserved
from peer_drift_kit.plain_file import NotPlain, read_plain

from .collect import STUDENT
from .folder import CourseFolder, CourseTrouble
from .rows import transaction

__all__ = ["Person", "Roster", "keep_roster", "read_roster"]

LARGEST = 5_000_000
#: As wide as the gradebook's columns.
LONGEST = 128

#: Each heading that is known, and what it is called here.
HEADINGS = {
    "id": "id",
    "first_name": "first_name",
    "first name": "first_name",
    "firstname": "first_name",
    "last_name": "last_name",
    "last name": "last_name",
    "lastname": "last_name",
    "surname": "last_name",
    "email": "email",
    "email address": "email",
    "lms_user_id": "lms_user_id",
    "username": "username",
    "id number": "id_number",
    "sis login id": "sis_login",
    "sis user id": "sis_user",
    "student": "student",
}
#: Where an id may come from, the best first.
IDS = ("id", "username", "sis_login", "id_number", "sis_user", "local_part", "lms_user_id")

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
#: Rows of a Canvas export that are about no learner.
NOBODY = {"points possible", "student, test", "test student"}
HIDDEN = re.compile(r"\s*(?:muted|manual posting.*)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A learner. What is not known is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass(frozen=True)
class Roster:
    """Who is on a list. ``wrong`` has a line for each row that is none, with its row number.

    ``unknown`` are headings that were not read, where nobody has a name.
    """

    people: tuple[Person, ...]
    wrong: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def read_roster(path: Path) -> Roster:
    """Read a list of learners.

    UTF-8, UTF-16 or Windows text, with commas, semicolons or tabs. Rows are numbered as a
    spreadsheet does, from 1. Raises :class:`.folder.CourseTrouble` for a file that is no such list.
    """
    name = path.name
    table = _table(name, _text(name, _bytes(path)))
    found: list[Person] = []
    wrong: list[str] = []
    rows = list(_named(name, table))
    source = next((each for each in IDS if any(row.get(each) for _, row in rows)), None)
    if source is None:
        raise CourseTrouble(f"{name} names no learner. Please fill in the column for their ids.")
    taken: dict[str, int] = {}
    for number, row in rows:
        person = Person(
            row.get(source, ""),
            *(row.get(each.name, "") for each in fields(Person)[1:]),
        )
        # On Windows and macOS, folders whose names differ in case only are one.
        key = person.id.casefold()
        trouble = _trouble(person)
        if not trouble and key in taken:
            trouble = f"{_shown(person.id)} is in row {taken[key]} already"
        if trouble:
            wrong.append(f"{name}, row {number}: {trouble}")
        else:
            taken[key] = number
            found.append(person)
    nameless = found and not any(each.first_name or each.last_name for each in found)
    return Roster(tuple(found), tuple(wrong), _unknown(_first(table)) if nameless else ())


def keep_roster(course: CourseFolder, people: Iterable[Person]) -> tuple[int, int]:
    """Put these people into the gradebook, all or none; return how many are new and how many
    changed.

    Nobody is removed or doubled. What is empty here stays as it is there. Raises
    :class:`.folder.CourseTrouble` for an id that is there in other capitals.
    """
    table: Any = Student.__table__
    new = changed = 0
    with course.gradebook() as gradebook, transaction(gradebook):
        there = {row["id"]: row for row in gradebook.db.execute(select(table)).mappings()}
        spelled = {each.casefold(): each for each in there}
        for person in people:
            known = spelled.get(person.id.casefold(), person.id)
            if known != person.id:
                raise CourseTrouble(
                    f"{person.id} is in the gradebook as {known}. Please write it the same way in"
                    " the list; nothing was written."
                )
            told = {each.name: getattr(person, each.name) or None for each in fields(person)}
            # Autograde adds whoever handed in, with nothing but an id. This tells them apart.
            told["lms_user_id"] = person.lms_user_id
            before = there.get(person.id)
            if before is None:
                gradebook.db.execute(insert(table).values(**told))
                new += 1
            elif news := _news(before, told):
                gradebook.db.execute(update(table).where(table.c.id == person.id).values(**news))
                changed += 1
    return new, changed


def _news(before: Mapping[str, Any], told: Mapping[str, str | None]) -> dict[str, str]:
    return {
        name: value
        for name, value in told.items()
        if value is not None and value != before[name] and (value or before[name] is None)
    }


def _bytes(path: Path) -> bytes:
    name = path.name
    try:
        # Somebody's own file may well lie behind a link.
        place = path.expanduser().resolve()
        if place.is_dir():
            raise CourseTrouble(f"{name} is a folder. Please name the CSV file in it.")
        data = read_plain(place.parent, place.name, at_most=LARGEST)
    except FileNotFoundError:
        raise CourseTrouble(f"There is no file {path}.") from None
    except NotPlain as error:
        raise CourseTrouble(f"{error}. Please name a list of learners, as CSV.") from None
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CourseTrouble(f"{name} could not be read: {reason}.") from None
    if not data.strip():
        raise CourseTrouble(f"{name} is empty.")
    return data


def _text(name: str, data: bytes) -> str:
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\x00" in data[:2]:
        encodings = ["utf-16-be" if data[0] == 0 else "utf-16-le"]
    for encoding in encodings:
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CourseTrouble(f"{name} is no text that I can read. Please save it as CSV, in UTF-8.")


def _table(name: str, text: str) -> list[list[str]]:
    """All rows, split by whichever sign makes most sense of the headings."""
    tables = [_split(text, sign) for sign in ",;\t"]
    table, trouble = max(tables, key=lambda each: len(_headings(_first(each[0]))))
    if trouble:
        raise CourseTrouble(f"{name} is no CSV file that I can read: {trouble}.")
    return table


def _split(text: str, sign: str) -> tuple[list[list[str]], str]:
    """The rows, as far as they can be read, and what was in the way."""
    # Strict, or a quotation mark that is never closed would swallow everybody after it.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        return rows, f"line {reader.line_num}: {error}"
    return rows, ""


def _first(table: list[list[str]]) -> list[str]:
    return next((row for row in table if not _says_nothing(row)), [])


def _says_nothing(row: list[str]) -> bool:
    # Excel may say on the first line which sign it splits at, and the sign then splits that line.
    told = "".join(row).strip()
    return not told or re.fullmatch(r"sep=[,;\t]?", told, re.IGNORECASE) is not None


def _one_line(cell: str) -> str:
    return " ".join(CONTROL.sub(" ", cell).split())


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _unknown(row: list[str]) -> tuple[str, ...]:
    shown = (_one_line(each) for each in row if _plain(each) not in HEADINGS)
    return tuple(filter(None, shown))


def _headings(row: list[str]) -> dict[str, int]:
    """The columns that are known, by what they are called here."""
    plain = list(map(_plain, row))
    found = {HEADINGS[each]: at for at, each in reversed([*enumerate(plain)]) if each in HEADINGS}
    if _is_canvas(found) and "id" in found:
        found["lms_user_id"] = found.pop("id")  # Canvas's own number, no name to hand in with
    return found


def _is_canvas(columns: Mapping[str, int]) -> bool:
    return bool(columns.keys() & {"student", "sis_login", "sis_user"})


def _named(name: str, table: list[list[str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row about a learner: its number, and its cells by what they are called here."""
    columns = _headings(_first(table))
    if not columns.keys() & {*IDS, "email"}:
        raise CourseTrouble(
            f"{name} has no heading that I know. Its first row should be"
            " id,first_name,last_name,email or what Moodle or Canvas writes there."
        )
    start = table.index(_first(table)) + 1
    for number, cells in enumerate(table[start:], start + 1):
        if _says_nothing(cells):
            continue
        row = {
            each: _one_line(cells[place]) for each, place in columns.items() if place < len(cells)
        }
        if _is_canvas(columns):
            if "student" in row:
                last, comma, first = row["student"].partition(",")
                row |= {"last_name": last if comma else "", "first_name": first.strip() or last}
            names = (row.get(each, "").casefold() for each in ("last_name", "first_name"))
            if NOBODY & {", ".join(filter(None, names))} or all(map(HIDDEN.fullmatch, cells)):
                continue
        row.setdefault("lms_user_id", row.get("id_number", ""))
        row["local_part"] = row.get("email", "").partition("@")[0]
        yield number, row


def _trouble(person: Person) -> str:
    """What is wrong with a row, if anything."""
    if not person.id:
        return "it has no id"
    if not STUDENT.fullmatch(person.id) or person.id.endswith("."):
        return (
            f"{_shown(person.id)} cannot be an id: please use letters, digits and . _ - + @,"
            " with a letter or digit first and no dot at the end"
        )
    if is_reserved(person.id):
        return f"{_shown(person.id)} cannot be an id: Windows allows no folder of that name"
    for each in fields(person):
        if len(getattr(person, each.name)) > LONGEST:
            return f"its {each.name} is longer than {LONGEST} characters"
    return ""


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}...")
