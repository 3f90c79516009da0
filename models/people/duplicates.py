"""The problems of registering one person twice."""

from __future__ import annotations

from collections.abc import Iterable

from models.language import N_
from models.people.lines import LookAlike
from models.people.masking import mask_number
from models.people.worker import Worker
from models.problems import Level, Problem

_SAME_NAME = 95.0
"""Likeness (0 to 100) from which, in one family and with one birth date, two names are one."""


def same_nik_problem(nik: str, name: str, nagari_name: str) -> Problem:
    """The problem of a NIK that a registered worker already has."""
    return Problem(
        "nik",
        "nik_registered",
        N_(
            "NIK {nik} is already registered in the name of {name} ({nagari}). Open that record instead of "
            "registering the person twice."
        ),
        {"nik": mask_number(nik), "name": name, "nagari": nagari_name},
    )


def same_person_warning(worker: Worker, look_alikes: Iterable[LookAlike]) -> Problem | None:
    """The first who is almost certainly this person: a NIK one slip away, or name, birth date and family card alike."""
    for one in look_alikes:
        line = one.line
        is_family = bool(worker.family_card) and line.family_card == worker.family_card
        is_slip = is_one_slip(worker.nik, line.nik)
        if is_slip or (is_family and line.born_on == worker.born_on and one.score >= _SAME_NAME):
            return Problem(
                "nik" if is_slip else "name",
                "looks_registered",
                N_(
                    "{name} ({nagari}) is registered with NIK {nik}, and may be the same person. Compare the two "
                    "with F6; for somebody else, a twin for instance, give the reason."
                ),
                {"name": line.name, "nagari": line.nagari_name, "nik": mask_number(line.nik)},
                Level.WARNING,
            )
    return None


def is_one_slip(one: str, other: str) -> bool:
    """Whether two numbers of the same length differ in one digit or in one swapped pair of neighbours."""
    if len(one) != len(other):
        return False
    places = [place for place, (digit, wrong) in enumerate(zip(one, other, strict=True)) if digit != wrong]
    if len(places) != 2:
        return len(places) == 1
    first, second = places
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]
