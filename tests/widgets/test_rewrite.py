"""What the studio's view answers, without a browser."""

from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.answers import Answer
from peer_drift_kit.curriculum import Case, every, find
from peer_drift_kit.journal import Journal, JournalLocked
from peer_drift_kit.journal.pages import to_markdown
from peer_drift_kit.review.labels import SIGNS
from peer_drift_kit.studio import look
from peer_drift_kit.widgets import agenda, rewrite
from peer_drift_kit.widgets.noticed import SHAPES, noticed
from peer_drift_kit.widgets.rewrite import RewriteView, _differences, settled_item

CASE = find(Case, "kitchen-window")


class Talk:
    """Messages to a view, and its answers."""

    def __init__(self, folder: Path) -> None:
        self.answer = Answer(CASE.id, folder)
        self.view = RewriteView(CASE, self.answer, hand_in=True)
        self.sent: list[dict[str, Any]] = []
        self.view.send = lambda content, *_: self.sent.append(content)  # type: ignore[method-assign]

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        self.view._receive(None, {"kind": kind, "view": "one", "n": 1, **fields}, None)
        return self.sent[-1]


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    return Talk(tmp_path)


def test_places_are_counted_as_a_browser_counts() -> None:
    text = "🙂 שלום e\u0301. Client was guarded."
    (first, *_) = noticed(CASE, text)["findings"]
    units = text.encode("utf-16-le")
    words = units[2 * first["from"] : 2 * first["to"]].decode("utf-16-le")
    assert words == first["words"]
    assert words in text


def test_every_sign_has_a_shape() -> None:
    assert SHAPES.keys() == set(SIGNS)
    assert len(set(SHAPES.values())) >= 4


def test_samples_open_after_an_own_try_and_not_for_the_old_note(talk: Talk) -> None:
    assert talk.ask("samples", value="")["samples"] is None
    assert talk.ask("samples", value=CASE.drifted)["samples"] is None
    assert talk.ask("samples", value="lorem ipsum dolor " * 20)["samples"] is None
    own = "Dele and I sat in the kitchen by the window on Tuesday, with the light off. He said the "
    own += "hallway has felt watched since the cameras went up, and we had toast."
    assert len(talk.ask("samples", value=own)["samples"]) == 2


def test_another_text_on_the_disk_is_never_written_over_unasked(talk: Talk) -> None:
    talk.ask("read")
    talk.ask("save", value="mine")
    talk.answer.write("theirs")
    assert talk.ask("save", value="mine, longer")["kind"] == "elsewhere"
    assert talk.answer.read() == "theirs"
    assert talk.ask("save", value="mine, longer", over=True)["kind"] == "kept"
    assert talk.answer.read() == "mine, longer"
    assert [each.text for each in talk.answer.all_drafts()] == ["theirs"]


def test_texts_are_compared_word_by_word_and_put_together_again() -> None:
    parts = _differences("We sat and he spoke.", "We sat, and he spoke at last.")
    assert "".join(text for how, text in parts if how != "come") == "We sat and he spoke."
    assert "".join(text for how, text in parts if how != "gone") == "We sat, and he spoke at last."
    assert ["same", "We "] in parts


def test_long_texts_are_looked_at_in_part_and_compared_by_line(talk: Talk) -> None:
    text = "word " * 40_000
    assert talk.ask("look", value=text)["cut"]
    parts = _differences(text, text + "and one more")
    assert "".join(words for how, words in parts if how != "gone") == text + "and one more"


@pytest.mark.parametrize("text", ["", " \n", "\x00", "🙂", "“", "?" * 500], ids=repr)
def test_there_is_an_answer_to_any_text(text: str, talk: Talk) -> None:
    reply = talk.ask("look", value=text)
    assert reply["kind"] == "noticed"
    assert not text.strip() or look(CASE, text).turns, "this is no telling"


@pytest.mark.parametrize("case", every(Case), ids=str)
def test_a_card_can_show_how_another_peer_opened_it(case: str) -> None:
    told = noticed(find(Case, case), find(Case, case).drifted)
    assert any(each["opening"] for each in told["findings"])
    assert all(each["source"] for each in told["findings"])


def test_what_is_required_at_work_reaches_the_list_for_supervision_and_no_answer(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Journal.open(tmp_path / "journal" / "journal.sqlite")
    for module in (agenda, rewrite):
        monkeypatch.setattr(module, "journal", lambda: mine)
    talk.ask("settle", label="distancing", words="Peer worker met", how="required", because="")
    talk.ask("settle", label="advising", words="I told him", how="left", because="")
    (group,) = agenda.agenda()._read()["groups"]
    assert group["where"] == "supervision"
    assert ["Peer worker met" in each["text"] for each in group["items"]] == [True]
    assert not talk.answer.reasons.exists()
    told = talk.ask("settle", label="distancing", words="Peer worker met", how="open", because="")
    assert [each["how"] for each in told["settled"]] == ["left"]
    assert agenda.agenda()._read()["groups"] == []
    item = settled_item(CASE.id)
    latest = mine.latest(item)
    assert latest
    assert "“I told him”" in to_markdown({item: [latest]}, {}, now=latest.at)


def test_a_locked_journal_is_told_and_the_answer_is_kept(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> Journal:
        raise JournalLocked("Your journal is locked. Your passphrase opens it.")

    monkeypatch.setattr(rewrite, "journal", locked)
    told = talk.ask("settle", label="advising", words="I told him", how="left", because="")
    assert told == {
        "kind": "problem",
        "message": "Your journal is locked. Your passphrase opens it.",
        "view": "one",
        "n": 1,
    }
    assert talk.ask("save", value="words")["kind"] == "kept"
