"""Zips that learners sent, each into its folder: what belongs to a submission, and nothing else."""

import io
import os
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peer_drift_kit.course.folder import CourseTrouble, open_course
from peer_drift_kit.course.from_zips import collect_zips
from peer_drift_kit.course.outcome import Outcome

from .conftest import ASSIGNMENT, CASE, TELLING, Course

ANSWER = f"answers/{CASE}.md"
NOTEBOOK = f"{ASSIGNMENT}.ipynb"


def zipped(
    files: Mapping[str, str | bytes], *, when: tuple[int, ...] = (2026, 1, 2, 3, 4, 6)
) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, when)  # type: ignore[arg-type]
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return written.getvalue()


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "mails"
    folder.mkdir()
    return folder


def enrol(course: Course, *people: Mapping[str, str]) -> None:
    with course.gradebook() as gradebook:
        for each in people:
            gradebook.add_student(each["id"], **{k: v for k, v in each.items() if k != "id"})


def collected(course: Course, download: Path, **told: object) -> list[Outcome]:
    return list(collect_zips(open_course(course.folder), ASSIGNMENT, download, **told))  # type: ignore[arg-type]


def submitted(course: Course, name: str) -> dict[str, bytes]:
    folder = course.folder / "submitted" / name / ASSIGNMENT
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_a_mailed_zip_becomes_a_submission_that_nbgrader_can_work_with(
    course: Course, mails: Path
) -> None:
    (mails / f"{ASSIGNMENT}--ana.zip").write_bytes(zipped({ANSWER: TELLING}))
    (outcome,) = collected(course, mails)
    assert (outcome.student, outcome.failed, outcome.news) == ("ana", False, ("collected",))
    there = submitted(course, "ana")
    assert sorted(there) == [NOTEBOOK, ANSWER, "submission_secret.txt", "timestamp.txt"]
    assert there[ANSWER].decode() == TELLING
    # The page did not come along. The released one stands in, so that every command finds one.
    assert there[NOTEBOOK] == (course.folder / "exercises" / ASSIGNMENT / NOTEBOOK).read_bytes()
    assert there["timestamp.txt"].decode() == "2026-01-02 03:04:06.000000 UTC"
    course.nbgrader("autograde", ASSIGNMENT)
    assert course.row("ana")["score"] == 1.0
    course.confirm("ana", 1.0, "Warmly")
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("release_feedback", ASSIGNMENT)


def test_moodles_and_canvass_downloads_are_read_as_they_come(course: Course, mails: Path) -> None:
    enrol(
        course,
        {"id": "ana", "first_name": "Ana", "last_name": "Lovelace"},
        {"id": "ben", "first_name": "Ben", "last_name": "Li", "lms_user_id": "17"},
        {"id": "cem", "first_name": "Cem", "last_name": "Aydın"},
    )
    moodle = mails / "moodle.zip"
    moodle.write_bytes(
        zipped(
            {
                f"Ana Lovelace_1_assignsubmission_file_/{ASSIGNMENT}--a.zip": zipped(
                    {f"a folder/{NOTEBOOK}": "{}", f"a folder/{ANSWER}": TELLING}
                ),
                f"Cem Aydın_2_assignsubmission_file_/{ANSWER}": TELLING,
                "Cem Aydın_2_assignsubmission_onlinetext_/onlinetext.html": "<p>Hello</p>",
            }
        )
    )
    ana, cem, text = collected(course, moodle)
    assert [(each.student, each.news) for each in (ana, cem)] == [
        ("ana", ("collected",)),
        ("cem", ("collected",)),
    ]
    assert (text.student, "onlinetext.html is no zip and no notebook" in text.lines[0]) == (
        "cem",
        True,
    )
    canvas = mails / "canvas"
    canvas.mkdir()
    (canvas / f"liben_LATE_17_99_{ASSIGNMENT}--ben-1.zip").write_bytes(zipped({ANSWER: TELLING}))
    (canvas / f"lovelaceana_16_98_{NOTEBOOK}").write_text('{"cells": []}')
    # Ana's notebook alone is newer, and takes the place of what she sent before.
    assert {each.student: each.failed for each in collected(course, canvas)} == {
        "ana": False,
        "ben": False,
    }
    assert submitted(course, "ben")[ANSWER].decode() == TELLING
    assert submitted(course, "cem")[ANSWER].decode() == TELLING
    assert submitted(course, "ana")[NOTEBOOK] == b'{"cells": []}'


