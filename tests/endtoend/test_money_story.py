"""The money of a year as a new supervisor meets it, in the real window, by keys alone: planned, received, less than
planned, enrolled on, decreed, answered by BPJS, paid, corrected, run out, gone on with a company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from pypdf import PdfReader

from models.funds.fund import Ledger
from models.obligations.records import PromiseRow
from models.register import Register, open_register
from models.schemes.enrolment import EnrolmentState
from models.schemes.life import Rejection
from models.schemes.lines import EnrolmentFilter
from models.values.months import Month
from tests.endtoend.screen import Program, Screen, make_register, missing_tools, wait_until
from tests.factories import make_worker

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(300),
]
PAID, MORE = 300, 6
"""Workers whom the money pays for three months, and who could be enrolled beyond them."""
MONTH = 16_800
"""Rupiah for a worker and a month of public money."""
AT_ONCE = {"ctrl+a", "ctrl+x", "ctrl+v", "Tab", "Home", "Down", "shift+Down"}
"""Keys whose work is done before the next one is read."""
T = TypeVar("T")


def rejection_of(enrolment: int, register: Register) -> str:
    """Why BPJS sent an enrolment back."""
    return register.enrolments.get(enrolment).rejection


def fill(path: Path) -> None:
    """Palm-oil workers without any enrolment; one of them is too old, of one the mother's name is not known."""
    register = open_register(path, user="rina", clock=datetime.now)
    register.users.let_in(register.users.all()[0])
    register.load((make_worker(serial), ()) for serial in range(1, PAID + MORE + 1))
    old = make_worker(born_on=date(1950, 3, 2), name="Zainab Tua")
    register.load([(old, ()), (make_worker(900, name="Zainab Kosong", mother_name=""), ())])
    register.close()


def asked(path: Path, ask: Callable[[Register], T]) -> T:
    """What the file says, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        return ask(register)
    finally:
        register.close()


def ids(register: Register, state: EnrolmentState, scheme: str = "SAWIT") -> list[int]:
    """The enrolments of a scheme in a state."""
    found = register.schemes.by_code(scheme)
    assert found is not None
    return list(register.enrolment_lists.ids(EnrolmentFilter(scheme=found.id, state=state)))


def states(path: Path, scheme: str = "SAWIT") -> dict[str, int]:
    """How many enrolments of a scheme are in each state."""

    def count(register: Register) -> dict[str, int]:
        return {str(state): len(found) for state in EnrolmentState if (found := ids(register, state, scheme))}

    return asked(path, count)


def ledger(path: Path) -> Ledger:
    """Of the only fund."""
    return asked(path, lambda register: register.funds.ledger(register.funds.all()[0].id or 0))


class Supervisor:
    """Presses one key after the other, each once what the one before asked for is there."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def rest(self) -> None:
        self._program.rest()

    def press(self, *keys: str) -> None:
        for key in keys:
            self._program.press(key)
            if key not in AT_ONCE:
                self._program.rest()

    def answer(self, *texts: str) -> None:
        """Each with Enter, as fast as the keys go."""
        self._program.type("".join(f"{text}\n" for text in texts))
        self._program.rest()

    def go_to_state(self, state: str) -> None:
        """The list of enrolments in a state, with the focus in it."""
        self.press("alt+u")
        self.answer(state, "")

    def save_file(self, key: str, path: Path) -> str:
        """The text of the first page of what the key writes."""
        self.press(key, "ctrl+a")
        self.answer(str(path))
        return PdfReader(path).pages[0].extract_text()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "talu.db"
    make_register(made)
    fill(made)
    return made


def test_the_money_of_a_year_from_promise_to_csr(path: Path, tmp_path: Path) -> None:
    today = date.today()
    day, this = f"{today:%d/%m/%Y}", Month.of(today)
    with Screen() as screen, Program(screen, path) as program:
        her = Supervisor(program)
        plan_and_receive(her, path, day, this)
        enrol(her, path)
        through_bpjs(her, path, tmp_path, day)
        pay_and_correct(her, path, day, this)
        go_on(her, path, tmp_path, this)


def plan_and_receive(her: Supervisor, path: Path, day: str, this: Month) -> None:
    """A legal basis, a fund for eleven months, money for three."""
    her.press("ctrl+3", "alt+h", "ctrl+n")
    her.answer("sk", "500.15/7", day, "Penerima iuran DBH Sawit", "Bupati", "", f"31/12/{this.year + 1}")
    her.press("ctrl+s", "alt+d", "ctrl+n")
    her.answer("sawit", str(this.year), "DBH Sawit", "APBD", str(PAID * MONTH * 11), "500")
    her.press("Escape")
    assert asked(path, lambda register: register.funds.all()) == ()  # only asked whether to leave it
    her.press("ctrl+s", "ctrl+u")
    her.answer(str(PAID * MONTH * 3 + 10_000), day, "SP2D 0812")
    her.press("ctrl+s", "ctrl+j")
    her.answer(str(PAID))
    basis = asked(path, lambda register: register.legal_bases.all()[0].id)
    assert asked(path, lambda register: register.funds.all()[0].legal_basis) == basis
    assert ledger(path).received == PAID * MONTH * 3 + 10_000
    assert ledger(path).outstanding == PAID * MONTH * 8 - 10_000


