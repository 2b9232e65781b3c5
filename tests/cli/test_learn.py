"""``peer-drift`` and ``peer-drift learn``, up to the moment at which JupyterLab takes over."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from peer_drift_kit.cli import app, learn
from peer_drift_kit.workfolder import Laid

WELCOME = "modules/00-welcome.ipynb"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[list[str]]]:
    """The command lines with which JupyterLab would have been started."""
    lines: list[list[str]] = []
    here = Path.cwd()
    monkeypatch.setattr(learn, "_start", lines.append)
    yield lines
    os.chdir(here)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_version() -> None:
    assert run("--version") == (0, f"peer-drift {version('peer-drift-kit')}\n")


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_help_names_every_command(words: list[str]) -> None:
    _, said = run(*words)
    for name in ("learn", "journal", "review", "rules"):
        assert name in said
    assert "peer-drift learn" in said


def test_an_unknown_command_is_one_kind_line() -> None:
    code, said = run("lern")
    assert code == 2
    assert "lern" in said
    assert "Traceback" not in said


def test_lays_the_folder_and_opens_the_welcome_page(
    tmp_path: Path, started: list[list[str]]
) -> None:
    folder = tmp_path / "my lessons"
    code, said = run("learn", str(folder), "--port", "8123")
    assert code == 0
    assert str(folder) in said
    assert (folder / WELCOME).is_file()
    assert Path.cwd() == folder
    (line,) = started
    assert line[:4] == [sys.executable, "-P", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={folder}" in line
    assert learn.WELCOME.endswith(WELCOME)
    assert f"--LabApp.default_url={learn.WELCOME}" in line
    assert "--ip=127.0.0.1" in line
    assert "--port=8123" in line
    assert "--no-browser" not in line


def test_a_second_start_says_only_where(tmp_path: Path, started: list[list[str]]) -> None:
    run("learn", str(tmp_path))
    _, said = run("learn", str(tmp_path))
    assert said.splitlines()[0] == f"Your lessons are in {tmp_path}"
    assert len(said.splitlines()) == 2


def test_home_and_relative_folders(
    tmp_path: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    run("learn")
    assert (tmp_path / "peer-drift" / WELCOME).is_file()
    os.chdir(tmp_path)
    run("learn", "~/other")
    assert (tmp_path / "other" / WELCOME).is_file()
    os.chdir(tmp_path)
    run("learn", "third")
    assert (tmp_path / "third" / WELCOME).is_file()


def test_what_follows_the_dashes_is_for_jupyterlab(
    tmp_path: Path, started: list[list[str]]
) -> None:
    extra = ["--LabApp.extension_manager=pypi", "--debug", "file"]
    run("learn", str(tmp_path), "--no-browser", "--", *extra)
    (line,) = started
    assert line[-3:] == extra
    assert "--no-browser" in line
    assert "--LabApp.extension_manager=readonly" not in line, "JupyterLab refuses one given twice"


def test_the_dashes_alone_leave_the_folder_as_it_is(
    tmp_path: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    run("learn", "--", "--debug")
    assert f"--ServerApp.root_dir={tmp_path / 'peer-drift'}" in started[0]
    assert started[0][-1] == "--debug"


@pytest.mark.parametrize("root", [True, False])
def test_root_is_allowed_only_where_one_is_root(
    monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)
    line = learn.command(Path("x"), browser=True, port=None, extra=[])
    assert ("--allow-root" in line) == root


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "x"], ["one", "two"], ["--nope"]])
def test_a_slip_starts_nothing(started: list[list[str]], words: list[str]) -> None:
    code, said = run("learn", *words)
    assert code == 2
    assert "Traceback" not in said
    assert not started


@pytest.mark.parametrize("folder", ["taken", "~nobody-of-that-name/lessons"])
def test_a_folder_that_cannot_be_is_one_line(
    tmp_path: Path, started: list[list[str]], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("taken").write_text("mine")
    code, said = run("learn", folder)
    assert code == 1
    assert len(said.splitlines()) == 1
    assert not started
    assert Path("taken").read_text() == "mine"


def test_says_what_an_update_did() -> None:
    laid = Laid(Path("home"), ("8.ipynb",), ("2.ipynb", "3.ipynb"), (("1.ipynb", "1 (new).ipynb"),))
    assert learn.told(laid) == [
        "Your lessons are in home",
        "1 page you did not have is there now.",
        "2 pages brought up to date.",
        "You changed 1.ipynb, so I left it as it is. The new one is beside it: 1 (new).ipynb",
    ]


def test_asking_for_the_version_loads_no_other_command() -> None:
    script = (
        "import json, sys\n"
        "from peer_drift_kit.cli import main\n"
        "sys.argv = ['peer-drift', '--version']\n"
        "try: main()\n"
        "finally: print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "peer_drift_kit.cli" in loaded
    assert not loaded & {"sqlite3", "ipywidgets", "nbgrader", "pandas", "cryptography"}
