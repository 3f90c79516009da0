"""What the register of legal bases shows, read from the register in the background."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.legal.legal_basis import LegalBasis
from models.people.masking import mask_number

if TYPE_CHECKING:
    from models.register import Register

MOST = 500
"""So many names are shown; the annex on paper has all of them."""


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A legal basis, and what points at it."""

    basis: LegalBasis
    used: dict[str, int]
    """How many funds, enrolments and promises, by kind."""
    replaces: LegalBasis | None
    replaced_by: LegalBasis | None


@dataclass(frozen=True, slots=True)
class NameLine:
    """One person of an annex, the NIK masked."""

    worker: int
    nik: str
    name: str
    nagari: str


@dataclass(frozen=True, slots=True)
class Names:
    """Who comes in with a decree, and whose places they take."""

    came: tuple[NameLine, ...]
    left: tuple[NameLine, ...]
    came_count: int
    left_count: int


@dataclass(frozen=True, slots=True)
class LegalBook:
    """All legal bases, and those that run out."""

    lines: tuple[BasisLine, ...]
    running_out: tuple[LegalBasis, ...]


def read_bases(register: Register, today: date) -> LegalBook:
    """Every legal basis, newest first."""
    with register.twin(read_only=True) as twin:
        bases = twin.legal_bases.all()
        by_id = {basis.id or 0: basis for basis in bases}
        after = {basis.replaces: basis for basis in bases if basis.replaces is not None}
        lines = tuple(
            BasisLine(
                basis,
                twin.legal_bases.used_by(basis.id or 0),
                by_id.get(basis.replaces or 0),
                after.get(basis.id or 0),
            )
            for basis in bases
        )
        return LegalBook(lines, twin.legal_bases.running_out(today))


def read_names(register: Register, decree: int) -> Names:
    """Names in and names out of a replacing decree; of a decree that replaces nobody only how many are in it."""
    with register.twin(read_only=True) as twin:
        came, left = twin.enrolment_life.names_in_and_out(decree)
        if not left:
            return Names((), (), len(came), 0)
        return Names(_lines(twin, came), _lines(twin, left), len(came), len(left))


def _lines(register: Register, enrolments: Iterable[int]) -> tuple[NameLine, ...]:
    workers = [register.enrolments.get(id).worker or 0 for id in tuple(enrolments)[:MOST]]
    return tuple(
        NameLine(line.id, mask_number(line.nik), line.name, line.nagari_name)
        for line in register.workers.lines(workers)
    )
