"""What is written stays, in every version."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_drift_kit.journal import Entry, Journal

ITEM = "prompt:what-it-means"

ANY_TEXT = st.text(st.characters())  # lone surrogates and NUL too


def values(entries: list[Entry]) -> list[str]:
    return [entry.value for entry in entries]


def test_an_empty_journal_has_nothing_to_say(journal: Journal) -> None:
    assert journal.latest(ITEM) is None
    assert journal.earlier(ITEM) == []
    assert journal.last_before(ITEM, "today") is None
    assert journal.items() == []
    assert journal.marks() == {}
    assert journal.notice is None
    assert not journal.is_locked


def test_what_is_written_is_there_when_opened_again(journal: Journal, path: Path) -> None:
    before = datetime.now(UTC)
    written = journal.write(ITEM, "belonging", sitting="monday")
    assert Journal.open(path).latest(ITEM) == written
    assert (written.item, written.value, written.sitting) == (ITEM, "belonging", "monday")
    assert before - timedelta(milliseconds=1) <= written.at <= datetime.now(UTC)


def test_a_version_that_goes_on_takes_the_place_of_the_one_before(journal: Journal) -> None:
    for value in ("It", "It means", "It means drifting"):
        journal.write(ITEM, value, sitting="monday")
    assert journal.latest(ITEM).value == "It means drifting"
    assert journal.earlier(ITEM) == []


def test_every_version_that_says_something_else_is_kept(journal: Journal) -> None:
    for value in ("angry", "sad", "", "sad again"):
        journal.write(ITEM, value, sitting="monday")
    assert values(journal.earlier(ITEM)) == ["sad", "angry"]
    journal.write(ITEM, "sad", sitting="monday")
    assert values(journal.earlier(ITEM)) == ["sad again", "sad", "angry"]


def test_a_version_of_another_sitting_stays_though_the_new_one_goes_on(journal: Journal) -> None:
    journal.write(ITEM, "It", sitting="monday")
    journal.write(ITEM, "It means", sitting="tuesday")
    assert values(journal.earlier(ITEM)) == ["It"]


def test_two_open_notebooks_do_not_swallow_each_other(journal: Journal) -> None:
    journal.write(ITEM, "one", sitting="left")
    journal.write(ITEM, "two", sitting="right")
    journal.write(ITEM, "one and more", sitting="left")
    assert journal.latest(ITEM).value == "one and more"
    assert values(journal.earlier(ITEM)) == ["two"]


@pytest.mark.parametrize("sitting", ["monday", "tuesday"])
def test_an_unchanged_value_writes_nothing(journal: Journal, sitting: str) -> None:
    first = journal.write(ITEM, "same", sitting="monday")
    assert journal.write(ITEM, "same", sitting=sitting) == first
    assert journal.earlier(ITEM) == []


def test_last_time_is_the_newest_of_the_other_sittings(journal: Journal) -> None:
    for sitting, value in [("may", "1"), ("june", "2"), ("june", "7"), ("today", "3")]:
        journal.write("table:identity-or-drift", value, sitting=sitting)
    assert journal.last_before("table:identity-or-drift", "today").value == "7"
    assert journal.last_before("table:identity-or-drift", "tomorrow").value == "3"


def test_the_newest_is_the_last_written_though_the_clock_went_back(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write(ITEM, "first", sitting="a")
    monkeypatch.setattr("peer_drift_kit.journal.journal.micros_now", lambda: 0)
    journal.write(ITEM, "second", sitting="b")
    assert journal.latest(ITEM).value == "second"


def test_items_are_kept_apart(journal: Journal) -> None:
    journal.write("prompt:a", "left", sitting="s")
    journal.write("prompt:b", "right", sitting="s")
    assert journal.latest("prompt:a").value == "left"
    assert journal.items() == ["prompt:a", "prompt:b"]


def test_a_mark_keeps_its_first_time(journal: Journal, path: Path) -> None:
    journal.mark("lesson:00-welcome")
    first = journal.marks()
    journal.mark("lesson:00-welcome")
    assert Journal.open(path).marks() == first
    assert list(first) == ["lesson:00-welcome"]


def test_an_entry_shows_no_words_when_it_is_printed(journal: Journal) -> None:
    assert "belonging" not in repr(journal.write(ITEM, "belonging", sitting="s"))


@pytest.mark.parametrize("sealed", [False, True], ids=["open", "with a passphrase"])
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\0b", "a\0b"),
        ("😮‍💨 tired", "😮‍💨 tired"),
        ("half a \ud83d pair", "half a \ufffd pair"),
        ("\udc00", "\ufffd"),
        ("a pair \ud83d\ude00 in halves", "a pair 😀 in halves"),
        ("one line\r\nand another\n", "one line\r\nand another\n"),
        ("ä" * 1_000_000, "ä" * 1_000_000),
    ],
    ids=["nul", "emoji", "half", "other half", "halves", "lines", "long"],
)
def test_odd_text_survives(journal: Journal, sent: str, kept: str, sealed: bool) -> None:
    if sealed:
        journal.lock("a few words")
    journal.write(ITEM, sent, sitting="s")
    assert journal.latest(ITEM).value == kept


@settings(deadline=None, max_examples=60)
@given(texts=st.lists(st.tuples(ANY_TEXT, ANY_TEXT, ANY_TEXT), max_size=4), sealed=st.booleans())
def test_any_text_comes_back(texts: list[tuple[str, str, str]], sealed: bool) -> None:
    with TemporaryDirectory() as folder:
        journal = Journal.open(Path(folder, "journal.sqlite"))
        if sealed:
            journal.lock("a few words")
        for item, value, sitting in texts:
            written = journal.write(item, value, sitting=sitting)
            assert journal.latest(item) == written
            if not any(0xD800 <= ord(each) < 0xE000 for each in item + value):
                assert (written.item, written.value) == (item, value)


@settings(deadline=None, max_examples=40)
@given(
    saves=st.lists(st.tuples(st.sampled_from("ab"), st.text("xy", max_size=3)), max_size=12),
    sealed=st.booleans(),
)
def test_nothing_that_was_saved_is_lost(saves: list[tuple[str, str]], sealed: bool) -> None:
    """Every saved value is there, by itself or as the beginning of a later one of its sitting."""
    with TemporaryDirectory() as folder:
        journal = Journal.open(Path(folder, "journal.sqlite"))
        if sealed:
            journal.lock("a few words")
        for sitting, value in saves:
            journal.write(ITEM, value, sitting=sitting)
        if saves:
            kept = values([journal.latest(ITEM), *journal.earlier(ITEM)])
            assert kept[0] == saves[-1][1]
            for _, value in saves:
                assert any(each.startswith(value) for each in kept)
