"""The number book: who gets a number, when, and what never takes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.papers.enrollment_letter import EnrollmentLetter
from models.problems import Rejected
from models.register import Register
from models.values.months import Month
from tests.factories import TODAY, make_plan, make_register, make_worker

TALU, KAJAI = "13.12.04.2002", "13.12.04.2001"


def enrolled(register: Register, how_many: int, **values: object) -> list[int]:
    """Ids of enrolments of so many new workers."""
    ids = []
    for _ in range(how_many):
        entry = register.entries.save(make_worker(register.workers.count() + 1, **values), make_plan(register))
        assert entry.enrolment is not None
        assert entry.enrolment.id is not None
        ids.append(entry.enrolment.id)
    return ids


def numbers(register: Register, enrolments: list[int], on: date = TODAY) -> list[str]:
    return [letter.number for letter in register.papers.issue_letters(enrolments, on)]


def test_a_preview_has_no_number_and_takes_none(register: Register) -> None:
    (one,) = enrolled(register, 1)
    assert register.papers.letter(one, TODAY).number == ""
    assert register.papers.issued_count() == 0


def test_letters_are_numbered_one_after_the_other(register: Register) -> None:
    assert numbers(register, enrolled(register, 3)) == [
        f"500.15.14.1/00{n}/Disnaker/XI/2026" for n in (1, 2, 3)
    ]  # fmt: skip
    assert numbers(register, enrolled(register, 1)) == ["500.15.14.1/004/Disnaker/XI/2026"]


def test_each_year_begins_with_one(register: Register) -> None:
    numbers(register, enrolled(register, 2))
    assert numbers(register, enrolled(register, 1), date(2027, 1, 4)) == ["500.15.14.1/001/Disnaker/I/2027"]


def test_a_further_copy_keeps_its_number_and_its_day(register: Register) -> None:
    ids = enrolled(register, 1)
    (first,) = register.papers.issue_letters(ids, TODAY)
    (again,) = register.papers.issue_letters(ids, date(2026, 12, 24))
    assert again == first
    assert register.papers.issued_count() == 1


def test_a_letter_that_says_something_else_gets_a_new_number(register: Register) -> None:
    ids = enrolled(register, 1)
    numbers(register, ids)
    register.enrolments.confirm(ids[0], "12345678901", TODAY)
    assert numbers(register, ids) == ["500.15.14.1/002/Disnaker/XI/2026"]


def test_who_is_chosen_twice_gets_one_letter(register: Register) -> None:
    (one,) = enrolled(register, 1)
    assert len(numbers(register, [one, one])) == 1


def test_a_cancelled_printing_uses_no_number(register: Register) -> None:
    ids = enrolled(register, 3)
    seen: list[EnrollmentLetter] = []

    def give_up(letters: Iterator[EnrollmentLetter]) -> None:
        seen.append(next(letters))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        register.papers.issue(ids, TODAY, give_up)
    assert seen[0].number.startswith("500.15.14.1/001")
    assert register.papers.issued_count() == 0
    assert numbers(register, ids)[0] == seen[0].number


def test_a_number_that_somebody_took_meanwhile_is_not_given_twice(path: Path) -> None:
    register = make_register(path)
    ids = enrolled(register, 2)
    printed: list[list[str]] = []

    def write(letters: Iterator[EnrollmentLetter]) -> None:
        printed.append([letter.number for letter in letters])
        if len(printed) == 1:
            with register.twin() as twin:
                numbers(twin, ids[1:])

    register.papers.issue(ids[:1], TODAY, write)
    assert [[number.split("/")[1] for number in numbers] for numbers in printed] == [["001"], ["002"]]
    assert register.papers.issued_count() == 2
    register.close()


def test_while_letters_are_drawn_others_can_save(register: Register) -> None:
    ids = enrolled(register, 2)

    def write(letters: Iterator[EnrollmentLetter]) -> None:
        next(letters)
        with register.twin() as twin:
            twin.entries.save(make_worker(77), None)
        assert len(list(letters)) == 1

    register.papers.issue(ids, TODAY, write)
    assert (register.workers.count(), register.papers.issued_count()) == (3, 2)


def test_each_number_has_its_audit_row(register: Register) -> None:
    (one,) = enrolled(register, 1)
    numbers(register, [one])
    ((entry),) = register.audit.of("paper", 1)
    assert (entry.action, entry.changes[1]) == ("issue", ("enrolment", None, one))


def test_a_scheme_can_be_narrowed_to_a_kecamatan_or_a_nagari(register: Register) -> None:
    talu, kajai = enrolled(register, 2), enrolled(register, 1, nagari=KAJAI)
    elsewhere = enrolled(register, 1, nagari="13.12.03.2003")
    scheme = register.schemes.by_code("sawit")
    assert scheme is not None
    assert scheme.id is not None
    assert set(register.enrolments.of_scheme(scheme.id)) == {*talu, *kajai, *elsewhere}
    assert register.enrolments.of_scheme(scheme.id, "13.12.04") == (*kajai, *talu)
    assert register.enrolments.of_scheme(scheme.id, TALU) == tuple(talu)


def test_of_each_worker_the_latest_enrolment_that_counts_is_meant(register: Register) -> None:
    ids = enrolled(register, 3)
    workers = [register.enrolments.get(id).worker for id in ids]
    assert all(workers)
    first, second, third = (worker or 0 for worker in workers)
    later = register.enrolments.add(first, make_plan(register, "WALI", Month(2027, 3)))
    register.enrolments.cancel(ids[1], "pindah")
    potential = register.entries.save(make_worker(50), None).worker.id or 0
    assert register.enrolments.latest_of([third, second, first, potential, third]) == (ids[2], later.id)


def test_the_letter_says_what_the_worker_was_when_it_was_issued(register: Register) -> None:
    ids = enrolled(register, 1)
    worker = register.enrolments.get(ids[0]).worker or 0
    (letter,) = register.papers.issue_letters(ids, TODAY)
    register.workers.correct(replace(register.workers.get(worker), name="Siti Aminah Lubis"))
    assert letter.full_name == "Siti Aminah"
    (corrected,) = register.papers.issue_letters(ids, TODAY)
    assert (corrected.full_name, corrected.number.split("/")[1]) == ("Siti Aminah Lubis", "002")


@pytest.mark.parametrize("missing", ["born_on", "sex"])
def test_a_letter_without_birth_date_or_sex_is_refused_naming_the_worker(register: Register, missing: str) -> None:
    (complete,) = enrolled(register, 1)
    enrolment = replace(register.enrolments.get(complete), id=None, uid="", worker=None)
    register.load([(replace(make_worker(9, name="Ali Umar"), **{missing: None}), [enrolment])])  # type: ignore[arg-type]
    for ask in (lambda: register.papers.letter(2, TODAY), lambda: numbers(register, [complete, 2])):
        with pytest.raises(Rejected) as caught:
            ask()
        assert [problem.code for problem in caught.value.problems] == [f"letter_{missing}_missing"]
        assert "Ali Umar" in caught.value.problems[0].text
    assert register.papers.issued_count() == 0


def test_a_cancelled_enrolment_gets_no_letter(register: Register) -> None:
    (one,) = enrolled(register, 1)
    numbers(register, [one])
    register.enrolments.cancel(one, "pindah")
    with pytest.raises(Rejected) as caught:
        numbers(register, [one])
    assert "Siti Aminah" in caught.value.problems[0].text
    assert register.papers.issued_count() == 1
