"""The reviewer on the project's labelled texts, where they lie beside the clone."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from peer_drift_kit.review import review
from peer_drift_kit.review.read import read
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.searcher import Searcher

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the labelled texts are not beside this clone ({CORPUS.name}/)"
)


@pytest.fixture(scope="module")
def score() -> Any:
    told = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert told
    assert told.loader
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def records(score: Any) -> Any:
    return score.read(CORPUS / "dev.jsonl")


def text_of(record: Any) -> str:
    return " ".join(each["text"] for each in record["sentences"])


def test_what_rules_notice_is_nearly_always_so(score: Any, records: Any) -> None:
    """Rules do not learn from these texts, so this is no figure of what was learned by heart."""
    kit = Searcher(rules())
    found = [
        {
            "id": each["id"],
            "findings": [vars(one) for one in read(text_of(each), kit).findings],
        }
        for each in records
    ]
    assert score.score(records, found)["micro-signs"]["precision"] >= 0.9


def test_the_shipped_reader_is_the_one_that_was_trained(score: Any, records: Any) -> None:
    """It knows these texts: what it says of them has to be far better than what rules say."""
    found = []
    for each in records:
        seen = review(text_of(each))
        both = (*seen.findings, *seen.practices)
        found.append({"id": each["id"], "findings": [vars(one) for one in both]})
    result = score.score(records, found)
    assert result["micro-signs"]["f1"] >= 0.9
    assert result["micro-practices"]["f1"] >= 0.9
