"""Long numbers of fixed length (NIK, No. KK, NIP) as people type and paste them and as spreadsheets spoil them."""

from __future__ import annotations

import re

from models.language import N_, translate
from models.problems import Problem
from models.values.formats import Written

_SEPARATORS = str.maketrans(
    "", "",
    " \t\r\n\v\f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"  # spaces
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"  # characters without a width, pasted along unseen
    ".-\u2010\u2011\u2012\u2013\u2014\u2212"  # dots and dashes
    "'`\u2018\u2019\u02bc\u00b4",  # apostrophes: a spreadsheet's mark for text
)  # fmt: skip
_LABEL = re.compile(r"\s*(?:no(?:mor)?[.\s]\s*)?(?:nik|ktp|kk|nip|kpj)(?:\s*[:=.]|\s)", re.IGNORECASE)
_SPOILT_BY_SPREADSHEET = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+]?[0-9]+|[0-9]{9,}[.,]0{1,2}")
_LOOKS_LIKE = {"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1",
               "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8"}  # fmt: skip


def strip_separators(text: str) -> str:
    """The text without spaces, dots, dashes, apostrophes, and a label (``NIK:``) before it; all else stays."""
    label = _LABEL.match(text)
    return (text[label.end() :] if label else text).translate(_SEPARATORS)


def is_digits(text: str) -> bool:
    """Only 0-9, at least one; the digits of other scripts are not meant."""
    return text.isascii() and text.isdigit()


def problem_with_digits(text: str, length: int, *, field: str, code: str, what: str) -> Problem | None:
    """What keeps the text from being `length` digits, None when nothing does; nothing is ever mapped silently.

    `code` starts the problem's code (``nik`` -> ``nik_length``), `what` is the number's name as a message id.
    """
    bare = strip_separators(text)
    if len(bare) == length and is_digits(bare):
        return None
    name = Written(what, translate)
    if _SPOILT_BY_SPREADSHEET.fullmatch(text.strip("' \t\r\n\u00a0")):
        message = N_(
            "A spreadsheet turned the {what} into a number ({text}), and digits were lost. "
            "Type all {length} digits from the card."
        )
        return Problem(field, f"{code}_scientific", message, {"what": name, "text": text.strip(), "length": length})
    strange = [c for c in bare if not is_digits(c)]
    if strange:
        return _problem_with_characters(strange, field, code, name)
    if len(bare) < length:
        message = N_("Only {count} digits; the {what} has {length}. Compare with the card: which digit is missing?")
    else:
        message = N_("{count} digits; the {what} has only {length}. Compare with the card: which digit is too many?")
    return Problem(field, f"{code}_length", message, {"count": len(bare), "what": name, "length": length})


def _problem_with_characters(strange: list[str], field: str, code: str, name: Written) -> Problem:
    found = " ".join(dict.fromkeys(strange[:20]))
    if all(c in _LOOKS_LIKE for c in strange):
        message = N_("The {what} holds the letter {found}. Only digits belong there: is {meant} meant?")
        meant = " ".join(dict.fromkeys(_LOOKS_LIKE[c] for c in strange[:20]))
        return Problem(field, f"{code}_letters", message, {"what": name, "found": found, "meant": meant})
    if all(c.isdigit() for c in strange):
        message = N_("The {what} holds digits of another script ({found}). Type it with the digits 0 to 9.")
        return Problem(field, f"{code}_other_digits", message, {"what": name, "found": found})
    message = N_("The {what} may hold only digits, but there is {found} in it. Type it again from the card.")
    return Problem(field, f"{code}_characters", message, {"what": name, "found": found})
