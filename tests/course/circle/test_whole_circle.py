"""A whole circle: packets go out, learners answer and hand in, and authors get the words."""

import shutil
import zipfile
from pathlib import Path

from peer_drift_kit.answers import Answer
from peer_drift_kit.course.circle import from_peers
from peer_drift_kit.course.from_zips import collect_zips
from peer_drift_kit.handing_in import make_zip
from peer_drift_kit.response import to_markdown

from .conftest import CASES, TWO, Circles

PEOPLE = ["ana", "bo", "cy", "dee"]
NAME = f"circle-{TWO}"


def answered(packet: Path, home: Path, codes: list[str]) -> Path:
    """Unpack a packet, write to each text as the boxes do, and make the file to hand in."""
    with zipfile.ZipFile(packet) as file:
        file.extractall(home)
    for code in codes:
        words = {"here": "The soup.", "notice": f"{home.name} wrote this", "wonder": ""}
        Answer(code, home / NAME).write(to_markdown(words))
    return make_zip(home / NAME, home.name).path


def test_words_go_out_and_come_back(circles: Circles, tmp_path: Path) -> None:
    for student in PEOPLE:
        circles.hand_in(student, TWO)
    to_send, download = tmp_path / "to-send", tmp_path / "download"
    circles.run("make", TWO, "--per", "2", "--seed", "5", "--to", str(to_send))
    download.mkdir()
    readings = circles.record(TWO).readings
    for student in PEOPLE[:3]:
        codes = [each.code for each in readings if each.reader == student]
        assert len(codes) == 2 * len(CASES[TWO])
        shutil.copy(answered(to_send / f"{student}.zip", tmp_path / student, codes), download)

    outcomes = list(collect_zips(circles.open(), NAME, download))
    assert [(each.student, each.failed) for each in outcomes] == [
        (student, False) for student in PEOPLE[:3]
    ]
    assert "12 of 16 answers are back." in circles.run("status", TWO)
    first = readings[0]
    said = circles.run("gather", TWO, "--hold", first.code)
    assert "11 in the authors' next feedback. 1 held back." in said

    for author in PEOPLE:
        found = from_peers(circles.folder, TWO).get(author, [])
        theirs = [
            each
            for each in readings
            if each.author == author and each.reader != "dee" and each.code != first.code
        ]
        assert sorted(each.case for each in found) == sorted(each.case for each in theirs)
        assert sorted(each.words for each in found) == sorted(
            f"Already here: The soup.\n\nI notice: {each.reader} wrote this" for each in theirs
        )
        assert {each.by for each in found} == {""}
        assert not any(each.words.startswith("##") for each in found)
