"""What a letter of reminder is written from: the row of the board, the office, and who is registered already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from models.obligations.records import BoardRow, PromiseRow
from models.offices.office import OfficeSettings
from models.offices.users import Right
from models.papers.letterhead import letterhead_of, signatory_of
from models.papers.numbers import letter_number
from models.papers.obligation_reminder import KIND, ObligationReminder, Reminded
from models.papers.printed import Printed
from models.people.masking import mask_number
from models.people.names import fold
from models.schemes.scheme import PayerKind, Scheme
from models.storage.disclosures import record_printing
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.schemes import Schemes
from models.values.months import Month

MOST_NAMES = 200
"""More are only counted; the letter itself shows as many as its page has room for."""
_RUNNING = "." * 10
"""Where the secretary writes the running number of the agenda."""
_UNIT = {
    PayerKind.CIVIL_SERVANT: "payer_office",
    PayerKind.COOPERATIVE: "payer_name",
    PayerKind.COMPANY: "payer_name",
}
"""The column that names a unit; any other is a nagari."""


class Reminders:
    """Letters are gathered as the register says now; nothing is kept but that one was printed."""

    def __init__(
        self, file: OpenFile, load_settings: Callable[[], OfficeSettings], regions: Regions, schemes: Schemes
    ) -> None:
        self._file = file
        self._load_settings = load_settings
        self._regions = regions
        self._schemes = schemes

    def of_unit(self, scheme: Scheme, row: BoardRow, month: Month) -> ObligationReminder:
        """The letter to a unit of the obligation board."""
        people, count = self._people(
            scheme, row.unit, "first_month <= ? AND last_month >= ?", (month.index, month.index)
        )
        return ObligationReminder(
            payer_kind=scheme.payer_kind, unit=row.name, scheme=scheme.name, month=month, obliged=row.obliged,
            done=row.done, counted_on=row.counted_on, source=row.source, people=people, people_count=count,
            **self._office(),
        )  # fmt: skip

    def of_company(self, row: PromiseRow) -> ObligationReminder:
        """The letter to a company about what it promised for a year."""
        promise = row.promise
        scheme = self._schemes.get(promise.scheme)
        year = (Month(promise.year, 1).index, Month(promise.year, 12).index)
        people, count = self._people(scheme, promise.company, "first_month BETWEEN ? AND ?", year)
        return ObligationReminder(
            payer_kind=PayerKind.COMPANY, unit=promise.company, scheme=scheme.name, month=Month(promise.year, 12),
            obliged=promise.heads, done=row.heads, promised_rupiah=promise.amount, paid_rupiah=row.amount,
            people=people, people_count=count, **self._office(),
        )  # fmt: skip

    def record_printing(self, names: int, *, way: str) -> None:
        """A letter with so many names is about to leave the program. Raises like a save."""
        with self._file.change(Right.PRINT) as change:
            record_printing(change, KIND, persons=names, rows=names, way=way)

    def _office(self) -> dict[str, Any]:
        """What every letter of the office says."""
        settings, now, person = self._load_settings(), self._file.clock(), self._file.person
        pattern = settings.letter_number.replace("{urut}", _RUNNING)
        return {
            "letterhead": letterhead_of(settings),
            "signatory": signatory_of(settings),
            "number": letter_number(pattern, 0, settings.letter_unit, now.date()),
            "dated_on": now.date(),
            "printed": Printed(self._file.user if person is None else person.shown_name, now),
            "is_sample": settings.is_sample,
        }

    def _people(
        self, scheme: Scheme, unit: str, months: str, parameters: tuple[int, int]
    ) -> tuple[tuple[Reminded, ...], int]:
        """The first of those behind a unit by name, and how many they all are."""
        column = _UNIT.get(scheme.payer_kind, "nagari")
        same = self._written(scheme, column, unit)
        where = (
            f"scheme = ? AND counts = 1 AND {months} AND {column} IN ({', '.join('?' * len(same))}) "
            "AND worker.living = 1"
        )
        values = (scheme.id, *parameters, *same)
        join = "FROM enrolment JOIN worker ON worker.id = enrolment.worker WHERE"
        rows = self._file.rows(
            f"SELECT name, nik, nagari, min(payer_name) {join} {where} GROUP BY worker.id ORDER BY name_key, worker.id "
            f"LIMIT {MOST_NAMES}",
            values,
        )
        count = self._file.rows(f"SELECT count(DISTINCT worker.id) {join} {where}", values)[0][0]
        names_payer = scheme.payer_kind is PayerKind.CIVIL_SERVANT
        return tuple(
            Reminded(name, mask_number(nik), self._regions.name(nagari), payer if names_payer else "")
            for name, nik, nagari, payer in rows
        ), int(count)

    def _written(self, scheme: Scheme, column: str, unit: str) -> list[str]:
        """All the ways in which the unit stands in the register."""
        if column == "nagari":
            return [unit]
        rows = self._file.rows(
            f"SELECT DISTINCT {column} FROM enrolment WHERE scheme = ? AND counts = 1", (scheme.id,)
        )
        return [row[0] for row in rows if fold(row[0]) == fold(unit)] or [unit]
