"""The program is killed again and again at random moments of typing and saving; what was kept stays kept."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models.people.nik import compose_nik
from models.people.worker import Sex, Worker
from models.register import open_register
from models.storage.check import check_file
from tests.endtoend.screen import Program, Screen, make_register, missing_tools

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]

KILLS = 9
SECONDS_LOST = 1.0
"""So much of the last typing may be gone."""
BUSY = 0.5
"""Seconds on top for a computer that hands keys over late."""
PACE = 32
"""Milliseconds from key to key, so that a record takes longer than what may be lost."""
NAMES = (
    "Afrizal", "Bustamam", "Citra", "Darnis", "Elfina", "Fauziah", "Gusnita", "Hendri", "Irwandi", "Jasman",
    "Khairul", "Lisdarti", "Murniati", "Nofrizal", "Okta", "Pardomuan", "Qadri", "Ramli", "Syafei", "Tasman",
)  # fmt: skip


@dataclass
class Typing:
    """What a clerk typed into the window that is killed at last, and when each piece of it had left the keyboard."""

    begun: list[dict[str, str]] = field(default_factory=list)
    """The records, the fields in the order of Enter."""
    told: list[tuple[float, int, dict[str, str]]] = field(default_factory=list)
    """When, how many records were submitted by then, and what was typed of the next one."""

    def until(self, moment: float) -> tuple[list[dict[str, str]], dict[str, str]]:
        """Records submitted and fields typed by then."""
        done = [(submitted, typed) for when, submitted, typed in self.told if when <= moment]
        submitted, typed = done[-1] if done else (0, {})
        return self.begun[:submitted], typed


def record(serial: int) -> dict[str, str]:
    """A person like nobody else in this test, as Enter leads through the form; the nagari stays pinned."""
    born = date(1970, 1, 15) + timedelta(days=400 * serial)
    return {
        "nik": compose_nik("13.12.04", born, Sex.MALE, 1), "family_card": "", "phone": "",
        "name": f"{NAMES[serial % len(NAMES)]} {NAMES[(serial * 7 + 3) % len(NAMES)]}", "birth_place": "Talu",
        "marital_status": "2", "mother_name": "Rohana", "address": "Jl. Raya Talu 12", "jorong": "Tombang",
        "nagari": "talu", "occupation": "1", "work_place": "Kebun Talu", "income": "850000",
    }  # fmt: skip


def type_and_kill(program: Program, records: list[dict[str, str]], chance: random.Random) -> tuple[Typing, float]:
    """A part of a record, a whole one up to the key that saves it, or one and a part of the next; then it is killed."""
    typing = Typing(records)
    first, second = records
    match chance.choice(("typing", "saving", "after saving")):
        case "typing":
            type_fields(program, typing, 0, first, chance.randrange(40, 110))
        case "saving":
            type_fields(program, typing, 0, first)
            moment = time.monotonic()
            program.kill_after("ctrl+Return", second["nik"][: chance.randrange(6)])
            return typing, moment
        case "after saving":
            type_fields(program, typing, 0, first)
            program.press("ctrl+Return")
            typing.told.append((time.monotonic(), 1, {}))
            before_nagari = dict(list(second.items())[: list(second).index("nagari")])
            type_fields(program, typing, 1, before_nagari, chance.randrange(40, 90))
    moment = time.monotonic()
    program.kill()
    return typing, moment


def type_fields(
    program: Program, typing: Typing, submitted: int, fields: dict[str, str], most_keys: int = 10_000
) -> None:
    """Types field by field until so many keys were pressed."""
    typed: dict[str, str] = {}
    for name, text in fields.items():
        part = text[:most_keys]
        most_keys -= len(text) + 1
        if part:
            program.type(part, PACE)
            typed |= {name: part}
            typing.told.append((time.monotonic(), submitted, dict(typed)))
        if most_keys < 0:
            return
        program.press("Return")


@dataclass(frozen=True)
class Kept:
    """What is in the file."""

    workers: dict[str, Worker]
    drafts: tuple[dict[str, str], ...]

    def has(self, typed: dict[str, str]) -> bool:
        """Whether all of it is in a saved record or in one draft."""
        worker = self.workers.get(typed.get("nik", ""))
        return not typed or worker is not None or any(holds(draft, typed) for draft in self.drafts)


def kept_in(data: Path) -> Kept:
    register = open_register(data, user="test", clock=datetime.now, read_only=True)
    try:
        found = (register.workers.get(line.id) for line in register.workers.search("1312", 100))
        return Kept(
            {worker.nik: worker for worker in found}, tuple(dict(draft.fields) for draft in register.drafts.all())
        )
    finally:
        register.close()


def holds(draft: dict[str, str], typed: dict[str, str]) -> bool:
    """A field that was left stands there in its usual form: ``1312 0415 ...``, ``2 Kawin``, ``850.000``."""

    def plain(text: str) -> str:
        return text.replace(" ", "").replace(".", "").casefold()

    return all(plain(draft.get(name, "")).startswith(plain(text)) for name, text in typed.items())


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


def test_no_saved_record_and_at_most_a_second_of_typing_is_lost_however_often_it_is_killed(
    screen: Screen, tmp_path: Path
) -> None:
    data = tmp_path / "talu.db"
    make_register(data)
    chance = random.Random(20261122)
    before, checked, typing, moment = Kept({}, ()), 0, Typing(), 0.0
    for kills in range(KILLS + 1):
        with Program(screen, data) as program:  # it starts again, whatever was being written
            kept = kept_in(data)
            submitted, typed = typing.until(moment - SECONDS_LOST - BUSY)
            assert before.workers.items() <= kept.workers.items(), f"kill {kills}: a saved record is gone or another"
            assert all(kept.has(draft) for draft in map(only_typed, before.drafts)), f"kill {kills}: a draft is gone"
            assert {one["nik"] for one in submitted} <= set(kept.workers), f"kill {kills}: a save is gone"
            assert kept.has(typed), f"kill {kills}: of {typed} only this is left: {kept.drafts}"
            before, checked = kept, checked + len(submitted) + len(typed)
            if kills < KILLS:
                program.press("Escape")  # what came back from the kill before goes to the drafts
                records = [record(2 * kills), record(2 * kills + 1)]
                typing, moment = type_and_kill(program, records, chance)
    assert len(before.workers) >= 2  # some were saved, some interrupted
    assert before.drafts
    assert checked >= 5
    assert check_file(data).is_clean


def only_typed(draft: dict[str, str]) -> dict[str, str]:
    """Without what the program notes beside the fields."""
    return {name: text.replace(" ", "") if name == "nik" else text for name, text in draft.items() if ":" not in name}
