"""Families: people of working age who live together, with the numbers that their cards carry."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from models.offices.region import Region
from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Sex
from models.sample.stock import Chance, Names, Places, Weighted, draw, draw_early, kecamatan

YOUNGEST, OLDEST = 18, 64
"""Completed years of the people of a sample."""
_YEAR = 365.2425
_FIRST_DAY = date(1930, 1, 1).toordinal()
_CARDS_FROM = date(2010, 1, 1).toordinal()
"""No card is older, so that the date in its number is nobody's birth date."""
_NIK_ELSEWHERE, _NIK_OLD_REGENCY = 0.03, 0.12
"""How many carry the NIK of another place, and of Pasaman before it was divided."""
_SERIALS = 9_999


class Household(NamedTuple):
    """What the members of a family have in common."""

    nagari: Region
    people: str
    jorong: str
    address: str
    family_card: str
    is_coast: bool


class Person(NamedTuple):
    """One member, as the cards say."""

    household: Household
    is_head: bool
    nik: str
    came_from: str
    """Where the NIK was first issued when that is another regency; otherwise empty."""
    name: str
    sex: Sex
    born_on: date
    birth_place: str
    marital_status: MaritalStatus
    mother_name: str
    spouse: str
    """Name of the husband or wife, or empty."""


class Families:
    """An endless row of families, spread over the nagari as the inhabitants are."""

    def __init__(
        self, nagari: tuple[Region, ...], population: dict[str, int], places: Places, as_of: date, chance: Chance
    ) -> None:
        self._places = places
        self._as_of = as_of
        self._chance = chance
        self.names = Names()
        self._kecamatan = kecamatan()
        self._nagari = Weighted(zip(nagari, _weights(nagari, population), strict=True))
        self._jorong = {region.code: _jorong(region, places["jorong"]) for region in nagari}
        self._elsewhere = tuple(entry.split("=") for entry in places["elsewhere"])
        self._serials: dict[str, array[int]] = {}

    def persons(self) -> Iterator[Person]:
        """The members of one family after the other, the head first."""
        while True:
            yield from self._family()

    def _family(self) -> Iterator[Person]:
        chance = self._chance
        nagari = self._nagari.draw(chance)
        people = self._kecamatan[nagari.parent].peoples.draw(chance)
        household = Household(
            nagari=nagari,
            people=people,
            jorong=draw_early(self._jorong[nagari.code], chance),
            address=self._address(),
            family_card=self._card_number(nagari.parent),
            is_coast=self._kecamatan[nagari.parent].is_coast,
        )
        age = 21 + 44 * (chance() + chance()) / 2
        head_sex = Sex.MALE if chance() < 0.9 else Sex.FEMALE
        clan = self.names.clan(people, chance)
        head_born = self._born(age)
        head_name = self.names.name(people, head_sex, head_born.year, clan, chance)
        head_mother = self._mother(people, clan, head_name)
        if head_sex is Sex.FEMALE:
            status = MaritalStatus.WIDOWED if chance() < 0.7 else MaritalStatus.DIVORCED
            yield self._person(household, True, head_name, head_sex, head_born, status, head_mother, "")
            yield from self._children(household, age, head_name, clan)
            return
        if chance() > (0.55 if age < 26 else 0.9):
            status = MaritalStatus.SINGLE
            yield self._person(household, True, head_name, head_sex, head_born, status, head_mother, "")
            return
        wife_age = max(YOUNGEST + 0.5, age - 7 * chance())
        wife_born = self._born(wife_age)
        wife_name = self.names.name(people, Sex.FEMALE, wife_born.year, self.names.clan(people, chance), chance)
        married = MaritalStatus.MARRIED
        yield self._person(household, True, head_name, head_sex, head_born, married, head_mother, wife_name)
        if chance() < 0.8:  # others do not work outside the house
            mother = self._mother(people, "", wife_name)
            yield self._person(household, False, wife_name, Sex.FEMALE, wife_born, married, mother, head_name)
        yield from self._children(household, wife_age, wife_name, clan)

    def _children(self, household: Household, mother_age: float, mother: str, clan: str) -> Iterator[Person]:
        """The grown-up children who still live in the house."""
        chance = self._chance
        oldest = min(mother_age - 19, 34.0)
        while oldest > YOUNGEST + 1 and chance() < 0.5:
            age = YOUNGEST + 0.1 + (oldest - YOUNGEST - 0.1) * chance()
            oldest = age - 1.5
            born = self._born(age)
            sex = Sex.MALE if chance() < 0.53 else Sex.FEMALE
            name = self.names.name(household.people, sex, born.year, clan, chance)
            status = MaritalStatus.SINGLE
            if name != mother:
                yield self._person(household, False, name, sex, born, status, mother, "")

    def _person(
        self,
        household: Household,
        is_head: bool,
        name: str,
        sex: Sex,
        born_on: date,
        status: MaritalStatus,
        mother: str,
        spouse: str,
    ) -> Person:
        kecamatan_code, birth_place, came_from = household.nagari.parent, household.nagari.name, ""
        where = self._chance()
        if where < _NIK_ELSEWHERE:
            kecamatan_code, birth_place = draw(self._elsewhere, self._chance)
            came_from = birth_place
        elif where < _NIK_ELSEWHERE + _NIK_OLD_REGENCY and born_on.year < 1987:
            kecamatan_code = draw_early(self._places["parent"], self._chance)
        serial = self._serial(f"{kecamatan_code}{sex}", born_on)
        nik = compose_nik(kecamatan_code, born_on, sex, serial)
        return Person(
            household, is_head, nik, came_from, name, sex, born_on, birth_place, status, mother, spouse
        )  # fmt: skip

    def _mother(self, people: str, clan: str, own: str) -> str:
        """The name of a grown-up's mother, who had another marga than the child and is not her namesake."""
        while True:
            other = self.names.clan(people, self._chance)
            name = self.names.name(people, Sex.FEMALE, 1950, "" if other == clan else other, self._chance)
            if name != own:
                return name

    def _born(self, age: float) -> date:
        days = int(min(max(age, YOUNGEST + 0.02), OLDEST + 0.95) * _YEAR + self._chance() * 5)
        return self._as_of - timedelta(days=days)

    def _address(self) -> str:
        chance = self._chance
        units = f"RT {1 + int(chance() * 6):03d}/RW {1 + int(chance() * 4):03d}"
        return f"{draw_early(self._places['street'], chance)}, {units}" if chance() < 0.6 else units

    def _card_number(self, kecamatan_code: str) -> str:
        """Of a new family card, issued on a day since 2010."""
        issued = date.fromordinal(_CARDS_FROM + int((self._as_of.toordinal() - _CARDS_FROM) * self._chance()))
        serial = self._serial(f"{kecamatan_code}KK", issued)
        return f"{kecamatan_code.replace('.', '')}{issued:%d%m%y}{serial:04d}"

    def _serial(self, key: str, day: date) -> int:
        """The next number of a day, as the register office gives them; two bytes a day keep count."""
        counters = self._serials.get(key)
        if counters is None:
            days = self._as_of.toordinal() - _FIRST_DAY + 1
            counters = self._serials[key] = array("H", bytes(2 * days))
        at = day.toordinal() - _FIRST_DAY
        if counters[at] == _SERIALS:
            raise ValueError(f"more than {_SERIALS} numbers of {key} on {day}")
        counters[at] += 1
        return counters[at]


def _weights(nagari: tuple[Region, ...], population: dict[str, int]) -> list[float]:
    """The inhabitants of a kecamatan shared out among its nagari, the older (mother) nagari somewhat larger."""
    by_kecamatan: dict[str, list[Region]] = {}
    for region in nagari:
        by_kecamatan.setdefault(region.parent, []).append(region)
    weights = {}
    for code, regions in by_kecamatan.items():
        sizes = [1 + 1.5 / (place + 1) for place in range(len(regions))]
        for region, size in zip(regions, sizes, strict=True):
            weights[region.code] = population.get(code, 1_000) * size / sum(sizes)
    return [weights[region.code] for region in nagari]


def _jorong(nagari: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    """Three to seven jorong of a nagari, always the same ones."""
    number = int(nagari.code.replace(".", ""))
    count = 3 + number % 5
    return tuple(names[(number * 7 + place * 11) % len(names)] for place in range(count))
