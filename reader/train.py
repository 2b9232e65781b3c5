"""Trains the learned reader: ``make reader``. Writes ``peer_drift_kit/review/reader.bin``.

    python reader/train.py DEV.jsonl

DEV.jsonl are the development texts (see the model card), to which the texts in ``reader/texts`` are
added. Each weight is the mean of three. One is learned from what both readings of a sentence gave,
one from what either gave. The third is learned from a teacher, too: a language model that has seen
only our own texts says how likely it takes each label to be in hundreds of thousands of stretches
of them. Beside the labels it is learned whether a sentence is said in a meeting.

How well it reads is found by leaving one of the ten writers of the development texts out, in turn.
The kit itself needs none of what is needed here.
"""

import json
import pickle
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from peer_drift_kit.review.labels import LABELS, SIGNS  # noqa: E402
from peer_drift_kit.review.reader import FILE, LANES  # noqa: E402
from peer_drift_kit.review.rules import rules  # noqa: E402
from peer_drift_kit.review.searcher import Searcher  # noqa: E402
from peer_drift_kit.review.sentences import Span  # noqa: E402
from peer_drift_kit.review.surroundings import Surroundings  # noqa: E402
from reader.around import learn_around  # noqa: E402
from reader.encoder import opinions, taught  # noqa: E402
from reader.fits import Weights, by_labels, by_likelihoods  # noqa: E402
from reader.rows import PHRASE_SCALE, PIECE_SCALE, RULE_SCALE, Columns, Features  # noqa: E402
from reader.sentence import Sentence, all_texts, seen  # noqa: E402
from reader.typical import typical_sentences  # noqa: E402
from reader.variants import variants  # noqa: E402

#: For ``reader/score.py``: readers that never saw one of the writers.
LEFT_OUT = ROOT / "build" / "readers"
RELIABILITY = ROOT / "build" / "reliability.md"
#: What was learned last, and what tells whether it would be learned again.
LEARNED = ROOT / "build" / "learned.pickle"
MADE_BY = ("encoder.py", "fits.py", "rows.py", "sentence.py", "train.py", "variants.py")
MOST_BYTES = 2_850_000  # of features and their weights; the rest of the file has less than 0.1 MB
DEFLATED = 0.31  # what is left of a name
#: How likely a sign, and a practice, is to be where it is shown by default. A sign that is shown is
#: to be right nine times in ten; to be credited once too often does less harm.
SIGN_FROM, PRACTICE_FROM = 0.56, 0.39
SHOWN_FROM = [SIGN_FROM if label in SIGNS else PRACTICE_FROM for label in LABELS]


def answers(sentences: list[Sentence]) -> np.ndarray:
    return np.array([[label in each.labels for label in LABELS] for each in sentences])


def in_meetings(sentences: list[Sentence]) -> np.ndarray:
    return np.array([each.to_a_room for each in sentences])


@dataclass(frozen=True)
class Lesson:
    """What there is to learn from: sentences and variants, and what is wanted of each."""

    rows: csr_matrix
    by_both: np.ndarray  # labels; and behind them, whether it is said in a meeting
    by_either: np.ndarray
    likely: np.ndarray  # with what is doubtful half there
    more: csr_matrix
    opinions: np.ndarray

    def fit(self, taken: np.ndarray) -> "Fitted":
        """Learn from these of the sentences, and from all of the variants."""
        here = self.rows[taken]
        columns = Columns.known_to(here)
        mine = columns.of(here)
        both = vstack([mine, columns.of(self.more)]).tocsr()
        likely = np.concatenate([self.likely[taken], self.opinions])
        return columns, (
            by_labels(mine, self.by_both[taken]),
            by_labels(mine, self.by_either[taken]),
            by_likelihoods(both, likely).and_nothing(),
        )


Fitted = tuple[Columns, tuple[Weights, ...]]


def lesson(sentences: list[Sentence], features: Features, rows: csr_matrix) -> Lesson:
    searcher = Searcher(rules())
    made = variants([each.text for each in sentences if each.own])
    likely = np.array([each.wanted for each in sentences])
    print(f"{len(made)} variants of our own sentences, for the teacher", flush=True)
    return Lesson(
        rows=rows,
        by_both=np.column_stack([likely == 1, in_meetings(sentences)]),
        by_either=np.column_stack([likely > 0, in_meetings(sentences)]),
        likely=likely,
        more=features.rows([seen(each, Span(0, len(each)), searcher) for each in made]),
        opinions=opinions(taught(sentences), made),
    )


