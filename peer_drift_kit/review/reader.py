"""The learned sentence reader: hears everyday drift that no list of words could hold.

It weighs the phrases of a sentence, the pieces of its words and what the rules found there, and
says what speaks for each label, and for being said to a room. Its weights were learned from
labelled texts; how, and how well it reads, is told in ``reader/MODEL_CARD.md``.

Weights are read as they lie in the file, a byte for each of these. A feature's bytes become one
large whole number with a lane of four bytes for each, so that adding two numbers adds all of them
at once, without a loop in Python.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path

from .features import phrases, pieces, runs, single_words, tokens
from .heard import Heard
from .labels import LABELS
from .practice import PracticeSentences
from .sentences import Span
from .surroundings import Surroundings

__all__ = ["FILE", "LANES", "Reader"]

FILE = Path(__file__).parent / "reader.bin"

#: What is weighed: the labels, and behind them whether the sentence is said to a room.
LANES = len(LABELS) + 1
_LANES = struct.Struct(f"<{LANES}I")
#: The longest run of words that is looked at for what was heard.
MOST_WORDS = 8
#: So many words are remembered with what they say. A hostile text has endless new ones.
MOST_KNOWN = 20_000
#: A weight of 0 is written as this, so that no lane ever borrows from the next.
_ZERO = 128


class Reader:
    """Made from the bytes of a reader file; see :func:`packed` in ``reader/train.py``."""

    def __init__(self, data: bytes) -> None:
        head, rest = data.split(b"\n", 1)
        told = json.loads(head)
        if told["labels"] != list(LABELS):
            raise ValueError("the reader file was made for other labels: make reader")
        names = zlib.decompress(rest[: told["names"]]).decode("utf-8").split("\n")
        self._weights = rest[told["names"] :]
        self._at = dict(zip(names, range(0, len(names) * LANES, LANES), strict=True))
        self._phrase_scale: float = told["phrase_scale"]
        self._piece_scale: float = told["piece_scale"]
        self._steps: list[float] = told["steps"]
        self._bias: list[float] = told["bias"]
        self._rules: list[list[float]] = told["rules"]
        self._calibration: list[list[float]] = told["calibration"]
        self.shown_from: list[float] = told["shown_from"]
        self._surroundings = Surroundings(**told["surroundings"])
        self._practice = PracticeSentences(told["examples"])
        # What was met before is kept as a number. There are only as many as the file has.
        self._numbers = _Numbers(self._at, self._weights)
        self._words: dict[str, tuple[int, int, int]] = {}

    def listen(
        self, text: str, sentences: Sequence[Span], hits: Iterable[Iterable[str]]
    ) -> Iterator[Heard]:
        """Read the sentences of a text. ``hits``: for each, the labels that rules found in it."""
        heard = (self.hear(text, *each) for each in zip(sentences, hits, strict=True))
        return self._surroundings.listen(heard)

    def hear(self, text: str, sentence: Span, hits: Iterable[str]) -> Heard:
        """Read one sentence by itself."""
        words = tokens(text, *sentence)
        found = phrases(words)
        known = list(map(self._numbers.__getitem__, filter(self._at.__contains__, found)))
        scale = self._phrase_scale / sqrt(len(found))
        total = self._added(self._bias, sum(known), len(known), scale)
        summed = many = of = 0
        single = single_words(found)
        for word in single:
            number, here, all_pieces = self._word(word)
            summed, many, of = summed + number, many + here, of + all_pieces
        if many:
            total = self._added(total, summed, many, self._piece_scale / sqrt(of))
        for hit in set(hits):
            for label, weight in enumerate(self._rules[LABELS.index(hit)]):
                total[label] += weight
        *log_odds, room = [
            slope * each + shift
            for each, (slope, shift) in zip(total, self._calibration, strict=True)
        ]
        return Heard(tuple(log_odds), tuple(total[:-1]), room, words, single)

    def _added(self, total: Sequence[float], summed: int, many: int, scale: float) -> list[float]:
        """For each lane, the total and the scaled weights of ``many`` features, summed up."""
        lanes = _LANES.unpack(summed.to_bytes(_LANES.size, "little"))
        low = _ZERO * many
        return [
            each + scale * step * (lane - low)
            for each, step, lane in zip(total, self._steps, lanes, strict=True)
        ]

    def words_for(self, label: str, heard: Heard, sentence: Span) -> Span:
        """Where in the text the words stand that speak most for a label.

        They are at most eight in a row and lie within one clause.
        """
        lane = LABELS.index(label)
        if not heard.known:
            for name, first, last in runs(heard.words, most=2):
                at = self._at.get(name)
                if at is not None:
                    heard.known.append((at, first, last))
        words, weights = heard.words, self._weights
        worth = [0.0] * len(words)
        for at, first, last in heard.known:
            weight = weights[at + lane] - _ZERO
            if last - first == 1:
                worth[first] += weight
            elif weight:
                each = weight / (last - first)
                for number in range(first, last):
                    worth[number] += each
        best, place, first, summed = float("-inf"), sentence, 0, 0.0
        for last, (each, begins) in enumerate(zip(worth, heard.begins, strict=True)):
            if summed <= 0 or begins:
                first, summed = last, 0.0
            elif last - first == MOST_WORDS:
                summed -= worth[first]
                first += 1
            summed += each
            if summed > best:
                best, place = summed, Span(words[first][2], words[last][3])
        return place

    def example(self, label: str, heard: Heard) -> str:
        """The practice sentence with this label that is most like what was heard."""
        return self._practice.most_like(heard.single_words, label)

    def _word(self, word: str) -> tuple[int, int, int]:
        """The sum over the pieces of a word, how many of them are known, and how many it has."""
        told = self._words.get(word)
        if told is None:
            of = pieces(word)
            known = list(map(self._numbers.__getitem__, filter(self._at.__contains__, of)))
            told = sum(known), len(known), len(of)
            if len(self._words) < MOST_KNOWN:
                self._words[word] = told
        return told


class _Numbers(dict[str, int]):
    """The weights of each known feature as one number, made when it is first met."""

    def __init__(self, at: dict[str, int], weights: bytes) -> None:
        self._at, self._weights = at, weights

    def __missing__(self, name: str) -> int:
        lanes = bytearray(_LANES.size)
        at = self._at[name]
        lanes[::4] = self._weights[at : at + LANES]
        number = self[name] = int.from_bytes(lanes, "little")
        return number
