"""The window looks after the audit trail: on opening, and once a week in the background."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.storage.backup import make_backup
from models.storage.driver import connect
from models.storage.restore import restore_backup
from tests.factories import NOW, Clock, make_plan, make_register, make_worker
from ui.exchange.trail_watch import TrailWatch
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


class Office:
    """A session with its watch, and what the watch says."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock, self.said = folder, Clock(), ""
        self.path = folder / "kantor" / "cakupan.db"
        self.start()

    def start(self) -> None:
        """The program starts, as on another morning."""
        self.session = Session(Preferences(self.folder / "window.ini"), clock=self.clock)
        self.watch = TrailWatch(self.session, self.hear, self.session)
        self.session.open_file(self.path, user="rina")

    def hear(self, words: str) -> None:
        self.said = words

    def work(self, *serials: int) -> None:
        for serial in serials:
            self.session.opened_register.entries.save(make_worker(serial), None)
            self.session.tell("workers")

    def end(self) -> None:
        self.watch.stop()
        self.session.close()

    def check(self, qtbot: QtBot) -> None:
        self.watch.check_if_due()
        qtbot.waitUntil(lambda: not self.watch.background.is_busy, timeout=20_000)
        QApplication.processEvents()


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.end()


def test_the_register_of_yesterday_is_no_news(office: Office) -> None:
    office.work(1, 2)
    office.end()
    office.clock.later(days=1)
    office.start()
    assert office.said == ""


def test_an_older_copy_put_in_its_place_is_said(office: Office) -> None:
    office.work(1)
    office.end()
    shutil.copyfile(office.path, office.folder / "lama.db")
    office.start()
    office.work(2, 3)
    office.end()
    shutil.copyfile(office.folder / "lama.db", office.path)
    office.start()
    assert office.said.startswith("Ini salinan lama dari register: pada 22 November 2026 09.00 komputer ini melihat")
    office.end()
    office.start()
    assert office.said == ""  # once is enough


def test_another_register_in_its_place_is_said(office: Office) -> None:
    office.work(1, 2)
    office.end()
    other = make_register(office.folder / "lain.db", user="orang", at=NOW - timedelta(days=30))
    for serial in range(1, 9):
        other.entries.save(make_worker(serial), make_plan(other))
    other.close()
    shutil.copyfile(other.path, office.path)
    office.start()
    assert office.said.startswith("Register ini bukan yang dilihat komputer ini pada 22 November 2026 09.00")


def test_a_restore_explains_itself(office: Office, qtbot: QtBot) -> None:
    """On opening, and to the weekly check: the backups made before it know more than the restored file."""
    office.work(1)
    office.end()
    folder = office.path.parent / "cadangan"
    older = make_backup(office.path, folder, office.clock.now).path
    office.start()
    office.clock.later(minutes=5)
    office.work(2, 3)
    office.end()
    make_backup(office.path, folder, office.clock.now)
    office.clock.later(minutes=5)
    restore_backup(older, office.path, office.clock.now, by="rina")
    office.start()
    assert office.said == ""
    office.clock.later(days=8)
    office.check(qtbot)
    assert office.said == ""
    assert office.session.opened_register.audit.last_check() == office.clock.now


def test_a_clock_that_was_set_back_is_said(office: Office) -> None:
    office.work(1)
    office.end()
    office.clock.later(days=-400)
    office.start()
    assert office.said.startswith("Jam komputer ini menunjukkan 18 Oktober 2025 09.00, padahal catatan terakhir")


def test_a_new_register_is_not_checked_at_once(office: Office, qtbot: QtBot) -> None:
    office.check(qtbot)
    assert office.session.opened_register.audit.last_check() is None


def test_after_a_week_the_file_is_checked_and_nobody_is_told_that_all_is_well(office: Office, qtbot: QtBot) -> None:
    office.work(1)
    office.clock.later(days=7)
    office.check(qtbot)
    audit = office.session.opened_register.audit
    assert audit.last_check() == office.clock.now
    assert audit.of("register", 0)[-1].changes == (("findings", None, 0),)
    assert audit.last_change_at() == NOW  # a check is nothing to back up
    assert office.said == ""
    rows = audit.count()
    office.check(qtbot)
    assert audit.count() == rows


