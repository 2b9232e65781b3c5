"""What each course command begins with: an open course, and one kind line where that fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from peer_drift_kit.course.folder import CourseFolder

__all__ = ["AssignmentName", "CourseOption", "in_course", "needs_nbgrader", "trouble_told"]

CourseOption = Annotated[
    Path, typer.Option("--course", metavar="FOLDER", help="The course folder, if not this one.")
]
AssignmentName = Annotated[str, typer.Argument(metavar="ASSIGNMENT", show_default=False)]


def needs_nbgrader() -> None:
    """End with one line where the trainer's extra is not installed."""
    if find_spec("nbgrader") is None:
        typer.echo(
            "To run a course the kit needs nbgrader: pip install 'peer-drift-kit[trainer]'",
            err=True,
        )
        raise typer.Exit(1)


@contextmanager
def trouble_told() -> Iterator[None]:
    """Turn trouble that a trainer can mend into its one line, and exit with 1."""
    from peer_drift_kit.course.folder import CourseTrouble

    try:
        yield
    except CourseTrouble as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from None


@contextmanager
def in_course(folder: Path, assignment: str = "") -> "Iterator[CourseFolder]":
    """The open course; with ``assignment``, one that was generated."""
    from peer_drift_kit.course.folder import open_course

    with trouble_told():
        course = open_course(folder)
        if assignment:
            course.check_assignment(assignment)
        yield course
