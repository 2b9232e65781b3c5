"""``peer-drift journal``: the owner's own way to their journal. Prints no words unless asked to."""

import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from ..journal import Journal, JournalError, journal_path
from ..journal.lock import need_cryptography
from ..journal.pages import title_of, to_markdown
from ..journal.place import settle

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    # A traceback with the values in it could show a learner's own words.
    pretty_exceptions_enable=False,
    help="Your journal: read it, lock it, or forget it. Nobody else needs to.",
)

_ASK = "Your passphrase"

_BEFORE_LOCK = """\
A passphrase seals your words. Nobody can open them without it, and that means you too:
if you forget it, nobody can get your words back.
What stays readable: which questions you wrote to, when, about how much,
and which lessons you opened.
Older copies, such as a backup, stay as they are.
"""


@app.command()
def where() -> None:
    """Say which file is your journal."""
    with _plainly():
        typer.echo(str(settle(journal_path())))


@app.command()
def export(
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write to a new file, not to the screen.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Earlier versions too.")] = False,
) -> None:
    """Give you your words, as Markdown."""
    with _plainly():
        if to and os.path.lexists(to):
            raise JournalError(f"{to} is there already. Please choose another name.")
        journal = _opened()
        entries = {}
        for item in journal.items():
            latest = journal.latest(item)
            if latest:
                entries[item] = [latest, *(journal.earlier(item) if every else [])]
        marks = journal.marks()
        _tell_notice(journal)
        if not entries and not marks:
            typer.echo("Your journal is empty.", err=True)
            return
        page = to_markdown(entries, marks, now=datetime.now(UTC))
        if to:
            _write_new(to, page)
            typer.echo(f"Your words are in {to}. That file has no lock.", err=True)
        else:
            # Into a file or another program: UTF-8 on every system.
            typer.echo(page if sys.stdout.isatty() else page.encode(), nl=False)


@app.command()
def lock() -> None:
    """Put a passphrase on your journal, or change it."""
    with _plainly():
        need_cryptography()
        journal = _opened()
        changing = journal.has_passphrase
        typer.echo(_BEFORE_LOCK)
        passphrase = typer.prompt(
            "New passphrase", hide_input=True, confirmation_prompt="Once more"
        )
        if changing:
            journal.change_passphrase(passphrase)
        else:
            journal.lock(passphrase)
        _tell_notice(journal)
        typer.echo("The passphrase is changed." if changing else "Your journal is locked.")
        _tell_rest(journal)


@app.command()
def unlock() -> None:
    """Take the passphrase away. Your words can then be read by whoever opens the file."""
    with _plainly():
        journal = _opened()
        if not journal.has_passphrase:
            typer.echo("Your journal has no passphrase.")
            return
        journal.remove_lock()
        _tell_notice(journal)
        typer.echo("The passphrase is gone. Your journal is open.")


@app.command()
def forget(
    items: Annotated[
        list[str] | None, typer.Argument(metavar="ITEM...", help="Such as prompt:why-here")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take away what you wrote, for good. Needs no passphrase."""
    with _plainly():
        if bool(items) == everything:
            raise JournalError("Please name what to forget, or say --all for everything.")
        journal = Journal.open()
        _tell_notice(journal)
        there = list(dict.fromkeys([*journal.items(), *journal.marks()]))
        gone = there if everything else [_named(item, there) for item in items or ()]
        copies = journal.damaged_copies() if everything else []
        has_passphrase = everything and journal.has_passphrase
        if not gone and not copies and not has_passphrase:
            typer.echo("Your journal is empty.")
            return
        typer.echo("This will be forgotten, with every earlier version:")
        for item in gone:
            title = title_of(item)
            typer.echo(f"  {item}" if title == item else f"  {item}  {title}")
        for copy in copies:
            typer.echo(f"  {copy.name}, a damaged copy")
        if has_passphrase:
            typer.echo("  the passphrase. The journal will be open until you set a new one.")
        typer.echo("Close your lessons first, or an open box may save its words again.")
        if not yes and not typer.confirm("Forget it for good?"):
            typer.echo("Nothing was forgotten.")
            return
        if everything:
            journal.forget_all()
        else:
            journal.forget(gone)
        typer.echo("Forgotten. A backup of this computer may still hold it.")
        _tell_rest(journal)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    """What goes wrong is one line, and never a traceback."""
    try:
        yield
    except JournalError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def _opened() -> Journal:
    """The journal, unlocked if need be. Asks once; a wrong passphrase is an error."""
    journal = Journal.open()
    if journal.is_locked:
        need_cryptography()
        journal.unlock(typer.prompt(_ASK, hide_input=True, err=True))
    return journal


def _tell_notice(journal: Journal) -> None:
    if journal.notice:
        typer.echo(journal.notice, err=True)


def _tell_rest(journal: Journal) -> None:
    """What is left to know when words were sealed or taken away."""
    if not journal.is_swept:
        typer.echo(
            "Traces may be left in the file, as it is in use or the disk is full. "
            "They go when you next open your journal.",
            err=True,
        )
    for copy in journal.damaged_copies():
        typer.echo(f"A damaged copy from earlier stays as it was: {copy}", err=True)


def _named(name: str, there: list[str]) -> str:
    """The item of this name; its first half (prompt:) may be left out where one item fits."""
    fitting = [name] if name in there else [each for each in there if each.endswith(f":{name}")]
    if len(fitting) != 1:
        raise JournalError(
            f"There is nothing called {name} in your journal. Nothing was forgotten."
            if not fitting
            else f"{name} may be {' or '.join(fitting)}. Nothing was forgotten."
        )
    return fitting[0]


def _write_new(path: Path, page: str) -> None:
    """Write a file that was not there, for its owner only."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise JournalError(f"{path} is there already. Please choose another name.") from None
    except OSError as error:
        raise JournalError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(page.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise JournalError(f"{path} could not be written: {error.strerror}.") from error
