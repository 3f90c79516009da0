"""Invented people of the district as a list of them really looks: a few names that very many bear and a long tail of
rare ones, spellings of two centuries, households that share address, card and mother, and twins."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from models.people.nik import compose_nik
from models.people.worker import MaritalStatus, Segment, Sex, Worker

_SAMPLE = Path(__file__).parents[2] / "resources" / "sample"
AS_OF = date(2026, 11, 1)
_OLDEST, _YOUNGEST = 64, 18
_HEAPED = 0.06
"""Of those born before 1985: a birth date that nobody knew was written as the first or last day of a half-year."""
_TWINS = 0.012
"""Births that are two."""

_PEOPLES = ("minang", "mandailing", "javanese")
_MIDDLES = ["ma", "ni", "ri", "za", "mi", "ra", "di", "si", "li", "la", "na", "wi", "fi", "da", "hi"]
_MUHAMMADS = ("Muhammad", 50), ("M.", 22), ("Muhamad", 9), ("Mhd.", 8), ("Mohammad", 5), ("Moh.", 3), ("Muh.", 3)
_OLD_SPELLINGS = ("u", "oe"), ("j", "dj"), ("y", "j"), ("c", "tj")
_WAYS_OF_WRITING = (
    ("z", "s"), ("f", "p"), ("i", "y"), ("sy", "s"), ("kh", "h"), ("ks", "x"), ("v", "f"), ("dh", "d"), ("nn", "n"),
    ("ll", "l"), ("rr", "r"), ("ah", "a"), ("aw", "au"), ("q", "k"), ("th", "t"), ("ii", "i"),
)  # fmt: skip


class Zipf:
    """Words of which the n-th is as common as Zipf's law says."""

    def __init__(self, words: Sequence[str], *, flat: float = 2.0) -> None:
        self.words = list(dict.fromkeys(words))
        self._up_to = list(accumulate((rank + flat) ** -1.15 for rank in range(len(self.words))))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self.words, cum_weights=self._up_to)[0]


