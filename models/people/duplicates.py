"""The problems of registering one person twice."""

from __future__ import annotations

from collections.abc import Iterable

from models.language import N_
from models.people.likeness import CERTAIN
from models.people.lines import LookAlike, WorkerLine
from models.people.masking import mask_number
from models.people.slips import is_one_slip
from models.people.worker import Worker
from models.problems import Level, Problem

LOOKS_REGISTERED = "looks_registered"
"""Code under which the reason is kept why a look-alike is somebody else."""


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


def card_of_nik_warning(owner: WorkerLine) -> Problem:
    """The problem of a family card's number that is the NIK of somebody else."""
    message = N_(
        "This is the NIK of {name} ({nagari}), so it is hardly a family card's number. Compare with the card; "
        "its own number stands at the top."
    )
    about = {"name": owner.name, "nagari": owner.nagari_name}
    return Problem("family_card", "family_card_of_nik", message, about, Level.WARNING)


def same_person_warning(worker: Worker, look_alikes: Iterable[LookAlike]) -> Problem | None:
    """The first who is almost certainly this person, or whose NIK is one slip away besides."""
    for one in look_alikes:
        line = one.line
        is_slip = is_one_slip(worker.nik, line.nik)
        if is_slip or one.score >= CERTAIN:
            return Problem(
                "nik" if is_slip else "name",
                LOOKS_REGISTERED,
                N_(
                    "{name} ({nagari}) is registered with NIK {nik}, and may be the same person. Compare the two "
                    "with F6; for somebody else, a twin for instance, give the reason."
                ),
                {"name": line.name, "nagari": line.nagari_name, "nik": mask_number(line.nik)},
                Level.WARNING,
            )
    return None
