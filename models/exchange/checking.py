"""Checking a list: what its cells say as stored values, and everything wrong with them, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from models.exchange.cells import Cell
from models.exchange.checked import CheckedList, Finding
from models.exchange.context import CheckContext as CheckContext
from models.exchange.doubts import doubtful_pairs
from models.exchange.fields import field_named
from models.exchange.list_stops import doubts_of, is_cut_suspected, stops_of
from models.exchange.list_values import ListValues, american_columns, fields_of, read_values
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.reading_cells import Readers
from models.exchange.row_checks import findings_of_row
from models.exchange.table import ListTable
from models.exchange.values import cleaned
from models.exchange.whole_list import related_places, relations, settled
from models.people.names import fold
from models.values.months import Period

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many; what it raises (a cancel) stops the check."""
_MOST_AT_ONCE = 2_000
"""Rows that are asked again one by one; for more the whole list is checked anew."""


def check_list(
    table: ListTable, mapping: ColumnMapping, context: CheckContext, progress: Progress | None = None
) -> CheckedList:
    """Reads every cell, asks every rule of every person, and looks at the list as a whole."""
    steps = _Steps(progress, len(fields_of(table, mapping)) + 3)
    values = read_values(table, mapping, context, tell=steps)
    doubtful = sorted(values.doubtful | doubtful_pairs(values))
    values.doubtful.update(doubtful)
    steps()
    return _checked(values, doubtful, steps)


def check_every_row(table: ListTable, mapping: ColumnMapping, context: CheckContext) -> CheckedList:
    """The same without passing over any row: what `check_list` is held against by its tests."""
    values = read_values(table, mapping, context)
    values.doubtful.update(range(len(table)))
    return _checked(values, range(len(table)), lambda: None)


def recheck(
    checked: CheckedList, place: int, column: int, text: Cell, context: CheckContext | None = None
) -> CheckedList:
    """Mends one cell, in place, and asks again only what can change: the row, and rows that share its numbers.

    Give the `context` of this thread's register where the list was checked with another one.
    """
    if context is not None and context is not checked.context:
        checked.context, checked.readers = context, None
    was = {name: values[place] for name, values in checked.values.items()}
    was_cut = is_cut_suspected(_as_values(checked))
    checked.table.columns[column][place] = text
    if _settled_otherwise(checked, column):
        return _anew(checked)
    row = _read_again(checked, {place})
    values = _as_values(checked)
    if is_cut_suspected(values) or was_cut:
        return _anew(checked)
    others = related_places(values, [place], [was]) - {place}
    if len(others) > _MOST_AT_ONCE:
        return _anew(checked)
    own = {place: row[place]} | (_own_findings(checked, others) if others else {})
    around = sorted(related_places(values, own))
    related = relations(values, around)
    kept = [finding for finding in checked.findings if finding.place not in own]
    for at, findings in own.items():
        kept += settled(findings, related.get(at, ()))
    return _finished(checked, kept)


def translate_word(checked: CheckedList, column: int, text: str, stored: str) -> CheckedList:
    """One answer for a word of the list: every cell of the column that says so now means the stored value (empty: it
    means nothing), and `CheckedList.mapping` remembers it. `stored` may also be one of the texts that were offered."""
    name = checked.fields[column]
    known = dict(choices(checked, column))
    if stored and stored not in known:
        stored = next((code for code, shown in known.items() if fold(shown) == fold(stored)), stored)
    key = fold(cleaned(text))
    words = {**checked.mapping.translations.get(name, {}), key: stored}
    checked.mapping = replace(checked.mapping, translations={**checked.mapping.translations, name: words})
    checked.readers = None
    cells = checked.table.columns[column]
    same = {cell for cell in set(cells) if fold(cleaned(cell)) == key}
    places = {place for place, cell in enumerate(cells) if cell in same}
    if len(places) > _MOST_AT_ONCE or name == "kecamatan":
        return _anew(checked)
    own = _read_again(checked, places)
    return _with_relations(checked, own)


def choices(checked: CheckedList, column: int) -> tuple[tuple[str, str], ...]:
    """What a word of this column may mean: the stored value and how it is shown; empty for a column of other values."""
    context, name = _context(checked), checked.fields[column]
    if name == "nagari":
        return tuple(context.nagari.items())
    if name == "kecamatan":
        return tuple(context.kecamatan.items())
    try:
        return tuple(_readers(checked).vocabulary(name).shown.items())
    except KeyError:
        return ()


def accept(checked: CheckedList, place: int, code: str, reason: str) -> None:
    """Keeps the reason for which a warning of a row is right; an empty reason takes it back."""
    reasons = {**checked.reasons.get(place, {}), code: reason.strip()}
    kept = {key: text for key, text in reasons.items() if text}
    if kept:
        checked.reasons[place] = kept
    else:
        checked.reasons.pop(place, None)


def accept_all(checked: CheckedList, code: str, reason: str, places: Collection[int] | None = None) -> int:
    """The same reason for every warning of a kind, in some rows or in all; returns for how many."""
    found = {
        finding.place
        for finding in checked.findings
        if finding.problem.code == code and not finding.is_error and (places is None or finding.place in places)
    }
    for place in found:
        accept(checked, place, code, reason)
    return len(found)


class _Steps:
    """Tells how far the check is."""

    def __init__(self, progress: Progress | None, count: int) -> None:
        self._progress, self._count, self._done = progress, count, 0

    def __call__(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._count), self._count)


