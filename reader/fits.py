"""Two ways to find a weight for each feature and label. The small reader takes a mean of them.

They err in different places. Weights that are added make weights again, so it costs nothing.
"""

from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from torch import nn

STRENGTH = 60.0  # the inverse of how much weights are held down
ROUNDS, BATCH, SPEED, HELD_DOWN, FORGOTTEN = 5, 1024, 0.04, 3e-7, 0.2


@dataclass(frozen=True)
class Weights:
    """``each``: features by labels; ``bias``: one a label."""

    each: np.ndarray
    bias: np.ndarray

    def say(self, rows: csr_matrix) -> np.ndarray:
        return np.asarray(rows @ self.each + self.bias)

    def scaled(self, by: np.ndarray, shift: np.ndarray) -> "Weights":
        return Weights(self.each * by, self.bias * by + shift)

    def and_nothing(self) -> "Weights":
        """With one more column, of which nothing is said."""
        return Weights(np.pad(self.each, ((0, 0), (0, 1))), np.append(self.bias, 0.0))

    def __add__(self, other: "Weights") -> "Weights":
        return Weights(self.each + other.each, self.bias + other.bias)


def by_labels(rows: csr_matrix, wanted: np.ndarray) -> Weights:
    """Logistic regression from labels that are there or not (rows by labels)."""
    models = [
        LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0).fit(rows, column)
        for column in wanted.T
    ]
    return Weights(
        np.stack([model.coef_[0] for model in models], axis=1),
        np.array([model.intercept_[0] for model in models]),
    )


def by_likelihoods(rows: csr_matrix, likely: np.ndarray) -> Weights:
    """A few rounds of descent from how likely labels are, with some features left out each time."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    rows = rows.astype(np.float32)
    wanted = torch.from_numpy(likely.astype(np.float32))
    words = nn.EmbeddingBag(rows.shape[1], likely.shape[1], mode="sum")
    nn.init.zeros_(words.weight)
    bias = nn.Parameter(torch.full((likely.shape[1],), -3.0))
    optimizer = torch.optim.Adam([words.weight, bias], lr=SPEED)
    steps = ROUNDS * -(-len(likely) // BATCH)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    for _ in range(ROUNDS):
        order = rng.permutation(len(likely))
        for start in range(0, len(order), BATCH):
            here = order[start : start + BATCH]
            batch = rows[here]
            kept = torch.rand(len(batch.data)) >= FORGOTTEN
            said = bias + words(
                torch.from_numpy(batch.indices.astype(np.int64)),
                torch.from_numpy(batch.indptr[:-1].astype(np.int64)),
                per_sample_weights=torch.from_numpy(batch.data) * kept / (1 - FORGOTTEN),
            )
            lost = nn.functional.binary_cross_entropy_with_logits(
                said, wanted[here], reduction="none"
            ).sum(1)
            optimizer.zero_grad()
            (lost.mean() + HELD_DOWN * words.weight.square().sum()).backward()
            optimizer.step()
            pace.step()
    return Weights(words.weight.detach().numpy(), bias.detach().numpy())
