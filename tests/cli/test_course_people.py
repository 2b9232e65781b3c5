"""The commands about people, as a trainer at a terminal meets them."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from course.small_course import FIRST, SECOND, SmallCourse, small_course
from typer.testing import CliRunner

from peer_drift_kit.cli.course import app
from peer_drift_kit.course.agreement import agreed_line
from peer_drift_kit.curriculum import Sign, every

ADVISING = every(Sign)["advising"].name


@pytest.fixture
def made(tmp_path: Path) -> SmallCourse:
    course = small_course(tmp_path / "course")
    course.generated()
    return course


def run(course: SmallCourse, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--course", str(course.folder)])


def roster(course: SmallCourse, text: str) -> str:
    file = course.folder / "list.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def refused(done: Result, says: str) -> None:
    assert done.exit_code == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_a_roster_is_kept_and_told(made: SmallCourse) -> None:
    file = roster(made, "id,first_name\nana,Ana\nben,Ben\n")
    assert run(made, "roster", file).stdout == "2 new, 0 changed, 0 as before.\n"
    file = roster(made, "id,first_name\nana,Anna\nben,Ben\n")
    assert run(made, "roster", file).stdout == "0 new, 1 changed, 1 as before.\n"


def test_headings_in_another_language_are_told_where_nobody_has_a_name(made: SmallCourse) -> None:
    file = roster(made, "username;Vorname;Nachname\nana;Ana;Müller\n")
    told = run(made, "roster", file).stdout.splitlines()
    assert told[0] == "1 new, 0 changed, 0 as before."
    assert "Vorname, Nachname" in told[1]
    assert "first_name" in told[1]
    file = roster(made, "username;first_name;Nachname\nana;Ana;Müller\n")
    assert len(run(made, "roster", file).stdout.splitlines()) == 1


def test_a_course_without_a_gradebook_gets_one_with_its_roster(tmp_path: Path) -> None:
    course = small_course(tmp_path / "course")
    assert run(course, "roster", roster(course, "id\nana\n")).exit_code == 0
    assert [each["id"] for each in course.people()] == ["ana"]


def test_one_wrong_row_keeps_all_out_until_it_is_skipped(made: SmallCourse) -> None:
    file = roster(made, "id,first_name\nana,Ana\n../ben,Ben\n,Cleo\n")
    done = run(made, "roster", file)
    assert done.exit_code == 1
    assert [each.partition(":")[0] for each in done.stderr.splitlines()] == [
        "list.csv, row 3",
        "list.csv, row 4",
        "Nothing was written. Please mend these rows, or leave them out",
    ]
    assert made.people() == []
    done = run(made, "roster", file, "--skip-wrong")
    assert (done.exit_code, done.stdout) == (0, "1 new, 0 changed, 0 as before.\n")
    assert len(done.stderr.splitlines()) == 2
    assert [each["id"] for each in made.people()] == ["ana"]


def test_a_file_full_of_wrong_rows_does_not_fill_the_screen(made: SmallCourse) -> None:
    done = run(made, "roster", roster(made, "id,first_name\n" + ",x\n" * 60))
    refused(done, "names no learner")
    done = run(made, "roster", roster(made, "id,first_name\n" + "/,x\n" * 60))
    assert len(done.stderr.splitlines()) == 52
    assert "And 10 more." in done.stderr


def test_a_file_that_is_not_there_is_told_in_one_line(made: SmallCourse) -> None:
    refused(run(made, "roster", str(made.folder / "none.csv")), "There is no file")


def test_the_status_is_told_line_by_line(made: SmallCourse) -> None:
    made.roster("ana")
    made.read("ben", FIRST)
    done = run(made, "status", FIRST)
    assert done.stdout.splitlines() == [
        "id   name                 01-first",
        "ana  of Ana, Ana          not handed in",
        "ben  (not on the roster)  waiting for a person",
        "",
        "01-first: 1 not handed in, 1 waiting for a person",
        "1 waits: open Formgrader",
    ]
    assert SECOND in run(made, "status").stdout
    refused(run(made, "status", "none"), "There is no assignment 'none' here")


def test_the_status_of_a_folder_that_is_none_is_one_line(tmp_path: Path) -> None:
    refused(run(SmallCourse(tmp_path), "status"), "is no course folder")


def test_points_are_exported_to_a_file_and_never_over_one(made: SmallCourse) -> None:
    made.roster("ana", "ben")
    made.read("ana", FIRST)
    made.confirm("ana", FIRST, 1.5)
    made.submitted("zoe", FIRST)
    out = made.folder / "points.csv"
    done = run(made, "export", "--for", "moodle", "--assignment", FIRST, "--to", str(out))
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"It is in {out}.",
        "Left out, as they are not on the roster: zoe",
    ]
    with out.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    assert {each["Username"]: each[FIRST] for each in read} == {"ana": "1.5", "ben": "-"}
    refused(run(made, "export", "--to", str(out)), "is there already")
    assert run(made, "export", "--to", str(out), "--force").exit_code == 0
    assert out.read_text(encoding="utf-8-sig").startswith("assignment,student_id")


def test_an_export_can_be_piped(made: SmallCourse) -> None:
    made.roster("ana")
    data = run(made, "export").stdout_bytes
    assert data.startswith(b"\xef\xbb\xbfassignment,")
    assert data.count(b"\r\n") == 3


def test_an_unknown_layout_is_refused(made: SmallCourse) -> None:
    refused(run(made, "export", "--for", "excel"), "--for takes plain, moodle, canvas, not 'excel'")


def test_agreed_challenges_are_given_with_a_word_of_care(made: SmallCourse) -> None:
    done = run(made, "challenges")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "Nothing that learners meant was agreed with yet.\n"
    meant = ("I told him", ADVISING, "He had asked.")
    made.read("ana", FIRST, meant=(meant,))
    made.confirm("ana", FIRST, 2, agreed_line(*meant[:2]))
    done = run(made, "challenges")
    assert json.loads(done.stdout)["because"] == "He had asked."
    assert done.stderr.startswith("1 of what learners meant was agreed with.")
    assert "keep them safe" in done.stderr
    out = made.folder / "agreed.jsonl"
    assert run(made, "challenges", "--to", str(out)).stdout == ""
    assert json.loads(out.read_text(encoding="utf-8"))["label"] == "advising"
    refused(run(made, "challenges", "--to", str(out)), "is there already")


def test_the_real_command_finds_the_course_it_is_called_in(made: SmallCourse) -> None:
    made.roster("ana")
    done = subprocess.run(
        [sys.executable, "-c", "from peer_drift_kit.cli import main; main()", "course", "status"],
        cwd=made.folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert "ana  of Ana, Ana  not handed in  not handed in" in done.stdout.splitlines()
