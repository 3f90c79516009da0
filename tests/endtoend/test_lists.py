"""A clerk's list in the real window: a messy one of 500 goes in, what is wrong is mended, doubtful people are settled,
all of it taken back; by keys alone."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from models.register import open_register
from tests.endtoend.screen import Program, Screen, make_register, missing_tools, wait_until
from tests.models.exchange.nagari_lists import NagariList, nagari_list, spoil
from tests.models.exchange.workbooks import write_xlsx

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(240),
]
PEOPLE, MENDED, DOUBTFUL, SEED = 500, 37, 12, 2


def count(path: Path) -> int:
    """The workers in the file, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        return register.workers.count()
    finally:
        register.close()


def drafts(path: Path) -> int:
    """The mended cells that are kept."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        kept = register.drafts.all("list")
        return kept[0].fields["mends"].count("[") - 1 if kept else 0
    finally:
        register.close()


def is_kept(path: Path, mended: int) -> bool:
    return drafts(path) == mended


def mistyped(nik: str) -> str:
    """The NIK with another last digit: somebody else's serial, or a slip."""
    return nik[:15] + str((int(nik[15]) + 4) % 10)


def test_a_messy_list_goes_in_and_comes_out_again(tmp_path: Path) -> None:
    path = tmp_path / "kantor.db"
    make_register(path)
    people = nagari_list(PEOPLE, SEED)
    niks = {place: people.get(place, "nik") for place in range(5, 5 + 11 * MENDED, 11)}
    for number, place in enumerate(niks):
        spoil(people, 3, place, ("short", "long", "letter")[number % 3])
    first = tmp_path / "kajai.xlsx"
    write_xlsx(first, people, has_total=True, is_signed=True)
    with Screen() as screen, Program(screen, path) as program:
        program.press("ctrl+6", "alt+m", "ctrl+o")
        program.rest()
        program.type(f"{first}\n")
        program.rest()
        program.press("ctrl+Return")
        program.rest()
        for done, nik in enumerate(niks.values(), 1):
            program.type(f"{nik}\n")
            wait_until(partial(is_kept, path, done), "the mended cell is kept")
            program.press("F8")
        program.press("ctrl+Return")
        program.rest()
        assert count(path) == 0, "nothing is written before Ctrl+S"
        program.press("ctrl+s")
        wait_until(lambda: count(path) == PEOPLE, "the list is taken in")
        second = write_second(tmp_path, people)
        program.rest()
        program.press("ctrl+o")
        program.rest()
        program.type(f"{second}\n")
        program.rest()
        program.press("ctrl+Return")
        program.rest()
        program.press("ctrl+Return")
        program.rest()
        program.press("Return")
        for number in range(DOUBTFUL):
            program.rest()
            if number % 2:
                program.press("Return")  # the same person
            else:
                program.press("F7")
                program.type("kembar\n")
        program.rest()
        program.press("ctrl+s")
        wait_until(lambda: count(path) == PEOPLE + DOUBTFUL // 2, "the settled people are taken in")
        program.rest()
        program.press("ctrl+alt+z")
        wait_until(lambda: count(path) == PEOPLE, "the second list is taken back")
        program.rest()
        program.press("ctrl+alt+z")
        wait_until(lambda: count(path) == 0, "the first list is taken back")


def write_second(folder: Path, people: NagariList) -> Path:
    """Some of the same people again, each with another last digit of the NIK."""
    path = folder / "susulan.xlsx"
    again = nagari_list(PEOPLE, SEED)
    keep = list(range(0, 11 * DOUBTFUL, 11))
    for place in keep:
        again.put(place, "nik", mistyped(people.get(place, "nik")))
    again.rows = [again.rows[place] for place in keep]
    return write_xlsx(path, again)
