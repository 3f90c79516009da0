"""Fields for days and months, typed without separators if one likes: 17081985, 17-8-1985, 17 agu 1985; 3/2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from models.values.dates import parse_date, parse_month
from models.values.formats import date_short, month_long
from models.values.months import Month
from models.values.parsed import Parsed
from ui.fields.field import Field


class DateField(Field):
    """Reads a day; shows ``17/08/1985``. An impossible day stays as typed, with a problem."""

    help_topic = "date"

    def __init__(
        self, name: str, label: str, *, today: Callable[[], date], years_ahead: int = 0, **options: Any
    ) -> None:
        """`years_ahead` 0 for a birth date, more where a two-digit year may lie ahead."""
        super().__init__(name, label, **options)
        self._today, self._years_ahead = today, years_ahead

    def read(self, text: str) -> Parsed[date]:
        return parse_date(text, self._today(), field=self.name, years_ahead=self._years_ahead)

    def written(self, value: Any) -> str:
        return date_short(value) if isinstance(value, date) else str(value)


class MonthField(Field):
    """Reads a month; shows ``Maret 2026``."""

    help_topic = "date"

    def __init__(self, name: str, label: str, *, today: Callable[[], date], **options: Any) -> None:
        super().__init__(name, label, **options)
        self._today = today

    def read(self, text: str) -> Parsed[Month]:
        return parse_month(text, self._today(), field=self.name)

    def written(self, value: Any) -> str:
        return month_long(value) if isinstance(value, Month) else str(value)
