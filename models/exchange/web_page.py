"""Tables of a web page, as some offices' programs export them under the name of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from models.exchange.cells import Cell
from models.exchange.csv_file import encoding_of
from models.exchange.raw_sheet import RawSheet
from models.exchange.refusals import refused
from models.exchange.shape import Merged
from models.problems import Problem

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_BREAK = "\x00"
"""A new line that the page asks for; those of its source are mere spaces."""
_MOST_SPAN = 1_000
_MOST_CELLS = 20_000_000


class WebPage:
    """All rows of all tables of a page, one after the other, as text."""

    def __init__(self, content: bytes, path: Path) -> None:
        self._path = path
        parser = _Tables()
        parser.feed(content.decode(_encoding(content), "replace"))
        parser.close()
        if not parser.rows:
            raise refused("list_no_sheet", path)
        self._rows = parser.rows
        self._merged = parser.merged

    def names(self) -> list[tuple[str, bool]]:
        return [("", False)]

    def sheet(self, name: str) -> RawSheet:
        def rows() -> Iterator[list[Cell]]:
            return iter([list(row) for row in self._rows])

        return RawSheet(rows, len(self._rows), max(map(len, self._rows)), merged=self._merged)

    def remarks(self, name: str) -> tuple[Problem, ...]:
        return ()

    def error_cells(self, name: str) -> dict[tuple[int, int], str]:
        return {}


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Cell]] = []
        self.merged: list[Merged] = []
        self._taken: set[tuple[int, int]] = set()
        """Places that a cell above them covers."""
        self._cell: list[str] | None = None
        self._across = self._down = 1
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            said = dict(attrs)
            self._across, self._down = _span(said.get("colspan")), _span(said.get("rowspan"))
            self._cell = []
        elif tag in ("br", "p") and self._cell:
            self._cell.append(_BREAK)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()  # of a page that was cut, or closes nothing

    def _end_cell(self) -> None:
        """Puts the cell in the next place of its row that no other covers."""
        if self._cell is None:
            return
        text = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split(_BREAK)).strip()
        self._cell = None
        row, place = self.rows[-1], len(self.rows) - 1
        while (place, len(row)) in self._taken:
            row.append("")
        column = len(row)
        row += [text, *[""] * (self._across - 1)]
        if self._across > 1 or self._down > 1:
            self.merged.append((place, column, place + self._down - 1, column + self._across - 1))
            if len(self._taken) < _MOST_CELLS:
                self._taken.update(
                    (place + down, column + across) for down in range(1, self._down) for across in range(self._across)
                )


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _MOST_SPAN) if said and said.isdigit() else 1


def _encoding(content: bytes) -> str:
    found = _CHARSET.search(content[:2_000])
    if found:
        try:
            content[:100].decode(found[1].decode(), "replace")
        except LookupError:
            pass
        else:
            named = found[1].decode().lower()
            return "cp1252" if named in ("iso-8859-1", "latin1", "us-ascii") else named
    return encoding_of(content)
