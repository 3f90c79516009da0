"""The worker: a person of working age whom the district knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.language import N_
from models.people.names import with_titles


class Sex(StrEnum):
    """As on the KTP: L (laki-laki), P (perempuan)."""

    MALE = "L"
    FEMALE = "P"

    @property
    def label(self) -> str:
        """English message id."""
        return {"L": N_("Male"), "P": N_("Female")}[self.value]


class MaritalStatus(StrEnum):
    """As on the KTP."""

    SINGLE = "single"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "single": N_("Single"),
            "married": N_("Married"),
            "divorced": N_("Divorced"),
            "widowed": N_("Widowed"),
        }[self.value]


class Segment(StrEnum):
    """Membership segment of BPJS Ketenagakerjaan (DOMAIN: PP 44/2015 and its changes)."""

    PU = "PU"
    """Penerima Upah: wage earner with an employer."""
    BPU = "BPU"
    """Bukan Penerima Upah: outside an employment relation."""
    JAKON = "JAKON"
    """Jasa Konstruksi: construction project workers."""
    PMI = "PMI"
    """Pekerja Migran Indonesia: migrant workers."""

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "PU": N_("PU (wage earner)"),
            "BPU": N_("BPU (non-wage earner)"),
            "JAKON": N_("Jakon (construction)"),
            "PMI": N_("PMI (migrant worker)"),
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A person of working age whom the district knows, with or without an enrolment.

    Text fields are empty when unknown, never None; `born_on`, `sex`, `income` and the like are None when unknown.
    """

    id: int | None = None
    """Key in this file; None until saved."""
    uid: str = ""
    """UUIDv7 that never changes and is the same in every office."""
    office: str = ""
    """Code of the office that made the record."""
    revision: int = 0
    """Grows by one with each saved change."""

    nik: str = ""
    """16 digits."""
    family_card: str = ""
    """Number of the Kartu Keluarga, 16 digits."""
    name: str = ""
    """As on the KTP, without titles."""
    title_before: str = ""
    title_after: str = ""
    birth_place: str = ""
    born_on: date | None = None
    sex: Sex | None = None
    marital_status: MaritalStatus | None = None
    mother_name: str = ""

    address: str = ""
    """Street, RT/RW."""
    jorong: str = ""
    nagari: str = ""
    """Code of the nagari, for instance ``13.12.03.2003``; its kecamatan is the code's first three parts."""
    postcode: str = ""
    phone: str = ""
    """E.164, for instance ``+6281266778899``."""
    email: str = ""

    occupation: str = ""
    """Code of the occupation."""
    work_place: str = ""
    income: int | None = None
    """Whole rupiah per month; the contribution base is looked up from it."""
    segment: Segment = Segment.BPU

    source_list: str = ""
    """The sheet or list the person came in on."""
    source_decile: int | None = None
    """Welfare decile (DTSEN or P3KE), 1 to 10."""
    proof_kind: str = ""
    proof_number: str = ""
    perisai_agent: str = ""
    """Name or code of the Perisai agent who brought the worker."""
    heir_name: str = ""
    heir_relation: str = ""
    heir_nik: str = ""
    kpj: str = ""
    """Participant card number, 11 characters; empty until BPJS returns it."""
    notes: str = ""

    reasons: Mapping[str, str] = field(default_factory=dict)
    """Warnings that were accepted: problem code -> reason given."""

    @property
    def full_name(self) -> str:
        """The name with its titles, as printed on a letter."""
        return with_titles(self.name, self.title_before, self.title_after)

    @property
    def district(self) -> str:
        """Code of the kecamatan in which the nagari lies, or empty."""
        return self.nagari[:8]
