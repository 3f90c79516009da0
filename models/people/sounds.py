"""How a name sounds, whichever way it is spelled: Jusuf and Yusuf, Oemar and Umar, Rizky and Riski, M. and Muhammad."""

from __future__ import annotations

from collections.abc import Sequence

_LETTERS = (
    ("OE", "U"), ("DJ", "J"), ("CH", "K"), ("TJ", "C"), ("KH", "K"), ("SJ", "S"), ("SY", "S"), ("J", "Y"),
    ("PH", "P"), ("F", "P"), ("V", "P"), ("Z", "S"), ("X", "KS"), ("Q", "K"), ("TH", "T"), ("DH", "D"), ("IY", "I"),
    ("Y ", "I "), ("H ", " "),
)  # fmt: skip
"""Old spelling (before 1972), Arabic letters as people hear them, F as Mandailing speak it, and what nobody hears."""
MUHAMMADS = ("MUHAMMAD", "MUHAMAD", "MOHAMMAD", "MOHAMAD", "MOHD", "MUHD", "MHD", "MUH", "MOH", "MD", "M")
"""The ways of writing it."""
_WORDS = (
    *((f" {word} ", " ") for word in (*MUHAMMADS, "MO", "MU", "BIN", "BINTI")),
    (" ABD ", " ABDUL "),
)  # fmt: skip
"""Muhammad is written, shortened or left out as it comes; Moh. and Muh. have lost their H by then."""
_DOUBLED = tuple((letter * 2, letter) for letter in "AIDKLMNPRST")
RULES = (*_LETTERS, *_WORDS, (" ", ""), ("IY", "I"), *_DOUBLED)
"""From a folded name with a blank before and after it to how it sounds."""


def sound(key: str) -> str:
    """How a folded name sounds, without blanks; empty for one that is only Muhammad."""
    return _replaced(f" {key} ", RULES)


def sounding_words(key: str) -> list[str]:
    """The words of a folded name as they sound."""
    words = _replaced(f" {key} ", (*_LETTERS, *_WORDS))
    return _replaced(words, _DOUBLED).split()


def _replaced(text: str, rules: Sequence[tuple[str, str]]) -> str:
    for written, heard in rules:
        if written in text:
            text = text.replace(written, heard)
    return text
