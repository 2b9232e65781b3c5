"""``peer-drift hand-in``: shows what of an exercise would leave the machine, and makes one file."""

from pathlib import Path
from typing import Annotated

import typer

from ..handing_in import NothingMade, in_words, leaving, make_zip

__all__ = ["hand_in"]

HERE = Path()


def hand_in(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The exercise's folder.")] = HERE,
    who: Annotated[
        str | None, typer.Option(metavar="NAME", help="The name or code your trainer knows.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Make the one file to hand in. Nothing is sent anywhere: you send it yourself.

    FOLDER is where you are, if you name none.
    """
    try:
        found = leaving(folder.expanduser())
        typer.echo("These files would leave this computer, in one file, and nothing else:")
        for part in found.parts:
            typer.echo(f"  {part.name}  {in_words(part.size)}")
        for line in filter(None, (*found.left_out, found.notice)):
            typer.echo(line)
        typer.echo("Your journal stays with you.")
        if who is None and not yes:
            who = typer.prompt("The name or code your trainer knows")
        if not yes and not typer.confirm("Make the file?"):
            typer.echo("Nothing was made.")
            return
        made = make_zip(folder.expanduser(), who or "")
    except (NothingMade, RuntimeError) as error:  # or ~ stands for nobody's home
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Your file is {made.path}")
    typer.echo("Nothing was sent. Send this one file by mail, or on your course's upload page.")
