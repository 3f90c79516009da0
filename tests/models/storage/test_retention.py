"""Records past their term: who is listed, and what is left of them in the file once they are anonymised."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from models.offices.users import Role, User
from models.people.lines import WorkerFilter
from models.problems import Rejected, StorageFailure
from models.register import Register, open_register
from models.storage.check import check_file
from models.storage.drafts import Draft
from models.storage.retention import years_before
from models.values.months import Month
from tests.factories import NOW, make_plan, make_register, make_worker

LATER = datetime(2037, 3, 1, 9, 0)
"""More than ten years after February 2027, the last month of the usual plan."""
SITI = make_worker(
    1, name="Rosmaniar Qodriyah", phone="+6281266775678", family_card="1312040107850001", mother_name="Rahmadiah Lubis",
    address="Jl. Zyrakas 77", heir_name="Zulkarnain", heir_nik="1312040107850009", heir_relation="suami",
    email="rosma@contoh.id", notes="tangan kiri", perisai_agent="PRS-77", proof_number="STDB-4711",
    birth_place="Qubuakan",
)  # fmt: skip
PERSONAL = (
    SITI.nik, "Rosmaniar", "ROSMANIAR", "Qodriyah", "QODRIYAH", SITI.phone, SITI.family_card, "Rahmadiah", "Zyrakas",
    "Zulkarnain", SITI.heir_nik, "rosma@contoh", "tangan kiri", "PRS-77", "STDB-4711", "Qubuakan", "Budi Santoso",
    "198609262015051001", "tetangga Rosma",
)  # fmt: skip


def at(path: Path, moment: datetime) -> Register:
    return open_register(path, user="rina", clock=lambda: moment)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Rosmaniar with a letter, a confirmed enrolment paid by a civil servant, a correction, a proposal and a draft;
    Siti, whose enrolment ends much later; Zulkifli, who was never enrolled."""
    path = tmp_path / "register.db"
    with closing(make_register(path)) as register:
        entry = register.entries.save(SITI, None)
        assert entry.worker.id is not None
        plan = replace(
            make_plan(register, "ASN", Month(2026, 12)), payer_name="Budi Santoso", payer_number="198609262015051001",
            payer_office="Dinas Pertanian",
        )  # fmt: skip
        enrolment = register.enrolments.add(entry.worker.id, plan)
        assert enrolment.id is not None
        register.papers.issue([enrolment.id], register.today(), lambda letters: list(letters))
        corrected = register.workers.correct(replace(entry.worker, jorong="Zyrakas Dalam"))
        register.requests.propose(replace(corrected, phone="+6281266770000"), "tetangga Rosma menelepon")
        register.drafts.save(Draft("worker:1", {"mother_name": "Rahmadiah Lubis B"}, "mother_name"))
        register.drafts.save(Draft("entry", {"nik": SITI.nik, "name": "Rosmaniar Qodriyah"}, "name"))
        register.drafts.save(Draft("list", {"mends": f'[[7, 1, "{SITI.nik}"]]'}, ""))
        register.disclosures.show(entry.worker.id, ["nik"])
        register.entries.save(make_worker(2, name="Siti Aminah"), make_plan(register, first=Month(2027, 6)))
        register.entries.save(make_worker(3, name="Zulkifli"), None)
    return path


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with closing(at(path, LATER)) as register:
        yield register


def names(register: Register) -> list[str]:
    return [one.name for one in register.retention.due()]


def file_holds(path: Path) -> list[str]:
    content = path.read_bytes()
    return [text for text in PERSONAL if text.encode() in content]


# Who is listed


def test_those_are_listed_whose_protection_ended_too_long_ago_or_who_were_never_enrolled(register: Register) -> None:
    assert names(register) == ["Rosmaniar Qodriyah", "Zulkifli"]
    assert register.retention.count() == 2
    first, second = register.retention.due()
    assert (first.covered_until, second.covered_until) == (Month(2027, 2), None)
    assert second.changed_on == NOW.date()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2036, 11, 22), []),
        (datetime(2036, 11, 23), ["Zulkifli"]),
        (datetime(2037, 2, 28), ["Zulkifli"]),
        (datetime(2037, 3, 1), ["Rosmaniar Qodriyah", "Zulkifli"]),
        (datetime(2037, 9, 1), ["Rosmaniar Qodriyah", "Siti Aminah", "Zulkifli"]),
    ],
)
def test_the_term_ends_with_its_last_day(path: Path, moment: datetime, expected: list[str]) -> None:
    with closing(at(path, moment)) as register:
        assert names(register) == expected


