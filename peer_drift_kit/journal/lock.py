"""A passphrase on the journal: scrypt makes a key of it, ChaCha20-Poly1305 seals each version.

Sealed with a key: what was written. Readable in a locked file all the same: which items were
written to, when and in which sitting, roughly how long each version is (in steps of 256 bytes), and
the marks. Words and time, item and sitting belong together: a version that was swapped with another
one, or whose time was changed, does not open.

Out of reach of a lock: a backup, a damaged copy that was moved aside earlier, what a disk keeps in
blocks that were freed (the plain pages which SQLite puts by while it seals them, for one), and the
memory of a computer in use.

The key is held by this process and never written. ``cryptography`` is imported when a key is made.
"""

import json
import os
import sqlite3
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import JournalError, WrongPassphrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

__all__ = [
    "STRENGTH",
    "Key",
    "Lock",
    "Strength",
    "Unreadable",
    "forget_keys",
    "held_key",
    "hold_key",
    "make_lock",
    "need_cryptography",
]


@dataclass(frozen=True)
class Strength:
    """The cost of one guess, as scrypt's parameters; memory is 128 * n * r bytes."""

    n: int
    r: int
    p: int


#: 64 MB and about a fifth of a second a guess (OWASP's Password Storage Cheat Sheet, 2^16).
STRENGTH = Strength(n=2**16, r=8, p=2)

#: A file may ask for more than we chose, yet not for all the memory of the computer.
_MOST_MEMORY = 2**30
_MOST_ROUNDS = 64

_NONCE = 12
_STEP = 256
_PROOF = b"peer-drift-kit journal"


class Unreadable(Exception):
    """Sealed with another key, or changed since it was sealed."""


@dataclass(frozen=True)
class Lock:
    """What the file keeps about its passphrase: enough to recognise it, not enough to find it."""

    strength: Strength
    salt: bytes
    proof: bytes

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> "Lock | None":
        row = connection.execute("SELECT n, r, p, salt, proof FROM passphrase").fetchone()
        return row and cls(Strength(*row[:3]), row[3], row[4])

    def write(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM passphrase")
        connection.execute(
            "INSERT INTO passphrase (only, n, r, p, salt, proof) VALUES (1, ?, ?, ?, ?, ?)",
            (self.strength.n, self.strength.r, self.strength.p, self.salt, self.proof),
        )

    def key(self, passphrase: str) -> "Key":
        """Raises :class:`WrongPassphrase`."""
        key = _derive(passphrase, self.salt, self.strength)
        try:
            key.open(self.proof, _PROOF)
        except Unreadable:
            raise WrongPassphrase("That passphrase does not open your journal.") from None
        return key


class Key:
    """Seals and opens. ``about`` is what the sealed bytes belong to; it is not kept with them."""

    def __init__(self, cipher: "ChaCha20Poly1305") -> None:
        self._cipher = cipher

    def seal(self, plain: bytes, about: bytes) -> bytes:
        # The length of an answer can tell which answer it is, so it is rounded up.
        padded = plain + b"\x80" + bytes(-(len(plain) + 1) % _STEP)
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, padded, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """Raises :class:`Unreadable`."""
        from cryptography.exceptions import InvalidTag

        try:
            padded = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], about)
        except (InvalidTag, ValueError, TypeError):
            raise Unreadable from None
        return padded[: padded.rindex(b"\x80")]


def about(item: str, at: int, sitting: str) -> bytes:
    """What a sealed version belongs to, with no two of them alike."""
    return json.dumps([item, at, sitting]).encode()


def make_lock(passphrase: str) -> tuple[Lock, Key]:
    """A new lock for this passphrase, and its key. Raises :class:`JournalError` for a blank one."""
    if not passphrase.strip():
        raise JournalError("A passphrase needs at least one letter. A few words are good.")
    salt = os.urandom(16)
    key = _derive(passphrase, salt, STRENGTH)
    return Lock(STRENGTH, salt, key.seal(b"", _PROOF)), key


def need_cryptography() -> None:
    """Raises :class:`JournalError`, which says how to install it, where it is missing."""
    try:
        import cryptography  # noqa: F401
    except ImportError:
        raise JournalError(
            'A passphrase needs one more part. To get it: pip install "peer-drift-kit[lock]"'
        ) from None


def _derive(passphrase: str, salt: bytes, strength: Strength) -> Key:
    need_cryptography()
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # One keyboard writes é as one character, another as two.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        n, r, p = strength.n, strength.r, strength.p
        if 128 * n * r > _MOST_MEMORY or p > _MOST_ROUNDS:
            raise ValueError("more than this computer should be asked for")
        raw = Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(secret)
    except (ValueError, TypeError) as error:
        raise JournalError("The lock of your journal is damaged, and cannot be opened.") from error
    except MemoryError as error:
        raise JournalError(
            "This computer has too little free memory to open the lock. Close something, and try "
            "again."
        ) from error
    return Key(ChaCha20Poly1305(raw))


#: By salt: each new passphrase has a new one, so that a key never outlives its passphrase.
_held: dict[bytes, Key] = {}


def hold_key(lock: Lock, key: Key) -> None:
    """Keep the key for every journal object of this process."""
    _held[lock.salt] = key


def held_key(lock: Lock) -> Key | None:
    return _held.get(lock.salt)


def forget_keys() -> None:
    """Let go of every key: this process needs the passphrase again."""
    _held.clear()
