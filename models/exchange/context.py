"""What checking a list has to know of the office and of the register."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from models.offices.occupation import Occupation
from models.people.rules import POTENTIAL, AgeRules
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.values.months import Month


def _none_of_them(_numbers: Collection[str]) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """Plain data but for `family_cards`; given by `register.lists.context(plan)`."""

    today: date
    home_regency: str
    """Code of the office's regency, for instance ``13.12``."""
    usual_regencies: tuple[str, ...] = ()
    ages: AgeRules = field(default_factory=AgeRules)
    known_regions: Collection[str] = frozenset()
    """Codes of every kecamatan and of every loaded nagari."""
    kecamatan: Mapping[str, str] = field(default_factory=dict)
    """Code -> name, of the office's own regency."""
    nagari: Mapping[str, str] = field(default_factory=dict)
    """Code -> name, of the office's own regency."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Code of a nagari -> its old names and other spellings, folded."""
    occupations: tuple[Occupation, ...] = ()
    rates: RateTable | None = None
    scheme: Scheme | None = None
    """The scheme of the plan."""
    plan: EnrolmentPlan | None = None
    """What the people of the list are to be enrolled in, where that was chosen."""
    required: Collection[str] = POTENTIAL
    """Fields of a worker that may not be empty: `rules.REGISTRATION` with a plan, `rules.POTENTIAL` without."""
    family_cards: Callable[[Collection[str]], Collection[str]] = _none_of_them
    """Which of some numbers are family card numbers of registered workers; only doubtful NIK are asked about."""

    @property
    def first_month(self) -> Month | None:
        """The first month of the plan."""
        return None if self.plan is None else self.plan.first
