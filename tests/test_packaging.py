"""The kit can be installed: from a wheel without a clone, with pins that fit together."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tarfile
import tomllib
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [line for line in CONSTRAINTS if not line.startswith("#")]
WELCOME = "modules/00-welcome.ipynb"


def requirements() -> list[Requirement]:
    lines = [*PROJECT["dependencies"]]
    for extra in PROJECT["optional-dependencies"].values():
        lines += extra
    ours = {PROJECT["name"], "peer-drift-reader"}
    return [each for line in lines if (each := Requirement(line)).name not in ours]


class TestPins:
    def test_are_sorted_and_name_nothing_but_versions(self) -> None:
        assert [line for line in PINS if not re.fullmatch(r"[\w.-]+==[\w.!+]+", line)] == []
        assert sorted(PINS, key=str.upper) == PINS

    @pytest.mark.parametrize("wanted", requirements(), ids=str)
    def test_fit_what_the_project_asks_for(self, wanted: Requirement) -> None:
        pins = {canonicalize_name(pin.split("==")[0]): pin.split("==")[1] for pin in PINS}
        pinned = pins.get(canonicalize_name(wanted.name))
        assert pinned, f"add it with: make constraints ({wanted})"
        assert wanted.specifier.contains(pinned, prereleases=True)

    def test_refuse_no_python_that_the_project_takes(self) -> None:
        """Debian 12 has 3.11.2 and stays there, so it is the first of each that counts."""
        refused = [
            f"{found.name}=={found.version} refuses Python {first}"
            for found in distributions()
            for first in ("3.11.0", "3.12.0", "3.13.0")
            if f"{found.name}=={found.version}" in PINS
            and first not in SpecifierSet(found.metadata["Requires-Python"] or "")
        ]
        assert refused == []


class TestConda:
    conda: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

    def test_takes_the_pythons_that_the_project_takes(self) -> None:
        (python,) = (
            each.split(maxsplit=1)[1]
            for each in self.conda["dependencies"]
            if isinstance(each, str) and each.startswith("python ")
        )
        assert SpecifierSet(python) == SpecifierSet(PROJECT["requires-python"])

    def test_takes_only_python_and_pip_from_the_channel(self) -> None:
        named = [each.split()[0] for each in self.conda["dependencies"] if isinstance(each, str)]
        assert named == ["python", "pip"]
        assert self.conda["name"] == PROJECT["name"]

    def test_installs_this_clone_with_the_trainers_part_as_pinned(self) -> None:
        (lines,) = (each["pip"] for each in self.conda["dependencies"] if isinstance(each, dict))
        assert lines == ["-c constraints.txt", ".[trainer]"]
        assert "trainer" in PROJECT["optional-dependencies"]


def test_every_python_that_is_named_is_allowed() -> None:
    named = [each.rpartition(" :: ")[2] for each in PROJECT["classifiers"] if ":: 3." in each]
    assert named
    allowed = SpecifierSet(PROJECT["requires-python"])
    assert all(Version(f"{each}.0") in allowed for each in named)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"(3, {named[0][2:]}) <=" in makefile
    assert f"<= (3, {named[-1][2:]})" in makefile


def test_no_file_names_a_machine_or_where_packages_came_from() -> None:
    """Paths of one computer, and hosts of registries, which a mirror's user may not reach."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no clone")
    never = re.compile(
        r"(?<![\w.:/~}-])/(?:root|work|home/\w+|Users/\w+)/|file:///\w"
        r"|pypi\.org|pythonhosted\.|registry\.(?:npm|yarn)|(?:extra-)?index-url|find-links"
    )
    found = []
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if not path.is_file() or path == Path(__file__):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        found += [f"{name}: {each.group()}" for each in never.finditer(text)]
    assert found == []


@dataclass(frozen=True)
class Built:
    sdist: Path
    #: Built from the tree.
    wheel: Path
    #: Built from the sdist.
    again: Path


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    base = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", str(ROOT)]
    subprocess.run([*build, "--outdir", str(base / "both")], check=True)
    subprocess.run([*build, "--wheel", "--outdir", str(base / "direct")], check=True)
    (sdist,) = (base / "both").glob("*.tar.gz")
    (again,) = (base / "both").glob("*.whl")
    (wheel,) = (base / "direct").glob("*.whl")
    return Built(sdist, wheel, again)


