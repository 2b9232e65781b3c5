"""Zips that no honest program makes, by name: their bytes, and the line that tells of them.

``read`` is as in :class:`.submissions.Submission`.
"""

import io
import json
import stat
import struct
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any

from course.conftest import CASE, TELLING
from course.test_from_zips import zipped

from .submissions import ANSWER, NOTEBOOK

WHEN = (2026, 1, 2, 3, 4, 6)


def written(
    files: Iterable[tuple[str, str | bytes]], *, packed: int = zipfile.ZIP_DEFLATED, **told: Any
) -> bytes:
    """A zip whose entries have these properties, and may have one name twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of one name twice
        for name, text in files:
            entry = zipfile.ZipInfo("x", WHEN)
            entry.filename = name
            entry.compress_type = packed
            for key, value in told.items():
                setattr(entry, key, value)
            archive.writestr(entry, text)
    return made.getvalue()


def changed(data: bytes, sign: bytes, at: int, value: bytes, *, last: bool = False) -> bytes:
    """The same bytes but for some of a record of a zip."""
    start = (data.rindex if last else data.index)(sign) + at
    return data[:start] + value + data[start + len(value) :]


ENTRY, LISTED, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
PLAIN = zipped({ANSWER: TELLING})
BOMB = zipped({ANSWER: "0" * 50_000_000})


def _lying(data: bytes, size: int) -> bytes:
    told = struct.pack("<I", size)
    return changed(changed(data, LISTED, 24, told), ENTRY, 22, told)


def _locked(data: bytes) -> bytes:
    return changed(changed(data, LISTED, 8, b"\x01\x00"), ENTRY, 6, b"\x01\x00")


def _for_large_files(entries: int) -> bytes:
    """A zip whose short end tells of little, and whose long end lists many entries."""
    data = zipped({f"answers/{number:06}.md": "" for number in range(entries)})
    start, size = data.index(LISTED), len(data) - 22 - data.index(LISTED)
    long_end = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, start
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(data) - 22, 1)
    end = struct.pack("<4sHHHHIIH", END, 0, 0, 1, 1, 60, start, 0)
    return data[:-22] + long_end + locator + end


def _in_each_other(times: int) -> bytes:
    data = PLAIN
    for _ in range(times):
        data = zipped({"inner.zip": data, ANSWER: TELLING})
    return data


LINK = (stat.S_IFLNK | 0o777) << 16
PIPE = (stat.S_IFIFO | 0o644) << 16
NONE, NO_ZIP, DAMAGED = "nothing was taken", "no zip", "is damaged"

#: name: (the zip, the line about it, the text that is read)
ZIPS: dict[str, tuple[bytes, str, Any]] = {
    "no-zip": (b"hello", NO_ZIP, None),
    "empty": (b"", NO_ZIP, None),
    "no-entries": (zipped({}), NONE, None),
    "cut-off": (PLAIN[:-30], NO_ZIP, None),
    "cut-off-at-the-front": (PLAIN[25:], "", None),
    "a-bomb": (BOMB, NONE, None),
    "a-bomb-that-says-it-is-small": (_lying(BOMB, 10), NONE, None),
    "a-small-one-that-says-it-is-large": (_lying(PLAIN, 4_000_000_000), NONE, None),
    "in-each-other": (_in_each_other(30), "inner.zip", TELLING),
    "climbing": (written([(f"../../{ANSWER}", TELLING), ("../x.ipynb", "{}")]), NONE, None),
    "climbing-within": (written([(f"a/../../{ANSWER}", TELLING), (ANSWER, TELLING)]), "", TELLING),
    "absolute": (written([(f"/{ANSWER}", TELLING), ("//x/y.ipynb", "{}")]), NONE, None),
    "a-drive": (written([(f"C:\\{ANSWER}", TELLING), ("c:x.ipynb", "{}")]), NONE, None),
    "a-share": (written([(f"\\\\server\\share\\{ANSWER}", TELLING)]), NONE, None),
    "backslashes": (written([(ANSWER.replace("/", "\\"), TELLING)]), "", TELLING),
    "one-name-twice": (written([(ANSWER, TELLING), (ANSWER, "Another.")]), "", TELLING),
    "one-name-in-capitals": (
        written([(ANSWER, TELLING), (ANSWER.upper().replace("MD", "md"), "Another.")]),
        "",
        TELLING,
    ),
    "names-that-windows-keeps": (
        written([(ANSWER, TELLING), ("answers/CON.md", "x"), ("answers/a.md ", "x")]),
        "CON.md",
        TELLING,
    ),
    "names-of-many-lines": (
        written([(ANSWER, TELLING), ("answers/a\nb\nc.md", "x"), ("answers/\x1b[2J.md", "x")]),
        "left out",
        TELLING,
    ),
    "a-name-with-a-nul": (written([(ANSWER, TELLING), ("answers/a\x00.md", "x")]), "", TELLING),
    "a-name-of-a-kilobyte": (
        written([(ANSWER, TELLING), (f"answers/{'x' * 1000}.md", "x")]),
        "left out",
        TELLING,
    ),
    "a-link": (written([(ANSWER, "/etc/passwd")], external_attr=LINK, create_system=3), NONE, None),
    "a-pipe": (written([(ANSWER, "")], external_attr=PIPE, create_system=3), NONE, None),
    "locked": (_locked(PLAIN), NONE, None),
    "packed-by-lzma": (written([(ANSWER, TELLING)], packed=zipfile.ZIP_LZMA), NONE, None),
    "packed-by-bzip2": (written([(ANSWER, TELLING)], packed=zipfile.ZIP_BZIP2), NONE, None),
    "packed-by-nobody": (
        changed(changed(PLAIN, LISTED, 10, b"\x63\x00"), ENTRY, 8, b"\x63\x00"),
        NONE,
        None,
    ),
    "a-wrong-sum": (changed(PLAIN, LISTED, 16, b"\x00\x00\x00\x00"), NONE, None),
    "bytes-that-are-not-packed": (changed(PLAIN, ENTRY, 60, b"\xff" * 40), NONE, None),
    "no-day-of-any-month": (changed(PLAIN, LISTED, 12, b"\x00\x00\x00\x00"), "", TELLING),
    "the-last-day-of-zips": (changed(PLAIN, LISTED, 12, b"\xff\xff\xff\xff"), "", TELLING),
    "thirty-thousand-entries": (
        zipped({f"answers/{number:05}.md": "" for number in range(30_000)}),
        "and [0-9]+ more|lists far more",
        ...,
    ),
    "a-list-as-long-as-a-book": (
        zipped({f"answers/{number:060}.txt": "" for number in range(20_001)}),
        "lists far more files",
        None,
    ),
    "a-long-end-behind-a-short-one": (_for_large_files(60_000), "for very large files", None),
    "a-list-that-is-nowhere": (
        changed(PLAIN, END, 16, b"\xff\xff\xff\x7f", last=True),
        NONE,
        None,
    ),
    "an-end-in-its-own-comment": (PLAIN[:-2] + b"\x16\x00" + END + b"\x00" * 18, "", None),
    "nothing-of-ours": (written([("holiday.jpg", b"\xff\xd8"), (".ssh/id_rsa", "x")]), NONE, None),
    "pages-and-settings": (
        written([(ANSWER, TELLING), ("evil.html", "<script>"), ("nbgrader_config.py", "harm()")]),
        "evil.html",
        TELLING,
    ),
    "a-notebook-of-script": (
        written([(NOTEBOOK, json.dumps({"cells": [{"source": "<script>window.harm = 1"}]}))]),
        "",
        "",
    ),
    "reasons-of-script": (
        written([(ANSWER, TELLING), (f"answers/{CASE}.json", '[{"label": "<script>"}]')]),
        "",
        TELLING,
    ),
}
