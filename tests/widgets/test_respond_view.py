"""What the boxes for a peer answer, without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_drift_kit.answers import FOLDER, Answer
from peer_drift_kit.response import from_markdown
from peer_drift_kit.widgets.respond import NO_CODE, RespondView, respond

CODE = "abcd234567"


class Talk:
    """Messages to a view, and its answers."""

    def __init__(self, folder: Path, code: str = CODE) -> None:
        self.answer = Answer(code, folder)
        self.view = RespondView(code, self.answer)
        self.sent: list[dict[str, Any]] = []
        self.view.send = lambda content, *_: self.sent.append(content)  # type: ignore[method-assign]

    def ask(self, kind: str, view: str = "one", **fields: Any) -> dict[str, Any]:
        self.view._receive(None, {"kind": kind, "view": view, "n": 1, **fields}, None)
        return self.sent[-1]

    def save(self, here: str = "", notice: str = "", wonder: str = "", **more: Any) -> str:
        value = json.dumps({"here": here, "notice": notice, "wonder": wonder})
        return str(self.ask("save", value=value, **more)["kind"])

    def boxes(self, view: str = "one") -> Any:
        return json.loads(self.ask("read", view)["value"])


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path)


def test_what_is_typed_is_in_the_file_and_there_again(talk: Talk, tmp_path: Path) -> None:
    assert talk.boxes() == {"here": "", "notice": "", "wonder": ""}
    assert talk.save(here="Grüße 🪟", wonder="## I notice\n") == "kept"
    file = tmp_path / FOLDER / f"{CODE}.md"
    assert from_markdown(file.read_text(encoding="utf-8"))["here"] == "Grüße 🪟"
    assert Talk(tmp_path).boxes() == {"here": "Grüße 🪟", "notice": "", "wonder": "## I notice\n"}


def test_an_answer_that_was_emptied_is_an_empty_file(talk: Talk) -> None:
    talk.save(here="words")
    talk.save()
    assert talk.answer.read() == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(codec=None)))
def test_any_words_are_kept_and_never_seem_another_window_s(talk: Talk, words: str) -> None:
    assert talk.save(notice=words, over=True) == "kept"
    assert talk.save(notice=f"{words}.") == "kept"


def test_another_text_on_the_disk_is_never_written_over_unasked(talk: Talk) -> None:
    talk.boxes()
    talk.save(here="mine")
    talk.boxes("two")
    assert talk.save(here="theirs", view="two") == "kept"
    assert talk.save(here="mine, longer") == "elsewhere"
    assert talk.boxes("three")["here"] == "theirs"
    assert talk.save(here="mine, longer", over=True) == "kept"
    (draft,) = talk.answer.all_drafts()
    assert from_markdown(draft.text)["here"] == "theirs"


def test_whoever_takes_the_other_text_keeps_their_own_as_a_draft(talk: Talk) -> None:
    talk.answer.write("## I wonder\n\ntheirs\n\n")
    told = talk.ask("take", value=json.dumps({"here": "mine", "notice": "", "wonder": ""}))
    assert json.loads(told["value"])["wonder"] == "theirs"
    (draft,) = talk.answer.all_drafts()
    assert from_markdown(draft.text)["here"] == "mine"


def test_what_cannot_be_saved_is_said(talk: Talk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / FOLDER).symlink_to(elsewhere)
    told = talk.ask("save", value=json.dumps({"here": "words"}))
    assert told["kind"] == "problem"
    assert "is a link to somewhere else" in told["message"]
    assert list(elsewhere.iterdir()) == []


def test_what_cannot_be_read_is_said(talk: Talk) -> None:
    talk.answer.path.mkdir(parents=True)
    told = talk.ask("read")
    assert told["kind"] == "problem"
    assert told["message"].startswith("The answer cannot be read")


@pytest.mark.parametrize("code", ["", "../../x", "a/b", "ABCDEF", "con", "a" * 50, "é" * 10, ".md"])
def test_a_code_that_is_no_name_for_a_file_is_met_kindly(tmp_path: Path, code: str) -> None:
    talk = Talk(tmp_path / "a" / "b", code)
    assert talk.view.content["problem"] == NO_CODE
    for kind in ("read", "save", "take"):
        told = talk.ask(kind, value=json.dumps({"here": "words"}))
        assert told == {"kind": "problem", "message": NO_CODE, "view": "one", "n": 1}
    assert list(tmp_path.iterdir()) == []


def test_words_are_no_part_of_the_widget_s_state(talk: Talk) -> None:
    talk.save(here="words of mine")
    assert "words of mine" not in json.dumps(talk.view.get_state(), default=str)


def test_the_call_for_a_notebook_is_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    view = respond(CODE)
    assert view.content["file"] == f"answers/{CODE}.md"
    assert [each["name"] for each in view.content["boxes"]] == [
        "Already here",
        "I notice",
        "I wonder",
    ]
