"""The large reader: a small language model beside the kit's small reader.

How it was made, and how well it reads, is told in the kit's ``reader/MODEL_CARD.md``. It is a
package of its own, so that whoever does not ask for it downloads none of it:
``pip install peer-drift-kit[reader]``.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from peer_drift_kit.review.heard import Heard
from peer_drift_kit.review.reader import Reader
from peer_drift_kit.review.sentences import Span
from peer_drift_kit.review.surroundings import Surroundings

__all__ = ["FOLDER", "Encoder", "LargeReader"]

#: Where the model's files are.
FOLDER = Path(__file__).parent


class Encoder:
    """The language model. It reads one sentence at a time, so that no other sentence sways it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        options = SessionOptions()
        options.log_severity_level = 3  # its warnings are for whoever makes a model
        self._session = InferenceSession(
            folder / "encoder.onnx", options, providers=["CPUExecutionProvider"]
        )

        # While somebody types, all sentences but one are as they were.
        self.said = lru_cache(maxsize=1_000)(self._said)

    def _said(self, sentence: str) -> Sequence[float]:
        """What speaks for each label, in the order of LABELS; more than 0 speaks for it."""
        ids = np.array([self._tokenizer.encode(sentence).ids], np.int64)
        sums: Sequence[float] = self._session.run(["said"], {"ids": ids})[0].tolist()
        return sums


class LargeReader(Reader):
    """Made from the bytes of a small reader's file, and the model's files: it asks both.

    Raises :class:`ValueError` where the two were not made for each other.
    """

    def __init__(self, data: bytes, folder: Path = FOLDER) -> None:
        super().__init__(data)
        told = json.loads((folder / "joined.json").read_text(encoding="utf-8"))
        if told["small"] != zlib.crc32(data):
            raise ValueError("the large reader was made for another small one")
        self._joined: list[list[float]] = told["joined"]
        self._surroundings = Surroundings(**told["surroundings"])
        self.shown_from: list[float] = told["shown_from"]
        self._encoder = Encoder(folder)

    def hear(self, text: str, sentence: Span, hits: Iterable[str]) -> Heard:
        heard = super().hear(text, sentence, hits)
        said = self._encoder.said(text[sentence.start : sentence.end])
        joined = zip(heard.sums, said, self._joined, strict=True)
        return replace(
            heard,
            log_odds=tuple(
                of_small * one + of_large * other + shift
                for one, other, (of_small, of_large, shift) in joined
            ),
        )