class PeopleNames:
    """Names as Minang, Mandailing and Javanese families give them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        rows = _sample("names.csv")
        lists = {(row["people"], row["sex"], row["kind"], row["era"]): row["names"].split() for row in rows}
        self._clans = Zipf(lists["mandailing", "L", "clan", "any"], flat=1)
        self._given: dict[tuple[str, str, bool], Zipf] = {}
        self._seconds: dict[tuple[str, str], Zipf] = {}
        for people in _PEOPLES:
            for sex in "LP":
                starts = lists.get((people, sex, "start", "any")) or lists["minang", sex, "start", "any"][:12]
                ends = lists.get((people, sex, "end", "any")) or lists["minang", sex, "end", "any"][:14]
                rare = [start + end for start in starts for end in ends]
                rarer = [start + middle + end for start in starts for middle in _MIDDLES for end in ends]
                chance.shuffle(rare)
                chance.shuffle(rarer)
                for is_new, era in ((False, "old"), (True, "new")):
                    self._given[people, sex, is_new] = Zipf([*lists[people, sex, "given", era], *rare, *rarer])
                second = lists[people, sex, "second", "any"]
                self._seconds[people, sex] = Zipf([*second, *lists[people, sex, "given", "new"], *rare, *rarer])

    def clan(self, people: str) -> str:
        """A marga where the people has them, most of the time."""
        return self._clans.draw(self._chance) if people == "mandailing" and self._chance.random() < 0.88 else ""

    def name(self, people: str, sex: Sex, born_in: int, clan: str) -> str:
        """A name as on a KTP: one to five words, `clan` last."""
        pick = self._chance.random
        is_new = born_in >= 1978 or pick() < 0.1
        given = self._given[people, sex, is_new]
        words = [given.draw(self._chance)]
        length = pick()
        if length > (0.1 if is_new else 0.58):
            words.append(self._seconds[people, sex].draw(self._chance))
        if length > (0.74 if is_new else 0.96):
            words.append(self._seconds[people, sex].draw(self._chance))
        words = list(dict.fromkeys(words))
        words = self._with_front(words, sex, is_new)
        if clan:
            words.append(clan)
        elif pick() < 0.004:
            words += ["bin" if sex is Sex.MALE else "binti", given.draw(self._chance)]
        return " ".join(self._written(word, is_new) for word in words)

    def like(self, name: str) -> str:
        """What parents call the other twin: half of them nearly the same."""
        words = name.split()
        place = 0 if len(words[0]) > 2 else len(words) - 1
        letters = list(words[place])
        at = self._chance.randrange(len(letters) - 1, max(0, len(letters) - 4), -1) if len(letters) > 1 else 0
        letters[at] = self._chance.choice("aiueonrl")
        words[place] = "".join(letters)
        return " ".join(words)

    def _with_front(self, words: list[str], sex: Sex, is_new: bool) -> list[str]:
        pick = self._chance.random()
        if sex is Sex.MALE:
            if pick < (0.13 if is_new else 0.03) and words[0] not in ("Muhammad", "Ahmad"):
                fronts, weights = zip(*_MUHAMMADS, strict=True)
                return [self._chance.choices(fronts, weights)[0], *words]
            if pick > 0.98:
                return ["Abdul", *words]
        elif pick < 0.05 and words[0] != "Siti":
            return ["Siti", *words]
        elif pick > 0.97:
            return ["Nur", *words]
        return words

    def _written(self, word: str, is_new: bool) -> str:
        """The word as this family writes it."""
        pick = self._chance.random()
        if not is_new and pick < 0.02:
            return respelled(word, _OLD_SPELLINGS, self._chance)
        return respelled(word, _WAYS_OF_WRITING, self._chance) if pick > 0.94 else word


def respelled(word: str, ways: Sequence[tuple[str, str]], chance: random.Random) -> str:
    """The word with one of the ways of writing applied, in either direction; unchanged where none fits."""
    lower = word.lower()
    fitting = [(a, b, a == "l" or a in "rn") for one, other in ways for a, b in ((one, other), (other, one))]
    fitting = [(a, b, inside) for a, b, inside in fitting if a in lower[inside:]]
    if not fitting:
        return word
    one, other, inside = chance.choice(fitting)
    changed = lower[:inside] + lower[inside:].replace(one, other, 1)
    return changed[:1].upper() + changed[1:]


def otherwise_written(name: str, chance: random.Random) -> str:
    """The name in another spelling (Yusuf, Jusuf; Rizki, Risky); unchanged where there is none."""
    words = name.split()
    places = list(range(len(words)))
    chance.shuffle(places)
    for place in places:
        for ways in (_WAYS_OF_WRITING, _OLD_SPELLINGS):
            changed = respelled(words[place], ways, chance)
            if changed != words[place]:
                return " ".join([*words[:place], changed, *words[place + 1 :]])
    return name


def people(
    count: int, seed: int, nagari: Sequence[tuple[str, str, float]], *, as_of: date = AS_OF
) -> Iterator[Worker]:
    """So many workers in households; `nagari` are code, name and weight. The same for the same arguments."""
    households = _Households(random.Random(seed), nagari, as_of)
    made = 0
    while made < count:
        for worker in households.next():
            yield worker
            made += 1
            if made == count:
                return


class _Households:
    def __init__(self, chance: random.Random, nagari: Sequence[tuple[str, str, float]], as_of: date) -> None:
        self._chance = chance
        self._names = PeopleNames(chance)
        self._nagari = [(code, name) for code, name, _ in nagari]
        self._up_to = list(accumulate(weight for _, _, weight in nagari))
        self._as_of = as_of
        self._peoples = {
            row["code"]: list(accumulate(float(row[people]) for people in _PEOPLES))
            for row in _sample("kecamatan.csv")
        }
        places = {row["kind"]: row["texts"].split(";") for row in _sample("places.csv")}
        self._jorong, self._streets = places["jorong"], places["street"]
        self._elsewhere = [text.split("=") for text in places["elsewhere"]]
        self._serials: dict[tuple[str, date, str], int] = {}

    def next(self) -> list[Worker]:
        """The members of working age of one more family."""
        pick = self._chance.random
        code, nagari = self._chance.choices(self._nagari, cum_weights=self._up_to)[0]
        peoples = self._peoples.get(code[:8], [1.0, 2.0, 3.0])
        people = self._chance.choices(_PEOPLES, cum_weights=peoples)[0]
        jorong = self._jorong[(int(code[-4:]) * 7 + int(pick() * 6) * 11) % len(self._jorong)]
        home = Worker(
            family_card=self._card(code[:8]),
            address=f"{self._chance.choice(self._streets)}, RT {1 + int(pick() * 6):03d}" if pick() < 0.6 else "",
            jorong=jorong,
            nagari=code,
            birth_place=nagari,
        )
        clan = self._names.clan(people)
        head_age = _YOUNGEST + 3 + 43 * (pick() + pick()) / 2
        head_sex = Sex.MALE if pick() < 0.9 else Sex.FEMALE
        members = [self._member(home, people, head_sex, self._born(head_age), clan, "")]
        mother, mother_age = members[0].name, head_age
        if head_sex is Sex.MALE and pick() > (0.55 if head_age < 26 else 0.1):
            mother_age = max(_YOUNGEST + 0.5, head_age - 7 * pick())
            wife = self._member(home, people, Sex.FEMALE, self._born(mother_age), self._names.clan(people), "")
            mother = wife.name
            if pick() < 0.8:  # others do not work outside the house
                members.append(wife)
        oldest = min(mother_age - 19, 34.0)
        while oldest > _YOUNGEST + 1 and pick() < 0.5:
            age = _YOUNGEST + 0.1 + (oldest - _YOUNGEST - 0.1) * pick()
            oldest = age - 1.5
            sex = Sex.MALE if pick() < 0.53 else Sex.FEMALE
            child = self._member(home, people, sex, self._born(age), clan, mother)
            members.append(child)
            if pick() < _TWINS:
                assert child.born_on is not None
                twin_sex = sex if pick() < 0.67 else (Sex.FEMALE if sex is Sex.MALE else Sex.MALE)
                twin = self._member(home, people, twin_sex, child.born_on, clan, mother)
                if twin_sex is sex and pick() < 0.5:
                    name = self._names.like(child.name)
                    twin = replace(twin, name=name if name != child.name else twin.name)
                members.append(twin)
        return members

    def _member(self, home: Worker, people: str, sex: Sex, born_on: date, clan: str, mother: str) -> Worker:
        pick = self._chance.random
        kecamatan, place = home.nagari[:8], home.birth_place
        where = pick()
        if where < 0.04:
            kecamatan, place = self._chance.choice(self._elsewhere)
        elif where < 0.3:
            _, place = self._chance.choices(self._nagari, cum_weights=self._up_to)[0]
        elif where < 0.5:
            place = "Pasaman Barat" if born_on.year > 2003 or pick() < 0.5 else "Pasaman"
        if not mother:
            mother = self._names.name(people, Sex.FEMALE, born_on.year - 27, self._names.clan(people))
        return Worker(
            nik=compose_nik(kecamatan, born_on, sex, self._serial(kecamatan, born_on, sex)),
            family_card=home.family_card,
            name=self._names.name(people, sex, born_on.year, clan),
            birth_place=place,
            born_on=born_on,
            sex=sex,
            marital_status=MaritalStatus.MARRIED if pick() < 0.7 else MaritalStatus.SINGLE,
            mother_name=mother if pick() < 0.94 else "",
            address=home.address,
            jorong=home.jorong,
            nagari=home.nagari,
            occupation="1",
            segment=Segment.BPU,
        )

    def _born(self, age: float) -> date:
        youngest = _YOUNGEST + 0.02 + self._chance.random()
        born = self._as_of - timedelta(days=int(min(max(age, youngest), _OLDEST + 0.9) * 365.24))
        if born.year < 1985 and self._chance.random() < _HEAPED:
            month, day = self._chance.choice(((1, 1), (12, 31), (7, 1), (1, 1)))
            return born.replace(month=month, day=day)
        return born

    def _card(self, kecamatan: str) -> str:
        issued = date(2010, 1, 1) + timedelta(days=int(self._chance.random() * 6_000))
        serial = self._serial(kecamatan, issued, "KK")
        return f"{kecamatan.replace('.', '')}{issued:%d%m%y}{serial:04d}"

    def _serial(self, kecamatan: str, day: date, kind: str) -> int:
        key = (kecamatan, day, kind)
        self._serials[key] = number = self._serials.get(key, 0) + 1
        return number


def _sample(file: str) -> list[dict[str, str]]:
    with (_SAMPLE / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
