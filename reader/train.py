"""Trains the learned reader: ``make reader``. Writes ``peer_drift_kit/review/reader.bin``.

    python reader/train.py DEV.jsonl

DEV.jsonl are the development texts (see the model card), to which the texts in ``reader/texts`` are
added. How well it reads is found by leaving one of the ten writers of the development texts out, in
turn. Needs numpy and scikit-learn; the kit itself needs neither.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from peer_drift_kit.review.features import phrases, pieces, single_words, tokens  # noqa: E402
from peer_drift_kit.review.labels import LABELS, SIGNS  # noqa: E402
from peer_drift_kit.review.read import rule_hits  # noqa: E402
from peer_drift_kit.review.reader import FILE  # noqa: E402
from peer_drift_kit.review.rules import rules  # noqa: E402
from peer_drift_kit.review.searcher import Searcher  # noqa: E402
from peer_drift_kit.review.sentences import Span  # noqa: E402

TEXTS = ROOT / "reader" / "texts"
#: For ``reader/score.py``: readers that never saw one of the writers.
LEFT_OUT = ROOT / "build" / "readers"
RELIABILITY = ROOT / "build" / "reliability.md"
STRENGTH = 60.0  # the inverse of how much weights are held down
PHRASE_SCALE, PIECE_SCALE, RULE_SCALE = 1.3, 1.0, 0.4
FEWEST = 2  # sentences that a feature must stand in
MOST_BYTES = 2_850_000  # of features and their weights; the rest of the file has less than 0.1 MB
EXAMPLES = 40  # practice sentences kept for each label
#: How likely a sign, and a practice, is to be where it is shown by default. A sign that is shown is
#: to be right nine times in ten; to be credited once too often does less harm.
SIGN_FROM, PRACTICE_FROM = 0.62, 0.40


@dataclass(frozen=True)
class Sentence:
    text: str
    labels: frozenset[str]
    doubtful: frozenset[str]  # what one of two readings gave, and the other did not
    writer: str
    id: str
    phrases: frozenset[str]
    pieces: Counter[str]
    hits: frozenset[str]
    own: bool  # written for the kit, so that it may be shown


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
            here = phrases(tokens(text, *span))
            found.append(
                Sentence(
                    text=each["text"],
                    labels=frozenset(labels & second),
                    doubtful=frozenset(labels ^ second),
                    writer=record["id"].rsplit("-", 1)[0],
                    id=record["id"],
                    phrases=frozenset(here),
                    pieces=Counter(piece for word in single_words(here) for piece in pieces(word)),
                    hits=frozenset(rule_hits(text, span, searcher)),
                    own=own,
                )
            )
    return found


def answers(sentences: list[Sentence]) -> np.ndarray:
    return np.array([[label in each.labels for label in LABELS] for each in sentences])


class Columns:
    """Turns sentences into rows. Which features there are, and how rare, it learns from some."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self.names: list[str] = []
        rare: list[float] = []
        for kind in ("phrases", "pieces"):
            count = Counter(name for each in sentences for name in set(getattr(each, kind)))
            for name, many in sorted(count.items()):
                if many >= FEWEST:
                    self.names.append(name)
                    rare.append(np.sqrt(np.log(len(sentences) / many) / 4))
        self.rare = np.array(rare)
        self.at = {name: column for column, name in enumerate(self.names)}

    def rows(self, sentences: list[Sentence]) -> csr_matrix:
        row, column, value = [], [], []
        for number, each in enumerate(sentences):
            many = sum(each.pieces.values())
            for name in each.phrases & self.at.keys():
                row.append(number)
                column.append(self.at[name])
                value.append(PHRASE_SCALE / np.sqrt(len(each.phrases)))
            for name, times in each.pieces.items():
                if name in self.at:
                    row.append(number)
                    column.append(self.at[name])
                    value.append(PIECE_SCALE * times / np.sqrt(many))
        scaled = np.array(value) * self.rare[column]
        words = csr_matrix((scaled, (row, column)), shape=(len(sentences), len(self.names)))
        hits = np.array([[label in each.hits for label in LABELS] for each in sentences])
        return hstack([words, csr_matrix(RULE_SCALE * hits)]).tocsr()


def fit(sentences: list[Sentence]) -> "Fitted":
    """The columns, a weight for each column and label, and a bias for each label."""
    columns = Columns(sentences)
    rows, wanted = columns.rows(sentences), answers(sentences)
    models = [
        LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(rows, wanted[:, at])
        for at in range(len(LABELS))
    ]
    weights = np.stack([model.coef_[0] for model in models], axis=1)
    return columns, weights, np.array([model.intercept_[0] for model in models])


Fitted = tuple[Columns, np.ndarray, np.ndarray]


def left_out(sentences: list[Sentence], writers: list[str]) -> dict[str, Fitted]:
    """For each of these writers, what is learned from all the others."""

    def one(writer: str) -> Fitted:
        return fit([each for each in sentences if each.writer != writer])

    return dict(zip(writers, Parallel(n_jobs=2)(map(delayed(one), writers)), strict=True))


