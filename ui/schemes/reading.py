"""What the schemes page shows, read from the register in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.problems import Problem
from models.schemes.pricing import Price
from models.schemes.scheme import Scheme
from models.values.months import Month, Period

if TYPE_CHECKING:
    from models.register import Register


@dataclass(frozen=True, slots=True)
class SchemeFigures:
    """A scheme with what it costs this month and what has been committed."""

    scheme: Scheme
    price: Price | Problem
    """Of one worker for one month, at the lowest income bracket where it depends on the income."""
    enrolments: int
    contribution: int
    """Whole rupiah of all enrolments that count."""


def read_schemes(register: Register, month: Month) -> tuple[SchemeFigures, ...]:
    """Every scheme, priced for a month."""
    with register.twin() as twin:
        found = []
        for scheme in twin.schemes.all():
            assert scheme.id is not None
            price = twin.rates.price(scheme, Period(month, month), None)
            found.append(SchemeFigures(scheme, price, *twin.enrolments.total(scheme.id)))
        return tuple(found)
