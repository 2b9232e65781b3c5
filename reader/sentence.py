"""The labelled sentences that the readers learn from."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from peer_drift_kit.review.features import phrases, pieces, single_words, tokens
from peer_drift_kit.review.labels import LABELS
from peer_drift_kit.review.read import rule_hits
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.searcher import Searcher
from peer_drift_kit.review.sentences import Span

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Seen:
    """What the small reader sees of a sentence."""

    phrases: frozenset[str]
    pieces: Counter[str]
    hits: frozenset[str]


@dataclass(frozen=True)
class Sentence:
    text: str
    labels: frozenset[str]
    doubtful: frozenset[str]  # what one of two readings gave, and the other did not
    writer: str
    id: str
    to_a_room: bool  # said in a meeting
    seen: Seen
    own: bool  # written for the kit, so that it may be shown

    @property
    def wanted(self) -> list[float]:
        return [1.0 * (name in self.labels) + 0.5 * (name in self.doubtful) for name in LABELS]


def seen(text: str, span: Span, searcher: Searcher) -> Seen:
    here = phrases(tokens(text, *span))
    return Seen(
        phrases=frozenset(here),
        pieces=Counter(piece for word in single_words(here) for piece in pieces(word)),
        hits=frozenset(rule_hits(text, span, searcher)),
    )


def read_texts(path: Path, searcher: Searcher, *, own: bool) -> list[Sentence]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = " ".join(each["text"] for each in record["sentences"])
        start = 0
        for each in record["sentences"]:
            span = Span(start, start + len(each["text"]))
            start = span.end + 1
            labels = {*each["signs"], *each["practices"]}
            second = set(each.get("second", labels))
            found.append(
                Sentence(
                    text=each["text"],
                    labels=frozenset(labels & second),
                    doubtful=frozenset(labels ^ second),
                    writer=record["id"].rsplit("-", 1)[0],
                    id=record["id"],
                    to_a_room=record["kind"] == "meeting",
                    seen=seen(text, span, searcher),
                    own=own,
                )
            )
    return found


def all_texts(development: Path) -> tuple[list[Sentence], list[str]]:
    """The sentences of the development texts and of our own, and the writers of the former."""
    searcher = Searcher(rules())
    sentences = read_texts(development, searcher, own=False)
    writers = sorted({each.writer for each in sentences})
    for file in sorted(TEXTS.glob("*.jsonl")):
        sentences += read_texts(file, searcher, own=True)
    return sentences, writers