def said_by(fitted: Fitted, sentences: list[Sentence]) -> np.ndarray:
    columns, weights, bias = fitted
    return np.asarray(columns.rows(sentences) @ weights + bias)


def calibrate(said: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """A slope and a shift for each label, so that 0.8 means right four times in five."""
    found = []
    for at in range(len(LABELS)):
        model = LogisticRegression(C=1e6).fit(said[:, at : at + 1], wanted[:, at])
        found.append((model.coef_[0, 0], model.intercept_[0]))
    return np.array(found)


def likely(said: np.ndarray, calibration: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(said * calibration[:, 0] + calibration[:, 1])))


def reliability(sure: np.ndarray, wanted: np.ndarray) -> str:
    """How often the reader was right, for each tenth of how sure it was."""
    rows = ["| it said | sentences and labels | it was so |", "|---|---|---|"]
    for low in np.arange(0.0, 1.0, 0.1):
        here = (sure >= low) & (sure < low + 0.1)
        rows.append(f"| {low:.1f} to {low + 0.1:.1f} | {here.sum()} | {wanted[here].mean():.2f} |")
    return "\n".join(rows)


def examples(sentences: list[Sentence]) -> list[tuple[str, list[str]]]:
    """Practice sentences to show beside what was heard: our own, short, and of few labels."""
    rng = np.random.default_rng(0)
    kept: dict[str, list[str]] = {}
    fair = [
        each
        for each in sentences
        if each.own and 5 <= len(each.text.split()) <= 22 and 1 <= len(each.labels) <= 2
    ]
    for label in LABELS:
        here = [each for each in fair if label in each.labels]
        for at in rng.permutation(len(here))[:EXAMPLES]:
            kept[here[at].text] = sorted(here[at].labels)
    return list(kept.items())


def as_fit(names: list[str], worth: np.ndarray) -> np.ndarray:
    """Which features go into the file: those that say most, as many as fit."""
    sizes = np.array([len(name.encode("utf-8")) + 1 + len(LABELS) for name in names])
    best = np.argsort(-worth, kind="stable")
    told = np.zeros(len(names), bool)
    told[best[np.cumsum(sizes[best]) <= MOST_BYTES]] = True
    return told


def packed(
    columns: Columns,
    weights: np.ndarray,
    bias: np.ndarray,
    calibration: np.ndarray,
    shown: list[tuple[str, list[str]]],
) -> bytes:
    """The reader file: a line of JSON, the names of features, and a byte for each weight."""
    words = weights[: len(columns.names)] * columns.rare[:, None]
    steps = np.abs(words).max(axis=0) / 127
    data = (np.round(words / steps) + 128).clip(1, 255).astype(np.uint8)
    told = as_fit(columns.names, np.abs(words / steps).max(axis=1))
    names = "\n".join(name for name, keep in zip(columns.names, told, strict=True) if keep)
    encoded = names.encode("utf-8")
    head = {
        "labels": list(LABELS),
        "names": len(encoded),
        "phrase_scale": PHRASE_SCALE,
        "piece_scale": PIECE_SCALE,
        "steps": [float(f"{each:.6g}") for each in steps],
        "bias": [round(float(each), 4) for each in bias],
        "rules": np.round(RULE_SCALE * weights[len(columns.names) :], 3).tolist(),
        "calibration": np.round(calibration, 4).tolist(),
        "shown_from": [SIGN_FROM if label in SIGNS else PRACTICE_FROM for label in LABELS],
        "examples": shown,
    }
    line = json.dumps(head, ensure_ascii=False).encode("utf-8")
    return line + b"\n" + encoded + data[told].tobytes()


def all_texts(development: Path) -> tuple[list[Sentence], list[str]]:
    """The sentences of the development texts and of our own, and the writers of the former."""
    searcher = Searcher(rules())
    sentences = read_texts(development, searcher, own=False)
    writers = sorted({each.writer for each in sentences})
    for file in sorted(TEXTS.glob("*.jsonl")):
        sentences += read_texts(file, searcher, own=True)
    return sentences, writers


def main(development: Path) -> None:
    sentences, writers = all_texts(development)
    judged = [each for each in sentences if each.writer in writers]
    wanted = answers(judged)
    print(f"{len(sentences)} sentences, {len(judged)} of them to judge by, {len(writers)} writers")
    folds = left_out(sentences, writers)
    said = np.concatenate(
        [said_by(folds[name], [each for each in judged if each.writer == name]) for name in writers]
    )
    calibration = calibrate(said, wanted)
    LEFT_OUT.mkdir(parents=True, exist_ok=True)
    shown = examples(sentences)
    for writer, fold in folds.items():
        (LEFT_OUT / f"{writer}.bin").write_bytes(packed(*fold, calibration, shown))
    FILE.write_bytes(packed(*fit(sentences), calibration, shown))
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB")
    RELIABILITY.write_text(reliability(likely(said, calibration), wanted) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
