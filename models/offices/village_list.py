"""A list of nagari (desa, kelurahan) as an office brings it: a CSV file of codes and names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.language import N_
from models.problems import Problem, StorageFailure

MOST_BYTES = 4_000_000
"""Far more than the longest list of one kabupaten."""
_CODE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})")


@dataclass(frozen=True, slots=True)
class VillageList:
    """What a file holds; nothing of it should be loaded while there are problems."""

    villages: tuple[tuple[str, str], ...]
    """Code (``13.06.01.2001``) and name."""
    problems: tuple[Problem, ...]
    """Each names its row in the sentence."""


def read_village_list(file: Path, regency: str, is_kecamatan: Callable[[str], bool]) -> VillageList:
    """Reads and checks the file: comma or semicolon, with or without a head, codes with or without dots.

    Raises StorageFailure when it cannot be read at all.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise StorageFailure(
                "too_large", N_("{file} is too large for a list of nagari. Choose another file."), file=file.name
            )
        raw = file.read_bytes()
    except OSError as error:
        raise StorageFailure(
            "unreadable",
            N_("The file {file} cannot be read. Check that it is still there and not open elsewhere."),
            file=file.name,
        ) from error
    if raw.startswith((b"PK", b"\xd0\xcf")):
        raise StorageFailure(
            "spreadsheet",
            N_("{file} is a spreadsheet. Save it there as CSV (code, name), then choose the CSV file."),
            file=file.name,
        )
    return read_village_rows(_text(raw), regency, is_kecamatan)


def read_village_rows(text: str, regency: str, is_kecamatan: Callable[[str], bool]) -> VillageList:
    """The same for the text of such a file; rows count as a spreadsheet shows them, the first is 1."""
    lines = text.splitlines()
    mark = ";" if sum(line.count(";") for line in lines) > sum(line.count(",") for line in lines) else ","
    found: dict[str, tuple[int, str]] = {}
    problems: list[Problem] = []
    for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
        code, name = ([cell.strip() for cell in cells] + ["", ""])[:2]
        if not (code or name) or (row == 1 and not any(c.isdigit() for c in code)):
            continue  # an empty row, or the head
        wrong = next(_problems_of_row(row, code, name, regency, is_kecamatan, found), None)
        if wrong is not None:
            problems.append(wrong)
            continue
        found[_dotted(code)] = (row, " ".join(name.split()))
    if not found and not problems:
        problems.append(Problem("file", "empty", N_("The file holds no rows. Each row needs a code and a name.")))
    return VillageList(tuple((code, name) for code, (_row, name) in found.items()), tuple(problems))


def _problems_of_row(
    row: int,
    code: str,
    name: str,
    regency: str,
    is_kecamatan: Callable[[str], bool],
    found: dict[str, tuple[int, str]],
) -> Iterator[Problem]:
    shown = {"row": row, "code": code or "–"}
    dotted = _dotted(code)
    if not dotted:
        message = N_("Row {row}: “{code}” is not the code of a nagari. It has 10 digits, for instance {example}.")
        yield Problem("code", "code_form", message, {**shown, "example": f"{regency}.01.2001"})
    elif not dotted.startswith(f"{regency}."):
        message = N_("Row {row}: {code} does not belong to this kabupaten, whose codes begin with {regency}.")
        yield Problem("code", "code_elsewhere", message, {**shown, "regency": regency})
    elif not is_kecamatan(dotted.rpartition(".")[0]):
        message = N_(
            "Row {row}: there is no kecamatan {kecamatan} for the code {code}. Compare with Kemendagri's list."
        )
        yield Problem("code", "kecamatan_unknown", message, {**shown, "kecamatan": dotted.rpartition(".")[0]})
    elif dotted in found:
        message = N_("Row {row}: {code} stands in row {first} already. Take one of the two out.")
        yield Problem("code", "code_twice", message, {**shown, "first": found[dotted][0]})
    if not any(c.isalpha() for c in name):
        message = N_("Row {row}: the nagari {code} has no name.")
        yield Problem("name", "name_missing", message, shown)


def _dotted(code: str) -> str:
    match = _CODE.fullmatch(code)
    return ".".join(match.groups()) if match else ""


def _text(raw: bytes) -> str:
    """UTF-8, as spreadsheets save it today, or the code page of older ones."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
