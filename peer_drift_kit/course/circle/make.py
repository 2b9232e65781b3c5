"""Makes a circle, or makes it again with whoever has come since."""

from dataclasses import dataclass, replace
from pathlib import Path

from ..folder import CourseFolder, CourseTrouble
from ..whole_file import write_whole
from .gather import back
from .packets import Given, packet
from .pairing import TooFew, pair
from .record import Reading, Record, circle_folder, load, new, save
from .texts import Tries, called, holds_a_name, tries

__all__ = ["PER", "Made", "make"]

#: How many texts each one reads, where nobody says otherwise.
PER = 2


@dataclass(frozen=True)
class Made:
    """What became of a circle.

    ``per`` is how many people each one reads, at least, and ``asked`` how many it was to be.
    ``packets`` are the readers who have one, in ``folder``, and ``fresh`` those whose packet is
    new or another than before. ``without`` handed in no real try.
    """

    folder: Path
    per: int
    asked: int
    packets: tuple[str, ...]
    fresh: tuple[str, ...]
    without: tuple[str, ...]
    notes: tuple[str, ...]


def make(
    course: CourseFolder,
    assignment: str,
    *,
    today: str,
    per: int | None = None,
    seed: int | None = None,
    names: bool = False,
) -> Made:
    """Say who reads whom and write each reader's packet. Raises :class:`.folder.CourseTrouble`.

    Run again, it takes in who came late and takes out who is gone; what is not given stays as it
    was. Readings that were given stay as far as balance allows, and those with an answer stay.
    """
    record = load(course.root, assignment)
    if record is None:
        record = new(seed=seed, per=per or PER, names=names)
    elif names and not record.names:
        raise CourseTrouble(
            "This circle began without names, and its packets promise that. So it stays unsigned."
        )
    record = replace(record, seed=record.seed if seed is None else seed, per=per or record.per)
    found = tries(course, assignment)
    back_now, _ = back(course, assignment, record)
    answered = {each.code for each in record.readings if each.words or back_now.get(each.code)}
    record, read_by = _paired(record, assignment, found, answered, today)
    save(course.root, assignment, record)  # first, so that no packet goes out with a lost code
    packets = {reader: _packet(record, assignment, reader, found) for reader in found.texts}
    folder = circle_folder(course.root, assignment) / "packets"
    return Made(
        folder,
        per=read_by,
        asked=record.per,
        packets=tuple(packets),
        fresh=tuple(_write(folder, packets)),
        without=tuple(found.without),
        notes=(*found.notes, *_named(course, found)),
    )


def _paired(
    record: Record, assignment: str, found: Tries, answered: set[str], today: str
) -> tuple[Record, int]:
    """The record with the readings as they are now, and how many each one reads."""
    pairs = {(each.reader, each.author) for each in record.readings if each.code in answered}
    try:
        circle = pair(found.texts, record.per, record.seed, record.pairs(), pairs)
    except TooFew:
        raise CourseTrouble(_too_few(assignment, found)) from None
    wanted = {
        (reader, author, case): None
        for reader, author in circle.readings
        for case in found.texts[author]
    }
    readings = []
    for each in record.readings:
        key = (each.reader, each.author, each.case)
        # An answer to a text that somebody else has now still counts, if it comes.
        readings.append(replace(each, taken_back=key not in wanted))
        wanted.pop(key, None)
    readings += [
        Reading(record.code(*key), reader=key[0], author=key[1], case=key[2], given=today)
        for key in wanted
    ]
    return record.with_readings(readings), circle.per


def _too_few(assignment: str, found: Tries) -> str:
    if not found.texts and not found.without:
        return f"Nobody has handed in {assignment} yet, so there is nothing to read."
    who = "Nobody has" if not found.texts else f"Only {next(iter(found.texts))} has"
    return f"{who} handed in a real try of {assignment} yet. A circle needs two people."


def _packet(record: Record, assignment: str, reader: str, found: Tries) -> bytes:
    mine = [each for each in record.readings if each.reader == reader and not each.taken_back]
    # One author's texts stand together.
    authors = list(dict.fromkeys(each.author for each in mine))
    mine.sort(key=lambda each: authors.index(each.author))
    return packet(
        assignment,
        [Given(each.code, each.case, found.texts[each.author][each.case]) for each in mine],
        people=len(authors),
        names=record.names,
    )


def _write(folder: Path, packets: dict[str, bytes]) -> list[str]:
    """Write the packets; return whose were not there, or not so. Those of others are removed."""
    fresh = []
    there = {each.stem: each for each in folder.glob("*.zip")} if folder.is_dir() else {}
    for student, data in packets.items():
        before = there.pop(student, None)
        if before is None or before.read_bytes() != data:
            write_whole(folder / f"{student}.zip", data, mode=0o640)
            fresh.append(student)
    for gone in there.values():
        gone.unlink()
    return fresh


def _named(course: CourseFolder, found: Tries) -> list[str]:
    names = called(course)
    return [
        f"{student}'s text has their own name in it; please look before you send it"
        for student, texts in found.texts.items()
        if any(holds_a_name(text, (student, names.get(student, ""))) for text in texts.values())
    ]
