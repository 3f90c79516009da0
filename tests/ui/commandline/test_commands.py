"""The commands on real files: what they make, what they refuse, and that they leave nothing half done."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.register import open_register
from tests.ui.commandline.running import left_in, run

MONTH = ("--month", "2026-03")


def pages(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


def read(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Workers and enrolments as they stand, without the moments and identities of the making."""
    with closing(sqlite3.connect(data)) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
            for table, order in (("worker", "id"), ("enrolment", "id"), ("coverage_change", "counted, nagari, month"))
        }


def test_demo_makes_a_file_that_is_clean_and_says_so_in_one_line(tmp_path: Path) -> None:
    data = tmp_path / "contoh.db"
    ended = run("demo", "--data", data, "--workers", 120, *MONTH)
    assert (ended.code, ended.complained) == (0, "")
    assert ended.said.count("\n") == 1
    assert f"Contoh {data} selesai dibuat: 120 pekerja" in ended.said
    assert "keadaan Maret 2026" in ended.said
    assert left_in(tmp_path) == {"contoh.db"}
    assert run("check", "--data", data).code == 0


def test_demo_makes_the_same_people_of_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("a.db", 5), ("b.db", 5), ("c.db", 6)):
        assert run("demo", "--data", tmp_path / name, "--workers", 60, "--seed", seed, *MONTH).code == 0
    one, same, other = (read(tmp_path / name) for name in ("a.db", "b.db", "c.db"))
    assert one == same
    assert one["worker"] != other["worker"]


def test_demo_leaves_a_file_that_is_there_as_it_is(data: Path) -> None:
    before = data.read_bytes()
    ended = run("demo", "--data", data, "--workers", 10)
    assert (ended.code, ended.said) == (3, "")
    assert "sudah ada dan dibiarkan seperti semula" in ended.complained
    assert data.read_bytes() == before
    assert left_in(data.parent) == {"contoh.db"}


def test_report_coverage_prints_the_summary_of_the_month(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "ringkasan.pdf"
    ended = run("report", "coverage", "--data", data, *MONTH, "--out", out)
    assert (ended.code, ended.complained) == (0, "")
    assert f"Ringkasan cakupan Maret 2026 ditulis ke {out}: 3" in ended.said
    text = "\n".join(pages(out))
    assert "CONTOH" in text
    assert "Maret 2026" in text
    assert "Kinali" in text
    assert "51,40" in text
    assert left_in(tmp_path) == {"contoh.db", "ringkasan.pdf"}


def test_report_coverage_tells_a_program_the_number_itself(data: Path, tmp_path: Path) -> None:
    ended = run("report", "coverage", "--data", data, *MONTH, "--out", tmp_path / "a.pdf", "--json")
    told = json.loads(ended.said)
    assert (told["exit"], told["month"], told["eligible"]) == (0, "2026-03", 2700)
    assert told["percent"] == round(told["covered"] / told["eligible"] * 100, 2)


def test_a_new_report_takes_the_place_of_the_old_one(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "ringkasan.pdf"
    for month in ("2026-02", "2026-03"):
        assert run("report", "coverage", "--data", data, "--month", month, "--out", out).code == 0
    assert "Maret 2026" in pages(out)[0]


def test_a_report_follows_a_link_to_the_file_behind_it(data: Path, tmp_path: Path) -> None:
    (tmp_path / "tujuan").mkdir()
    link = tmp_path / "terbaru.pdf"
    link.symlink_to(tmp_path / "tujuan" / "asli.pdf")
    assert run("report", "coverage", "--data", data, *MONTH, "--out", link).code == 0
    assert link.is_symlink()
    assert left_in(tmp_path / "tujuan") == {"asli.pdf"}


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("/dev/full", "adalah perangkat, bukan berkas"),
        ("folder", "adalah folder"),
        ("contoh.db", "berisi sesuatu yang bukan PDF"),
        ("catatan.txt", "berisi sesuatu yang bukan PDF"),
        ("tidak/ada/a.pdf", "tidak dapat dibuka"),
        ("catatan.txt/a.pdf", "tidak dapat dibuka"),
    ],
)
@pytest.mark.parametrize("what", ["report", "letters"])
def test_a_pdf_that_cannot_be_written_there_is_refused_and_nothing_is_left(
    data: Path, tmp_path: Path, what: str, out: str, sentence: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "catatan.txt").write_text("penting", encoding="utf-8")
    before = {path: path.read_bytes() for path in (data, tmp_path / "catatan.txt")}
    name = ("report", "coverage", *MONTH) if what == "report" else ("letters", "--scheme", "SAWIT")
    ended = run(*name, "--data", data, "--out", out, cwd=tmp_path)
    assert (ended.code, ended.said) == (3, "")
    assert sentence in ended.complained
    assert ended.complained.count("\n") == 1
    assert left_in(tmp_path) == {"contoh.db", "catatan.txt", "folder"}
    assert left_in(tmp_path / "folder") == set()
    assert {path: path.read_bytes() for path in before} == before


