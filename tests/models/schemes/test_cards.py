"""What is pasted from a spreadsheet as the answer of BPJS."""

from __future__ import annotations

from datetime import date

from models.schemes.cards import parse_cards
from tests.factories import TODAY

PAID = date(2026, 11, 20)


def test_two_columns_and_a_head_are_read() -> None:
    text = "NIK\tKPJ\n1312044107850001\t12345678901\n\nSiti Aminah\t1234 5678 902\t19/11/2026\n"
    first, second = parse_cards(text, PAID, TODAY)
    assert (first.line, first.nik, first.kpj, first.paid_on, first.problem) == (
        2, "1312044107850001", "12345678901", PAID, None,
    )  # fmt: skip
    assert (second.line, second.name_key, second.kpj, second.paid_on) == (
        4, "SITI AMINAH", "12345678902", date(2026, 11, 19),
    )  # fmt: skip


def test_a_line_typed_with_blanks_is_read_too() -> None:
    assert [(row.who, row.kpj) for row in parse_cards("Siti Aminah 12345678901", PAID, TODAY)] == [
        ("Siti Aminah", "12345678901")
    ]


def test_what_cannot_be_is_named_line_by_line() -> None:
    text = "Siti\t12345678901\nSiti\t12345678902\nUpik\t12345678901\nRina\t123\nNur\t12345678903\t40/11/2026\n"
    text += "1312044107850001"
    codes = [row.problem and row.problem.code for row in parse_cards(text, None, TODAY)]
    assert codes[:4] == [None, "person_twice", "card_twice", "kpj_length"]
    assert codes[4] is not None
    assert codes[5] == "columns_missing"


def test_nothing_pasted_is_no_row() -> None:
    assert parse_cards(" \n\n", PAID, TODAY) == ()
