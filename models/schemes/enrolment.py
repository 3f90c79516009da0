"""An enrolment: one worker in one scheme for a period of whole months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.worker import Segment
from models.schemes.scheme import Programme
from models.values.months import Month, Period


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
    monthly: tuple[int, ...]
    """Whole rupiah of each month of the period, in order, at the rates of that month."""
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
    """Why it was rejected or cancelled, in words."""
    fund: int | None = None
    """Id of the fund that pays."""
    decree: int | None = None
    """Id of the legal basis that names the worker."""
    replaces: int | None = None
    """Id of the rejected enrolment whose place it took."""
    rejection: str = ""
    """The named reason (see `models.schemes.life.Rejection`)."""

    @property
    def contribution(self) -> int:
        """Whole rupiah for all months together."""
        return sum(self.monthly)

    @property
    def even_monthly(self) -> int | None:
        """Whole rupiah a month when every month costs the same, otherwise None."""
        return self.monthly[0] if len(set(self.monthly)) == 1 else None

    @property
    def is_confirmed(self) -> bool:
        """BPJS gave a card number and the first payment was made: only then a paper may say "peserta aktif"."""
        return bool(self.kpj) and self.paid_on is not None and self.state.counts


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentPlan:
    """What a clerk asks for: a scheme, from which month, for how many months, and who pays."""

    scheme: int
    first: Month
    month_count: int
    payer_name: str = ""
    payer_number: str = ""
    payer_office: str = ""
    fund: int | None = None
    decree: int | None = None
