"""Rows that are not surely in order because two of their cells do not surely fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from models.exchange.fees import doubtful_fees
from models.exchange.list_values import ListValues
from models.exchange.mapping import Purpose
from models.exchange.values import Stored
from models.people.nik import parse_nik


def doubtful_pairs(values: ListValues) -> set[int]:
    """Places where NIK, birth date, sex, family card, names or amounts may contradict each other.

    Each test is over at a glance for nearly every row; whatever it does not surely pass is asked by the full rules.
    """
    found: set[int] = set()
    niks = values.values.get("nik")
    if niks is not None:
        found.update(_odd_origins(values, niks))
        if values.mapping.purpose is Purpose.WORKERS:
            found.update(_odd_dates(values, niks))
            found.update(_like_the_nik(values, niks))
        else:
            found.update(place for place, nik in enumerate(niks) if not nik)
    names, mothers = values.folded.get("name"), values.folded.get("mother_name")
    if names is not None and mothers is not None:
        found.update([place for place, (one, other) in enumerate(zip(names, mothers, strict=True)) if one == other])
    return found | doubtful_fees(values)


def _odd_origins(values: ListValues, niks: list[Stored]) -> list[int]:
    """NIK of another regency, of an unknown kecamatan, or without a serial."""
    is_usual = values.readers.is_usual_origin
    texts: list[str] = niks  # type: ignore[assignment]
    known = {nik[:6] for nik in texts}
    odd = {digits for digits in known if not digits or not is_usual(digits)}
    if odd:
        return [place for place, nik in enumerate(texts) if nik[:6] in odd or nik[12:] == "0000"]
    return [place for place, nik in enumerate(texts) if nik[12:] == "0000"]


def _odd_dates(values: ListValues, niks: list[Stored]) -> list[int]:
    """NIK whose digits 7 to 12 are not surely the birth date and sex of the row."""
    texts: list[str] = niks  # type: ignore[assignment]
    days, sexes = values.values.get("born_on"), values.values.get("sex")
    if days is None:
        return _undated(values, texts, sexes)
    usual = values.readers.judge("born_on")
    fitting: dict[Stored, tuple[str, str]] = {day: _digits_of(day) for day in set(days) if day and usual(day)}
    if sexes is None:
        nothing = ("", "")
        return [
            place
            for place, (nik, day) in enumerate(zip(texts, days, strict=True))
            if nik[6:12] not in fitting.get(day, nothing)
        ]
    of_sex: dict[Stored, _Digits] = {
        "L": _Digits({day: digits[0] for day, digits in fitting.items()}),
        "P": _Digits({day: digits[1] for day, digits in fitting.items()}),
    }
    of_sex |= {sex: _Digits() for sex in set(sexes) - {"L", "P"}}
    return [
        place
        for place, (nik, day, sex) in enumerate(zip(texts, days, sexes, strict=True))
        if of_sex[sex][day] != nik[6:12]
    ]


class _Digits(dict[Stored, str]):
    """Birth date -> digits; none of another date."""

    def __missing__(self, _day: Stored) -> str:
        return "?"


def _undated(values: ListValues, texts: list[str], sexes: list[Stored] | None) -> list[int]:
    """Without birth dates: digits that are no date, or of the other sex."""
    today = values.context.today
    sex_of: dict[str, str] = {}
    for nik in texts:
        digits = nik[6:12]
        if digits not in sex_of:
            read = parse_nik(f"131201{digits}0001", today)[0] if digits else None
            sex_of[digits] = read.sex.value if read else ""
    if sexes is None:
        return [place for place, nik in enumerate(texts) if not sex_of[nik[6:12]]]
    return [
        place
        for place, (nik, sex) in enumerate(zip(texts, sexes, strict=True))
        if sex_of[nik[6:12]] != sex or not sex
    ]


def _digits_of(iso: Stored) -> tuple[str, str]:
    """How a man's and a woman's NIK write the birth date."""
    text = str(iso)
    day, rest = text[8:], text[5:7] + text[2:4]
    return day + rest, str(int(day) + 40) + rest


def _like_the_nik(values: ListValues, niks: list[Stored]) -> Iterator[int]:
    """Family cards that carry the birth date of the NIK, and heirs who are the worker."""
    cards = values.values.get("family_card")
    if cards is not None:
        yield from [
            place
            for place, (card, nik) in enumerate(zip(cards, niks, strict=True))
            if card and card[6:12] == nik[6:12]  # type: ignore[index]
        ]
    heirs = values.values.get("heir_nik")
    if heirs is not None:
        yield from [place for place, (heir, nik) in enumerate(zip(heirs, niks, strict=True)) if heir and heir == nik]
