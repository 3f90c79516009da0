"""A scheme: a way in which workers are protected, with its segment, programmes and payer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.worker import Segment


class Programme(StrEnum):
    """Social-security programmes of BPJS Ketenagakerjaan (UU 40/2004, UU 24/2011)."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"
    JP = "JP"
    JKP = "JKP"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "JKK": N_("Work accident insurance (JKK)"),
            "JKM": N_("Death insurance (JKM)"),
            "JHT": N_("Old-age savings (JHT)"),
            "JP": N_("Pension (JP)"),
            "JKP": N_("Job-loss insurance (JKP)"),
        }[self.value]


class PayerKind(StrEnum):
    """Who pays the contribution of a scheme."""

    GOVERNMENT = "government"
    COMPANY = "company"
    CIVIL_SERVANT = "civil_servant"
    NAGARI = "nagari"
    COOPERATIVE = "cooperative"
    SELF = "self"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "government": N_("Government budget"),
            "company": N_("Company (CSR)"),
            "civil_servant": N_("Civil servant (ASN)"),
            "nagari": N_("Nagari government"),
            "cooperative": N_("Cooperative"),
            "self": N_("The worker"),
        }[self.value]

    @property
    def pays_public_money(self) -> bool:
        """Whether it pays from APBN, APBD or a nagari's budget, whatever else it does."""
        return self in (PayerKind.GOVERNMENT, PayerKind.NAGARI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme of the district; data, so that an office can add its own."""

    id: int | None = None
    uid: str = ""
    code: str
    """Short and typed by hand, for instance ``SAWIT``."""
    name: str
    """As printed; a name of the office, never translated."""
    segment: Segment
    programmes: tuple[Programme, ...]
    payer_kind: PayerKind
    is_public_money: bool
    """Paid from APBN, APBD or a nagari's budget: no relief under PP 50/2025, no second subsidy at once."""
    is_subsidised: bool
    """Somebody else pays for a BPU worker: two such periods of one worker must not overlap."""
    usual_months: int
    wage_base: int | None = None
    """Whole rupiah a month on which PU contributions are computed; None for BPU (looked up from the income)."""
    risk_class: int | None = None
    """JKK risk class 1 to 5 for PU; None for BPU."""
    asks: tuple[str, ...] = ()
    """Further fields its entry form asks for: ``payer_name``, ``payer_number``, ``payer_office``."""
    min_age: int | None = None
    """Completed years on the first covered day; None: the office's own limit."""
    max_age: int | None = None
    """A worker who has these years is refused; None: the office's own limit."""
    occupation_kinds: tuple[str, ...] = ()
    """Kinds of occupation it is meant for (``palm``); empty: any."""
    needs_source_list: bool = False
    """Only people on a source list (P3KE, DTSEN)."""
    bars_members: bool = False
    """Only people who have no other membership in the same months."""
    closed_on: date | None = None
    """Nobody is enrolled in it any more."""
