"""The practice sentences shown beside what was heard, and which of them is most like it."""

import struct
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import log, sqrt

from .features import phrases, pieces, single_words, tokens
from .labels import LABELS

__all__ = ["PracticeSentences"]

#: For each label, so many words are remembered with what they say. A hostile text has endless ones.
MOST_KNOWN = 2_000
#: What a piece of a word tells is written in these, as whole numbers. No text of 1 MB fills a lane.
_SMALL = 1_000_000


class PracticeSentences:
    """Some of each label. Each is given with all of its labels."""

    def __init__(self, sentences: Sequence[tuple[str, Sequence[str]]]) -> None:
        self._sentences = sentences
        self._known: dict[str, dict[str, int]] = {label: {} for label in LABELS}

    def most_like(self, words: Iterable[str], label: str) -> str:
        """That of a label which shares most with these words, each in lower case."""
        numbers = self._with_label[label]
        summed = sum([self._alike(label, word) for word in words])
        like = struct.unpack(f"<{len(numbers)}Q", summed.to_bytes(8 * len(numbers), "little"))
        return self._sentences[numbers[like.index(max(like))]][0]

    def _alike(self, label: str, word: str) -> int:
        """How like a word those of each sentence of a label are: a lane of eight bytes for each."""
        known = self._known[label]
        told = known.get(word)
        if told is None:
            here = self._by_piece[label]
            told = sum([here[piece] for piece in pieces(word) if piece in here])
            if len(known) < MOST_KNOWN:
                known[word] = told
        return told

    @cached_property
    def _with_label(self) -> dict[str, list[int]]:
        """The numbers of the sentences of each label."""
        return {
            label: [at for at, (_, of) in enumerate(self._sentences) if label in of]
            for label in LABELS
        }

    @cached_property
    def _by_piece(self) -> dict[str, dict[str, int]]:
        """By label: what a piece of a word tells for each of its sentences, in lanes.

        It tells more where fewer sentences have it, and where the sentence has fewer others.
        """
        of = [_pieces_of(text) for text, _ in self._sentences]
        many = Counter(piece for here in of for piece in here)
        rare = {piece: log(len(of) / each) for piece, each in many.items()}
        found: dict[str, dict[str, int]] = {label: {} for label in LABELS}
        for label, numbers in self._with_label.items():
            told = found[label]
            for lane, at in enumerate(numbers):
                share = _SMALL / sqrt(len(of[at]))
                for piece in of[at]:
                    told[piece] = told.get(piece, 0) + (round(rare[piece] * share) << 64 * lane)
        return found


def _pieces_of(text: str) -> set[str]:
    words = single_words(phrases(tokens(text, 0, len(text))))
    return {piece for word in words for piece in pieces(word)}
