"""Trains the large reader, after the small one: ``make reader``. Takes some 15 minutes.

    python reader/train_large.py DEV.jsonl

It goes on where the small one's teacher stopped: what has learned from our own practice texts now
learns from the development texts. For each writer of the latter there is one that never saw that
writer, for ``reader/score.py``. What was trained from the same texts before is not trained again.

Each is written in whole bytes ("quantised"), with the tokens that our texts or common English need.
"""

import json
import random
import shutil
import sys
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from joblib import Parallel, delayed
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor, nn

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "reader" / "large")]

from peer_drift_kit.review.heard import Heard  # noqa: E402
from peer_drift_kit.review.labels import LABELS  # noqa: E402
from peer_drift_kit.review.reader import FILE, Reader  # noqa: E402
from peer_drift_kit.review.sentences import Span  # noqa: E402
from peer_drift_reader import FOLDER, Encoder  # noqa: E402
from reader.around import learn_around  # noqa: E402
from reader.encoder import (  # noqa: E402
    BATCH,
    FIRST,
    Example,
    Model,
    as_taught,
    examples,
    learn,
    taught,
    tokenizer,
)
from reader.sentence import Sentence, all_texts  # noqa: E402
from reader.train import LEFT_OUT, SHOWN_FROM, answers, reliability  # noqa: E402

RELIABILITY = ROOT / "build" / "reliability-large.md"
LARGE = ROOT / "build" / "large"
#: The development texts come with some of our own, so as not to forget them.
THEN = {"epochs": 2, "speed": 7e-5}
KEPT_IN_MIND = 0.08
#: Tokens are listed by how common they are in English.
COMMON_TOKENS = 10_000


def write(model: Model, tokenizer: Tokenizer, used: set[int], folder: Path) -> None:
    """The model's files: ``encoder.onnx`` and ``tokenizer.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    told = json.loads(tokenizer.to_str())  # with its longest sentence, 128 tokens
    vocabulary = told["model"]["vocab"]
    kept = [
        (word, at)
        for word, at in sorted(vocabulary.items(), key=lambda item: item[1])
        if at in used
        or (at < COMMON_TOKENS and not word.startswith("[unused"))
        or len(word.removeprefix("##")) == 1
    ]
    told["model"]["vocab"] = {word: new for new, (word, _) in enumerate(kept)}
    for each in (*told["added_tokens"], *told["post_processor"]["special_tokens"].values()):
        name = each.get("content") or each["id"]
        if "ids" in each:
            each["ids"] = [told["model"]["vocab"][name]]
        else:
            each["id"] = told["model"]["vocab"][name]
    (folder / "tokenizer.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    embeddings = model.encoder.embeddings.word_embeddings
    whole = embeddings.weight
    embeddings.weight = nn.Parameter(whole[[at for _, at in kept]], requires_grad=False)
    exact = folder / "exact.onnx"
    torch.onnx.export(
        OneSentence(model),
        (torch.tensor([[1, 2, 3]]),),
        exact,
        input_names=["ids"],
        output_names=["said"],
        dynamic_axes={"ids": {1: "tokens"}},
        opset_version=17,
        dynamo=False,
    )
    embeddings.weight = whole
    quantize_dynamic(exact, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(folder / "encoder.onnx")
    exact.unlink()


class OneSentence(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor) -> Tensor:
        return self.model(ids, torch.ones_like(ids))[0]


def joined(small: np.ndarray, large: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """For each label: what a small reader's sum counts, what the model's, and a shift."""
    found = []
    for at in range(len(LABELS)):
        both = np.stack([small[:, at], large[:, at]], axis=1)
        model = LogisticRegression(C=1e4).fit(both, wanted[:, at])
        found.append([*model.coef_[0], model.intercept_[0]])
    return np.array(found)


def heard_by_small(writer: str, sentences: list[Sentence]) -> list[Heard]:
    """What the small reader that never saw this writer heard in these sentences."""
    reader = Reader((LEFT_OUT / f"{writer}.bin").read_bytes())
    return [reader.hear(each.text, Span(0, len(each.text)), each.seen.hits) for each in sentences]


@dataclass(frozen=True)
class Course:
    """What all of the models go through, each without one writer or none."""

    sentences: list[Sentence]
    found: list[Example]
    stamp: str

    def train(self, without: str | None, folder: Path) -> None:
        """Trains on all writers but one, unless that was done before."""
        done = folder / "stamp"
        if done.exists() and done.read_text(encoding="utf-8") == self.stamp:
            return
        torch.set_num_threads(1)  # two are trained side by side
        model = as_taught()
        both = list(zip(self.found, self.sentences, strict=True))
        others = [each for each, of in both if not of.own and of.writer != without]
        own = [each for each, of in both if of.own]
        reminded = random.Random(0).sample(own, int(len(own) * KEPT_IN_MIND))
        learn(model, others + reminded, f"without {without}", **THEN)
        used = {token for each in self.found for token in each.ids}
        write(model, tokenizer(), used, folder)
        done.write_text(self.stamp, encoding="utf-8")


def main(development: Path) -> None:
    sentences, writers = all_texts(development)
    found = examples(sentences)
    stamp = zlib.crc32(repr((found, FIRST, THEN, KEPT_IN_MIND, BATCH, COMMON_TOKENS)).encode())
    course = Course(sentences, found, str(stamp))
    taught(sentences)  # once, before two ask for it
    folders = [(writer, LEFT_OUT / writer) for writer in writers]
    Parallel(n_jobs=2)(delayed(course.train)(*each) for each in [*folders, (None, LARGE)])
    judged = [[each for each in sentences if each.writer == writer] for writer in writers]
    heard, said = [], []
    for writer, here in zip(writers, judged, strict=True):
        encoder = Encoder(LEFT_OUT / writer)
        heard += heard_by_small(writer, here)
        said += [encoder.said(each.text) for each in here]
    of_judged = [each for here in judged for each in here]
    small, large = np.array([each.sums for each in heard]), np.array(said)
    wanted = answers(of_judged)
    weights = joined(small, large, wanted)
    log_odds = small * weights[:, 0] + large * weights[:, 1] + weights[:, 2]
    rooms = np.array([each.room for each in heard])
    texts = [each.id for each in of_judged]
    surroundings, likely = learn_around(log_odds, rooms, texts, wanted)
    RELIABILITY.write_text(reliability(likely, wanted) + "\n", encoding="utf-8")
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(LARGE / name, FOLDER / name)
    told = {
        "joined": np.round(weights, 4).tolist(),
        "surroundings": asdict(surroundings),
        "shown_from": SHOWN_FROM,
    }
    files = [(FOLDER, FILE), *((LEFT_OUT / each, LEFT_OUT / f"{each}.bin") for each in writers)]
    for folder, small_file in files:
        of = {"small": zlib.crc32(small_file.read_bytes()), **told}
        (folder / "joined.json").write_text(json.dumps(of) + "\n", encoding="utf-8")
    print(f"encoder.onnx: {(FOLDER / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
