"""The coverage summary (Ringkasan Cakupan Kepesertaan) as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.coverage.point import CoveragePoint, SchemeCoverage, Target
from models.papers.letterhead import Letterhead, Signatory
from models.papers.printed import Printed
from models.values.months import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageSummary:
    """Everything the coverage summary says."""

    letterhead: Letterhead
    signatory: Signatory
    month: Month
    as_of: date
    """Day on which the register was read."""
    district: CoveragePoint
    kecamatan: tuple[CoveragePoint, ...]
    segments: tuple[CoveragePoint, ...]
    schemes: tuple[SchemeCoverage, ...]
    targets: tuple[Target, ...]
    """The first is the one the gap is reckoned to."""
    printed: Printed | None = None
    """Who printed it when; the foot of each page says so."""
    is_sample: bool = False

    @property
    def rows(self) -> int:
        """Lines of its tables."""
        return len(self.kecamatan) + len(self.segments) + len(self.schemes)

    trail: str = ""
    """Code of the audit trail as it was read (`Head.code`): kept on paper, it shows later whether the trail was cut off
    or written anew."""
