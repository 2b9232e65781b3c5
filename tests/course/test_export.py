"""Points leave as CSV: whole, harmless to a spreadsheet, and missing where they are missing."""

import csv
import io
import stat
from pathlib import Path

import pytest

from peer_drift_kit.course.export import as_csv, left_out, safe, write_new
from peer_drift_kit.course.folder import CourseTrouble
from peer_drift_kit.course.roster import Person, keep_roster, read_roster
from peer_drift_kit.course.standing import standing

from .small_course import FIRST, LATER, SECOND, SmallCourse, small_course

PEOPLE = (
    Person("ana", "Ana", "Müller, Dr.", "ana@example.org", "901"),
    Person("ben", '=HYPERLINK("http://x")', " @Okoro", "ben@example.org", "902"),
    Person("cleo", "Cleo", '"O\'Neil"', "", ""),
)


@pytest.fixture
def made(tmp_path: Path) -> SmallCourse:
    """Ana's first is confirmed with 1.5 and her second with 0; Ben's waits; Cleo sent nothing."""
    course = small_course(tmp_path / "course")
    course.generated()
    keep_roster(course.open(), PEOPLE)
    course.read("ana", FIRST)
    course.confirm("ana", FIRST, 1.5)
    course.read("ana", SECOND)
    course.confirm("ana", SECOND, 0)
    course.read("ben", FIRST)
    course.submitted("zoe", FIRST)
    return course


def rows(course: SmallCourse, layout: str, *assignments: str) -> list[list[str]]:
    text = as_csv(standing(course.open(), assignments), layout).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_plain_table_tells_points_and_states(made: SmallCourse) -> None:
    heading, *told = rows(made, "plain", FIRST)
    assert heading == [
        "assignment", "student_id", "last_name", "first_name", "email", "handed_in", "points",
        "max_points", "state",
    ]  # fmt: skip
    at = "2026-01-02T03:04:05+00:00"
    email = "ben@example.org"
    assert {each[1]: each[2:] for each in told} == {
        "ana": ["Müller, Dr.", "Ana", "ana@example.org", at, "1.5", "2", "confirmed"],
        "ben": ["' @Okoro", "'" + PEOPLE[1].first_name, email, at, "", "2", "waiting for a person"],
        "cleo": ['"O\'Neil"', "Cleo", "", "", "", "2", "not handed in"],
        "zoe": ["", "", "", at, "", "2", "to be read"],
    }


@pytest.mark.parametrize(("layout", "nothing"), [("moodle", "-"), ("canvas", "")])
def test_missing_stays_missing_and_a_zero_is_a_zero(
    made: SmallCourse, layout: str, nothing: str
) -> None:
    at = {"moodle": 1, "canvas": 3}[layout]
    by_id = {each[at]: each[-2:] for each in rows(made, layout)}
    assert by_id["ana"] == ["1.5", "0"]
    assert by_id["ben"] == by_id["cleo"] == [nothing, nothing]


def test_what_came_after_confirming_takes_the_points_back(made: SmallCourse) -> None:
    made.submitted("ana", FIRST, LATER)
    (ana,) = (each for each in rows(made, "plain", FIRST) if each[1] == "ana")
    assert ana[5:] == ["2026-01-03T03:04:05+00:00", "", "2", "handed in again"]


def test_moodle_gets_columns_that_it_can_map_and_its_own_sign_for_nothing(
    made: SmallCourse,
) -> None:
    assert rows(made, "moodle") == [
        ["Email address", "Username", "ID number", FIRST, SECOND],
        ["ben@example.org", "ben", "902", "-", "-"],
        ["-", "cleo", "-", "-", "-"],
        ["ana@example.org", "ana", "901", "1.5", "0"],
    ]


def test_canvas_gets_its_own_table_with_the_points_possible(made: SmallCourse) -> None:
    assert rows(made, "canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", FIRST, SECOND],
        ["    Points Possible", "", "", "", "", "2", "2"],
        ["' @Okoro, " + PEOPLE[1].first_name, "902", "", "ben", "", "", ""],
        ['"O\'Neil", Cleo', "", "", "cleo", "", "", ""],
        ["Müller, Dr., Ana", "901", "", "ana", "", "1.5", "0"],
    ]


def test_what_canvas_gets_can_be_read_as_a_roster(made: SmallCourse, tmp_path: Path) -> None:
    write_new(tmp_path / "out.csv", as_csv(standing(made.open()), "canvas"))
    read = read_roster(tmp_path / "out.csv")
    assert {(each.id, each.lms_user_id) for each in read.people} == {
        ("ana", "901"),
        ("ben", "902"),
        ("cleo", ""),
    }
    assert read.wrong == ()


def test_a_platform_gets_nobody_whom_it_does_not_know(made: SmallCourse) -> None:
    found = standing(made.open())
    assert [each.id for each in left_out(found, "canvas")] == ["zoe"]
    assert left_out(found, "plain") == []
    made.folder.joinpath("gradebook.db").unlink()
    without = standing(made.open())
    assert left_out(without, "moodle") == []
    assert {each[1] for each in rows(made, "moodle")[1:]} == {"ana", "ben", "zoe"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("\N{NO-BREAK SPACE}=1", "'\N{NO-BREAK SPACE}=1"),
        ("＝1", "'＝1"),
        ("Ana-Maria = x", "Ana-Maria = x"),
        (" Ana", " Ana"),
        ("", ""),
        ("'x", "'x"),
    ],
)
def test_no_text_is_a_formula(text: str, told: str) -> None:
    assert safe(text) == told


def test_a_spreadsheet_knows_the_letters(made: SmallCourse) -> None:
    data = as_csv(standing(made.open()), "plain")
    assert data.startswith(b"\xef\xbb\xbfassignment,")
    assert "Müller".encode() in data


def test_points_are_told_without_the_noise_of_adding_up(made: SmallCourse) -> None:
    made.confirm("ben", FIRST, 0.1 + 0.2)
    (ben,) = (each for each in rows(made, "plain", FIRST) if each[1] == "ben")
    assert ben[6] == "0.3"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    write_new(file, b"one")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CourseTrouble, match="is there already"):
        write_new(file, b"two")
    assert file.read_bytes() == b"one"
    write_new(file, b"two", force=True)
    assert file.read_bytes() == b"two"
    (tmp_path / "hole.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(CourseTrouble, match="is there already"):
        write_new(tmp_path / "hole.csv", b"three")
    with pytest.raises(CourseTrouble, match="is a folder"):
        write_new(tmp_path, b"three", force=True)
    with pytest.raises(CourseTrouble, match="could not be written"):
        write_new(file / "below.csv", b"three")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["hole.csv", "out.csv"]
