"""A supervisor's day with a fund in the real window: opened, less money than planned, a payment, all by keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from models.funds.fund import Fund, Ledger
from models.register import open_register
from tests.endtoend.screen import Program, Screen, make_register, missing_tools, wait_until

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]


def found(path: Path) -> list[tuple[Fund, Ledger]]:
    """The funds in the file and where their money stands, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        return [(fund, register.funds.ledger(fund.id or 0)) for fund in register.funds.all()]
    finally:
        register.close()


def test_a_fund_is_opened_filled_and_paid_from_without_the_mouse(tmp_path: Path) -> None:
    path = tmp_path / "talu.db"
    make_register(path)
    year = datetime.now().year
    with Screen() as screen, Program(screen, path) as program:
        program.press("ctrl+3", "alt+d", "ctrl+n")
        program.type(f"sawit\n{year}\nDBH Sawit\nAPBD\n1.434.787.200\n")
        program.press("ctrl+s")
        wait_until(lambda: found(path), "the fund is saved")
        program.press("ctrl+u")
        program.type(f"400 jt\n1-1-{year}\nSP2D 0812\n")
        program.press("ctrl+s")
        wait_until(lambda: found(path)[0][1].received == 400_000_000, "the money is saved")
        program.press("ctrl+b")
        program.type(f"88012611\n129.746.400\n1-1-{year}\n1/{year}\n1/{year}\n7723\n")
        program.press("ctrl+s")
        wait_until(lambda: found(path)[0][1].paid == 129_746_400, "the payment is saved")
        program.press("ctrl+t")
        wait_until(lambda: not found(path)[0][0].is_open, "the fund is closed")
    ((fund, ledger),) = found(path)
    assert (fund.name, fund.payer, fund.year) == ("DBH Sawit", "APBD", year)
    assert (ledger.left, ledger.outstanding) == (400_000_000, 1_034_787_200)
