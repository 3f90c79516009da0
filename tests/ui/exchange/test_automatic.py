"""Backups that make themselves while the register is open, with the clock in the test's hand and real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from models.sample.making import make_sample
from models.storage.inspecting import inspect_backup
from models.storage.manifest import Why, read_manifest, write_manifest
from models.storage.second_place import choose_second_place
from tests.factories import NOW, make_worker
from ui.exchange.automatic import AutomaticBackups
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow


class Desk:
    """A register that is open, its clock, and what is said above every page."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.session = Session(Preferences(folder / "window.ini"), clock=lambda: self.now)
        self.session.open_file(folder / "kantor" / "cakupan.db", user="rina")
        self.said: list[str] = []
        self.session.said.connect(self.said.append)
        self.reminder = ""
        self.press: Callable[[], None] = lambda: None
        self.automatic = AutomaticBackups(self.session, self._remind, self.session)

    def _remind(self, words: str, _act: str, run: Callable[[], None]) -> None:
        self.reminder, self.press = words, run

    def later(self, **by: int) -> None:
        self.now += timedelta(**by)

    def save(self, serial: int) -> None:
        self.session.opened_register.entries.save(make_worker(serial), None)

    def backups(self) -> list[Path]:
        return sorted(self.session.backup_folder().glob("*.db"))


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.automatic.stop()
    made.session.close()


def look(qtbot: QtBot, desk: Desk) -> None:
    """What the timer does every minute, to its end."""
    desk.automatic.look()
    qtbot.waitUntil(lambda: not desk.automatic.is_running, timeout=30_000)


def test_after_the_hours_set_one_is_made_and_only_when_something_was_saved(qtbot: QtBot, desk: Desk) -> None:
    desk.save(1)
    desk.later(hours=3, minutes=59)
    look(qtbot, desk)
    assert desk.backups() == []
    desk.later(minutes=1)
    look(qtbot, desk)
    (made,) = desk.backups()
    manifest = read_manifest(made)
    assert manifest is not None
    assert (manifest.why, manifest.contents.workers) == (Why.HOURLY, 1)
    assert desk.session.last_backup_at() == desk.now
    desk.later(hours=9)
    look(qtbot, desk)
    assert desk.backups() == [made]
    desk.save(2)
    look(qtbot, desk)
    assert len(desk.backups()) == 2


def test_an_office_may_set_other_hours_or_none(qtbot: QtBot, desk: Desk) -> None:
    register = desk.session.opened_register
    register.change_office(replace(register.office, backup_hours=0))
    desk.save(1)
    desk.later(days=2)
    look(qtbot, desk)
    assert desk.backups() == []
    register.change_office(replace(register.office, backup_hours=24))
    look(qtbot, desk)
    assert len(desk.backups()) == 1


def test_what_was_saved_yesterday_and_never_backed_up_waits_for_no_hours(qtbot: QtBot, desk: Desk) -> None:
    desk.save(1)
    desk.later(hours=4)
    look(qtbot, desk)
    desk.save(2)
    desk.later(days=1)
    desk.session.changed.emit("register")  # opened again this morning
    look(qtbot, desk)
    assert len(desk.backups()) == 2


