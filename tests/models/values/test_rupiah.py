"""Rupiah as people type it, as papers print it, and in words."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.values.rupiah import LARGEST, format_rupiah, parse_rupiah, spell, spell_rupiah

amounts = st.integers(0, LARGEST)


def value_of(text):
    value, problems = parse_rupiah(text)
    assert not problems, problems
    return value


def code_of(text, **kwargs):
    value, problems = parse_rupiah(text, **kwargs)
    assert value is None
    (problem,) = problems
    assert problem.text
    return problem.code


@pytest.mark.parametrize(
    "text",
    [
        "850000", "850.000", "Rp850.000", "Rp 850.000", "Rp. 850.000", "rp850000", "RP 850.000,-", "Rp850.000,--",
        "Rp850.000,00", "850.000,0", "850 000", "850rb", "850 rb", "850 ribu", "850 Ribu Rupiah", "850k", "0,85 jt",
        "0.85 juta", "850.000 rupiah", "Rp.850.000.-", "IDR 850.000", "850.000,-", " 850.000 ", "'850000",
        "850.000.", "Rp 850.000-", "Rp\u00a0850.000", "850.000,=", "850rb.",
    ],
)  # fmt: skip
def test_every_usual_form_of_850_thousand_is_read(text):
    assert value_of(text) == 850_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,5 jt", 1_500_000),
        ("1.5jt", 1_500_000),
        ("1,25 juta", 1_250_000),
        ("2 juta", 2_000_000),
        ("1.500.000,00", 1_500_000),
        ("1 jt 500 rb", 1_500_000),
        ("1 juta 250 ribu rupiah", 1_250_000),
        ("1,5 miliar", 1_500_000_000),
        ("1,5 milyar", 1_500_000_000),
        ("2mlr", 2_000_000_000),
        ("1 miliar 1 juta 1 ribu", 1_001_001_000),
        ("Rp1.434.787.200,-", 1_434_787_200),
        ("0", 0),
        ("Rp0,-", 0),
        ("-0", 0),
        ("007", 7),
    ],
)
def test_other_amounts_are_read(text, amount):
    assert value_of(text) == amount


@pytest.mark.parametrize("text", ["", "   ", "-", " - ", "'", "\u00a0"])
def test_an_empty_field_is_no_amount_and_no_problem(text):
    assert parse_rupiah(text) == (None, ())


@pytest.mark.parametrize(
    "text",
    [
        "1.5", "1,5", "1,500", "1,500,000", "1.50.000", "1..500", "1.250 jt", "1,250 jt", "0.500", "850 00", "1 5",
        "1.500 000", "1, 500", "850.000.00", "1jt500", "500 rb 1 jt", "1 jt 2 jt", "1 rb 1 k", "1 rb 1000 k",
        "1 jt 1000 rb",
    ],
)  # fmt: skip
def test_what_could_mean_two_amounts_is_refused_and_never_guessed(text):
    assert code_of(text) == "rupiah_unclear"


@pytest.mark.parametrize("text", ["1.500.000,50", "850000,25", "850.000,5"])
def test_cents_are_refused_in_their_own_words(text):
    assert code_of(text) == "rupiah_cents"


@pytest.mark.parametrize("text", ["Rp", "satu juta", "1,5E+06", "12abc", "jt", "１２", "٨٥٠", "²", "1;2", "9" * 5000])
def test_what_is_no_amount_is_refused(text):
    assert code_of(text) == "rupiah_unreadable"


@pytest.mark.parametrize("text", ["-5", "(5.000)", "Rp -850.000", "-Rp850.000", "\u2212850000"])
def test_an_amount_below_zero_is_refused(text):
    assert code_of(text) == "rupiah_negative"


def test_an_amount_that_is_too_large_is_refused_naming_the_limit():
    assert value_of("999.999.999.999.999") == LARGEST
    assert code_of("1.000.000.000.000.000") == "rupiah_too_large"
    _, (problem,) = parse_rupiah("2.000.001", at_most=2_000_000)
    assert "Rp2.000.000" in problem.text


def test_the_problem_belongs_to_the_field_that_was_asked_for():
    _, (problem,) = parse_rupiah("abc", field="wage_base")
    assert problem.field == "wage_base"


@given(amounts)
def test_what_is_printed_can_be_read_again(amount):
    text = format_rupiah(amount)
    assert value_of(text) == amount
    assert value_of(text.removeprefix("Rp") + ",-") == amount
    assert value_of(text + ",00") == amount
    assert value_of(str(amount)) == amount


@given(st.integers(1, 999_999), st.sampled_from([("rb", 1_000), ("jt", 1_000_000)]))
def test_units_multiply(count, unit):
    assert value_of(f"{count}{unit[0]}") == value_of(f"Rp {count} {unit[0]}") == count * unit[1]


@given(st.text() | st.text(alphabet="0123456789.,- RpjtbrkuE()\u00a0", max_size=20))
@example("1" * 4400)
def test_any_text_gives_an_amount_or_a_sentence(text):
    value, problems = parse_rupiah(text)
    assert value is None or (0 <= value <= LARGEST and not problems)
    assert all(p.text for p in problems)
    if value is not None:
        assert parse_rupiah(format_rupiah(value)) == (value, ())


def test_rupiah_is_printed_without_a_space():
    assert format_rupiah(16_800) == "Rp16.800"
    assert format_rupiah(0) == "Rp0"
    assert format_rupiah(389_239_200) == "Rp389.239.200"
    assert format_rupiah(-16_800) == "-Rp16.800"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (16_800, "enam belas ribu delapan ratus"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_001, "satu juta satu"),
        (
            1_434_787_200,
            "satu miliar empat ratus tiga puluh empat juta tujuh ratus delapan puluh tujuh ribu dua ratus",
        ),
        (389_239_200, "tiga ratus delapan puluh sembilan juta dua ratus tiga puluh sembilan ribu dua ratus"),
        (10**12, "satu triliun"),
        (10**12 + 1000, "satu triliun seribu"),
        (-5, "minus lima"),
    ],
)
def test_numbers_are_spelled_as_the_school_book_has_it(value, words):
    assert spell(value) == words


def test_rupiah_in_words():
    assert spell_rupiah(16_800) == "enam belas ribu delapan ratus rupiah"


@pytest.mark.parametrize("value", [LARGEST + 1, -LARGEST - 1])
def test_what_is_too_large_for_words_is_a_mistake_of_the_caller(value):
    with pytest.raises(ValueError, match="too large"):
        spell(value)


@given(st.integers(-LARGEST, LARGEST))
def test_the_words_say_the_number(value):
    words = spell(value)
    assert read_words(words) == value
    assert "satu ratus" not in words.replace("puluh satu ratus", "")
    assert "satu belas" not in words
    assert "satu puluh" not in words


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_no_two_numbers_share_their_words(one, other):
    assert (spell(one) == spell(other)) == (one == other)


def read_words(words: str) -> int:
    """An independent reader of Indonesian number words."""
    units = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
    small = {word: index for index, word in enumerate(units.split(" "))}
    total = group = last = 0
    for word in words.removeprefix("minus ").split():
        if word in small:
            group, last = group + small[word], small[word]
        elif word == "belas":
            group += 10
        elif word == "puluh":
            group, last = group + last * 9, 0
        elif word == "ratus":
            group, last = group + last * 99, 0
        elif word == "seratus":
            group += 100
        elif word == "seribu":
            total += 1000
        else:
            total, group = total + group * {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}[word], 0
    return (-1 if words.startswith("minus") else 1) * (total + group)
