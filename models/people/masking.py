"""Values that identify a person, with only so much of them shown as tells two records apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.values.digits import is_digits, strip_separators

STAR = "*"
_NUMBER = 16
_OPEN = 4
"""Digits left at each end of a number."""
_LEAST_HIDDEN = 4
"""Digits of a phone number that stay hidden in any case."""
_WORD = STAR * 5
"""Instead of the rest of a word; always as long, so that it does not tell how long the word is."""


def mask_number(text: str) -> str:
    """``1312********0002`` for a NIK or a family card; anything that is not 16 digits is hidden whole."""
    bare = strip_separators(text)
    if len(bare) == _NUMBER and is_digits(bare):
        return bare[:_OPEN] + STAR * (_NUMBER - 2 * _OPEN) + bare[-_OPEN:]
    return STAR * len(text)


def mask_phone(text: str) -> str:
    """``0812****5678``; of a short number fewer digits are left at the end, and four are hidden at least."""
    bare = strip_separators(text)
    local = "0" + bare[3:] if bare.startswith("+62") else bare
    left = min(_OPEN, len(local) - _OPEN - _LEAST_HIDDEN)
    if left < 1 or not is_digits(local.removeprefix("+")):
        return STAR * len(text)
    return local[:_OPEN] + STAR * (len(local) - _OPEN - left) + local[-left:]


def mask_name(text: str) -> str:
    """``R***** A*****``; of a word of one letter, and of what does not begin with a letter, nothing is shown."""
    return " ".join(word[0] + _WORD if len(word) > 1 and word[0].isalpha() else _WORD for word in text.split())


PROTECTED: Mapping[str, Callable[[str], str]] = {
    "nik": mask_number,
    "family_card": mask_number,
    "phone": mask_phone,
    "mother_name": mask_name,
    "heir_nik": mask_number,
}
"""The attributes of a worker that are shown in full only on purpose, each with its mask."""


def masked(name: str, value: str) -> str:
    """The value of an attribute as a list may show it; one that is not protected comes back as it is."""
    mask = PROTECTED.get(name)
    return value if mask is None else mask(value)


def is_masked(text: str) -> bool:
    """Whether a text was masked: no value that belongs into a record holds a star."""
    return STAR in text
