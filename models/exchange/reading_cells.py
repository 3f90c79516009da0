"""How the cells of each field are read, and which stored values are surely right, by one office's words and limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeGuard

from models.exchange.cells import Cell, text_of
from models.exchange.context import CheckContext
from models.exchange.fields import Content, field_named, vocabulary_of, words
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.places import Places
from models.exchange.quick_columns import odd_numbers, quick_phones
from models.exchange.values import (
    DateReader,
    Read,
    Stored,
    Vocabulary,
    cleaned,
    error_of,
    number_cell_problem,
    read_count,
    read_money,
    read_rt_rw,
    split_birth,
)
from models.language import N_
from models.people.email import parse_email
from models.people.family_card import WHAT, parse_family_card
from models.people.kpj import parse_kpj
from models.people.names import fold
from models.people.nik import parse_nik
from models.people.nip import parse_nip
from models.people.phone import parse_phone
from models.people.rules import HIGHEST_USUAL_INCOME, LOWEST_USUAL_INCOME, OLDEST
from models.people.worker import MaritalStatus, Segment, Sex
from models.problems import Level, Problem
from models.values.dates import year_within_century
from models.values.digits import is_digits, strip_separators

_PLAIN_TEXT = re.compile(r"(?!-)(?=.{10}|[0-9])(?:[A-Za-z0-9./-]+ )*[A-Za-z0-9./-]*[A-Za-z0-9]")
"""Text that `cleaned` leaves as it is; shorter ones may be words for nothing."""
_ZERO_IS_NOTHING = frozenset({Content.PHONE, Content.EMAIL, Content.POSTCODE, Content.KPJ, Content.FAMILY_CARD})
_NONE_WHERE_UNKNOWN = frozenset({Content.DATE, Content.MONEY, Content.COUNT, Content.WORD})
_POSTCODE = re.compile(r"[1-9][0-9]{4}")


class Readers:
    """One reader and one judge for each field."""

    def __init__(self, mapping: ColumnMapping, context: CheckContext) -> None:
        self._mapping = mapping
        self._context = context
        self._is_workers = mapping.purpose is Purpose.WORKERS
        self.places = Places(
            context, mapping.translations.get("nagari", {}), mapping.translations.get("kecamatan", {})
        )
        self._vocabularies: dict[str, Vocabulary] = {}

    # Reading

    def reader(self, name: str, is_american: bool) -> Callable[[Cell], Read]:
        """What reads the cells of a field, but for names and what one column says of two fields."""
        content = field_named(name).content
        read = self._reader(name, content, is_american)
        nothing = None if content in _NONE_WHERE_UNKNOWN and name != "occupation" else ""

        def read_or_refuse(cell: Cell) -> Read:
            problem = error_of(cell, name)
            return read(cell) if problem is None else Read(nothing, problem)

        return read_or_refuse

    def text(self, cell: Cell) -> str:
        """A free text with single spaces."""
        return cell if self.is_plain_text(cell) else cleaned(cell)

    def is_plain_text(self, cell: Cell) -> TypeGuard[str]:
        """Whether a cell is surely a text that stays as it is."""
        return isinstance(cell, str) and _PLAIN_TEXT.fullmatch(cell) is not None

    def nagari(self, cell: Cell, kecamatan: str) -> Read:
        """The code of a nagari, with the code of the row's kecamatan where it has one."""
        problem = error_of(cell, "nagari")
        return self.places.nagari(cell, kecamatan) if problem is None else Read("", problem)

    def birth(self, cell: Cell) -> tuple[Read, Read]:
        """Place and date of one cell."""
        if not isinstance(cell, str):
            return Read(""), DateReader("born_on", self._context.today).read(cell)
        place, day = split_birth(cleaned(cell))
        return Read(place), DateReader("born_on", self._context.today).read(day)

    def quick_column(self, name: str, cells: Sequence[Cell]) -> tuple[list[Stored], list[int]] | None:
        """The stored values of a column of long numbers or phones, and the places that have to be read one by one.

        None for a column of other contents. What is not named is in order, as far as the cell alone can be.
        """
        content = field_named(name).content
        if content is Content.PHONE:
            return quick_phones(cells)
        if content not in (Content.NIK, Content.FAMILY_CARD):
            return None
        odd = odd_numbers(cells)
        values: list[Stored] = [*cells]  # type: ignore[list-item]
        if content is Content.FAMILY_CARD:
            odd = sorted({*odd, *self._unusual_cards(values, set(odd))})
        return values, odd

    def _unusual_cards(self, cards: list[Stored], known: set[int]) -> list[int]:
        texts = [card if place not in known else "" for place, card in enumerate(cards)] if known else cards
        days = {card[6:12] for card in texts}  # type: ignore[index]
        origins = {card[:6] for card in texts}  # type: ignore[index]
        wrong_days = {day for day in days if day and not self._is_day(day)}
        wrong_origins = {origin for origin in origins if origin and not self._is_usual_card_origin(origin)}
        if not wrong_days and not wrong_origins:
            return []
        return [
            place
            for place, card in enumerate(texts)
            if card[6:12] in wrong_days or card[:6] in wrong_origins  # type: ignore[index]
        ]

    def vocabulary(self, name: str) -> Vocabulary:
        """The words of a field of few words."""
        if name not in self._vocabularies:
            self._vocabularies[name] = self._words_of(name)
        return self._vocabularies[name]

    def _reader(self, name: str, content: Content, is_american: bool) -> Callable[[Cell], Read]:
        match content:
            case Content.NIK | Content.FAMILY_CARD | Content.PHONE | Content.EMAIL | Content.POSTCODE | Content.KPJ:
                return lambda cell: self._read_number(name, content, cell)
            case Content.NIP:
                return lambda cell: self._read_nip(name, cell)
            case Content.DATE:
                return DateReader(name, self._context.today, is_american).read
            case Content.MONEY:
                return lambda cell: read_money(name, cell)
            case Content.COUNT:
                return lambda cell: read_count(name, cell)
            case Content.RT_RW:
                return lambda cell: read_rt_rw(name, cell)
            case Content.NAGARI:
                return lambda cell: self.places.nagari(cell, "")
            case Content.KECAMATAN:
                return self.places.kecamatan
            case Content.WORD:
                return self._word_reader(name)
            case _:
                return lambda cell: Read(self.text(cell))

    def _read_number(self, name: str, content: Content, cell: Cell) -> Read:
        """Numbers whose faults the rules of the worker name: here they are only read."""
        if content in (Content.NIK, Content.FAMILY_CARD):
            what = "NIK" if content is Content.NIK else WHAT
            problem = number_cell_problem(cell, name, what, 16)
            if problem is not None:
                whole = text_of(cell) if problem.level is Level.WARNING else ""
                return Read(whole, problem)
        text = written(name, cell)
        if not text:
            return Read("")
        match content:
            case Content.NIK:
                stored = nik.digits if (nik := parse_nik(text, self._context.today)[0]) else ""
            case Content.FAMILY_CARD:
                stored = card.digits if (card := parse_family_card(text, self._context.today)[0]) else ""
            case Content.PHONE:
                bare = strip_separators(text)
                if len(bare) == 16 and is_digits(bare):
                    message = N_(
                        "These are 16 digits, as of a NIK or a family card, and no phone number. Look whether the "
                        "columns of this row have moved."
                    )
                    return Read("", Problem(name, "phone_is_nik", message))
                stored = parse_phone(text)[0] or ""
                note = "phone_zero" if stored and bare.startswith("8") else ""
                return Read(stored, note=note, is_doubtful=not stored)
            case Content.EMAIL:
                stored = parse_email(text)[0] or ""
            case Content.KPJ:
                stored = parse_kpj(text)[0] or ""
            case _:
                stored = text.strip() if _POSTCODE.fullmatch(text.strip()) else ""
        return Read(stored, is_doubtful=not stored)

    def _read_nip(self, name: str, cell: Cell) -> Read:
        problem = number_cell_problem(cell, name, "NIP", 18)
        if problem is not None:
            return Read("", problem)
        text = cleaned(cell)
        nip, problems = parse_nip(text, self._context.today, field=name)
        return Read(nip.digits if nip else "", problems[0] if problems else None)

    def _word_reader(self, name: str) -> Callable[[Cell], Read]:
        vocabulary = self.vocabulary(name)
        if name != "occupation":
            return lambda cell: vocabulary.read(cleaned(cell))

        def occupation(cell: Cell) -> Read:
            text = cleaned(cell)
            key = fold(text)
            if key not in vocabulary.answers and (key in words("no_work") or text in words("no_work")):
                message = N_(
                    "“{text}” is no work that can be insured. Ask what this person works as, or say why the row stays."
                )
                return Read("", Problem("occupation", "not_working", message, {"text": text}, Level.WARNING))
            read = vocabulary.read(text)
            return Read(read.stored or "", read.problem, read.proposals)

        return occupation

    def _words_of(self, name: str) -> Vocabulary:
        answers = self._mapping.translations.get(name, {})
        known = dict(words(vocabulary_of(name, self._mapping.purpose)))
        if name == "occupation":
            codes = {occupation.code: occupation.name for occupation in self._context.occupations}
            known = {word: code for word, code in known.items() if code in codes}
            known |= {fold(shown): code for code, shown in codes.items()} | {code: code for code in codes}
            return Vocabulary(name, known, codes, answers)
        shown: Mapping[str, str] = _SHOWN.get(name) or {stored: word for word, stored in reversed(known.items())}
        return Vocabulary(name, {**known, **{fold(stored): stored for stored in shown}}, shown, answers)

    # Judging

    def is_required(self, name: str) -> bool:
        """Whether an empty cell of this field is a problem."""
        return self._is_workers and name in self._context.required

    def judge(self, name: str) -> Callable[[Stored], bool]:
        """Whether a stored value is surely right, as far as it alone can be."""
        content = field_named(name).content
        is_required = self.is_required(name)
        rule = self._rule(name, content)

        def is_fine(stored: Stored) -> bool:
            if stored is None or stored == "":
                return not is_required
            if isinstance(stored, str) and not stored.isascii():
                return False
            return rule is None or rule(stored)

        return is_fine

    def _rule(self, name: str, content: Content) -> Callable[[Any], bool] | None:
        context = self._context
        if name == "birth_place":
            return lambda text: not any(map(str.isdigit, text))
        if name == "born_on":
            after, until = self._usual_births()
            return lambda iso: after < iso <= until
        if name == "income":
            return lambda amount: LOWEST_USUAL_INCOME <= amount <= HIGHEST_USUAL_INCOME
        if name == "source_decile":
            return lambda decile: 1 <= decile <= 10
        if content is Content.FAMILY_CARD:
            return self._is_usual_card
        if content is Content.NAGARI:
            home = f"{context.home_regency}."
            return lambda code: code.count(".") == 3 and code in context.known_regions and code.startswith(home)
        if name == "notes":
            return lambda text: not says_any(text, "dead", "moved")
        if name == "other_membership":
            return lambda stored: stored == "none"
        return None

    def _usual_births(self) -> tuple[str, str]:
        """The first and the last ISO date of a birth that needs no question about the age."""
        context = self._context
        on = context.first_month.first_day if context.first_month else context.today
        ages = context.ages
        youngest = min(_before(on, max(ages.min_age, ages.warn_under)), context.today.isoformat())
        return max(_before(on, ages.max_age), _before(context.today, OLDEST + 1)), youngest

    def _is_usual_card(self, digits: str) -> bool:
        return self._is_day(digits[6:12]) and self._is_usual_card_origin(digits[:6])

    def _is_day(self, digits: str) -> bool:
        day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        try:
            date(year_within_century(year, month, day, self._context.today), month, day)
        except ValueError:
            return False
        return True

    def _is_usual_card_origin(self, digits: str) -> bool:
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
        return code in self._context.known_regions or self._is_older_regency(code[:5])

    def is_usual_origin(self, digits: str) -> bool:
        """Whether a NIK that begins with these six digits needs no question about where it comes from."""
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
        if self._is_older_regency(code[:5]):
            return True
        return code[:5] == self._context.home_regency and code in self._context.known_regions

    def _is_older_regency(self, regency: str) -> bool:
        """One from which this regency was split: its kecamatan were renumbered."""
        return regency in self._context.usual_regencies and regency != self._context.home_regency


