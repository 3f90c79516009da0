"""The enrollment letter (Surat Keterangan Pendaftaran) as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.papers.letterhead import Letterhead, Signatory
from models.people.worker import Segment, Sex
from models.schemes.scheme import Programme
from models.values.months import Month, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentLetter:
    """Everything one letter says; printing it again years later gives the same paper."""

    letterhead: Letterhead
    signatory: Signatory
    number: str
    """Empty: left open for hand-filling."""
    dated_on: date

    full_name: str
    nik: str
    birth_place: str
    born_on: date
    sex: Sex
    occupation: str
    address: str
    nagari: str
    kecamatan: str

    scheme: str
    payer: str
    segment: Segment
    programmes: tuple[Programme, ...]
    period: Period
    contribution: int
    """Whole rupiah for the whole period."""
    monthly: int | None
    """Whole rupiah a month when every month costs the same, otherwise None."""
    kpj: str = ""
    paid_on: date | None = None
    registered_on: date | None = None
    legal_basis: tuple[str, ...] = ()
    """References as the office words them, each one line; none are printed when empty."""
    cc: tuple[str, ...] = ()
    uid: str = ""
    """Of the enrolment; goes into the QR code with the number, the name and the last four digits of the NIK."""
    is_sample: bool = False
    """From a sample file: the paper carries a CONTOH mark across the page."""

    @property
    def is_confirmed(self) -> bool:
        """BPJS gave a KPJ and the first payment was made."""
        return bool(self.kpj) and self.paid_on is not None

    @property
    def is_active(self) -> bool:
        """Only confirmed, and only in a month of the period, may the letter say "peserta aktif"."""
        return self.is_confirmed and Month.of(self.dated_on) in self.period

    @property
    def is_over(self) -> bool:
        """The period had ended when the letter was dated."""
        return self.period.last < Month.of(self.dated_on)
