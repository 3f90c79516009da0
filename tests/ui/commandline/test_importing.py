"""The command that takes a list in, on real workbooks: clean, with findings, refused; nothing is ever half done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.register import open_register
from models.storage.audit_chain import strays_in
from tests.factories import NOW
from tests.models.exchange.nagari_lists import nagari_list, spoil
from tests.models.exchange.workbooks import write_xlsx
from tests.ui.commandline.running import left_in, run

PLAN = ("--scheme", "SAWIT", "--from", "2026-12", "--months", 3)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Thirty people of whom nothing is wrong, with all that being enrolled asks for."""
    return write_xlsx(tmp_path / "bersih.xlsx", nagari_list(30, is_wide=True))


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """Thirty others, five of whom cannot be taken in."""
    people = nagari_list(30, seed=3, is_wide=True, first=40)
    for place, mistake in enumerate((1, 3, 7, 11, 14)):
        spoil(people, mistake, place * 5)
    return write_xlsx(tmp_path / "kotor.xlsx", people, has_total=True, is_signed=True)


def counts(data: Path) -> tuple[int, int]:
    """Workers and enrolments; the records must be as the audit trail says."""
    register = open_register(data, user="test", clock=lambda: NOW, read_only=True)
    try:
        assert list(strays_in(register._file.connection)) == []
        found = register._file.row("SELECT count(*) FROM enrolment WHERE counts = 1")
        assert found is not None
        return register.workers.count(), found[0]
    finally:
        register.close()


def test_a_clean_list_is_taken_in_after_a_backup_and_enrolled(data: Path, clean: Path) -> None:
    workers, enrolments = counts(data)
    ended = run("import", clean, "--data", data, *PLAN)
    assert (ended.code, ended.complained) == (0, "")
    assert ended.said.startswith(f"{clean} sudah diambil: 30 baru, 0 berubah, 0 tetap, 30 didaftarkan ke skema")
    assert ended.said.count("\n") == 1
    assert counts(data) == (workers + 30, enrolments + 30)
    assert len(list((data.parent / "cadangan").glob("*.db"))) == 1


def test_the_same_file_once_more_changes_nothing_and_says_so(data: Path, clean: Path) -> None:
    assert run("import", clean, "--data", data).code == 0
    before = data.read_bytes()
    ended = run("import", clean, "--data", data)
    assert ended.code == 4
    assert "30 tetap" in ended.complained
    assert "Berkas yang persis sama sudah diambil pada" in ended.complained
    assert data.read_bytes() == before


def test_a_dry_run_writes_nothing_at_all(data: Path, clean: Path) -> None:
    before = data.read_bytes()
    ended = run("import", clean, "--data", data, *PLAN, "--dry-run")
    assert ended.code == 0
    assert "30 akan didaftarkan ke skema" in ended.said
    assert "Belum ada yang ditulis" in ended.said
    assert data.read_bytes() == before
    assert left_in(data.parent) == {"contoh.db", "bersih.xlsx"}


def test_rows_with_findings_stay_out_and_are_told_kind_by_kind(data: Path, messy: Path) -> None:
    workers, _ = counts(data)
    ended = run("import", messy, "--data", data)
    assert ended.code == 1
    lines = ended.said.splitlines()
    assert "25 baru" in lines[0]
    assert "5 baris dikeluarkan" in lines[0]
    assert len(lines) == 6
    assert all(line.startswith("- ") and "1 kali. Baris " in line for line in lines[1:])
    assert counts(data)[0] == workers + 25


def test_a_program_reads_the_counts_of_each_finding(data: Path, messy: Path) -> None:
    ended = run("import", messy, "--data", data, "--json", "--dry-run")
    told = json.loads(ended.said)
    assert (told["exit"], ended.code, told["rows"], told["is_dry_run"]) == (1, 1, 30, True)
    assert told["outcomes"] == {"new": 25, "left_out": 5}
    assert sum(told["findings"].values()) == 5
    assert told["columns"]["No. KK"] == "family_card"


def test_the_report_goes_back_with_the_reasons_and_is_written_down(data: Path, messy: Path, tmp_path: Path) -> None:
    report = tmp_path / "kembali.xlsx"
    assert run("import", messy, "--data", data, "--dry-run", "--report", report).code == 1
    cells = [str(cell) for row in load_workbook(report).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert any("1,31" in cell or "E+15" in cell for cell in cells)
    register = open_register(data, user="test", clock=lambda: NOW, read_only=True)
    row = register._file.row("SELECT fields FROM audit WHERE action = 'export' ORDER BY id DESC LIMIT 1")
    register.close()
    assert row is not None
    assert "kembali.xlsx" in row[0]


def test_no_report_is_written_over_the_list_the_register_or_anything_else(data: Path, messy: Path) -> None:
    other = messy.with_name("catatan.txt")
    other.write_text("penting", encoding="utf-8")
    for place in (messy, data, other, messy.parent):
        before = place.read_bytes() if place.is_file() else b""
        assert run("import", messy, "--data", data, "--report", place).code == 3
        assert not before or place.read_bytes() == before


@pytest.mark.parametrize(
    ("further", "words"),
    [
        (("--scheme", "SAWIT"), "ketiganya harus ada"),
        (("--fund", "DBH"), "--scheme"),
        (("--scheme", "TIDAKADA", "--from", "2026-12", "--months", 3), "TIDAKADA"),
        ((*PLAN, "--fund", "Dana Khayalan"), "Dana Khayalan"),
        (("--mapping", "Khayalan"), "Daftar nagari"),
        (("--sheet", "Lembar9"), "Lembar9"),
        (("--mode", "wipe"), "wipe"),
        (("--months", "61"), "61"),
    ],
)
def test_what_cannot_be_meant_is_said(data: Path, clean: Path, further: tuple[object, ...], words: str) -> None:
    before = data.read_bytes()
    ended = run("import", clean, "--data", data, *further)
    assert ended.code == 2
    assert words in ended.complained
    assert data.read_bytes() == before


def test_what_is_no_list_is_refused_in_words(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    before = data.read_bytes()
    for file in (tmp_path / "tidak ada.xlsx", tmp_path, data, broken):
        ended = run("import", file, "--data", data)
        assert ended.code == 3
        assert file.name in ended.complained
        assert "Traceback" not in ended.complained
    assert data.read_bytes() == before


def test_a_kind_of_list_can_be_named(data: Path, clean: Path) -> None:
    assert run("import", clean, "--data", data, "--dry-run", "--mapping", "daftar nagari").code == 0
    ended = run("import", clean, "--data", data, "--dry-run", "--mapping", "SIAK", "--json")
    assert ended.code in (0, 1, 3)
    assert "Traceback" not in ended.complained


def test_modes_change_what_they_say(data: Path, clean: Path, tmp_path: Path) -> None:
    people = nagari_list(30, is_wide=True)
    assert run("import", clean, "--data", data).code == 0
    for place in range(10):
        people.put(place, "jorong", "Jorong Baru")
        people.put(place, "address", "")
    changed = write_xlsx(tmp_path / "berubah.xlsx", people)
    assert "30 tetap" in run("import", changed, "--data", data, "--mode", "fill").complained
    ended = run("import", changed, "--data", data, "--mode", "update")
    assert "10 berubah, 20 tetap" in ended.said
