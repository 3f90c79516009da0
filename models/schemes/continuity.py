"""Protection without gaps: how long somebody has been covered in a row, and from when a death pays in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.values.months import Month, Period

WAITING_MONTHS = 3
"""A BPU member who dies in the first three months of membership leaves only Rp10 million to the heirs (BPJS branch
offices; the article of the rule is given differently). An estimate: whether a gap begins it anew is not published."""


@dataclass(frozen=True, slots=True)
class Continuity:
    """The unbroken months around, or last before, a month."""

    since: Month
    """First month of the unbroken run."""
    until: Month
    """Last month of it."""

    @property
    def full_from(self) -> Month:
        """Estimated first month in which a death pays in full."""
        return self.since + WAITING_MONTHS

    @property
    def reaches_full(self) -> bool:
        """Whether the run is long enough to come out of the waiting months."""
        return self.full_from <= self.until

    def is_full_in(self, month: Month) -> bool:
        """Whether a death in the month is estimated to pay in full."""
        return self.full_from <= month <= self.until


def runs_of(periods: Iterable[Period]) -> tuple[Continuity, ...]:
    """The unbroken runs of some periods, the earliest first; periods may overlap."""
    runs: list[Continuity] = []
    for period in sorted(periods):
        if runs and period.first <= runs[-1].until + 1:
            runs[-1] = Continuity(runs[-1].since, max(runs[-1].until, period.last))
        else:
            runs.append(Continuity(period.first, period.last))
    return tuple(runs)


def run_in(periods: Iterable[Period], month: Month) -> Continuity | None:
    """The run that covers a month, otherwise the last one before it; None where nothing came before."""
    before = [run for run in runs_of(periods) if run.since <= month]
    return before[-1] if before else None
