"""What the view for handing in answers, without a browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.answers import Answer, Meant
from peer_drift_kit.curriculum import Case, find
from peer_drift_kit.widgets.hand_in import HandInView

NAME = "02-rewrite-the-note"
CASE = "kitchen-window"
TITLE = find(Case, CASE).title
WORDS = "We sat by the window. 🙂"
SHIPPED = Path(__file__).parents[2] / "exercises" / NAME / f"{NAME}.ipynb"


class Talk:
    """Messages to a view, and its answers."""

    def __init__(self, folder: Path) -> None:
        self.view = HandInView(folder)
        self.sent: list[dict[str, Any]] = []
        self.view.send = lambda content, *_: self.sent.append(content)  # type: ignore[method-assign]

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        self.view._receive(None, {"kind": kind, "view": "one", "n": 1, **fields}, None)
        assert self.sent[-1].pop("view") == "one"
        assert self.sent[-1].pop("n") == 1
        return self.sent[-1]


@pytest.fixture
def exercise(tmp_path: Path) -> Path:
    folder = tmp_path / "exercises" / NAME
    folder.mkdir(parents=True)
    (folder / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    answer = Answer(CASE, folder)
    answer.write(WORDS)
    answer.keep_draft()
    answer.keep_meant([Meant("advising", "I told him", "he asked")])
    return folder


@pytest.fixture
def talk(exercise: Path) -> Talk:
    return Talk(exercise)


def test_each_file_is_said_in_plain_words_with_its_size(talk: Talk) -> None:
    told = talk.ask("look")
    assert told["kind"] == "leaving"
    assert [each["what"] for each in told["parts"]] == [
        "This page, without what came out of its cells",
        f"Your words in “{TITLE}”",
        f"Your reasons in “{TITLE}”",
        f"An earlier draft of “{TITLE}”",
    ]
    assert told["parts"][1]["name"] == f"answers/{CASE}.md"
    assert told["parts"][1]["size"] == f"{len(WORDS.encode())} bytes"
    assert (told["left_out"], told["notice"]) == ([], "")


def test_the_words_of_each_file_can_be_read_and_no_others(talk: Talk, exercise: Path) -> None:
    (exercise / "answers" / "diary.md").write_text("nobody's business", encoding="utf-8")
    names = [each["name"] for each in talk.ask("look")["parts"]]
    page, words, reasons, draft = (talk.ask("words", name=each)["text"] for each in names)
    assert "# Rewrite the note" in page
    assert 'rewrite("kitchen-window")' in page
    assert (words, draft) == (WORDS, WORDS)
    assert reasons == "“I told him” (advising): he asked"
    for name in ("answers/diary.md", "../../diary.md", "", "/etc/passwd"):
        assert talk.ask("words", name=name) == {"kind": "words", "text": ""}


@pytest.mark.parametrize(
    "kept", ["[]", '[{"label": "a", "words": "b", "because": "c", "more": "d"}]', "no reasons", ""]
)
def test_what_is_more_than_reasons_is_shown_as_it_is(kept: str, talk: Talk, exercise: Path) -> None:
    name = f"answers/{CASE}.json"
    (exercise / name).write_text(kept, encoding="utf-8")
    assert talk.ask("words", name=name)["text"] == kept


def test_the_file_is_made_when_asked_and_not_before(talk: Talk, exercise: Path) -> None:
    talk.ask("look")
    assert not (exercise.parents[1] / "handed-in").exists()
    path = exercise.parents[1] / "handed-in" / f"{NAME}--Ana.zip"
    assert talk.ask("make", who="Ana") == {"kind": "made", "path": str(path)}
    assert path.exists()


def test_what_is_in_the_way_is_told(talk: Talk, exercise: Path) -> None:
    told = talk.ask("make", who=" ")
    assert told == {
        "kind": "problem",
        "message": "Please write the name or code that your trainer knows.",
    }
    (exercise / SHIPPED.name).unlink()
    for kind in ("look", "words", "make"):
        told = talk.ask(kind, name="", who="Ana")
        assert told["kind"] == "problem"
        assert "I see no exercise in" in told["message"]


def test_nothing_of_it_is_in_the_state_that_a_notebook_may_keep(talk: Talk) -> None:
    talk.ask("look")
    talk.ask("words", name=f"answers/{CASE}.md")
    talk.ask("make", who="Ana")
    state = json.dumps(
        {
            key: value
            for key, value in talk.view.get_state().items()
            if key not in ("_esm", "_css", "layout", "tooltip", "tabbable")
        }
    )
    for private in ("Ana", "window", "handed-in", str(talk.view._exercise)):
        assert private not in state
    assert talk.view.content == {"on_a_server": True}


def test_an_assignment_list_is_spoken_of_only_where_it_knows_the_exercise(tmp_path: Path) -> None:
    assert HandInView(tmp_path / NAME).content == {"on_a_server": True}
    assert HandInView(tmp_path / f"circle-{NAME}").content == {"on_a_server": False}
