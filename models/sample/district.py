"""The sample district: workers one after the other, each with what it is enrolled in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from models.offices.occupation import Occupation
from models.offices.region import Region
from models.people.worker import Segment, Sex, Worker
from models.sample.families import Families, Person
from models.sample.membership import Membership
from models.sample.obliged import agent_code
from models.sample.stock import Chance, Places, Weighted, Work, draw, uid_of, work
from models.schemes.enrolment import Enrolment
from models.schemes.pricing import RateTable
from models.schemes.scheme import Scheme
from models.values.months import Month

_SHARES: dict[str, tuple[int, int]] = {
    "SAWIT": (8_200, 68),
    "PERANGKAT": (900, 75),
    "STAF": (540, 55),
    "BAMUS": (630, 70),
    "KADER": (1_645, 5),
    "ASN": (2_200, 40),
    "KMP": (630, 65),
    "CSR": (900, 70),
    "MANDIRI": (1_400, 50),
    "": (2_865, 35),
}
"""By scheme (the last: none yet) how many of `USUAL_WORKERS` belong to it, and percent of men among them."""
_SERVED_FROM, _SERVED_TO = 32, 60
"""Ages of a wali nagari."""
_AGENTS = 12


@dataclass(frozen=True, slots=True)
class District:
    """What the sample needs to know of the register it is made for."""

    nagari: tuple[Region, ...]
    population: dict[str, int]
    """Inhabitants by kecamatan."""
    schemes: tuple[Scheme, ...]
    rates: RateTable
    occupations: tuple[Occupation, ...]


class SampleWorkers:
    """The same seed and month always give the same people; a larger sample begins with the smaller one."""

    def __init__(self, district: District, seed: int, month: Month, as_of: date) -> None:
        self._random = random.Random(seed)
        self._chance: Chance = self._random.random
        self._as_of = as_of
        places = Places()
        self._families = Families(district.nagari, district.population, places, as_of, self._chance)
        fishing = frozenset(occupation.code for occupation in district.occupations if occupation.kind == "sea")
        self._work = work(fishing)
        self._groups = {
            sex: Weighted(
                (code, size * (men if sex is Sex.MALE else 100 - men)) for code, (size, men) in _SHARES.items()
            )
            for sex in Sex
        }
        self._palm = frozenset(occupation.code for occupation in district.occupations if occupation.kind == "palm")
        self._membership = Membership(
            {scheme.code: scheme for scheme in district.schemes},
            district.rates,
            self._families.names,
            places,
            month,
            as_of,
            self._random,
        )
        self._without_head = {region.code for region in district.nagari}
        """Nagari that still need their wali."""
        self.agents = tuple(
            self._families.names.name("minang", Sex.FEMALE, 1990, "", self._chance) for _ in range(_AGENTS)
        )
        """Names of the Perisai agents; a worker's record names them by their codes."""
        self._codes = tuple(map(agent_code, range(_AGENTS)))

    def records(self, count: int) -> Iterator[tuple[Worker, tuple[Enrolment, ...]]]:
        """So many workers with their enrolments, without ids."""
        return islice(map(self._record, self._families.persons()), count)

    def _record(self, person: Person) -> tuple[Worker, tuple[Enrolment, ...]]:
        group = self._group(person)
        kind = self._work[group, person.household.is_coast].draw(self._chance)
        is_known = bool(group) or self._chance() < 0.6
        income = draw(kind.incomes, self._chance) if is_known else None
        enrolments = self._membership.of(person, group, income)
        return self._worker(person, group, kind, income, enrolments), enrolments

    def _group(self, person: Person) -> str:
        nagari = person.household.nagari.code
        if nagari in self._without_head and person.is_head and person.sex is Sex.MALE:
            years = self._as_of.year - person.born_on.year
            if _SERVED_FROM <= years <= _SERVED_TO:
                self._without_head.discard(nagari)
                return "WALI"
        return self._groups[person.sex].draw(self._chance)

    def _worker(
        self, person: Person, group: str, kind: Work, income: int | None, enrolments: tuple[Enrolment, ...]
    ) -> Worker:
        """Of a worker without an income only what a list said is known."""
        chance = self._chance
        household = person.household
        is_known = income is not None
        has_phone = chance() < (0.8 if group else 0.4)
        is_pu = group in ("WALI", "PERANGKAT", "STAF", "BAMUS", "KADER", "KMP")
        spouse_is = "Istri" if person.sex is Sex.MALE else "Suami"
        names_heir = bool(person.spouse) and chance() < 0.3
        is_palm = kind.occupation in self._palm
        has_proof = is_palm and group == "SAWIT" and chance() < 0.8
        title_before, title_after = self._titles(person, group)
        return Worker(
            uid=uid_of(self._as_of - timedelta(days=int(900 * chance())), self._random),
            revision=1,
            nik=person.nik,
            family_card=household.family_card,
            name=person.name,
            title_before=title_before,
            title_after=title_after,
            birth_place=person.birth_place,
            born_on=person.born_on,
            sex=person.sex,
            marital_status=person.marital_status,
            mother_name=person.mother_name if is_known else "",
            address=household.address,
            jorong=household.jorong,
            nagari=household.nagari.code,
            phone=self._phone() if has_phone else "",
            occupation=kind.occupation,
            work_place=kind.place.format(jorong=household.jorong, nagari=household.nagari.name) if is_known else "",
            income=income,
            segment=Segment.PU if is_pu else Segment.BPU,
            source_list=f"Contoh: usulan Nagari {household.nagari.name}",
            source_decile=1 + int(4 * chance()) if group in ("SAWIT", "ASN", "CSR") else None,
            proof_kind="Surat keterangan wali nagari" if has_proof else "",
            proof_number=f"470/{1 + int(400 * chance()):03d}/WN/{self._as_of.year}" if has_proof else "",
            perisai_agent=draw(self._codes, chance) if group == "MANDIRI" and chance() < 0.6 else "",
            heir_name=person.spouse if names_heir else "",
            heir_relation=spouse_is if names_heir else "",
            kpj=next((enrolment.kpj for enrolment in enrolments if enrolment.kpj), ""),
            reasons={"nik_region_foreign": f"Pindah dari {person.came_from}"} if person.came_from else {},
        )

    def _titles(self, person: Person, group: str) -> tuple[str, str]:
        chance = self._chance()
        if chance < 0.03 and person.born_on.year < 1975:
            return ("H." if person.sex is Sex.MALE else "Hj."), ""
        if group in ("WALI", "PERANGKAT", "STAF") and chance > 0.75 and person.born_on.year < 2002:
            return "", draw(("S.Pd.", "S.E.", "S.H.", "S.Sos.", "A.Md.", "S.P."), self._chance)
        return "", ""

    def _phone(self) -> str:
        prefix = draw(("812", "813", "821", "822", "823", "852", "853", "831", "838", "895"), self._chance)
        return f"+62{prefix}{int(10_000_000 + 89_999_999 * self._chance())}"
