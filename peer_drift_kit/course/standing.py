"""How each learner's work stands, for the commands that tell it. Nothing is changed by looking."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import create_engine, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from .confirmed import is_confirmed
from .folder import CourseFolder, CourseTrouble
from .roster import Person
from .small_files import time_in

__all__ = ["Learner", "Standing", "State", "Work", "reading", "standing"]


class State(StrEnum):
    """How far a learner's work is. Each reads well after a number, and in a table."""

    NOT_HANDED_IN = "not handed in"
    TO_BE_READ = "to be read"
    WAITS = "waiting for a person"
    CONFIRMED = "confirmed"
    GIVEN_BACK = "feedback written"
    #: After a person confirmed: it is to be read, and later waits for a person.
    AGAIN = "handed in again"
    WAITS_AGAIN = "waiting once more"


@dataclass(frozen=True)
class Learner(Person):
    """Somebody who is on the roster, or who handed in all the same."""

    on_roster: bool = True

    @property
    def name(self) -> str:
        """The name as a list shows it, last name first; empty where it is not known."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


@dataclass(frozen=True)
class Work:
    """What one learner did for one assignment.

    ``points`` are there only where a person has confirmed all that was handed in; otherwise there
    are none, which is not 0. ``handed_in`` is in UTC.
    """

    state: State
    points: float | None = None
    handed_in: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """``assignments`` with the most points that each can bring (None if nobody knows yet),
    ``learners`` in the order of their names, and ``work`` by assignment and learner's id, whole.
    """

    assignments: Mapping[str, float | None]
    learners: tuple[Learner, ...]
    work: Mapping[tuple[str, str], Work]

    @property
    def has_roster(self) -> bool:
        return any(each.on_roster for each in self.learners)


@contextmanager
def reading(course: CourseFolder) -> Iterator[Session | None]:
    """The gradebook, to be looked at; None where there is none yet.

    nbgrader's own way to open it makes one.
    """
    url = make_url(course.coursedir.db_url)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        if not file.is_file() or not file.stat().st_size:
            yield None
            return
    engine = create_engine(url)
    try:
        with Session(engine) as session:
            yield session
    except SQLAlchemyError as error:
        told = " ".join(str(getattr(error, "orig", None) or error).split())
        raise CourseTrouble(
            f"The gradebook cannot be read: {told}. If it is an older one: nbgrader db upgrade"
        ) from None
    finally:
        engine.dispose()


def standing(course: CourseFolder, assignments: Iterable[str] = ()) -> Standing:
    """How the work on these assignments stands, or on all.

    Raises :class:`.folder.CourseTrouble` for one that was not generated.
    """
    asked = list(dict.fromkeys(assignments))
    for each in asked:
        course.check_assignment(each)
    with reading(course) as session:
        kept = _Kept() if session is None else _kept(session)
    names = asked or sorted({*course.released(), *kept.points})
    handed_in = {(name, each) for name in names for each in course.students("submitted", name)}
    known = {each.id for each in kept.learners}
    strangers = {each for _, each in handed_in if each not in known}
    learners = [*kept.learners, *(Learner(each, on_roster=False) for each in strangers)]
    learners.sort(key=lambda each: (not each.name, each.name.casefold(), each.id))
    return Standing(
        {each: kept.points.get(each) for each in names},
        tuple(learners),
        {
            (name, each.id): _work(course, name, each.id, kept, (name, each.id) in handed_in)
            for name in names
            for each in learners
        },
    )


@dataclass
class _Submission:
    """What the gradebook holds of a submission."""

    timestamp: datetime | None
    flagged: bool = False
    penalty: float = 0.0
    grades: list[Any] = field(default_factory=list)

    @property
    def read(self) -> bool:
        # A run that was killed may leave rows with nothing suggested yet.
        return any(
            each.manual_score is not None or not each.needs_manual_grade for each in self.grades
        )

    @property
    def waits(self) -> bool:
        return any(each.needs_manual_grade for each in self.grades) or not any(
            map(is_confirmed, self.grades)
        )

    @property
    def points(self) -> float:
        """As nbgrader counts them, of what a person has confirmed."""
        raw: float = sum(
            each.manual_score + (each.extra_credit or 0)
            for each in self.grades
            if is_confirmed(each)
        )
        return max(0.0, raw - self.penalty)


@dataclass
class _Kept:
    """What the gradebook holds."""

    learners: list[Learner] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    notebooks: dict[str, list[str]] = field(default_factory=dict)
    submissions: dict[tuple[str, str], _Submission] = field(default_factory=dict)


def _kept(session: Session) -> _Kept:
    kept = _Kept()
    columns = (Student.first_name, Student.last_name, Student.email, Student.lms_user_id)
    for student, *told in session.execute(select(Student.id, *columns)):
        # Whoever handed in is added by autograde, with nothing but an id.
        on_roster = any(each is not None for each in told)
        first, last, email, lms = (each or "" for each in told)
        kept.learners.append(Learner(student, first, last, email, lms, on_roster))
    for name, points in session.execute(select(Assignment.name, Assignment.max_score)):
        kept.points[name] = points
    for name, notebook in session.execute(
        select(Assignment.name, Notebook.name).join(Notebook.assignment)
    ):
        kept.notebooks.setdefault(name, []).append(notebook)
    ids: dict[str, _Submission] = {}
    for id, name, student, timestamp in session.execute(  # noqa: A001 (the column's name)
        select(
            SubmittedAssignment.id,
            Assignment.name,
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
        ).join(SubmittedAssignment.assignment)
    ):
        ids[id] = kept.submissions[name, student] = _Submission(timestamp)
    of = {}
    for id, assignment, flagged, penalty in session.execute(  # noqa: A001 (the same)
        select(
            SubmittedNotebook.id,
            SubmittedNotebook.assignment_id,
            SubmittedNotebook.flagged,
            SubmittedNotebook.late_submission_penalty,
        )
    ):
        if assignment in ids:
            of[id] = ids[assignment]
            of[id].flagged |= bool(flagged)
            of[id].penalty += penalty or 0
    for grade in session.execute(
        select(
            Grade.notebook_id,
            Grade.manual_score,
            Grade.extra_credit,
            Grade.needs_manual_grade,
        )
    ):
        if grade.notebook_id in of:
            of[grade.notebook_id].grades.append(grade)
    return kept


def _work(course: CourseFolder, assignment: str, student: str, kept: _Kept, there: bool) -> Work:
    found = kept.submissions.get((assignment, student))
    at = time_in(course.path("submitted", student, assignment)) if there else None
    if found is None or not found.read:
        return Work(State.TO_BE_READ if there else State.NOT_HANDED_IN, None, _utc(at))
    newer = at is not None and found.timestamp is not None and at > found.timestamp
    when = _utc(at if newer else found.timestamp or at)
    if newer:
        return Work(State.TO_BE_READ if found.waits else State.AGAIN, None, when)
    if found.waits:
        return Work(State.WAITS_AGAIN if found.flagged else State.WAITS, None, when)
    pages = course.path("feedback", student, assignment)
    given_back = any((pages / f"{each}.html").is_file() for each in kept.notebooks[assignment])
    state = State.GIVEN_BACK if given_back else State.CONFIRMED
    return Work(state, found.points, when)


def _utc(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time else None
