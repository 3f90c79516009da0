"""Identities that are the same in every office: UUIDv7 (RFC 9562), kept as 16 bytes."""

from __future__ import annotations

from uuid_utils import uuid7


def new_uid() -> bytes:
    """A new identity; later ones sort after earlier ones."""
    return uuid7().bytes


def uid_text(uid: bytes) -> str:
    """The usual written form."""
    digits = uid.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def uid_bytes(text: str) -> bytes:
    """The stored form of `uid_text`."""
    return bytes.fromhex(text.replace("-", ""))
