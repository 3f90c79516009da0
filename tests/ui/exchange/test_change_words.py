"""The lists of a restore in words."""

from __future__ import annotations

from models.storage import row_text, tampering
from models.storage.comparing import ChangeLine
from models.storage.salvage import OTHERS
from tests.factories import NOW
from ui.exchange.change_words import row_of, what_words


def test_only_fields_that_staff_know_are_named() -> None:
    line = ChangeLine(
        "correction_request", "add", 1, NOW, "tuti", "", "", "", ("worker", "uid", "base_revision", "reason")
    )
    assert row_of(line).what == "Koreksi diusulkan atau diputuskan"
    assert row_of(line).fields == ""
    line = ChangeLine("worker", "correct", 1, NOW, "andi", "Siti", "1312014508900003", "", ("income", "revision"))
    assert row_of(line).fields == "Penghasilan sebulan (Rp)"


def test_every_kind_of_record_has_words_in_a_restore_a_salvage_and_a_check() -> None:
    kinds = {*row_text.WITHOUT, *row_text.WHOLE}
    for kind in kinds:
        line = ChangeLine(kind, "correct", 1, NOW, "tuti", "", "", "KODE")
        assert what_words(line) != kind
    assert kinds <= tampering.KINDS.keys()
    assert kinds - {"worker", "enrolment", "region"} <= set(OTHERS)
