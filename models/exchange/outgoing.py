"""What stands in each cell of a list that leaves the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.exchange.layouts import ColumnLayout, LayoutColumn, Written
from models.exchange.xlsx_out import OutCell
from models.people.phone import format_phone
from models.people.worker import Worker
from models.schemes.enrolment import Enrolment
from models.values.formats import month_long
from models.values.months import Month

Value = str | int | date | Month | None


@dataclass(frozen=True, slots=True)
class Lookups:
    """The words behind the codes of a record."""

    region: Callable[[str], str]
    """Code of a nagari or kecamatan -> its name."""
    occupation: Callable[[str], str]
    scheme: Callable[[int], str]
    """Id -> code."""
    decree: Callable[[int], str]
    """Id -> number, or title where it has none."""


def cells_of(
    layout: ColumnLayout, number: int, worker: Worker, enrolment: Enrolment | None, look: Lookups
) -> tuple[OutCell, ...]:
    """One row: the `number`-th person of the list; without an enrolment its columns are empty."""
    return tuple(_cell(column, number, worker, enrolment, look) for column in layout.columns)


def missing_in(layout: ColumnLayout, cells: tuple[OutCell, ...]) -> tuple[int, ...]:
    """Places of the columns that should not be empty and are."""
    return tuple(
        place
        for place, (column, cell) in enumerate(zip(layout.columns, cells, strict=True))
        if column.is_required and (cell is None or cell == "")
    )


def _cell(column: LayoutColumn, number: int, worker: Worker, enrolment: Enrolment | None, look: Lookups) -> OutCell:
    if not column.source:
        return column.constant
    value = _value(column.source, number, worker, enrolment, look)
    if value is None or value == "":
        return column.constant
    if column.words and str(value) in column.words:
        return column.words[str(value)]
    return written(value, column.form)


def written(value: Value, form: Written) -> OutCell:
    """A value in one of the forms of a column; one that does not go with the form is written as plain text."""
    if isinstance(value, Month):
        match form:
            case Written.MONTH_ISO:
                return f"{value.year:04d}-{value.month:02d}"
            case Written.MONTH_LONG:
                return month_long(value)
            case Written.MONTH | Written.TEXT:
                return f"{value.month:02d}-{value.year:04d}"
        value = value.first_day
    if isinstance(value, date):
        return value if form is Written.DATE else _day(value, form)
    if isinstance(value, int):
        return value if form is Written.NUMBER else str(value)
    text = value or ""
    return text.upper() if form is Written.UPPER else text


def _day(value: date, form: Written) -> str:
    """`strftime` leaves out leading zeros of early years on some systems."""
    day, month, year = f"{value.day:02d}", f"{value.month:02d}", f"{value.year:04d}"
    match form:
        case Written.DMY_SLASH:
            return f"{day}/{month}/{year}"
        case Written.YMD_DASH:
            return f"{year}-{month}-{day}"
        case Written.DMY_PLAIN:
            return f"{day}{month}{year}"
    return f"{day}-{month}-{year}"


def _value(source: str, number: int, worker: Worker, enrolment: Enrolment | None, look: Lookups) -> Value:
    match source:
        case "number":
            return number
        case "name_with_titles":
            return worker.full_name
        case "titles":
            return " ".join(filter(None, (worker.title_before, worker.title_after)))
        case "nagari":
            return look.region(worker.nagari) if worker.nagari else ""
        case "kecamatan":
            return look.region(worker.district) if worker.district else ""
        case "whole_address":
            return _whole_address(worker, look)
        case "phone":
            return format_phone(worker.phone).replace("-", "") if worker.phone else ""
        case "occupation":
            return look.occupation(worker.occupation) if worker.occupation else ""
        case "kpj":
            return (enrolment.kpj if enrolment is not None else "") or worker.kpj
        case "sex" | "marital_status" | "segment":
            value = getattr(worker, source)
            return None if value is None else str(value)
        case (
            "nik" | "family_card" | "name" | "birth_place" | "born_on" | "mother_name" | "address" | "jorong"
            | "postcode" | "email" | "work_place" | "income" | "source_list" | "heir_name" | "heir_relation"
            | "heir_nik"
        ):  # fmt: skip
            found: Value = getattr(worker, source)
            return found
    return None if enrolment is None else _of_enrolment(source, enrolment, look)


def _of_enrolment(source: str, enrolment: Enrolment, look: Lookups) -> Value:
    match source:
        case "scheme":
            return look.scheme(enrolment.scheme)
        case "programmes":
            return " ".join(enrolment.programmes)
        case "first_month":
            return enrolment.period.first
        case "last_month":
            return enrolment.period.last
        case "month_count":
            return len(enrolment.monthly)
        case "decree":
            return "" if enrolment.decree is None else look.decree(enrolment.decree)
        case "base" | "contribution" | "payer_name" | "payer_number" | "payer_office":
            found: Value = getattr(enrolment, source)
            return found
    raise ValueError(f"no column holds {source}")


def _whole_address(worker: Worker, look: Lookups) -> str:
    parts = (
        worker.address,
        f"Jorong {worker.jorong}" if worker.jorong else "",
        f"Nagari {look.region(worker.nagari)}" if worker.nagari else "",
        f"Kec. {look.region(worker.district)}" if worker.district else "",
    )
    return ", ".join(part for part in parts if part)
