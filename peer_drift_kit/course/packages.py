"""What learners' zips hold, read without unpacking: names and sizes are looked at before bytes.

A download is a folder or a zip. In it are packages, one for each thing a learner handed in: a zip,
or a folder that was unpacked already. Whatever else lies there is left alone.
"""

import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from peer_drift_kit.answers import FOLDER
from peer_drift_kit.plain_file import NotPlain, read_plain

__all__ = [
    "Files",
    "FilesInFolder",
    "FilesInZip",
    "Package",
    "Unreadable",
    "open_download",
    "packages",
]

LARGEST_ZIP = 50_000_000
MOST_FILES = 20_000
DEEPEST = 6
#: The end of a zip says how long its list of files is. A longer one would be read into memory.
LONGEST_LIST = 2_000_000
END = b"PK\x05\x06"
#: Zips of more than 4 GB have a second end before it, which counts in its place.
LONG_END = b"PK\x06\x07"
#: What programs for zips pack with. Another way may take as much memory as it says.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

#: How archives of other systems call their own affairs.
NOT_OURS = re.compile(r"__MACOSX|\..*|desktop\.ini|thumbs\.db", re.IGNORECASE)

#: How Moodle and Canvas call a file that was handed in by itself, beside everybody else's.
ALONE = re.compile(r".+_\d+_(?:assignsubmission_|\d+_)")

Names = tuple[str, ...]


class Unreadable(ValueError):
    """A download or a package that cannot be opened. The message says why, for a trainer."""


class Files(Protocol):
    """Files of one package or download, by the parts of their names."""

    def names(self) -> Iterable[Names]:
        """The plain files. Odd ones (links, devices, names that climb) are not among them."""

    def read(self, names: Names, at_most: int) -> bytes:
        """The bytes of a file. Raises ``NotPlain`` or ``OSError``, as ``read_plain`` does."""

    def changed(self, names: Names) -> datetime:
        """When a file was last changed, as far as one can know; in UTC."""


@dataclass(frozen=True)
class FilesInFolder:
    folder: Path

    def names(self) -> Iterator[Names]:
        yield from _within(self.folder, ())

    def read(self, names: Names, at_most: int) -> bytes:
        return read_plain(self.folder, *names, at_most=at_most)

    def changed(self, names: Names) -> datetime:
        return datetime.fromtimestamp(self.folder.joinpath(*names).lstat().st_mtime, UTC)


def _within(folder: Path, names: Names) -> Iterator[Names]:
    if len(names) > DEEPEST:
        return
    with os.scandir(folder.joinpath(*names)) as found:
        entries = sorted(found, key=lambda each: each.name)
    for each in entries:
        if NOT_OURS.fullmatch(each.name):
            continue
        if each.is_dir(follow_symlinks=False):
            yield from _within(folder, (*names, each.name))
        elif each.is_file(follow_symlinks=False):
            yield (*names, each.name)


class FilesInZip:
    """The files of a zip, given as an open file. Raises :class:`Unreadable`."""

    def __init__(self, file: BinaryIO) -> None:
        self._check_list(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            OverflowError,
        ) as error:
            raise Unreadable(f"is no zip that can be opened ({error})") from None
        self._entries: dict[Names, zipfile.ZipInfo] = {}
        folded: set[Names] = set()
        for entry in self._zip.infolist()[:MOST_FILES]:
            names = _parts(entry)
            # Of two names that are one on some systems, the first is taken.
            if names and (key := tuple(each.casefold() for each in names)) not in folded:
                folded.add(key)
                self._entries[names] = entry

    @staticmethod
    def _check_list(file: BinaryIO) -> None:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 70_000))  # its end, and the longest comment that may follow it
        tail = file.read()
        at = tail.rfind(END)
        if at < 0 or len(tail) < at + 22:
            raise Unreadable("is no zip, or it did not arrive whole")
        if int.from_bytes(tail[at + 12 : at + 16], "little") > LONGEST_LIST:
            raise Unreadable("lists far more files than a learner hands in")
        if tail[max(0, at - 20) : at].startswith(LONG_END):
            raise Unreadable("is a zip for very large files")

    def names(self) -> Iterable[Names]:
        return list(self._entries)

    def read(self, names: Names, at_most: int) -> bytes:
        entry = self._entries[names]
        shown = "/".join(names)
        if entry.flag_bits & 0x1:
            raise NotPlain(f"{shown} is locked with a password")
        if entry.compress_type not in PACKED:
            raise NotPlain(f"{shown} is packed in a way that is not read here")
        if entry.file_size > at_most:
            raise NotPlain(f"{shown} is larger than {at_most:,} bytes")
        try:
            with self._zip.open(entry) as file:
                data = file.read(at_most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ):
            raise NotPlain(f"{shown} is damaged in the zip") from None
        if len(data) > at_most:  # its header told another size
            raise NotPlain(f"{shown} is larger than {at_most:,} bytes")
        return data

    def changed(self, names: Names) -> datetime:
        try:
            return datetime(*self._entries[names].date_time, tzinfo=UTC)
        except ValueError:  # the 30th of February
            return datetime(1980, 1, 1, tzinfo=UTC)


