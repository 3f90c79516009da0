"""The settings: typed by keys, saved with Ctrl+S, judged in words, and written down by whom they were changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models import language
from tests.factories import NOW, make_worker
from ui.fields.field import Field
from ui.fields.letters import letters_in
from ui.look.style import Theme, apply_look
from ui.offices.page import SettingsPage
from ui.preferences import Preferences
from ui.session import Session
from ui.window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(tmp_path: Path, qapp: QApplication) -> Iterator[Session]:
    made = Session(Preferences(tmp_path / "window.ini"), clock=lambda: NOW)
    made.open_file(tmp_path / "cakupan.db", user="rina")
    yield made
    made.close()


@pytest.fixture
def own_look(qapp: QApplication) -> Iterator[QApplication]:
    """The program's look, undressed again afterwards; windows of earlier tests go, or they would be dressed too."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    yield qapp
    apply_look(qapp, Theme.LIGHT, 10.5)


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    made = MainWindow(session)
    qtbot.addWidget(made, before_close_func=lambda _window: session.use_register(None))
    made.resize(1366, 740)
    made.show()
    made.go_to("settings")
    made.activateWindow()
    return made


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    return front(window)


def front(window: MainWindow) -> SettingsPage:
    """The page as it is now: with another area or language it is made anew."""
    assert isinstance(window.page, SettingsPage)
    return window.page


def type_into(qtbot: QtBot, field: Field, text: str) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    qtbot.keyClicks(field, text)


def save(qtbot: QtBot, page: SettingsPage) -> None:
    qtbot.keyClick(page.window(), Qt.Key.Key_S, CONTROL)


def test_what_is_typed_is_saved_and_written_down(qtbot: QtBot, page: SettingsPage, session: Session) -> None:
    type_into(qtbot, page.form["address"], "Jl. Soekarno Hatta 1")
    type_into(qtbot, page.form["signatory_name"], "Armen, S.H.")
    type_into(qtbot, page.form["signatory_nip"], "198609262015051001")
    type_into(qtbot, page.form["legal_basis_1"], "UU 24/2011")
    type_into(qtbot, page.form["cc_1"], "Bupati")
    type_into(qtbot, page.form["min_age"], "17")
    save(qtbot, page)
    office = session.opened_register.office
    assert (office.address, office.signatory_name) == ("Jl. Soekarno Hatta 1", "Armen, S.H.")
    assert office.signatory_nip == "198609262015051001"
    assert (office.legal_basis, office.cc, office.min_age) == (("UU 24/2011",), ("Bupati",), 17)
    assert page.form.message_bar.level == "good"
    entry = session.opened_register.audit.of("settings", 0)[-1]
    assert entry.user == "rina"
    assert ("min_age", 18, 17) in entry.changes
    assert not page.form.is_changed
    assert page.form["signatory_nip"].text() == "19860926 201505 1 001"


def test_typing_goes_on_where_it_was_after_saving(qtbot: QtBot, page: SettingsPage) -> None:
    type_into(qtbot, page.form["address"], "Jl. Soekarno")
    save(qtbot, page)
    qtbot.keyClicks(page.form["address"], " Hatta")
    assert page.form["address"].text() == "Jl. Soekarno Hatta"


def test_enter_walks_and_saves_nothing(qtbot: QtBot, page: SettingsPage, session: Session) -> None:
    type_into(qtbot, page.form["office_code"], "K02")
    for _field in page.form.fields:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert session.opened_register.office.office_code == "K01"
    assert page.form.is_changed


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("office_code", "1", "Kode kantor"),
        ("office_name", " ", "nama kantor"),
        ("regency", "Atlantis", "Atlantis"),
        ("usual_nik_regencies", "99.99", "99.99"),
        ("signatory_nip", "123", "NIP"),
        ("letter_number", "560/{tahun}", "{urut}"),
        ("min_age", "70", "70"),
        ("max_age", "", "usia"),
        ("lock_minutes", "121", "120"),
        ("lock_minutes", "", "tidak pernah"),
        ("backup_hours", "25", "24 jam"),
        ("keep_daily", "", "hari"),
    ],
)
def test_what_is_wrong_keeps_everything_from_being_saved(
    qtbot: QtBot, page: SettingsPage, session: Session, name: str, text: str, word: str
) -> None:
    before = session.opened_register.office
    type_into(qtbot, page.form["address"], "Jalan lain")
    page.form[name].setFocus(Qt.FocusReason.TabFocusReason)
    page.form[name].clear()
    qtbot.keyClicks(page.form[name], text)
    save(qtbot, page)
    assert session.opened_register.office == before
    assert page.form.message_bar.level == "error"
    assert word.casefold() in page.form.message_bar.text.casefold()


def test_the_example_of_the_letter_number_follows_each_key(qtbot: QtBot, page: SettingsPage) -> None:
    assert page.form["example"].text() == "500.15.14.1/001/Disnaker/XI/2026"
    type_into(qtbot, page.form["letter_number"], "560/{urut}/{tahun}")
    assert page.form["example"].text() == "560/001/2026"
    qtbot.keyClicks(page.form["letter_number"], "/{apa}")
    assert page.form["example"].text() == ""


def test_one_empty_line_waits_after_the_filled_ones(qtbot: QtBot, page: SettingsPage) -> None:
    assert [page.form[f"cc_{at}"].isHidden() for at in (1, 2)] == [False, True]
    type_into(qtbot, page.form["cc_1"], "Bupati")
    assert not page.form["cc_2"].isHidden()
    type_into(qtbot, page.form["cc_2"], "Camat")
    page.form["cc_1"].clear()
    assert page.form.settings().cc == ("Camat",)


