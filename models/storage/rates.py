"""Rates and reliefs as stored: versions are added and withdrawn, never changed and never deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.language import N_
from models.offices.users import Right
from models.problems import Problem, Rejected
from models.schemes.pricing import Rate, RateTable, Relief
from models.schemes.rate_tables import RateVersion, closed_by, problems_of_relief, problems_of_version, versions_of
from models.storage.audit import Change
from models.storage.opening import OpenFile
from models.storage.schemes import rate_table

_COLUMNS = (
    "segment", "programme", "risk_class", "income_from", "base", "amount", "share", "first_month", "last_month",
    "source", "wage_cap",
)  # fmt: skip
_RELIEF = (
    "segment", "programme", "percent_off", "applies_to_public_money", "first_month", "last_month", "source",
)  # fmt: skip
_NEVER = 9_999 * 12
"""A month that no enrolment reaches."""


@dataclass(frozen=True, slots=True)
class RateChange:
    """What a new version did."""

    version: RateVersion
    closed: RateVersion | None
    """The version that now ends before it."""
    kept: int
    """Enrolments with months under the new version: they keep the price they were decreed with."""


class Rates:
    """The dated rates, for a supervisor."""

    def __init__(self, file: OpenFile, forget: Callable[[], None]) -> None:
        """`forget` is called when what was made from the rates must be made again."""
        self._file = file
        self._forget = forget

    @property
    def table(self) -> RateTable:
        """As prices are reckoned with."""
        return rate_table(self._file)

    def versions(self) -> tuple[RateVersion, ...]:
        """Everything that was not withdrawn, by table, the newest first."""
        return versions_of(self.table.rates)

    def effect(self, version: RateVersion) -> RateChange:
        """What adding a version would do; nothing is written and nothing is refused."""
        closed = closed_by(version, self.versions())
        return RateChange(version, None if closed is None else closed.until(version.first - 1), self._kept(version))

    def add(self, version: RateVersion) -> RateChange:
        """Adds a version; an open one before it ends in the month before. Raises Rejected."""
        existing = self.versions()
        problems = problems_of_version(version, existing)
        if problems:
            raise Rejected(problems)
        closed = closed_by(version, existing)
        with self._file.change(Right.APPROVE) as change:
            if closed is not None:
                self._set_last(change, closed, version.first.index - 1)
                closed = closed.until(version.first - 1)
            change.connection.executemany(
                f"INSERT INTO rate ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
                [_row(rate) for rate in version.brackets],
            )
            change.record("add_rates", "reference", 0, _told(version))
        self._forget()
        return RateChange(version, closed, self._kept(version))

    def withdraw(self, version: RateVersion) -> RateVersion | None:
        """Takes a version back that was entered by mistake; the rows stay with the day. The version before it runs on
        where nothing else follows. Returns that one. Raises Rejected where the version is not in force any more."""
        with self._file.change(Right.APPROVE) as change:
            where, values = _where(version)
            found = self._file.rows(f"SELECT id FROM rate WHERE {where} AND withdrawn_on IS NULL", values)
            if not found:
                message = N_("This rate was withdrawn already. Look at the list again.")
                raise Rejected([Problem("first", "rate_withdrawn", message)])
            change.execute(
                f"UPDATE rate SET withdrawn_on = ? WHERE {where} AND withdrawn_on IS NULL",
                (change.at.date().isoformat(), *values),
            )
            rest = self.versions()
            before = next(
                (
                    one
                    for one in rest
                    if one.key == version.key and one.last is not None and one.last + 1 == version.first
                ),
                None,
            )
            if before is not None:
                self._set_last(change, before, None if version.last is None else version.last.index)
                before = before.until(version.last)
            change.record("withdraw_rates", "reference", 0, _told(version))
        self._forget()
        return before

    def add_relief(self, relief: Relief) -> None:
        """Adds a relief of the months it names; what was decreed keeps its price. Raises Rejected."""
        problems = problems_of_relief(relief, self.table.reliefs)
        if problems:
            raise Rejected(problems)
        with self._file.change(Right.APPROVE) as change:
            change.execute(
                f"INSERT INTO relief ({', '.join(_RELIEF)}) VALUES ({', '.join('?' * len(_RELIEF))})",
                _relief_row(relief),
            )
            change.record("add_relief", "reference", 0, _told_relief(relief))
        self._forget()

    def withdraw_relief(self, relief: Relief) -> None:
        """Takes a relief back that was entered by mistake; the row stays with the day. Raises Rejected where it is not
        in force any more."""
        where = " AND ".join(f"{name} IS ?" for name in _RELIEF)
        with self._file.change(Right.APPROVE) as change:
            found = self._file.rows(
                f"SELECT id FROM relief WHERE {where} AND withdrawn_on IS NULL", _relief_row(relief)
            )
            if not found:
                message = N_("This relief was withdrawn already. Look at the list again.")
                raise Rejected([Problem("first", "relief_withdrawn", message)])
            change.execute(
                "UPDATE relief SET withdrawn_on = ? WHERE id = ?", (change.at.date().isoformat(), found[0][0])
            )
            change.record("withdraw_relief", "reference", 0, _told_relief(relief))
        self._forget()

    def _set_last(self, change: Change, version: RateVersion, last: int | None) -> None:
        where, values = _where(version)
        change.execute(f"UPDATE rate SET last_month = ? WHERE {where} AND withdrawn_on IS NULL", (last, *values))

    def _kept(self, version: RateVersion) -> int:
        segment, programme, risk_class = version.key
        row = self._file.row(
            "SELECT count(*) FROM enrolment WHERE counts = 1 AND segment = ? AND last_month >= ? AND first_month <= ? "
            "AND instr(' ' || programmes || ' ', ?) "
            "AND (? IS NULL OR scheme IN (SELECT id FROM scheme WHERE risk_class = ?))",
            (
                segment, version.first.index, _NEVER if version.last is None else version.last.index,
                f" {programme} ", risk_class, risk_class,
            ),
        )  # fmt: skip
        return int(row[0]) if row else 0


def _where(version: RateVersion) -> tuple[str, tuple[object, ...]]:
    segment, programme, risk_class = version.key
    values = (segment, programme, risk_class, version.first.index, version.last and version.last.index)
    return "segment = ? AND programme = ? AND risk_class IS ? AND first_month = ? AND last_month IS ?", values


def _row(rate: Rate) -> tuple[object, ...]:
    return (
        rate.segment, rate.programme, rate.risk_class, rate.income_from, rate.base, rate.amount, rate.share,
        rate.first.index, rate.last.index if rate.last else None, " ".join(rate.source.split()), rate.wage_cap,
    )  # fmt: skip


def _told(version: RateVersion) -> list[tuple[str, object, object]]:
    """What the audit row says: which table, from when, how many brackets, where it stands."""
    segment, programme, risk_class = version.key
    values = {
        "segment": str(segment), "programme": str(programme), "risk_class": risk_class,
        "first_month": version.first.index, "last_month": version.last.index if version.last else None,
        "brackets": len(version.brackets), "source": version.source,
    }  # fmt: skip
    return [(name, None, value) for name, value in values.items() if value is not None]


def _relief_row(relief: Relief) -> tuple[object, ...]:
    return (
        relief.segment, relief.programme, relief.percent_off, int(relief.applies_to_public_money), relief.first.index,
        relief.last.index if relief.last else None, " ".join(relief.source.split()),
    )  # fmt: skip


def _told_relief(relief: Relief) -> list[tuple[str, object, object]]:
    named = zip(_RELIEF, _relief_row(relief), strict=True)
    return [(name, None, value) for name, value in named if value is not None]
