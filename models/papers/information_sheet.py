"""The information sheet on contributions and benefits as frozen data: what the sources say, promised by nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.papers.letterhead import Letterhead
from models.papers.printed import Printed
from models.problems import Problem
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.values.months import Month, Period


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a programme pays, by a source."""

    programme: str
    words: str
    source: str
    """Where it stands, and of when."""


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """What a membership costs in a month."""

    who: str
    amount: int
    """Whole rupiah a month."""
    parts: tuple[tuple[str, int], ...]
    """Programme and whole rupiah."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSheet:
    """Everything the sheet says."""

    letterhead: Letterhead
    month: Month
    """Whose rates it shows."""
    as_of: date
    contributions: tuple[ContributionLine, ...]
    benefits: tuple[Benefit, ...]
    printed: Printed | None = None
    is_sample: bool = False

    @property
    def rows(self) -> int:
        """Lines of its tables."""
        return len(self.contributions) + len(self.benefits)


def benefit_of(line: str) -> Benefit:
    """A line of the settings: programme, words and source separated by ``|``; what is missing stays empty."""
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) == 1:
        return Benefit("", parts[0], "")
    return Benefit(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def contributions_of(schemes: Iterable[Scheme], rates: RateTable, month: Month) -> Iterator[ContributionLine]:
    """What a month costs in each open scheme; for BPU that of the lowest income bracket. Schemes without a rate in the
    month are left out."""
    for scheme in schemes:
        if scheme.closed_on is not None:
            continue
        price = rates.price(scheme, Period(month, month), None)
        if isinstance(price, Problem):
            continue
        parts = tuple((line.programme.value, line.amount) for line in price.lines)
        named = (source.split(", baris")[0] for line in price.lines for source in line.source.split("; "))
        sources = dict.fromkeys(source.split(":")[0] for source in named)
        yield ContributionLine(scheme.name, price.total, parts, "; ".join(sources))
