"""Lists that are answers: read and checked for what they say, without asking for what only a registration needs."""

from __future__ import annotations

from datetime import date

from models.exchange.cells import Cell
from models.exchange.checking import check_every_row, check_list
from models.exchange.guessing import guess
from models.exchange.mapping import Purpose
from models.exchange.purposes import likely_purpose
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.tables import make_context, table_of, table_of_list

RETURN = ["No", "NIK", "Nama", "No. KPJ", "Status", "Keterangan", "Kode Iuran", "Tgl Bayar", "Nominal"]
ROWS: list[list[Cell]] = [
    [1, "1312040107850001", "RINA", "12345678901", "Diterima", "", "8888812345678901", "05/01/2026", "50.400"],
    [2, "1312040107850002", "SARI", "", "DITOLAK", "Usia lebih dari 65 tahun", "", "", ""],
    [3, "131204010785003", "BUDI", "123", "entah", "", "", "31/02/2026", "1,000"],
    [4, "1312040107850001", "RINA", "12345678901", "Diterima", "", "8888812345678902", date(2026, 2, 5), 50400],
]


def test_an_answer_of_bpjs_is_read_and_its_slips_are_named() -> None:
    table = table_of(RETURN, ROWS)
    mapping = guess(table, purpose=Purpose.BPJS_RETURN).mapping
    checked = check_list(table, mapping, make_context())

    assert checked.values["outcome"] == ["accepted", "rejected", None, "accepted"]
    assert checked.values["reason"][1] == "Usia lebih dari 65 tahun"
    assert checked.values["kpj"] == ["12345678901", "", "", "12345678901"]
    assert checked.values["paid_on"] == ["2026-01-05", None, None, "2026-02-05"]
    assert checked.values["amount"] == [50_400, None, None, 50_400]
    assert checked.absent == frozenset()
    assert {(finding.place, finding.problem.code) for finding in checked.findings} == {
        (2, "nik_length"), (2, "kpj_length"), (2, "outcome_unknown"), (2, "date_impossible"), (2, "rupiah_unclear"),
    }  # fmt: skip
    assert check_every_row(table, mapping, make_context()).findings == checked.findings


def test_a_month_after_the_other_is_no_person_twice() -> None:
    table = table_of(RETURN, [ROWS[0], ROWS[3]])
    checked = check_list(table, guess(table, purpose=Purpose.BPJS_RETURN).mapping, make_context())

    assert checked.findings == []


def test_a_match_of_disdukcapil_is_read() -> None:
    headings = ["NIK", "Nama", "Hasil Padanan", "Keterangan"]
    rows: list[list[Cell]] = [
        ["1312040107850001", "RINA", "Padan", ""],
        ["1312040107850002", "SARI", "Tidak Ditemukan", ""],
        ["1312040107850003", "BUDI", "MENINGGAL", "Akta 12/2024"],
    ]
    table = table_of(headings, rows)
    checked = check_list(table, guess(table, purpose=Purpose.NIK_MATCH).mapping, make_context())

    assert checked.findings == []
    assert checked.values["outcome"] == ["match", "not_found", "dead"]
    assert checked.values["reason"][2] == "Akta 12/2024"


def test_active_members_are_read() -> None:
    headings = ["NIK", "Nama Peserta", "KPJ", "Aktif", "Segmen", "Perusahaan"]
    rows: list[list[Cell]] = [
        ["1312040107850001", "RINA", "12345678901", "Ya", "PU", "PT Sawit Talu"],
        ["1312040107850002", "SARI", "", "Tidak", "", ""],
    ]
    table = table_of(headings, rows)
    checked = check_list(table, guess(table, purpose=Purpose.MEMBERSHIP).mapping, make_context())

    assert checked.findings == []
    assert checked.values["active"] == ["yes", "no"]
    assert checked.values["segment"][0] == "PU"
    assert checked.values["employer"] == ["PT Sawit Talu", ""]


def test_an_answer_by_names_alone_is_no_list_to_be_stopped() -> None:
    table = table_of(["Nama", "No. KPJ"], [["RINA", "12345678901"], ["SARI", "12345678902"]])
    guessed = guess(table, purpose=Purpose.BPJS_RETURN)
    checked = check_list(table, guessed.mapping, make_context())

    assert guessed.problems == ()
    assert checked.stops == ()
    assert checked.findings == []


def test_what_an_answer_is_for_shows_by_its_outcomes() -> None:
    def purpose(headings: list[str], *rows: list[Cell]) -> Purpose:
        return likely_purpose(table_of(headings, rows))

    nik = "1312040107850001"
    assert purpose(
        ["NIK", "NAMA", "KPJ", "STATUS"], [nik, "RINA", "12345678901", "BERHASIL"], [nik, "SARI", "", "DITOLAK"]
    ) is (Purpose.BPJS_RETURN)
    assert purpose(["NIK", "Nama", "Hasil Pemadanan"], [nik, "RINA", "Sesuai"], [nik, "SARI", "MENINGGAL"]) is (
        Purpose.NIK_MATCH
    )
    assert purpose(["NIK", "Nama", "Status NIK"], [nik, "RINA", "VALID"]) is Purpose.NIK_MATCH
    assert purpose(["NIK", "Nama", "Status Kepesertaan"], [nik, "RINA", "AKTIF"]) is Purpose.MEMBERSHIP
    headings = ["NIK", "NAMA", "KPJ", "PROGRAM", "TGL KEPESERTAAN", "STATUS"]
    assert purpose(headings, [nik, "RINA", "12345678901", "JKK, JKM", "01-11-2026", "AKTIF"]) is Purpose.MEMBERSHIP


def test_a_list_of_people_is_no_answer_whatever_its_status_says() -> None:
    assert likely_purpose(table_of_list(nagari_list(5))) is Purpose.WORKERS
    headings = ["NIK", "Nama", "Alamat", "Status"]
    assert likely_purpose(table_of(headings, [["1312040107850001", "RINA", "Jl. Talu", "VALID"]])) is Purpose.WORKERS
    assert likely_purpose(table_of(["NIK", "Nama", "Status"], [["1", "RINA", "Kawin"]])) is Purpose.WORKERS
    assert likely_purpose(table_of(["NIK", "Nama", "Status"], [["1", "RINA", ""]])) is Purpose.WORKERS