def test_what_the_weekly_check_finds_is_said_with_the_name(office: Office, qtbot: QtBot) -> None:
    office.work(1, 2)
    with contextlib.closing(connect(office.path)) as connection:
        connection.execute("UPDATE worker SET income = 9000000 WHERE id = 2")
    office.clock.later(days=8)
    office.check(qtbot)
    assert office.said.startswith("Pemeriksaan seluruh berkas menemukan 1 hal")
    assert "pekerja 2" in office.said
    assert "(Siti Aminah)" in office.said


def test_a_damaged_file_is_said_too(office: Office, qtbot: QtBot) -> None:
    office.work(1, 2)
    with contextlib.closing(connect(office.path)) as connection:
        connection.execute("UPDATE worker SET notes = CAST(x'ff41' AS TEXT) WHERE id = 2")
    office.clock.later(days=8)
    office.check(qtbot)
    assert office.said.startswith("Berkas cakupan.db rusak")
    assert office.session.opened_register.audit.last_check() is None


def test_a_backup_that_knows_more_is_found_by_the_weekly_check(office: Office, qtbot: QtBot) -> None:
    office.work(1, 2)
    register = office.session.opened_register
    head = register.audit.head()
    office.end()
    make_backup(office.path, office.path.parent / "cadangan", office.clock.now)
    connection = connect(office.path)
    for guard in ("audit_is_never_removed",):
        sql = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (guard,)).fetchone()[0]
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("DELETE FROM audit WHERE save = (SELECT max(save) FROM audit)")
        connection.execute("DELETE FROM worker WHERE id = 2")
        connection.execute("INSERT INTO worker_text (worker_text) VALUES ('delete-all')")
        connection.execute(
            "INSERT INTO worker_text (rowid, name_key, nik, family_card) "
            "SELECT id, name_key, nik, family_card FROM worker"
        )
        connection.execute(sql)
    connection.close()
    (office.folder / "window.ini").unlink()
    office.clock.later(days=8)
    office.start()
    assert office.said == ""
    office.check(qtbot)
    assert f"mengenal {head.entries} catatan jejak" in office.said


def test_a_check_that_is_cut_short_leaves_nothing_and_comes_again(office: Office, qtbot: QtBot) -> None:
    office.work(1)
    office.clock.later(days=8)
    office.watch.check_if_due()
    office.end()
    assert [path.name for path in office.path.parent.iterdir() if "periksa" in path.name] == []
    office.start()
    office.check(qtbot)
    assert office.session.opened_register.audit.last_check() == office.clock.now


def test_the_check_waits_until_nobody_types(office: Office) -> None:
    office.work(1)
    office.watch._looking.timeout.emit()
    assert not office.watch._quiet.is_running  # nothing is due
    office.clock.later(days=8)
    office.watch._looking.timeout.emit()
    assert office.watch._quiet.is_running
    office.clock.later(seconds=59)
    office.watch._quiet.look()
    assert not office.watch.background.is_busy
    office.clock.later(seconds=1)
    office.watch._quiet.look()
    assert office.watch.background.is_busy


def test_the_window_says_it_above_every_page_until_it_is_read(qtbot: QtBot, office: Office) -> None:
    office.work(1)
    office.end()
    office.clock.later(days=-1)
    session = Session(Preferences(office.folder / "window.ini"), clock=office.clock)
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda _window: session.use_register(None))
    window.go_to("exchange")
    window.show()
    session.open_file(office.path, user="rina")
    bar = window._all_bars().alarm
    assert bar is not None
    assert bar.isVisible()
    assert bar.text.startswith("Jam komputer ini menunjukkan")
    session.use_language("en")
    bar = window._all_bars().alarm
    assert bar is not None
    assert not bar.isHidden()
    bar.findChild(QPushButton).click()
    assert bar.isHidden()


def test_correcting_moves_what_is_remembered(office: Office) -> None:
    office.work(1)
    register = office.session.opened_register
    register.workers.correct(replace(register.workers.get(1), jorong="Simpang"))
    office.watch.remember()
    assert any(register.audit.head().code in line for line in _lines(office.session.preferences))


def _lines(preferences: Preferences) -> list[str]:
    preferences.write()
    return preferences.path.read_text("utf-8").splitlines()
