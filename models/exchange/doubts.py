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
    if niks is not None and len(niks):
        digits = _in_a_row(niks)
        found.update(_odd_origins(values, digits))
        if values.mapping.purpose is not Purpose.WORKERS:
            found.update(place for place, nik in enumerate(niks) if not nik)
        else:
            found.update(_odd_dates(values, niks, digits))
            found.update(_like_the_nik(values, niks, digits))
    names, mothers = values.folded.get("name"), values.folded.get("mother_name")
    if names is not None and mothers is not None:
        found.update([place for place, (one, other) in enumerate(zip(names, mothers, strict=True)) if one == other])
    return found | doubtful_fees(values)


_LENGTH = 16
_WOMEN = str.maketrans("4567", "0123")
"""First digit of a woman's day -> of the day."""
_SEX = str.maketrans("01234567", "LLLLPPPP")
"""First digit of the day -> sex."""


def _in_a_row(numbers: list[Stored]) -> str:
    """Numbers of 16 digits as one text, so that ``[6::16]`` is the seventh digit of each; ``?`` where there is none."""
    texts: list[str] = numbers  # type: ignore[assignment]
    joined = "".join(texts)
    return joined if len(joined) == _LENGTH * len(texts) else "".join([text or "?" * _LENGTH for text in texts])


def _odd_origins(values: ListValues, digits: str) -> list[int]:
    """NIK of another regency, of an unknown kecamatan, or without a serial."""
    origins = [digits[start : start + 6] for start in range(0, len(digits), _LENGTH)]
    is_usual = values.readers.is_usual_origin
    unusual = {origin for origin in set(origins) if origin[0] != "?" and not is_usual(origin)}
    odd = [place for place, origin in enumerate(origins) if origin in unusual] if unusual else []
    at = digits.find("0000")
    while at >= 0:
        if at % _LENGTH == 12:
            odd.append(at // _LENGTH)
        at = digits.find("0000", at + 1)
    return odd


def _odd_dates(values: ListValues, niks: list[Stored], digits: str) -> set[int]:
    """NIK whose digits 7 to 12 are not surely the birth date and sex of the row."""
    days, sexes = values.values.get("born_on"), values.values.get("sex")
    if days is None:
        return set(_undated(values, niks, sexes))  # type: ignore[arg-type]
    born = "".join([str(day) if day else "????-??-??" for day in days])
    tens = digits[6::_LENGTH]
    pairs = [
        (tens.translate(_WOMEN), born[8::10]),
        (digits[7::_LENGTH], born[9::10]),
        (digits[8::_LENGTH], born[5::10]),
        (digits[9::_LENGTH], born[6::10]),
        (digits[10::_LENGTH], born[2::10]),
        (digits[11::_LENGTH], born[3::10]),
    ]
    if sexes is not None:
        pairs.append((tens.translate(_SEX), "".join([str(sex) if sex else "?" for sex in sexes])))
    return {
        place
        for said, written in pairs
        if said != written
        for place, (one, other) in enumerate(zip(said, written, strict=True))
        if one != other
    }


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


def _like_the_nik(values: ListValues, niks: list[Stored], digits: str) -> Iterator[int]:
    """Family cards that carry the birth date of the NIK, and heirs who are the worker."""
    cards = values.values.get("family_card")
    if cards is not None:
        others = _in_a_row(cards)
        differing = 0
        for at in range(6, 12):
            differing |= _number(digits[at::_LENGTH]) ^ _number(others[at::_LENGTH])
        rows = differing.to_bytes(len(niks), "little")
        place = rows.find(0)
        while place >= 0:
            yield place
            place = rows.find(0, place + 1)
    heirs = values.values.get("heir_nik")
    if heirs is not None:
        yield from [place for place, (heir, nik) in enumerate(zip(heirs, niks, strict=True)) if heir and heir == nik]


def _number(text: str) -> int:
    """The characters of a text as the bytes of one number, so that many are compared at once."""
    return int.from_bytes(text.encode("ascii"), "little")
