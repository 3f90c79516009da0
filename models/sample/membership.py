"""What the people of a sample are enrolled in: several years, confirmed, running, ended and refused ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from models.people.worker import Sex
from models.problems import Problem
from models.sample.families import Person
from models.sample.stock import Chance, Names, Places, draw, draw_early, uid_of
from models.schemes.enrolment import Enrolment, EnrolmentState
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.values.dates import age_on
from models.values.months import Month, Period

_MIN_AGE, _MAX_AGE = 18, 65
WAVES = ((-29, 11, 0.947), (-15, 3, 0.942), (-4, 6, 0.9))
"""Palm-oil revenue share: first month before or after the sample's, months, and the part of its workers enrolled.

The first two are as long and as large as those of 2024/2025; the third still runs.
"""
_PAID = {"SAWIT": 0.93, "MANDIRI": 0.98, "ASN": 0.93, "CSR": 0.95, "KMP": 0.9}
"""How many of the past enrolments BPJS confirmed; of the nagari's own people all but a few."""
_USUALLY_PAID = 0.97


class Term(NamedTuple):
    """An enrolment as it is wished for."""

    scheme: str
    first: Month
    months: int
    payer: tuple[str, str, str] = ("", "", "")
    """Name, number, office."""


class Membership:
    """Draws the enrolments of one person after the other."""

    def __init__(
        self,
        schemes: Mapping[str, Scheme],
        rates: RateTable,
        names: Names,
        places: Places,
        month: Month,
        as_of: date,
        numbers: random.Random,
    ) -> None:
        self._schemes = schemes
        self._rates = rates
        self._names = names
        self._places = places
        self._month = month
        self._as_of = as_of
        self._random = numbers
        self._chance: Chance = numbers.random
        self._cards = 0

    def of(self, person: Person, group: str, income: int | None) -> tuple[Enrolment, ...]:
        """The enrolments of a person, oldest first; none overlaps another of the same scheme."""
        card = ""
        enrolments = []
        for term in self._terms(person, group, income):
            enrolment = self._enrolment(person, term, income, card)
            if enrolment is not None:
                enrolments.append(enrolment)
                card = card or enrolment.kpj
        return tuple(enrolments)

    def _terms(self, person: Person, group: str, income: int | None) -> Iterator[Term]:
        chance, month = self._chance, self._month
        match group:
            case "SAWIT":
                for start, months, part in WAVES:
                    if chance() < part:
                        yield Term(group, month + start, months)
            case "WALI" | "PERANGKAT" | "STAF" | "BAMUS" | "KADER":
                served = 1 + int(3 * chance())
                for year in range(month.year - served + 1, month.year + 1):
                    yield Term(group, Month(year, 1), 12)
                if chance() < 0.02:
                    yield Term("MANDIRI", month - 2, 3)
            case "ASN":
                payer = self._civil_servant()
                first = month - int(26 * chance())
                yield Term(group, first, 12, payer)
                if first + 12 <= month and chance() < 0.6:
                    yield Term(group, first + 12, 12, payer)
            case "CSR":
                payer = (draw(self._places["company"], chance), "", person.household.nagari.name)
                yield Term(group, month - draw((8, 20), chance), 12, payer)
            case "KMP":
                yield Term(group, month - 9, 12, (f"Koperasi Merah Putih {person.household.nagari.name}", "", ""))
            case "MANDIRI":
                first = month - int(30 * chance())
                for _ in range(1 + int(5 * chance())):
                    if first <= month:
                        yield Term(group, first, 3)
                    first += 3 + (0 if chance() < 0.8 else 2)
            case _:
                if income is not None and chance() < 0.06:
                    yield Term("SAWIT", month + 2, 6)

    def _enrolment(self, person: Person, term: Term, income: int | None, card: str) -> Enrolment | None:
        """None where the person is too young or too old for it."""
        scheme = self._schemes.get(term.scheme)
        first_day = term.first.first_day
        if scheme is None or scheme.id is None or not _MIN_AGE <= age_on(person.born_on, first_day) < _MAX_AGE:
            return None
        period = Period.starting(term.first, term.months)
        price = self._rates.price(scheme, period, income)
        if isinstance(price, Problem):
            raise ValueError(price.text)
        state, reason, paid_on = self._state(term.scheme, period)
        registered_on = min(first_day, self._as_of) - timedelta(days=1 + int(30 * self._chance()))
        return Enrolment(
            uid=uid_of(registered_on, self._random),
            revision=1,
            scheme=scheme.id,
            segment=scheme.segment,
            programmes=scheme.programmes,
            period=period,
            base=price.base,
            monthly=price.monthly,
            state=state,
            payer_name=term.payer[0],
            payer_number=term.payer[1],
            payer_office=term.payer[2],
            kpj=(card or self._next_card(registered_on)) if paid_on else "",
            paid_on=paid_on,
            registered_on=registered_on,
            state_reason=reason,
        )

    def _state(self, scheme: str, period: Period) -> tuple[EnrolmentState, str, date | None]:
        """How far an enrolment has come, why it did not come further, and when it was paid."""
        chance = self._chance
        drawn = chance()
        paid_on = period.first.first_day + timedelta(days=4 + int(20 * chance()))
        is_past = period.last < self._month
        if drawn > 0.995:
            return EnrolmentState.CANCELLED, draw(self._places["cancelled"], chance), None
        if drawn < _PAID.get(scheme, _USUALLY_PAID) * (1.0 if is_past else 0.92) and paid_on <= self._as_of:
            return (EnrolmentState.ENDED if is_past else EnrolmentState.ACTIVE), "", paid_on
        if is_past or drawn > 0.97:
            if period.first > self._month:
                return EnrolmentState.PROPOSED, "", None
            return EnrolmentState.REJECTED, draw(self._places["rejected"], chance), None
        return (EnrolmentState.SUBMITTED if chance() < 0.6 else EnrolmentState.PROPOSED), "", None

    def _civil_servant(self) -> tuple[str, str, str]:
        """Name, NIP and office of one who pays for a worker."""
        chance = self._chance
        sex = Sex.MALE if chance() < 0.45 else Sex.FEMALE
        born_on = date(self._as_of.year - 57 + int(30 * chance()), 1 + int(12 * chance()), 1 + int(28 * chance()))
        appointed = min(born_on.year + 23 + int(8 * chance()), self._as_of.year)
        people = draw(("minang", "minang", "mandailing", "javanese"), chance)
        name = self._names.name(people, sex, born_on.year, self._names.clan(people, chance), chance)
        number = f"{born_on:%Y%m%d}{appointed}{1 + int(12 * chance()):02d}{1 if sex is Sex.MALE else 2}"
        office = draw_early(self._places["government_office"], chance)
        return name, f"{number}{1 + int(20 * chance()):03d}", office

    def _next_card(self, day: date) -> str:
        """Eleven digits that nobody else of the sample has: the year and a number in no visible order."""
        self._cards += 1
        return f"{day.year % 100:02d}{(self._cards * 7_919 + 104_729) % 1_000_000_000:09d}"
