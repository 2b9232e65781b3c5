"""``peer-drift learn``: lays the learner's folder and opens JupyterLab at the welcome page."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ..curriculum.shipped import home
from ..workfolder import Laid, WorkFolderError, lay

__all__ = ["app"]

#: Where JupyterLab opens.
WELCOME = "/lab/tree/modules/00-welcome.ipynb"

FOLDER = Path("~/peer-drift")

#: Our defaults for JupyterLab's own settings; what a person has set wins. It asks each newcomer
#: whether to fetch its news, even where there are none to be had.
DEFAULTS = Path(__file__).parent / "jupyter"

# "--" ends our own options; what follows is for JupyterLab.
EXTRA = "peer_drift_kit.cli.learn.extra"


class _Learn(TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        # Left to itself the parser would take the first extra argument for FOLDER.
        if "--" in args:
            at = args.index("--")
            ctx.meta[EXTRA] = args[at + 1 :]
            args = args[:at]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return [*super().collect_usage_pieces(ctx), "[-- JUPYTERLAB OPTIONS]"]


app = typer.Typer(add_completion=False)


@app.command("learn", cls=_Learn)
def learn(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where your lessons live.")
    ] = FOLDER,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only start; open the page yourself.")
    ] = False,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port to use on this computer.")
    ] = None,
) -> None:
    """Open the lessons. An update never writes over a page that you changed."""
    try:
        place = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 (links stay as they are)
        laid = lay(place, home=home(), version=version("peer-drift-kit"))
    except (WorkFolderError, RuntimeError) as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from None
    for line in told(laid):
        typer.echo(line)
    opens = "Open the address below" if no_browser else "JupyterLab opens now"
    typer.echo(f"{opens}, in your browser. To stop, press Ctrl+C in this window.")
    sys.stdout.flush()
    # From here on nothing may depend on where the command was typed: nbgrader, where there is one,
    # would take a clone's settings for the learner's folder.
    os.chdir(place)
    _start(command(place, browser=not no_browser, port=port, extra=ctx.meta.get(EXTRA, [])))


def told(laid: Laid) -> list[str]:
    """What was done, in lines for a learner to read."""
    count = len(laid.new)
    lines = [f"Your lessons are in {laid.folder}"]
    if any(path.endswith("00-welcome.ipynb") for path in laid.new):
        lines.append("What you write and change there stays yours. An update never overwrites it.")
    elif count:
        lines.append(f"{_files(count)} you did not have {'are' if count > 1 else 'is'} there now.")
    if laid.updated:
        lines.append(f"{_files(len(laid.updated))} brought up to date.")
    lines += [
        f"You changed {path}, so I left it as it is. The new one is beside it: {name}"
        for path, name in laid.beside
    ]
    return lines


def _files(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def command(folder: Path, *, browser: bool, port: int | None, extra: list[str]) -> list[str]:
    """The command that starts JupyterLab: on this computer only, with no request to the outside.

    An option given in ``extra`` takes the place of ours, since JupyterLab refuses one given twice.
    """
    ours = [
        "--ip=127.0.0.1",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={WELCOME}",
        # No feed of news, no look for a newer JupyterLab, no list of extensions from the net.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        # Its address is still shown; its chatter is not.
        "--log-level=WARN",
        # Ctrl+C stops it without a question.
        "-y",
    ]
    if port is not None:
        ours.append(f"--port={port}")
    if not browser:
        ours.append("--no-browser")
    if getattr(os, "geteuid", lambda: 1)() == 0:
        ours.append("--allow-root")
    given = {each.partition("=")[0] for each in extra}
    kept = [each for each in ours if each.partition("=")[0] not in given]
    # -P: a file in the folder where this is typed is never taken for a module.
    return [sys.executable, "-P", "-m", "jupyterlab", *kept, *extra]


def environment() -> dict[str, str]:
    """The environment in which JupyterLab starts: this one, with the kit's defaults for it."""
    paths = [os.environ.get("JUPYTER_CONFIG_PATH"), str(DEFAULTS)]
    return os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def _start(line: list[str]) -> None:
    if os.name == "nt":
        # Windows has no exec that a console waits for.
        try:
            raise typer.Exit(subprocess.run(line, env=environment(), check=False).returncode)  # noqa: S603
        except KeyboardInterrupt:
            raise typer.Exit(0) from None
    os.execve(line[0], line, environment())  # noqa: S606 (no shell: the arguments are ours)
