"""An update brings what is new, and no change of a learner is ever lost."""

import errno
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_drift_kit import workfolder
from peer_drift_kit.workfolder import MANIFEST, Laid, WorkFolderError, lay

LESSON = "modules/01-what-it-is.ipynb"
EXERCISE = "exercises/02-rewrite/rewrite.ipynb"
PAGE = "exercises/02-rewrite/scene.md"
FILES = (LESSON, EXERCISE, PAGE)


def notebook(*sources: str, **marks: object) -> str:
    cells = [
        {"cell_type": "markdown", "id": f"c{n}", "metadata": marks, "source": [source]}
        for n, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def text(path: str, words: str) -> str:
    return notebook(words) if path.endswith(".ipynb") else words


def ship(home: Path, words: str, files: tuple[str, ...] = FILES) -> None:
    for path in files:
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text(path, words))


def opened(path: Path) -> None:
    """What JupyterLab does to a notebook that is only opened and run."""
    if path.suffix != ".ipynb":
        return
    content = json.loads(path.read_text())
    for cell in content["cells"]:
        cell["metadata"]["trusted"] = True
        cell["outputs"] = [{"output_type": "stream", "text": "hello"}]
        cell["source"] = "".join(cell["source"])
    content["metadata"]["widgets"] = {"state": {}}
    content["cells"].append({"cell_type": "code", "metadata": {}, "outputs": [], "source": ""})
    path.write_text(json.dumps(content, indent=1))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    ship(tmp_path / "home", "first")
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "somebody's folder ä"


def test_lays_lessons_and_exercises_and_nothing_else(home: Path, folder: Path) -> None:
    for other in (
        "modules/01-what-it-is.facilitator.md",
        "modules/.ipynb_checkpoints/01-what-it-is-checkpoint.ipynb",
        "exercises/.keep",
        "exercises/02-rewrite/answers/kitchen-window.md",
        "exercises/02-rewrite/.ipynb_checkpoints/rewrite-checkpoint.ipynb",
    ):
        (home / other).parent.mkdir(parents=True, exist_ok=True)
        (home / other).write_text("x")
    laid = lay(folder, home=home, version="1")
    assert set(laid.new) == set(FILES)
    found = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert found == {*FILES, MANIFEST}
    assert all((folder / path).read_text() == text(path, "first") for path in FILES)


