"""An enrolment: one worker in one scheme for a period of whole months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.worker import Segment
from models.schemes.scheme import Programme
from models.values.months import Period


class EnrolmentState(StrEnum):
    """Where an enrolment stands on its way to the card."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    ACTIVE = "active"
    ENDED = "ended"
    REJECTED = "rejected"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "proposed": N_("Registered"),
            "approved": N_("Approved"),
            "submitted": N_("Submitted to BPJS"),
            "active": N_("Active"),
            "ended": N_("Ended"),
            "rejected": N_("Rejected"),
            "cancelled": N_("Cancelled"),
        }[self.value]

    @property
    def counts(self) -> bool:
        """Whether its months count as protection (registered or better, neither rejected nor cancelled)."""
        return self not in (EnrolmentState.REJECTED, EnrolmentState.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One worker in one scheme for a period, at the contribution computed when it was saved."""

    id: int | None = None
    uid: str = ""
    office: str = ""
    revision: int = 0
    worker: int | None = None
    """Id of the worker."""
    scheme: int
    """Id of the scheme."""
    segment: Segment
    programmes: tuple[Programme, ...]
    period: Period
    base: int
    """Contribution base, whole rupiah a month: the income bracket's base (BPU) or the wage (PU)."""
    contribution: int
    """Whole rupiah for all months together."""
    state: EnrolmentState = EnrolmentState.PROPOSED
    payer_name: str = ""
    payer_number: str = ""
    """NIP of the civil servant, NPP of the company, and the like."""
    payer_office: str = ""
    kpj: str = ""
    """Participant card number, once BPJS gave it."""
    paid_on: date | None = None
    """Day of the first payment."""
    registered_on: date
    state_reason: str = ""
    """Why it was rejected or cancelled."""

    @property
    def is_confirmed(self) -> bool:
        """BPJS gave a card number and the first payment was made: only then a paper may say "peserta aktif"."""
        return bool(self.kpj) and self.paid_on is not None and self.state.counts
