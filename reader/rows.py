"""What the small reader sees of sentences, as rows of numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack

from peer_drift_kit.review.labels import LABELS
from reader.sentence import Seen

PHRASE_SCALE, PIECE_SCALE, RULE_SCALE = 1.3, 1.0, 0.4
FEWEST = 2  # sentences that a feature must stand in


class Features:
    """The phrases and pieces that stand in at least two of some sentences."""

    def __init__(self, found: Sequence[Seen]) -> None:
        self.names: list[str] = []
        for kind in ("phrases", "pieces"):
            count = Counter(name for each in found for name in set(getattr(each, kind)))
            self.names += sorted(name for name, many in count.items() if many >= FEWEST)
        self._at = {name: column for column, name in enumerate(self.names)}

    def rows(self, found: Sequence[Seen]) -> csr_matrix:
        """A row for each; behind the features a column for each label that rules found."""
        row, column, value = [], [], []
        for number, each in enumerate(found):
            phrase = PHRASE_SCALE / np.sqrt(max(1, len(each.phrases)))
            piece = PIECE_SCALE / np.sqrt(max(1, each.pieces.total()))
            for name in each.phrases & self._at.keys():
                row.append(number)
                column.append(self._at[name])
                value.append(phrase)
            for name, times in each.pieces.items():
                if name in self._at:
                    row.append(number)
                    column.append(self._at[name])
                    value.append(piece * times)
        shape = (len(found), len(self.names))
        words = csr_matrix((np.array(value, np.float32), (row, column)), shape=shape)
        hits = np.array([[label in each.hits for label in LABELS] for each in found])
        return hstack([words, csr_matrix(RULE_SCALE * hits)], dtype=np.float32).tocsr()


@dataclass(frozen=True)
class Columns:
    """Those features that some rows know, and how rare each is among them.

    ``kept``: their columns; ``rare``: what each is scaled by; ``many``: in how many rows it stands.
    Behind the features come the labels that rules found, all of them, as they are.
    """

    kept: np.ndarray
    rare: np.ndarray
    many: np.ndarray

    @classmethod
    def known_to(cls, rows: csr_matrix) -> "Columns":
        many = rows.getnnz(axis=0)[: -len(LABELS)]
        kept = np.flatnonzero(many >= FEWEST)
        rare = np.sqrt(np.log(rows.shape[0] / many[kept]) / 4)
        return cls(kept, rare.astype(np.float32), many[kept])

    def only(self, told: np.ndarray) -> "Columns":
        return Columns(self.kept[told], self.rare[told], self.many[told])

    def of(self, rows: csr_matrix) -> csr_matrix:
        words = rows[:, self.kept] @ diags(self.rare)
        return hstack([words, rows[:, -len(LABELS) :]], dtype=np.float32).tocsr()
