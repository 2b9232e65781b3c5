"""A list of learners goes into the gradebook whole, or not at all."""

import os
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_drift_kit.course.folder import CourseTrouble
from peer_drift_kit.course.roster import LARGEST, Person, Roster, keep_roster, read_roster

from .small_course import FIRST, SmallCourse, small_course

ANA = Person("ana", "Ana", "Müller", "ana@example.org")
BEN = Person("ben", "Ben", "Okoro", "ben@example.org")
OWN = (
    "id,first_name,last_name,email\nana,Ana,Müller,ana@example.org\nben,Ben,Okoro,ben@example.org\n"
)
MOODLE = (
    '"First name",Surname,Username,"ID number","Email address",Groups\n'
    "Ana,Müller,ana,4711,ana@example.org,one\nBen,Okoro,ben,4712,ben@example.org,two\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,First (12),Final Score\n"
    ",,,,,Manual Posting,\n"
    "    Points Possible,,,,,2,(read only)\n"
    '"Müller, Ana",901,S1,ana,One,1.5,\n'
    '"Okoro, Ben",902,S2,ben,One,,\n'
    '"Student, Test",903,,7b1f,One,,\n'
)


@pytest.fixture
def made(tmp_path: Path) -> SmallCourse:
    return small_course(tmp_path / "course")


def read(folder: Path, content: str | bytes) -> Roster:
    file = folder / "list.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_roster(file)


def with_ids(*ids: str) -> str:
    return "\n".join(["id;first_name", *(f"{each};Somebody" for each in ids)])


def test_our_own_list_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, OWN) == Roster((ANA, BEN), ())


def test_a_list_from_moodle_is_read(tmp_path: Path) -> None:
    people = read(tmp_path, MOODLE).people
    assert [astuple(each) for each in people] == [
        ("ana", "Ana", "Müller", "ana@example.org", "4711"),
        ("ben", "Ben", "Okoro", "ben@example.org", "4712"),
    ]


def test_a_list_from_canvas_is_read_without_the_rows_about_nobody(tmp_path: Path) -> None:
    people, wrong, _ = astuple(read(tmp_path, CANVAS))
    assert people == (("ana", "Ana", "Müller", "", "901"), ("ben", "Ben", "Okoro", "", "902"))
    assert wrong == ()


def test_canvas_may_give_the_names_in_two_columns(tmp_path: Path) -> None:
    text = (
        "LastName,FirstName,ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        "Müller,Ana,901,ana,One\nStudent,Test,903,7b1f,One\n"
    )
    assert read(tmp_path, text) == Roster((Person("ana", "Ana", "Müller", "", "901"),), ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Username,ID number,Email address\nana,7,a@x.org", "ana"),
        ("ID number,Email address\n7,a@x.org", "7"),
        ("Username,ID number\n,7", "7"),
        ("ID number,Email address\n,a@x.org", "a"),
        ("Student,ID,SIS User ID,SIS Login ID\nAna,9,S1,ana", "ana"),
        ("Student,ID,SIS User ID,SIS Login ID\nAna,9,S1,", "S1"),
        ("Student,ID,Section\nAna,9,One", "9"),
        ("EMAIL ADDRESS\na@x.org", "a"),
        ("Username,id\nother,ana", "ana"),
    ],
)
def test_the_first_column_that_tells_ids_is_taken(tmp_path: Path, text: str, found: str) -> None:
    assert [each.id for each in read(tmp_path, text).people] == [found]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_usual_file_is_read(tmp_path: Path, sign: str, encoding: str, end: str) -> None:
    text = OWN.replace(",", sign).replace("\n", end)
    assert read(tmp_path, text.encode(encoding)) == Roster((ANA, BEN), ())


def test_what_excel_adds_does_not_matter(tmp_path: Path) -> None:
    text = "sep=;\r\n;;;\r\n" + OWN.replace(",", ";").replace("\n", "\r\n") + ";;;\r\n\r\n"
    assert read(tmp_path, text) == Roster((ANA, BEN), ())


def test_letters_are_whole_however_they_were_typed(tmp_path: Path) -> None:
    assert read(tmp_path, OWN.replace("ü", "u\N{COMBINING DIAERESIS}")).people[0] == ANA


def test_a_formula_in_a_name_is_text(tmp_path: Path, made: SmallCourse) -> None:
    formula = '=HYPERLINK("http://example.org","x")'
    quoted = formula.replace('"', '""')
    people = read(tmp_path, f'id,first_name\nana,"{quoted}"\n').people
    keep_roster(made.open(), people)
    assert made.people()[0]["first_name"] == formula


def test_a_name_is_one_line_without_control_signs(tmp_path: Path) -> None:
    people = read(tmp_path, 'id,first_name\nana,"Ana\n \x1b[2J Maria\x00"\n').people
    assert people[0].first_name == "Ana [2J Maria"


