"""Schemes to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.fields.choice import Choice

if TYPE_CHECKING:
    from models.register import Register


def choices_of_schemes(register: Register) -> tuple[Choice, ...]:
    """The office's schemes by code or name."""
    return tuple(Choice(scheme.id, scheme.name, scheme.code) for scheme in register.schemes.all())
