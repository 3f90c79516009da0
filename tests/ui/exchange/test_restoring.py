"""Restoring as staff do it: choose, see record by record what would change, confirm, and log in again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.register import open_register
from models.storage.backup import backup_folder, make_backup
from models.storage.carrying import carry
from models.storage.driver import connect
from models.storage.keys import Key, new_key
from models.storage.manifest import manifest_file, read_manifest
from tests.factories import NOW, Clock, make_plan, make_register, make_worker
from ui.exchange.restoring import RestoreDialog
from ui.exchange.restoring_locked import UNPACKED
from ui.fields.letters import letters_in
from ui.preferences import Preferences
from ui.session import Session
from ui.start import Opening
from ui.window import MainWindow

PAGE = 4096
OLD, NEW = "lima kata yang mudah diingat", "sandi baru yang panjang sekali"
PASSWORD = "kata sandi yang panjang"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=clock)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    made.resize(1366, 700)
    made.show()
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "cakupan.db"


def fill(session: Session, path: Path, clock: Clock, key: Key | None = None) -> Path:
    """An open register with two workers, a backup, and since then one new and one corrected worker."""
    if session.register is None:
        open_register(path, user="rina", clock=clock, key=key).close()
        session.open_file(path, user="rina", key=key)
    register = session.opened_register
    register.entries.save(make_worker(1), make_plan(register))
    register.entries.save(make_worker(2, name="Budi Santoso"), None)
    backup = make_backup(path, backup_folder(path), clock.now, key=key).path
    clock.now += timedelta(hours=5)
    register.entries.save(make_worker(3, name="Nurhayati"), make_plan(register))
    register.workers.correct(replace(register.workers.get(2), jorong="Simpang Tiga"))
    return backup


def asked(
    qtbot: QtBot, session: Session, window: MainWindow, backup: Path | None, path: Path, key: Key | None = None
) -> RestoreDialog:
    dialog = RestoreDialog(session, backup, window, path=path, user="rina", folder=backup_folder(path), key=key)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def looked(qtbot: QtBot, dialog: RestoreDialog) -> RestoreDialog:
    qtbot.waitUntil(lambda: dialog.confirm.isVisible() or dialog.message.level == "error", timeout=20_000)
    return dialog


def confirm(qtbot: QtBot, dialog: RestoreDialog) -> None:
    dialog.confirm.setFocus()
    with qtbot.waitSignal(dialog.restored, timeout=20_000):
        qtbot.keyClick(dialog.confirm, Qt.Key.Key_Return)


def cells(dialog: RestoreDialog, at: int = 0) -> list[tuple[str, ...]]:
    return [row.cells for row in dialog.look.lists[at].rows]


def test_record_by_record_it_is_said_what_would_be_lost(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    assert dialog.look.relation.text() == "Cadangan ini adalah keadaan sebelumnya dari register yang terbuka."
    assert dialog.look.tabs.tabText(0) == "Akan hilang (3)"
    assert cells(dialog)[0] == (
        "22/11/2026 14:00", "rina", "Pekerja dikoreksi", "Budi Santoso", "1312********0002", "Jorong",
    )  # fmt: skip
    assert [row[2:4] for row in cells(dialog)[1:]] == [
        ("Kepesertaan baru: SAWIT", "Nurhayati"),
        ("Pekerja didaftarkan", "Nurhayati"),
    ]
    lost = dialog.look.sections[0].sentence
    for words in ("2 simpanan", "1 pekerja baru", "1 pekerja diubah", "1 kepesertaan baru"):
        assert words in lost
    assert dialog.look.tabs.tabText(1) == "Akan kembali (0)"
    assert make_worker(3).nik not in dialog.look.sections[0].rows[0].nik


def test_the_facts_say_when_and_why_the_backup_was_made_and_of_which_form_it_is(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    told = {row.cells[0]: row.cells[1:] for row in dialog.table.rows}
    assert told["Pekerja"] == ("2", "3")
    assert told["Terakhir disimpan"] == ("22/11/2026 09:00", "22/11/2026 14:00")
    assert told["Sebab"][0] == "atas permintaan"
    assert told["Umur"][0] == "5 jam"
    assert told["Terlindung"][0] == "tidak"
    assert "Bentuk" in told


@pytest.mark.parametrize("ending", ["pdf", "txt"])
def test_the_list_of_what_would_be_lost_can_be_saved_and_that_is_recorded(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock, tmp_path: Path, ending: str
) -> None:
    backup = fill(session, path, clock)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    target = tmp_path / f"daftar.{ending}"
    dialog.choose_name = lambda _proposed: str(target)
    dialog.keep.setFocus()
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message.level == "good")
    assert str(target) in dialog.message.text
    if ending == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(target).pages)
    else:
        text = target.read_text("utf-8-sig")
    for words in ("Nurhayati", "1312********0003", "Pekerja dikoreksi", "Jorong", backup.name, "3 baris"):
        assert words in text
    assert make_worker(3).nik not in text
    (row,) = [row for row in session.opened_register.audit.of("list", 0) if row.action == "export"]
    assert ("rows", None, 3) in row.changes
    assert dialog.confirm.isVisible()


def test_another_offices_backup_is_called_that_in_capitals(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock, tmp_path: Path
) -> None:
    fill(session, path, clock)
    register = make_register(tmp_path / "lain.db")
    register.entries.save(make_worker(9), None)
    register.close()
    other = make_backup(tmp_path / "lain.db", tmp_path / "stik", NOW).path
    dialog = looked(qtbot, asked(qtbot, session, window, other, path))
    assert "register LAIN" in dialog.look.relation.text()
    assert dialog.message.level == "warning"


def test_by_keys_alone_from_the_list_to_the_restored_register(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    dialog = asked(qtbot, session, window, None, path)
    assert dialog.choice.current == backup
    assert "2 pekerja, 1 kepesertaan" in dialog.choice.holds.text
    qtbot.keyClick(dialog.choice.table, Qt.Key.Key_Return)
    looked(qtbot, dialog)
    focused = dialog.focusWidget()
    for _ in range(20):
        if dialog.confirm.hasFocus():
            break
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        focused = dialog.focusWidget()
    assert dialog.confirm.hasFocus()
    with qtbot.waitSignal(dialog.restored, timeout=20_000):
        qtbot.keyClick(dialog.confirm, Qt.Key.Key_Return)
    assert session.opened_register.workers.count() == 2


def test_a_backup_without_a_manifest_is_read_when_its_row_is_reached(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    manifest_file(backup).unlink()
    dialog = asked(qtbot, session, window, None, path)
    qtbot.waitUntil(lambda: dialog.choice.holds.level == "good", timeout=20_000)
    assert "2 pekerja, 1 kepesertaan" in dialog.choice.holds.text


def test_after_a_restore_the_people_of_that_time_log_in_and_the_trail_names_who_restored(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    session.open_file(path, user="rina")
    session.opened_register.users.add(User("Rina", Role.ADMINISTRATOR), PASSWORD)
    backup = fill(session, path, clock)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    confirm(qtbot, dialog)
    register = session.opened_register
    assert register.users.must_log_in
    assert window.is_shut
    (row,) = [row for row in register.audit.of("register", 0) if row.action == "restore"]
    assert row.user == "Rina"
    assert ("backup", None, backup.name) in row.changes


def test_who_may_not_back_up_may_not_restore_either(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    session.open_file(path, user="rina")
    register = session.opened_register
    register.users.add(User("Rina", Role.ADMINISTRATOR), PASSWORD)
    register.users.add(User("Ani", Role.CLERK), "kata sandi lain yang panjang")
    backup = fill(session, path, clock)
    register.users.log_in("Ani", "kata sandi lain yang panjang")
    dialog = asked(qtbot, session, window, backup, path)
    assert dialog.message.level == "error"
    assert "mencadangkan dan memulihkan" in dialog.message.text
    assert not dialog.confirm.isVisible()
    assert not dialog.look.lists


def give_passphrase(qtbot: QtBot, dialog: RestoreDialog, passphrase: str) -> None:
    qtbot.waitUntil(lambda: getattr(dialog, "asking", None) is not None and dialog.asking.isVisible())
    field = dialog.asking.view.form["passphrase"]
    field.setFocus()
    qtbot.keyClicks(field, passphrase)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_backup_under_an_older_passphrase_asks_for_that_one(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    older = fill(session, path, clock, new_key(OLD))
    session.use_register(None)
    path.unlink()
    present = new_key(NEW)
    fill(session, path, clock, present)
    dialog = asked(qtbot, session, window, older, path)
    give_passphrase(qtbot, dialog, "yang ini salah sekali")
    qtbot.waitUntil(lambda: "bukan frasa sandi" in dialog.asking.view.form.message_bar.text.lower(), timeout=10_000)
    dialog.asking.view.form["passphrase"].selectAll()
    give_passphrase(qtbot, dialog, OLD)
    looked(qtbot, dialog)
    assert "frasa sandi waktu itu" in dialog.message.text
    confirm(qtbot, dialog)
    assert session.opened_register.key is not None
    assert session.opened_register.key != present
    assert session.opened_register.workers.count() == 2


def test_damage_is_said_without_asking_for_a_passphrase(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    older = fill(session, path, clock, new_key(OLD))
    older.write_bytes(older.read_bytes()[: -2 * PAGE])
    session.use_register(None)
    path.unlink()
    fill(session, path, clock, new_key(NEW))
    dialog = looked(qtbot, asked(qtbot, session, window, older, path))
    assert "berubah atau terpotong" in dialog.message.text or "terpotong" in dialog.message.text
    assert getattr(dialog, "asking", None) is None


def test_a_locked_copy_is_restored_after_its_own_passphrase_and_leaves_nothing_unlocked(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock, tmp_path: Path
) -> None:
    backup = fill(session, path, clock)
    manifest = read_manifest(backup)
    assert manifest is not None
    carried = carry(manifest, tmp_path / "stik", OLD)
    dialog = asked(qtbot, session, window, carried, path)
    assert dialog.locked.isVisible()
    qtbot.keyClicks(dialog.locked.passphrase, "salah")
    qtbot.keyClick(dialog.locked.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.message.level == "error", timeout=20_000)
    assert not list(path.parent.glob(f"{UNPACKED}*"))
    dialog.locked.passphrase.clear()
    qtbot.keyClicks(dialog.locked.passphrase, OLD)
    qtbot.keyClick(dialog.locked.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.confirm.isVisible, timeout=20_000)
    confirm(qtbot, dialog)
    assert session.opened_register.workers.count() == 2
    dialog.reject()
    assert not list(path.parent.glob(f"{UNPACKED}*"))


# A damaged file


def spare_workers(path: Path) -> None:
    """Only the pages of the region list and the name index are gone; nobody can open the file without noticing."""
    connection = connect(path)
    root = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'region'").fetchone()[0]
    connection.close()
    with path.open("r+b") as stream:
        stream.seek((root - 1) * PAGE)
        stream.write(bytes(PAGE))


@pytest.mark.parametrize("key", [None, new_key(OLD)], ids=["plain", "encrypted"])
def test_an_open_file_with_a_damaged_page_is_replaced_and_the_clerk_finds_the_rest_as_drafts(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock, key: Key | None
) -> None:
    backup = fill(session, path, clock, key)
    session.use_register(None)
    if key is None:
        spare_workers(path)
    else:
        with path.open("r+b") as stream:
            stream.seek(path.stat().st_size - PAGE)
            stream.write(bytes(PAGE))
    session.open_file(path, user="rina", key=key)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    assert dialog.look.tabs.tabText(0).startswith("Terselamatkan")
    named = {(row[2], row[3]) for row in cells(dialog)}
    assert ("Pekerja didaftarkan", "Nurhayati") in named
    confirm(qtbot, dialog)
    assert "draf menunggu" in dialog.message.text
    register = session.opened_register
    assert register.workers.count() == 2
    (draft,) = [draft for draft in register.drafts.all() if draft.fields.get("name") == "Nurhayati"]
    assert draft.fields["nik"] == make_worker(3).nik
    assert register.drafts.all("worker:2")[0].fields["jorong"] == "Simpang Tiga"
    dialog.reject()
    window.go_to("entry")
    page = window.page
    page.open_drafts()
    texts = [page.drafts.list.item(at).text() for at in range(page.drafts.list.count())]
    assert any("Nurhayati" in text and "terselamatkan" in text for text in texts)
    page.drafts.list.setCurrentRow(next(at for at, text in enumerate(texts) if "Nurhayati" in text))
    qtbot.keyClick(page.drafts.list, Qt.Key.Key_Return)
    page.save()
    assert register.workers.count() == 3, page.form.message_bar.text
    assert register.workers.find_nik(make_worker(3).nik) is not None
    assert register.enrolments.of_worker(register.workers.find_nik(make_worker(3).nik).id)[0].contribution


def test_a_correction_got_back_stands_among_the_drafts_and_leads_to_its_worker(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    session.use_register(None)
    spare_workers(path)
    session.open_file(path, user="rina")
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    confirm(qtbot, dialog)
    dialog.reject()
    window.go_to("entry")
    window.page.open_drafts()
    listed = window.page.drafts.list
    texts = [listed.item(at).text() for at in range(listed.count())]
    at = next(at for at, text in enumerate(texts) if "Koreksi Budi Santoso" in text)
    listed.setCurrentRow(at)
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert window.place == "workers"
    record = window.page.record
    assert record.form["jorong"].text() == "Simpang Tiga"
    record.save()
    assert session.opened_register.workers.get(2).jorong == "Simpang Tiga"
    assert session.opened_register.drafts.corrections() == ()


def test_a_file_that_does_not_open_leads_to_the_newest_backup_in_two_steps(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    session.use_register(None)
    harmed = b"not a database any more" * 400 + path.read_bytes()[23 * 400 :]
    path.write_bytes(harmed)
    opening = Opening(window, session, path)
    opening.begin()
    way_out = next(one for one in window.findChildren(QPushButton) if one.text() == "Pulihkan cadangan …")
    qtbot.keyClick(way_out, Qt.Key.Key_Space)
    dialog = opening.restoring
    assert dialog is not None
    assert dialog.choice.current == backup
    qtbot.keyClick(dialog.choice.table, Qt.Key.Key_Return)
    looked(qtbot, dialog)
    assert "3 di antaranya pasti benar" in dialog.look.relation.text()
    confirm(qtbot, dialog)
    assert session.opened_register.workers.count() == 2
    assert [draft.fields["name"] for draft in session.opened_register.drafts.all()] == ["Nurhayati"]
    kept = next(path.parent.glob("cadangan/*-sebelum-pulih.db"))
    assert kept.read_bytes() == harmed
    dialog.reject()


def test_of_a_file_that_was_written_over_nothing_can_be_read_and_that_is_said(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    session.use_register(None)
    path.write_bytes(b"not a database any more" * 20_000)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    assert "setua cadangannya" in dialog.look.relation.text()
    assert not dialog.look.lists
    confirm(qtbot, dialog)
    assert session.opened_register.workers.count() == 2


def test_every_control_has_a_name_and_its_own_letter(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock
) -> None:
    backup = fill(session, path, clock)
    dialog = looked(qtbot, asked(qtbot, session, window, backup, path))
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    letters = letters_in([one.text() for one in buttons])
    assert len(letters) == len(set(letters)) == len(buttons)
    for one in (*buttons, dialog.table, *dialog.look.lists, dialog.look.tabs):
        assert one.accessibleName() or getattr(one, "text", str)(), one


def test_the_copy_of_a_folder_on_a_stick_can_be_chosen_as_well(
    qtbot: QtBot, session: Session, window: MainWindow, path: Path, clock: Clock, tmp_path: Path
) -> None:
    backup = fill(session, path, clock)
    stick = tmp_path / "stik"
    stick.mkdir()
    moved = Path(shutil.copy(backup, stick))
    dialog = asked(qtbot, session, window, None, path)
    dialog.choice.choose_file = lambda _folder: str(moved)
    qtbot.mouseClick(dialog.other, Qt.MouseButton.LeftButton)
    looked(qtbot, dialog)
    assert dialog.look.name.text() == moved.name
    assert dialog.look.tabs.tabText(0) == "Akan hilang (3)"
