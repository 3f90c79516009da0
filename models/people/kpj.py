"""The number on a participant card of BPJS Ketenagakerjaan (KPJ): eleven characters, old cards carry a letter."""

from __future__ import annotations

from models.language import N_
from models.problems import Problem
from models.values.digits import strip_separators
from models.values.parsed import Parsed

LENGTH = 11
_ALLOWED = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def parse_kpj(text: str, *, field: str = "kpj") -> Parsed[str]:
    """Reads a card number, separators and small letters allowed; gives eleven characters 0-9, A-Z."""
    bare = strip_separators(text)
    if not bare:
        return None, ()
    kpj = bare.upper() if bare.isascii() else bare
    strange = [c for c in kpj if c not in _ALLOWED]
    if strange:
        message = N_("A KPJ holds only digits and letters, but there is {found} in it. Copy it again from the card.")
        return None, (Problem(field, "kpj_characters", message, {"found": " ".join(dict.fromkeys(strange[:20]))}),)
    if len(kpj) != LENGTH:
        message = N_("{count} characters; a KPJ has {length}. Compare with the card.")
        return None, (Problem(field, "kpj_length", message, {"count": len(kpj), "length": LENGTH}),)
    return kpj, ()
