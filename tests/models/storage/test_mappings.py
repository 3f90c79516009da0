"""Kinds of lists are kept by name, with their audit rows, and what was done can be taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from models.exchange.mapping import ColumnMapping, Purpose
from models.problems import Rejected
from models.register import Register
from tests.factories import make_register

TALAMAU = ColumnMapping(
    name="Daftar Talamau",
    columns={"NIK": "nik", "NAMA": "name", "KET": ""},
    translations={"sex": {"LANANG": "L"}},
    constants={"nagari": "13.12.04.2002"},
)


def test_a_kind_of_list_comes_back_as_it_was_saved(register: Register) -> None:
    saved = register.mappings.save(TALAMAU)

    assert saved == replace(TALAMAU, id=saved.id)
    assert register.mappings.get(saved.id or 0) == saved
    assert register.mappings.all() == (saved,)
    assert register.mappings.all(Purpose.BPJS_RETURN) == ()
    assert register.mappings.named("daftar  TALAMAU") == saved


def test_it_is_still_there_after_the_file_was_closed(path: Path) -> None:
    first = make_register(path)
    saved = first.mappings.save(TALAMAU)
    first.close()

    second = make_register(path)
    assert second.mappings.all() == (saved,)
    second.close()


def test_the_kind_that_knows_the_headings_is_found(register: Register) -> None:
    saved = register.mappings.save(TALAMAU)
    register.mappings.save(replace(TALAMAU, name="Lain", columns={"NO KTP": "nik", "NAMA LENGKAP": "name"}))

    assert register.mappings.fitting(("NIK", "Nama", "Ket.")) == (saved,)
    assert register.mappings.fitting(("NIK", "Nama", "Ket."), Purpose.MEMBERSHIP) == ()
    assert register.mappings.fitting(("Blok", "Kebun")) == ()


def test_a_name_belongs_to_one_kind_only(register: Register) -> None:
    register.mappings.save(TALAMAU)

    with pytest.raises(Rejected) as caught:
        register.mappings.save(replace(TALAMAU, name=" daftar talamau "))
    assert [problem.code for problem in caught.value.problems] == ["name_taken"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(TALAMAU, name="  "), "name_missing"),
        (replace(TALAMAU, columns={"A": "nik", "B": "nik"}), "field_twice"),
        (replace(TALAMAU, columns={"A": ""}), "columns_missing"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(register: Register, wrong: ColumnMapping, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        register.mappings.save(wrong)

    assert [problem.code for problem in caught.value.problems] == [code]
    assert caught.value.problems[0].text
    assert register.mappings.all() == ()


def test_a_correction_can_be_taken_back_and_made_again(register: Register) -> None:
    saved = register.mappings.save(TALAMAU)
    changed = register.mappings.save(replace(saved, translations={"sex": {"LANANG": "L", "PADUSI": "P"}}))
    assert register.mappings.all() == (changed,)

    register.undo.undo()
    assert register.mappings.all() == (saved,)
    register.undo.redo()
    assert register.mappings.all() == (changed,)


def test_a_kind_that_was_withdrawn_leaves_its_name_free_and_can_come_back(register: Register) -> None:
    saved = register.mappings.save(TALAMAU)
    register.mappings.withdraw(saved.id or 0)
    assert register.mappings.all() == ()

    register.undo.undo()
    assert register.mappings.all() == (saved,)

    register.mappings.withdraw(saved.id or 0)
    again = register.mappings.save(TALAMAU)
    assert again.id != saved.id


def test_saving_the_same_once_more_writes_nothing(register: Register) -> None:
    saved = register.mappings.save(TALAMAU)
    before = len(register.audit.of("column_mapping", saved.id or 0))

    register.mappings.save(saved)

    assert len(register.audit.of("column_mapping", saved.id or 0)) == before == 1
