"""A journal of its own for each test, and passphrases that cost little to try."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from peer_drift_kit.journal import Journal, lock


@pytest.fixture(autouse=True)
def _fresh_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key is held, as in a process that has just begun."""
    monkeypatch.setattr(lock, "STRENGTH", lock.Strength(n=2**4, r=8, p=1))
    lock.forget_keys()
    yield
    lock.forget_keys()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "room" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Journal:
    return Journal.open(path)
