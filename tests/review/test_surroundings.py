"""What stands around a sentence: it adds to practices, takes nothing, and leaves signs alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_drift_kit.review import review
from peer_drift_kit.review.heard import Heard
from peer_drift_kit.review.labels import LABELS, PRACTICES, SIGNS
from peer_drift_kit.review.reader import FILE, Reader
from peer_drift_kit.review.surroundings import NEAR, Surroundings

LARGE = Path(__file__).parents[2] / "reader" / "large" / "peer_drift_reader" / "joined.json"
OF_LARGE = json.loads(LARGE.read_text(encoding="utf-8"))["surroundings"]
SHIPPED = {"small": Reader(FILE.read_bytes())._surroundings, "large": Surroundings(**OF_LARGE)}
HEARD = st.builds(
    lambda log_odds, room: Heard(tuple(log_odds), (), room, [], frozenset()),
    st.lists(st.floats(-8, 8), min_size=len(LABELS), max_size=len(LABELS)),
    st.floats(-12, 12),
)
TEXTS = st.lists(HEARD, max_size=2 * NEAR)
PLAIN = Heard((-6.0,) * len(LABELS), (), -9.0, [], frozenset())
CHOICE = replace(PLAIN, log_odds=tuple(4.0 if each == "choice" else -1.0 for each in LABELS))
DOUBTFUL = replace(PLAIN, log_odds=(0.0,) * len(LABELS))
TO_A_ROOM = replace(PLAIN, room=3.0)

each_reader = pytest.mark.parametrize("surroundings", SHIPPED.values(), ids=SHIPPED)


def likely(surroundings: Surroundings, text: list[Heard]) -> list[tuple[float, ...]]:
    return [each.likely for each in surroundings.listen(text)]


def of_practices(surroundings: Surroundings, *text: Heard) -> dict[str, float]:
    """How likely the practices are in the first sentence."""
    return dict(zip(PRACTICES, likely(surroundings, [*text])[0][len(SIGNS) :], strict=True))


@each_reader
@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_a_text_takes_nothing_from_it(
    surroundings: Surroundings, before: list[Heard], text: list[Heard], behind: list[Heard]
) -> None:
    alone = likely(surroundings, text)
    among = likely(surroundings, [*before, *text, *behind])[len(before) :][: len(text)]
    for one, other in zip(alone, among, strict=True):
        assert one[: len(SIGNS)] == other[: len(SIGNS)]
        assert all(less <= more for less, more in zip(one, other, strict=True))


@each_reader
def test_no_weight_speaks_against(surroundings: Surroundings) -> None:
    assert all(slope > 0 for slope, _ in surroundings.calibration)
    assert min(surroundings.in_a_room) >= 0 < max(surroundings.in_a_room)


@each_reader
def test_a_practice_that_is_near_makes_another_likelier(surroundings: Surroundings) -> None:
    beside_facts = of_practices(surroundings, DOUBTFUL, *[PLAIN] * 4)
    beside_choices = of_practices(surroundings, DOUBTFUL, *[CHOICE] * 4)
    # For this one a practice that is near counts little without a room.
    assert beside_choices.pop("speaking-up") >= beside_facts.pop("speaking-up")
    assert all(beside_choices[each] > beside_facts[each] for each in beside_facts)


@each_reader
def test_a_room_makes_a_choice_likelier_to_be_spoken_up_for(surroundings: Surroundings) -> None:
    in_a_note = of_practices(surroundings, CHOICE, PLAIN)
    in_a_room = of_practices(surroundings, CHOICE, TO_A_ROOM)
    assert in_a_room.pop("speaking-up") > in_a_note.pop("speaking-up")
    assert in_a_room == in_a_note


@each_reader
def test_what_is_farther_away_counts_nothing(surroundings: Surroundings) -> None:
    far = [DOUBTFUL, *[PLAIN] * NEAR]
    assert of_practices(surroundings, *far, CHOICE) == of_practices(surroundings, *far, PLAIN)


@each_reader
def test_no_sentence_and_one(surroundings: Surroundings) -> None:
    assert likely(surroundings, []) == []
    assert len(likely(surroundings, [CHOICE])) == 1


WISH = "He would like the review moved to after the wedding."


def spoken_up(text: str) -> bool:
    """Whether it is shown for the wish that a text ends with."""
    return any(
        each.label == "speaking-up" and each.end > text.index(WISH)
        for each in review(text).practices
    )


def test_a_wish_is_spoken_up_for_where_it_is_said_to_a_room() -> None:
    assert spoken_up(f"Morning all, two things from me. Could we ask him in for this part? {WISH}")
    assert not spoken_up(f"We met at the library at two. The bus was late. {WISH}")
