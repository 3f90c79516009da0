"""An enrolment as one line of a list, and what a list may be narrowed to."""

from __future__ import annotations

from dataclasses import dataclass

from models.schemes.enrolment import EnrolmentState
from models.values.months import Period


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """What a list shows of an enrolment and its worker."""

    id: int
    worker: int
    """Id of the worker."""
    nik: str
    name: str
    nagari_name: str
    scheme: str
    """Code of the scheme."""
    period: Period
    contribution: int
    """Whole rupiah for all months together."""
    state: EnrolmentState
    kpj: str
    decree: str
    """Number of the decree that names the worker; empty where there is none yet."""
    reason: str
    """Why it was rejected or cancelled, in words."""
    rejection: str
    """The named reason (see `models.schemes.life.Rejection`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentFilter:
    """What a list is narrowed to; None and '' narrow nothing."""

    scheme: int | None = None
    fund: int | None = None
    decree: int | None = None
    state: EnrolmentState | None = None
    area: str = ""
    """Code of a kecamatan or nagari."""
