"""What a letter of reminder is written from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.obligations.records import Promise, Roster
from models.papers.obligation_reminder import addressee, as_text
from models.problems import Rejected
from models.register import Register
from models.schemes.scheme import Scheme
from models.values.months import Month
from tests.factories import NOW, make_plan, make_worker

MONTH = Month(2026, 11)


def scheme(register: Register, code: str) -> Scheme:
    found = register.schemes.by_code(code)
    assert found is not None
    return found


@pytest.fixture
def offices(register: Register) -> Register:
    """Four workers whom teachers protect, written in two ways, and one whom another office does."""
    plan = replace(make_plan(register, "ASN", first=MONTH), payer_name="Guru")
    for serial, office in enumerate(("Dinas Pendidikan", "DINAS  PENDIDIKAN", "Dinas Pendidikan", "Dinas Sosial"), 1):
        named = replace(
            plan, payer_number=f"19850101201001{serial:04d}", payer_office=office, payer_name=f"Guru {serial}"
        )
        register.entries.save(make_worker(serial, name=f"Siti {'ABCD'[serial - 1]}"), named)
    register.obligations.count(
        Roster(
            scheme=scheme(register, "ASN").id or 0,
            unit="Dinas Pendidikan",
            number=40,
            counted_on=date(2026, 1, 2),
            source="BKPSDM",
        )
    )
    return register


def test_a_unit_is_reminded_of_what_its_row_says_with_masked_people(offices: Register) -> None:
    asn = scheme(offices, "ASN")
    row = offices.obligations.board(asn, MONTH)[0]
    letter = offices.papers.reminders.of_unit(asn, row, MONTH)
    assert addressee(letter) == "Kepala Dinas Pendidikan"
    assert (letter.obliged, letter.done, letter.to_do, letter.source) == (40, 3, 37, "BKPSDM")
    assert [(one.name, one.payer) for one in letter.people] == [
        ("Siti A", "Guru 1"), ("Siti B", "Guru 2"), ("Siti C", "Guru 3"),
    ]  # fmt: skip
    assert letter.people_count == 3
    assert all(one.nik == "1312********" + make_worker(at).nik[-4:] for at, one in enumerate(letter.people, 1))
    assert letter.number == "500.15.14.1/........../Disnaker/XI/2026"
    assert letter.dated_on == NOW.date()
    text = as_text(letter)
    assert "Kepala Dinas Pendidikan" in text
    assert "Masih kurang: 37" in text
    assert make_worker(1).nik not in text


def test_another_month_has_other_people(offices: Register) -> None:
    asn = scheme(offices, "ASN")
    row = offices.obligations.board(asn, MONTH + 24)[0]
    letter = offices.papers.reminders.of_unit(asn, row, MONTH + 24)
    assert (letter.done, letter.people, letter.people_count) == (0, (), 0)


def test_a_nagari_is_reminded_by_its_name(register: Register) -> None:
    officials = next(one for one in register.schemes.all() if one.payer_kind == "nagari")
    worker = make_worker(1)
    register.entries.save(worker, replace(make_plan(register, officials.code, first=MONTH), payer_name="Nagari Talu"))
    row = register.obligations.board(officials, MONTH)[0]
    letter = register.papers.reminders.of_unit(officials, row, MONTH)
    assert addressee(letter) == f"Wali Nagari {register.regions.name(worker.nagari)}"
    assert (letter.obliged, letter.to_do, letter.people_count) == (None, None, 1)


def test_a_company_is_reminded_of_its_promise_and_whom_it_pays_for(register: Register) -> None:
    csr = scheme(register, "CSR")
    register.obligations.promise(
        Promise(scheme=csr.id or 0, company="PT Sawit", year=2026, heads=10, amount=1_000_000)
    )
    register.entries.save(make_worker(1), replace(make_plan(register, "CSR", first=MONTH), payer_name="PT  SAWIT"))
    letter = register.papers.reminders.of_company(register.obligations.promises(2026)[0])
    assert (letter.unit, letter.to_do, letter.people_count) == ("PT Sawit", 9, 1)
    assert letter.open_rupiah == 1_000_000 - letter.paid_rupiah
    assert letter.paid_rupiah > 0


def test_a_printing_is_recorded_and_needs_somebody_logged_in(
    offices: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = offices.audit.count()
    offices.papers.reminders.record_printing(3, way="file")
    assert offices.audit.count() == before + 1
    monkeypatch.setattr(offices._file, "person", None)
    with pytest.raises(Rejected):
        offices.papers.reminders.record_printing(3, way="file")
