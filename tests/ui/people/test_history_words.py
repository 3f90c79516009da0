"""Where a value came from, as the history tells it."""

from __future__ import annotations

from pathlib import Path

from models.exchange.importing import Mode
from tests.factories import make_register
from tests.models.exchange.checked_lists import make_list, make_row
from ui.people.history_words import history_of


def test_what_came_with_a_list_names_its_file_and_row(tmp_path: Path) -> None:
    register = make_register(tmp_path / "kantor.db")
    register.lists.take_in(make_list(make_row(1), file="kinali: 2026.xlsx", first_row=1_204), Mode.ADD_ONLY)
    changed = make_list(make_row(1, jorong="Padang"), file="siak.csv")
    register.lists.take_in(changed, Mode.UPDATE)
    register.undo.undo()
    told = history_of(register, 1)
    register.close()
    assert [entry.origin for entry in told] == [
        "",
        "Daftar siak.csv, baris 5",
        "Daftar kinali: 2026.xlsx, baris 1.204",
    ]
    assert told[1].is_taken_back
    assert told[0].what.endswith("ditarik)")