def test_letters_of_a_scheme_come_in_one_file_and_keep_their_numbers(data: Path, tmp_path: Path) -> None:
    first = run("letters", "--data", data, "--scheme", "wali", "--out", tmp_path / "1.pdf", *MONTH, "--json")
    assert (first.code, first.complained) == (0, "")
    count = json.loads(first.said)["letters"]
    printed = pages(tmp_path / "1.pdf")
    assert count == len(printed) > 20
    assert all("Wali nagari" in page and "CONTOH" in page for page in printed)
    again = run("letters", "--data", data, "--scheme", "WALI", "--out", tmp_path / "2.pdf", *MONTH)
    assert again.said == f"{count} surat ditulis ke {tmp_path / '2.pdf'}.\n"
    assert pages(tmp_path / "2.pdf") == printed
    whole = run("letters", "--data", data, "--scheme", "WALI", "--out", tmp_path / "3.pdf", "--json")
    assert json.loads(whole.said)["letters"] > count
    assert run("check", "--data", data).code == 0


def test_letters_of_an_area_are_only_of_its_workers(data: Path, tmp_path: Path) -> None:
    ended = run("letters", "--data", data, "--scheme", "SAWIT", "--area", "13.12.05", "--out", tmp_path / "1.pdf")
    assert ended.code == 0
    assert all("Kecamatan Kinali" in page.replace("\n", " ") for page in pages(tmp_path / "1.pdf"))


def test_no_letter_at_all_is_nothing_to_do(data: Path, tmp_path: Path) -> None:
    ended = run("letters", "--data", data, "--scheme", "SAWIT", "--out", tmp_path / "1.pdf", "--month", "2031-01")
    assert (ended.code, ended.said) == (4, "")
    assert "tidak ada surat yang dicetak" in ended.complained
    assert left_in(tmp_path) == {"contoh.db"}


def test_a_scheme_that_is_not_there_is_answered_with_those_that_are(data: Path, tmp_path: Path) -> None:
    ended = run("letters", "--data", data, "--scheme", "KEBUN", "--out", tmp_path / "1.pdf")
    assert ended.code == 2
    assert "Tidak ada skema KEBUN di berkas ini. Yang ada: SAWIT, CSR" in ended.complained


def test_a_backup_comes_back_as_it_was(data: Path, tmp_path: Path) -> None:
    saved = run("backup", "--data", data, "--to", tmp_path / "cadangan", "--json")
    assert (saved.code, saved.complained) == (0, "")
    copy = Path(json.loads(saved.said)["file"])
    assert copy.parent == tmp_path / "cadangan"
    assert "-300p-" in copy.name
    target = tmp_path / "pulih.db"
    restored = run("restore", copy, "--to", target)
    assert (restored.code, restored.complained) == (0, "")
    assert f"{target} dipulihkan dari {copy}: 300 pekerja" in restored.said
    assert read(target) == read(data)
    assert run("check", "--data", target).code == 0


def test_what_a_restore_replaces_is_kept(data: Path, tmp_path: Path) -> None:
    copy = Path(json.loads(run("backup", "--data", data, "--to", tmp_path / "simpan", "--json").said)["file"])
    other = tmp_path / "lain.db"
    assert run("demo", "--data", other, "--workers", 20, *MONTH).code == 0
    before = read(other)
    told = json.loads(run("restore", copy, "--to", other, "--other-register", "--json").said)
    assert read(other) == read(data)
    assert read(Path(told["kept"])) == before


def test_an_altered_backup_is_refused_and_the_file_stays(data: Path, tmp_path: Path) -> None:
    copy = Path(json.loads(run("backup", "--data", data, "--to", tmp_path / "simpan", "--json").said)["file"])
    with copy.open("r+b") as stream:
        stream.seek(20_000)
        stream.write(b"diubah")
    before = data.read_bytes()
    ended = run("restore", copy, "--to", data)
    assert (ended.code, ended.said) == (3, "")
    assert "diubah" in ended.complained
    assert data.read_bytes() == before


def test_a_file_is_not_restored_onto_itself(data: Path) -> None:
    ended = run("restore", data, "--to", data)
    assert ended.code == 2
    assert "sama" in ended.complained


def test_a_file_where_a_folder_is_needed_is_refused(data: Path) -> None:
    ended = run("backup", "--data", data, "--to", data)
    assert (ended.code, ended.said) == (3, "")
    assert "adalah berkas, bukan folder" in ended.complained