def test_a_zip_that_is_itself_one_learners_is_read_by_its_own_name(
    course: Course, mails: Path
) -> None:
    alone = mails / f"{ASSIGNMENT}--ana.zip"
    alone.write_bytes(zipped({NOTEBOOK: "{}", ANSWER: TELLING}))
    assert [each.student for each in collected(course, alone)] == ["ana"]


def test_nobodys_zip_is_told_with_the_way_to_mend_it(course: Course, mails: Path) -> None:
    enrol(course, {"id": "ana"})
    (mails / "scan.zip").write_bytes(zipped({ANSWER: TELLING}))
    (outcome,) = collected(course, mails)
    assert outcome.failed
    assert "--who 'scan.zip=ID'" in outcome.lines[0]
    (outcome,) = collected(course, mails, who={"scan.zip": "ana"})
    assert (outcome.student, outcome.failed) == ("ana", False)


def test_a_slip_in_who_makes_nobody_up(course: Course, mails: Path) -> None:
    enrol(course, {"id": "sam2"}, {"id": "ana"})
    (mails / "scan.zip").write_bytes(zipped({ANSWER: TELLING}))
    with pytest.raises(CourseTrouble, match=r"id samm2\. Did you mean sam2\?"):
        collected(course, mails, who={"scan.zip": "samm2"})
    *_, last = collected(course, mails, who={"skan.zip": "sam2"})
    assert (last.student, last.failed) == ("skan.zip", True)


def test_those_who_share_a_name_are_told_by_id(course: Course, mails: Path) -> None:
    for name in ("sam1", "sam2"):
        enrol(course, {"id": name, "first_name": "Sam", "last_name": "Li"})
    (mails / f"{ASSIGNMENT}--Sam Li.zip").write_bytes(zipped({ANSWER: TELLING}))
    (outcome,) = collected(course, mails)
    assert "sam1, sam2 have this name" in outcome.lines[0]


def test_the_newest_counts_and_the_same_again_changes_nothing(course: Course, mails: Path) -> None:
    for name, text, day in (("a (1)", "The newest of these words.", 9), ("a", "Old words.", 3)):
        (mails / f"{ASSIGNMENT}--{name}.zip").write_bytes(
            zipped({ANSWER: text}, when=(2026, 1, day, 0, 0, 0))
        )
    enrol(course, {"id": "a"})
    assert len(collected(course, mails)) == 2
    before = submitted(course, "a")
    assert before[ANSWER].decode() == "The newest of these words."
    collected(course, mails)
    assert submitted(course, "a") == before

    older = mails.parent / "older"
    older.mkdir()
    (older / f"{ASSIGNMENT}--a.zip").write_bytes(zipped({ANSWER: "x"}, when=(2025, 1, 1, 0, 0, 0)))
    (outcome,) = collected(course, older)
    assert "is older than what is here" in outcome.lines[0]
    assert submitted(course, "a") == before

    newer = mails.parent / "newer"
    newer.mkdir()
    (newer / f"{ASSIGNMENT}--a.zip").write_bytes(zipped({ANSWER: "x"}, when=(2026, 2, 1, 0, 0, 0)))
    collected(course, newer)
    now = submitted(course, "a")
    assert now[ANSWER] == b"x"
    assert now["submission_secret.txt"] == before["submission_secret.txt"]


def test_a_zip_from_the_future_is_from_now(course: Course, mails: Path) -> None:
    (mails / f"{ASSIGNMENT}--a.zip").write_bytes(
        zipped({ANSWER: TELLING}, when=(2107, 12, 31, 23, 59, 58))
    )
    collected(course, mails)
    year = int(submitted(course, "a")["timestamp.txt"][:4])
    assert year <= datetime.now(UTC).year


def test_another_exercises_zip_is_left_where_it_is(course: Course, mails: Path) -> None:
    (mails / "01-spot-the-drift--ana.zip").write_bytes(zipped({"answers/passed-on-to.md": "x"}))
    (outcome,) = collected(course, mails)
    assert "is for 01-spot-the-drift" in outcome.lines[0]
    assert not (course.folder / "submitted").exists()


def _lying(data: bytes, size: int) -> bytes:
    """The same zip, telling another unpacked size, in its list and in front of the file."""
    for sign, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(sign) + at
        data = data[:start] + struct.pack("<I", size) + data[start + 4 :]
    return data


