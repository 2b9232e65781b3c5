"""A circle is made, and made again with whoever has come or gone since."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from peer_drift_kit.answers import Answer
from peer_drift_kit.course.circle import from_peers

from .conftest import CASES, ONE, TWO, Circles, telling

PEOPLE = ["ana", "bo", "cy", "dee", "eli"]


@pytest.fixture
def made(circles: Circles) -> Circles:
    for student in PEOPLE:
        circles.hand_in(student)
    circles.run("make", ONE, "--seed", "3")
    return circles


def packets(circles: Circles) -> dict[str, bytes]:
    folder = circles.folder / "circle" / ONE / "packets"
    return {each.stem: each.read_bytes() for each in folder.iterdir()}


def test_everybody_who_tried_gets_two_others(made: Circles) -> None:
    pairs = made.record().pairs()
    assert Counter(reader for reader, _ in pairs) == dict.fromkeys(PEOPLE, 2)
    assert Counter(author for _, author in pairs) == dict.fromkeys(PEOPLE, 2)
    assert packets(made).keys() == set(PEOPLE)
    for reader, author in pairs:
        assert f"mark{author}" in str(made.packet(reader))


def test_a_second_run_changes_nothing_and_says_so(made: Circles) -> None:
    before, record = packets(made), made.record()
    assert "are as they were" in made.run("make", ONE)
    assert packets(made) == before
    assert made.record() == record


def test_a_seed_makes_the_same_circle_with_other_codes(made: Circles) -> None:
    pairs, codes = made.record().pairs(), {each.code for each in made.record().readings}
    shutil.rmtree(made.folder / "circle")
    made.run("make", ONE, "--seed", "3")
    assert made.record().pairs() == pairs
    assert not codes & {each.code for each in made.record().readings}


def test_packets_are_put_where_a_trainer_says(made: Circles, tmp_path: Path) -> None:
    to = tmp_path / "to send"
    said = made.run("make", ONE, "--to", str(to))
    assert {each.stem: each.read_bytes() for each in to.iterdir()} == packets(made)
    assert str(to) in said
    (tmp_path / "file").touch()
    said = made.run("make", ONE, "--to", str(tmp_path / "file"), fails=True)
    assert said.startswith("I cannot write in")
    assert said.count("\n") == 1


def test_a_latecomer_is_woven_in_and_the_trainer_is_told_what_to_send(made: Circles) -> None:
    before, sent = made.record(), packets(made)
    made.hand_in("fay")
    said = made.run("make", ONE)
    after = made.record()
    people = [*PEOPLE, "fay"]
    assert Counter(reader for reader, _ in after.pairs()) == dict.fromkeys(people, 2)
    assert Counter(author for _, author in after.pairs()) == dict.fromkeys(people, 2)
    assert len(set(before.pairs()) - set(after.pairs())) == 2
    now = packets(made)
    changed = [each for each in now if now[each] != sent.get(each)]
    assert "fay" in changed
    assert len(changed) <= 3
    assert f"to be sent: {', '.join(sorted(changed))}." in said


def test_an_answer_to_a_text_that_another_has_now_still_reaches_its_author(made: Circles) -> None:
    before = made.record()
    made.hand_in("fay")
    made.run("make", ONE)
    taken = next(each for each in made.record().readings if each.taken_back)
    assert (taken.reader, taken.author) in before.pairs()
    made.answer(taken, "I notice the toast.")
    assert "back, not gathered yet" in made.run("status", ONE)
    made.run("gather", ONE)
    words = [each.words for each in from_peers(made.folder, ONE).get(taken.author, [])]
    assert words == ["I notice the toast."]


def test_what_is_answered_stays_with_its_reader(made: Circles) -> None:
    before = made.record().readings
    for each in before:
        made.answer(each, "I notice the toast.")
    made.hand_in("fay")
    said = made.run("make", ONE)  # nothing was gathered: what lies in the folders counts
    after = made.record()
    assert after.readings[: len(before)] == before
    assert not any(each.taken_back for each in after.readings)
    pairs = after.pairs()
    assert sum(reader == "fay" for reader, _ in pairs) == 2
    assert sum(author == "fay" for _, author in pairs) == 2
    extra = {reader for reader, author in pairs if author == "fay"} | {"fay"}
    assert f"to be sent: {', '.join(sorted(extra))}." in said, "nobody else gets another packet"


def test_whoever_is_gone_is_taken_out_and_others_read_somebody_else(made: Circles) -> None:
    shutil.rmtree(made.folder / "submitted" / "bo")
    made.run("make", ONE)
    left = [each for each in PEOPLE if each != "bo"]
    pairs = made.record().pairs()
    assert Counter(reader for reader, _ in pairs) == dict.fromkeys(left, 2)
    assert Counter(author for _, author in pairs) == dict.fromkeys(left, 2)
    assert packets(made).keys() == set(left)
    assert not any("markbo" in str(made.packet(each)) for each in left)


def test_a_text_that_was_written_again_is_in_the_next_packet(made: Circles) -> None:
    made.hand_in("ana", mark="anew")
    readers = sorted(reader for reader, author in made.record().pairs() if author == "ana")
    assert f"to be sent: {', '.join(readers)}." in made.run("make", ONE)
    assert "anew" in str(made.packet(readers[0]))


def test_only_real_tries_are_in_the_circle(made: Circles) -> None:
    made.submitted("gil")
    Answer(CASES[ONE][0], made.submitted("hal")).write("too short")
    (made.submitted("ivo") / "answers").symlink_to(made.submitted("ana") / "answers")
    said = made.run("make", ONE)
    assert "Without a real try yet: gil, hal, ivo." in said
    assert "ivo: answers is a link" in said
    assert {reader for reader, _ in made.record().pairs()} == set(PEOPLE)


def test_of_two_cases_only_what_was_tried_is_given(circles: Circles) -> None:
    circles.hand_in("ana", TWO)
    Answer(CASES[TWO][0], circles.submitted("bo", TWO)).write(telling(CASES[TWO][0], "bo"))
    circles.run("make", TWO)
    given = {(each.reader, each.case) for each in circles.record(TWO).readings}
    assert given == {("bo", case) for case in CASES[TWO]} | {("ana", CASES[TWO][0])}
    circles.hand_in("bo", TWO)
    circles.run("make", TWO)
    assert len(circles.record(TWO).readings) == 4


def test_a_small_circle_reads_fewer_and_says_so(circles: Circles) -> None:
    circles.hand_in("ana")
    circles.hand_in("bo")
    said = circles.run("make", ONE)
    assert "There are 2 people, so each one reads 1, and not 2." in said
    circles.hand_in("cy")
    assert "Each one reads 2, and is read by 2." in circles.run("make", ONE)


@pytest.mark.parametrize(
    ("students", "line"),
    [
        ([], f"Nobody has handed in {ONE} yet, so there is nothing to read.\n"),
        (["ana"], f"Only ana has handed in a real try of {ONE} yet. A circle needs two people.\n"),
    ],
)
def test_too_few_people_are_met_kindly(circles: Circles, students: list[str], line: str) -> None:
    for student in students:
        circles.hand_in(student)
    assert circles.run("make", ONE, fails=True) == line
    assert not (circles.folder / "circle").exists()


def test_an_assignment_that_is_not_there_is_one_line(circles: Circles) -> None:
    for command in ("make", "gather", "status"):
        said = circles.run(command, "04-none", fails=True)
        assert said.startswith("There is no assignment '04-none' here.")
        assert said.count("\n") == 1


def test_a_promise_not_to_name_is_kept(made: Circles) -> None:
    said = made.run("make", ONE, "--names", fails=True)
    assert "its packets promise that" in said
    assert not made.record().names


def test_an_own_name_in_a_text_is_told_before_it_is_sent(circles: Circles) -> None:
    circles.hand_in("a17", mark="Written by Ana")
    circles.hand_in("b18", mark="Written in an anagram")
    with circles.open().gradebook() as gradebook:
        gradebook.add_student("a17", first_name="Ana", last_name="Lovelace")
        gradebook.add_student("b18", first_name="Ana", last_name="Lovelace")
    said = circles.run("make", ONE)
    assert "a17's text has their own name in it" in said
    assert "b18's" not in said


def test_status_tells_who_was_given_what_and_what_is_back(made: Circles) -> None:
    first, second, *_ = made.record().readings
    made.answer(first, "I notice the toast.")
    said = made.run("status", ONE)
    assert f"{first.author}, {first.case} ({first.code}): back, not gathered yet" in said
    assert f"{second.author}, {second.case} ({second.code}): given 20" in said
    assert said.endswith("1 of 10 answers are back.\n")
    made.run("gather", ONE, "--hold", first.code)
    assert f"({first.code}): held back" in made.run("status", ONE)
    made.run("gather", ONE, "--let", first.code)
    assert f"({first.code}): gathered" in made.run("status", ONE)
