"""Long numbers as they are pasted, and as spreadsheets spoil them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.values.digits import is_digits, problem_with_digits, strip_separators


def problem(text, length=16):
    return problem_with_digits(text, length, field="nik", code="nik", what="NIK")


@pytest.mark.parametrize(
    "text",
    [
        "1312030407850001", "1312 0304 0785 0001", "1312-0304-0785-0001", "131203.040785.0001", "'1312030407850001",
        " 1312030407850001\n", "\ufeff1312030407850001", "1312\u00a00304\u200b07850001", "13\u20111203\u20130407850001",
        "NIK: 1312030407850001", "nik 1312030407850001", "No. KTP : 1312030407850001", "Nomor NIK=1312030407850001",
        "\u20181312030407850001\u2019", "1.312.030.407.850.001", "KK 1312030407850001",
    ],
)  # fmt: skip
def test_separators_and_a_label_do_not_count(text):
    assert strip_separators(text) == "1312030407850001"
    assert problem(text) is None


@pytest.mark.parametrize(
    "text",
    ["1,31203E+15", "1.31203E+15", "1,31203E15", "'1,31203E+15", " 1,31203e+15 ", "1E+15", "1.312030407850001E+15",
     "1312030407850001.0", "1312030407850001,00"],
)  # fmt: skip
def test_a_number_spoilt_by_a_spreadsheet_has_its_own_sentence(text):
    found = problem(text)
    assert found.code == "nik_scientific"
    assert "Excel" in found.text
    assert "16 digit" in found.text


def test_the_count_is_shown():
    assert problem("131203040785000").text.startswith("Hanya 15 digit; NIK terdiri dari 16 digit.")
    assert problem("13120304078500011").text.startswith("Ada 17 digit; NIK hanya 16 digit.")


@pytest.mark.parametrize(
    ("text", "found", "meant"),
    [
        ("131203040785000O", "O", "0"),
        ("l312030407850001", "l", "1"),
        ("I3I2030407850001", "I", "1"),
        ("1312o304o7850001", "o", "0"),
        ("131203O4O785O0l1", "O l", "0 1"),
        ("131203040785000S", "S", "5"),
    ],
)
def test_a_letter_that_looks_like_a_digit_is_named_and_not_mapped(text, found, meant):
    trouble = problem(text)
    assert trouble.code == "nik_letters"
    assert f"huruf {found}," in trouble.text
    assert f"angka {meant}?" in trouble.text


def test_digits_of_another_script_are_named():
    assert problem("١٣١٢٠٣٠٤٠٧٨٥٠٠٠١").code == "nik_other_digits"
    assert problem("１３１２０３０４０７８５０００１").code == "nik_other_digits"


@pytest.mark.parametrize(
    "text", ["1312030407850001/2", "abc", "1312030407850001,1312030407850002", "{0}", "%s", "\x00"]
)
def test_anything_else_is_named(text):
    trouble = problem(text)
    assert trouble.code == "nik_characters"
    assert trouble.text


@given(st.text())
def test_any_text_is_digits_or_has_a_sentence(text):
    bare = strip_separators(text)
    trouble = problem(text)
    assert (trouble is None) == (len(bare) == 16 and is_digits(bare))
    assert trouble is None or trouble.text


@given(st.text(alphabet="0123456789 .-'", max_size=40))
def test_stripping_twice_is_stripping_once(text):
    assert strip_separators(strip_separators(text)) == strip_separators(text)


def test_only_western_digits_are_digits():
    assert is_digits("0123456789")
    assert not any(map(is_digits, ("", "١٢", "²", "1a", "-1", " 1")))