def test_changes_can_be_taken_back(qtbot: QtBot, page: SettingsPage) -> None:
    type_into(qtbot, page.form["place"], "Talu")
    qtbot.keyClick(page.window(), Qt.Key.Key_Escape)
    assert page.form["place"].text() == "Simpang Empat"
    assert not page.form.is_changed


def test_the_window_does_not_close_over_changes_that_are_not_saved(
    qtbot: QtBot, window: MainWindow, page: SettingsPage
) -> None:
    type_into(qtbot, page.form["place"], "Talu")
    assert not page.closing()
    assert "belum disimpan" in page.form.message_bar.text
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert page.closing()


def test_another_kabupaten_is_chosen_by_typing_and_brings_its_own_kecamatan(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, session: Session
) -> None:
    type_into(qtbot, page.form["regency"], "agam")
    save(qtbot, page)
    register = session.opened_register
    assert register.office.regency == "13.06"
    assert len(register.regions.kecamatan()) == 16
    assert register.regions.nagari() == register.regions.kecamatan()
    assert front(window) is not page
    assert "16 kecamatan" in front(window).villages.summary.text()


def test_where_workers_are_registered_a_change_of_the_kabupaten_warns_first(
    qtbot: QtBot, page: SettingsPage, session: Session
) -> None:
    session.opened_register.entries.save(make_worker(1), None)
    type_into(qtbot, page.form["regency"], "13.06")
    save(qtbot, page)
    assert session.opened_register.office.regency == "13.12"
    assert page.form.message_bar.level == "warning"
    assert "1 pekerja" in page.form.message_bar.text
    save(qtbot, page)
    assert session.opened_register.office.regency == "13.06"


def test_a_list_of_nagari_is_loaded_whole_or_not_at_all(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, session: Session, tmp_path: Path
) -> None:
    type_into(qtbot, page.form["regency"], "agam")
    save(qtbot, page)
    page = front(window)
    page.tabs.setCurrentWidget(page.villages)
    file = tmp_path / "agam.csv"
    kecamatan = session.opened_register.regions.kecamatan()[0]
    file.write_text(f"kode,nama\n{kecamatan.code}.2001,Tiku Selatan\n{kecamatan.code}.2002,\n", "utf-8")
    page.villages.choose_file = lambda: str(file)
    page.villages.load_button.click()
    assert page.villages.message.level == "error"
    assert [page.villages.problems.item(0).text()] == [f"Baris 3: nagari {kecamatan.code}.2002 tidak punya nama."]
    assert session.opened_register.regions.nagari() == session.opened_register.regions.kecamatan()
    file.write_text(f"{kecamatan.code}.2001;Tiku Selatan\n{kecamatan.code}.2002;Tiku V Jorong\n", "utf-8")
    page.villages.load_button.click()
    assert [region.name for region in session.opened_register.regions.nagari()] == ["Tiku Selatan", "Tiku V Jorong"]
    assert "2 nagari" in front(window).villages.summary.text()


def test_colours_and_size_work_at_once(
    own_look: QApplication, qtbot: QtBot, page: SettingsPage, session: Session
) -> None:
    page.tabs.setCurrentWidget(page.screen_panel)
    form = page.screen_panel.form
    type_into(qtbot, form["theme"], "gel")
    assert session.preferences.theme is Theme.DARK
    assert own_look.palette().window().color().lightness() < 128
    type_into(qtbot, form["point_size"], "12")
    assert own_look.font().pointSizeF() == 12.0
    session.step_point_size(1)
    form["theme"].setFocus()
    assert form["point_size"].text() == "13,0 poin"


def test_the_language_changes_once_its_word_is_whole(
    qtbot: QtBot, window: MainWindow, page: SettingsPage, session: Session
) -> None:
    page.tabs.setCurrentWidget(page.screen_panel)
    type_into(qtbot, page.screen_panel.form["language"], "engl")
    assert language.in_use() == "id"
    qtbot.keyClick(page.screen_panel.form["language"], Qt.Key.Key_Return)
    assert language.in_use() == "en"
    assert session.preferences.language == "en"
    assert front(window).accessibleName() == "Settings"


def test_the_language_waits_for_what_is_not_saved(qtbot: QtBot, page: SettingsPage) -> None:
    type_into(qtbot, page.form["place"], "Talu")
    page.tabs.setCurrentWidget(page.screen_panel)
    type_into(qtbot, page.screen_panel.form["language"], "en")
    qtbot.keyClick(page.screen_panel.form["language"], Qt.Key.Key_Return)
    assert language.in_use() == "id"
    assert page.form["place"].text() == "Talu"


def test_every_control_has_a_name_and_letters_do_not_clash(page: SettingsPage) -> None:
    for widget in page.findChildren(QWidget):
        if isinstance(widget, (Field, QPushButton)):
            assert widget.accessibleName(), widget
    tabs = [page.tabs.tabText(at) for at in range(page.tabs.count())]
    for panel in (page.form, page.screen_panel.form):
        words = [label.text() for label in panel.findChildren(QLabel) if label.buddy() is not None]
        letters = letters_in([*tabs, *words, *(one.text() for one in panel.findChildren(QPushButton))])
        assert len(letters) == len(set(letters))
