"""A supervisor's day with many enrolments in the real window, by keys alone: enrolled, taken back, decreed, submitted,
rejected, replaced, the annex on paper, gone on with CSR where the months end, and a letter to who still has to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader

from models.funds.fund import Fund, Receipt
from models.obligations.records import Roster
from models.register import Register, open_register
from models.schemes.enrolment import EnrolmentState
from models.schemes.lines import EnrolmentFilter
from models.values.months import Month
from tests.endtoend.screen import Program, Screen, make_register, missing_tools, wait_until
from tests.factories import make_plan, make_worker

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(240),
]
WORKERS, WAITING, ASN = 240, 2, 3
T = TypeVar("T")


def fill(path: Path) -> None:
    """Workers without any enrolment, two who are to wait, three whom teachers protect, a fund with money in it."""
    register = open_register(path, user="rina", clock=datetime.now)
    register.users.let_in(register.users.all()[0])
    this = Month.of(date.today())
    register.load((make_worker(serial, name="Siti Aminah"), ()) for serial in range(1, WORKERS + 1))
    register.load((make_worker(WORKERS + at, name="Zainal Tunggu"), ()) for at in range(1, WAITING + 1))
    sawit, asn = register.schemes.by_code("SAWIT"), register.schemes.by_code("ASN")
    assert sawit is not None
    assert asn is not None
    fund = register.funds.save(Fund(scheme=sawit.id or 0, name="DBH Sawit", year=this.year, ceiling=10**9))
    register.funds.receive(Receipt(fund=fund.id or 0, amount=10**8, received_on=date.today(), source="SP2D"))
    plan = replace(make_plan(register, "ASN", first=this), payer_name="Guru", payer_office="Dinas Pendidikan")
    for at in range(1, ASN + 1):
        register.entries.save(
            make_worker(500 + at, name="Yusna Guru"), replace(plan, payer_number=f"19850101201001{at:04d}")
        )
    register.obligations.count(
        Roster(scheme=asn.id or 0, unit="Dinas Pendidikan", number=40, counted_on=date.today(), source="BKPSDM 12")
    )
    register.close()


def asked(path: Path, ask: Callable[[Register], T]) -> T:
    """What the file says, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        return ask(register)
    finally:
        register.close()


def states(path: Path, code: str = "SAWIT") -> dict[str, int]:
    """How many enrolments of a scheme are in each state."""

    def count(register: Register) -> dict[str, int]:
        scheme = register.schemes.by_code(code)
        assert scheme is not None
        found = {
            str(state): len(register.enrolment_lists.ids(EnrolmentFilter(scheme=scheme.id, state=state)))
            for state in EnrolmentState
        }
        return {state: number for state, number in found.items() if number}

    return asked(path, count)


def test_many_live_through_a_scheme_without_the_mouse(tmp_path: Path) -> None:
    path, annex, letter = tmp_path / "talu.db", tmp_path / "lampiran.pdf", tmp_path / "surat.pdf"
    make_register(path)
    fill(path)
    day, month = f"{date.today():%d/%m/%Y}", f"{date.today():%m/%Y}"
    with Screen() as screen, Program(screen, path) as program:

        def press(*keys: str) -> None:
            """One key after the other, each once what the one before asked for is there."""
            for key in keys:
                program.press(key)
                program.rest()

        def answer(*texts: str) -> None:
            """Each with Enter."""
            for text in texts:
                program.type(f"{text}\n")
                program.rest()

        # enrolled from a fund, taken back as one, enrolled again without being chosen anew
        press("ctrl+2")
        answer("siti")
        press("ctrl+a", "ctrl+shift+e")
        answer("sawit", month, "dbh")
        press("ctrl+s")
        assert states(path) == {"proposed": WORKERS}
        press("ctrl+alt+z")
        wait_until(lambda: states(path) == {"cancelled": WORKERS}, "the enrolling is taken back")
        program.rest()
        press("F5", "ctrl+s")
        assert states(path) == {"proposed": WORKERS, "cancelled": WORKERS}

        # two others wait
        press("Escape", "ctrl+f")
        answer("zainal")
        press("ctrl+a", "ctrl+shift+w")
        answer("sawit")
        press("ctrl+s")
        assert asked(path, lambda register: len(register.waiting.of_scheme(1))) == WAITING

        # named in a new decree, handed in, the first one rejected and replaced in another decree
        press("Home", "Up")
        answer("sawit", "", "", "terdaftar", "")
        press("ctrl+a", "F2")
        answer("500.15/9", day, "Penetapan peserta")
        press("ctrl+s")
        assert states(path) == {"approved": WORKERS, "cancelled": WORKERS}
        press("ctrl+alt+z")
        assert asked(path, lambda register: register.legal_bases.all()) == ()
        press("ctrl+alt+y")
        assert states(path) == {"approved": WORKERS, "cancelled": WORKERS}
        go_to_state(press, answer, "disetujui")
        press("ctrl+a", "F3", "F3")
        assert states(path) == {"submitted": WORKERS, "cancelled": WORKERS}
        go_to_state(press, answer, "diajukan")
        press("Home", "F9")
        answer("2")
        press("ctrl+s")
        assert states(path) == {"submitted": WORKERS - 1, "rejected": 1, "cancelled": WORKERS}
        go_to_state(press, answer, "ditolak")
        press("F11", "Return")
        answer("500.15/10", day, "Penggantian")
        press("ctrl+s")
        assert states(path)["proposed"] == 1

        # its annex
        go_to_state(press, answer, "terdaftar")
        press("ctrl+p", "ctrl+a")
        answer(str(annex))
        text = PdfReader(annex).pages[0].extract_text()
        assert "500.15/10" in text
        assert "Zainal Tunggu" in text

        # where the months end a company goes on
        press("alt+j", "F2", "ctrl+a")
        answer("csr")
        press("Tab", "Tab")
        answer("PT Kebun Talu", "")
        press("F5", "ctrl+s")
        assert states(path, "CSR") == {"proposed": WORKERS}

        # who still has to do, who is there, and the letter about it
        press("ctrl+4", "ctrl+b", "Return", "Return", "ctrl+4", "Escape", "ctrl+p", "ctrl+p", "ctrl+a")
        answer(str(letter))
        (page,) = PdfReader(letter).pages
        assert "Kepala Dinas Pendidikan" in page.extract_text()


def go_to_state(press: Callable[..., None], answer: Callable[..., None], state: str) -> None:
    """Narrows the list of enrolments of the scheme to a state, and goes into it."""
    press("alt+u")
    answer(state, "")
