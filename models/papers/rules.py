"""What keeps a paper from being printed, in words that name the worker."""

from __future__ import annotations

from collections.abc import Iterator

from models.language import N_
from models.people.worker import Worker
from models.problems import Problem
from models.schemes.enrolment import Enrolment


def problems_of_letter(worker: Worker, enrolment: Enrolment) -> tuple[Problem, ...]:
    """Why no enrollment letter can be issued: it would say what is not so, or nothing where something must stand."""
    return tuple(_of_letter(worker, enrolment))


def _of_letter(worker: Worker, enrolment: Enrolment) -> Iterator[Problem]:
    params = {"name": worker.name}
    if not enrolment.state.counts:
        message = N_(
            "The enrolment of {name} was cancelled or rejected, so no letter may say that it stands. "
            "Choose another enrolment."
        )
        yield Problem("enrolment", "letter_of_cancelled", message, params)
    if worker.born_on is None:
        message = N_(
            "The letter of {name} needs the birth date, which is missing in the record. "
            "Complete the record on the workers page, then print again."
        )
        yield Problem("born_on", "letter_born_on_missing", message, params)
    if worker.sex is None:
        message = N_(
            "The letter of {name} needs the sex, which is missing in the record. "
            "Complete the record on the workers page, then print again."
        )
        yield Problem("sex", "letter_sex_missing", message, params)
