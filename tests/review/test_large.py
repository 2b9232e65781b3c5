"""The large reader: beside the small one, behind one interface, and only where it is installed."""

import json
import shutil
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from test_reader import own_strings

from peer_drift_kit import review as package
from peer_drift_kit.review import Review, review
from peer_drift_kit.review.read import read
from peer_drift_kit.review.reader import FILE, Reader
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.searcher import Searcher

ROOT = Path(__file__).parents[2]
LARGE = ROOT / "reader" / "large"
sys.path.insert(0, str(LARGE))
from peer_drift_reader import FOLDER, LargeReader  # noqa: E402

sys.path.remove(str(LARGE))
del sys.modules["peer_drift_reader"]  # nobody else finds it

KIT = Searcher(rules())
SMALL = Reader(FILE.read_bytes())


@pytest.fixture(scope="module")
def large() -> Reader:
    return LargeReader(FILE.read_bytes())


@pytest.fixture
def fresh() -> Iterator[None]:
    """Readers are chosen once; choose anew, before and after."""
    package._reader.cache_clear()
    yield
    package._reader.cache_clear()


def told(found: Review) -> list[tuple[str, int, int]]:
    return [(each.label, each.start, each.end) for each in (*found.findings, *found.practices)]


def test_it_is_asked_where_it_is_installed(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(LARGE))
    assert type(package._reader()).__name__ == "LargeReader"
    del sys.modules["peer_drift_reader"]


def test_without_it_the_small_reader_reads(fresh: None) -> None:
    assert type(package._reader()) is Reader
    assert review("Pt is non-compliant.").findings


def test_one_for_another_small_reader_is_left_out_and_says_so(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = tmp_path / "peer_drift_reader"
    shutil.copytree(FOLDER, copied)
    of = json.loads((copied / "joined.json").read_text(encoding="utf-8"))
    (copied / "joined.json").write_text(json.dumps({**of, "small": 1}), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.warns(UserWarning, match=r"pip install -U peer-drift-kit\[reader\]"):
        assert type(package._reader()) is Reader
    del sys.modules["peer_drift_reader"]


def test_one_of_an_older_kit_is_left_out_and_says_so(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    old = tmp_path / "peer_drift_reader"
    old.mkdir()
    (old / "__init__.py").write_text(
        "from peer_drift_kit.review.reader import of_old\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.warns(UserWarning, match=r"pip install -U peer-drift-kit\[reader\]"):
        assert type(package._reader()) is Reader


def test_it_was_made_for_the_small_reader_that_is_shipped() -> None:
    of = json.loads((FOLDER / "joined.json").read_text(encoding="utf-8"))
    assert of["small"] == zlib.crc32(FILE.read_bytes()), "make reader"


@pytest.mark.parametrize(
    "text",
    [
        "The tenancy papers went off on Monday, he can hear about it when it is done.",
        "I've been jotting down what he says at the café for the psychologist, and he has no idea.",
    ],
)
def test_it_hears_what_the_small_one_does_not(text: str, large: Reader) -> None:
    assert "behind-the-back" not in [each[0] for each in told(read(text, KIT, SMALL))]
    assert "behind-the-back" in [each[0] for each in told(read(text, KIT, large))]


@pytest.mark.parametrize("text", own_strings())
def test_the_kits_own_words_pass_it(text: str, large: Reader) -> None:
    assert read(text, KIT, large).findings == ()


def test_a_sign_is_heard_the_same_wherever_it_stands(large: Reader) -> None:
    one, other = "I let her mum know what she told me.", "We met at the library at two."
    (alone,) = read(one, KIT, large).findings
    (behind,) = read(f"{other} {one}", KIT, large).findings
    away = len(other) + 1
    assert behind == replace(alone, start=alone.start + away, end=alone.end + away)


@pytest.mark.parametrize("text", ["🙂", "\x00", "שלום, מה שלומך?", "x" * 5000, "а́" * 300])
def test_it_survives_any_text(large: Reader, text: str) -> None:
    found = read(text, KIT, large)
    assert all(0 <= each.start < each.end <= len(text) for each in found.findings)


def test_its_files_are_small_enough_to_fetch() -> None:
    assert (FOLDER / "encoder.onnx").stat().st_size < 20_000_000