def test_invented_people_are_not_backed_up(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    make_sample(tmp_path / "contoh.db", now=NOW, workers=20)
    desk.session.open_file(tmp_path / "contoh.db", user="rina")
    desk.later(days=10)
    look(qtbot, desk)
    assert desk.backups() == []
    assert desk.reminder == ""


def test_a_failure_is_said_once_and_tried_again_after_half_an_hour(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    desk.session.use_backup_folder(tmp_path / "berkas" / "stik")
    desk.save(1)
    desk.later(hours=5)
    look(qtbot, desk)
    assert sum("tidak berhasil" in said for said in desk.said) == 1
    desk.later(minutes=29)
    look(qtbot, desk)
    assert sum("tidak berhasil" in said for said in desk.said) == 1
    desk.session.use_backup_folder(tmp_path / "cadangan")
    desk.later(minutes=2)
    look(qtbot, desk)
    assert len(desk.backups()) == 1


def test_the_stick_is_told_when_it_may_be_pulled_out_and_missed_politely(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stik"
    desk.session.preferences.second_folder = stick
    desk.save(1)
    desk.later(hours=5)
    look(qtbot, desk)
    assert "Pasang flashdisknya" in desk.said[-1]
    choose_second_place(stick)
    desk.save(2)
    desk.later(hours=5)
    look(qtbot, desk)
    assert "aman dicabut" in desk.said[-1]
    assert inspect_backup(next(stick.glob("*.db"))).workers == 2


def test_after_three_days_without_one_every_page_says_so_until_one_is_made(qtbot: QtBot, desk: Desk) -> None:
    register = desk.session.opened_register
    register.change_office(replace(register.office, backup_hours=0))
    desk.save(1)
    desk.later(days=2, hours=23)
    desk.automatic.look()
    assert desk.reminder == ""
    desk.later(hours=1)
    desk.automatic.look()
    assert "belum pernah dicadangkan" in desk.reminder
    desk.press()
    qtbot.waitUntil(lambda: not desk.automatic.is_running, timeout=30_000)
    assert desk.reminder == ""
    desk.later(days=5)
    desk.automatic.look()
    assert desk.reminder == ""  # nothing was saved since
    desk.save(2)
    desk.automatic.look()
    assert "5 hari" in desk.reminder


def test_who_may_not_back_up_by_hand_needs_no_right_for_it(qtbot: QtBot, desk: Desk) -> None:
    """Nobody is logged in."""
    desk.save(1)
    desk.session.opened_register.users.log_out()
    desk.later(hours=4)
    look(qtbot, desk)
    assert len(desk.backups()) == 1


def test_a_large_backup_is_checked_page_by_page_within_a_week(qtbot: QtBot, desk: Desk) -> None:
    desk.save(1)
    desk.later(hours=4)
    look(qtbot, desk)
    (made,) = desk.backups()
    manifest = read_manifest(made)
    assert manifest is not None
    write_manifest(made, replace(manifest, checked_at=None))  # as a large one is made
    look(qtbot, desk)
    again = read_manifest(made)
    assert again is not None
    assert again.checked_at == desk.now


def test_a_newest_backup_that_went_bad_is_replaced_at_once(qtbot: QtBot, desk: Desk) -> None:
    desk.save(1)
    desk.later(hours=4)
    look(qtbot, desk)
    (made,) = desk.backups()
    with made.open("r+b") as stream:
        stream.seek(9_000)
        stream.write(b"\xff\xff")
    desk.later(days=8)
    look(qtbot, desk)
    assert any("berubah atau terpotong" in said for said in desk.said)
    assert len(desk.backups()) == 2
    assert inspect_backup(desk.backups()[-1]).workers == 1


def test_opening_another_register_ends_the_backup_of_the_first(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.save(1)
    desk.later(hours=4)
    first = desk.session.backup_folder()
    desk.automatic.look()
    assert desk.automatic.is_running
    desk.session.open_file(tmp_path / "lain" / "lain.db", user="rina")
    assert not desk.automatic.is_running
    left = {path.suffix for path in first.iterdir()} if first.exists() else set()
    assert left <= {".db", ".json"}


def test_the_window_says_it_above_every_page_and_one_key_ends_it(qtbot: QtBot, desk: Desk) -> None:
    desk.save(1)
    desk.later(days=4)
    window = MainWindow(desk.session)
    qtbot.addWidget(window, before_close_func=lambda _window: desk.session.use_register(None))
    window.show()
    desk.session.changed.emit("register")
    reminder = window._all_bars().reminder
    assert reminder is not None
    assert reminder.isVisible()
    assert "belum pernah dicadangkan" in reminder.text
    window.go_to("workers")
    assert reminder.isVisible()
    act = next(one for one in reminder.findChildren(QPushButton))
    qtbot.keyClick(act, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not reminder.isVisible(), timeout=30_000)
    assert len(desk.backups()) == 1