def test_the_office_sets_the_term(register: Register) -> None:
    register.change_office(replace(register.office, retention_years=11))
    assert names(register) == []


def test_a_change_since_then_keeps_a_record_but_looking_at_it_does_not(path: Path) -> None:
    with closing(at(path, datetime(2030, 1, 1))) as register:
        register.disclosures.show(3, ["nik"])
    with closing(at(path, LATER)) as register:
        assert "Zulkifli" in names(register)
    with closing(at(path, datetime(2030, 1, 1))) as register:
        register.workers.correct(replace(register.workers.get(3), jorong="Lain"))
    with closing(at(path, LATER)) as register:
        assert "Zulkifli" not in names(register)


def test_a_record_that_was_taken_back_is_listed_too(path: Path) -> None:
    with closing(at(path, NOW)) as register:
        register.undo.undo()  # Zulkifli
    with closing(at(path, LATER)) as register:
        assert "Zulkifli" in names(register)


@pytest.mark.parametrize(
    ("day", "years", "expected"), [("2028-02-29", 1, "2027-02-28"), ("2028-02-29", 4, "2024-02-29")]
)
def test_the_last_of_february_stays_the_last(day: str, years: int, expected: str) -> None:
    assert years_before(datetime.fromisoformat(day).date(), years).isoformat() == expected


# What is left


def test_nothing_in_the_file_says_any_more_whose_the_records_were(path: Path) -> None:
    assert set(file_holds(path)) >= {SITI.nik, "Rosmaniar", "ROSMANIAR", "Budi Santoso"}
    with closing(at(path, LATER)) as register:
        assert register.retention.anonymise(2) == 2
    with closing(at(path, LATER)) as register:
        register.retention.tidy()
    assert file_holds(path) == []
    assert b"Siti Aminah" in path.read_bytes()


def test_past_numbers_stay_what_they_were_and_the_file_is_whole(path: Path) -> None:
    months = [Month(2026, 12) + step for step in range(-2, 14)]
    with closing(at(path, LATER)) as register:
        before = [(register.coverage.district(m), register.coverage.schemes(m)) for m in months]
        stored = register._file.rows("SELECT * FROM coverage_change ORDER BY 1, 2, 3")
        register.retention.anonymise(2)
        assert register._file.rows("SELECT * FROM coverage_change ORDER BY 1, 2, 3") == stored
        register.retention.tidy()
        assert [(register.coverage.district(m), register.coverage.schemes(m)) for m in months] == before
    report = check_file(path)
    assert [finding.text for finding in report.findings] == []
    assert report.workers == 1


def test_a_confirmed_enrolment_stays_confirmed_without_its_number(path: Path) -> None:
    with closing(at(path, datetime(2027, 1, 4))) as register:
        enrolment = register.enrolments.of_worker(1)[0].id
        assert enrolment is not None
        register.enrolments.confirm(enrolment, "12345678901", datetime(2027, 1, 4).date())
    with closing(at(path, LATER)) as register:
        confirmed = register.coverage.district(Month(2027, 1)).confirmed
        assert confirmed == 1
        register.retention.anonymise(2)
        register.retention.tidy()
        assert register.coverage.district(Month(2027, 1)).confirmed == 1
    assert b"12345678901" not in path.read_bytes()
    assert check_file(path).is_clean


def test_each_record_has_a_row_that_says_so_without_values(register: Register) -> None:
    register.retention.anonymise(2)
    rows = register.audit.of("worker", 1)
    assert rows[-1].action == "anonymise"
    assert rows[-1].changes == ()
    assert [row.action for row in rows] == ["add", "correct", "show", "anonymise"]
    assert all(row.changes == () for row in rows)
    assert [row.at for row in rows][:2] == [NOW, NOW]
    assert register.audit.of("entry", 1)[-1].action == "anonymise"


