"""Cells of every form become the stored value that they mean, and whatever means two things is asked about."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.exchange.cells import Cell
from models.exchange.listed_names import doubtful_names
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.reading_cells import Readers
from models.exchange.values import (
    DateReader,
    cleaned,
    is_month_first,
    number_cell_problem,
    read_count,
    read_money,
    read_rt_rw,
    split_birth,
)
from models.people.names import Name, fold, read_name
from models.people.rules import AgeRules
from models.values.dates import parse_date
from tests.factories import TODAY
from tests.models.exchange.tables import make_context

READER = DateReader("born_on", TODAY)


def readers(**values: object) -> Readers:
    return Readers(ColumnMapping(**values), make_context())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        "01/07/1985", "1-7-1985", "1.7.85", "01071985", "1 Juli 1985", "1 Jul 1985", "1985-07-01",
        "1985-07-01 00:00:00",
        date(1985, 7, 1), datetime(1985, 7, 1), 31229, 31229.0, 1071985,
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form_in_which_it_is_written(cell: Cell) -> None:
    assert READER.read(cell).stored == "1985-07-01"
    assert READER.read(cell).problem is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31229", "date_unreadable"),
        ("31/02/1985", "date_impossible"),
        ("07/31/1985", "date_impossible"),
        ("01/01/1900", "date_default"),
        (date(1899, 12, 31), "date_default"),
        ("00/00/0000", "date_default"),
        (0, "date_default"),
        (1985, "date_year_only"),
        ("Simpang Empat", "date_unreadable"),
        (-3, "date_unreadable"),
    ],
)
def test_what_is_no_day_or_nobody_s_birthday_is_a_problem(cell: Cell, code: str) -> None:
    read = READER.read(cell)

    assert read.stored is None
    assert read.problem is not None
    assert read.problem.code == code


def test_a_two_digit_year_is_of_somebody_who_lives() -> None:
    assert READER.read("17/08/58").stored == "1958-08-17"
    assert READER.read("17/08/05").stored == "2005-08-17"


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y"]))
def test_the_short_way_reads_dates_as_the_long_one(day: date, form: str) -> None:
    assert READER.read(day.strftime(form)).stored == day.isoformat()


@given(st.from_regex(r"[0-9]{2}[-/][0-9]{2}[-/][12][0-9]{3}", fullmatch=True))
def test_the_short_way_reads_nothing_that_the_long_one_refuses(text: str) -> None:
    day, _problems = parse_date(text, TODAY)
    stored = READER.read(text).stored

    assert stored is None if day is None or day.year == 1900 else stored == day.isoformat() or stored is None
    assert (stored is None) == (day is None or day == date(1900, 1, 1))


@given(st.lists(st.dates(date(1950, 1, 1), date(2005, 12, 31)), min_size=30, max_size=60))
def test_the_order_of_day_and_month_is_told_by_the_column(days: list[date]) -> None:
    if not any(day.day > 12 for day in days):
        return
    assert is_month_first([f"{day:%m/%d/%Y}" for day in days])
    assert not is_month_first([f"{day:%d/%m/%Y}" for day in days])


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("Rp 1.000.000,-", 1_000_000),
        ("850rb", 850_000),
        (850_000, 850_000),
        (850_000.0, 850_000),
        ("", None),
        ("-", None),
    ],
)
def test_money_is_read_as_it_is_written_here(cell: Cell, amount: int | None) -> None:
    assert read_money("income", cell).stored == amount
    assert read_money("income", cell).problem is None


@pytest.mark.parametrize("cell", ["1,000,000", "1.5", "satu juta", 850_000.5, float("nan"), date(2026, 1, 1), True])
def test_money_that_means_two_things_or_none_is_refused(cell: Cell) -> None:
    assert read_money("income", cell).stored is None
    assert read_money("income", cell).problem is not None


@pytest.mark.parametrize(("cell", "count"), [("3 bulan", 3), (3, 3), (3.0, 3), ("Desil 1", 1), ("", None)])
def test_counts_are_read_with_words_around_them(cell: Cell, count: int | None) -> None:
    assert read_count("month_count", cell).stored == count


@pytest.mark.parametrize("cell", ["tiga", "3,5", date(2026, 1, 1), "3 atau 4"])
def test_what_is_no_count_is_a_problem(cell: Cell) -> None:
    assert read_count("month_count", cell).problem is not None


@pytest.mark.parametrize(
    ("name", "cell", "text"),
    [
        ("rt_rw", "001/002", "RT 001/RW 002"),
        ("rt_rw", "RT.1 RW.2", "RT 001/RW 002"),
        ("rt", 1, "RT 001"),
        ("rw", "", ""),
    ],
)
def test_rt_and_rw_get_their_zeros_back(name: str, cell: Cell, text: str) -> None:
    assert read_rt_rw(name, cell).stored == text


def test_rt_and_rw_that_became_a_date_are_a_problem() -> None:
    problem = read_rt_rw("rt_rw", date(2026, 2, 1)).problem

    assert problem is not None
    assert problem.code == "rt_rw_spoilt"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Talu, 01-07-1985", ("Talu", "01-07-1985")),
        ("Talu/1 Juli 1985", ("Talu", "1 Juli 1985")),
        ("Simpang Empat 17/8/85", ("Simpang Empat", "17/8/85")),
        ("Talu", ("Talu", "")),
        ("01-07-1985", ("", "01-07-1985")),
    ],
)
def test_place_and_date_are_parted(text: str, parts: tuple[str, str]) -> None:
    assert split_birth(text) == parts


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (1312040107850000, "nik_cut"),
        (1312040107850010, "nik_cut"),
        (1312040107850017, "nik_number"),
        (1.31204e15, "nik_scientific"),
        ("1312040107850010", None),
        (131204010785, None),
    ],
)
def test_a_number_cell_is_no_place_for_a_nik(cell: Cell, code: str | None) -> None:
    problem = number_cell_problem(cell, "nik", "NIK", 16)

    assert (problem.code if problem else None) == code


@pytest.mark.parametrize(
    ("name", "cell", "stored"),
    [
        ("sex", "Laki-laki", "L"), ("sex", "lk", "L"), ("sex", "Pr.", "P"), ("sex", "PEREMPUAN", "P"),
        ("sex", "", None),
        ("marital_status", "Belum Kawin", "single"), ("marital_status", "K", "married"),
        ("marital_status", "CERAI HIDUP", "divorced"), ("marital_status", "Cerai Mati", "widowed"),
        ("segment", "Bukan Penerima Upah", "BPU"), ("segment", "pu", "PU"),
        ("occupation", "Petani sawit", "7"), ("occupation", "1", "1"), ("occupation", "PEMANEN SAWIT", "1"),
        ("other_membership", "Belum", "none"), ("phone", "812-6677-8899", "+6281266778899"),
        ("phone", 81266778899, "+6281266778899"), ("phone", "0", ""), ("postcode", 26368, "26368"),
        ("kpj", "12-345678901", "12345678901"), ("email", "Rina@Contoh.go.id", "Rina@contoh.go.id"),
        ("kecamatan", "Kec. Talamau", "13.12.04"), ("kecamatan", "Talamou", "13.12.04"),
        ("nagari", "Nagari Kajai", "13.12.04.2001"), ("nagari", "13.12.04.2001", "13.12.04.2001"),
        ("nagari", 1312042001, "13.12.04.2001"), ("address", "Jl.  Raya ,  Talu ", "Jl. Raya, Talu"),
    ],
)  # fmt: skip
def test_the_words_of_lists_mean_what_the_register_stores(name: str, cell: Cell, stored: object) -> None:
    read = readers().reader(name, False)(cell)

    assert read.stored == stored
    assert read.problem is None


@pytest.mark.parametrize(
    ("name", "cell", "code", "first"),
    [
        ("sex", "Lelakii", "sex_unknown", "L"),
        ("marital_status", "Kawim", "marital_status_unknown", "Kawin"),
        ("occupation", "Pemanen swit", "occupation_unknown", "Pemanen sawit"),
        ("nagari", "Kajay", "nagari_unknown", "Kajai"),
        ("kecamatan", "Antah Berantah", "kecamatan_unknown", None),
        ("nagari", 13.12, "nagari_code_spoilt", None),
        ("phone", "1312040107850001", "phone_is_nik", None),
        ("address", "#REF!", "cell_error", None),
    ],
)
def test_an_unknown_word_offers_the_nearest_one(name: str, cell: Cell, code: str, first: str | None) -> None:
    read = readers().reader(name, False)(cell)

    assert read.problem is not None
    assert read.problem.code == code
    assert read.problem.text
    if first is not None:
        assert read.proposals[0] == first


def test_an_old_name_is_taken_where_the_kecamatan_agrees_and_asked_about_otherwise() -> None:
    own = readers()

    assert own.nagari("Aia Bangis", "13.12.01").problem is None
    assert own.nagari("Aia Bangis", "13.12.01").note == "nagari_alias"
    alone = own.nagari("Aia Bangis", "")
    assert alone.stored == "13.12.01.2001"
    assert alone.problem is not None
    assert alone.problem.code == "nagari_alias"
    assert not alone.problem.is_error


def test_a_name_that_two_nagari_have_asks_for_the_kecamatan() -> None:
    context = make_context(nagari={"13.12.01.2001": "Koto Baru", "13.12.02.2001": "Koto Baru"})
    own = Readers(ColumnMapping(), context)

    assert own.nagari("Koto Baru", "13.12.02").stored == "13.12.02.2001"
    ambiguous = own.nagari("Koto Baru", "").problem
    assert ambiguous is not None
    assert ambiguous.code == "nagari_ambiguous"


def test_what_was_answered_once_goes_before_all_else() -> None:
    own = readers(translations={"sex": {"LANANG": "L", "PR": "L"}, "nagari": {"KAJAI": "13.12.04.2002"}})

    assert own.reader("sex", False)("Lanang").stored == "L"
    assert own.reader("sex", False)("pr").stored == "L"
    assert own.nagari("Kajai", "13.12.04").stored == "13.12.04.2002"


def test_outcomes_are_read_by_what_the_list_is_for() -> None:
    assert readers(purpose=Purpose.BPJS_RETURN).reader("outcome", False)("Ditolak").stored == "rejected"
    assert readers(purpose=Purpose.NIK_MATCH).reader("outcome", False)("TIDAK DITEMUKAN").stored == "not_found"
    assert readers(purpose=Purpose.MEMBERSHIP).reader("active", False)("Tidak Aktif").stored == "no"


@given(st.text(max_size=40))
def test_a_text_that_is_passed_over_stays_as_it_is(text: str) -> None:
    own = readers()
    if own.is_plain_text(text):
        assert cleaned(text) == text


WORDS = st.sampled_from([
    "SITI", "AMINAH", "MUHAMMAD", "NUR", "M.", "H.", "Hj.", "S", "Pd", "S.Pd", "SPd", "Dt.", "DT", "BANDARO", "A", "MD",
    "Alm", "ALM.", "alias", "Mei", "ARI", "O'Neil", "Nur'aini", "2", "SE", "SH", "St", "Sutan", "(Uni)", "bin", "binti",
    "K.", "H", "Ir", "dr",
])  # fmt: skip


@given(st.lists(st.lists(WORDS, max_size=5).map(" ".join), min_size=1, max_size=12))
def test_a_name_that_is_passed_over_has_no_title_and_no_problem(names: list[str]) -> None:
    looked_at = set(doubtful_names(names, "\n".join(names)))

    for place, name in enumerate(names):
        if place not in looked_at:
            assert read_name(name) == Name(name)
            assert fold(name) == name.upper()


@given(st.dates(date(1900, 1, 1), TODAY + timedelta(days=900)), st.integers(0, 30), st.integers(40, 90))
def test_a_birth_that_is_passed_over_is_within_the_ages(born_on: date, least: int, most: int) -> None:
    from models.people.rules import problems_of
    from tests.factories import make_worker

    context = make_context(ages=AgeRules(least, most, least))
    is_fine = Readers(ColumnMapping(), context).judge("born_on")(born_on.isoformat())
    problems = problems_of(
        make_worker(born_on=born_on), TODAY, context.ages, context.known_regions.__contains__, "13.12"
    )

    assert is_fine == (not any(problem.field == "born_on" for problem in problems))


@pytest.mark.parametrize("marks", ["'", "\u2019", "`", "' '", "''", "\u02bc"])
def test_marks_alone_are_no_date_and_no_bug(marks: str) -> None:
    read = READER.read(marks)
    assert (read.stored, read.problem) == (None, None)


@given(st.text(alphabet="'`\u2019.-/ 0123456789\u0660\u00bd\ud800JanMei", max_size=8))
def test_any_text_is_a_date_or_is_none(text: str) -> None:
    READER.read(text)
