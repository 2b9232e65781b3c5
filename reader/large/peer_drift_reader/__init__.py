"""The large reader: a small language model beside the kit's small reader.

It reads a sentence with what stands around it, so that it hears more of what two sentences say
together. How it was made, and how well it reads, is told in the kit's ``reader/MODEL_CARD.md``. It
is a package of its own, so that whoever does not ask for it downloads none of it:
``pip install peer-drift-kit[reader]``.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from peer_drift_kit.review.reader import Heard, Reader, likely
from peer_drift_kit.review.sentences import Span

__all__ = ["FOLDER", "LargeReader", "Window", "windows"]

#: Where the model's files are.
FOLDER = Path(__file__).parent

#: Tokens of a sentence that are read, tokens read at once, and tokens before them that are read
#: again, for what they tell about what follows. The model was trained with the same.
SENTENCE, MOST, BEFORE = 100, 128, 40


class LargeReader(Reader):
    """Made from the bytes of a small reader's file, and the model's files.

    Raises :class:`ValueError` where the two were not made for each other.
    """

    def __init__(self, data: bytes, folder: Path = FOLDER) -> None:
        super().__init__(data)
        told = json.loads((folder / "joined.json").read_text(encoding="utf-8"))
        if told["small"] != zlib.crc32(data):
            raise ValueError("the large reader was made for another small one")
        self._joined: list[list[float]] = told["joined"]
        self.shown_from: list[float] = told["shown_from"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._begin, self._end = (self._tokenizer.token_to_id(each) for each in ("[CLS]", "[SEP]"))
        options = SessionOptions()
        options.log_severity_level = 3  # warnings are for whoever makes the model
        self._session = InferenceSession(
            folder / "encoder.onnx", options, providers=["CPUExecutionProvider"]
        )

    def listen(
        self, text: str, sentences: Sequence[Span], hits: Iterable[Iterable[str]]
    ) -> Iterator[Heard]:
        written = [text[each.start : each.end] for each in sentences]
        encoded = self._tokenizer.encode_batch(written, add_special_tokens=False)
        by_small = super().listen(text, sentences, hits)
        for window in windows([each.ids[:SENTENCE] for each in encoded]):
            for said in self._said(window):
                heard = next(by_small)
                joined = tuple(
                    likely(small * one + large * other + shift)
                    for one, large, (small, other, shift) in zip(
                        heard.sums, said, self._joined, strict=True
                    )
                )
                yield replace(heard, likely=joined)

    def _said(self, window: "Window") -> Sequence[Sequence[float]]:
        """What the model says of each sentence of a window: sentences x labels."""
        ids = [self._begin, *window.before]
        places = []
        for sentence in window.sentences:
            places.append((len(ids), len(ids) + len(sentence)))
            ids += sentence
        ids.append(self._end)
        # Each sentence is the mean of its tokens; one without any is all zeros.
        means = np.zeros((len(places), len(ids)), np.float32)
        for row, (start, end) in enumerate(places):
            means[row, start:end] = 1 / max(1, end - start)
        given = {"ids": np.array([ids], np.int64), "means": means}
        said: Sequence[Sequence[float]] = self._session.run(["said"], given)[0].tolist()
        return said


class Window(NamedTuple):
    """Whole sentences that are read at once, as tokens, and what stands before them."""

    before: list[int]
    sentences: list[list[int]]


def windows(sentences: Sequence[list[int]]) -> Iterator[Window]:
    """The windows of a text: each sentence is in exactly one."""
    at = 0
    while at < len(sentences):
        before: list[int] = []
        back = at - 1
        while back >= 0 and len(before) + len(sentences[back]) <= BEFORE:
            before = sentences[back] + before
            back -= 1
        here = [sentences[at]]
        many = len(before) + len(sentences[at])
        at += 1
        while at < len(sentences) and many + len(sentences[at]) < MOST:
            here.append(sentences[at])
            many += len(sentences[at])
            at += 1
        yield Window(before, here)
