"""``peer-drift course``: a trainer's side. Each command needs the trainer's extra (nbgrader)."""

import typer

from . import assignments, circle, people
from .opened import needs_nbgrader

__all__ = ["app"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _course() -> None:
    """Run a course: give out exercises, collect, read, confirm in Formgrader, and send back."""
    needs_nbgrader()


assignments.register(app)
people.register(app)
app.add_typer(circle.app, name="circle")
