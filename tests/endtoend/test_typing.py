"""A whole record typed at 60 keys a second into the real window arrives whole, and a killed program gives it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Sex, Worker
from models.register import Register, open_register
from models.values.months import Month
from tests.endtoend.screen import Program, Screen, make_register, missing_tools, wait_until

pytestmark = [
    pytest.mark.skipif(bool(missing_tools()), reason="needs Xvfb, openbox and xdotool (make test installs them)"),
    pytest.mark.timeout(120),
]

SITI = compose_nik("13.12.04", date(1985, 8, 17), Sex.FEMALE, 1)
CARD = "1312040509120004"
TYPED = {
    "nik": SITI, "family_card": CARD, "phone": "081266778899", "name": "Siti Aminah", "birth_place": "Talu",
    "marital_status": "2", "mother_name": "Rohana", "address": "Jl. Raya Talu 12", "jorong": "Tombang",
    "nagari": "talu", "occupation": "1", "work_place": "Kebun Talu", "income": "850000",
    "source_list": "DTSEN 3", "source_decile": "1", "perisai_agent": "Yusniar", "proof_kind": "STDB",
    "proof_number": "12-2026", "scheme": "saw", "first_month": "122026",
}  # fmt: skip
"""In the order in which Enter leads through the form."""
SAVED = Worker(
    nik=SITI, family_card=CARD, phone="+6281266778899", name="Siti Aminah", birth_place="Talu",
    born_on=date(1985, 8, 17), sex=Sex.FEMALE, marital_status=MaritalStatus.MARRIED, mother_name="Rohana",
    address="Jl. Raya Talu 12", jorong="Tombang", nagari="13.12.04.2002", occupation="1", work_place="Kebun Talu",
    income=850_000, source_list="DTSEN 3", source_decile=1, perisai_agent="Yusniar", proof_kind="STDB",
    proof_number="12-2026",
)  # fmt: skip


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with Screen() as made:
        yield made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "talu.db"
    make_register(path)
    return path


@contextmanager
def read(path: Path) -> Iterator[Register]:
    """What stands in the file, whoever else has it open."""
    register = open_register(path, user="test", clock=datetime.now, read_only=True)
    try:
        yield register
    finally:
        register.close()


def saved(path: Path) -> Worker | None:
    with read(path) as register:
        line = register.workers.find_nik(SITI)
        return None if line is None else register.workers.get(line.id)


def drafted(path: Path) -> dict[str, str]:
    with read(path) as register:
        drafts = register.drafts.all()
        return dict(drafts[0].fields) if drafts else {}


def as_typed(worker: Worker | None) -> Worker | None:
    """Without what the register added."""
    if worker is None:
        return None
    return Worker(**{name: getattr(worker, name) for name in Worker.__slots__ if name not in _REGISTERS_OWN})


_REGISTERS_OWN = ("id", "uid", "office", "revision")


@pytest.mark.parametrize("attempt", range(3))
def test_a_record_typed_at_60_keys_a_second_arrives_whole(screen: Screen, data: Path, attempt: int) -> None:
    with Program(screen, data) as program:
        program.type("\n".join(TYPED.values()))
        program.press("ctrl+s")
        wait_until(lambda: saved(data) is not None, "the record is in the file")
        assert as_typed(saved(data)) == SAVED
        with read(data) as register:
            enrolment = register.enrolments.of_worker(register.workers.find_nik(SITI).id)[0]
            assert (enrolment.period.first, enrolment.contribution) == (Month(2026, 12), 50_400)
            assert register.drafts.all() == ()


def test_after_kill_9_the_typing_is_back_and_goes_on_where_it_stopped(screen: Screen, data: Path) -> None:
    names = list(TYPED)
    stop = names.index("mother_name")
    with Program(screen, data) as program:
        program.type("\n".join(TYPED[name] for name in names[:stop]) + "\nRoh")
        wait_until(lambda: drafted(data).get("mother_name") == "Roh", "the last key is in the draft")
        program.kill()
    assert saved(data) is None
    with Program(screen, data) as program:
        program.type("ana\n" + "\n".join(TYPED[name] for name in names[stop + 1 :]))
        program.press("ctrl+s")
        wait_until(lambda: saved(data) is not None, "the record is in the file")
        assert as_typed(saved(data)) == SAVED
        assert drafted(data) == {}


def test_closing_the_window_keeps_what_was_being_typed(screen: Screen, data: Path) -> None:
    with Program(screen, data) as program:
        program.type("1312")
        program.press("ctrl+q")
        wait_until(lambda: drafted(data).get("nik") == "1312", "the draft is in the file")
