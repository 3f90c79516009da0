"""The first start: a register of one's own kabupaten and who keeps it by a few keys, or a file, a backup, a sample."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.offices.office import OfficeSettings
from models.offices.users import Role
from models.storage.backup import make_backup
from tests.factories import NOW, make_register, make_worker
from ui.fields.letters import letters_in
from ui.offices.first_start import first_start
from ui.offices.first_start_dialog import FirstStartDialog
from ui.preferences import Preferences
from ui.session import Session
from ui.start import Opening
from ui.window import MainWindow

PASSWORD = "pohon sawit di talu"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "baru" / "cakupan.db"


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    yield made
    made.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(session: Session, path: Path, parent: QWidget) -> FirstStartDialog:
    made = FirstStartDialog(session, path, parent)
    made.open()
    return made


def press(qtbot: QtBot, dialog: FirstStartDialog, key: Qt.Key) -> None:
    qtbot.keyClick(dialog.focusWidget(), key)


def name_administrator(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    """The last step: the proposed name, a full name, and the password twice."""
    for text in ("", "Reni Marlina", "", PASSWORD, PASSWORD):
        qtbot.keyClicks(dialog.focusWidget(), text)
        press(qtbot, dialog, Qt.Key.Key_Return)


def test_a_few_short_steps_by_keys_make_the_register_of_another_kabupaten(
    qtbot: QtBot, dialog: FirstStartDialog, session: Session, path: Path, tmp_path: Path
) -> None:
    press(qtbot, dialog, Qt.Key.Key_1)
    qtbot.keyClicks(dialog.focusWidget(), "13.06")
    press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.focusWidget(), "DINAS TENAGA KERJA AGAM")
    press(qtbot, dialog, Qt.Key.Key_Return)
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.folder_form["folder"].text() == str(path.parent / "cadangan")
    qtbot.keyClicks(dialog.focusWidget(), str(tmp_path / "stik"))
    press(qtbot, dialog, Qt.Key.Key_Return)
    name_administrator(qtbot, dialog)
    answer = dialog.answer
    assert answer is not None
    assert answer.path == path
    assert answer.settings.government == "PEMERINTAH KABUPATEN AGAM"
    assert answer.settings.office_name == "DINAS TENAGA KERJA AGAM"
    assert session.preferences.backup_folder == tmp_path / "stik"
    session.open_file(answer.path, user="rina", new=answer.settings, administrator=answer.administrator)
    assert session.person is not None
    assert (session.person.full_name, session.person.role) == ("Reni Marlina", Role.ADMINISTRATOR)
    assert PASSWORD not in repr(answer)
    regions = session.opened_register.regions
    assert regions.regency == "13.06"
    assert len(regions.kecamatan()) == 16
    assert regions.nagari() == regions.kecamatan()


def test_enter_alone_makes_the_usual_register(qtbot: QtBot, dialog: FirstStartDialog, session: Session) -> None:
    for _key in range(5):
        press(qtbot, dialog, Qt.Key.Key_Return)
    name_administrator(qtbot, dialog)
    assert dialog.answer is not None
    assert dialog.answer.settings == OfficeSettings()
    assert session.preferences.backup_folder is None


def test_an_unknown_kabupaten_leads_nowhere(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    press(qtbot, dialog, Qt.Key.Key_1)
    qtbot.keyClicks(dialog.focusWidget(), "Atlantis")
    for _key in range(3):
        press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.steps.currentIndex() == 1
    assert dialog.message.level == "error"


def test_a_folder_is_a_whole_path(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    for _key in range(4):
        press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.focusWidget(), "stik")
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.answer is None
    assert dialog.message.level == "error"


def test_an_office_of_one_person_opens_without_a_password_knowingly(
    qtbot: QtBot, dialog: FirstStartDialog, session: Session
) -> None:
    for _key in range(7):
        press(qtbot, dialog, Qt.Key.Key_Return)
    form = dialog.administrator_form
    assert form["opening"].hasFocus()
    qtbot.keyClicks(form["opening"], "2")
    assert "siapa pun yang dapat memakai komputer ini" in form.message_bar.text
    assert not form["password"].isVisible()
    press(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.answer is not None
    assert dialog.answer.administrator is not None
    assert dialog.answer.administrator.password == ""


def test_an_easy_or_differently_repeated_password_is_refused(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    for _key in range(8):
        press(qtbot, dialog, Qt.Key.Key_Return)
    form = dialog.administrator_form
    for first, second, wrong in (("12345678", "12345678", "password"), (PASSWORD, PASSWORD + "!", "again")):
        for name, text in (("password", first), ("again", second)):
            form.go_to(name)
            qtbot.keyClicks(form[name], text)
        press(qtbot, dialog, Qt.Key.Key_Return)
        assert dialog.answer is None
        assert form[wrong].problem is not None
        assert form[wrong].hasFocus()


def test_escape_goes_back_step_by_step_and_gives_up_at_the_first(qtbot: QtBot, dialog: FirstStartDialog) -> None:
    for _key in range(4):
        press(qtbot, dialog, Qt.Key.Key_Return)
    press(qtbot, dialog, Qt.Key.Key_Return)
    for step in (2, 1, 0):
        press(qtbot, dialog, Qt.Key.Key_Escape)
        assert dialog.steps.currentIndex() == step
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.answer is None


def test_a_register_that_is_there_is_opened(qtbot: QtBot, dialog: FirstStartDialog, tmp_path: Path) -> None:
    dialog.choose_file = lambda _title: str(tmp_path / "lama.db")
    press(qtbot, dialog, Qt.Key.Key_2)
    assert dialog.answer is not None
    assert dialog.answer.path == tmp_path / "lama.db"


def test_a_backup_is_shown_and_restored(
    qtbot: QtBot, dialog: FirstStartDialog, session: Session, tmp_path: Path, path: Path
) -> None:
    register = make_register(tmp_path / "lama.db")
    register.entries.save(make_worker(1), None)
    register.close()
    backup = make_backup(tmp_path / "lama.db", tmp_path / "stik", NOW).path
    dialog.choose_file = lambda _title: str(backup)
    press(qtbot, dialog, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: dialog.steps.currentIndex() == 3)
    assert "1 pekerja" in dialog.holds.text()
    press(qtbot, dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.answer is not None)
    session.open_file(path, user="rina", must_exist=True)
    assert session.opened_register.workers.count() == 1


def test_a_broken_backup_is_refused_in_words(qtbot: QtBot, dialog: FirstStartDialog, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.db"
    broken.write_bytes(b"x" * 5000)
    dialog.choose_file = lambda _title: str(broken)
    press(qtbot, dialog, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: dialog.message.level == "error")
    assert "rusak.db" in dialog.message.text
    assert dialog.steps.currentIndex() == 0
    assert dialog.focusWidget() is dialog.new_button


def test_the_sample_lies_in_a_file_of_its_own_and_is_marked(
    qtbot: QtBot, dialog: FirstStartDialog, session: Session, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.offices.first_start_dialog.SAMPLE_WORKERS", 60)
    press(qtbot, dialog, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=20_000)
    assert dialog.answer is not None
    session.open_file(dialog.answer.path, user="rina", new=dialog.answer.settings)
    assert session.opened_register.is_sample
    assert session.opened_register.workers.count() == 60
    assert dialog.answer.path.name == "contoh.db"
    assert session.preferences.last_file is None
    assert not path.exists()


def test_the_making_of_a_sample_can_be_stopped(qtbot: QtBot, dialog: FirstStartDialog, path: Path) -> None:
    press(qtbot, dialog, Qt.Key.Key_4)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.message.level == "warning", timeout=20_000)
    assert list(path.parent.glob("*.db")) == []
    assert dialog.isVisible()


def test_the_window_asks_and_opens_what_was_answered(qtbot: QtBot, session: Session, path: Path) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window, before_close_func=lambda _window: session.use_register(None))
    window.show()

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, FirstStartDialog)
        for _key in range(5):
            press(qtbot, asked, Qt.Key.Key_Return)
        name_administrator(qtbot, asked)

    QTimer.singleShot(100, answer)
    Opening(window, session, path).begin()
    assert session.opened_register.path == path
    assert session.preferences.last_file == path
    assert session.person is not None
    assert session.person.role is Role.ADMINISTRATOR


def test_who_gives_up_gets_no_register(session: Session, path: Path, parent: QWidget) -> None:
    QTimer.singleShot(100, lambda: QApplication.activeModalWidget().close())
    assert first_start(parent, session, path) is None
    assert not path.parent.exists()


def test_every_step_has_letters_of_its_own(dialog: FirstStartDialog) -> None:
    for at in range(dialog.steps.count()):
        dialog.steps.setCurrentIndex(at)
        words = [one.text() for one in dialog.steps.widget(at).findChildren(QPushButton)]
        letters = letters_in(words)
        assert len(letters) == len(set(letters)) == len(words)
