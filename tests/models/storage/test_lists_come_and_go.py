"""Lists, answers and mergings in any order: each goes back and comes again without a trace, and wipes no value."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.exchange.importing import Mode, Outcome, Resolution
from models.exchange.mapping import ColumnMapping, Purpose
from models.problems import Rejected
from models.register import Register
from models.storage.answers import Asked
from models.storage.audit_chain import breaks_in, strays_in
from models.storage.coverage_changes import rebuilt, stored
from tests.factories import make_plan, make_register
from tests.models.exchange.checked_lists import make_list, make_row

NAGARI = ("13.12.04.2001", "13.12.04.2002", "13.12.04.2003")
FOLLOWS = {"schemes", "covered_from", "covered_until", "reasons", "revision"}
"""Columns of a worker that follow from its enrolments, or say why a warning was passed over."""
SHOWN = {"worker": "living", "enrolment": "counts", "verification": "living", "not_same": "living",
         "worker_merge": "living"}  # fmt: skip


def in_sight(register: Register) -> dict[str, list[dict[str, Any]]]:
    """All records that count, without how often each was written."""
    found = {}
    for table, flag in SHOWN.items():
        cursor = register._file.connection.execute(f"SELECT * FROM {table} WHERE {flag} = 1 ORDER BY id")
        names = [name for name, *_ in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        found[table] = [{name: value for name, value in row.items() if name != "revision"} for row in rows]
    return found


def assert_sound(register: Register) -> None:
    connection = register._file.connection
    assert list(breaks_in(connection)) == []
    assert list(strays_in(connection)) == []
    assert stored(connection) == {key: value for key, value in rebuilt(connection).items() if value}
    connection.execute("INSERT INTO worker_text (worker_text) VALUES ('integrity-check')")


def assert_goes_and_comes(register: Register, before: Any, take_back: Callable[[], object]) -> None:
    after = in_sight(register)
    assert_sound(register)
    try:
        take_back()
        assert in_sight(register) == before
        assert_sound(register)
        register.undo.redo()
    except Rejected as refused:  # nothing touched it since
        raise AssertionError(refused.text) from refused
    assert in_sight(register) == after
    assert_sound(register)


def take_list_in(register: Register, chance: random.Random) -> None:
    living = [row[0] for row in register._file.rows("SELECT id FROM worker WHERE living = 1")]
    rows = []
    for serial in chance.sample(range(1, 9), chance.randrange(1, 6)):
        row = make_row(serial, nagari=chance.choice(NAGARI), jorong=chance.choice(("", "A", "B")))
        if living and chance.random() < 0.3:
            row["nik"] = register.workers.get(chance.choice(living)).nik
        if chance.random() < 0.3:
            row = {name: None if name != "nik" and chance.random() < 0.5 else value for name, value in row.items()}
        rows.append(row)
    people, mode = make_list(*rows), chance.choice(list(Mode))
    plan = chance.choice((None, make_plan(register)))
    decided = {
        row.place: chance.choice((Resolution(row.worker, "x"), Resolution(None, "kembar"),
                                  Resolution(None, is_left_out=True)))
        for row in register.lists.preview(people, mode, None, plan).rows if row.outcome is Outcome.DOUBTFUL
    }  # fmt: skip
    before = in_sight(register)
    seen = register.lists.preview(people, mode, decided, plan)
    made = register.lists.take_in(people, mode, decided, plan, seen=seen)
    now = {row["id"]: row for row in in_sight(register)["worker"]}
    for old in before["worker"]:
        changed = {name for name, value in old.items() if now[old["id"]][name] != value} - FOLLOWS
        had = {name for name in changed if old[name] not in (None, "")}
        assert not {name for name in had if now[old["id"]][name] in (None, "")}  # an empty cell wipes nothing
        assert not (changed if mode is Mode.ADD_ONLY else had if mode is Mode.FILL else set())
    assert_goes_and_comes(register, before, lambda: register.lists.undo(made.id))


def take_answer_in(register: Register, chance: random.Random) -> None:
    living = [row[0] for row in register._file.rows("SELECT id FROM worker WHERE living = 1")]
    purpose = chance.choice((Purpose.BPJS_RETURN, Purpose.NIK_MATCH, Purpose.MEMBERSHIP))
    rows = [
        {
            "nik": register.workers.get(chance.choice(living)).nik if living else make_row(1)["nik"],
            "outcome": chance.choice(("", "accepted", "rejected", "dead", "match", "nonsense")),
            "reason": chance.choice(("", "usia", "x" * 5_000)),
            "kpj": chance.choice(("", "26000000011", "26000000029")),
            "paid_on": chance.choice((None, "2026-11-01", "2027-01-01")),
            "active": chance.choice(("", "yes", "no")),
        }
        for _ in range(chance.randrange(1, 6))
    ]
    given = make_list(*rows, file="balasan.xlsx", mapping=ColumnMapping(name="Balasan", purpose=purpose))
    asked = Asked(paid_on=chance.choice((None, date(2026, 11, 2))))
    before = in_sight(register)
    made = register.answers.take_in(given, asked, seen=register.answers.preview(given, asked))
    assert_goes_and_comes(register, before, lambda: register.lists.undo(made.id))


def merge_two(register: Register, chance: random.Random) -> None:
    living = [row[0] for row in register._file.rows("SELECT id FROM worker WHERE living = 1")]
    if len(living) < 2:
        return
    kept, merged = chance.sample(living, 2)
    preview = register.pairs.preview_merge(kept, merged)
    fields = {one.name: chance.choice(("kept", "merged")) for one in preview.fields if not one.is_same}
    overlaps = {one.number: chance.choice(("kept", "merged")) for one in preview.overlaps}
    before = in_sight(register)
    merge = register.pairs.merge(kept, merged, fields, overlaps, "KTP dilihat")
    assert_goes_and_comes(register, before, lambda: register.pairs.take_apart(merge.id))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_goes_back_and_comes_again(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with closing(make_register(tmp_path / "kantor.db")) as register:
        for _ in range(9):
            step = chance.choice((take_list_in, take_list_in, take_answer_in, merge_two))
            with suppress(Rejected):
                step(register, chance)
            assert_sound(register)
