"""Schemes, rates and occupations as stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from models.offices.occupation import Occupation
from models.offices.users import Right
from models.people.worker import Segment
from models.problems import Rejected
from models.schemes.pricing import Rate, RateTable, Relief
from models.schemes.scheme import PayerKind, Programme, Scheme
from models.schemes.scheme_rules import problems_of_scheme
from models.storage.audit import FieldChange, differences
from models.storage.opening import OpenFile
from models.storage.rows import from_rows
from models.storage.uids import new_uid, uid_text
from models.values.months import Month

_SCHEME = (
    "SELECT id, uid, code, name, segment, programmes, payer_kind, is_public_money, is_subsidised, usual_months, "
    "wage_base, risk_class, asks, min_age, max_age, occupation_kinds, needs_source_list, bars_members, closed_on "
    "FROM scheme ORDER BY id"
)


class Schemes:
    """The schemes of the office, read once and kept."""

    def __init__(self, file: OpenFile, forget: Callable[[], None]) -> None:
        """`forget` is called when what was made from the schemes must be made again."""
        self._file = file
        self._forget = forget

    def all(self) -> tuple[Scheme, ...]:
        """In the order in which they were made."""
        return tuple(self._by_id.values())

    def get(self, id: int) -> Scheme:
        """The scheme of an id; KeyError when there is none."""
        return self._by_id[id]

    def by_code(self, code: str) -> Scheme | None:
        """The scheme that a person means by a code, in any capitals."""
        return next((scheme for scheme in self.all() if scheme.code == code.strip().upper()), None)

    def save(self, scheme: Scheme) -> Scheme:
        """Adds or corrects a scheme; from then on it stands in entry, funds, coverage and papers. Raises Rejected."""
        scheme = replace(scheme, code=scheme.code.strip().upper(), name=" ".join(scheme.name.split()))
        with self._file.change(Right.APPROVE) as change:
            old = None if scheme.id is None else self._by_id[scheme.id]
            is_used = (
                old is not None
                and self._file.row("SELECT 1 FROM enrolment WHERE scheme = ? LIMIT 1", (old.id,)) is not None
            )
            problems = problems_of_scheme(scheme, self.all(), old, is_used)
            if problems:
                raise Rejected(problems)
            row = _row(scheme)
            if old is None:
                uid = new_uid()
                id = change.execute(
                    f"INSERT INTO scheme (uid, {', '.join(_FIELDS)}) VALUES ({', '.join('?' * (1 + len(_FIELDS)))})",
                    (uid, *row),
                )
                saved = replace(scheme, id=id, uid=uid_text(uid))
                changes: tuple[FieldChange, ...] = tuple(
                    (name, None, value) for name, value in zip(_FIELDS, row, strict=True) if value not in ("", None)
                )
            else:
                before = dict(zip(_FIELDS, _row(old), strict=True))
                changes = differences(before, dict(zip(_FIELDS, row, strict=True)))
                if not changes:
                    return old
                saved = replace(scheme, uid=old.uid)
                change.execute(
                    f"UPDATE scheme SET {', '.join(f'{name} = ?' for name in _FIELDS)} WHERE id = ?", (*row, old.id)
                )
            told = [(f"{scheme.code}.{name}", was, now) for name, was, now in changes]
            change.record("save_scheme", "reference", 0, told)
        self._forget()
        return saved

    def occupation_kinds(self) -> tuple[str, ...]:
        """What a scheme can be meant for, as the office's list of occupations sorts them."""
        return tuple(
            row[0] for row in self._file.rows("SELECT DISTINCT kind FROM occupation ORDER BY kind") if row[0]
        )

    @cached_property
    @from_rows
    def _by_id(self) -> dict[int, Scheme]:
        return {
            row[0]: Scheme(
                id=row[0],
                uid=uid_text(row[1]),
                code=row[2],
                name=row[3],
                segment=Segment(row[4]),
                programmes=tuple(Programme(word) for word in row[5].split()),
                payer_kind=PayerKind(row[6]),
                is_public_money=bool(row[7]),
                is_subsidised=bool(row[8]),
                usual_months=row[9],
                wage_base=row[10],
                risk_class=row[11],
                asks=tuple(row[12].split()),
                min_age=row[13],
                max_age=row[14],
                occupation_kinds=tuple(row[15].split()),
                needs_source_list=bool(row[16]),
                bars_members=bool(row[17]),
                closed_on=date.fromisoformat(row[18]) if row[18] else None,
            )
            for row in self._file.rows(_SCHEME)
        }


_FIELDS = (
    "code", "name", "segment", "programmes", "payer_kind", "is_public_money", "is_subsidised", "usual_months",
    "wage_base", "risk_class", "asks", "min_age", "max_age", "occupation_kinds", "needs_source_list", "bars_members",
    "closed_on",
)  # fmt: skip


def _row(scheme: Scheme) -> tuple[Any, ...]:
    return (
        scheme.code, scheme.name, scheme.segment, " ".join(scheme.programmes), scheme.payer_kind,
        int(scheme.is_public_money), int(scheme.is_subsidised), scheme.usual_months, scheme.wage_base,
        scheme.risk_class, " ".join(scheme.asks), scheme.min_age, scheme.max_age, " ".join(scheme.occupation_kinds),
        int(scheme.needs_source_list) or None, int(scheme.bars_members) or None,
        scheme.closed_on.isoformat() if scheme.closed_on else None,
    )  # fmt: skip


@from_rows
def rate_table(file: OpenFile) -> RateTable:
    """All dated rates and reliefs of the file."""
    rates = (
        Rate(
            segment=Segment(row[0]),
            programme=Programme(row[1]),
            risk_class=row[2],
            income_from=row[3],
            base=row[4],
            amount=row[5],
            share=row[6],
            first=Month.from_index(row[7]),
            last=_month(row[8]),
            source=row[9],
            wage_cap=row[10],
        )
        for row in file.rows(
            "SELECT segment, programme, risk_class, income_from, base, amount, share, first_month, last_month, source, "
            "wage_cap FROM rate WHERE withdrawn_on IS NULL ORDER BY id"
        )
    )
    reliefs = (
        Relief(
            segment=Segment(row[0]),
            programme=Programme(row[1]),
            percent_off=row[2],
            applies_to_public_money=bool(row[3]),
            first=Month.from_index(row[4]),
            last=_month(row[5]),
            source=row[6],
        )
        for row in file.rows(
            "SELECT segment, programme, percent_off, applies_to_public_money, first_month, last_month, source "
            "FROM relief WHERE withdrawn_on IS NULL ORDER BY id"
        )
    )
    return RateTable(rates, reliefs)


class Occupations:
    """The office's list of occupations, read once and kept."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def all(self) -> tuple[Occupation, ...]:
        """In the order of their codes."""
        return tuple(self._by_code.values())

    def name(self, code: str) -> str:
        """The occupation's name; the code itself where it is unknown."""
        found = self._by_code.get(code)
        return found.name if found else code

    def kind(self, code: str) -> str:
        """The kind of the occupation (``palm``); empty where it is unknown."""
        found = self._by_code.get(code)
        return found.kind if found else ""

    @cached_property
    def _by_code(self) -> dict[str, Occupation]:
        rows = self._file.rows("SELECT code, name, kind FROM occupation ORDER BY CAST(code AS INTEGER), code")
        return {row[0]: Occupation(*row) for row in rows}


def _month(index: int | None) -> Month | None:
    return None if index is None else Month.from_index(index)
