"""Columns are known by their headings and by what stands in them; whoever was wrong about one is told."""

from __future__ import annotations

from datetime import date

import pytest

from models.exchange.cells import Cell
from models.exchange.fields import fields_for, keys_of
from models.exchange.guessing import Guess, guess
from models.exchange.kinds import shipped_mappings
from models.exchange.mapping import ColumnMapping, Purpose
from tests.models.exchange.nagari_lists import nagari_list, swap_columns
from tests.models.exchange.tables import FIELD, make_context, table_of, table_of_list

SIPP = """
NO_PEGAWAI NAMA_LENGKAP GELAR TELEPON_AREA_RUMAH TELEPON_RUMAH EMAIL TELEPON_AREA_KANTOR TELEPON_KANTOR
TELEPON_EXT_KANTOR HP EMAIL TEMPAT_LAHIR TANGGAL_LAHIR NAMA_IBU_KANDUNG JENIS_IDENTITAS NO_IDENTITAS
MASA_LAKU_IDENTITAS JENIS_KELAMIN SURAT_MENYURAT_KE TANGGAL_KEPESERTAAN STATUS_KAWIN GOLONGAN_DARAH NPWP KODE_NEGARA
UPAH ALAMAT KODE_POS LOKASI_PEKERJAAN STATUS_PEGAWAI TGL_AWAL_BEKERJA TGL_AKHIR_KONTRAK
"""


def fields_of(guessed: Guess) -> list[str]:
    return [column.field for column in guessed.columns]


def test_a_nagari_list_is_known_column_by_column() -> None:
    people = nagari_list(60, is_wide=True)
    guessed = guess(table_of_list(people), context=make_context())

    assert fields_of(guessed) == [FIELD.get(name, name) for name in people.fields]
    assert all(column.is_sure for column in guessed.columns)
    assert guessed.problems == ()


def test_without_any_heading_the_cells_tell_most() -> None:
    people = nagari_list(80, is_wide=True, nagari=None)
    table = table_of_list(people)
    table.headings = ("",) * len(table.headings)
    guessed = dict(zip(people.fields, fields_of(guess(table, context=make_context())), strict=True))

    for name in ("nik", "family_card", "name", "born_on", "sex", "mother_name", "kecamatan", "phone", "occupation"):
        assert guessed[name] == name
    assert guessed["marital_status"] == "marital_status"


def test_what_is_only_guessed_from_cells_is_not_called_sure() -> None:
    table = table_of_list(nagari_list(80))
    table.headings = ("",) * len(table.headings)

    assert not any(column.is_sure for column in guess(table).columns if column.field)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIK", "nik"),
        ("No. KTP", "nik"),
        ("NO_IDENTITAS", "nik"),
        ("N I K (16 digit)", ""),
        ("NIK (16 digit)", "nik"),
        ("No.KK", "family_card"),
        ("Nomor Kartu Keluarga", "family_card"),
        ("NAMA_LENGKAP", "name"),
        ("Nama Pekerja Rentan", "name"),
        ("Nama Lengkap (sesuai KTP)", "name"),
        ("Nama  Lengkp", "name"),
        ("Nama Ibu Kandung", "mother_name"),
        ("Tempat/Tgl Lahir", "birth"),
        ("TEMPAT, TANGGAL LAHIR", "birth"),
        ("TTL", "birth"),
        ("Kelahiran / Tempat", "birth_place"),
        ("Kelahiran / Tanggal", "born_on"),
        ("Tgl. Lahir", "born_on"),
        ("L/P", "sex"),
        ("JK", "sex"),
        ("Jenis Kelamin (L/P)", "sex"),
        ("Tempat Tinggal / Jorong", "jorong"),
        ("Desa/Kelurahan", "nagari"),
        ("Kec.", "kecamatan"),
        ("No. HP/WA", "phone"),
        ("Pekerjaan", "occupation"),
        ("Penghasilan/bulan (Rp)", "income"),
        ("Lokasi Pekerjaan", "work_place"),
        ("Desil Nasional", "source_decile"),
        ("NIP", "payer_number"),
        ("OPD", "payer_office"),
        ("Nama ASN", "payer_name"),
        ("Iuran", "fee"),
        ("Jumlah Bulan", "month_count"),
        ("Golongan Darah", ""),
        ("Tanda Tangan", ""),
    ],
)
def test_headings_of_the_field_are_known(heading: str, field: str) -> None:
    table = table_of([heading], [[""]])

    assert fields_of(guess(table)) == [field]


