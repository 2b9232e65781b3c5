"""Whatever the text, the review holds what it promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_drift_kit.review import review
from peer_drift_kit.review.rules import rules

SENTENCES = [sentence for rule in rules() for sentence in (*rule.flags, *rule.passes)]
ODD = st.text(max_size=200)
NOTES = st.lists(st.sampled_from(SENTENCES) | ODD, max_size=6).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(NOTES)
def test_places_are_in_the_text_and_reading_twice_is_reading_once(text: str) -> None:
    found = review(text, everything=True)
    both = (*found.findings, *found.practices)
    for each in both:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end].strip() == text[each.start : each.end]
    assert [each.start for each in found.findings] == sorted(e.start for e in found.findings)
    assert review(text, everything=True) == found


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join),
)
def test_two_texts_in_one_lose_nothing(one: str, two: str) -> None:
    joined = places(f"{one}\n\n{two}")
    shift = len(one) + 2
    assert places(one) <= joined
    assert {(label, start + shift, end + shift) for label, start, end in places(two)} <= joined


def places(text: str) -> set[tuple[str, int, int]]:
    found = review(text)
    return {(each.label, each.start, each.end) for each in (*found.findings, *found.practices)}


def test_emoji_combining_marks_and_line_ends_move_nothing() -> None:
    text = "👩🏽‍🦽 e\u0301\r\nمرحبا\r\nHe is manipulative."
    (found,) = (each for each in review(text).findings if each.label == "attributed-motive")
    assert text[found.start : found.end] == "manipulative"


@pytest.mark.parametrize(
    "part",
    ["he told her that ", "I said ", '"', "'", "(", "a", "no ", "she and I ", "“", "\n", "x "],
)
def test_endless_repetition_comes_to_an_end(part: str) -> None:
    """A pattern that backtracks without bound would not come back within anybody's patience."""
    text = part * (100_000 // len(part)) + "!"
    assert review(text).text == text
