"""What a few typed letters may mean: the code, the name, or the start of any word of it."""

from __future__ import annotations

import re


def fold(text: str) -> str:
    """Small letters, single spaces, no punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def rank(wanted: str, code: str, name: str, aliases: tuple[str, ...] = ()) -> int | None:
    """How well folded letters fit: 0 is best, None where something else is meant. All texts are folded."""
    whole = f"{code} {name}".strip()
    if wanted in (code, name, whole):
        return 0
    if wanted in aliases:
        return 1
    if name.startswith(wanted) or (code and whole.startswith(wanted)):
        return 2
    if any(alias.startswith(wanted) for alias in aliases):
        return 3
    if f" {wanted}" in name:
        return 4
    return 5 if any(f" {wanted}" in alias for alias in aliases) else None
