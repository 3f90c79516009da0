"""Why a row of a list is left out, beyond what checking the list has found."""

from __future__ import annotations

from models.language import N_
from models.problems import Problem


def no_number(nik: str) -> Problem:
    """A number that cannot be a NIK."""
    message = N_("{nik} is no NIK, which has 16 digits. Compare with the KTP.")
    return Problem("nik", "nik_length", message, {"nik": nik})


def left_out() -> Problem:
    """Decided by a person."""
    message = N_("Somebody decided to leave this row out.")
    return Problem("nik", "row_left_out", message)


def of_somebody_else(name: str) -> Problem:
    """A person said that the row is not who has its NIK."""
    message = N_(
        "This NIK is registered in the name of {name}. If the row is somebody else, its NIK is wrong: compare with the "
        "KTP and correct it."
    )
    return Problem("nik", "nik_of_somebody_else", message, {"name": name})


def gone() -> Problem:
    """Whom a person meant is no longer in sight."""
    message = N_(
        "The registered worker that this row was said to be was taken back meanwhile. Decide on it once more."
    )
    return Problem("nik", "worker_gone", message)
