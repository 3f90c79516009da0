"""Lists that leave the office, written for real and opened again; what was sent is remembered."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from models.exchange.layouts import ColumnLayout, LayoutColumn, Written, shipped_layouts
from models.offices.users import Role, User
from models.problems import Rejected, StorageFailure
from models.register import Register
from models.schemes.lines import EnrolmentFilter
from tests.factories import make_plan, make_worker

SMALL = ColumnLayout(
    name="Disnaker",
    columns=(
        LayoutColumn("NO", "number", Written.NUMBER), LayoutColumn("NIK", "nik", is_required=True),
        LayoutColumn("NAMA", "name", Written.UPPER), LayoutColumn("LAHIR", "born_on", Written.DATE),
        LayoutColumn("IURAN", "contribution", Written.NUMBER), LayoutColumn("SUREL", "email", is_required=True),
    ),
)  # fmt: skip


@pytest.fixture
def enrolments(register: Register) -> list[int]:
    """Of five workers."""
    for serial in range(1, 6):
        register.entries.save(make_worker(serial), make_plan(register))
    return list(register.enrolment_lists.ids(EnrolmentFilter()))


def test_a_written_list_opens_with_every_value_in_its_form(
    register: Register, enrolments: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "kirim.xlsx"
    sent = register.lists_out.write(SMALL, enrolments, path, "Disnaker")
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == ["NO", "NIK", "NAMA", "LAHIR", "IURAN", "SUREL"]
    first = register.workers.get(sent.workers[0])
    assert [cell.value for cell in rows[1]][:3] == [1, first.nik, first.name.upper()]
    assert rows[1][1].data_type == "s"
    assert rows[1][3].value.date() == first.born_on
    assert rows[1][4].value == register.enrolments.get(enrolments[0]).contribution
    assert len(rows) == 6
    assert list(tmp_path.glob(".kirim*")) == []


def test_what_was_sent_is_remembered_byte_for_byte(register: Register, enrolments: list[int], tmp_path: Path) -> None:
    path = tmp_path / "kirim.xlsx"
    register.lists_out.write(SMALL, enrolments[:3], path, "BPJS Bukittinggi")
    (sent,) = register.lists_out.sent()
    assert sent.hash == hashlib.sha256(path.read_bytes()).digest()
    assert (sent.layout, sent.recipient, sent.file, sent.rows) == ("Disnaker", "BPJS Bukittinggi", "kirim.xlsx", 3)
    assert list(sent.enrolments) == enrolments[:3]
    assert sent.sent_by == "rina"
    assert register.lists_out.preview(SMALL, enrolments).sent_before == 3


def test_the_preview_writes_nothing_and_finds_empty_cells(register: Register, enrolments: list[int]) -> None:
    found = register.lists_out.preview(SMALL, enrolments)
    assert found.people == 5
    assert found.missing == {5: 5}
    assert len(found.incomplete) == 5
    assert register.lists_out.sent() == ()


def test_a_clerk_may_not_take_a_list_out(register: Register, enrolments: list[int], tmp_path: Path) -> None:
    register.users.add(User("wati", Role.ADMINISTRATOR), "tiga empat kata panjang")
    register.users.add(User("dedi", Role.CLERK), "empat lima kata panjang")
    register.users.log_in("dedi", "empat lima kata panjang")
    with pytest.raises(Rejected, match="no_right"):
        register.lists_out.write(SMALL, enrolments, tmp_path / "kirim.xlsx")
    assert list(tmp_path.glob("*.xlsx")) == []


def test_nothing_is_remembered_of_a_list_that_could_not_be_written(
    register: Register, enrolments: list[int], tmp_path: Path
) -> None:
    with pytest.raises(StorageFailure):
        register.lists_out.write(SMALL, enrolments, tmp_path / "no such folder" / "kirim.xlsx")
    assert register.lists_out.sent() == ()


def test_an_empty_list_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="list_empty"):
        register.lists_out.write(SMALL, [], tmp_path / "kirim.xlsx")


def test_a_cancel_leaves_no_file(register: Register, enrolments: list[int], tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        register.lists_out.write(SMALL, enrolments, tmp_path / "kirim.xlsx", progress=stop)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".xlsx"] == []
    assert register.lists_out.sent() == ()


def test_a_shipped_layout_becomes_the_offices_own_when_it_is_changed(register: Register) -> None:
    sipp, bpu = shipped_layouts()
    assert register.lists_out.layouts() == (sipp, bpu)
    mine = register.lists_out.save_layout(ColumnLayout(name=sipp.name, columns=sipp.columns[:5], notes="dari cabang"))
    assert mine.id is not None
    assert register.lists_out.layouts() == (mine, bpu)


def test_a_layout_is_changed_withdrawn_and_brought_back(register: Register) -> None:
    saved = register.lists_out.save_layout(SMALL)
    changed = register.lists_out.save_layout(ColumnLayout(id=saved.id, name="Disnaker", columns=SMALL.columns[:2]))
    assert register.lists_out.layouts()[0] == changed
    register.undo.undo()
    assert register.lists_out.layouts()[0] == saved
    assert saved.id is not None
    register.lists_out.withdraw_layout(saved.id)
    assert register.lists_out.layouts() == shipped_layouts()
    register.undo.undo()
    assert register.lists_out.layouts()[0] == saved


def test_nothing_but_a_workbook_is_written_over(register: Register, enrolments: list[int], tmp_path: Path) -> None:
    notes = tmp_path / "catatan.xlsx"
    notes.write_text("bukan buku kerja")
    before = register.workers.count()
    for path in (register.path, notes, tmp_path, tmp_path / "daftar.txt"):
        with pytest.raises(StorageFailure):
            register.lists_out.write(SMALL, enrolments, path)
    assert notes.read_text() == "bukan buku kerja"
    assert (register.workers.count(), register.lists_out.sent()) == (before, ())
    assert register.path.read_bytes().startswith(b"SQLite format 3")


def test_only_those_who_stand_in_a_list_are_remembered_as_sent(
    register: Register, enrolments: list[int], tmp_path: Path
) -> None:
    with pytest.raises(Rejected, match="list_empty"):
        register.lists_out.write(SMALL, [99_999], tmp_path / "kosong.xlsx")
    assert not (tmp_path / "kosong.xlsx").exists()
    sent = register.lists_out.write(SMALL, [enrolments[2], 99_999], tmp_path / "kirim.xlsx")
    assert (sent.rows, sent.enrolments) == (1, (enrolments[2],))
    assert register.lists_out.sent_enrolments() == {enrolments[2]}


def test_names_that_no_text_can_hold_are_kept_as_far_as_they_can_be_read(
    register: Register, enrolments: list[int], tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(b"kirim\xff.xlsx")
    sent = register.lists_out.write(replace(SMALL, name="Dis\ud800naker"), enrolments, path, "BPJS \udfff")
    assert (sent.file, sent.layout, sent.recipient) == ("kirim\ufffd.xlsx", "Dis?naker", "BPJS ?")
    assert path.exists()
