"""The circle's own file: kept whole, and told in one line when it cannot be read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.course.circle.record import Reading, circle_folder, load, needed, new, save
from peer_drift_kit.course.folder import CourseTrouble

READING = Reading("abcd234567", "ana", "bo", "window", "2026-01-02", words="Grüße 🪟", held=True)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    record = new(seed=7, per=2, names=True).with_readings([READING])
    save(tmp_path, "02", record)
    assert load(tmp_path, "02") == record
    assert needed(tmp_path, "02") == record
    assert [each.name for each in circle_folder(tmp_path, "02").iterdir()] == ["circle.json"]


def test_a_code_hangs_on_the_secret_and_on_who_reads_what() -> None:
    one, other = new(seed=1, per=2, names=False), new(seed=1, per=2, names=False)
    told = [("ana", "bo", "a"), ("ana", "bo", "b"), ("bo", "ana", "a"), ("an", "abo", "a")]
    codes = [record.code(*each) for record in (one, other) for each in told]
    assert len(set(codes)) == 8
    assert codes == [record.code(*each) for record in (one, other) for each in told]
    assert all(code.isalnum() and code.isascii() and code.islower() for code in codes)


def test_the_secret_is_not_shown_by_accident() -> None:
    record = new(seed=1, per=2, names=False)
    assert record.secret not in repr(record)


def test_who_reads_whom_now_leaves_out_what_was_taken_back() -> None:
    gone = replace(READING, author="cy", taken_back=True)
    twice = replace(READING, case="door")
    record = new(seed=1, per=2, names=False).with_readings([READING, gone, twice])
    assert record.pairs() == [("ana", "bo")]


def test_no_circle_yet_is_nothing_or_a_kind_line(tmp_path: Path) -> None:
    assert load(tmp_path, "02") is None
    with pytest.raises(CourseTrouble, match="There is no circle for 02 yet: peer-drift course"):
        needed(tmp_path, "02")


def damaged() -> list[Any]:
    whole = {"version": 1, "seed": 1, "per": 2, "names": False, "secret": "s", "readings": []}
    reading = {"code": "a", "reader": "b", "author": "c", "case": "d", "given": "e"}
    return [
        "",
        "[",
        "[]",
        "7",
        "[" * 100_000,
        b"\xff\xfe",
        {},
        whole | {"seed": "1"},
        whole | {"names": 1},
        whole | {"more": 1},
        whole | {"readings": 7},
        whole | {"readings": [7]},
        whole | {"readings": [{"code": "a"}]},
        whole | {"readings": [reading | {"words": None}]},
    ]


@pytest.mark.parametrize("data", damaged(), ids=lambda data: str(data)[:30])
def test_a_damaged_file_is_one_line(tmp_path: Path, data: Any) -> None:
    path = circle_folder(tmp_path, "02") / "circle.json"
    path.parent.mkdir(parents=True)
    text = json.dumps(data) if isinstance(data, dict) else data
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CourseTrouble) as told:
        load(tmp_path, "02")
    assert "is damaged" in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_of_another_version_is_left_alone(tmp_path: Path) -> None:
    path = circle_folder(tmp_path, "02") / "circle.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"version": 2}')
    with pytest.raises(CourseTrouble, match="another version of the kit"):
        load(tmp_path, "02")
