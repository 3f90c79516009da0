"""The problem of registering one person twice."""

from __future__ import annotations

from models.language import N_
from models.problems import Problem


def same_nik_problem(nik: str, name: str, nagari_name: str) -> Problem:
    """The problem of a NIK that a registered worker already has."""
    return Problem(
        "nik",
        "nik_registered",
        N_(
            "NIK {nik} is already registered in the name of {name} ({nagari}). Open that record instead of "
            "registering the person twice."
        ),
        {"nik": nik, "name": name, "nagari": nagari_name},
    )
