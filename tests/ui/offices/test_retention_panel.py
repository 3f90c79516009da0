"""Anonymising as an administrator does it: looks who is listed, types the number, reads what still holds the data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.offices.users import Role, User
from models.people.masking import mask_number
from models.register import Register, open_register
from models.storage.backup import backup_folder, make_backup
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import Key, Person, person_at
from ui.offices.page import SettingsPage
from ui.offices.retention_panel import RetentionPanel

LATER = datetime(2037, 3, 1, 9, 0)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    path = tmp_path / "register.db"
    with closing(make_register(path)) as made:
        made.entries.save(make_worker(1, name="Rosmaniar"), make_plan(made))
        made.entries.save(make_worker(2, name="Zulkifli"), None)
    folder = backup_folder(path)
    folder.mkdir(exist_ok=True)
    (folder / "register-20300101-090000-2p-1k.db").write_bytes(b"a backup of 2030")
    opened = open_register(path, user="rina", clock=lambda: LATER)
    yield opened
    opened.close()


@pytest.fixture
def person(qtbot: QtBot, register: Register, tmp_path: Path) -> Iterator[Person[SettingsPage]]:
    with person_at(qtbot, register, tmp_path, SettingsPage) as someone:
        someone.page.tabs.setCurrentWidget(someone.page.retention)
        someone.rest()
        yield someone


def panel(person: Person[SettingsPage]) -> RetentionPanel:
    return person.page.retention


def confirm(person: Person[SettingsPage], text: str) -> None:
    panel(person).confirmation.setFocus()
    person.type(text)
    person.press(Key.Key_Return)
    person.press(Key.Key_Space)
    person.rest()


def test_the_list_is_masked_and_counts_all(person: Person[SettingsPage]) -> None:
    assert panel(person).summary.text() == "2 data melewati masa simpan 10 tahun"
    rows = [row.cells for row in panel(person).table.rows]
    assert rows[0] == (mask_number(make_worker(1).nik), "Rosmaniar", "Talu", "Feb 2027", "22/11/2026")
    assert rows[1][3] == "–"


@pytest.mark.parametrize("typed", ["", "1", "3", "dua"])
def test_another_number_changes_nothing(person: Person[SettingsPage], typed: str) -> None:
    confirm(person, typed)
    assert "Ketik jumlah datanya, 2" in panel(person).message.text
    assert person.register.workers.count() == 2


def test_the_number_typed_erases_them_and_names_the_backups_that_still_hold_them(
    person: Person[SettingsPage],
) -> None:
    folder = backup_folder(person.register.path)
    with closing(make_register(folder.parent / "kantor-lain.db")) as other:
        theirs = make_backup(other.path, folder, LATER).path.name
    ours = make_backup(person.register.path, folder, LATER).path.name
    confirm(person, "2")
    said = panel(person).message.text
    assert "2 data dianonimkan" in said
    assert ours in said
    assert theirs not in said
    assert "register-20300101-090000-2p-1k.db" in said
    assert panel(person).table.rowCount() == 0
    assert panel(person).summary.text().startswith("0 data")
    assert person.register.workers.count() == 0
    content = person.register.path.read_bytes()
    assert b"Rosmaniar" not in content
    assert make_worker(1).nik.encode() not in content
    assert not panel(person).act.isVisible()
    panel(person).anonymise()
    assert "Tidak ada data" in panel(person).message.text


def test_who_keeps_no_settings_only_reads_the_list(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    register.users.add(User("wati", Role.ADMINISTRATOR), "empat kata yang panjang")
    register.users.add(User("sari", Role.SUPERVISOR), "empat kata yang panjang")
    register.users.log_in("sari", "empat kata yang panjang")
    with person_at(qtbot, register, tmp_path, SettingsPage) as sari:
        sari.page.tabs.setCurrentWidget(sari.page.retention)
        sari.rest()
        assert panel(sari).table.rowCount() == 2
        assert panel(sari).words.text() == "Pengelola yang menganonimkannya."
        assert not panel(sari).act.isVisible()
        panel(sari).anonymise()
        assert "Atasan" in panel(sari).message.text
    assert register.workers.count() == 2
