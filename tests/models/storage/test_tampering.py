"""What was done to a file behind the program's back is told, each kind in its own words."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.problems import Problem, Rejected
from models.register import Register
from models.storage.anchors import Anchor, anchor_of
from models.storage.audit import NO_HASH, digest_of, hash_of_entry, hash_of_row
from models.storage.audit_chain import Head, head_of
from models.storage.check import check_file
from models.storage.driver import Connection, connect
from models.storage.row_text import row_text
from tests.factories import NOW, make_plan, make_register, make_worker

_GUARDS = ("audit_grows_in_order", "audit_is_never_removed", "audit_is_never_changed")
_ENTRY = "id, save, at, user, action, kind, record, origin, fields, salt, row_hash"


@pytest.fixture
def used(register: Register) -> Register:
    """Thirty workers, one of them corrected."""
    for serial in range(1, 31):
        register.entries.save(make_worker(serial, name=f"Siti {'I' * serial}"), make_plan(register))
    register.workers.correct(replace(register.workers.get(3), phone="+6281234567890"))
    return register


@contextlib.contextmanager
def sql_tool(path: Path) -> Iterator[Connection]:
    """Takes the guards away and puts them back, as one does who does not want to be seen."""
    connection = connect(path)
    guards = [
        connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (guard,)).fetchone()[0]
        for guard in _GUARDS
    ]
    for guard in _GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    yield connection
    for sql in guards:
        connection.execute(sql)
    connection.close()


def write_anew(connection: Connection, start: int) -> None:
    """Seals every entry from `start` on again, as one does who has read how the program seals."""
    before = connection.execute("SELECT hash FROM audit WHERE id = ?", (start - 1,)).fetchone()
    last = before[0] if before else NO_HASH
    rows = connection.execute(f"SELECT {_ENTRY} FROM audit WHERE id >= ? ORDER BY id", (start,)).fetchall()
    for *entry, fields, salt, row_hash in rows:
        last = hash_of_entry(last, tuple(entry), digest_of(salt, fields), row_hash)
        connection.execute("UPDATE audit SET hash = ? WHERE id = ?", (last, entry[0]))


def findings(path: Path, *anchors: Anchor) -> list[Problem]:
    return list(check_file(path, anchors=anchors).findings)


def only(path: Path, *anchors: Anchor) -> Problem:
    (found,) = findings(path, *anchors)
    return found


def test_a_file_that_only_the_program_wrote_is_whole(used: Register) -> None:
    head = head_of(used._file.connection)
    paper, backup = anchor_of(head.code), Anchor(head.entries, head.hash, "cadangan.db", NOW)
    used.entries.save(make_worker(40), None)
    assert findings(used.path, paper, backup) == []


def test_a_changed_entry_is_told_with_its_record_and_the_last_good_moment(used: Register) -> None:
    used.close()
    with sql_tool(used.path) as connection:
        connection.execute("UPDATE audit SET user = 'orang lain' WHERE id = 10")
        kind, record = connection.execute("SELECT kind, record FROM audit WHERE id = 10").fetchone()
    found = only(used.path)
    assert (found.field, found.code) == ("audit", "entry_changed")
    assert (found.params["kind"], found.params["record"]) == (kind, record)
    assert found.text.startswith("Catatan jejak nomor 10 tanggal 22/11/2026 09.00 (")
    assert "sampai nomor 9 (22/11/2026 09.00) masih utuh" in found.text


def test_removed_entries_are_counted(used: Register) -> None:
    used.close()
    with sql_tool(used.path) as connection:
        connection.execute("DELETE FROM audit WHERE id IN (20, 21, 22)")
    found = next(one for one in findings(used.path) if one.code == "entry_removed")
    assert "setelah nomor 19 (22/11/2026 09.00) langsung nomor 23" in found.text
    assert "jadi 3 catatan hilang" in found.text


def test_removed_first_entries_are_seen_too(used: Register) -> None:
    used.close()
    with sql_tool(used.path) as connection:
        connection.execute("DELETE FROM audit WHERE id <= 2")
    assert "entry_removed" in {one.code for one in findings(used.path)}


def test_a_cut_tail_is_told_by_the_paper_and_by_the_backup_alone(used: Register) -> None:
    head = head_of(used._file.connection)
    used.close()
    with sql_tool(used.path) as connection:  # the last correction is undone with its entry
        connection.execute("DELETE FROM audit WHERE id = ?", (head.entries,))
        connection.execute("UPDATE worker SET phone = '', revision = revision - 1 WHERE id = 3")
    assert findings(used.path) == []
    by_paper = only(used.path, anchor_of(head.code))
    assert by_paper.code == "trail_cut"
    assert f"Kertas dengan kode {head.code} mengenal {head.entries} catatan" in by_paper.text
    assert f"hanya memuat {head.entries - 1}" in by_paper.text
    by_backup = only(used.path, Anchor(head.entries, head.hash, "kemarin.db", NOW))
    assert by_backup.text.startswith("Cadangan kemarin.db mengenal")


def test_a_trail_that_was_written_anew_is_told_by_the_paper_and_by_the_backup_alone(used: Register) -> None:
    head = head_of(used._file.connection)
    used.close()
    with sql_tool(used.path) as connection:  # the record, its seal and the whole chain after it
        connection.execute("UPDATE worker SET income = 9000000 WHERE id = 3")
        entry, salt = connection.execute(
            "SELECT id, salt FROM audit WHERE kind = 'worker' AND record = 3 ORDER BY id DESC LIMIT 1"
        ).fetchone()
        content = row_text(connection, "worker", 3)
        assert content is not None
        connection.execute("UPDATE audit SET row_hash = ? WHERE id = ?", (hash_of_row(salt, content), entry))
        write_anew(connection, entry)
    assert findings(used.path) == []
    by_paper = only(used.path, anchor_of(head.code))
    assert by_paper.code == "trail_rewritten"
    assert f"kertas dengan kode {head.code}" in by_paper.text
    by_backup = only(used.path, Anchor(head.entries, head.hash, "kemarin.db", NOW))
    assert "Cadangan kemarin.db" in by_backup.text
    assert "ditulis ulang" in by_backup.text


def test_a_restore_explains_why_a_backup_before_it_knows_more(used: Register) -> None:
    head = head_of(used._file.connection)
    longer = Anchor(head.entries + 50, hashlib.sha256(b"").digest(), "hari-ini.db", NOW - timedelta(hours=1))
    later = replace(longer, made_at=NOW + timedelta(hours=1))
    with used._file.change() as change:
        change.record("restore", "register", 0, [("file", None, "kemarin.db")])
    assert findings(used.path, longer) == []
    assert only(used.path, later).code == "trail_cut"


@pytest.mark.parametrize(
    ("sql", "code", "words"),
    [
        ("UPDATE worker SET phone = '0811' WHERE id = 7", "record_changed", "Diubah tanpa lewat program: pekerja 7."),
        (
            "UPDATE enrolment SET payer_name = 'PT Lain' WHERE id = 7",
            "record_changed",
            "Diubah tanpa lewat program: kepesertaan 7.",
        ),
        (
            "UPDATE setting SET value = '99' WHERE name = 'max_age'",
            "record_changed",
            "Diubah tanpa lewat program: pengaturan kantor.",
        ),
        (
            "INSERT INTO target (uid, permyriad, due_on, source) VALUES (x'00', 5140, '2026-12-31', 'tidak ada')",
            "record_added",
            "Ditambahkan tanpa lewat program: target 1.",
        ),
    ],
)
def test_a_record_that_the_program_did_not_write_is_told(used: Register, sql: str, code: str, words: str) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute(sql)
    found = only(used.path)
    assert (found.field, found.code) == ("record", code)
    assert found.text.startswith(words)


def test_a_removed_record_is_told_with_the_entry_that_knew_it(used: Register) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM enrolment WHERE id = 30")
    texts = {one.code: one.text for one in findings(used.path)}
    assert texts["record_removed"].startswith("Dihapus tanpa lewat program: kepesertaan 30. Catatan jejak nomor")


def test_erased_values_are_told_unless_the_record_was_anonymised(used: Register) -> None:
    connection = used._file.connection
    entry, record, salt, fields = connection.execute(
        "SELECT id, record, salt, fields FROM audit WHERE kind = 'worker' ORDER BY id LIMIT 1"
    ).fetchone()
    connection.execute(
        "UPDATE audit SET fields = '', fields_digest = ?, salt = x'' WHERE id = ?", (digest_of(salt, fields), entry)
    )
    assert only(used.path).code == "entry_erased"
    with used._file.change() as change:
        change.record("anonymise", "worker", record, [])
    assert findings(used.path) == []


def test_other_values_beside_the_digest_of_erased_ones_are_told(used: Register) -> None:
    with used._file.change() as change:
        change.record("anonymise", "worker", 3, [])
    used.close()
    with sql_tool(used.path) as connection:
        entry, salt, fields = connection.execute(
            "SELECT id, salt, fields FROM audit WHERE kind = 'worker' AND record = 3 ORDER BY id LIMIT 1"
        ).fetchone()
        connection.execute(
            "UPDATE audit SET fields_digest = ?, fields = ?, salt = x'' WHERE id = ?",
            (digest_of(salt, fields), '[["name",null,"ORANG LAIN"]]', entry),
        )
    assert only(used.path).code == "entry_changed"


def test_of_many_the_first_are_told_and_the_rest_counted(used: Register) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute("UPDATE worker SET notes = 'diganti'")
    found = findings(used.path)
    assert [one.code for one in found] == ["record_changed"] * 20 + ["record_changed_more"]
    assert "10 data atau catatan lainnya" in found[-1].text


def test_guards_that_stay_away_are_told_as_a_changed_form(used: Register) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute("DROP TRIGGER audit_is_never_removed")
    assert only(used.path).code == "form"


def test_no_finding_names_a_person(used: Register) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute("UPDATE worker SET phone = '0811' WHERE id = 7")
    found = only(used.path)
    assert "Siti" not in found.text + str(dict(found.params))


def test_the_months_of_the_list_follow_from_the_enrolments(used: Register) -> None:
    used.close()
    with contextlib.closing(connect(used.path)) as connection:
        connection.execute("UPDATE worker SET covered_until = 99999 WHERE id = 4")
    assert only(used.path).code == "covered_months"


@pytest.mark.parametrize(
    "typed",
    [
        "12345-8F3A-91C2-77AB-04DE", "12345-8f3a-91c2-77ab-04de", " 12.345 - 8F3A 91C2 77AB 04DE ",
        "12345-8F3A91C277ABO4DE", "I2345-8F3A-9IC2-77AB-O4DE", "12345\u20138F3A\u201391C2\u201377AB\u201304DE",
    ],
)  # fmt: skip
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert anchor_of(typed) == Anchor(12345, bytes.fromhex("8F3A91C277AB04DE"))
    assert anchor_of(typed).code == "12345-8F3A-91C2-77AB-04DE"


@pytest.mark.parametrize(
    "typed", ["", "12345", "12345-8F3A-91C2-77AB", "x-8F3A-91C2-77AB-04DE", "1-8F3A-91C2-77AB-04DG"]
)
def test_what_is_no_code_is_said(typed: str) -> None:
    with pytest.raises(Rejected) as refused:
        anchor_of(typed)
    assert refused.value.problems[0].field == "anchor"
    assert "kaki Ringkasan Cakupan" in refused.value.text


def test_the_head_of_an_empty_trail_fits_any_file(tmp_path: Path) -> None:
    register = make_register(tmp_path / "baru.db")
    register.close()
    assert findings(register.path, anchor_of(Head(0, NO_HASH).code)) == []