def _checked(values: ListValues, places: Iterable[int], tell: Callable[[], None]) -> CheckedList:
    own = {place: findings_of_row(values, place) for place in places}
    tell()
    related = relations(values)
    findings = [
        finding
        for place in sorted(own.keys() | related.keys())
        for finding in settled(own.get(place, ()), related.get(place, ()))
    ]
    _note_for_all(values)
    checked = CheckedList(
        values.table,
        values.mapping,
        values.fields,
        values.values,
        findings,
        stops=stops_of(values, findings),
        absent=_absent(values),
        noted=values.noted,
        context=values.context,
        month_first=values.month_first,
        readers=values.readers,
    )
    checked.doubts = doubts_of(values, checked.absent)
    tell()
    return checked


def _absent(values: ListValues) -> frozenset[str]:
    if values.mapping.purpose is not Purpose.WORKERS:
        return frozenset()
    return frozenset(name for name in values.context.required if not values.has(name))


def _note_for_all(values: ListValues) -> None:
    """What is worth knowing, and asks nothing."""
    payers = Counter(number for number in values.values.get("payer_number", ()) if number)
    shared = sum(count > 1 for count in payers.values())
    if shared:
        values.noted["payer_shared"] = shared
    plan, births = values.context.plan, values.values.get("born_on")
    if plan is None or births is None:
        return
    period = Period(plan.first, plan.first + (plan.month_count - 1))
    ages = values.context.ages
    leaving = {
        born_on
        for born_on in set(births)
        if born_on and ages.reaches_max_in(date.fromisoformat(str(born_on)), period)
    }
    if leaving:
        values.noted["turns_too_old"] = sum(born_on in leaving for born_on in births)


def _context(checked: CheckedList) -> CheckContext:
    assert checked.context is not None, "a list is mended with the context that it was checked with"
    return checked.context


def _readers(checked: CheckedList) -> Readers:
    if checked.readers is None:
        checked.readers = Readers(checked.mapping, _context(checked))
    return checked.readers


def _as_values(checked: CheckedList) -> ListValues:
    """The list in the form in which the checks ask about it."""
    columns = {name: column for column, name in checked.fields.items()}
    for column, name in checked.fields.items():
        for given in field_named(name).gives:
            columns.setdefault(given, column)
    context = _context(checked)
    return ListValues(
        checked.table,
        checked.mapping,
        context,
        _readers(checked),
        dict(checked.fields),
        columns,
        values=checked.values,
        month_first=checked.month_first,
    )


def _own_findings(checked: CheckedList, places: Collection[int]) -> dict[int, list[Finding]]:
    """The findings of some rows by themselves; their stored values stay."""
    order = sorted(places)
    part = _read_part(checked, order)
    return {
        place: [replace(finding, place=place) for finding in findings_of_row(part, at)]
        for at, place in enumerate(order)
    }


def _read_again(checked: CheckedList, places: Collection[int]) -> dict[int, list[Finding]]:
    """Stores what the cells of some rows say now, and returns what is wrong with each row by itself."""
    order = sorted(places)
    part = _read_part(checked, order)
    count = len(checked)
    for name in part.values.keys() - checked.values.keys():
        checked.values[name] = [""] * count
    for name, column in checked.values.items():
        new = part.values.get(name)
        for at, place in enumerate(order):
            column[place] = "" if new is None else new[at]
    return {
        place: [replace(finding, place=place) for finding in findings_of_row(part, at)]
        for at, place in enumerate(order)
    }


def _read_part(checked: CheckedList, places: list[int]) -> ListValues:
    table, mapping, context = _part(checked.table, places), checked.mapping, _context(checked)
    return read_values(table, mapping, context, month_first=checked.month_first, readers=_readers(checked))


def _part(table: ListTable, places: list[int]) -> ListTable:
    columns = [[column[place] for place in places] for column in table.columns]
    return replace(table, columns=columns, rows=[table.rows[place] for place in places])


def _with_relations(checked: CheckedList, own: dict[int, list[Finding]]) -> CheckedList:
    """Puts new findings of some rows in the place of the old ones."""
    values = _as_values(checked)
    others = related_places(values, own) - own.keys()
    if len(others) > _MOST_AT_ONCE or is_cut_suspected(values):
        return _anew(checked)
    own = own | (_own_findings(checked, others) if others else {})
    related = relations(values, sorted(related_places(values, own)))
    kept = [finding for finding in checked.findings if finding.place not in own]
    for at, findings in own.items():
        kept += settled(findings, related.get(at, ()))
    return _finished(checked, kept)


def _finished(checked: CheckedList, findings: list[Finding]) -> CheckedList:
    findings.sort(key=lambda one: (one.place, -1 if one.column is None else one.column, one.problem.code))
    checked.findings = findings
    values = _as_values(checked)
    checked.stops = stops_of(values, findings)
    checked.doubts = doubts_of(values, checked.absent)
    return checked


def _settled_otherwise(checked: CheckedList, column: int) -> bool:
    """Whether the order of day and month in a column of dates looks otherwise after a cell was mended."""
    if checked.fields.get(column) not in ("born_on", "paid_on", "nik"):
        return False
    return american_columns(_as_values(checked)) != checked.month_first


def _anew(checked: CheckedList) -> CheckedList:
    """The whole list once more; it stays the same object."""
    fresh = check_list(checked.table, checked.mapping, _context(checked))
    for name in ("values", "findings", "stops", "doubts", "absent", "noted", "month_first", "readers"):
        setattr(checked, name, getattr(fresh, name))
    return checked
