"""A damaged file is moved aside whole, a new one is begun, and the owner is told."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from journal_processes import ANSWERING, child, heard, say

from peer_drift_kit.journal import Journal, store
from peer_drift_kit.journal.damage import set_aside

ITEM = "prompt:what-it-means"


def fill(path: Path) -> None:
    """A journal of many pages."""
    journal = Journal.open(path)
    for number in range(60):
        journal.write(f"prompt:{number % 5}", f"{number} words " * 40, sitting=str(number))


def garbage(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311 (no secret)


def cut(size: int) -> Callable[[bytes], bytes]:
    return lambda whole: whole[:size]


DAMAGE = {
    "random bytes": lambda whole: garbage(len(whole)),
    "a few bytes": lambda _: b"hello",
    "zeros": lambda whole: bytes(len(whole)),
    "cut in the header": cut(50),
    "cut after the header": cut(100),
    "cut in the second page": cut(5000),
    "cut in the middle of pages": lambda whole: whole[: len(whole) // 2],
    "tables malformed": lambda whole: whole[:100] + garbage(3996) + whole[4096:],
    "pages malformed": lambda whole: whole[:4096] + garbage(len(whole) - 4096),
}


def beside(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each != path]


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(path: Path, how: str) -> None:
    fill(path)
    damaged = DAMAGE[how](path.read_bytes())
    path.write_bytes(damaged)
    journal = Journal.open(path)
    assert journal.write(ITEM, "new", sitting="s").value == "new"
    assert journal.items() == [ITEM]
    (aside,) = beside(path)
    assert aside.read_bytes() == damaged
    assert aside.name.startswith("journal.damaged-")
    assert aside.suffix == ".sqlite"
    assert str(aside) in journal.notice
    assert "Nothing was deleted" in journal.notice
    assert Journal.open(path).notice is None


@pytest.mark.parametrize("use", ["latest", "earlier", "write", "items", "lock"])
def test_damage_that_shows_in_the_middle_of_use(path: Path, use: str) -> None:
    fill(path)
    journal = Journal.open(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + garbage(len(whole) - 4096))
    match use:
        case "write":
            journal.write("prompt:1", "not lost", sitting="s")
            assert Journal.open(path).latest("prompt:1").value == "not lost"
        case "items":
            assert journal.items() == []
        case "lock":
            journal.lock("a few words")
            assert journal.has_passphrase
        case _:
            assert not getattr(journal, use)("prompt:1")
    assert "damaged" in journal.notice
    assert len(beside(path)) == 1


def test_a_folder_in_its_place_is_moved_with_all_that_is_in_it(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "photo.jpg").write_bytes(b"a photo")
    journal = Journal.open(path)
    journal.write(ITEM, "new", sitting="s")
    (aside,) = beside(path)
    assert (aside / "photo.jpg").read_bytes() == b"a photo"
    assert str(aside) in journal.notice


def test_an_empty_file_is_a_new_journal(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    journal = Journal.open(path)
    journal.write(ITEM, "new", sitting="s")
    assert journal.notice is None
    assert beside(path) == []


def test_what_belongs_to_the_damaged_file_goes_with_it(path: Path) -> None:
    path.mkdir(parents=True)
    path.with_name("journal.sqlite-journal").write_bytes(b"of the old one")
    Journal.open(path).write(ITEM, "new", sitting="s")
    assert sorted(each.suffix for each in beside(path)) == [".sqlite", ".sqlite-journal"]


def test_damage_twice_keeps_both_copies(path: Path) -> None:
    for text in (b"first damage" * 9, b"second damage" * 9):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
        Journal.open(path)
    assert sorted(each.read_bytes()[:5] for each in beside(path)) == [b"first", b"secon"]


@pytest.mark.parametrize("seed", range(12))
def test_wherever_the_damage_is_the_next_words_are_kept(path: Path, seed: int) -> None:
    fill(path)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    whole = bytearray(path.read_bytes())
    start = chance.randrange(len(whole) - 200)
    whole[start : start + 200] = chance.randbytes(200)
    path.write_bytes(whole)
    journal = Journal.open(path)
    for number in range(5):
        journal.latest(f"prompt:{number}")
        journal.earlier(f"prompt:{number}")
    journal.write(ITEM, "new", sitting="s")
    assert Journal.open(path).latest(ITEM).value == "new"
    assert all(each.read_bytes() == whole for each in beside(path))


def test_a_whole_file_is_never_moved(path: Path) -> None:
    """As it looks to the slower of two processes: the file that it found damaged is whole now."""
    fill(path)
    assert set_aside(path, busy_seconds=1) is None
    assert beside(path) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows moves no file that is open")
def test_words_do_not_go_into_a_file_that_is_moved_just_then(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.open(path)
    connect = store.Store._connect
    aside = path.with_name("aside.sqlite")

    def moved_meanwhile(self: store.Store) -> object:
        connection = connect(self)
        if not aside.exists():
            path.rename(aside)
        return connection

    monkeypatch.setattr(store.Store, "_connect", moved_meanwhile)
    journal.write(ITEM, "new", sitting="s")
    assert Journal.open(path).latest(ITEM).value == "new"
    assert Journal.open(aside).items() == []


@pytest.mark.skipif(os.name != "posix", reason="Windows moves no file that is open")
def test_two_notebooks_that_find_it_at_once_both_end_well(tmp_path: Path) -> None:
    lines = """
def act(line):
    path, name = line.rsplit(" ", 1)
    journal = Journal.open(Path(path))
    journal.write("prompt:" + name, name, sitting=name)
    return journal.notice
"""
    rounds = 25
    with child(lines + ANSWERING) as left, child(lines + ANSWERING) as right:
        for number in range(rounds):
            path = tmp_path / str(number) / "journal.sqlite"
            path.parent.mkdir()
            path.write_bytes(garbage(9000))
            say(left, f"{path} left")
            say(right, f"{path} right")
            notices = [heard(left), heard(right)]
            assert any("moved aside to" in notice for notice in notices)
            assert all("Nothing was deleted" in notice or notice == "None" for notice in notices)
            assert len(beside(path)) == 1
            assert sorted(Journal.open(path).items()) == ["prompt:left", "prompt:right"]
