"""The check of the open register on the place "Data", with codes from paper."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.register import Register
from models.storage.driver import connect
from tests.factories import make_plan, make_register, make_worker
from tests.ui.person import Person, person_at
from ui.exchange.page import ExchangePage


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person[ExchangePage]]:
    (tmp_path / "kantor").mkdir()
    register = make_register(tmp_path / "kantor" / "cakupan.db")
    for serial in range(1, 4):
        register.entries.save(make_worker(serial, name=f"Siti {'I' * serial}"), make_plan(register))
    with person_at(qtbot, register, tmp_path, ExchangePage) as someone:
        yield someone
    register.close()


def check(person: Person[ExchangePage], codes: str = "") -> ExchangePage:
    """Types the codes and presses Enter, then waits for the outcome."""
    page = person.page
    page.codes.setFocus(Qt.FocusReason.OtherFocusReason)
    page.codes.clear()
    person.type(codes)
    person.press(Qt.Key.Key_Return)
    person.rest()
    return page


def behind(register: Register, sql: str) -> None:
    with contextlib.closing(connect(register.path)) as connection:
        connection.execute(sql)


def test_a_whole_file_says_so_with_its_trail_code_and_that_it_was_checked(person: Person[ExchangePage]) -> None:
    code = person.register.audit.head().code
    page = check(person)
    assert page.message.level == "good"
    assert page.message.text == f"cakupan.db utuh: 3 pekerja, 3 kepesertaan, 13 catatan jejak. Kode jejak {code}"
    assert not page.findings.isVisible()
    assert person.register.audit.of("register", 0)[-1].changes == (("findings", None, 0),)


def test_a_code_from_paper_that_fits_is_good(person: Person[ExchangePage]) -> None:
    code = person.register.audit.head().code
    person.register.entries.save(make_worker(9), None)
    assert check(person, code.lower()).message.level == "good"


def test_codes_that_do_not_fit_are_told_one_by_one(person: Person[ExchangePage]) -> None:
    page = check(person, "999-8F3A-91C2-77AB-04DE, 5-0000-0000-0000-0000")
    assert (
        page.message.text == "cakupan.db: 2 temuan. Baca di atas sebelum ada yang melanjutkan pekerjaan di register."
    )
    told = page.findings.toPlainText()
    assert "Kertas dengan kode 999-8F3A-91C2-77AB-04DE mengenal 999 catatan jejak" in told
    assert "Catatan jejak nomor 5 berbeda dari yang tercetak di kertas" in told
    assert page.findings.hasFocus()
    assert page.findings.isReadOnly()
    assert page.findings.accessibleName() == "Temuan pemeriksaan"


def test_a_mistyped_code_is_said_before_anything_is_read(person: Person[ExchangePage]) -> None:
    rows = person.register.audit.count()
    page = check(person, "ringkasan")
    assert page.message.text.startswith("ringkasan bukan kode jejak.")
    assert page.codes.hasFocus()
    assert person.register.audit.count() == rows


def test_a_record_changed_behind_the_back_is_named_on_the_screen(person: Person[ExchangePage]) -> None:
    behind(person.register, "UPDATE worker SET income = 9000000 WHERE id = 2")
    page = check(person)
    assert "Diubah tanpa lewat program: pekerja 2." in page.findings.toPlainText()
    assert page.findings.toPlainText().endswith("(Siti II)")
    page = check(person)
    assert page.findings.isVisible()
    behind(person.register, "UPDATE worker SET income = 1000000 WHERE id = 2")
    assert not check(person).findings.isVisible()


def test_somebody_else_can_save_while_it_is_checked(person: Person[ExchangePage]) -> None:
    page = person.page
    page.check()
    person.register.entries.save(make_worker(20), None)
    person.rest()
    assert page.message.level == "good"


def test_a_check_can_be_stopped(person: Person[ExchangePage]) -> None:
    page = person.page
    page.check()
    page.stop()
    person.rest()
    assert page.message.text == "Dihentikan. Tidak ada yang berubah."
    assert [path.name for path in person.register.path.parent.iterdir() if "periksa" in path.name] == []