def test_a_second_start_changes_nothing(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    before = {each: each.stat() for each in folder.rglob("*")}
    assert lay(folder, home=home, version="1") == Laid(folder)
    assert {each: each.stat() for each in folder.rglob("*")} == before


def test_opened_is_not_changed(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    opened(folder / LESSON)
    seen = (folder / LESSON).read_text()
    assert lay(folder, home=home, version="1") == Laid(folder)
    assert (folder / LESSON).read_text() == seen, "outputs stay while there is nothing new"
    ship(home, "second")
    assert set(lay(folder, home=home, version="2").updated) == set(FILES)
    assert (folder / LESSON).read_text() == notebook("second")


@pytest.mark.parametrize("path", FILES)
def test_a_changed_file_stays_and_the_new_one_is_laid_beside_it_once(
    home: Path, folder: Path, path: str
) -> None:
    lay(folder, home=home, version="1")
    (folder / path).write_text(text(path, "mine"))
    ship(home, "second")
    laid = lay(folder, home=home, version="0.2.0")
    name = f"{Path(path).stem} (new in 0.2.0){Path(path).suffix}"
    assert laid.beside == ((path, name),)
    assert (folder / path).read_text() == text(path, "mine")
    beside = (folder / path).with_name(name)
    assert beside.read_text() == text(path, "second")

    assert lay(folder, home=home, version="0.2.0") == Laid(folder)
    beside.unlink()
    assert lay(folder, home=home, version="0.2.0") == Laid(folder)
    assert not beside.exists(), "a learner who took it away is not offered it again"

    ship(home, "third")
    assert [each for each, _ in lay(folder, home=home, version="0.3.0").beside] == [path]


def test_what_a_learner_wrote_into_the_offered_file_stays(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    (folder / PAGE).write_text("mine")
    for words in ("second", "third"):
        ship(home, words)
        lay(folder, home=home, version="dev")
        (folder / "exercises/02-rewrite/scene (new in dev).md").write_text("mine too")
    assert (folder / "exercises/02-rewrite/scene (new in dev).md").read_text() == "mine too"
    assert (folder / "exercises/02-rewrite/scene (new in dev, 2).md").read_text() == "third"


def test_marks_that_nobody_reads_are_brought_without_a_word(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    marked = notebook("first", nbgrader={"grade": True})
    (home / EXERCISE).write_text(marked)
    assert lay(folder, home=home, version="2") == Laid(folder)
    assert (folder / EXERCISE).read_text() == marked
    (folder / EXERCISE).write_text(notebook("mine"))
    (home / EXERCISE).write_text(notebook("first", nbgrader={"grade": False}))
    assert lay(folder, home=home, version="3") == Laid(folder), "the same words are no news"


def test_a_missing_file_is_brought_back(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    (folder / LESSON).unlink()
    assert lay(folder, home=home, version="1").new == (LESSON,)


def test_answers_are_never_touched(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    for where in (folder, home):
        (where / "exercises/02-rewrite/answers").mkdir()
    mine = folder / "exercises/02-rewrite/answers/kitchen-window.md"
    mine.write_text("mine")
    (home / mine.relative_to(folder)).write_text("theirs")
    lay(folder, home=home, version="2")
    assert mine.read_text() == "mine"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"files": 3}',
        b'{"files": {"modules/01-what-it-is.ipynb": {"says": 1}}}',
        b"[" * 100_000,
        None,
    ],
    ids=lambda data: repr(data)[:30],
)
def test_a_lost_memory_loses_nothing(home: Path, folder: Path, broken: bytes | None) -> None:
    lay(folder, home=home, version="1")
    (folder / LESSON).write_text(notebook("mine"))
    if broken is None:
        (folder / MANIFEST).unlink()
    else:
        (folder / MANIFEST).write_bytes(broken)
    ship(home, "second")
    laid = lay(folder, home=home, version="2")
    assert (folder / LESSON).read_text() == notebook("mine")
    assert {path for path, _ in laid.beside} == set(FILES)
    assert lay(folder, home=home, version="2") == Laid(folder)


@pytest.mark.parametrize(
    "odd", ["{", "[]", '{"cells": [{"cell_type": "markdown"}]}', "[" * 100_000]
)
def test_a_notebook_that_is_none_counts_as_changed(home: Path, folder: Path, odd: str) -> None:
    lay(folder, home=home, version="1")
    (folder / LESSON).write_text(odd)
    ship(home, "second")
    assert [path for path, _ in lay(folder, home=home, version="2").beside] == [LESSON]
    assert (folder / LESSON).read_text() == odd


def test_a_picture_pasted_into_a_cell_is_a_change(home: Path, folder: Path) -> None:
    lay(folder, home=home, version="1")
    content = json.loads((folder / LESSON).read_text())
    content["cells"][0]["attachments"] = {"drawing.png": {"image/png": "aGk="}}
    (folder / LESSON).write_text(json.dumps(content))
    ship(home, "second", (LESSON,))
    assert lay(folder, home=home, version="2").beside


class TestLinks:
    def test_a_linked_folder_is_fine(self, home: Path, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        folder.symlink_to(tmp_path / "real")
        lay(folder, home=home, version="1")
        assert (tmp_path / "real" / LESSON).is_file()
        assert folder.is_symlink()

    @pytest.mark.parametrize("dangling", [False, True])
    def test_a_linked_page_is_the_learners_own(
        self, home: Path, folder: Path, tmp_path: Path, dangling: bool
    ) -> None:
        lay(folder, home=home, version="1")
        elsewhere = tmp_path / "elsewhere.ipynb"
        (folder / LESSON).rename(elsewhere)
        (folder / LESSON).symlink_to(elsewhere)
        if dangling:
            elsewhere.unlink()
        ship(home, "second")
        assert [path for path, _ in lay(folder, home=home, version="2").beside] == [LESSON]
        assert (folder / LESSON).is_symlink()


class TestWhenItCannot:
    def test_a_file_in_place_of_the_folder(self, home: Path, folder: Path) -> None:
        folder.write_text("mine")
        with pytest.raises(WorkFolderError, match="is a file, not a folder"):
            lay(folder, home=home, version="1")
        assert folder.read_text() == "mine"

    def test_a_file_in_place_of_an_inner_folder(self, home: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "modules").write_text("mine")
        with pytest.raises(WorkFolderError, match="where a folder should be"):
            lay(folder, home=home, version="1")
        assert (folder / "modules").read_text() == "mine"

    def test_the_kits_own_folder(self, home: Path) -> None:
        with pytest.raises(WorkFolderError, match="where the kit itself lives"):
            lay(home, home=home, version="1")

    def test_no_lessons(self, tmp_path: Path, folder: Path) -> None:
        with pytest.raises(WorkFolderError, match="did not come with the kit"):
            lay(folder, home=tmp_path, version="1")

    def test_not_writable(self, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        lay(folder, home=home, version="1")
        # Root, as in a container, may write anywhere; so the system's answer is played.
        monkeypatch.setattr(workfolder.os, "access", lambda *_: False)
        with pytest.raises(WorkFolderError, match="may not write"):
            lay(folder, home=home, version="1")

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (errno.ENOSPC, "no room left"),
            (errno.EROFS, "may not write"),
            (errno.EIO, "Nothing of yours was changed"),
        ],
    )
    @pytest.mark.parametrize("at", range(4))
    def test_a_failing_disk_loses_nothing(
        self,
        home: Path,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        said: str,
        at: int,
    ) -> None:
        lay(folder, home=home, version="1")
        (folder / LESSON).write_text(notebook("mine"))
        ship(home, "second")
        calls = iter(range(10))

        def fsync(_: int) -> None:
            if next(calls) >= at:
                raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patch:
            patch.setattr(workfolder.os, "fsync", fsync)
            with pytest.raises(WorkFolderError, match=said) as caught:
                lay(folder, home=home, version="2")
        assert "\n" not in str(caught.value)
        assert (folder / LESSON).read_text() == notebook("mine")
        for path in (EXERCISE, PAGE):
            assert (folder / path).read_text() in (text(path, "first"), text(path, "second"))
        assert not list(folder.rglob("*.tmp"))

        lay(folder, home=home, version="2")
        assert (folder / LESSON).read_text() == notebook("mine")
        assert (folder / LESSON).with_name("01-what-it-is (new in 2).ipynb").exists()
        assert len(list((folder / "modules").iterdir())) == 2, "offered once, in spite of all"
        assert (folder / EXERCISE).read_text() == notebook("second")


@dataclass
class _Learner:
    """A learner's folder, and every word that the learner wrote into it."""

    home: Path
    folder: Path
    release: int = 0
    wrote: dict[Path, str] = field(default_factory=dict)
    #: The memory got lost once, so that files of an older release may look like the learner's own.
    forgetful: bool = False

    def update(self) -> None:
        self.release += 1
        ship(self.home, f"release {self.release}")
        self.start()

    def start(self) -> None:
        """Start the kit, and see that nothing is lost and all that is unchanged is up to date."""
        lay(self.folder, home=self.home, version=str(self.release // 2))
        for path, mine in self.wrote.items():
            assert mine in path.read_text()
        for path in FILES:
            if self.folder / path not in self.wrote and not self.forgetful:
                assert f"release {self.release}" in (self.folder / path).read_text()
        again = lay(self.folder, home=self.home, version=str(self.release // 2))
        assert again == Laid(self.folder)

    def write(self, number: int) -> None:
        """Write into one of the files that are there, an offered one too."""
        path = self._pick(number)
        mine = f"mine {len(self.wrote)} {self.release}"
        path.write_text(text(path.name, mine))
        self.wrote[path] = mine

    def open(self, number: int) -> None:
        opened(self._pick(number))

    def delete(self, number: int) -> None:
        path = self._pick(number)
        path.unlink()
        self.wrote.pop(path, None)

    def forget(self, number: int) -> None:
        (self.folder / MANIFEST).write_bytes(b"{" * number)
        self.forgetful = True

    def _pick(self, number: int) -> Path:
        there = sorted(each for each in self.folder.glob("*/**/*.*") if each.is_file())
        return there[number % len(there)] if there else self.folder / LESSON


STEPS: dict[str, Callable[[_Learner, int], object]] = {
    "update": lambda learner, _: learner.update(),
    "start": lambda learner, _: learner.start(),
    "write": _Learner.write,
    "open": _Learner.open,
    "delete": _Learner.delete,
    "forget": _Learner.forget,
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 9)), max_size=14))
@settings(max_examples=150, deadline=None)
def test_no_change_of_a_learner_is_ever_lost(steps: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as base:
        learner = _Learner(Path(base) / "home", Path(base) / "folder")
        learner.update()
        for name, number in steps:
            if any((learner.folder / path).exists() for path in FILES) or name == "start":
                STEPS[name](learner, number)
        learner.update()