def enrol(her: Supervisor, path: Path) -> None:
    """As many as the money pays, taken back as one, enrolled again; the others wait."""
    her.press("ctrl+2", "Return", "ctrl+a", "ctrl+shift+e")
    her.answer("sawit", "", "dbh")
    her.press("ctrl+s")
    assert states(path) == {"proposed": PAID}
    assert ledger(path).left == 10_000
    her.press("ctrl+alt+z")
    wait_until(lambda: states(path) == {"cancelled": PAID}, "the enrolling is taken back")
    her.rest()
    her.press("F5", "ctrl+s")
    assert states(path) == {"proposed": PAID, "cancelled": PAID}
    her.press("Escape", "alt+i")
    her.answer("belum")
    her.press("ctrl+a", "ctrl+shift+w")
    her.answer("sawit")
    her.press("ctrl+s")
    assert asked(path, lambda register: len(register.waiting.of_scheme(1))) == MORE + 2


def through_bpjs(her: Supervisor, path: Path, folder: Path, day: str) -> None:
    """Decreed, submitted, two sent back and replaced in a second decree with its annex, three active by pasted KPJ."""
    her.press("alt+m")
    her.answer("sawit")
    her.go_to_state("terdaftar")
    her.press("ctrl+a", "F2")
    her.answer("500")
    her.press("ctrl+s")
    assert states(path) == {"approved": PAID, "cancelled": PAID}
    her.answer("disetujui", "")  # the list is empty now: the next key replaces the status
    her.press("ctrl+a", "F3", "F3")
    her.answer("diajukan", "")
    for reason in ("2", "1"):
        her.press("Home", "F9")
        her.answer(reason)
        her.press("ctrl+s")
    assert states(path) == {"submitted": PAID - 2, "rejected": 2, "cancelled": PAID}
    her.go_to_state("ditolak")
    her.press("ctrl+a", "F11")
    her.answer("", "500.15/19", day, "Penggantian penerima")
    her.press("ctrl+s")
    her.go_to_state("terdaftar")
    her.press("ctrl+a", "F2", "ctrl+s")  # in the decree that brought them in
    names = asked(path, names_of_replacement)
    assert [len(part) for part in names] == [2, 2]
    her.answer("disetujui", "")
    annex = her.save_file("ctrl+p", folder / "lampiran.pdf")
    assert "500.15/19" in annex
    assert "NIK tidak ditemukan" in annex
    her.press("ctrl+a", "F3", "F3")
    her.answer("diajukan", "")
    her.press("ctrl+a", "F6")
    for at, nik in enumerate(asked(path, three_submitted)):
        her.answer(f"{nik};2600000000{at}")
    her.press("ctrl+a", "ctrl+x", "ctrl+v", "Tab")
    her.answer(day)
    her.press("ctrl+s")
    assert states(path) == {"submitted": PAID - 3, "active": 3, "rejected": 2, "cancelled": PAID}
    reasons = {asked(path, partial(rejection_of, at)) for at in names[1]}
    assert reasons == {Rejection.NIK_NOT_FOUND, Rejection.OVER_AGE}


def names_of_replacement(register: Register) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who comes in and who goes out by the newer decree."""
    decree = next(one for one in register.legal_bases.all() if one.number == "500.15/19")
    return register.enrolment_life.names_in_and_out(decree.id or 0)


def three_submitted(register: Register) -> list[str]:
    found = register.enrolment_lists.lines(ids(register, EnrolmentState.SUBMITTED)[:3])
    return [register.workers.get(line.worker).nik for line in found]


def pay_and_correct(her: Supervisor, path: Path, day: str, this: Month) -> None:
    """A payment that is Rp40.000 short, the same code refused; less money than was written down, those who no
    longer fit cancelled, and both taken back."""
    month = f"{this.month}/{this.year}"
    her.press("alt+d", "ctrl+b")
    her.answer("88012611", str(PAID * MONTH - 40_000), day, month, month, str(PAID))
    her.press("ctrl+s", "ctrl+b")
    her.answer("88012611", str(PAID * MONTH), day, month, month, str(PAID))
    her.press("ctrl+s", "Escape", "Escape")
    assert ledger(path).paid == PAID * MONTH - 40_000
    her.press("alt+b", "Down", "Return")
    her.answer(str(PAID * MONTH * 2))
    her.press("ctrl+s")
    assert ledger(path).left == -PAID * MONTH
    her.press("alt+y", "F2", "Delete")  # all who no longer fit
    her.answer("uang kurang")
    her.press("ctrl+s")
    assert ledger(path).left == 0
    her.press("ctrl+alt+z")
    wait_until(lambda: ledger(path).left == -PAID * MONTH, "the cancelling is taken back")
    her.rest()
    her.press("ctrl+alt+z")
    wait_until(lambda: ledger(path).left == 10_000, "the correction is taken back")


def go_on(her: Supervisor, path: Path, folder: Path, this: Month) -> None:
    """Four of those whose months end go on with a company, whose promise and letter show them; the sheet of rates."""
    her.press("alt+j", "Return", "shift+Down", "shift+Down", "shift+Down", "F2")
    her.answer("csr")
    her.press("Tab", "Tab")
    her.answer("PT Agro Talu", "")
    her.press("ctrl+s")
    assert states(path, "CSR") == {"proposed": 4}
    year = (this + 3).year
    her.press("ctrl+4", "ctrl+b", "alt+p", "Tab", "Return")
    her.answer("PT Agro Talu", str(year), "10")
    her.press("ctrl+s", "alt+p", "ctrl+p")
    promise: PromiseRow = asked(path, lambda register: register.obligations.promises(year)[0])
    assert (promise.heads, promise.open_heads) == (4, 6)
    letter = her.save_file("ctrl+p", folder / "surat.pdf")
    assert "Pimpinan PT Agro Talu" in letter
    her.press("ctrl+5", "alt+j", "ctrl+a")
    her.answer("lembar")
    assert "Rp16.800" in her.save_file("ctrl+s", folder / "lembar.pdf")
