"""Files that are no lists, or made to harm: each is told in its own sentence, and the program stays small."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models.exchange.guards import examine, unreadable
from models.exchange.list_file import open_list, read_table
from models.exchange.table import FileKind
from models.problems import StorageFailure
from tests.models.exchange import workbooks
from tests.models.exchange.nagari_lists import nagari_list
from tests.models.exchange.workbooks import FILES, write_csv, write_sheets, write_xlsx

PEOPLE = nagari_list(8)


def code_of(path: Path) -> str:
    """Under which code the file is refused; its sentence names the file and is finished."""
    with pytest.raises(StorageFailure) as refused:
        open_list(path)
    assert path.name in refused.value.text
    assert refused.value.text.endswith(".")
    return refused.value.code


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (workbooks.zip_bomb, "list_bomb"),
        (workbooks.many_parts, "list_parts"),
        (workbooks.lying_size, "list_untrue"),
        (workbooks.entity_bomb, "list_damaged"),
        (workbooks.far_cells, "list_memory"),
        (workbooks.repeated_cells, "list_memory"),
        (workbooks.encrypted_parts, "list_password"),
        (workbooks.locked_by_excel, "list_password"),
        (lambda path: workbooks.truncated(path, PEOPLE), "list_damaged"),
        (lambda path: path.touch() or path, "list_empty"),
        (lambda path: path.mkdir() or path, "list_is_folder"),
        (lambda path: path, "list_missing"),
    ],
)
def test_a_broken_or_hostile_workbook_is_refused_in_its_own_words(
    tmp_path: Path, make: Callable[[Path], Path], code: str
) -> None:
    assert code_of(make(tmp_path / "Daftar Kajai.xlsx")) == code


@pytest.mark.parametrize(
    ("beginning", "code"),
    [
        (b"%PDF-1.7\n", "list_is_pdf"),
        (b"\x89PNG\r\n\x1a\n", "list_is_picture"),
        (b"\xff\xd8\xff\xe0", "list_is_picture"),
        (b"{\\rtf1", "list_is_writing"),
        (b"Rar!\x1a\x07", "list_is_archive"),
        (b"SQLite format 3\x00", "list_is_database"),
        (b"age-encryption.org/v1\n", "list_is_copy"),
        (b"MZ\x90\x00", "list_is_program"),
        (b"\x00\x01\x02\x03", "list_is_other"),
        (b"\x09\x02\x06\x00", "list_too_old"),
        (workbooks.OLE + "WordDocument".encode("utf-16-le"), "list_is_writing"),
        (workbooks.OLE + "PowerPoint Document".encode("utf-16-le"), "list_is_slides"),
        (workbooks.OLE + b"nothing known", "list_damaged"),
        (workbooks.OLE + "Workbook".encode("utf-16-le"), "list_damaged"),
        (b"PK\x05\x06" + bytes(18), "list_damaged"),
        (b'<?xml version="1.0"?><w xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "list_is_xml"),
        (b'<?xml version="1.0"?><kml/>', "list_is_other"),
    ],
)
def test_what_a_file_is_shows_in_its_bytes_whatever_its_name(tmp_path: Path, beginning: bytes, code: str) -> None:
    file = tmp_path / "Daftar.xlsx"
    file.write_bytes(beginning + b" " * 2_000)
    assert code_of(file) == code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/document.xml", "list_is_writing"),
        ("ppt/presentation.xml", "list_is_slides"),
        ("foto.jpg", "list_is_archive"),
    ],
)
def test_an_archive_of_something_else_is_told(tmp_path: Path, part: str, code: str) -> None:
    assert code_of(workbooks.assemble(tmp_path / "Daftar.xlsx", {part: b"..."})) == code


@pytest.mark.parametrize("name", ["password.xls", "password.ods"])
def test_a_workbook_with_a_password_is_told(name: str) -> None:
    assert code_of(FILES / name) == "list_password"


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "Daftar.csv"
    with huge.open("wb") as stream:
        stream.truncate(200_000_000)
    assert code_of(huge) == "list_too_large"


def test_the_mark_that_excel_leaves_beside_an_open_list_is_no_list(tmp_path: Path) -> None:
    mark = tmp_path / "~$Daftar.xlsx"
    mark.write_bytes(b"\x05Rina" + bytes(160))
    assert code_of(mark) == "list_owner_file"


@pytest.mark.parametrize("beside", ["~$Daftar.xlsx", "~$ftar.xlsx", ".~lock.Daftar.xlsx#"])
def test_a_list_that_is_open_elsewhere_is_read_and_that_is_told(tmp_path: Path, beside: str) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", PEOPLE)
    (tmp_path / beside).write_bytes(b"Rina")
    assert [remark.code for remark in open_list(file).remarks] == ["list_is_open"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", PEOPLE)
    file.chmod(0)
    assert code_of(file) == "list_locked"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_what_is_neither_file_nor_folder_does_not_keep_the_program_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "Daftar.csv"
    os.mkfifo(pipe)
    assert code_of(pipe) == "list_no_file"


def test_a_file_that_is_deleted_after_it_was_opened_is_told(tmp_path: Path) -> None:
    file = write_sheets(tmp_path / "Daftar.xlsx", {"Satu": [["NIK", "Nama"]], "Dua": [["NIK", "Nama"]]})
    opened = open_list(file)
    file.unlink()
    with pytest.raises(StorageFailure) as failed:
        read_table(opened, "Dua")
    assert failed.value.code == "list_missing"
    assert len(read_table(opened)) == 0  # what was read is read


def test_a_file_that_is_changed_after_it_was_opened_is_not_mixed_with_the_old_one(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "Daftar.xlsx", PEOPLE)
    opened = open_list(file)
    write_xlsx(file, nagari_list(9))
    with pytest.raises(StorageFailure) as failed:
        read_table(opened, heading_row=1)
    assert failed.value.code == "list_changed"


def test_a_dimension_of_all_cells_costs_nothing(tmp_path: Path) -> None:
    opened = open_list(workbooks.says_it_is_huge(tmp_path / "Daftar.xlsx"))
    assert (opened.sheets[0].rows, opened.sheets[0].people) == (1, 0)


def test_a_million_empty_formatted_rows_below_a_list_are_nothing(tmp_path: Path) -> None:
    file = workbooks.empty_formatted_rows(tmp_path / "Daftar.xlsx", PEOPLE)
    resource = pytest.importorskip("resource", reason="Windows tells it otherwise")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = read_table(file)
    assert len(table) == len(PEOPLE)
    assert table.left_out == ()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kilobytes


def test_macros_are_told_and_the_cells_are_read(tmp_path: Path) -> None:
    opened = open_list(workbooks.with_macros(tmp_path / "Daftar.xlsm", PEOPLE))
    assert [remark.code for remark in opened.remarks] == ["list_has_macros"]
    assert opened.sheets[0].people == len(PEOPLE)


def test_links_to_other_files_are_told(tmp_path: Path) -> None:
    opened = open_list(workbooks.with_links(tmp_path / "Daftar.xlsx", PEOPLE))
    assert [remark.code for remark in opened.remarks] == ["list_has_links"]


def test_a_web_page_called_a_workbook_is_read_as_what_it_is(tmp_path: Path) -> None:
    opened = open_list(workbooks.web_page(tmp_path / "Ekspor.xls", PEOPLE))
    assert opened.kind is FileKind.HTML
    assert [remark.code for remark in opened.remarks] == ["list_is_page"]
    assert opened.table is not None
    assert opened.table.headings == tuple(PEOPLE.headings)
    assert [list(opened.table.row(place)) for place in range(len(PEOPLE))] == PEOPLE.rows


def test_text_called_a_workbook_is_read_as_what_it_is(tmp_path: Path) -> None:
    opened = open_list(write_csv(tmp_path / "Ekspor.xls", [PEOPLE.headings, *PEOPLE.rows], delimiter="\t"))
    assert opened.kind is FileKind.CSV
    assert [remark.code for remark in opened.remarks] == ["list_is_text"]
    assert opened.sheets[0].people == len(PEOPLE)


def test_a_workbook_called_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert open_list(write_xlsx(tmp_path / "Daftar.csv", PEOPLE)).kind is FileKind.XLSX


def test_formulas_without_a_result_and_errors_are_told_by_cell(tmp_path: Path) -> None:
    table = read_table(workbooks.formulas_without_result(tmp_path / "Daftar.xlsx"))
    told = {remark.code: remark for remark in table.remarks}
    assert set(told) == {"list_no_result", "list_errors"}
    assert told["list_no_result"].params == {"count": 2, "cell": "B2"}
    assert told["list_errors"].params == {"count": 1, "cell": "E2", "error": "#N/A"}
    assert table.row(0) == ("1312040101800001", "", "", "", "#N/A", 4)


def test_signs_that_no_text_should_have_and_formulas_as_names_arrive_as_they_stand(tmp_path: Path) -> None:
    people = nagari_list(3)
    names = ['=HYPERLINK("http://x";"klik")', "Bu\x07di\tUtama", "+62 @siti"]
    for place, name in enumerate(names):
        people.put(place, "name", name)
    people.put(0, "nik", "١٣١٢٠٤٠١٠١٨٠٠٠٠١")
    table = read_table(write_csv(tmp_path / "Daftar.csv", [people.headings, *people.rows]))
    assert table.columns[people.column("name")] == names
    assert table.columns[people.column("nik")][0] == "١٣١٢٠٤٠١٠١٨٠٠٠٠١"


@pytest.mark.parametrize("name", ["daftar.xls", "daftar.ods"])
def test_flipped_bytes_are_a_sentence_or_a_list_and_never_a_crash(tmp_path: Path, name: str) -> None:
    sound = (FILES / name).read_bytes()
    file = tmp_path / name
    chance = random.Random(name)
    for _ in range(40):
        content = bytearray(sound)
        for _ in range(chance.randint(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        file.write_bytes(content)
        with contextlib.suppress(StorageFailure):
            examine(bytes(content), file)


def test_a_damaged_part_of_an_open_document_is_told(tmp_path: Path) -> None:
    content = bytearray((FILES / "daftar.ods").read_bytes())
    with zipfile.ZipFile(FILES / "daftar.ods") as archive:
        at = archive.getinfo("META-INF/manifest.xml").header_offset + 60
    content[at : at + 20] = bytes(20)
    file = tmp_path / "Daftar.ods"
    file.write_bytes(content)
    assert code_of(file) == "list_damaged"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(errno.EACCES, "held by Excel"), "list_locked"),
        (OSError(errno.EIO, "the stick was pulled out"), "list_disk"),
        (OSError(errno.ESTALE, "the network folder is gone"), "list_disk"),
    ],
)
def test_what_the_system_refuses_is_told_by_its_reason(error: OSError, code: str) -> None:
    assert unreadable(error, Path("Daftar.xlsx")).code == code
