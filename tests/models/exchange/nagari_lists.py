"""Lists as nagari offices make them, and the mistakes that such lists contain, each put where a test knows it."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from models.offices.region import Region
from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Sex
from models.sample.families import Families, Person
from models.sample.stock import Places
from tests.factories import TODAY

RESOURCES = Path(__file__).parents[3] / "resources"
KAJAI = "13.12.04.2001"
HEADINGS = {
    "no": "No",
    "nik": "NIK",
    "family_card": "No. KK",
    "name": "Nama Lengkap",
    "birth_place": "Tempat Lahir",
    "born_on": "Tanggal Lahir",
    "sex": "L/P",
    "mother_name": "Nama Ibu Kandung",
    "address": "Alamat",
    "jorong": "Jorong",
    "nagari": "Nagari",
    "kecamatan": "Kecamatan",
    "phone": "No. HP",
    "occupation": "Pekerjaan",
    "income": "Penghasilan",
    "marital_status": "Status Kawin",
    "work_place": "Tempat Bekerja",
    "postcode": "Kode Pos",
    "proof_number": "No. Surat Keterangan",
    "note": "Keterangan",
}
"""Field -> heading, in the order of a list; the last four only in a wide one."""
NARROW = 16
_MARITAL = {
    MaritalStatus.SINGLE: "Belum Kawin",
    MaritalStatus.MARRIED: "Kawin",
    MaritalStatus.DIVORCED: "Cerai Hidup",
    MaritalStatus.WIDOWED: "Cerai Mati",
}
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


@dataclass(slots=True)
class NagariList:
    """Rows as they will stand in a sheet: texts, and numbers and dates where a test puts them."""

    fields: list[str]
    headings: list[str]
    rows: list[list[Any]]
    titles: list[str] = field(default_factory=list)
    mistakes: list[tuple[int, str, int, str]] = field(default_factory=list)
    """Number of the mistake, its variant, place, field."""

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> int:
        return self.fields.index(name)

    def get(self, place: int, name: str) -> Any:
        return self.rows[place][self.column(name)]

    def put(self, place: int, name: str, value: Any) -> None:
        self.rows[place][self.column(name)] = value

    def born_on(self, place: int) -> date:
        day, month, year = map(int, self.get(place, "born_on").split("/"))
        return date(year, month, day)


def nagari_list(
    count: int = 20,
    seed: int = 1,
    *,
    nagari: str | None = KAJAI,
    is_wide: bool = False,
    first: int = 0,
) -> NagariList:
    """So many people without any mistake, everything as text, dates as ``31/12/1980``; the same seed, the same people.

    `nagari` None spreads them over the whole district; `first` leaves out as many people before.
    """
    chance = random.Random(f"{seed} rest").random
    names = _nagari_names()
    regions = tuple(Region(code, name) for code, name in names.items() if nagari in (None, code))
    families = Families(regions, {}, Places(), TODAY, random.Random(seed).random)
    work = [row["name"] for row in _csv("occupations/occupations.csv") if row["kind"] == "palm"]
    fields = list(HEADINGS)[: None if is_wide else NARROW]
    sound = (person for person in families.persons() if not person.came_from and _is_usual_age(person))
    rows = [
        _row(number, person, names, work, chance)[: len(fields)]
        for number, person in enumerate(islice(sound, first, first + count), 1)
    ]
    where = regions[0].name.upper() if nagari else "SE-KABUPATEN PASAMAN BARAT"
    titles = ["DAFTAR USULAN PEKERJA RENTAN PENERIMA BANTUAN IURAN", f"NAGARI {where}", "TAHUN 2026"]
    return NagariList(fields, [HEADINGS[name] for name in fields], rows, titles)


def _is_usual_age(person: Person) -> bool:
    return 19 * 365.25 < (TODAY - person.born_on).days < 63 * 365.25


def _row(
    number: int, person: Person, names: dict[str, str], work: list[str], chance: Callable[[], float]
) -> list[Any]:
    household = person.household
    kecamatan = _kecamatan_names()[household.nagari.parent]
    return [
        str(number),
        person.nik,
        household.family_card,
        person.name.upper() if number % 3 else person.name,
        person.birth_place,
        f"{person.born_on:%d/%m/%Y}",
        "L" if person.sex is Sex.MALE else "P",
        person.mother_name,
        household.address,
        household.jorong,
        names[household.nagari.code],
        kecamatan,
        f"08{('12', '13', '52', '53', '22')[number % 5]}{10_000_000 + int(89_999_999 * chance())}",
        work[int(chance() * len(work))],
        str(700_000 + 50_000 * int(8 * chance())),
        _MARITAL[person.marital_status],
        f"Kebun sawit {household.jorong}",
        "26368",
        f"470/{number:04d}/WN/2026",
        "",
    ]


@cache
def _nagari_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _csv("regions/villages_1312.csv")}


@cache
def _kecamatan_names() -> dict[str, str]:
    return {row["district_code"]: row["district_name"] for row in _csv("regions/villages_1312.csv")}


def _csv(file: str) -> list[dict[str, str]]:
    with (RESOURCES / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# The mistakes, numbered as lists are known to contain them. Each changes one row and returns the field that is wrong.


def _nik_became_a_number(people: NagariList, place: int, variant: str) -> str:
    """``text``: 1,31203E+15 as it was copied; ``number``: a number cell that says no more."""
    nik = people.get(place, "nik")
    rounded = f"{nik[0]},{nik[1:6]}E+15"
    people.put(place, "nik", rounded if variant == "text" else float(rounded.replace(",", ".")))
    return "nik"


def _nik_was_cut(people: NagariList, place: int, variant: str) -> str:
    """A number cell whose sixteenth digit a spreadsheet made 0; ``text``: the same copied as text."""
    cut = people.get(place, "nik")[:15] + "0"
    people.put(place, "nik", cut if variant == "text" else int(cut))
    return "nik"


def _nik_is_mistyped(people: NagariList, place: int, variant: str) -> str:
    nik = people.get(place, "nik")
    mistyped = {
        "short": nik[:15],
        "long": nik + "7",
        "letter": nik[:12] + "O" + nik[13:],
        "spaces": f"{nik[:6]} {nik[6:12]} {nik[12:]}",
        "dots": f"{nik[:4]}.{nik[4:12]}.{nik[12:]}",
        "apostrophe": "'" + nik,
        "nothing": "",
        "serial": nik[:12] + "0000",
    }
    people.put(place, "nik", mistyped[variant])
    return "nik"


def _family_card_as_nik(people: NagariList, place: int, variant: str) -> str:
    people.put(place, "nik", people.get(place, "family_card"))
    return "nik"


def _nik_disagrees(people: NagariList, place: int, variant: str) -> str:
    if variant == "sex":
        people.put(place, "sex", "P" if people.get(place, "sex") == "L" else "L")
        return "sex"
    people.put(place, "born_on", f"{people.born_on(place) + timedelta(days=400):%d/%m/%Y}")
    return "born_on"


def _zero_lost(people: NagariList, place: int, variant: str) -> str:
    phone = people.get(place, "phone").removeprefix("0")
    people.put(place, "phone", phone if variant == "text" else int(phone))
    return "phone"


def _date_is_odd(people: NagariList, place: int, variant: str) -> str:
    born = people.born_on(place)
    if variant == "swapped":  # day and month may both be a month, and the NIK says which is which
        born = born.replace(day=3 + place % 5, month=9 + place % 4)
        _born(people, place, born)
    if variant == "american":  # its day can be no month
        born = born.replace(day=13 + place % 15)
        _born(people, place, born)
    odd = {
        "american": f"{born:%m/%d/%Y}",
        "swapped": f"{born:%m/%d/%Y}",
        "iso": f"{born:%Y-%m-%d}",
        "words": f"{born.day} {_MONTHS[born.month - 1]} {born.year}",
        "date": born,
        "serial": (born - date(1899, 12, 30)).days,
        "serial_text": str((born - date(1899, 12, 30)).days),
        "default": date(1900, 1, 1),
        "impossible": "31/02/1985",
        "nothing": "",
    }
    people.put(place, "born_on", odd[variant])
    return "born_on"


def _century(people: NagariList, place: int, variant: str) -> str:
    """``two_digits``: 58; ``future``: 2058."""
    day, month, year = people.get(place, "born_on").split("/")
    people.put(place, "born_on", f"{day}/{month}/{year[2:] if variant == 'two_digits' else '20' + year[2:]}")
    return "born_on"


def _twice(people: NagariList, place: int, variant: str) -> str:
    """The person before once more; ``typed_otherwise``: under a NIK with another last digit."""
    number = people.get(place, "no")
    people.rows[place] = list(people.rows[place - 1])
    people.put(place, "no", number)
    if variant == "typed_otherwise":
        nik = people.get(place, "nik")
        people.put(place, "nik", nik[:-1] + str((int(nik[-1]) + 1) % 10))
    return "nik"


def _other_programme(people: NagariList, place: int, variant: str) -> str:
    """The row itself is sound: the test registers the person under another programme beforehand."""
    return "nik"


def _wrong_age(people: NagariList, place: int, variant: str) -> str:
    days = {"young": int(16.5 * 365.25), "old": int(66 * 365.25), "turns_65": int(65 * 365.25) - 40}[variant]
    _born(people, place, TODAY - timedelta(days=days))
    return "born_on"


def _odd_name(people: NagariList, place: int, variant: str) -> str:
    name = people.get(place, "name")
    odd = {
        "titles": f"Dt. H. {name}, S.Pd",
        "alias": f"{name} alias Ujang",
        "bin": f"{name} bin Amat",
        "spaces": f"  {name}   ",
        "digits": f"{name} 2",
        "dead": f"Alm. {name}",
        "nothing": "",
    }
    people.put(place, "name", odd[variant])
    return "name"


def _shifted(people: NagariList, place: int, variant: str) -> str:
    """Every cell after the name stands one column to the right."""
    start = people.column("birth_place")
    people.rows[place] = [*people.rows[place][:start], "", *people.rows[place][start:-1]]
    return "birth_place"


def _nagari_is_odd(people: NagariList, place: int, variant: str) -> str:
    odd = {"misspelt": "Kajay", "elsewhere": "Batahan", "old": "Lingkuang Aua", "unknown": "Nagari Antah Berantah"}
    people.put(place, "nagari", odd[variant])
    return "nagari"


def _money_as_text(people: NagariList, place: int, variant: str) -> str:
    odd = {"rupiah": "Rp 1.000.000,-", "commas": "1,000,000", "number": 1_000_000, "words": "satu juta"}
    people.put(place, "income", odd[variant])
    return "income"


MISTAKES: dict[int, tuple[Callable[[NagariList, int, str], str], tuple[str, ...]]] = {
    1: (_nik_became_a_number, ("text", "number")),
    2: (_nik_was_cut, ("number", "text")),
    3: (_nik_is_mistyped, ("short", "long", "letter", "spaces", "dots", "apostrophe", "nothing", "serial")),
    4: (_family_card_as_nik, ("",)),
    5: (_nik_disagrees, ("sex", "date")),
    6: (_zero_lost, ("number", "text")),
    7: (
        _date_is_odd,
        ("american", "swapped", "iso", "words", "date", "serial", "serial_text", "default", "impossible", "nothing"),
    ),
    8: (_century, ("future", "two_digits")),
    9: (_twice, ("same_nik", "typed_otherwise")),
    10: (_other_programme, ("",)),
    11: (_wrong_age, ("young", "old", "turns_65")),
    12: (_odd_name, ("titles", "alias", "bin", "spaces", "digits", "dead", "nothing")),
    13: (_shifted, ("",)),
    14: (_nagari_is_odd, ("misspelt", "elsewhere", "old", "unknown")),
    15: (_money_as_text, ("rupiah", "commas", "number", "words")),
}
"""Number -> what makes it, and its variants, the plainest first. Some variants are no mistake but an odd form that
has to be read all the same (a NIK with spaces, a date in words)."""


def spoil(people: NagariList, number: int, place: int, variant: str = "") -> str:
    """Makes one of the fifteen mistakes in one row and notes it in `people.mistakes`; the field that is wrong."""
    make, variants = MISTAKES[number]
    chosen = variant or variants[0]
    wrong = make(people, place, chosen)
    people.mistakes.append((number, chosen, place, wrong))
    return wrong


def swap_columns(people: NagariList, one: str, other: str) -> None:
    """The cells of two columns change places under headings that stay: a whole list filled in wrongly."""
    a, b = people.column(one), people.column(other)
    for row in people.rows:
        row[a], row[b] = row[b], row[a]


def cut_every_nik(people: NagariList) -> None:
    """Every NIK a number cell without its sixteenth digit, as a spreadsheet leaves a column that was typed into it."""
    for place in range(len(people)):
        spoil(people, 2, place)


def _born(people: NagariList, place: int, born_on: date) -> None:
    """Another birth date, with the NIK that goes with it."""
    nik = people.get(place, "nik")
    sex = Sex.MALE if people.get(place, "sex") == "L" else Sex.FEMALE
    kecamatan = f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}"
    people.put(place, "nik", compose_nik(kecamatan, born_on, sex, int(nik[12:])))
    people.put(place, "born_on", f"{born_on:%d/%m/%Y}")
