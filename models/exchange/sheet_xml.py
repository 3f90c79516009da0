"""What a workbook's own XML tells that its reader does not: formulas without a result, cells that show an error."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from models.exchange.guards import UNPACKING, Opened

_STEP, _ENOUGH = 1 << 19, 1 << 20
_MOST = 10_000
"""Errors of a sheet that are remembered; no list with more of them is read by anybody."""
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"<(?:\w+:)?c\b([^>]*\bt=\"e\"[^>]*)>(?:<(?:\w+:)?f\b.*?)?<(?:\w+:)?v>([^<]{1,20})<", re.DOTALL)
_REFERENCE = re.compile(rb"\br=\"([A-Z]{1,3}\d{1,7})\"")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass(slots=True)
class Odd:
    """What is odd in a sheet."""

    without_result: int = 0
    first_without_result: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    """Cell (``C7``) -> what it shows (``#N/A``)."""

    def error_cells(self) -> dict[tuple[int, int], str]:
        """The errors by (row, column), from 0."""
        return {place_of(cell): error for cell, error in self.errors.items()}


class SheetXml:
    """The parts of one workbook."""

    def __init__(self, opened: Opened) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(opened.content))
        self._names = {name.lower(): name for name in opened.parts}
        book = self._part("xl/workbook.xml")
        self.is_from_1904 = bool(re.search(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=\"(?:1|true)\"", book))
        """Days are counted from 1904-01-01."""
        targets = {
            _attribute(tag, b"Id"): _attribute(tag, b"Target")
            for tag in _RELATION.findall(self._part("xl/_rels/workbook.xml.rels"))
        }
        self._sheets = {
            _attribute(tag, b"name"): _full(targets.get(_attribute(tag, b"[\\w]+:id"), ""))
            for tag in _SHEET.findall(book)
        }

    def look_through(self, sheet: str) -> Odd:
        """Reads a sheet's XML without making anything of it; empty where the sheet has none.

        A list has its formulas in columns: where its first rows have none, the others are not unpacked for it.
        """
        odd = Odd()
        name = self._names.get(self._sheets.get(sheet, "").lower())
        if name is None or not name.lower().endswith(".xml"):
            return odd
        try:
            with self._archive.open(name) as stream:
                rest = b""
                looked_at = 0
                while block := stream.read(_STEP):
                    looked_at += len(block)
                    block = rest + block
                    end = block.rfind(b"</row>") if len(block) < 4 * _STEP else len(block)
                    rest = block[end:]
                    if not _note(block[:end], odd) and looked_at >= _ENOUGH:
                        return odd
                _note(rest, odd)
        except UNPACKING:  # the reader itself says what is wrong with it
            return odd
        return odd

    def _part(self, name: str) -> bytes:
        try:
            return self._archive.read(self._names[name])
        except (KeyError, *UNPACKING):
            return b""


def _note(block: bytes, odd: Odd) -> bool:
    """Whether there was a formula or an error."""
    has_formula = b"<f" in block or b":f>" in block or b":f " in block
    has_error = b't="e"' in block
    if has_formula:
        for found in _FORMULA.finditer(block):
            if b't="str"' in found[1]:  # its result is an empty text
                continue
            odd.without_result += 1
            odd.first_without_result = odd.first_without_result or _reference(found[1])
    if has_error:
        for found in _ERROR.finditer(block):
            if len(odd.errors) < _MOST:
                odd.errors[_reference(found[1])] = html.unescape(found[2].decode("utf-8", "replace"))
    return has_formula or has_error


def _reference(attributes: bytes) -> str:
    found = _REFERENCE.search(attributes)
    return found[1].decode() if found else "A1"


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\b" + name + rb"=(?:\"([^\"]*)\"|'([^']*)')", tag)
    return html.unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def _full(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def place_of(cell: str) -> tuple[int, int]:
    """Row and column of ``C7``, from 0: (6, 2)."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]) - 1, column - 1


def letters_of(column: int) -> str:
    """What spreadsheets call a column, from 0: ``A``, ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
