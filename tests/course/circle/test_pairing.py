"""Who reads whom: balance, whoever comes late or goes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_drift_kit.course.circle.pairing import Circle, Reading, TooFew, pair

NAMES = [f"p{number:02}" for number in range(24)]
PEOPLE = st.sets(st.sampled_from(NAMES), min_size=2)
SEEDS = st.integers(0, 2**32 - 1)
PER = st.integers(1, 5)


def check_kind(circle: Circle, people: set[str]) -> None:
    """What holds in any circle: nobody by themselves, nobody twice, nobody else."""
    assert len(set(circle.readings)) == len(circle.readings)
    for reader, author in circle.readings:
        assert reader != author
        assert {reader, author} <= people


def loads(circle: Circle, people: set[str]) -> tuple[list[int], list[int]]:
    """How many each one reads, and how often each is read."""
    reads = Counter(reader for reader, _ in circle.readings)
    readers = Counter(author for _, author in circle.readings)
    return [reads[each] for each in people], [readers[each] for each in people]


def check_balanced(circle: Circle, people: set[str], per: int) -> None:
    check_kind(circle, people)
    assert circle.per == min(per, len(people) - 1)
    assert loads(circle, people) == ([circle.per] * len(people), [circle.per] * len(people))


@given(people=PEOPLE, per=PER, seed=SEEDS)
def test_everybody_reads_and_is_read_equally_often(people: set[str], per: int, seed: int) -> None:
    circle = pair(people, per, seed)
    check_balanced(circle, people, per)
    assert circle == pair(sorted(people, reverse=True), per, seed), "only the seed decides"


@given(people=st.sets(st.sampled_from(NAMES), min_size=7), seed=SEEDS)
def test_where_enough_sit_together_no_two_read_each_other(people: set[str], seed: int) -> None:
    readings = set(pair(people, 3, seed).readings)
    assert not any((author, reader) in readings for reader, author in readings)


def test_another_seed_is_another_circle() -> None:
    assert len({pair(NAMES, 2, seed).readings for seed in range(20)}) == 20


@pytest.mark.parametrize("people", [set(), {"ana"}])
def test_one_person_alone_is_no_circle(people: set[str]) -> None:
    with pytest.raises(TooFew, match="two people"):
        pair(people, 2, 1)


def test_two_people_read_each_other() -> None:
    circle = pair(["ana", "bo"], 2, 1)
    assert circle.per == 1
    assert set(circle.readings) == {("ana", "bo"), ("bo", "ana")}


@given(people=PEOPLE, per=PER, seed=SEEDS, other=SEEDS, data=st.data())
def test_a_second_run_changes_nothing(
    people: set[str], per: int, seed: int, other: int, data: st.DataObject
) -> None:
    readings = pair(people, per, seed).readings
    answered = data.draw(st.frozensets(st.sampled_from(readings)))
    assert pair(people, per, other, readings, answered).readings == readings


@given(people=PEOPLE, late=PEOPLE, per=PER, seed=SEEDS)
def test_latecomers_keep_exact_balance_while_nothing_is_answered(
    people: set[str], late: set[str], per: int, seed: int
) -> None:
    before = pair(people, per, seed).readings
    check_balanced(pair(people | late, per, seed, before), people | late, per)


@given(people=st.sets(st.sampled_from(NAMES[1:]), min_size=8), seed=SEEDS)
def test_one_latecomer_moves_no_more_than_they_take(people: set[str], seed: int) -> None:
    before = pair(people, 2, seed).readings
    after = pair({*people, NAMES[0]}, 2, seed, before).readings
    assert len(set(before) - set(after)) == 2


@given(people=st.sets(st.sampled_from(NAMES), min_size=4), per=PER, seed=SEEDS, data=st.data())
def test_whoever_goes_is_taken_out_and_their_readers_get_others(
    people: set[str], per: int, seed: int, data: st.DataObject
) -> None:
    before = pair(people, per, seed).readings
    gone = data.draw(st.sets(st.sampled_from(sorted(people)), max_size=len(people) - 2))
    check_balanced(pair(people - gone, per, seed, before), people - gone, per)


@settings(max_examples=300, deadline=None)
@given(per=PER, seed=SEEDS, data=st.data())
def test_whatever_happens_answers_stay_and_nobody_is_left_without(
    per: int, seed: int, data: st.DataObject
) -> None:
    readings: tuple[Reading, ...] = ()
    answered: frozenset[Reading] = frozenset()
    for _ in range(4):
        people = data.draw(PEOPLE)
        circle = pair(people, per, seed, readings, answered)
        check_kind(circle, people)
        here = {each for each in answered if set(each) <= people and each in readings}
        assert here <= set(circle.readings), "what is answered stays"
        reads, readers = loads(circle, people)
        assert min(reads) >= circle.per
        assert min(readers) >= circle.per
        if not here:
            check_balanced(circle, people, per)
        again = pair(people, per, seed + 1, circle.readings, answered)
        assert again.readings == circle.readings, "a second run changes nothing"
        readings = circle.readings
        answered |= data.draw(st.frozensets(st.sampled_from(readings)))


def test_where_all_is_answered_a_latecomer_gets_one_more_from_whoever_has_least() -> None:
    before = pair(["ana", "bo"], 1, 1).readings
    circle = pair(["ana", "bo", "cy"], 1, 1, before, frozenset(before))
    assert set(before) < set(circle.readings)
    assert loads(circle, {"cy"}) == ([1], [1])


def test_a_large_circle_is_quick_to_mend() -> None:
    people = [f"p{number}" for number in range(600)]
    before = pair(people[:500], 2, 1).readings
    check_balanced(pair(people[50:], 2, 1, before), set(people[50:]), 2)