@pytest.mark.slow
class TestWheel:
    def test_carries_lessons_exercises_and_the_extension(self, built: Built) -> None:
        packed = names(built.wheel)
        shipped = "peer_drift_kit/shipped/"
        for folder, kind in (("modules", "*.ipynb"), ("exercises", "*/*.ipynb")):
            there = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob(kind)}
            assert there
            assert {shipped + path for path in there} <= packed
        data = f"peer_drift_kit-{PROJECT['version']}.data/data/share/jupyter/labextensions/"
        assert f"{data}peer-drift-kit/package.json" in packed

    def test_carries_nothing_that_is_not_for_learners(self, built: Built) -> None:
        odd = [
            name
            for name in names(built.wheel)
            if not name.startswith(("peer_drift_kit/", f"peer_drift_kit-{PROJECT['version']}."))
            or re.search(r"tests?/|/answers/|/\.|checkpoint|gradebook|__pycache__", name)
        ]
        assert odd == []

    def test_has_the_sources_of_the_exercises_where_only_a_course_looks(self, built: Built) -> None:
        sources = [name for name in names(built.wheel) if "solution" in name]
        assert len(sources) >= 3
        for name in sources:
            assert re.fullmatch(r"peer_drift_kit/shipped/solutions/([\w-]+)/\1\.ipynb", name)

    def test_names_no_machine(self, built: Built) -> None:
        mine = [str(ROOT).encode(), str(Path.home()).encode() + b"/"]
        with zipfile.ZipFile(built.wheel) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                assert not [each for each in mine if each in content], name

    def test_an_sdist_makes_the_same_wheel(self, built: Built) -> None:
        assert names(built.again) == names(built.wheel)
        with tarfile.open(built.sdist) as archive:
            packed = {name.partition("/")[2] for name in archive.getnames()}
        assert {"pyproject.toml", "constraints.txt", "Makefile", WELCOME} <= packed
        assert not [name for name in packed if name.startswith((".venv", ".git/", "node_modules"))]


@pytest.fixture(scope="session")
def elsewhere(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with what a learner installs, away from the clone; its programs."""
    base = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", str(base / "venv")], check=True)
    programs = base / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
    pins = str(ROOT / "constraints.txt")
    subprocess.run([*pip, "install", "-q", "-c", pins, str(built.wheel)], check=True)
    return programs


def run(folder: Path, *words: str) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(address: str, process: subprocess.Popen[bytes], log: Path) -> bytes:
    """What a server that is just starting answers, once it does."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as reply:  # noqa: S310 (own server)
                return bytes(reply.read())
        except OSError as error:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                if not isinstance(error, urllib.error.HTTPError):
                    continue
            raise AssertionError(log.read_text(encoding="utf-8")) from error


@pytest.mark.slow
class TestWithoutAClone:
    def test_a_learner_gets_the_lessons(self, elsewhere: Path, tmp_path: Path) -> None:
        folder = tmp_path / "lessons"
        log = tmp_path / "log"
        token = secrets.token_hex()
        port = free_port()
        homes = {name: str(tmp_path / name) for name in ("HOME", "JUPYTER_RUNTIME_DIR")}
        command = [
            *(str(elsewhere / "peer-drift"), "learn", str(folder), "--no-browser"),
            *("--port", str(port), "--", f"--IdentityProvider.token={token}"),
        ]
        with log.open("wb") as out:
            process = subprocess.Popen(
                command, cwd=tmp_path, env=os.environ | homes, stdout=out, stderr=out
            )
        try:
            address = f"http://127.0.0.1:{port}/api/contents/{WELCOME}?token={token}"
            page = json.loads(answer(address, process, log))
        finally:
            process.terminate()
            process.wait(30)
        shipped = json.loads((ROOT / WELCOME).read_text(encoding="utf-8"))
        sources = [
            [cell["source"] for cell in each["cells"]] for each in (shipped, page["content"])
        ]
        assert ["".join(each) for each in sources[0]] == sources[1]
        assert str(folder) in log.read_text(encoding="utf-8")

    def test_the_extension_is_there(self, elsewhere: Path, tmp_path: Path) -> None:
        said = run(tmp_path, str(elsewhere / "python"), "-m", "jupyter", "labextension", "list")
        (line,) = (line for line in said.splitlines() if "peer-drift-kit v" in line)
        assert "enabled" in line
        assert "OK" in line

    def test_a_lesson_runs(self, elsewhere: Path, tmp_path: Path) -> None:
        script = "import sys, peer_drift_kit; peer_drift_kit.prompt; print(*sys.modules)"
        loaded = run(tmp_path, str(elsewhere / "python"), "-c", script).split()
        assert "peer_drift_kit" in loaded
        assert not {"nbgrader", "pandas"} & set(loaded)
        for each in ("nbgrader", "pandas", "cryptography"):
            script = f"import importlib.util as u; assert u.find_spec({each!r}) is None"
            run(tmp_path, str(elsewhere / "python"), "-c", script)

    @pytest.mark.parametrize("words", [["--help"], ["journal", "--help"], ["rules", "--help"]])
    def test_every_command_is_there(
        self, elsewhere: Path, tmp_path: Path, words: list[str]
    ) -> None:
        assert "Usage" in run(tmp_path, str(elsewhere / "peer-drift"), *words)
