"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as python-calamine reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from models.exchange.cells import Cell
from models.exchange.guards import UNPACKING, Opened
from models.exchange.raw_sheet import RawSheet
from models.exchange.refusals import refused, remark
from models.exchange.sheet_xml import Odd, SheetXml
from models.exchange.table import FileKind
from models.problems import Problem

_REPEATED = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d{1,9})"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_MOST_REPEATED = 1_000_000


class Spreadsheet:
    """One workbook. What its formulas say is what was last saved with them."""

    def __init__(self, opened: Opened, path: Path) -> None:
        self._path = path
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(opened.content))
        except PasswordError as error:
            raise refused("list_password", path) from error
        except (CalamineError, OSError, ValueError) as error:
            asks_for_much = opened.kind is FileKind.ODS and _repeats_too_often(opened.content)
            raise refused("list_memory" if asks_for_much else _code_of(error), path) from error
        self._xml = SheetXml(opened) if opened.kind is FileKind.XLSX else None
        self._odd: dict[str, Odd] = {}

    def names(self) -> list[tuple[str, bool]]:
        return [
            (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    def sheet(self, name: str) -> RawSheet:
        """While it is parsed, another thread looks through its XML for what the parser does not tell."""
        looking = Thread(target=self._look, args=(name,), daemon=True)
        looking.start()
        try:
            sheet = self._book.get_sheet_by_name(name)
            merged = sheet.merged_cell_ranges or []
        except PasswordError as error:
            raise refused("list_password", self._path) from error
        except (CalamineError, OSError, ValueError) as error:
            raise refused(_code_of(error), self._path) from error
        finally:
            looking.join()
        column = sheet.start[1] if sheet.start else 0

        def rows() -> Iterator[list[Cell]]:
            return sheet.iter_rows() if sheet.start else iter(())

        return RawSheet(
            rows,
            sheet.end[0] + 1 if sheet.end else 0,
            sheet.width,
            column,
            tuple((a, b - column, c, d - column) for (a, b), (c, d) in merged if b >= column),
        )

    def remarks(self, name: str) -> tuple[Problem, ...]:
        odd = self._odd.get(name, Odd())
        told = []
        if odd.without_result:
            told.append(remark("list_no_result", count=odd.without_result, cell=odd.first_without_result))
        if odd.errors:
            cell, error = next(iter(odd.errors.items()))
            told.append(remark("list_errors", count=len(odd.errors), cell=cell, error=error))
        if self._xml is not None and self._xml.is_from_1904:
            told.append(remark("list_from_1904"))
        return tuple(told)

    def error_cells(self, name: str) -> dict[tuple[int, int], str]:
        odd = self._odd.get(name)
        return odd.error_cells() if odd else {}

    def _look(self, name: str) -> None:
        if self._xml is not None:
            self._odd[name] = self._xml.look_through(name)


def _code_of(error: Exception) -> str:
    """The reader tells only in words that an archive lies about its size, or that a sheet asks for too many cells."""
    said = str(error)
    return "list_untrue" if "declared" in said else "list_memory" if "limit exceeded" in said else "list_damaged"


def _repeats_too_often(content: bytes) -> bool:
    """Whether an open document that could not be read says of filled cells that they come a million times."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            cells = archive.read("content.xml")
    except (KeyError, *UNPACKING):
        return False
    for row in _REPEATED.finditer(cells):
        columns = max(map(int, re.findall(rb'number-columns-repeated="(\d{1,9})"', row[2])), default=1)
        if int(row[1]) * columns > _MOST_REPEATED and b"<text:p" in row[2]:
            return True
    return False
