"""Whose a package is, by the names that mails, Moodle and Canvas give it."""

import pytest

from peer_drift_kit.course.whose import Roster, assignment_of, pattern_of

EXERCISE = "02-rewrite-the-note"
PEOPLE = [
    {"id": "ana", "first_name": "Ana", "last_name": "Lovelace", "lms_user_id": "4711"},
    {"id": "zoë.k", "first_name": "Zoë", "last_name": "O'Kelly-Ní", "email": "zok@example.org"},
    {"id": "sam1", "first_name": "Sam", "last_name": "Li"},
    {"id": "sam2", "first_name": "Sam", "last_name": "Li"},
]


@pytest.mark.parametrize(
    ("package", "student"),
    [
        # The kit's own name for it, with what browsers and mail programs add.
        (f"{EXERCISE}--ana.zip", "ana"),
        (f"{EXERCISE}--Ana Lovelace.zip", "ana"),
        (f"{EXERCISE}--ana (2).zip", "ana"),
        (f"mails/monday/{EXERCISE}--zok.zip", "zoë.k"),
        # Moodle, with a folder for each person and without.
        (f"Ana Lovelace_9001_assignsubmission_file_/{EXERCISE}--x.zip", "ana"),
        (f"Zoe O'Kelly-Ni_9002_assignsubmission_file_{EXERCISE}--x.zip", "zoë.k"),
        # Canvas: last and first name squeezed, then the person's number and the file's.
        (f"lovelaceana_4711_815_{EXERCISE}--x.zip", "ana"),
        (f"okellynizoe_LATE_17_815_{EXERCISE}--x-1.zip", "zoë.k"),
        # A folder or a file with the id itself.
        (f"ana/{EXERCISE}.ipynb", "ana"),
        ("zoë.k.zip", "zoë.k"),
        # Two people have this name, and nobody has those.
        (f"Sam Li_9003_assignsubmission_file_/{EXERCISE}--sam1.zip", ""),
        (f"{EXERCISE}--nobody.zip", ""),
        (f"{EXERCISE}.zip", ""),
        ("..zip", ""),
        ("", ""),
    ],
)
def test_a_package_is_known_by_its_name(package: str, student: str) -> None:
    assert Roster(PEOPLE).whose(package, EXERCISE, None) == student


def test_the_platforms_word_counts_before_the_name_that_was_typed() -> None:
    package = f"Ana Lovelace_9001_assignsubmission_file_/{EXERCISE}--sam1.zip"
    assert Roster(PEOPLE).whose(package, EXERCISE, None) == "ana"


@pytest.mark.parametrize(("name", "student"), [("ana", "ana"), ("a b", ""), ("=1+1", "")])
def test_without_a_roster_a_fit_name_is_taken_as_it_is(name: str, student: str) -> None:
    assert Roster([]).whose(f"{EXERCISE}--{name}.zip", EXERCISE, None) == student


def test_a_pattern_of_ones_own_tells_where_the_name_is() -> None:
    pattern = pattern_of("homework [*] from {student}.zip")
    assert Roster(PEOPLE).whose("homework [1] from ana.zip", EXERCISE, pattern) == ""
    pattern = pattern_of("week ?/*_{student}.zip")
    assert Roster(PEOPLE).whose("week 3/hand in_ana.zip", EXERCISE, pattern) == "ana"
    assert Roster(PEOPLE).whose("week 10/hand in_ana.zip", EXERCISE, pattern) == ""
    for wrong in ("*.zip", "{student}-{student}.zip"):
        with pytest.raises(ValueError, match="once"):
            pattern_of(wrong)


@pytest.mark.parametrize(
    ("package", "assignment"),
    [
        ("01-spot-the-drift--ana.zip", "01-spot-the-drift"),
        ("lovelaceana_4711_815_01-spot-the-drift--ana.zip", "01-spot-the-drift"),
        ("Ana Lovelace_9_assignsubmission_file_01-spot-the-drift--ana.zip", "01-spot-the-drift"),
        ("ana.zip", ""),
    ],
)
def test_what_it_is_for_is_read_from_the_kits_own_name(package: str, assignment: str) -> None:
    assert assignment_of(package) == assignment
