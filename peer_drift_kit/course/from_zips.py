"""Collects what learners handed in as zips: mailed, or downloaded from a learning platform.

It works where nbgrader's exchange does not (Windows, macOS without a shared folder), and leaves
the same folders that the exchange's collector leaves.
"""

import difflib
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from peer_drift_kit.plain_file import NotPlain

from .collect import (
    LARGEST_SUBMISSION,
    MOST_FILES,
    STUDENT,
    complete,
    importance,
    in_short,
    largest_of,
)
from .folder import CourseFolder, CourseTrouble
from .outcome import Outcome
from .packages import Package, Unreadable, open_download, packages
from .small_files import SECRET, SMALL_FILES, TIME, read_small, time_in
from .whose import Roster, assignment_of, pattern_of

__all__ = ["collect_zips"]

WHOSE = (
    "whose is it? {} this name. Say so with --who '{}=ID', or add them with"
    " peer-drift course roster"
)


@dataclass(frozen=True)
class _Taken:
    """The files of one package, by their names in the submitted folder."""

    package: str
    files: dict[str, bytes]
    when: datetime
    left: list[str]


def collect_zips(
    course: CourseFolder,
    assignment: str,
    download: Path,
    *,
    names: str = "",
    who: Mapping[str, str] | None = None,
) -> Iterator[Outcome]:
    """Take what is in a download into ``submitted/``; of one learner's packages the newest stays.

    ``names`` is a pattern with ``{student}`` in it; ``who`` tells the learner of a package by its
    name there. Yields one :class:`.outcome.Outcome` a package; ``student`` is the package's own
    name where nobody could be found. Raises :class:`.folder.CourseTrouble`.
    """
    try:
        found = packages(open_download(download), download.name)
        pattern = pattern_of(names) if names else None
    except (Unreadable, ValueError, OSError) as error:
        raise CourseTrouble(str(error)) from None
    roster = Roster(_people(course))
    who = who or {}
    _check(who, roster)
    package = None
    unused = dict(who)
    for package in found:
        unused.pop(package.name, None)
        yield _collect(course, assignment, package, roster, pattern, who)
    if package is None:
        raise CourseTrouble(
            f"In {download} there is no zip and no notebook. Is it the right folder?"
        )
    for name in unused:
        yield Outcome(name, ("is not in the download, so --who changed nothing",), failed=True)


