"""Lists out, in words."""

from __future__ import annotations

from datetime import date

from models.exchange.layouts import ColumnLayout
from models.exchange.xlsx_out import OutCell
from models.language import translate as _
from models.language import translate_count
from models.people.masking import masked
from models.storage.lists_out import OutPreview
from models.values.formats import NOTHING, number

_MASKED = {"nik": "nik", "family_card": "family_card", "heir_nik": "heir_nik", "mother_name": "mother_name"}
"""Sources whose values identify a person, with the attribute that says how they are masked."""
MOST_NAMED = 4


def cell_words(layout: ColumnLayout, place: int, cell: OutCell) -> str:
    """A cell of the preview: as it will be written, but for what identifies the person."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    column = layout.columns[place]
    if isinstance(cell, float):
        return str(cell)
    if isinstance(cell, int):
        return number(cell) if column.source not in ("number", "month_count") else str(cell)
    if column.source in _MASKED:
        return masked(_MASKED[column.source], cell)
    if column.source == "phone":
        return "*" * max(0, len(cell) - 4) + cell[-4:]
    return cell


def preview_words(layout: ColumnLayout, found: OutPreview) -> str:
    """How many people, what is empty that should not be, who was sent before."""
    people = translate_count("{count} person", "{count} people", found.people).format(count=number(found.people))
    told = [_("{people} in the list.").format(people=people)]
    if found.missing:
        most = sorted(found.missing.items(), key=lambda entry: (-entry[1], entry[0]))
        shown = [
            _("{heading}: {count}").format(heading=layout.columns[place].heading, count=number(count))
            for place, count in most[:MOST_NAMED]
        ]
        told.append(_("Empty cells that should not be: {columns}.").format(columns=", ".join(shown)))
    if found.sent_before:
        words = translate_count(
            "{count} of them stood in a list that was sent already.",
            "{count} of them stood in lists that were sent already.",
            found.sent_before,
        )
        told.append(words.format(count=number(found.sent_before)))
    return " ".join(told)


def source_words(label: str, constant: str) -> str:
    """What a column holds."""
    return _(label) if label else _("always “{text}”").format(text=constant) if constant else NOTHING
