"""The commands about assignments: ``new``, ``release``, ``collect``, ``review``, ``feedback``."""

from pathlib import Path
from typing import Annotated

import typer

from .opened import trouble_told

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    app.command()(new)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False)],
    name: Annotated[str, typer.Option(help="What the course is called.")],
) -> None:
    """Make a course folder, ready for JupyterLab with Formgrader."""
    from peer_drift_kit.course.folder import new_course

    with trouble_told():
        made = new_course(folder, name=name)
        typer.echo(f"{folder} holds a course with {len(made)} exercises: {', '.join(made)}.")