def _before(day: date, years: int) -> str:
    """The ISO date up to which somebody born has completed so many years on a day."""
    return f"{day.year - years:04d}-{day.month:02d}-{day.day:02d}"


_SHOWN: Mapping[str, Mapping[str, str]] = {
    "sex": {"L": "L", "P": "P"},
    "marital_status": {
        "single": "Belum kawin",
        "married": "Kawin",
        "divorced": "Cerai hidup",
        "widowed": "Cerai mati",
    },
    "segment": {"BPU": "BPU", "PU": "PU", "JAKON": "Jakon", "PMI": "PMI"},
    "other_membership": {"none": "Belum", "BPU": "BPU", "PU": "PU", "yes": "Sudah"},
    "active": {"yes": "Aktif", "no": "Tidak aktif"},
    "outcome": {},
}
"""Stored value -> the word that is offered for it, as a list of this country would say it."""
assert set(_SHOWN["sex"]) == set(Sex)
assert set(_SHOWN["marital_status"]) == set(MaritalStatus)
assert set(_SHOWN["segment"]) == set(Segment)


def says_any(text: str, *vocabularies: str) -> bool:
    """Whether a remark holds a word of one of these lists, whole."""
    folded = f" {fold(text)} "
    return any(f" {word} " in folded for name in vocabularies for word in words(name))


def written(name: str, cell: Cell) -> str:
    """A number as it was written; empty for a dash, a lone 0 and words for nothing."""
    content = field_named(name).content
    text = (cleaned(cell) if content is Content.EMAIL else text_of(cell)).strip()
    is_nothing = not text.strip(" .-") or (text == "0" and content in _ZERO_IS_NOTHING)
    return "" if is_nothing or (text[:1].isalpha() and fold(text) in words("nothing")) else text


def is_date_or_time(cell: Cell) -> bool:
    """Whether a spreadsheet keeps a day or a time in the cell."""
    return isinstance(cell, date | datetime | timedelta)
