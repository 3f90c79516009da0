"""Schemes, and what schemes are made of, to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from models.language import N_
from models.language import translate as _
from ui.fields.choice import Choice

if TYPE_CHECKING:
    from models.register import Register

OCCUPATION_KINDS = {
    "palm": N_("palm oil"),
    "farm": N_("farming"),
    "sea": N_("fishing"),
    "trade": N_("trade"),
    "craft": N_("crafts and building"),
    "transport": N_("transport"),
    "service": N_("services"),
    "nagari": N_("nagari office"),
    "cooperative": N_("cooperative management"),
    "employee": N_("employees"),
    "other": N_("other work"),
}
"""Kinds of occupation by the words of the list of occupations; a kind that is not here is shown by its own word."""
ASKS = {"payer_name": N_("payer's name"), "payer_number": N_("payer's number"), "payer_office": N_("payer's office")}
"""What else an entry form can ask for."""


def choices_of_schemes(register: Register, keep: int | None = None) -> tuple[Choice, ...]:
    """The office's schemes by code or name; closed ones are no choice, but for the one to `keep`."""
    return tuple(
        Choice(scheme.id, scheme.name, scheme.code)
        for scheme in register.schemes.all()
        if scheme.closed_on is None or scheme.id == keep
    )


def choices_of_all_schemes(register: Register) -> tuple[Choice, ...]:
    """The closed ones too, for what looks back."""
    return tuple(Choice(scheme.id, scheme.name, scheme.code) for scheme in register.schemes.all())


def choices_of_occupation_kinds(kinds: Iterable[str]) -> tuple[Choice, ...]:
    """Kinds of occupation in words."""
    return tuple(Choice(kind, _(OCCUPATION_KINDS[kind]) if kind in OCCUPATION_KINDS else kind) for kind in kinds)


def choices_of_asks() -> tuple[Choice, ...]:
    """Further fields of the entry form in words."""
    return tuple(Choice(name, _(words)) for name, words in ASKS.items())


def yes_or_no() -> tuple[Choice, ...]:
    """1 and 2, or their first letters."""
    return Choice(True, _("Yes"), "1"), Choice(False, _("No"), "2")