def test_the_columns_of_sipp_are_known() -> None:
    headings = SIPP.split()
    row: list[Cell] = [""] * len(headings)
    named = dict(zip(headings, fields_of(guess(table_of(headings, [row, row]))), strict=True))

    assert len(headings) == 31

    assert named["NO_IDENTITAS"] == "nik"
    assert named["NAMA_LENGKAP"] == "name"
    assert named["GELAR"] == "titles"
    assert named["HP"] == "phone"
    assert named["UPAH"] == "income"
    assert named["LOKASI_PEKERJAAN"] == "work_place"
    assert named["TELEPON_KANTOR"] == named["NPWP"] == named["STATUS_PEGAWAI"] == ""


def test_a_nik_and_a_family_card_that_are_swapped_are_told_apart_by_their_cells() -> None:
    people = nagari_list(60)
    swap_columns(people, "nik", "family_card")
    guessed = guess(table_of_list(people), context=make_context())

    assert fields_of(guessed)[1:3] == ["family_card", "nik"]
    assert [problem.code for problem in guessed.problems] == ["column_contradicts"] * 2
    assert not guessed.columns[1].is_sure
    assert "NIK" in guessed.problems[0].text


def test_a_birth_date_under_the_heading_of_the_place_is_caught() -> None:
    people = nagari_list(60)
    swap_columns(people, "birth_place", "born_on")
    guessed = guess(table_of_list(people), context=make_context())

    assert "column_contradicts" in [problem.code for problem in guessed.problems]
    assert fields_of(guessed)[people.column("birth_place")] == "born_on"


def test_a_remembered_kind_of_list_goes_first() -> None:
    people = nagari_list(30)
    people.headings[people.column("mother_name")] = "Bundo"
    people.headings[people.column("jorong")] = "Korong"
    table = table_of_list(people)
    assert "mother_name" not in fields_of(guess(table)) or not guess(table).columns[7].is_sure

    columns = dict(zip(keys_of(people.headings), people.fields, strict=True))
    known = ColumnMapping(
        id=7, name="Daftar Talamau", columns={**columns, "NO": "number"}, translations={"sex": {"LANANG": "L"}}
    )
    guessed = guess(table, [known])

    assert guessed.remembered == known
    assert fields_of(guessed)[7] == "mother_name"
    assert guessed.mapping.translations == {"sex": {"LANANG": "L"}}
    assert guessed.mapping.id == 7
    assert "Daftar Talamau" in guessed.columns[7].why.text


def test_a_remembered_kind_is_not_believed_against_the_cells() -> None:
    people = nagari_list(30)
    swap_columns(people, "nik", "phone")
    guessed = guess(table_of_list(people))

    assert fields_of(guessed)[people.column("phone")] == "nik"
    assert "column_contradicts" in [problem.code for problem in guessed.problems]


def test_a_list_without_a_nik_says_so() -> None:
    guessed = guess(table_of(["Nama", "Alamat"], [["Rina", "Jl. Raya"]]))

    assert [problem.code for problem in guessed.problems] == ["column_absent"]


def test_each_field_is_given_once() -> None:
    table = table_of(["Nama", "Nama", "EMAIL", "EMAIL"], [["Rina Sari", "Budi", "a@b.id", "c@d.id"]] * 3)
    fields = [name for name in fields_of(guess(table)) if name]

    assert len(fields) == len(set(fields))
    assert {"name", "email"} <= set(fields)


def test_an_answer_of_bpjs_is_known_for_what_it_is() -> None:
    headings = ["No", "NIK", "Nama", "No. KPJ", "Status", "Alasan Penolakan", "Kode Iuran", "Tgl Bayar", "Nominal"]
    rows: list[list[Cell]] = [
        [1, "1312040107850001", "RINA", "12345678901", "DITERIMA", "", "8888812345678901", date(2026, 1, 5), 50400],
        [2, "1312040107850002", "SARI", "", "DITOLAK", "USIA LEBIH", "", "", ""],
    ]
    guessed = guess(table_of(headings, rows), purpose=Purpose.BPJS_RETURN)

    assert fields_of(guessed) == [
        "number", "nik", "name", "kpj", "outcome", "reason", "payment_code", "paid_on", "amount",
    ]  # fmt: skip


def test_the_kinds_that_come_with_the_program_name_fields_that_exist() -> None:
    kinds = shipped_mappings()

    assert {kind.purpose for kind in kinds} == set(Purpose)
    for kind in kinds:
        assert {name for name in kind.columns.values() if name} <= {field.name for field in fields_for(kind.purpose)}
        assert "nik" in kind.columns.values()


def test_siak_codes_of_sex_are_understood_with_its_kind() -> None:
    siak = next(kind for kind in shipped_mappings() if kind.name == "SIAK")
    headings = list(siak.columns)
    table = table_of(headings, [["1312040107850001" if heading == "NIK" else "" for heading in headings]])

    assert guess(table).mapping.translations == {"sex": {"1": "L", "2": "P"}}
