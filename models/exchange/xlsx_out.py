"""Workbooks that we write: text stays text, nothing in them is ever a formula, and they appear whole or not at all."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from models.storage.failures import failures_named
from models.storage.snapshot import flush, put_in_place

if TYPE_CHECKING:
    from models.exchange.list_file import Progress

OutCell = str | int | float | date | datetime | None
"""What may be written; None and ``""`` leave the cell empty."""


class Form(StrEnum):
    """How a column is written, whatever its values look like."""

    TEXT = "text"
    """As text, to the letter: NIK, KK, phone, codes, names."""
    DATE = "date"
    """A `date` as a real date; a text as text."""
    MONEY = "money"
    """Whole rupiah, with points between thousands."""
    NUMBER = "number"
    AS_IS = "as_is"
    """As it came from another workbook: text as text, a number as a number with all its digits, a date as a date."""


class Mark(StrEnum):
    """A colour behind a cell."""

    WRONG = "FFC7CE"
    DOUBTFUL = "FFEB9C"


@dataclass(frozen=True, slots=True)
class Marked:
    """A cell that is to be seen."""

    value: OutCell
    mark: Mark = Mark.WRONG
    note: str = ""
    """Shown when the pointer is over the cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    heading: str
    form: Form = Form.TEXT
    width: float | None = None
    """Characters; None: as wide as what stands in its first rows."""
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet: its headings are frozen and can be filtered."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[OutCell | Marked]]
    titles: Sequence[str] = ()
    """Lines above the headings; one empty row follows them."""


_LOOKED_AT = 100
_NARROWEST, _WIDEST = 6, 48
_LONGEST = 32_767
"""Characters of a cell."""
_MOST_NOTES = 2_000
"""Of a workbook: spreadsheets grow slow with more, and the colour and the column of reasons say the same."""
_MOST_ROWS = 1_048_576
_LINE, _HIGHEST = 16, 400
"""Points of a line of text and of the highest row: not every program makes rows as high as what stands in them."""
_EXACT = 10**15
"""From here on spreadsheets lose digits of a number, so it is written as text."""
_DATE, _MOMENT, _MONEY, _NUMBER = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "#,##0", "0"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_REPLACED = "\ufffd"
_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_future_functions": False,
}


