"""A payment beside what is due for its months, and the difference in words."""

from __future__ import annotations

from dataclasses import dataclass

from models.language import translate as _
from models.language import translate_count
from models.values.formats import number
from models.values.rupiah import format_rupiah


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much a payment differs from the enrolments of its months; below zero: it pays for less."""

    heads: int
    rupiah: int

    @property
    def is_none(self) -> bool:
        return not self.heads and not self.rupiah

    @property
    def text(self) -> str:
        """For instance ``12 orang lebih sedikit dan Rp201.600 kurang dari yang terdaftar.``"""
        if self.is_none:
            return _("Exactly what is registered for these months.")
        many, heads = abs(self.heads), number(abs(self.heads))
        if self.heads < 0:
            people = translate_count("{count} worker fewer", "{count} workers fewer", many).format(count=heads)
        else:
            people = translate_count("{count} worker more", "{count} workers more", many).format(count=heads)
        amount = (_("{amount} less") if self.rupiah < 0 else _("{amount} more")).format(
            amount=format_rupiah(abs(self.rupiah))
        )
        if not self.rupiah:
            return _("{workers} than registered, for the same amount.").format(workers=people)
        if not self.heads:
            return _("As many workers, but {amount} than registered.").format(amount=amount)
        return _("{workers} and {amount} than registered.").format(workers=people, amount=amount)
