"""A list back to its sender: as it came, the bad cells marked and the reasons beside the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange.cells import Cell, text_of
from models.exchange.checked import CheckedList, Finding
from models.exchange.mistakes import MISTAKES, NAMES
from models.exchange.table import RowKind
from models.exchange.xlsx_out import Column, Form, Mark, Marked, OutCell, SheetOut, write_rows
from models.language import N_
from models.language import translate as _

if TYPE_CHECKING:
    from models.exchange.list_file import Progress

REASONS = N_("To be mended")
"""Heading of the one column that is added."""
_TO_DO: Mapping[int, str] = {
    1: N_("Type the NIK again from the KTP or KK into cells that are formatted as text; its digits are lost."),
    2: N_("Type the NIK again from the KTP or KK into cells that are formatted as text; its last digit is lost."),
    3: N_("Compare the NIK with the KTP: it has sixteen digits and nothing else."),
    4: N_("Put the NIK of the person here; the family card number belongs in its own column."),
    5: N_("Compare NIK, birth date and sex with the KTP, and mend the one that is wrong."),
    6: N_("Format the column as text and put the zero back in front."),
    7: N_("Write the date as day/month/year, for instance 31/12/1980."),
    8: N_("Write the year with four digits."),
    9: N_("Keep one of the two rows, or correct the one that is somebody else."),
    10: N_("Take the person out of this list, or say why a second enrolment is right."),
    11: N_("Compare the birth date with the KTP; whoever is too young or too old cannot be enrolled."),
    12: N_("Write the name as on the KTP, without titles, nicknames or numbers."),
    13: N_("Put each value under its own heading; something was shifted or swapped here."),
    14: N_("Write the nagari and the kecamatan with their official names of today."),
    15: N_("Write the amount in whole rupiah, digits only, and check that it fits the table."),
}
"""Number of the mistake -> what its sender should do in the list."""
_OTHERS = N_("Other")
_REASONS_WIDTH = 60
_MOST_TITLES = 6


def write_findings(
    checked: CheckedList, path: Path, *, only_findings: bool = False, progress: Progress | None = None
) -> int:
    """Writes the workbook and returns how many rows of people it has; with `only_findings` the sound rows are left out.

    The NIK stands in it in full, since the sender wrote it. Raises StorageFailure.
    """
    open_ones = [finding for finding in checked.findings if not _is_explained(checked, finding)]
    by_place: dict[int, list[Finding]] = {}
    for finding in open_ones:
        by_place.setdefault(finding.place, []).append(finding)
    places = sorted(by_place) if only_findings else range(len(checked))
    sheets = (_list(checked, by_place, places, only_findings), _counts(checked, open_ones))
    write_rows(path, sheets, progress)
    return len(places)


def _is_explained(checked: CheckedList, finding: Finding) -> bool:
    return not finding.is_error and bool(checked.reasons.get(finding.place, {}).get(finding.problem.code, "").strip())


def _list(
    checked: CheckedList, by_place: Mapping[int, Sequence[Finding]], places: Sequence[int], only_findings: bool
) -> SheetOut:
    table = checked.table
    columns = [Column(heading, Form.AS_IS) for heading in table.headings]
    columns.append(Column(_(REASONS), width=_REASONS_WIDTH, wraps=True))
    titles = [left.text for left in table.left_out if left.kind is RowKind.TITLE][:_MOST_TITLES]
    first = 2 + (len(titles) + 1 if titles else 0)
    is_numbered = only_findings or any(table.rows[place] != first + place for place in places)
    if is_numbered:  # sentences speak of rows of the sender's file, and here they stand elsewhere
        columns.append(Column(_("Row in your file"), Form.NUMBER))
    return SheetOut(table.source.sheet or _("List"), columns, _rows(checked, by_place, places, is_numbered), titles)


def _rows(
    checked: CheckedList, by_place: Mapping[int, Sequence[Finding]], places: Sequence[int], is_numbered: bool
) -> Iterator[Sequence[OutCell | Marked]]:
    table = checked.table
    for place in places:
        findings = by_place.get(place, ())
        row: list[OutCell | Marked] = [_as_it_came(column[place]) for column in table.columns]
        for number, own in _by_column(findings).items():
            value = row[number]
            assert not isinstance(value, Marked)
            mark = Mark.WRONG if any(finding.is_error for finding in own) else Mark.DOUBTFUL
            row[number] = Marked(value, mark, "\n".join(finding.problem.text for finding in own))
        row.append(_sentences(table.headings, findings))
        if is_numbered:
            row.append(table.rows[place])
        yield row


def _by_column(findings: Sequence[Finding]) -> dict[int, list[Finding]]:
    by_column: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.column is not None:
            by_column.setdefault(finding.column, []).append(finding)
    return by_column


def _sentences(headings: Sequence[str], findings: Sequence[Finding]) -> OutCell | Marked:
    """One line for each finding, led by the heading of its column."""
    lines = []
    for finding in findings:
        heading = headings[finding.column] if finding.column is not None else ""
        lines.append(f"{heading}: {finding.problem.text}" if heading else finding.problem.text)
    if not lines:
        return ""
    is_error = any(finding.is_error for finding in findings)
    return Marked("\n".join(lines), Mark.WRONG if is_error else Mark.DOUBTFUL)


def _as_it_came(cell: Cell) -> OutCell:
    """The cell in the kind it had; what no workbook keeps otherwise, as text."""
    if isinstance(cell, bool) or not isinstance(cell, OutCell):
        return text_of(cell)
    return cell


def _counts(checked: CheckedList, findings: Sequence[Finding]) -> SheetOut:
    """How often each mistake was found, what to do, and an example; what is wrong with the whole list first."""
    counts = Counter(MISTAKES.get(finding.problem.code, 0) for finding in findings)
    examples: dict[int, Finding] = {}
    for finding in findings:
        examples.setdefault(MISTAKES.get(finding.problem.code, 0), finding)
    rows: list[Sequence[OutCell]] = [
        (_("The whole list"), None, problem.text, "") for problem in (*checked.stops, *checked.doubts)
    ]
    for number in sorted(counts, key=lambda number: (number == 0, number)):
        example = examples[number]
        where = _("Row {row}: {what}").format(row=checked.table.rows[example.place], what=example.problem.text)
        rows.append((_(NAMES.get(number, _OTHERS)), counts[number], _(_TO_DO.get(number, "")), where))
    columns = (
        Column(_("What is wrong"), width=34, wraps=True),
        Column(_("How often"), Form.NUMBER),
        Column(_("What to do"), width=60, wraps=True),
        Column(_("For instance"), width=60, wraps=True),
    )
    people = _("{rows} of {people} rows have something to be mended.").format(
        rows=len({finding.place for finding in findings}), people=len(checked)
    )
    return SheetOut(_("Counts"), columns, rows, (people,))
