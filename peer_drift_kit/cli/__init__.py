"""``peer-drift``: the kit on the command line.

A command's module is imported when the command is asked for, so that ``peer-drift learn`` starts
quickly and needs none of what other commands need.
"""

import sys
from collections.abc import Mapping
from importlib import import_module, metadata
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

__all__ = ["app", "main"]

#: Each command, in the order in which they are listed: a module of this package, and in it a Typer
#: app or a function.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "learn": ("learn", "app"),
    "hand-in": ("hand_in", "hand_in"),
    "journal": ("journal", "app"),
    "review": ("review", "review"),
    "rules": ("review", "rules"),
    "course": ("course", "app"),
}


class _Commands(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 (the parser's signature)
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 (the same)
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found = getattr(import_module(f".{module}", __name__), name)
        if not isinstance(found, typer.Typer):
            function, found = found, typer.Typer(add_completion=False)
            found.command(cmd_name)(function)
        command = get_command(found)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    no_args_is_help=True,
    # A traceback with the values in it could show a learner's own words.
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"peer-drift {metadata.version('peer-drift-kit')}")
        raise typer.Exit


@app.callback(epilog="Start with: peer-drift learn")
def _peer_drift(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Peer Drift Kit: a fellow learner for peer supporters, and for those who train them."""


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        # A folder's name may hold what a plain terminal cannot show.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
    app()