def _parts(entry: zipfile.ZipInfo) -> Names:
    """The parts of an entry's name; none for what is no plain file of this zip."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    # Some programs on Windows write backslashes.
    names = tuple(entry.filename.replace("\\", "/").split("/"))
    odd = entry.is_dir() or kind not in (0, stat.S_IFREG) or len(names) > DEEPEST
    if odd or any(not _is_name(each) for each in names) or _drive(names[0]):
        return ()
    return names


def _is_name(name: str) -> bool:
    return bool(name) and name not in (".", "..") and not NOT_OURS.fullmatch(name)


def _drive(name: str) -> bool:
    return name[1:2] == ":"


@dataclass(frozen=True)
class Package:
    """What one learner handed in. ``name`` is where it lay in the download, for a person to read.

    ``files`` are read from ``root`` on, or just the one notebook ``only``; ``trouble`` says why
    they cannot be.
    """

    name: str
    files: Files | None
    root: Names = ()
    only: str = ""
    trouble: str = ""


def open_download(path: Path) -> Files:
    """A folder or a zip, as a learning platform gives it. Raises :class:`Unreadable`."""
    if path.is_dir():
        return FilesInFolder(path)
    if not path.exists():
        raise Unreadable(f"{path} is not there. Please name a folder or a zip.")
    try:
        return FilesInZip(path.open("rb"))
    except Unreadable as error:
        raise Unreadable(f"{path} {error}. Please name a folder or a zip.") from None


def packages(download: Files, name: str) -> Iterator[Package]:
    """The packages of a download: its zips first, then the folders that hold an answer.

    ``name`` is the download's own, for one that is itself what a learner handed in.
    """
    loose: dict[Names, Names] = {}
    others: list[Names] = []
    for names in download.names():
        if names[-1].lower().endswith(".zip"):
            yield _zipped(download, names)
        elif names[-1].endswith(".ipynb") and ALONE.match(names[-1]):
            yield Package("/".join(names), download, names[:-1], only=names[-1])
        elif names[-1].endswith(".ipynb"):
            loose[names[:-1]] = names
        elif FOLDER in names[:-1]:
            loose.setdefault(names[: names.index(FOLDER)], ())
        elif any(ALONE.match(each) for each in names):
            others.append(names)
    for root, page in sorted(loose.items()):
        # A zip is named for its learner, and so is a notebook that lies in a folder by itself.
        alone = name if name.lower().endswith(".zip") else "/".join(page) or name
        yield Package("/".join(root) or alone, download, root)
    # Somebody meant to hand in, and is not to be overlooked.
    for names in others:
        if not any(names[: len(root)] == root for root in loose):
            yield Package("/".join(names), None, trouble="is no zip and no notebook; left out")


def _zipped(download: Files, names: Names) -> Package:
    shown = "/".join(names)
    try:
        files = FilesInZip(io.BytesIO(download.read(names, LARGEST_ZIP)))
    except (Unreadable, NotPlain, OSError) as error:
        return Package(shown, None, trouble=str(error).removeprefix(f"{shown} "))
    return Package(shown, files, _root(files))


def _root(files: Files) -> Names:
    """Where in a zip the answers lie: some programs put a folder around them."""
    roots = [
        names[: names.index(FOLDER)] if FOLDER in names[:-1] else names[:-1]
        for names in files.names()
        if names[-1].endswith(".ipynb") or FOLDER in names[:-1]
    ]
    return min(roots, key=lambda root: (len(root), root), default=())
