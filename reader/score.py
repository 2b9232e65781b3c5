"""The reviewer beside simpler readers, judged by texts whose writer none of them has seen.

    python reader/score.py DEV.jsonl SCORE.py

Run by ``make reader``, after the training, which leaves a reader behind for each writer left out.
Writes the figures into the model card. Each of the readers left behind reads through the kit's own
code, as a learner's text is read. Texts and scorer are not the kit's.
"""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "reader" / "large")]

from peer_drift_kit.review.labels import LABELS  # noqa: E402
from peer_drift_kit.review.read import read  # noqa: E402
from peer_drift_kit.review.reader import Reader  # noqa: E402
from peer_drift_kit.review.rules import rules  # noqa: E402
from peer_drift_kit.review.searcher import Searcher  # noqa: E402
from peer_drift_reader import LargeReader  # noqa: E402
from reader.train import LEFT_OUT, RELIABILITY  # noqa: E402
from reader.train_large import RELIABILITY as RELIABILITY_LARGE  # noqa: E402

CARD = ROOT / "reader" / "MODEL_CARD.md"
Record = dict[str, Any]
Found = list[dict[str, Any]]
#: The clinical idioms and guessed motives that the supervisor's checklist names.
CHECKLIST = {
    "clinical-language": r"diagnos\w+|low functioning|decompensat\w+|suicidal|symptom\w*",
    "attributed-motive": r"manipulat\w+|triangulat\w+|sabotag\w+|help.seeking.reject\w+",
}
ROWS = ("micro-signs", "micro-practices", "any-sign")


def text_of(record: Record) -> str:
    return " ".join(each["text"] for each in record["sentences"])


def spans(record: Record) -> list[tuple[int, int]]:
    found, start = [], 0
    for each in record["sentences"]:
        found.append((start, start + len(each["text"])))
        start = found[-1][1] + 1
    return found


def writer(record: Record) -> str:
    return str(record["id"]).rsplit("-", 1)[0]


def by_checklist(record: Record) -> Found:
    return [
        {"label": label, "start": each.start(), "end": each.end()}
        for label, words in CHECKLIST.items()
        for each in re.finditer(words, text_of(record), re.IGNORECASE)
    ]


def by_tfidf(records: list[Record]) -> Callable[[Record], Found]:
    """TF-IDF and logistic regression, leaving out one writer at a time."""
    said: dict[str, np.ndarray] = {}
    for name in sorted({writer(each) for each in records}):
        others = [s for r in records if writer(r) != name for s in r["sentences"]]
        vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        rows = vectors.fit_transform([each["text"] for each in others])
        here = [each for each in records if writer(each) == name]
        held = vectors.transform([s["text"] for r in here for s in r["sentences"]])
        columns = []
        for label in LABELS:
            wanted = [label in (*s["signs"], *s["practices"]) for s in others]
            model = LogisticRegression(C=20, solver="liblinear").fit(rows, wanted)
            columns.append(model.predict_proba(held)[:, 1])
        likely = np.stack(columns, axis=1)
        at = 0
        for record in here:
            said[record["id"]] = likely[at : at + len(record["sentences"])]
            at += len(record["sentences"])
    return lambda record: [
        {"label": label, "start": start, "end": end}
        for (start, end), likely in zip(spans(record), said[record["id"]], strict=True)
        for label, sure in zip(LABELS, likely, strict=True)
        if sure >= 0.25
    ]


