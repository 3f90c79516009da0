"""The lists of a restore in words."""

from __future__ import annotations

from models.storage.comparing import ChangeLine
from tests.factories import NOW
from ui.exchange.change_words import row_of


def test_only_fields_that_staff_know_are_named() -> None:
    line = ChangeLine(
        "correction_request", "add", 1, NOW, "tuti", "", "", "", ("worker", "uid", "base_revision", "reason")
    )
    assert row_of(line).what == "Koreksi diusulkan atau diputuskan"
    assert row_of(line).fields == ""
    line = ChangeLine("worker", "correct", 1, NOW, "andi", "Siti", "1312014508900003", "", ("income", "revision"))
    assert row_of(line).fields == "Penghasilan sebulan (Rp)"
