"""A damaged file gives back what can be read of it, never a wrong row, and a clerk looks at each record again."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.register import Register, open_register
from models.sample.making import make_sample
from models.storage.backup import make_backup
from models.storage.drafts import SALVAGED, UNCERTAIN, Draft
from models.storage.driver import Error, connect
from models.storage.keys import Key, new_key
from models.storage.restore import restore_backup
from models.storage.salvage import salvage
from models.storage.salvaged import Salvaged, drafts_of
from tests.factories import NOW, make_plan, make_worker

PAGE = 4096
KEY = new_key("lima kata yang mudah diingat")
KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


def opened(path: Path, key: Key | None = None) -> Register:
    return open_register(path, user="rina", clock=lambda: NOW, key=key)


def back_up(path: Path, key: Key | None = None) -> Path:
    return make_backup(path, path.parent / "cadangan", NOW, key=key).path


def zero(path: Path, *pages: int) -> None:
    """Damages pages, counted from 1."""
    with path.open("r+b") as stream:
        for page in pages:
            stream.seek((page - 1) * PAGE)
            stream.write(bytes(PAGE))


def leaves_of(path: Path, table: str, key: Key | None = None) -> list[int]:
    """The pages on which rows of a table lie, found by damaging each page of a copy in turn."""
    copy = path.with_name("probe.db")
    found = []
    for page in range(2, path.stat().st_size // PAGE + 1):
        shutil.copyfile(path, copy)
        zero(copy, page)
        has_form = is_readable(copy, f"SELECT 1 FROM {table} LIMIT 0", key)
        if has_form and not is_readable(copy, f"SELECT * FROM {table} NOT INDEXED", key):
            found.append(page)
    copy.unlink()
    root = rows_root(path, table, key)
    return [page for page in found if page != root] or [root]


def is_readable(path: Path, sql: str, key: Key | None) -> bool:
    try:
        connection = connect(path, key=key, read_only=True)
    except Error:
        return False
    try:
        connection.execute(sql).fetchall()
    except Error:
        return False
    finally:
        connection.close()
    return True


def rows_root(path: Path, table: str, key: Key | None) -> int:
    connection = connect(path, key=key, read_only=True)
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    return int(root)


def whole(path: Path, key: Key | None = None) -> dict[int, dict[str, object]]:
    connection = connect(path, key=key, read_only=True)
    cursor = connection.execute("SELECT * FROM worker")
    names = [name for name, *_ in cursor.description]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    connection.close()
    return rows


@KEYS
def test_a_file_that_is_whole_gives_everything_since_the_backup(path: Path, key: Key | None) -> None:
    register = opened(path, key)
    register.entries.save(make_worker(1), make_plan(register))
    backup = back_up(path, key)
    register.entries.save(make_worker(2), make_plan(register))
    register.workers.correct(replace(register.workers.get(1), jorong="Simpang Tiga"))
    register.drafts.save(Draft("entry", {"name": "Setengah"}, "name"))
    register.close()
    found = salvage(path, backup, key=key, backup_key=key)
    assert found.is_related
    assert {(one.line.kind, one.line.action, one.line.name) for one in found.newer} == {
        ("worker", "add", "Siti Aminah"),
        ("worker", "correct", "Siti Aminah"),
        ("enrolment", "add", "Siti Aminah"),
    }
    assert found.certain == 3
    assert next(one for one in found.newer if one.line.action == "correct").line.fields == ("jorong",)
    assert [draft.fields["name"] for draft in found.drafts] == ["Setengah"]
    assert (found.lost, found.unread) == ((), {})


@KEYS
def test_a_worker_whose_page_is_gone_comes_back_from_the_audit_trail(path: Path, key: Key | None) -> None:
    register = opened(path, key)
    register.entries.save(make_worker(1), None)
    backup = back_up(path, key)
    register.entries.save(make_worker(2, name="Nurhayati"), None)
    register.workers.correct(replace(register.workers.get(2), jorong="Simpang Tiga"))
    register.close()
    zero(path, *leaves_of(path, "worker", key))
    found = salvage(path, backup, key=key, backup_key=key)
    assert found.read["worker"] == 0
    (one,) = found.newer
    assert (one.line.name, one.values["jorong"], one.is_certain) == ("Nurhayati", "Simpang Tiga", True)
    assert (one.line.user, one.line.at) == ("rina", NOW)


def test_without_its_audit_row_a_record_is_not_certain(path: Path) -> None:
    register = opened(path)
    register.entries.save(make_worker(1), None)
    backup = back_up(path)
    for serial in range(2, 60):
        register.entries.save(make_worker(serial), None)
    register.close()
    zero(path, leaves_of(path, "audit")[-1])
    found = salvage(path, backup)
    assert found.read["worker"] == 59
    assert 0 < found.certain < 58
    assert len(found.newer) == 58
    unsure = [one for one in found.newer if not one.is_certain]
    assert all(one.line.at is None for one in unsure)
    assert {draft.fields["put:aside"] for draft in drafts_of(found, {})} == {SALVAGED, UNCERTAIN}


def test_a_flipped_byte_in_a_name_is_never_certain(path: Path) -> None:
    register = opened(path)
    backup = back_up(path)
    register.entries.save(make_worker(1, name="Nurhayati Sulastri"), None)
    register.close()
    content = path.read_bytes()
    page = leaves_of(path, "worker")[0]
    at = content.index(b"Nurhayati Sulastri", (page - 1) * PAGE, page * PAGE)
    path.write_bytes(content[:at] + b"M" + content[at + 1 :])
    (one,) = salvage(path, backup).newer
    assert one.is_certain  # the trail itself says what was typed, and its seal fits
    assert one.values["name"] == "Nurhayati Sulastri"
    zero(path, *leaves_of(path, "audit"))
    (one,) = salvage(path, backup).newer
    assert not one.is_certain
    assert one.values["name"] == "Murhayati Sulastri"


@KEYS
@pytest.mark.parametrize("pages", [1, 10, 60])
def test_zeroed_pages_of_a_long_file_cost_their_own_rows_and_give_no_wrong_one(
    path: Path, key: Key | None, pages: int
) -> None:
    register = opened(path, key)
    backup = back_up(path, key)
    years = range(1960, 1964)
    register.load(
        (make_worker(serial, born_on=date(year, 1, 1), name=f"Orang {year} {serial}"), ())
        for year in years
        for serial in range(1, 501)
    )
    register.close()
    truth = whole(path, key)
    roots = {rows_root(path, table, key) for table in ("worker", "audit")}
    others = [page for page in range(70, path.stat().st_size // PAGE + 1) if page not in roots]
    content, chance = path.read_bytes(), random.Random(pages)
    zero(path, *chance.sample(others, pages))
    while not all(is_readable(path, f"SELECT 1 FROM {table} LIMIT 0", key) for table in ("worker", "audit")):
        path.write_bytes(content)  # the form itself lay on one of them
        zero(path, *chance.sample(others, pages))
    found = salvage(path, backup, key=key, backup_key=key)
    got = [one for one in found.newer if one.line.kind == "worker"]
    assert len(got) > 2_000 - 15 * pages
    for one in got:
        assert dict(one.values) == truth[one.line.record] or not one.is_certain
    known = {one.line.record for one in got} | {line.record for line in found.lost if line.kind == "worker"}
    assert found.certain > len(got) * 0.6
    assert len(known) > 2_000 - 8 * pages  # of nearly each, the trail or the row still speaks


@KEYS
@pytest.mark.parametrize("gone", [range(1, 2), range(1, 8)], ids=["first", "seven"])
def test_with_its_first_pages_gone_the_form_of_the_backup_makes_the_rest_readable(
    path: Path, key: Key | None, gone: range
) -> None:
    register = opened(path, key)
    register.entries.save(make_worker(1), None)
    backup = back_up(path, key)
    register.load(
        ((make_worker(serial, name=f"Orang {serial}"), ()) for serial in range(2, 900)),
    )
    register.entries.save(make_worker(901, name="Nurhayati"), make_plan(register))
    register.close()
    truth = whole(path, key)
    zero(path, *gone)
    before = path.read_bytes()
    found = salvage(path, backup, key=key, backup_key=key)
    got = [one for one in found.newer if one.line.kind == "worker"]
    assert len(got) > 800
    assert "Nurhayati" in {one.line.name for one in got}
    for one in got:
        assert dict(one.values)["name"] == truth[one.line.record]["name"] or not one.is_certain
    assert found.certain > 0.6 * len(got)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".cakupan-*"))


def test_under_another_passphrase_than_that_of_the_backup_nothing_is_read_and_that_is_said(path: Path) -> None:
    register = opened(path)
    backup = back_up(path)
    register.entries.save(make_worker(1), None)
    register.close()
    path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256))
    found = salvage(path, backup, key=KEY)
    assert (found.newer, found.drafts, found.is_related) == ((), (), False)
    assert sum(found.read.values()) == 0


def test_random_bytes_and_cut_tails_end_in_words_or_in_rows_never_in_a_wrong_certain_one(path: Path) -> None:
    register = opened(path)
    backup = back_up(path)
    register.load((make_worker(serial, name=f"Orang {serial}"), ()) for serial in range(1, 400))
    register.close()
    truth, content, chance = whole(path), path.read_bytes(), random.Random(5)
    for number in range(8):
        harmed = bytearray(content)
        if number % 3 == 0:
            del harmed[chance.randrange(PAGE, len(harmed)) :]
        else:
            for _ in range(40):
                harmed[chance.randrange(PAGE, len(harmed))] = chance.randrange(256)
        path.write_bytes(harmed)
        for one in salvage(path, backup).newer:
            if one.is_certain and one.line.kind == "worker":
                assert one.values["name"] == truth[one.line.record]["name"], number
                assert one.values["nik"] == truth[one.line.record]["nik"], number


def test_a_killed_save_is_taken_back_before_the_file_is_read(path: Path) -> None:
    register = opened(path)
    backup = back_up(path)
    register.entries.save(make_worker(1), None)
    register.close()
    before = path.read_bytes()
    writing = connect(path)
    writing.execute("PRAGMA cache_spill=ON")
    writing.execute("PRAGMA cache_size=2")
    writing.execute("BEGIN IMMEDIATE")
    writing.execute("UPDATE worker SET name = 'Setengah jadi'")
    writing.execute("CREATE TABLE junk AS SELECT hex(randomblob(2000)) AS x FROM region")
    journal = path.with_name(path.name + "-journal")
    shutil.copyfile(path, path.with_name("kill.db"))
    shutil.copyfile(journal, path.with_name("kill.db-journal"))
    writing.execute("ROLLBACK")
    writing.close()
    killed = path.with_name("kill.db")
    harmed = killed.read_bytes()
    (one,) = salvage(killed, backup).newer
    assert one.values["name"] == "Siti Aminah"
    assert killed.read_bytes() == harmed != before  # the damaged file itself is left as it is
    assert not list(path.parent.glob(".cakupan-*"))


def test_a_listed_worker_of_whom_only_the_name_is_left_is_named_among_the_lost(path: Path) -> None:
    register = opened(path)
    register.entries.save(make_worker(1), None)
    backup = back_up(path)
    register.load([(make_worker(2, name="Nurhayati"), ())])
    register.close()
    zero(path, *leaves_of(path, "worker"))
    found = salvage(path, backup)
    (lost,) = found.lost
    assert (lost.name, lost.nik, lost.action) == ("Nurhayati", make_worker(2).nik, "add")
    assert found.newer == ()


# What becomes of it


def drafts(found: Salvaged) -> list[tuple[str, dict[str, str]]]:
    return [(draft.form, dict(draft.fields)) for draft in drafts_of(found, {1: "SATU"})]


def test_what_was_got_back_waits_as_drafts_in_the_restored_register(path: Path) -> None:
    register = opened(path)
    register.entries.save(make_worker(1), None)
    backup = back_up(path)
    register.entries.save(make_worker(2, name="Nurhayati"), make_plan(register))
    register.workers.correct(replace(register.workers.get(1), jorong="Simpang Tiga"))
    register.enrolments.add(1, make_plan(register))
    register.drafts.save(Draft("entry", {"name": "Setengah"}, "name"))
    register.close()
    found = salvage(path, backup)
    report = restore_backup(backup, path, NOW + timedelta(hours=1), by="rina", salvaged=found)
    assert report.drafts == 4
    register = opened(path)
    assert register.workers.count() == 1
    entries = {draft.fields.get("name", draft.fields.get("nik")): draft for draft in register.drafts.all()}
    new = entries["Nurhayati"].fields
    assert (new["nik"], new["born_on"], new["sex"]) == (make_worker(2).nik, "01/07/1985", "P")
    assert (new["scheme"], new["first_month"], new["month_count"]) == ("SAWIT", "12/2026", "3")
    known = entries[make_worker(1).nik].fields
    assert (known["scheme"], known["put:aside"]) == ("SAWIT", SALVAGED)
    assert entries["Setengah"].saved_at == NOW
    (correction,) = register.drafts.all("worker:1")
    assert correction.fields == {"jorong": "Simpang Tiga", "put:aside": SALVAGED}
    register.close()


def test_settings_users_and_papers_since_then_are_named(path: Path) -> None:
    register = opened(path)
    backup = back_up(path)
    register.change_office(replace(register.office, signatory_name="Nama Baru"))
    register.close()
    found = salvage(path, backup)
    assert [(line.kind, line.action) for line in found.others] == [("settings", "correct")]


def test_the_restore_of_another_registers_backup_calls_nothing_newer_by_its_number(
    path: Path, tmp_path: Path
) -> None:
    register = opened(tmp_path / "lain.db")
    register.entries.save(make_worker(7), None)
    register.close()
    backup = make_backup(tmp_path / "lain.db", tmp_path / "stik", NOW).path
    register = opened(path)
    register.entries.save(make_worker(1), None)
    register.close()
    found = salvage(path, backup)
    assert not found.is_related
    assert [one.line.nik for one in found.newer] == [make_worker(1).nik]
    assert found.lost == ()


def test_a_sample_of_a_district_is_read_within_seconds(tmp_path: Path) -> None:
    make_sample(tmp_path / "contoh.db", now=NOW, workers=300)
    backup = make_backup(tmp_path / "contoh.db", tmp_path / "stik", NOW).path
    found = salvage(tmp_path / "contoh.db", backup)
    assert found.read["worker"] == 300
    assert found.newer == ()
    assert json.dumps(found.read)
