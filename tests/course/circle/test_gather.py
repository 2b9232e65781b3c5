"""What comes back is read as words, under the reader's own codes, and reaches the author."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.answers import FOLDER
from peer_drift_kit.course.circle import PeerWords, from_peers
from peer_drift_kit.course.circle.gather import LONGEST_WORDS
from peer_drift_kit.course.circle.packets import FALLBACK
from peer_drift_kit.course.circle.record import Reading, circle_folder
from peer_drift_kit.course.folder import CourseTrouble
from peer_drift_kit.course.handed_in import LARGEST_ANSWER
from peer_drift_kit.response import to_markdown

from .conftest import ONE, TWO, Circles

CASE = "kitchen-window"


@pytest.fixture
def made(circles: Circles) -> Circles:
    """Three people, each of whom reads one other."""
    for student in ("ana", "bo", "cy"):
        circles.hand_in(student)
    circles.run("make", ONE, "--per", "1", "--seed", "3")
    return circles


def reading(made: Circles, reader: str) -> Reading:
    (found,) = (each for each in made.record().readings if each.reader == reader)
    return found


def words(made: Circles, author: str) -> list[str]:
    return [each.words for each in from_peers(made.folder, ONE).get(author, [])]


def fallback(made: Circles, reader: str, *cells: Any) -> None:
    folder = made.submitted(reader, f"circle-{ONE}")
    (folder / f"circle-{ONE}.ipynb").write_text(json.dumps({"cells": cells}))


def cell(code: str, text: str) -> dict[str, Any]:
    return {"source": FALLBACK + text, "metadata": {"nbgrader": {"grade_id": code}}}


def test_what_is_in_the_boxes_reaches_the_author_unsigned(made: Circles) -> None:
    mine = reading(made, "ana")
    text = to_markdown({"here": "The toast.", "wonder": "What did he ask?\n## I notice\n"})
    made.answer(mine, text)
    assert words(made, mine.author) == [], "nothing gathered, nothing shown"
    said = made.run("gather", ONE)
    assert f"ana to {mine.author}" in said
    assert "    Already here: The toast.\n\n    I wonder: What did he ask?" in said
    assert from_peers(made.folder, ONE).get(mine.author, []) == [
        PeerWords(CASE, "Already here: The toast.\n\nI wonder: What did he ask?\n## I notice", "")
    ]
    for other in {"ana", "bo", "cy"} - {mine.author}:
        assert words(made, other) == []


def test_without_the_boxes_the_notebook_s_cell_is_read(made: Circles) -> None:
    mine = reading(made, "bo")
    fallback(made, "bo", cell("other", "x"), cell(mine.code, "I notice the toast."))
    made.run("gather", ONE)
    assert words(made, mine.author) == ["I notice the toast."]


def test_a_circle_with_names_signs_as_the_roster_says(circles: Circles) -> None:
    for student in ("ana", "bo"):
        circles.hand_in(student)
    with circles.open().gradebook() as gradebook:
        gradebook.add_student("ana", first_name="Ana", last_name="Lovelace")
    circles.run("make", ONE, "--names")
    for each in circles.record().readings:
        circles.answer(each, f"I notice. {each.reader}")
    circles.run("gather", ONE)
    assert [each.by for each in from_peers(circles.folder, ONE).get("bo", [])] == ["Ana Lovelace"]
    assert [each.by for each in from_peers(circles.folder, ONE).get("ana", [])] == ["bo"]


def test_what_is_held_stays_back_until_it_is_let(made: Circles) -> None:
    mine = reading(made, "ana")
    made.answer(mine, "Unkind words.")
    said = made.run("gather", ONE, "--hold", mine.code.upper())
    assert "held back" in said
    assert words(made, mine.author) == []
    made.answer(mine, "Unkind words, once more.")
    made.run("gather", ONE)
    assert words(made, mine.author) == [], "other words are held as well"
    made.run("gather", ONE, "--let", mine.code)
    assert words(made, mine.author) == ["Unkind words, once more."]


def test_a_code_of_no_reading_cannot_be_held(made: Circles) -> None:
    said = made.run("gather", ONE, "--hold", "nosuchcode", fails=True)
    assert said == "No text of this circle has the code nosuchcode.\n"


def test_news_are_told_apart(made: Circles) -> None:
    mine = reading(made, "ana")
    made.answer(mine, "One.")
    assert "(new)" in made.run("gather", ONE)
    assert "(new)" not in made.run("gather", ONE)
    made.answer(mine, "Two.")
    assert "(changed)" in made.run("gather", ONE)


def test_an_emptied_answer_is_taken_back_and_a_missing_one_is_kept(made: Circles) -> None:
    mine = reading(made, "ana")
    made.answer(mine, "One.")
    made.run("gather", ONE)
    path = made.submitted("ana", f"circle-{ONE}") / FOLDER / f"{mine.code}.md"
    path.unlink()
    made.run("gather", ONE)
    assert words(made, mine.author) == ["One."]
    made.answer(mine, to_markdown({"here": " \n"}))
    assert "ana has taken back what they wrote" in made.run("gather", ONE)
    assert words(made, mine.author) == []


def test_nothing_back_and_no_circle_are_said_so(made: Circles) -> None:
    said = made.run("gather", ONE)
    assert said.startswith("Nothing is back yet.\n")
    assert f"peer-drift course collect circle-{ONE} --zip FOLDER" in said
    said = made.run("gather", TWO, fails=True)
    assert said.startswith(f"There is no circle for {TWO} yet")
    assert from_peers(made.folder, TWO).get("ana", []) == []


def test_a_damaged_record_is_a_line_and_never_silence(made: Circles) -> None:
    (circle_folder(made.folder, ONE) / "circle.json").write_text("{")
    with pytest.raises(CourseTrouble, match="is damaged"):
        from_peers(made.folder, ONE).get("ana", [])
    for command in ("make", "gather", "status"):
        said = made.run(command, ONE, fails=True)
        assert "is damaged" in said
        assert said.count("\n") == 1


class TestHostile:
    """Whatever a reader sends, the others' words come through, and one line tells."""

    def gathered(self, made: Circles) -> str:
        """What is said when bo answers as asked, beside whatever ana has sent."""
        other = reading(made, "bo")
        made.answer(other, "I notice the toast.")
        said = made.run("gather", ONE)
        assert words(made, other.author) == ["I notice the toast."]
        return said

    def nothing_of(self, made: Circles, reader: str) -> bool:
        return words(made, reading(made, reader).author) == []

    @pytest.mark.parametrize("what", ["file", "answers", "folder", "hole"])
    def test_links_are_not_followed(self, made: Circles, tmp_path: Path, what: str) -> None:
        code = reading(made, "ana").code
        secret = tmp_path / "secret"
        (secret / FOLDER).mkdir(parents=True)
        (secret / FOLDER / f"{code}.md").write_text("a secret")
        folder = made.submitted("ana", f"circle-{ONE}")
        if what == "folder":
            folder.rmdir()
            folder.symlink_to(secret)
        elif what == "answers":
            (folder / FOLDER).symlink_to(secret / FOLDER)
        else:
            (folder / FOLDER).mkdir()
            target = secret / FOLDER / f"{code}.md" if what == "file" else tmp_path / "nowhere"
            (folder / FOLDER / f"{code}.md").symlink_to(target)
        said = self.gathered(made)
        assert "ana: " in said
        assert "is a link" in said
        assert "a secret" not in said
        assert self.nothing_of(made, "ana")

    def test_a_code_of_another_reader_and_an_unknown_one_are_left_out(self, made: Circles) -> None:
        theirs = reading(made, "cy")
        folder = made.submitted("ana", f"circle-{ONE}")
        (folder / FOLDER).mkdir()
        for name in (theirs.code, "zzzzzzzzzz", CASE, "\x1b[31m"):
            (folder / FOLDER / f"{name}.md").write_text("not mine to say")
        fallback(made, "ana", cell(theirs.code, "not mine to say"))
        said = self.gathered(made)
        assert "ana: left out '\\x1b[31m.md'" in said
        assert f"'{theirs.code}.md'" in said
        assert "as this reader was given no such code" in said
        assert "\x1b" not in said
        assert "not mine to say" not in said
        assert self.nothing_of(made, "cy")
        assert self.nothing_of(made, "ana")

    def test_thousands_of_files_are_one_line(self, made: Circles) -> None:
        folder = made.submitted("ana", f"circle-{ONE}") / FOLDER
        folder.mkdir()
        for number in range(1_000):
            (folder / f"{number}.md").touch()
        said = self.gathered(made)
        assert "and 495 more" in said

    def test_somebody_who_is_in_no_circle_is_left_out(self, made: Circles) -> None:
        folder = made.submitted("mallory", f"circle-{ONE}") / FOLDER
        folder.mkdir()
        (folder / f"{reading(made, 'ana').code}.md").write_text("not mine to say")
        assert "mallory: left out" in self.gathered(made)
        assert self.nothing_of(made, "ana")

    def test_a_book_is_not_read_and_a_long_answer_is_cut(self, made: Circles) -> None:
        mine = reading(made, "ana")
        made.answer(mine, "a" * (LARGEST_ANSWER + 1))
        assert "larger than 200,000 bytes" in self.gathered(made)
        made.answer(mine, "b" * LARGEST_ANSWER)
        said = made.run("gather", ONE)
        assert len(said) < 5_000
        (found,) = words(made, mine.author)
        assert found == "b" * LONGEST_WORDS + " …"

    def test_html_and_odd_signs_are_words(self, made: Circles) -> None:
        mine = reading(made, "ana")
        text = "<script>x</script> \x00 \x1b[2J \ud800 [bold]a[/bold]"
        made.answer(mine, text)
        said = self.gathered(made)
        assert "<script>x</script> � �[2J ? [bold]a[/bold]" in said
        assert words(made, mine.author) == ["<script>x</script> � �[2J ? [bold]a[/bold]"]

    def test_a_pipe_or_a_folder_is_no_answer(self, made: Circles) -> None:
        code = reading(made, "ana").code
        folder = made.submitted("ana", f"circle-{ONE}") / FOLDER
        folder.mkdir()
        os.mkfifo(folder / f"{code}.md")
        assert f"answers/{code}.md is not a file" in self.gathered(made)

    @pytest.mark.parametrize("data", [b"", b"[", b"{}", b"[" * 200_000, b"\xff\xfe\x00"])
    def test_a_broken_notebook_is_one_line(self, made: Circles, data: bytes) -> None:
        folder = made.submitted("ana", f"circle-{ONE}")
        (folder / f"circle-{ONE}.ipynb").write_bytes(data)
        assert self.gathered(made).count("ana: ") == 1
