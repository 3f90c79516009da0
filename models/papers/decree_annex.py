"""The annex of a decree (Lampiran SK) as frozen data to be printed: who comes in, and whose place each one takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.papers.letterhead import Letterhead, Signatory
from models.values.months import Period

KIND = "decree_annex"
"""Its name in the audit row of the printing."""


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One person. The NIK is whole: the annex goes with the decree, which names its people."""

    nik: str
    name: str
    born_on: date | None
    nagari: str
    kecamatan: str
    occupation: str
    scheme: str
    """Code of the scheme."""
    period: Period
    contribution: int
    """Whole rupiah for all months together."""
    reason: str = ""
    """Of a name that goes out: why it was rejected."""
    replaced_by: str = ""
    """Of a name that goes out: the name that comes in for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecreeAnnex:
    """Everything the paper says."""

    letterhead: Letterhead
    signatory: Signatory
    kind: str
    """English message id of the kind of legal basis."""
    number: str
    dated_on: date
    title: str
    replaces: str
    """Number and day of the decree that it replaces; empty for a first one."""
    names_in: tuple[AnnexRow, ...]
    names_out: tuple[AnnexRow, ...]
    printed_by: str
    printed_at: datetime
    is_sample: bool = False

    @property
    def row_count(self) -> int:
        return len(self.names_in) + len(self.names_out)

    @property
    def contribution(self) -> int:
        """Whole rupiah for all who come in."""
        return sum(row.contribution for row in self.names_in)