BOMB = zipped({ANSWER: "0" * 50_000_000})
ODD = {
    "no zip": b"hello",
    "empty": b"",
    "cut off": zipped({ANSWER: TELLING})[:-30],
    "a bomb": BOMB,
    "a bomb that says it is small": _lying(BOMB, 10),
    "climbing": zipped({f"../../{ANSWER}": TELLING, "../x.ipynb": "{}"}),
    "absolute": zipped({f"/{ANSWER}": TELLING}),
    "a drive": zipped({f"C:\\{ANSWER}": TELLING}),
    "a list as long as a book": zipped({f"answers/{n:060}.txt": "" for n in range(20_001)}),
    "nothing of ours": zipped({"holiday.jpg": b"\xff\xd8", ".ssh/id_rsa": "secret"}),
    "a locked one": zipped({ANSWER: TELLING}).replace(
        b"\x14\x00\x00\x00\x08", b"\x14\x00\x01\x00\x08"
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_zip_is_one_line_and_the_others_are_collected(
    odd: str, course: Course, mails: Path
) -> None:
    (mails / f"{ASSIGNMENT}--odd.zip").write_bytes(ODD[odd])
    (mails / f"{ASSIGNMENT}--zoe.zip").write_bytes(zipped({ANSWER: TELLING}))
    before = set(course.folder.parent.rglob("*"))
    outcomes = {each.student: each for each in collected(course, mails)}
    assert (outcomes["odd"].failed, len(outcomes["odd"].lines)) == (True, 1)
    assert "\n" not in outcomes["odd"].lines[0]
    assert submitted(course, "zoe")[ANSWER].decode() == TELLING
    assert submitted(course, "odd") == {}
    new = {
        each.relative_to(course.folder.parent).parts[:2]
        for each in set(course.folder.parent.rglob("*")) - before
    }
    assert new == {("course", "submitted")}


def test_what_is_no_part_of_a_submission_is_left_out_and_told(course: Course, mails: Path) -> None:
    link = zipfile.ZipInfo(f"answers/{CASE}.json")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO(
        zipped(
            {
                NOTEBOOK: "{}",
                ANSWER: TELLING,
                f"answers/{CASE.upper()}.md": "the same name on some systems",
                "answers/con.md": "a device on Windows",
                "answers/a:b.md": "a stream on Windows",
                "answers/end.md ": "x",
                "evil.html": "<script>",
                "other.ipynb": "{}",
                "timestamp.txt": "2099-01-01 00:00:00 UTC",
                "journal.sqlite": "private",
                "__MACOSX/._x.md": "",
            }
        )
    )
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    (mails / f"{ASSIGNMENT}--ana.zip").write_bytes(data.getvalue())
    (outcome,) = collected(course, mails)
    there = submitted(course, "ana")
    assert sorted(there) == [NOTEBOOK, ANSWER, "submission_secret.txt", "timestamp.txt"]
    assert there["timestamp.txt"].startswith(b"2026-")
    for name in ("con.md", "a:b.md", "evil.html", "other.ipynb", "journal.sqlite"):
        assert name in outcome.lines[0]


def test_a_folder_with_links_and_pipes_in_it_is_read_around_them(
    course: Course, mails: Path
) -> None:
    secret = mails.parent / "secret"
    secret.mkdir()
    (secret / f"{CASE}.md").write_text("a secret of the trainer")
    ana = mails / "ana"
    ana.mkdir()
    (ana / NOTEBOOK).write_text("{}")
    (ana / "answers").symlink_to(secret)
    os.mkfifo(ana / "pipe.ipynb")
    ben = mails / "ben"
    (ben / "answers").mkdir(parents=True)
    os.mkfifo(ben / ANSWER)
    (ben / NOTEBOOK).write_text("{}")
    enrol(course, {"id": "ana"}, {"id": "ben"})
    assert [each.failed for each in collected(course, mails)] == [False, False]
    assert sorted(submitted(course, "ana")) == [NOTEBOOK, "submission_secret.txt", "timestamp.txt"]
    assert sorted(submitted(course, "ben")) == [NOTEBOOK, "submission_secret.txt", "timestamp.txt"]


@pytest.mark.parametrize("what", ["nowhere", "a file", "an empty folder"])
def test_what_is_no_download_is_refused_in_one_line(
    what: str, course: Course, tmp_path: Path
) -> None:
    place = tmp_path / "download"
    if what == "a file":
        place.write_text("x")
    elif what == "an empty folder":
        place.mkdir()
    with pytest.raises(CourseTrouble, match=r"(?:Please name a folder or a zip|right folder)"):
        collected(course, place)
