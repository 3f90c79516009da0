"""Names of nagari and kecamatan as lists write them: by code, by name, by an old name, each with its kecamatan."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from models.exchange.cells import Cell, text_of
from models.exchange.context import CheckContext
from models.exchange.values import Read, cleaned, is_likely, nearest
from models.language import N_
from models.people.names import fold
from models.problems import Level, Problem

_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})")
_KECAMATAN_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)")
_PART_OF_CODE = re.compile(r"\d\d[.,]\d\d?(?:[.,]\d\d?)?")
_BEFORE_NAGARI = re.compile(r"^(?:KENAGARIAN|NAGARI|NAG|NGR|DESA|KELURAHAN|KEL)\s+(?=\S)")
_BEFORE_KECAMATAN = re.compile(r"^(?:KECAMATAN|KEC)\s+(?=\S)")
_SURELY = 85.0
"""Likeness from which a misspelt kecamatan is taken: it is only compared, never stored."""


class Places:
    """The office's own places."""

    def __init__(
        self, context: CheckContext, nagari_answers: Mapping[str, str], kecamatan_answers: Mapping[str, str]
    ) -> None:
        self._context = context
        self._answers = nagari_answers
        self._kecamatan_answers = kecamatan_answers
        self._by_name: dict[str, list[str]] = {}
        self._by_alias: dict[str, list[str]] = {}
        for code, name in context.nagari.items():
            self._by_name.setdefault(fold(name), []).append(code)
        for code, aliases in context.aliases.items():
            for alias in aliases:
                self._by_alias.setdefault(alias, []).append(code)
        self._kecamatan = {fold(name): code for code, name in context.kecamatan.items()}

    def kecamatan(self, cell: Cell) -> Read:
        """The code of a kecamatan; a slip in its name is passed over, for it is only held against the nagari."""
        text = cleaned(cell)
        key = fold(text)
        if not key:
            return Read("")
        if key in self._kecamatan_answers:
            return Read(self._kecamatan_answers[key])
        if match := _KECAMATAN_CODE.fullmatch(text):
            code = ".".join(match.groups())
            if code in self._context.kecamatan:
                return Read(code)
        bare = _BEFORE_KECAMATAN.sub("", key)
        code_of = self._kecamatan.get(bare) or self._kecamatan.get(key)
        if code_of is not None:
            return Read(code_of)
        near = nearest(bare, self._kecamatan, self._context.kecamatan)
        if is_likely(bare, near, _SURELY):
            return Read(self._kecamatan[fold(near[0])], note="kecamatan_spelling")
        message = N_("There is no kecamatan {text} here. Choose one from the list; one answer serves all such rows.")
        return Read("", Problem("kecamatan", "kecamatan_unknown", message, {"text": text[:60]}), near)

    def nagari(self, cell: Cell, kecamatan: str) -> Read:
        """The code of a nagari. An old name stands for it where the kecamatan agrees, and is asked about otherwise."""
        text = cleaned(cell)
        key = fold(text)
        if not key:
            return Read("")
        if key in self._answers:
            return Read(self._answers[key])
        if (of_code := self._of_code(cell, text)) is not None:
            return of_code
        bare = _BEFORE_NAGARI.sub("", key)
        for name in dict.fromkeys((key, bare)):
            if codes := self._by_name.get(name):
                return self._of_codes(codes, kecamatan, text, is_alias=False)
        for name in dict.fromkeys((key, bare)):
            if codes := self._by_alias.get(name):
                return self._of_codes(codes, kecamatan, text, is_alias=True)
        return self._unknown(text, bare, kecamatan)

    def _of_code(self, cell: Cell, text: str) -> Read | None:
        if match := _CODE.fullmatch(text):
            code = ".".join(match.groups())
            if code in self._context.nagari or code in self._context.known_regions:
                return Read(code)
            return None
        if isinstance(cell, float | date) or _PART_OF_CODE.fullmatch(text):
            message = N_(
                "The code of a nagari has ten digits; a spreadsheet may have turned it into {text}. Write the name of "
                "the nagari, or its code in a text cell."
            )
            return Read("", Problem("nagari", "nagari_code_spoilt", message, {"text": text_of(cell)}))
        return None

    def _of_codes(self, codes: list[str], kecamatan: str, text: str, *, is_alias: bool) -> Read:
        context = self._context
        inside = [code for code in codes if code.startswith(kecamatan)] if kecamatan else codes
        if kecamatan and not inside:
            code = codes[0]
            message = N_(
                "{nagari} lies in the kecamatan {right}, and the list says {wrong}. Correct the wrong one of the two, "
                "or say why."
            )
            about = {
                "nagari": context.nagari.get(code, code),
                "right": context.kecamatan.get(code[:8], code[:8]),
                "wrong": context.kecamatan.get(kecamatan, kecamatan),
            }
            near = nearest(fold(text), self._inside(kecamatan), context.nagari)
            return Read(code, Problem("nagari", "nagari_elsewhere", message, about, Level.WARNING), near)
        if len(inside) > 1:
            message = N_("There are {count} nagari named {text}. Write the code, or fill in the kecamatan.")
            about_many = {"count": len(inside), "text": text[:60]}
            return Read("", Problem("nagari", "nagari_ambiguous", message, about_many), tuple(inside[:3]))
        if is_alias and kecamatan:
            return Read(inside[0], note="nagari_alias")
        if is_alias:
            message = N_(
                "“{text}” is an old or another name, today mostly of {nagari}. Is that meant? One answer serves every "
                "row that says the same."
            )
            name = context.nagari.get(inside[0], inside[0])
            problem = Problem("nagari", "nagari_alias", message, {"text": text[:60], "nagari": name}, Level.WARNING)
            return Read(inside[0], problem, (name,))
        return Read(inside[0])

    def _unknown(self, text: str, key: str, kecamatan: str) -> Read:
        near = self._near(key, kecamatan)
        if is_likely(key, near):
            message = N_(
                "There is no nagari {text} here. Is {near} meant? One answer serves every row that says the same."
            )
        else:
            message = N_(
                "There is no nagari {text} here. Choose one from the list; one answer serves every row that says the "
                "same."
            )
        params = {"text": text[:60], "near": near[0] if near else ""}
        return Read("", Problem("nagari", "nagari_unknown", message, params), near)

    def _near(self, key: str, kecamatan: str) -> tuple[str, ...]:
        """Names to offer, those of the row's kecamatan first."""
        shown = self._context.nagari
        inside = nearest(key, self._inside(kecamatan), shown) if kecamatan else ()
        return tuple(dict.fromkeys((*inside, *nearest(key, self._inside(""), shown))))[:3]

    def _inside(self, kecamatan: str) -> dict[str, str]:
        """Every name and old name of a kecamatan, or of all, with the code that it stands for."""
        return {
            name: code
            for known in (self._by_alias, self._by_name)
            for name, codes in known.items()
            for code in codes
            if code.startswith(kecamatan)
        }
