"""The language of screens and papers: one gettext catalogue, Indonesian unless English is chosen.

English is the source language. The choice is one for the whole process, like a locale: it is made once at the start
(and when the settings change) and read everywhere, from the command line to the PDF.
"""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DOMAIN = "cakupan"
"""Name of the catalogue."""
CATALOGUES = Path(__file__).parent.parent / "resources" / "locale"


class _Choice:
    """The language in use; changed only by `use`."""

    code = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(code: str) -> None:
    """Speak this language (``id`` or ``en``) from now on."""
    if code not in LANGUAGES:
        raise ValueError(f"no such language: {code}")
    _Choice.code = code
    if code == "en":
        _Choice.catalogue = gettext.NullTranslations()
    else:
        _Choice.catalogue = gettext.translation(DOMAIN, CATALOGUES, [code])


def in_use() -> str:
    """Code of the language in use."""
    return _Choice.code


def translate(message: str) -> str:
    """The sentence in the language in use; an empty message stays empty."""
    return _Choice.catalogue.gettext(message) if message else ""


def translate_count(one: str, many: str, count: int) -> str:
    """Like `translate`, choosing the plural form for `count`."""
    return _Choice.catalogue.ngettext(one, many, count)


def N_(message: str) -> str:
    """Marks a message id for the catalogue without translating it yet."""
    return message