def calibrate(said: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """A slope and a shift for each column, so that 0.8 means right four times in five."""
    found = []
    for at in range(said.shape[1]):
        model = LogisticRegression(C=1e6).fit(said[:, at : at + 1], wanted[:, at])
        found.append((model.coef_[0, 0], model.intercept_[0]))
    return np.array(found)


def reliability(sure: np.ndarray, wanted: np.ndarray) -> str:
    """How often the reader was right, for each tenth of how sure it was."""
    rows = ["| it said | sentences and labels | it was so |", "|---|---|---|"]
    for low in np.arange(0.0, 1.0, 0.1):
        here = (sure >= low) & (sure < low + 0.1)
        rows.append(f"| {low:.1f} to {low + 0.1:.1f} | {here.sum()} | {wanted[here].mean():.2f} |")
    return "\n".join(rows)


def as_fit(names: list[str], columns: Columns, weights: Weights) -> tuple[Columns, Weights]:
    """As many features as fit into the file: those that say most, and in most sentences."""
    many = len(columns.kept)
    sizes = np.array([DEFLATED * (len(names[at].encode()) + 1) + LANES for at in columns.kept])
    words = weights.each[:many] * columns.rare[:, None]
    worth = np.abs(words / np.abs(words).max(axis=0)).max(axis=1) * np.sqrt(columns.many)
    best = np.argsort(-worth, kind="stable")
    told = np.zeros(many, bool)
    told[best[np.cumsum(sizes[best]) <= MOST_BYTES]] = True
    each = weights.each[np.concatenate([told, np.ones(len(LABELS), bool)])]
    return columns.only(told), Weights(each, weights.bias)


def packed(
    names: list[str],
    columns: Columns,
    weights: Weights,
    calibration: np.ndarray,
    surroundings: Surroundings,
    shown: list[tuple[str, list[str]]],
) -> bytes:
    """The reader file: a line of JSON, the names of features (deflated), a byte for each weight."""
    many = len(columns.kept)
    words = weights.each[:many] * columns.rare[:, None]
    steps = np.abs(words).max(axis=0) / 127
    data = (np.round(words / steps) + 128).clip(1, 255).astype(np.uint8)
    encoded = zlib.compress("\n".join(names[at] for at in columns.kept).encode(), 9)
    head = {
        "labels": list(LABELS),
        "names": len(encoded),
        "phrase_scale": PHRASE_SCALE,
        "piece_scale": PIECE_SCALE,
        "steps": [float(f"{each:.6g}") for each in steps],
        "bias": [round(float(each), 4) for each in weights.bias],
        "rules": np.round(RULE_SCALE * weights.each[many:], 3).tolist(),
        "calibration": np.round(calibration, 4).tolist(),
        "surroundings": asdict(surroundings),
        "shown_from": SHOWN_FROM,
        "examples": shown,
    }
    line = json.dumps(head, ensure_ascii=False).encode("utf-8")
    return line + b"\n" + encoded + data.tobytes()


def left_out(
    found: list[tuple[Columns, Weights]], rows: csr_matrix, judged: list[np.ndarray]
) -> np.ndarray:
    """What is said of each writer's sentences by weights that never saw that writer."""
    return np.concatenate(
        [
            weights.say(columns.of(rows[here]))
            for here, (columns, weights) in zip(judged, found, strict=True)
        ]
    )


def learned(
    sentences: list[Sentence], judged: list[np.ndarray], features: Features, rows: csr_matrix
) -> list[tuple[Columns, Weights]]:
    """What fits into a reader file: for each writer without that writer, and then of all.

    ``judged`` is where each writer's sentences are, ``rows`` what ``features`` are in all. What was
    learned from the same texts in the same way before is not learned again.
    """
    told = [
        (each.text, each.writer, each.wanted, each.to_a_room, sorted(each.seen.hits))
        for each in sentences
    ]
    code = [(ROOT / "reader" / name).read_text(encoding="utf-8") for name in MADE_BY]
    stamp = zlib.crc32(repr((told, code, features.names, MOST_BYTES)).encode())
    if LEARNED.exists():
        before, found = pickle.loads(LEARNED.read_bytes())  # noqa: S301 (our own, from this folder)
        if before == stamp:
            return list(found)
    taken = lesson(sentences, features, rows)
    wanted = np.concatenate([taken.by_both[here] for here in judged])
    everyone = np.arange(len(sentences))
    fitted = Parallel(n_jobs=2, verbose=10)(
        delayed(taken.fit)(np.setdiff1d(everyone, here)) for here in (*judged, [])
    )
    many = len(fitted[0][1])
    shares = []
    for at in range(many):
        one = [(columns, each[at]) for columns, each in fitted[:-1]]
        shares.append(calibrate(left_out(one, rows, judged), wanted) / many)
    found = []
    for columns, each in fitted:
        parts = [one.scaled(*share.T) for one, share in zip(each, shares, strict=True)]
        found.append(as_fit(features.names, columns, sum(parts[1:], parts[0])))
    LEARNED.write_bytes(pickle.dumps((stamp, found)))
    return found


def main(development: Path) -> None:
    sentences, writers = all_texts(development)
    print(f"{len(sentences)} sentences; to judge by: {len(writers)} writers")
    features = Features([each.seen for each in sentences])
    rows = features.rows([each.seen for each in sentences])
    of = np.array([each.writer for each in sentences])
    judged = [np.flatnonzero(of == name) for name in writers]
    found = learned(sentences, judged, features, rows)
    of_judged = [sentences[at] for here in judged for at in here]
    wanted = answers(of_judged)
    said = left_out(found[:-1], rows, judged)
    calibration = calibrate(said, np.column_stack([wanted, in_meetings(of_judged)]))
    log_odds = said * calibration[:, 0] + calibration[:, 1]
    texts = [each.id for each in of_judged]
    surroundings, likely = learn_around(log_odds[:, :-1], log_odds[:, -1], texts, wanted)
    LEFT_OUT.mkdir(parents=True, exist_ok=True)
    shown = typical_sentences(sentences)
    files = [LEFT_OUT / f"{writer}.bin" for writer in writers] + [FILE]
    for file, each in zip(files, found, strict=True):
        file.write_bytes(packed(features.names, *each, calibration, surroundings, shown))
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB")
    RELIABILITY.write_text(reliability(likely, wanted) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
