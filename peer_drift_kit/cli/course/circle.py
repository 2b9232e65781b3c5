"""``peer-drift course circle``: everybody reads what some others wrote, and answers in words."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer

from .opened import AssignmentName, CourseOption, in_course

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peer_drift_kit.course.circle.gather import Back
    from peer_drift_kit.course.circle.make import Made
    from peer_drift_kit.course.circle.record import Reading, Record

__all__ = ["app"]

HERE = Path()

#: So much of an answer is shown on the screen; the author gets all of it.
SHOWN = 1_500

#: How answers come back.
RETURN = (
    "They unpack it, open the page in it, and hand in the zip it makes. When that reaches you:"
    " peer-drift course collect circle-{0} --zip FOLDER, then peer-drift course circle gather {0}"
)

Codes = list[str] | None

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Peer circles: each learner reads what two others wrote, and answers in words.",
)


@app.command()
def make(
    assignment: AssignmentName,
    per: Annotated[
        int | None, typer.Option(min=1, help="How many others each one reads.", show_default="2")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="A number that fixes who reads whom.", show_default=False)
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Answers are signed.")] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Put the packets there, ready to send.")
    ] = None,
    course: CourseOption = HERE,
) -> None:
    """Say who reads whom, and make a packet for each. Again: whoever came late is taken in."""
    from peer_drift_kit.course.circle.make import make as made_by

    with in_course(course, assignment) as opened:
        today = datetime.now(UTC).date().isoformat()
        made = made_by(opened, assignment, today=today, per=per, seed=seed, names=names)
        for line in made.notes:
            typer.echo(line, err=True)
        if to:
            _copy(made, to)
        for line in _about(made, to or made.folder):
            typer.echo(line)
        if made.fresh:
            typer.echo("Peers will read these texts as they are. Please read them before you send.")
        typer.echo(RETURN.format(assignment))


@app.command()
def gather(
    assignment: AssignmentName,
    hold: Annotated[
        Codes, typer.Option(metavar="CODE", help="Keep this answer back from its author.")
    ] = None,
    let: Annotated[
        Codes, typer.Option(metavar="CODE", help="Let an answer through that was held.")
    ] = None,
    course: CourseOption = HERE,
) -> None:
    """Read the answers that are back. From then on they are in their authors' feedback."""
    from peer_drift_kit.course.circle.gather import gather as gathered_by

    with in_course(course, assignment) as opened:
        gathered = gathered_by(opened, assignment, hold=hold or (), let=let or ())
        for line in gathered.notes:
            typer.echo(line, err=True)
        for each in gathered.answers:
            typer.echo(_answer(each))
        typer.echo(_count(gathered.answers))
        if gathered.answers:
            typer.echo(f"Write the pages anew: peer-drift course feedback {assignment}")
        else:
            typer.echo(RETURN.format(assignment))


@app.command()
def status(assignment: AssignmentName, course: CourseOption = HERE) -> None:
    """Tell who was given what, and what is back. It shows names, so it is for you only."""
    from peer_drift_kit.course.circle.gather import back
    from peer_drift_kit.course.circle.record import needed

    with in_course(course, assignment) as opened:
        record = needed(opened.root, assignment)
        found, notes = back(opened, assignment, record)
        for line in notes:
            typer.echo(line, err=True)
        for line in _readings(record, {code for code, words in found.items() if words}):
            typer.echo(line)


def _copy(made: "Made", to: Path) -> None:
    from peer_drift_kit.course.folder import CourseTrouble
    from peer_drift_kit.course.whole_file import write_whole

    try:
        for student in made.packets:
            write_whole(to / f"{student}.zip", (made.folder / f"{student}.zip").read_bytes())
    except OSError as error:
        raise CourseTrouble(f"I cannot write in {to}: {error.strerror or error}.") from None


def _about(made: "Made", folder: Path) -> "Iterable[str]":
    count = len(made.packets)
    if made.per < made.asked:
        yield f"There are {count} people, so each one reads {made.per}, and not {made.asked}."
    else:
        yield f"There are {count} people. Each one reads {made.per}, and is read by {made.per}."
    if made.without:
        yield (
            f"Without a real try yet: {', '.join(made.without)}. When they have one, run this"
            " again, and they are taken in."
        )
    if not made.fresh:
        yield f"The packets in {folder} are as they were."
    elif set(made.fresh) == set(made.packets):
        yield f"{count} packets are in {folder}. Send each to the one it is named for."
    else:
        yield f"New or changed packets in {folder}, to be sent: {', '.join(made.fresh)}."


def _answer(each: "Back") -> str:
    told = each.reading
    words = told.words if len(told.words) <= SHOWN else f"{told.words[:SHOWN]} …"
    marks = ", ".join(filter(None, (each.news, "held back" if told.held else "")))
    about = f"{told.reader} to {told.author}, about {told.case}, code {told.code}"
    return f"{about}{f' ({marks})' if marks else ''}\n{indent(words, '    ')}\n"


def _count(answers: "Iterable[Back]") -> str:
    held = Counter(each.reading.held for each in answers)
    if not held:
        return "Nothing is back yet."
    kept = f" {held[True]} held back." if held[True] else ""
    return (
        f"{held[False]} in the authors' next feedback.{kept}"
        " If one should not go there: --hold CODE"
    )


def _readings(record: "Record", found: set[str]) -> "Iterable[str]":
    """A line for each reader and each text, and one at the end."""
    yield f"Answers are {'signed' if record.names else 'unsigned'}. The seed is {record.seed}."
    asked = done = 0
    for reader in sorted({each.reader for each in record.readings}):
        yield f"{reader} reads"
        for each in record.readings:
            if each.reader != reader:
                continue
            is_back = bool(each.words) or each.code in found
            if not each.taken_back or is_back:
                asked, done = asked + 1, done + is_back
            yield f"    {each.author}, {each.case} ({each.code}): {_state(each, found)}"
    yield f"{done} of {asked} answers are back."


def _state(reading: "Reading", found: set[str]) -> str:
    if reading.held:
        return "held back"
    if reading.words:
        return "gathered"
    if reading.code in found:
        return "back, not gathered yet"
    return "not theirs any more" if reading.taken_back else f"given {reading.given}"
