"""The commands about people: ``roster``, ``status``, ``export``, ``challenges``."""

import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Annotated

import typer

from .opened import CourseOption, in_course

__all__ = ["register"]

HERE = Path()

#: So many wrong rows, and unknown headings, are told. A file that has more is another kind of file.
MOST_WRONG = 50
MOST_HEADINGS = 6

ToOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write to a file, not to the screen.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def register(app: typer.Typer) -> None:
    for command in (roster, status, export, challenges):
        app.command()(command)


def roster(
    csv: Annotated[Path, typer.Argument(metavar="CSV", show_default=False)],
    course: CourseOption = HERE,
    skip_wrong: Annotated[
        bool, typer.Option("--skip-wrong", help="Leave wrong rows out, and keep the others.")
    ] = False,
) -> None:
    """Put learners on the roster, from a list that you, Moodle or Canvas made. Removes nobody.

    Its first row: id,first_name,last_name,email,lms_user_id, or whatever Moodle or Canvas writes.

    From those two the id is the Username or SIS Login ID; else the ID number, the SIS User ID, or
    what stands before the @ of the email address.
    """
    from peer_drift_kit.course.roster import keep_roster, read_roster

    with in_course(course) as opened:
        read = read_roster(csv)
        for line in read.wrong[:MOST_WRONG]:
            typer.echo(line, err=True)
        if len(read.wrong) > MOST_WRONG:
            typer.echo(f"And {len(read.wrong) - MOST_WRONG} more.", err=True)
        if read.wrong and not skip_wrong:
            typer.echo(
                "Nothing was written. Please mend these rows, or leave them out: --skip-wrong",
                err=True,
            )
            raise typer.Exit(1)
        new, changed = keep_roster(opened, read.people)
        same = len(read.people) - new - changed
        typer.echo(f"{new} new, {changed} changed, {same} as before.")
        if read.unknown:
            typer.echo(
                f"Nobody has a name in it that I can read. I do not know: {_some(read.unknown)}."
                " If names are there, please call those columns first_name and last_name, and run"
                " this again."
            )


def status(
    assignment: Annotated[str, typer.Argument(metavar="[ASSIGNMENT]", show_default=False)] = "",
    course: CourseOption = HERE,
) -> None:
    """Show who handed in what, how far it is, and what to do next. Changes nothing."""
    from peer_drift_kit.course.standing import standing
    from peer_drift_kit.course.status import next_steps, table, totals

    with in_course(course) as opened:
        found = standing(opened, [assignment] if assignment else [])
        if found.learners:
            typer.echo("\n".join([*table(found), ""]))
        for line in (*totals(found), *next_steps(found)):
            typer.echo(line)


def export(
    to: ToOption = None,
    layout: Annotated[
        str, typer.Option("--for", metavar="WHICH", help="plain, moodle or canvas.")
    ] = "plain",
    assignment: Annotated[
        list[str] | None, typer.Option(metavar="ASSIGNMENT", help="Only this one. Repeatable.")
    ] = None,
    course: CourseOption = HERE,
    force: ForceOption = False,
) -> None:
    """Give you the confirmed points, as CSV. What nobody confirmed is missing, never 0."""
    from peer_drift_kit.course.export import LAYOUTS, as_csv, left_out
    from peer_drift_kit.course.folder import CourseTrouble
    from peer_drift_kit.course.standing import standing

    with in_course(course) as opened:
        if layout not in LAYOUTS:
            raise CourseTrouble(f"--for takes {', '.join(LAYOUTS)}, not {layout!r}.")
        found = standing(opened, assignment or [])
        _give(as_csv(found, layout), to, force=force)
        if strangers := left_out(found, layout):
            names = ", ".join(each.id for each in strangers)
            typer.echo(f"Left out, as they are not on the roster: {names}", err=True)


def challenges(
    to: ToOption = None, course: CourseOption = HERE, force: ForceOption = False
) -> None:
    """Give you what learners meant, where a person agreed, without names, as lines of JSON."""
    from peer_drift_kit.course.challenges import agreed_challenges, as_lines

    with in_course(course) as opened:
        found, troubles = agreed_challenges(opened)
        for line in troubles:
            typer.echo(line, err=True)
        if found:
            _give(as_lines(found), to, force=force)
        typer.echo(
            f"{len(found)} of what learners meant was agreed with. These are learners' own words:"
            " keep them safe, and ask before you pass them on."
            if found
            else "Nothing that learners meant was agreed with yet.",
            err=True,
        )


def _some(headings: Sequence[str]) -> str:
    shown = [shorten(each, 40, placeholder="…") for each in headings[:MOST_HEADINGS]]
    more = len(headings) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _give(data: bytes, to: Path | None, *, force: bool) -> None:
    """Write a file, or show it."""
    from peer_drift_kit.course.export import write_new

    if to:
        write_new(to, data, force=force)
        typer.echo(f"It is in {to}.", err=True)
    else:
        # Into a file or another program: UTF-8 on every system.
        shown = data.decode("utf-8-sig").replace("\r\n", "\n")
        typer.echo(shown if sys.stdout.isatty() else data, nl=False)