def test_check_lists_what_is_wrong_and_ends_with_one(data: Path) -> None:
    with closing(sqlite3.connect(data)) as connection, connection:
        connection.execute("UPDATE coverage_change SET change = change + 1 WHERE counted = 'person'")
        connection.execute("UPDATE worker SET notes = 'diganti' WHERE id = 5")
    ended = run("check", "--data", data, "--quiet")
    assert (ended.code, ended.complained) == (1, "")
    lines = ended.said.splitlines()
    assert lines[0] == f"{data}: 2 temuan."
    assert len(lines) == 3
    assert all(line.startswith("- ") for line in lines[1:])
    told = json.loads(run("check", "--data", data, "--json").said)
    assert told["exit"] == 1
    assert {finding["part"] for finding in told["findings"]} == {"record", "coverage"}
    assert told["rows"]["worker"] == 300


def test_check_compares_the_trail_with_a_code_from_paper(data: Path) -> None:
    code = json.loads(run("check", "--data", data, "--json").said)["trail"]
    assert run("check", "--data", data, "--anchor", code).code == 0
    entries = int(code.split("-")[0])
    shorter, another = f"{entries + 5}{code[len(str(entries)) :]}", f"{entries}-0000-1111-2222-3333"
    ended = run("check", "--data", data, "--anchor", shorter, "--anchor", another)
    assert ended.code == 1
    assert "mengenal" in ended.said
    assert "berbeda dari yang tercetak di kertas" in ended.said
    assert "bukan kode jejak" in run("check", "--data", data, "--anchor", "apa saja").complained


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--data", "tidak ada.db"),
        ("backup", "--data", "tidak ada.db", "--to", "simpan"),
        ("report", "coverage", "--data", "tidak ada.db", *MONTH, "--out", "a.pdf"),
        ("letters", "--data", "tidak ada.db", "--scheme", "SAWIT", "--out", "a.pdf"),
        ("restore", "tidak ada.db", "--to", "pulih.db"),
    ],
)
def test_a_missing_file_is_named_and_none_is_made(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ended = run(*arguments, cwd=tmp_path)
    assert (ended.code, ended.said) == (3, "")
    assert "Tidak ada berkas tidak ada.db" in ended.complained
    assert left_in(tmp_path) <= {"simpan"}


def test_a_refusal_is_told_to_a_program_too(tmp_path: Path) -> None:
    ended = run("check", "--data", "tidak ada.db", "--json", cwd=tmp_path)
    told = json.loads(ended.said)
    assert (ended.code, told["exit"], told["error"]) == (3, 3, "missing")
    assert told["text"] + "\n" == ended.complained


def test_quiet_leaves_the_line_of_success_out(data: Path, tmp_path: Path) -> None:
    for arguments in (
        ("check", "--data", data),
        ("backup", "--data", data, "--to", tmp_path),
        ("report", "coverage", "--data", data, *MONTH, "--out", tmp_path / "a.pdf"),
    ):
        ended = run(*arguments, "--quiet")
        assert (ended.code, ended.said, ended.complained) == (0, "", "")


def test_while_the_window_is_open_what_reads_works_and_what_writes_waits_for_another_time(
    data: Path, tmp_path: Path
) -> None:
    window = open_register(data, user="rina", clock=lambda: datetime(2026, 3, 31, 9, 0))
    try:
        assert run("check", "--data", data).code == 0
        assert run("report", "coverage", "--data", data, *MONTH, "--out", tmp_path / "a.pdf").code == 0
        assert run("backup", "--data", data, "--to", tmp_path / "simpan").code == 0
        for arguments in (
            ("letters", "--data", data, "--scheme", "SAWIT", "--out", tmp_path / "b.pdf"),
            ("restore", next((tmp_path / "simpan").glob("*.db")), "--to", data),
        ):
            ended = run(*arguments)
            assert ended.code == 3
            assert ended.complained.startswith("rina di komputer ")
        assert window.workers.count() == 300
    finally:
        window.close()
    assert not (tmp_path / "b.pdf").exists()


def test_a_register_in_a_synced_folder_is_read_and_not_written(data: Path, tmp_path: Path) -> None:
    synced = tmp_path / "Kerja"
    (synced / ".stfolder").mkdir(parents=True)
    lying = synced / "kantor.db"
    lying.write_bytes(data.read_bytes())
    ended = run(
        "letters", "--data", lying, "--scheme", "SAWIT", "--month", "2026-03", "--out", tmp_path / "surat.pdf"
    )
    assert ended.code == 3
    assert "disalin Syncthing ke komputer lain" in ended.complained
    assert "Salin ke folder yang hanya ada di komputer ini" in ended.complained
    assert not (tmp_path / "surat.pdf").exists()
    out = tmp_path / "cakupan.pdf"
    assert run("report", "coverage", "--data", lying, "--month", "2026-03", "--out", out).code == 0
    assert run("backup", "--data", lying, "--to", tmp_path / "cadangan").code == 0
    assert left_in(synced) == {".stfolder", "kantor.db"}
