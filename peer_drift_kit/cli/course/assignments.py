"""The commands about assignments: ``new``, ``release``, ``collect``, ``review``, ``feedback``."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from .opened import AssignmentName, CourseOption, in_course, trouble_told

if TYPE_CHECKING:
    from peer_drift_kit.course.folder import CourseFolder, Points
    from peer_drift_kit.course.outcome import Outcome

__all__ = ["register"]

HERE = Path()

Each = TypeVar("Each")

#: The way that Formgrader's own pages go.
WHERE = (
    "What waits is confirmed in Formgrader. Open it: jupyter lab, menu Nbgrader, Formgrader."
    " Then Manual Grading, {0}, {0} once more, and Submission #1."
)


def register(app: typer.Typer) -> None:
    for command in (new, release, collect, review, feedback):
        app.command()(command)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    name: Annotated[str, typer.Option(help="What the course is called.")],
    roster: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Who takes part; see course roster.")
    ] = None,
    points: Annotated[
        str,
        typer.Option(
            help="What points are for: completion (a real try), or rubric (four criteria)."
        ),
    ] = "completion",
    exchange: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A server's folder for handing in.")
    ] = None,
) -> None:
    """Make a course folder, ready for JupyterLab with Formgrader."""
    from peer_drift_kit.course.folder import CourseTrouble, new_course, open_course
    from peer_drift_kit.course.release import generate
    from peer_drift_kit.course.roster import keep_roster, read_roster

    with trouble_told():
        if points not in ("completion", "rubric"):
            raise CourseTrouble(f"Points are for completion or rubric, not for {points!r}.")
        people = read_roster(roster) if roster else None
        if people and people.wrong:
            raise CourseTrouble("\n".join(people.wrong))
        kind: Points = "rubric" if points == "rubric" else "completion"
        made = new_course(folder, name=name, points=kind, exchange=exchange)
        course = open_course(folder)
        for each in _shown(made, "Making the exercises", len(made)):
            generate(course, each)
        typer.echo(f"{course.root} holds the course {course.course_id}: {', '.join(made)}.")
        if people:
            keep_roster(course, people.people)
            count = len(people.people)
            typer.echo(f"{count} {'learner is' if count == 1 else 'learners are'} on its roster.")
        typer.echo(f"Open it: cd '{course.root}' && jupyter lab  (menu Nbgrader, Formgrader)")


def release(assignment: AssignmentName, course: CourseOption = HERE) -> None:
    """Make the learners' version anew, and put it where they fetch it."""
    from peer_drift_kit.course.release import generate
    from peer_drift_kit.course.release import release as put_out

    with in_course(course) as opened:
        generate(opened, assignment)
        where = put_out(opened, assignment)
        made = opened.path("release", ".", assignment)
        typer.echo(f"{assignment} is in {where}." if where else f"{assignment} is in {made}.")
        if not where:
            typer.echo(
                "There is no exchange on this computer. Learners who have the kit have the exercise"
                " already, and hand in a zip: peer-drift course collect --zip"
            )


def collect(
    assignment: AssignmentName,
    course: CourseOption = HERE,
    zipped: Annotated[
        Path | None,
        typer.Option("--zip", metavar="PATH", help="A folder or zip with what learners sent."),
    ] = None,
    names: Annotated[
        str, typer.Option(metavar="PATTERN", help="How they are named, as in '*_{student}.zip'.")
    ] = "",
    who: Annotated[
        list[str] | None, typer.Option(metavar="FILE=ID", help="Whose a file is.")
    ] = None,
) -> None:
    """Take in what was handed in: from the exchange, or with --zip from mails and downloads."""
    from peer_drift_kit.course.folder import CourseTrouble
    from peer_drift_kit.course.from_zips import collect_zips
    from peer_drift_kit.course.release import collect_from_exchange

    with in_course(course) as opened:
        opened.check_assignment(assignment.removeprefix("circle-"))
        if zipped is None:
            for line in collect_from_exchange(opened, assignment):
                typer.echo(line)
        else:
            known = dict(each.rpartition("=")[::2] for each in who or [])
            if "" in known:
                raise CourseTrouble("Please give --who as FILE=ID.")
            _tell(collect_zips(opened, assignment, zipped, names=names, who=known))
        count = len(opened.students("submitted", assignment))
        typer.echo(f"{count} {'has' if count == 1 else 'have'} handed in {assignment}.")


def review(
    assignment: AssignmentName,
    course: CourseOption = HERE,
    student: Annotated[str, typer.Option(help="Only this one.")] = "",
) -> None:
    """Read what was handed in, and suggest a comment on each. Nothing of it is run."""
    from peer_drift_kit.course.review_all import review_all

    with in_course(course, assignment) as opened:
        students = _those(opened, "submitted", assignment, student)
        outcomes = review_all(opened, assignment, students)
        _tell(_shown(outcomes, "Reading", len(students)))
        typer.echo(WHERE.format(assignment))


def feedback(
    assignment: AssignmentName,
    course: CourseOption = HERE,
    export: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Put one page a learner there, ready to send."),
    ] = None,
    student: Annotated[str, typer.Option(help="Only this one.")] = "",
) -> None:
    """Write the feedback pages of what a person has confirmed."""
    from peer_drift_kit.course.feedback import feedback_for_all

    with in_course(course, assignment) as opened:
        students = _those(opened, "autograded", assignment, student)
        outcomes = feedback_for_all(opened, assignment, students, export=export)
        where = (
            f"The pages to send are in {export}."
            if export
            else f"On a server: nbgrader release_feedback {assignment}"
        )
        _tell(_shown(outcomes, "Writing", len(students)), where)


def _those(course: "CourseFolder", step: str, assignment: str, student: str) -> list[str]:
    from peer_drift_kit.course.folder import CourseTrouble

    students = course.students(step, assignment)
    if student and student not in students:
        raise CourseTrouble(f"There is nothing of {student} for {assignment}.")
    if not students:
        first = "collect" if step == "submitted" else "review"
        raise CourseTrouble(
            f"There is nothing for {assignment} yet. First: peer-drift course {first} {assignment}"
        )
    return [student] if student else students


def _shown(each: Iterable[Each], what: str, total: int) -> Iterator[Each]:
    """The same, with a progress bar where somebody looks at a terminal."""
    from rich.console import Console
    from rich.progress import track

    shown = total > 1 and sys.stderr.isatty()
    console = Console(stderr=True)
    yield from track(
        each, description=what, total=total, transient=True, console=console, disable=not shown
    )


def _tell(outcomes: "Iterable[Outcome]", then: str = "") -> None:
    """A line for what a trainer should know, and a count of the rest. Exit 1 after a failure."""
    news: Counter[str] = Counter()
    failed = waiting = 0
    for each in outcomes:
        for line in each.lines:
            # The name of a file may hold line ends, and signs that a terminal obeys.
            told = (sign if sign.isprintable() else "�" for sign in f"{each.student}: {line}")
            typer.echo("".join(told), err=each.failed)
        news.update(each.news)
        waiting += each.waits
        failed += each.failed and not each.waits
    for what, count in news.most_common():
        typer.echo(f"{count} × {what}")
    if then and news:
        typer.echo(then)
    if waiting:
        wait = "waits" if waiting == 1 else "wait"
        typer.echo(f"{waiting} {wait} for you in Formgrader.", err=True)
    if failed:
        typer.echo(f"{failed} could not be dealt with; see above.", err=True)
    if failed or waiting:
        raise typer.Exit(1)
