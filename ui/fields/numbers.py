"""Fields for numbers: NIK, family card, phone, rupiah, counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import Signal

from models.language import N_
from models.language import translate as _
from models.people.family_card import FamilyCard, parse_family_card
from models.people.nik import Nik, parse_nik
from models.people.phone import format_phone, parse_phone
from models.problems import Problem
from models.values.digits import is_digits, strip_separators
from models.values.formats import number
from models.values.parsed import Parsed
from models.values.rupiah import parse_rupiah
from ui.fields.field import Field
from ui.fields.masked import MaskedField

_LONGEST_COUNT = 9
"""Digits of a count that can still be taken in at a glance."""
_LABEL_IN_FRONT = re.compile(r"^\s*[^\W\d]+[\w. ]*?\s*[:=]\s*(?=\d)")
"""``NIK : `` before a pasted number."""


class DigitsField(MaskedField):
    """A number of fixed length. Keys are never dropped: the reader says which character is out of place.

    Only what is pasted is cleaned, and only where it cannot mean anything else: `length` digits among other
    characters (``NIK: 1306-0557-0885-0001``) are taken out of them.
    """

    completed = Signal()
    """The last digit was typed or pasted: the number can be looked up while the person is still here."""

    length: ClassVar[int] = 16
    shows_good = True

    def __init__(self, name: str, label: str, *, today: Callable[[], date], **options: Any) -> None:
        super().__init__(name, label, **options)
        self._today = today
        self._before = ""
        self.textEdited.connect(self._clean)

    def written(self, value: Any) -> str:
        digits = str(value)
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    def editable(self, text: str) -> str:
        bare = strip_separators(text)
        return bare if is_digits(bare) else text

    def text_as_typed(self) -> str:
        return self.editable(super().text_as_typed())

    def note(self) -> str:
        count = sum(c.isdigit() for c in self.text())
        if self.hasFocus() and not self.is_concealed and 0 < count != self.length:
            return _("{count} of {length}").format(count=count, length=self.length)
        return super().note()

    def set_text_as_typed(self, text: str) -> None:
        super().set_text_as_typed(text)
        self._before = self.text_as_typed()

    def conceal(self, value: str, *, locked: bool) -> None:
        super().conceal(value, locked=locked)
        self._before = ""

    def _clean(self, _text: str) -> None:
        if self.is_concealed:
            return
        text = self.text()  # another one than was typed, where that replaced a mask
        before, cursor = self._before, self.cursorPosition()
        if len(text) > len(before) + 1:  # pasted
            text = _LABEL_IN_FRONT.sub("", text)
            digits = "".join(c for c in text if c.isascii() and c.isdigit())
            if len(digits) == self.length and not re.search(r"\d[^\W\d]", text):
                text = digits
            if text != self.text():
                self.setText(text)
                self.setCursorPosition(len(text) if cursor > len(text) else cursor)
        now = self.text_as_typed()
        self._before = now
        if now != before and len(now) == self.length and is_digits(now):
            self.completed.emit()


class NikField(DigitsField):
    """Reads a `Nik`: digits, birth date and sex; `str(value)` are the digits."""

    help_topic = "nik"

    def read(self, text: str) -> Parsed[Nik]:
        return parse_nik(text, self._today(), field=self.name)


class FamilyCardField(DigitsField):
    """Reads a `FamilyCard` (KK); `str(value)` are the digits."""

    help_topic = "family_card"

    def read(self, text: str) -> Parsed[FamilyCard]:
        return parse_family_card(text, self._today(), field=self.name)


class PhoneField(MaskedField):
    """Reads 08..., 8..., 62... and +62... as E.164; shows ``0812-6677-8899``."""

    shows_good = True
    help_topic = "date"

    def read(self, text: str) -> Parsed[str]:
        return parse_phone(text, field=self.name)

    def written(self, value: Any) -> str:
        return format_phone(str(value))


class RupiahField(Field):
    """Reads whole rupiah in any usual form (850000, 850.000, Rp 850 rb); shows ``850.000``."""

    help_topic = "date"

    def read(self, text: str) -> Parsed[int]:
        return parse_rupiah(text, field=self.name)

    def written(self, value: Any) -> str:
        return number(int(value))

    def editable(self, text: str) -> str:
        bare = text.replace(".", "")
        return bare if is_digits(bare) else text


class CountField(Field):
    """Reads a whole number between two bounds, for instance the workers who are paid for."""

    beyond = N_("{count} is not possible here, only {least} to {most}.")
    """What is said of a number that is too small or too large."""

    def __init__(self, name: str, label: str, *, least: int = 0, most: int = 9_999_999, **options: Any) -> None:
        super().__init__(name, label, **options)
        self.least, self.most = least, most

    def read(self, text: str) -> Parsed[int]:
        bare = text.strip().replace(".", "").replace("\u2212", "-")
        if not bare:
            return None, ()
        digits = bare.removeprefix("-")
        if is_digits(digits) and len(digits) > _LONGEST_COUNT:
            message = N_("This number is too long to be right. Only {least} to {most} is possible here.")
            return None, (self._beyond(message),)
        if not is_digits(digits):
            message = N_("This is not a whole number. Type digits only, for instance {example}.")
            return None, (Problem(self.name, "count_unreadable", message, {"example": max(self.least, 1)}),)
        if bare != digits or not self.least <= int(digits) <= self.most:
            return None, (self._beyond(self.beyond, int(bare)),)
        return int(digits), ()

    def _beyond(self, message: str, count: int = 0) -> Problem:
        shown = {"count": number(count), "least": number(self.least), "most": number(self.most)}
        return Problem(self.name, "count_range", message, shown)

    def written(self, value: Any) -> str:
        return number(int(value))

    def editable(self, text: str) -> str:
        return text.replace(".", "")


class MonthsField(CountField):
    """Reads how many months are paid."""

    beyond = N_("{count} months cannot be: at least {least}, at most {most} are paid at once. Correct the number.")