def write_rows(path: Path, sheets: Sequence[SheetOut], progress: Progress | None = None) -> None:
    """Writes the workbook beside `path` and gives it its name when it is whole.

    Rows are taken one by one and not kept, only the packed workbook is (13 MB for 100,000 rows). Raises StorageFailure;
    what `progress` raises (told rows written, of an unknown number) ends it, and nothing is left behind.
    """
    part = path.with_name(path.name + ".part")
    try:
        with failures_named(path):
            part.write_bytes(b"")  # a folder that cannot be written is known before the work
            part.write_bytes(_content(sheets, progress))
            flush(part)
            put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def _content(sheets: Sequence[SheetOut], progress: Progress | None) -> memoryview:
    """The packed workbook; an archive that breaks off half written would write to a full disk until it is forgotten."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(content, {**_OPTIONS, "tmpdir": folder})
        try:
            writing = _Writing(book, progress)
            for number, sheet in enumerate(sheets, 1):
                writing.sheet(sheet, number)
            book.close()
        except FileCreateError as error:  # what the system said, in another form
            raise error.args[0] from error
        finally:
            for sheet_out in book.worksheets():
                if sheet_out.row_data_fh is not None:
                    sheet_out.row_data_fh.close()
    return content.getbuffer()


class _Writing:
    """One workbook being written."""

    def __init__(self, book: Any, progress: Progress | None) -> None:
        self._book = book
        self._progress = progress
        self._formats: dict[tuple[str, str, bool], Any] = {}
        self._heading = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7E6E6", "num_format": "@"}
        )
        self._title = book.add_format({"bold": True, "num_format": "@"})
        self._rows = 0
        self._notes = 0
        self._names: set[str] = set()

    def sheet(self, out: SheetOut, number: int) -> None:
        sheet = self._book.add_worksheet(self._name(out.name, number))
        rows = iter(out.rows)
        first = list(islice(rows, _LOOKED_AT))
        widths = [column.width or _width(column, place, first) for place, column in enumerate(out.columns)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        top = 0
        for title in out.titles:
            sheet.write_string(top, 0, clean(title), self._title)
            top += 1
        top += 1 if out.titles else 0
        lines = [
            len(wrap(column.heading, max(1, int(width)))) for column, width in zip(out.columns, widths, strict=True)
        ]
        sheet.set_row(top, max(lines, default=1) * _LINE)
        for place, column in enumerate(out.columns):
            sheet.write_string(top, place, clean(column.heading), self._heading)
        last = top
        for last, row in enumerate(chain(first, rows), top + 1):
            if last >= _MOST_ROWS:
                raise ValueError("a sheet holds 1,048,576 rows")
            self._row(sheet, last, row, out.columns)
        if out.columns:
            sheet.freeze_panes(top + 1, 0)
            sheet.autofilter(top, 0, last, len(out.columns) - 1)
            # texts of digits are meant: no green corner on each of them
            sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)

    def _row(self, sheet: Any, place: int, row: Sequence[OutCell | Marked], columns: Sequence[Column]) -> None:
        height = max(
            (_lines(cell, column) for cell, column in zip(row, columns, strict=True) if column.wraps), default=1
        )
        if height > 1:
            sheet.set_row(place, min(height * _LINE, _HIGHEST))
        plain = self._format("@", "", False)
        for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
            if type(cell) is str and not column.wraps:
                if cell:
                    sheet.write_string(place, number, clean(cell), plain)
            elif isinstance(cell, Marked):
                self._cell(sheet, place, number, cell.value, column, cell.mark)
                if cell.note and self._notes < _MOST_NOTES:
                    self._notes += 1
                    sheet.write_comment(place, number, clean(cell.note), {"x_scale": 2, "author": "Cakupan"})
            elif cell is not None and cell != "":
                self._cell(sheet, place, number, cell, column, "")
        self._rows += 1
        if self._progress is not None and self._rows % 256 == 0:
            self._progress(self._rows, 0)

    def _cell(self, sheet: Any, row: int, place: int, value: OutCell, column: Column, mark: str) -> None:
        form = column.form
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is None or value == "":
            sheet.write_blank(row, place, None, self._format("@", mark, column.wraps))
        elif isinstance(value, datetime) and form is not Form.TEXT and value.year >= 1900:
            sheet.write_datetime(row, place, value.replace(tzinfo=None), self._format(_MOMENT, mark, False))
        elif (
            isinstance(value, date)
            and not isinstance(value, datetime)
            and form is not Form.TEXT
            and value.year >= 1900
        ):
            sheet.write_datetime(row, place, value, self._format(_DATE, mark, False))
        elif is_number and form is not Form.TEXT and (form is Form.AS_IS or abs(value) < _EXACT):  # type: ignore[arg-type]
            sheet.write_number(row, place, value, self._format(_form_of(value, form), mark, False))
        else:
            sheet.write_string(row, place, clean(_text(value)), self._format("@", mark, column.wraps))

    def _format(self, form: str, mark: str, wraps: bool) -> Any:
        key = (form, mark, wraps)
        if key not in self._formats:
            look: dict[str, object] = {"num_format": form, "valign": "top"}
            if mark:
                look |= {"bg_color": f"#{mark}"}
            if wraps:
                look |= {"text_wrap": True}
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _name(self, wanted: str, number: int) -> str:
        """A name that spreadsheets allow: 31 characters, some of them not, and each only once."""
        name = _NO_NAME.sub(" ", clean(wanted)).strip(" '")[:31] or f"Sheet{number}"
        if name.lower() in self._names or name.lower() == "history":
            name = f"{name[:27]} {number}"
        self._names.add(name.lower())
        return name


def clean(text: str) -> str:
    """The text as a cell can hold it: what XML cannot hold becomes a visible sign, lines end as cells end them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(_REPLACED, plain)[:_LONGEST]


def _text(value: OutCell) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def _form_of(value: OutCell, form: Form) -> str:
    if form is Form.MONEY:
        return _MONEY
    return _NUMBER if isinstance(value, int) or (isinstance(value, float) and value.is_integer()) else "General"


def _width(column: Column, place: int, rows: Sequence[Sequence[OutCell | Marked]]) -> float:
    """Characters that the first rows need; a heading may break between its words."""
    words = max(map(len, column.heading.split()), default=0)
    longest = max(words, min(len(column.heading), 2 * words))
    for row in rows:
        cell = row[place]
        value = cell.value if isinstance(cell, Marked) else cell
        text = (
            ""
            if value is None
            else f"{value:,}"
            if column.form is Form.MONEY and isinstance(value, int)
            else _text(value)
        )
        longest = max(longest, max(map(len, text.split("\n")), default=0))
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _lines(cell: OutCell | Marked, column: Column) -> int:
    """How many lines a text takes in its column."""
    value = cell.value if isinstance(cell, Marked) else cell
    if not isinstance(value, str) or not value:
        return 1
    width = int(column.width or _WIDEST)
    return sum(max(1, len(wrap(line, width))) for line in value.split("\n"))
