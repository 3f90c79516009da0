"""Text that the file can hold: names of files that the system could not read, and halves of characters."""

from __future__ import annotations


def readable(text: str) -> str:
    """A text without lone surrogates; bytes of a file name that are no UTF-8 become the sign for the unreadable."""
    if text.isascii():
        return text
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:  # half of a character, typed or pasted
        return text.encode("utf-8", "replace").decode("utf-8")
