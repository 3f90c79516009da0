"""The key of an encrypted file: derived once from the office's passphrase, then used as it is."""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

from models.offices.passphrases import tidy_passphrase

_PLAIN = b"SQLite format 3\x00"
_SALT = 16
_KEY = 32
_ROUNDS = 256_000
"""PBKDF2-HMAC-SHA512, as SQLCipher 4 does it by itself for every connection; about 90 ms."""
_PAGE = 4096
_RANDOM = 220
"""Different bytes of 256 in a page; 4,096 random ones hold nearly all, text and tables far fewer."""
_IV, _HMAC = 16, 64
_RESERVED = _IV + _HMAC


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an encrypted file. It never shows itself in a message or a log."""

    raw: bytes = field(repr=False)
    """32 bytes."""
    salt: bytes = field(repr=False)
    """The first 16 bytes of the file, public."""

    @property
    def pragma(self) -> str:
        """The statement that gives it to SQLCipher, without deriving anything again."""
        return f"PRAGMA key=\"x'{self.raw.hex()}{self.salt.hex()}'\""

    @property
    def check(self) -> str:
        """Stands in the manifest of a backup: tells whether a passphrase is the right one when the file is damaged."""
        return hashlib.sha256(b"cakupan key check" + self.raw + self.salt).hexdigest()[:16]

    @property
    def sheet(self) -> str:
        """Number of the recovery sheet that belongs to this key, ``8F3A-91C2``; gives nothing of the key away."""
        return f"{self.check[:4]}-{self.check[4:8]}".upper()


def is_encrypted(path: Path) -> bool:
    """Whether a file looks like an encrypted one: it is no plain SQLite, and its first page is as good as random.

    Never ask of a file that this process has open: closing it would drop SQLite's locks.
    """
    try:
        with path.open("rb") as stream:
            page = stream.read(_PAGE)
    except FileNotFoundError:
        return False
    return len(page) == _PAGE and not page.startswith(_PLAIN) and len(set(page)) >= _RANDOM


def salt_of(path: Path) -> bytes:
    """The first bytes of an encrypted file."""
    with path.open("rb") as stream:
        return stream.read(_SALT)


def derive(passphrase: str, salt: bytes) -> Key:
    """The key that a passphrase means for the file of this salt; any SQLCipher 4 program comes to the same one, given
    the passphrase with single blanks."""
    return Key(hashlib.pbkdf2_hmac("sha512", tidy_passphrase(passphrase).encode(), salt, _ROUNDS, _KEY), salt)


def new_key(passphrase: str) -> Key:
    """The key of a passphrase for a file that is to be made, with a salt of its own; takes about 90 ms."""
    return derive(passphrase, os.urandom(_SALT))


def opens_some_page(path: Path, key: Key, tries: int = 64) -> bool:
    """Whether the key belongs to the file even where parts of it are damaged.

    SQLCipher says the same of a wrong passphrase and of a damaged first page. Each page carries its own seal
    (HMAC-SHA512), so one good page among those tried proves the key. Only for a file that nobody has open.
    """
    size = path.stat().st_size
    pages = size // _PAGE
    step = max(1, pages // tries)
    with path.open("rb") as stream:
        for number in [*range(1, min(pages, 4) + 1), *range(1, pages + 1, step)]:
            stream.seek((number - 1) * _PAGE)
            if has_seal(stream.read(_PAGE), number, key):
                return True
    return False


def has_seal(page: bytes, number: int, key: Key) -> bool:
    """Whether a page of an encrypted file, counted from 1, is exactly as it was written with this key."""
    sealing = hashlib.pbkdf2_hmac("sha512", key.raw, bytes(byte ^ 0x3A for byte in key.salt), 2, _KEY)
    body = page[_SALT if number == 1 else 0 : _PAGE - _RESERVED + _IV]
    seal = page[_PAGE - _RESERVED + _IV : _PAGE]
    return hmac.compare_digest(hmac.digest(sealing, body + struct.pack("<I", number), "sha512"), seal)
