"""How fast the reviewer reads, beside proselint on the same texts in the same process.

    python benchmarks/review_speed.py [runs]

The texts are the practice texts of ``reader/texts``, joined and cut to notes of some 150 words. The
claims for the small reader: loaded within 100 ms; a note of 150 words in at most 3 ms; time in
proportion to length, up to 1 MB; at least ten times as fast as proselint. For the large reader: a
note in at most 60 ms. (``pip install proselint==0.14.0`` to compare.)
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from peer_drift_kit.review import review
from peer_drift_kit.review.read import read
from peer_drift_kit.review.reader import FILE
from peer_drift_kit.review.rules import rules
from peer_drift_kit.review.searcher import Searcher

ROOT = Path(__file__).parents[1]
LOADING = """
import time
start = time.perf_counter()
from peer_drift_kit.review import get_ready, review
get_ready()
ready = time.perf_counter()
review("We met at two, and he said that the bus was late again.")
print(ready - start, time.perf_counter() - ready)
"""
WORDS = 150
NOTES = 200


def notes() -> list[str]:
    """Texts of about 150 words each."""
    found: list[str] = []
    now: list[str] = []
    for file in sorted((ROOT / "reader" / "texts").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            for sentence in json.loads(line)["sentences"]:
                now.append(sentence["text"])
                if sum(len(each.split()) for each in now) >= WORDS:
                    found.append(" ".join(now))
                    now = []
    step = max(1, len(found) // NOTES)
    return found[::step][:NOTES]


def milliseconds(work: Callable[[str], object], texts: list[str], runs: int) -> float:
    """The median time for one text, in ms, after every text was read once.

    Each text ends with another number each time, since proselint remembers what it has read.
    """
    for text in texts:
        work(text)
    times = []
    for _ in range(runs):
        for text in texts:
            start = time.perf_counter()
            work(f"{text} {time.time_ns()}")
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def by_large() -> Callable[[str], object]:
    """A review by the large reader, from where it lies."""
    sys.path.insert(0, str(ROOT / "reader" / "large"))
    from peer_drift_reader import LargeReader

    start = time.perf_counter()
    searcher, reader = Searcher(rules()), LargeReader(FILE.read_bytes())
    print(f"{(time.perf_counter() - start) * 1000:8.0f} ms  to load the large reader")

    def reviewed(text: str) -> object:
        reader._encoder.said.cache_clear()  # each sentence is new to it
        return read(text, searcher, reader)

    return reviewed


def main(runs: int) -> None:
    loads = [
        [float(each) for each in subprocess.check_output([sys.executable, "-c", LOADING]).split()]
        for _ in range(2 * runs + 1)
    ]
    load, first = (statistics.median(each) * 1000 for each in zip(*loads, strict=True))
    print(f"{load:8.0f} ms  to load")
    print(f"{first:8.0f} ms  the first sentence, for which expressions are compiled")
    texts = notes()
    mine = milliseconds(review, texts, runs)
    print(f"{mine:8.2f} ms  a note of {WORDS} words (median of {runs} times {len(texts)})")
    whole = " ".join(texts)
    for size in (10_000, 100_000, 1_000_000):
        text = (whole * (size // len(whole) + 1))[:size]
        start = time.perf_counter()
        review(text)
        spent = time.perf_counter() - start
        print(f"{spent * 1000:8.0f} ms  {size:>9,} characters: {spent / size * 1e6:.1f} us each")
    large = milliseconds(by_large(), texts[:50], 1)
    print(f"{large:8.2f} ms  the same note, for the large reader: {large / mine:.0f} times as long")
    try:
        from proselint.tools import lint
    except ImportError:
        print("         proselint 0.14.0 is not installed, so there is nothing to compare with")
        return
    theirs = milliseconds(lint, texts[:20], 1)
    print(f"{theirs:8.2f} ms  proselint: {theirs / mine:.0f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