def test_nobody_is_found_any_more_and_the_nik_may_be_registered_anew(register: Register) -> None:
    register.retention.anonymise(2)
    assert register.workers.find_nik(SITI.nik) is None
    assert register.workers.search("rosmaniar") == ()
    assert len(register.workers.ids(WorkerFilter())) == 1
    assert register.retention.count() == 0
    again = register.entries.save(replace(SITI, born_on=SITI.born_on), None)
    assert again.worker.id not in (1, 2, 3)


def test_what_the_day_and_the_histories_tell_can_still_be_read(register: Register) -> None:
    register.retention.anonymise(2)
    assert [line.name for line in register.entries.of_day(NOW.date())][-1] == ""
    assert register.workers.get(1).name == "(anonim)"
    assert register.undo.next_undo() is None or register.undo.next_undo().worker != 1


# What keeps it from being done


def test_another_number_than_was_typed_changes_nothing(register: Register, path: Path) -> None:
    before = register.audit.count()
    with pytest.raises(Rejected) as caught:
        register.retention.anonymise(3)
    assert caught.value.problems[0].code == "another_number"
    assert register.audit.count() == before
    assert names(register) == ["Rosmaniar Qodriyah", "Zulkifli"]


def test_only_who_keeps_the_settings_may(register: Register) -> None:
    register.users.add(User("wati", Role.ADMINISTRATOR), "empat kata yang panjang")
    register.users.add(User("sari", Role.SUPERVISOR), "empat kata yang panjang")
    register.users.log_in("sari", "empat kata yang panjang")
    with pytest.raises(Rejected):
        register.retention.anonymise(2)
    with pytest.raises(Rejected):
        register.retention.tidy()
    assert register.retention.count() == 2


def test_stopped_in_the_middle_nothing_is_erased(register: Register, path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done == 1:
            raise Stopped

    with pytest.raises(Stopped):
        register.retention.anonymise(2, stop)
    assert names(register) == ["Rosmaniar Qodriyah", "Zulkifli"]
    assert register.workers.get(1).phone == SITI.phone


def test_without_room_for_putting_in_order_the_records_stay_erased(register: Register, path: Path) -> None:
    register.retention.anonymise(2)
    connection = register._file.connection
    connection.execute("PRAGMA query_only=ON").fetchall()
    with pytest.raises(StorageFailure):
        register.retention.tidy()
    connection.execute("PRAGMA query_only=OFF").fetchall()
    assert register.retention.count() == 0
    register.retention.tidy()
    assert file_holds(path) == []


def test_a_field_that_is_added_later_is_emptied_too(register: Register) -> None:
    """Whoever adds a column to a worker or an enrolment decides here whether it says whose the record was."""
    register.retention.anonymise(2)
    kept = {
        "worker": {"id", "uid", "office", "revision", "living", "nagari", "segment", "schemes", "covered_from",
                   "covered_until", "anonymised_on", "nik", "name", "name_key"},
        "enrolment": {"id", "uid", "office", "revision", "worker", "scheme", "segment", "programmes", "first_month",
                      "last_month", "base", "prices", "contribution", "is_subsidised", "state", "counts",
                      "payer_office", "kpj", "paid_on", "registered_on", "fund", "decree", "replaces", "rejection"},
    }  # fmt: skip
    for table, columns in kept.items():
        where = "id = 1" if table == "worker" else "worker = 1"
        cursor = register._file.connection.execute(f"SELECT * FROM {table} WHERE {where}")
        names = [name for name, *_ in cursor.description]
        rows = cursor.fetchall()
        assert rows
        for row in rows:
            left = {name: value for name, value in zip(names, row, strict=True) if name not in columns}
            assert [name for name, value in left.items() if value not in (None, "")] == []
    worker = register.workers.get(1)
    assert (worker.nik, worker.name, worker.nagari) == ("0" * 16, "(anonim)", SITI.nagari)