def by_alex(records: list[Record]) -> Callable[[Record], Found]:
    """A linter of insensitive words, https://alexjs.com. Pronouns, which it flags, are allowed.

    It knows no signs of drift. What it flags is taken for clinical language, the nearest of them.
    """
    found: dict[str, Found] = {each["id"]: [] for each in records}
    texts = {each["id"]: text_of(each) for each in records}
    with tempfile.TemporaryDirectory() as folder:
        allowed = ["he-she", "her-him", "hers-his", "herself-himself"]
        Path(folder, ".alexrc").write_text(json.dumps({"allow": allowed}), encoding="utf-8")
        for name, text in texts.items():
            Path(folder, f"{name}.txt").write_text(text.replace("\n", " "), encoding="utf-8")
        command = ["npx", "--yes", "alex@11.0.1", "--text", *(f"{name}.txt" for name in texts)]
        run = subprocess.run(  # noqa: S603 (a fixed command on our own texts)
            command, cwd=folder, capture_output=True, text=True, check=False
        )
    name = ""
    for line in run.stderr.splitlines():
        if line.split(".txt")[0] in found:
            name = line.split(".txt")[0]
        elif place := re.match(r"\s+1:(\d+)-1:(\d+)\s+warning", line):
            start, end = (int(each) - 1 for each in place.groups())
            found[name].append({"label": "clinical-language", "start": start, "end": end})
    assert any(found.values()), f"alex said nothing at all: {run.stderr[:500]}"
    return lambda record: found[record["id"]]


def by_kit(searcher: Searcher, readers: Mapping[str, Reader], *, everything: bool = False) -> Any:
    def found(record: Record) -> Found:
        reader = readers.get(writer(record))
        seen = read(text_of(record), searcher, reader, everything=everything)
        return [
            {"label": each.label, "start": each.start, "end": each.end}
            for each in (*seen.findings, *seen.practices)
        ]

    return found


def main(development: Path, scorer: Path) -> None:
    told = importlib.util.spec_from_file_location("score", scorer)
    assert told
    assert told.loader
    score = importlib.util.module_from_spec(told)
    told.loader.exec_module(score)
    records = score.read(development)
    kit = Searcher(rules())
    writers = sorted({writer(each) for each in records})
    small = {each: Reader((LEFT_OUT / f"{each}.bin").read_bytes()) for each in writers}
    large = {
        each: LargeReader((LEFT_OUT / f"{each}.bin").read_bytes(), LEFT_OUT / each)
        for each in writers
    }
    systems: dict[str, Callable[[Record], Found]] = {
        "checklist's words": by_checklist,
        "TF-IDF and LR": by_tfidf(records),
        **({"alex": by_alex(records)} if shutil.which("npx") else {}),
        "rules alone": by_kit(kit, {}),
        "small reader": by_kit(kit, small),
        "small, --all": by_kit(kit, small, everything=True),
        "large reader": by_kit(kit, large),
        "large, --all": by_kit(kit, large, everything=True),
    }
    results = {}
    for name, system in systems.items():
        predicted = [{"id": each["id"], "findings": system(each)} for each in records]
        results[name] = score.score(records, predicted)
    figures = f"{table(results)}\n\n{label_by_label(results)}"
    print(figures)
    card = CARD.read_text(encoding="utf-8")
    card = between(card, "figures", figures)
    card = between(card, "reliability", RELIABILITY.read_text(encoding="utf-8").strip())
    large_sure = RELIABILITY_LARGE.read_text(encoding="utf-8").strip()
    card = between(card, "reliability of the large reader", large_sure)
    CARD.write_text(card, encoding="utf-8")


def table(results: dict[str, Any]) -> str:
    """The systems side by side."""
    rows = [
        "| |" + "".join(f" {row}: precision / recall / F1 |" for row in ROWS) + " left alone |",
        "|---|" + "---|" * (len(ROWS) + 1),
    ]
    for name, result in results.items():
        cells = [
            " / ".join(f"{result[row][key]:.3f}" for key in ("precision", "recall", "f1"))
            for row in ROWS
        ]
        clean = result["clean-texts-left-alone"]["share"]
        rows.append(f"| {name} | " + " | ".join(cells) + f" | {clean:.2f} |")
    return "\n".join(rows)


def label_by_label(results: dict[str, Any]) -> str:
    rows = [
        "| | small: precision | recall | F1 | large: precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    for label in LABELS:
        both = [results[f"{size} reader"][label] for size in ("small", "large")]
        cells = [f"{row[key]:.2f}" for row in both for key in ("precision", "recall", "f1")]
        rows.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(rows)


def between(card: str, name: str, new: str) -> str:
    """The card with another text between its two marks of this name."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    before, rest = card.split(begin)
    return f"{before}{begin}{new}\n{end}{rest.split(end)[1]}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
