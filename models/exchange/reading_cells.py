"""How the cells of each field are read, and which stored values are surely right, by one office's words and limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from models.exchange.cells import Cell, text_of
from models.exchange.context import CheckContext
from models.exchange.fields import Content, field_named, vocabulary_of, words
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.places import Places
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
from models.values.dates import age_on, year_within_century
from models.values.digits import is_digits, strip_separators

_MOBILE = re.compile(r"08[0-9]{8,11}")
_PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*(?: [A-Za-z0-9./-]+)*")
_ZERO_IS_NOTHING = frozenset({Content.PHONE, Content.EMAIL, Content.POSTCODE, Content.KPJ, Content.FAMILY_CARD})
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
        read = self._reader(name, field_named(name).content, is_american)

        def read_or_refuse(cell: Cell) -> Read:
            problem = error_of(cell, name)
            return read(cell) if problem is None else Read(None, problem)

        return read_or_refuse

    def text(self, cell: Cell) -> str:
        """A free text with single spaces."""
        if isinstance(cell, str) and _PLAIN_TEXT.fullmatch(cell) and len(cell) > 9:
            return cell
        return cleaned(cell)

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

    def plain_column(self, name: str, cells: Sequence[Cell]) -> list[Stored] | None:
        """The stored values of a column that is in order to its last cell, found without looking at each."""
        content = field_named(name).content
        if content not in (Content.NIK, Content.PHONE) or not cells or set(map(type, cells)) != {str}:
            return None
        texts: list[str] = cells  # type: ignore[assignment]
        if content is Content.NIK:
            joined = "".join(texts)
            is_plain = joined.isascii() and joined.isdigit() and set(map(len, texts)) == {16}
            return [*texts] if is_plain else None
        fits = _MOBILE.fullmatch
        return ["+62" + text[1:] for text in texts] if all(map(fits, texts)) else None

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
        text = text_of(cell) if content is not Content.EMAIL else cleaned(cell)
        if not text.strip(" .-") or (text.strip() == "0" and content in _ZERO_IS_NOTHING) or _says_nothing(text):
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
            return self._is_usual_birth
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

    def _is_usual_birth(self, iso: str) -> bool:
        born_on, context = date.fromisoformat(iso), self._context
        if born_on > context.today or age_on(born_on, context.today) > OLDEST:
            return False
        first = context.first_month
        age = age_on(born_on, first.first_day if first else context.today)
        return max(context.ages.min_age, context.ages.warn_under) <= age < context.ages.max_age

    def _is_usual_card(self, digits: str) -> bool:
        day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
        try:
            date(year_within_century(year, month, day, self._context.today), month, day)
        except ValueError:
            return False
        return self.is_usual_origin(digits[:6])

    def is_usual_origin(self, digits: str) -> bool:
        """Whether a number that begins with these six digits needs no question about where it comes from."""
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
        is_local = code[:5] == self._context.home_regency or code[:5] in self._context.usual_regencies
        return is_local and code in self._context.known_regions


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


def _says_nothing(text: str) -> bool:
    return text[:1].isalpha() and fold(text) in words("nothing")


def is_date_or_time(cell: Cell) -> bool:
    """Whether a spreadsheet keeps a day or a time in the cell."""
    return isinstance(cell, date | datetime | timedelta)
