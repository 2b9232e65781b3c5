"""Each case does what it is there for: a table of every case, its samples and its wrong turns."""

import pytest

from peer_drift_kit.curriculum import Case, Practice, Sign, every
from peer_drift_kit.review import review
from peer_drift_kit.studio import look
from peer_drift_kit.studio.words import family

CASES = list(every(Case).values())
SAMPLES = [(case, sample) for case in CASES for sample in case.samples]
WRONG_TURNS = [(case, turn) for case in CASES for turn in case.watch_for]


def named(value: object) -> str | None:
    return (
        getattr(value, "id", None) or getattr(value, "voice", None) or getattr(value, "turn", None)
    )


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_drifted_text_shows_what_it_is_there_to_teach(case: Case) -> None:
    shown = {finding.label for finding in review(case.drifted).findings}
    assert set(case.signs) <= shown


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_drifted_text_left_as_it_is_is_told_as_such(case: Case) -> None:
    assert [each.turn for each in look(case, case.drifted).turns] == ["unchanged"]


@pytest.mark.parametrize(("case", "sample"), SAMPLES, ids=named)
def test_a_sample_shows_no_sign(case: Case, sample: object) -> None:
    assert [(each.label, each.rule) for each in review(sample.text).findings] == []


@pytest.mark.parametrize(("case", "sample"), SAMPLES, ids=named)
def test_a_sample_keeps_every_fact_and_the_persons_own_words(case: Case, sample: object) -> None:
    seen = {each.fact.id: each.state for each in look(case, sample.text).facts}
    assert set(seen.values()) == {"kept"}, seen
    assert all(family(own.word).search(sample.text) for own in case.own_words)


@pytest.mark.parametrize(("case", "sample"), SAMPLES, ids=named)
def test_a_sample_shows_the_practices_that_its_moves_name(case: Case, sample: object) -> None:
    shown = {finding.label for finding in review(sample.text).practices}
    assert {move.practice for move in sample.moves} <= shown
    assert {move.practice for move in sample.moves} <= set(every(Practice))
    for move in sample.moves:
        assert sample.text.count(move.words) == 1, move.words
        assert move.instead_of in {"", *case.signs}


@pytest.mark.parametrize(("case", "sample"), SAMPLES, ids=named)
def test_a_sample_takes_no_wrong_turn_of_its_own(case: Case, sample: object) -> None:
    assert [each.turn for each in look(case, sample.text).turns] == ["a-sample"]
    # The same with a word less and a word more at either end is somebody's own text.
    own = " ".join(sample.text.split()[: -len(sample.text.split()) // 3 or None])
    assert [each.turn for each in look(case, own).turns] == []


@pytest.mark.parametrize(("case", "turn"), WRONG_TURNS, ids=named)
def test_each_wrong_turn_is_noticed_as_what_it_is(case: Case, turn: object) -> None:
    assert turn.turn in [each.turn for each in look(case, turn.example).turns]


def test_the_cases_are_as_many_and_as_various_as_they_should_be() -> None:
    notes = [case for case in CASES if case.kind == "note"]
    assert {case.level for case in notes} == {"obvious", "everyday", "one slip"}
    assert set(every(Sign)) <= {sign for case in CASES for sign in case.signs}
    assert len({case.setting for case in CASES}) == len(CASES)
