"""The practice sentences that are shown beside what was heard: of each label, what is typical."""

import re

import numpy as np
import torch

from peer_drift_kit.review.labels import LABELS
from reader.encoder import Model, in_batches
from reader.sentence import Sentence

MANY = 40  # kept for each label
#: Of a label that has more, as many are looked at.
LOOKED_AT = 1_000
#: Nobody meets these in an example who did not write of them.
NO_EXAMPLE = re.compile(
    r"\bSI\b|suicid|self.harm|overdos|firearm|weapon|\bdying|kill", re.IGNORECASE
)


def typical_sentences(sentences: list[Sentence]) -> list[tuple[str, list[str]]]:
    """Some of our own, short and clear, each with its labels."""
    rng = np.random.default_rng(0)
    fair = [
        each
        for each in sentences
        if each.own
        and 5 <= len(each.text.split()) <= 16
        and 1 <= len(each.labels) <= 2
        and not each.doubtful
        and not NO_EXAMPLE.search(each.text)
    ]
    looked_at: dict[str, list[Sentence]] = {}
    for label in LABELS:
        here = [each for each in fair if label in each.labels]
        looked_at[label] = [here[at] for at in rng.permutation(len(here))[:LOOKED_AT]]
    texts = sorted({each.text for here in looked_at.values() for each in here})
    places = dict(zip(texts, _meanings(texts), strict=True))
    kept: dict[str, list[str]] = {}
    for here in looked_at.values():
        meanings = np.array([places[each.text] for each in here])
        alone = np.array([len(each.labels) == 1 for each in here])
        for at in _typical(meanings, alone):
            kept[here[at].text] = sorted(here[at].labels)
    return list(kept.items())


def _typical(meanings: np.ndarray, alone: np.ndarray) -> list[int]:
    """One after the other, the one that brings most of them nearer to one that is kept.

    Those that have the label ``alone`` come first: they are the clearest.
    """
    candidates = np.flatnonzero(alone) if alone.sum() >= MANY else np.arange(len(alone))
    near = meanings[candidates] @ meanings.T
    nearest = np.zeros(len(meanings))
    kept = []
    for _ in range(min(MANY, len(candidates))):
        best = int(np.maximum(near - nearest, 0).sum(axis=1).argmax())
        kept.append(int(candidates[best]))
        nearest = np.maximum(nearest, near[best])
    return kept


@torch.no_grad()
def _meanings(texts: list[str]) -> np.ndarray:
    """Where an encoder that was taught nothing of ours puts each text, on the unit sphere."""
    model = Model().eval()
    found = np.zeros((len(texts), model.encoder.config.hidden_size), np.float32)
    for here, ids, mask in in_batches(texts):
        found[here] = torch.nn.functional.normalize(model.meaning(ids, mask), dim=1).numpy()
    return found
