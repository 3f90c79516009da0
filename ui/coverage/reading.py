"""What the coverage page shows, read from the register in the background."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.coverage.point import CoveragePoint
from models.papers.coverage_summary import CoverageSummary
from models.values.months import Month

if TYPE_CHECKING:
    from models.register import Register

MONTHS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Overview:
    """The coverage of a month, and what is left of it in the months after."""

    summary: CoverageSummary
    ahead: tuple[CoveragePoint, ...]
    """The district in each of the next months, as if nobody were enrolled any more."""
    is_blank: bool
    """Nobody has entered any published figure yet."""


def read_overview(register: Register, month: Month, on: date) -> Overview:
    """Everything the page shows of a month."""
    import reports.charts  # noqa: F401 - while we are here: the drawing is wanted next

    with register.twin() as twin:
        coverage = twin.coverage
        return Overview(
            summary=twin.papers.summary(month, on),
            ahead=tuple(coverage.district(month + step) for step in range(1, MONTHS_AHEAD + 1)),
            is_blank=not (coverage.eligible.all() or coverage.bpjs_counts.all() or coverage.targets.all()),
        )


def read_nagari(register: Register, month: Month, kecamatan: str) -> tuple[CoveragePoint, ...]:
    """The nagari of a kecamatan."""
    with register.twin() as twin:
        return twin.coverage.nagari(month, kecamatan)
