"""Kinds of lists that the program knows from the start, to be taken as they are or kept under the office's own name."""

from __future__ import annotations

import json
from functools import cache

from models.exchange.fields import RESOURCES
from models.exchange.mapping import ColumnMapping, Purpose


@cache
def shipped_mappings() -> tuple[ColumnMapping, ...]:
    """Of the nagari, SIAK, DTSEN/P3KE, a company, BPJS, Disdukcapil; they belong to no file until they are saved."""
    kinds = json.loads((RESOURCES / "kinds.json").read_text("utf-8"))
    return tuple(
        ColumnMapping(
            name=kind["name"],
            purpose=Purpose(kind["purpose"]),
            columns=kind["columns"],
            translations=kind.get("translations", {}),
        )
        for kind in kinds
    )