def _check(who: Mapping[str, str], roster: Roster) -> None:
    """Nobody is made up by a slip of the hand."""
    known = [str(each["id"]) for each in roster.people]
    for student in who.values():
        if known and student not in known:
            near = difflib.get_close_matches(student, known, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise CourseTrouble(f"Nobody on the roster has the id {student}.{meant}")


def _collect(
    course: CourseFolder,
    assignment: str,
    package: Package,
    roster: Roster,
    pattern: re.Pattern[str] | None,
    who: Mapping[str, str],
) -> Outcome:
    if (other := assignment_of(package.name)) not in ("", assignment):
        return Outcome(package.name, (f"is for {other}; left out",))
    student = who.get(package.name) or roster.whose(package.name, assignment, pattern)
    if not STUDENT.fullmatch(student):
        same = roster.same_name(package.name)
        who_has = f"{', '.join(same)} have" if same else "Nobody on the roster has"
        return Outcome(package.name, (WHOSE.format(who_has, package.name),), failed=True)
    if package.trouble.endswith("left out"):
        return Outcome(student, (f"{package.name} {package.trouble}",))
    try:
        return _keep(course, assignment, student, _take(course, assignment, package))
    except (NotPlain, OSError, LookupError, ValueError) as error:
        return Outcome(student, (f"{package.name} {error}",), failed=True)


def _people(course: CourseFolder) -> list[dict[str, str | None]]:
    with course.gradebook() as gradebook:
        return [
            {
                name: getattr(each, name)
                for name in ("id", "first_name", "last_name", "email", "lms_user_id")
            }
            for each in gradebook.students
        ]


def _take(course: CourseFolder, assignment: str, package: Package) -> _Taken:
    """Read what a submission is made of. Raises ``LookupError`` where nothing is."""
    if package.files is None:
        raise LookupError(package.trouble)
    notebooks = _notebooks(course, assignment)
    taken: dict[str, bytes] = {}
    left: list[str] = []
    times: list[datetime] = []
    total = 0
    depth = len(package.root)
    inside = [
        names
        for names in package.files.names()
        if names[:depth] == package.root and (not package.only or names[depth:] == (package.only,))
    ]
    pages = [names for names in inside if len(names) == depth + 1 and names[-1].endswith(".ipynb")]
    for names in sorted(inside, key=lambda each: importance(each[depth:])):
        inner = names[depth:]
        if inner in ((TIME,), (SECRET,)):  # the exchange's; without one, they are made here
            continue
        if names in pages:
            name = _as_released(names[-1], notebooks, alone=len(pages) == 1)
            inner = (name,) if name else ()
        shown = "/".join(inner) or names[-1]
        largest = largest_of(inner) if inner else None
        if largest is None or len(taken) >= MOST_FILES or total > LARGEST_SUBMISSION:
            left.append(shown)
            continue
        try:
            data = package.files.read(names, largest)
        except (NotPlain, OSError) as error:
            left.append(str(error) if shown in str(error) else shown)
            continue
        total += len(data)
        taken[shown] = data
        times.append(package.files.changed(names))
    if not taken:
        raise LookupError("holds no notebook and no answers of this assignment; nothing was taken")
    now = datetime.now(UTC)
    return _Taken(package.name, taken, min(max(times), now), left)


def _notebooks(course: CourseFolder, assignment: str) -> list[str]:
    found = sorted(each.stem for each in course.path("release", ".", assignment).glob("*.ipynb"))
    return found or [assignment]


def _as_released(name: str, notebooks: list[str], *, alone: bool) -> str:
    """The name that a notebook had when it was given out; downloads and people change it.

    ``""`` is no name, for a notebook that is none of these.
    """
    stem = name.removesuffix(".ipynb")
    if stem not in notebooks:
        stem = re.sub(r"(?: \(\d+\)|-\d+)$", "", stem)
    if stem not in notebooks and alone and len(notebooks) == 1:
        stem = notebooks[0]
    return f"{stem}.ipynb" if stem in notebooks else ""


def _keep(course: CourseFolder, assignment: str, student: str, taken: _Taken) -> Outcome:
    target = course.path("submitted", student, assignment)
    lines = []
    if taken.left:
        lines.append(f"left out {in_short(taken.left)}")
    secret = secrets.token_urlsafe(32).encode()
    news = "collected"
    if target.exists():
        if _same(target, taken.files):
            return Outcome(student, tuple(lines), news=("here already, as it is",))
        before = time_in(target)
        if before and before.replace(tzinfo=UTC) > taken.when:
            return Outcome(student, (*lines, f"{taken.package} is older than what is here already"))
        news = "collected in the place of an earlier one"
        # Whoever has fetched feedback by this secret can fetch the next.
        secret = read_small(target, SECRET) or secret
    stamp = taken.when.strftime("%Y-%m-%d %H:%M:%S.%f UTC").encode()
    files = {**taken.files, TIME: stamp, SECRET: secret}
    _replace(target, files)
    complete(target, course.path("release", ".", assignment))
    return Outcome(student, tuple(lines), news=(news,))


def _replace(target: Path, files: Mapping[str, bytes]) -> None:
    new = target.with_name(f".{target.name}.new")
    old = target.with_name(f".{target.name}.old")
    for each in (new, old):
        shutil.rmtree(each, ignore_errors=True)
    for name, data in files.items():
        path = new.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _same(folder: Path, files: Mapping[str, bytes]) -> bool:
    there = {
        each.relative_to(folder).as_posix()
        for each in folder.rglob("*")
        if each.is_file() and each.name not in SMALL_FILES
    }
    if not set(files) <= there:
        return False
    return all(folder.joinpath(name).read_bytes() == data for name, data in files.items())