@pytest.mark.parametrize(
    "odd",
    [
        "../ana", "a/b", "a\\b", ".ana", "-ana", "+ana", "=ana", "@ana", "a b", "ana.", "<b>",
        "a" * 101, "CON", "nul", "com1", "Lpt9.txt", "a\u202eb", "ana;",
    ],
)  # fmt: skip
def test_what_can_be_no_id_is_told_with_its_row(tmp_path: Path, odd: str) -> None:
    people, wrong, _ = astuple(read(tmp_path, f'id,first_name\nana,Ana\n"{odd}",X\nben,Ben\n'))
    assert [each[0] for each in people] == ["ana", "ben"]
    (line,) = wrong
    assert line.startswith("list.csv, row 3: ")
    assert "cannot be an id" in line
    assert line.isprintable()


def test_each_wrong_row_is_told_once_and_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    text = "id,first_name\nana,Ana\n\n,Nobody\nANA,Ana\nben,Ben\nben,Ben\n"
    people, wrong, _ = astuple(read(tmp_path, text))
    assert [each[0] for each in people] == ["ana", "ben"]
    assert wrong == (
        "list.csv, row 4: it has no id",
        "list.csv, row 5: 'ANA' is in row 2 already",
        "list.csv, row 7: 'ben' is in row 6 already",
    )


def test_a_name_that_the_gradebook_cannot_hold_is_told(tmp_path: Path) -> None:
    (line,) = read(tmp_path, f"id,last_name\nana,{'x' * 129}\n").wrong
    assert line == "list.csv, row 2: its last_name is longer than 128 characters"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "list.csv is empty"),
        (b" \r\n", "list.csv is empty"),
        (b"\xff\xfe", "no heading that I know"),
        (b"name,age\nana,7\n", "no heading that I know"),
        (b"ana,Ana\nben,Ben\n", "no heading that I know"),
        (b"id,first_name\n", "list.csv names no learner"),
        (b'id,first_name\nana,"Ana\nben,Ben\n', "line 3: unexpected end of data"),
        (b"\x81\x8d\xff\x00", "no text that I can read"),
        (b"id\n" + b"a" * LARGEST, "larger than 5,000,000 bytes"),
        (b"id\n" + b"a" * 200_000, "line 2: field larger than"),
    ],
)
def test_what_is_no_list_is_one_clear_line(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(CourseTrouble, match=says) as told:
        read(tmp_path, content)
    assert str(told.value).isprintable()


def test_what_is_no_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CourseTrouble, match="There is no file"):
        read_roster(tmp_path / "none.csv")
    with pytest.raises(CourseTrouble, match="is a folder"):
        read_roster(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(CourseTrouble, match="is not a file"):
        read_roster(tmp_path / "pipe.csv")


def test_a_list_behind_a_link_of_ones_own_is_read(tmp_path: Path) -> None:
    read(tmp_path, OWN)
    (tmp_path / "link.csv").symlink_to("list.csv")
    assert read_roster(tmp_path / "link.csv").people == (ANA, BEN)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200
)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_list_or_one_line(tmp_path: Path, data: bytes) -> None:
    try:
        read(tmp_path, b"id,first_name\n" + data)
    except CourseTrouble as trouble:
        assert str(trouble).isprintable()  # noqa: PT017 (a list is as good)


def test_a_second_list_updates_and_takes_nothing_away(made: SmallCourse) -> None:
    course = made.open()
    assert keep_roster(course, (ANA, BEN)) == (2, 0)
    assert keep_roster(course, (ANA, BEN)) == (0, 0)
    assert keep_roster(course, (Person("ana", "Anna"), Person("cleo", "Cleo"))) == (1, 1)
    assert made.people() == [
        {"id": "ana", "first_name": "Anna", "last_name": "Müller", "email": "ana@example.org"},
        {"id": "ben", "first_name": "Ben", "last_name": "Okoro", "email": "ben@example.org"},
        {"id": "cleo", "first_name": "Cleo", "last_name": None, "email": None},
    ]


def test_one_that_does_not_fit_the_gradebook_keeps_all_out(made: SmallCourse) -> None:
    made.roster("ana")
    before = made.people()
    with pytest.raises(CourseTrouble, match="Ana is in the gradebook as ana"):
        keep_roster(made.open(), (BEN, Person("Ana")))
    assert made.people() == before


def test_somebody_who_handed_in_already_keeps_the_work(made: SmallCourse) -> None:
    made.generated()
    made.read("ana", FIRST)
    assert keep_roster(made.open(), (ANA,)) == (0, 1)
    with made.gradebook() as gradebook:
        assert gradebook.find_submission(FIRST, "ana").student.last_name == "Müller"
