"""The cells of a list as stored values, column by column, and which rows have to be looked at more closely.

Nearly all cells of a list are in order, and nearly all say what another one said already. So each distinct cell is read
once, what is surely right is passed over by sets and slices, and only the rest goes through the rules row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from models.exchange.cells import Cell
from models.exchange.context import CheckContext
from models.exchange.fields import Content, field_named, keys_of
from models.exchange.listed_names import doubtful_names
from models.exchange.mapping import FROM_NIK, ColumnMapping
from models.exchange.reading_cells import Readers
from models.exchange.table import ListTable
from models.exchange.values import Read, Stored, is_month_first
from models.people.names import Name, fold, read_name
from models.people.nik import parse_nik
from models.problems import Problem


@dataclass(slots=True)
class CellFinding:
    """What is wrong with one cell, whoever the row is about."""

    column: int
    problem: Problem
    proposals: tuple[str, ...] = ()


@dataclass(slots=True)
class ListValues:
    """What a list says, as stored values, and where it has to be looked at."""

    table: ListTable
    mapping: ColumnMapping
    context: CheckContext
    readers: Readers
    fields: dict[int, str]
    columns: dict[str, int]
    """Field, or what a field gives -> column."""
    values: dict[str, list[Stored]] = field(default_factory=dict)
    found: dict[int, list[CellFinding]] = field(default_factory=dict)
    """Place -> what is wrong with its cells."""
    doubtful: set[int] = field(default_factory=set)
    """Places that are not surely in order."""
    folded: dict[str, list[str]] = field(default_factory=dict)
    """Names and mothers' names made ready to be compared, without spaces."""
    noted: Counter[str] = field(default_factory=Counter)
    month_first: frozenset[int] = frozenset()
    """Columns whose dates stand in American order."""

    def __len__(self) -> int:
        return len(self.table)

    def has(self, name: str) -> bool:
        """Whether the list says anything of a field, in a column or for all."""
        return name in self.values

    def cell(self, name: str, place: int) -> Cell:
        """The cell of a field as it stands; empty where no column has it."""
        column = self.columns.get(name)
        return "" if column is None else self.table.columns[column][place]


def fields_of(table: ListTable, mapping: ColumnMapping) -> dict[int, str]:
    """Column -> field, for the columns that mean something."""
    keys = keys_of(table.headings)
    return {column: name for column, key in enumerate(keys) if (name := mapping.columns.get(key, ""))}


def read_values(
    table: ListTable,
    mapping: ColumnMapping,
    context: CheckContext,
    *,
    month_first: frozenset[int] | None = None,
    readers: Readers | None = None,
    tell: Callable[[], None] = lambda: None,
) -> ListValues:
    """Reads every cell. `month_first` is given where the order of the dates was settled by a longer list, `readers`
    where they were made before; `tell` is called after each column."""
    fields = fields_of(table, mapping)
    columns = {name: column for column, name in fields.items()}
    for column, name in fields.items():
        for given in field_named(name).gives:
            columns.setdefault(given, column)
    list_values = ListValues(table, mapping, context, readers or Readers(mapping, context), fields, columns)
    if month_first is None:
        month_first = american_columns(list_values)
    list_values.month_first = month_first
    for column in _in_order(list_values):
        _read_column(list_values, column)
        tell()
    _fill_in(list_values)
    return list_values


def _in_order(list_values: ListValues) -> Iterable[int]:
    """The kecamatan before the nagari that it decides on, RT and RW after the address that they complete."""
    late = {"nagari": 1, "rt_rw": 1, "rt": 1, "rw": 2, "titles": 1, "title_before": 1, "title_after": 1}
    return sorted(list_values.fields, key=lambda column: late.get(list_values.fields[column], 0))


def american_columns(list_values: ListValues) -> frozenset[int]:
    """Columns of dates with the month first."""
    columns = list_values.table.columns
    nik = list_values.columns.get("nik")
    return frozenset(
        column
        for column, name in list_values.fields.items()
        if field_named(name).content is Content.DATE
        and is_month_first(columns[column], columns[nik] if name == "born_on" and nik is not None else None)
    )


class _Reading(dict[Cell, Stored]):
    """Cell -> stored value; each distinct cell is read when it is met first."""

    def __init__(self, read: Callable[[Cell], Read], is_fine: Callable[[Stored], bool]) -> None:
        self._read = read
        self._is_fine = is_fine
        self.odd: dict[Cell, Read] = {}
        """What has a problem, a remark, or is not surely in order."""
        self.noted: dict[Cell, str] = {}

    def __missing__(self, cell: Cell) -> Stored:
        read = self._read(cell)
        if read.problem is not None or read.is_doubtful or not self._is_fine(read.stored):
            self.odd[cell] = read
        if read.note:
            self.noted[cell] = read.note
        self[cell] = read.stored
        return read.stored


def _read_column(list_values: ListValues, column: int) -> None:
    name = list_values.fields[column]
    cells = list_values.table.columns[column]
    match field_named(name).content:
        case Content.NUMBER:
            return
        case Content.PERSON:
            _read_names(list_values, column)
            return
        case Content.NAGARI if "kecamatan" in list_values.values:
            _read_nagari(list_values, column)
            return
        case Content.PLACE_AND_DATE:
            _read_birth(list_values, column)
            return
        case Content.RT_RW:
            _complete_address(list_values, column)
            return
        case _:
            pass
    if name == "age":
        return
    if name == "titles":
        _read_titles(list_values, column)
        return
    values: list[Stored]
    read = list_values.readers.reader(name, column in list_values.month_first)
    is_fine = list_values.readers.judge(name)
    if (quick := list_values.readers.quick_column(name, cells)) is not None:
        values, odd = quick
        _read_one_by_one(list_values, column, values, odd, _Reading(read, is_fine))
    elif field_named(name).content is Content.TEXT and name != "birth_place":
        values = _texts(list_values, column, _Reading(read, is_fine))
    else:
        reading = _Reading(read, is_fine)
        values = list(map(reading.__getitem__, cells))
        _keep(list_values, column, reading, cells)
    if name.startswith("title_") and name in list_values.values:
        values = [str(new or old) for new, old in zip(values, list_values.values[name], strict=True)]
    list_values.values[name] = values


def _read_one_by_one(
    list_values: ListValues, column: int, values: list[Stored], places: list[int], reading: _Reading
) -> None:
    """The cells of a column that were not passed over."""
    cells = list_values.table.columns[column]
    for place in places:
        cell = cells[place]
        values[place] = reading[cell]
        if cell in reading.odd:
            _put(list_values, place, column, reading.odd[cell])
        if cell in reading.noted:
            list_values.noted[reading.noted[cell]] += 1


def _texts(list_values: ListValues, column: int, reading: _Reading) -> list[Stored]:
    """Free texts, of which most stay as they stand."""
    cells = list_values.table.columns[column]
    is_plain = list_values.readers.is_plain_text
    name = list_values.fields[column]
    others = {cell for cell in set(cells) if name == "notes" or not is_plain(cell)}
    if not others:
        return [*cells]  # type: ignore[list-item]
    stored = {cell: reading[cell] for cell in others}
    _keep(list_values, column, reading, cells)
    return [stored[cell] if cell in stored else str(cell) for cell in cells]


def _keep(list_values: ListValues, column: int, reading: _Reading, cells: Sequence[Cell]) -> None:
    """Puts what was odd in a column to its rows."""
    if reading.odd:
        odd = reading.odd
        for place in [place for place, cell in enumerate(cells) if cell in odd]:
            _put(list_values, place, column, odd[cells[place]])
    if reading.noted:
        noted = reading.noted
        list_values.noted.update(noted[cell] for cell in cells if cell in noted)


def _put(list_values: ListValues, place: int, column: int, read: Read) -> None:
    list_values.doubtful.add(place)
    if read.problem is not None:
        finding = CellFinding(column, read.problem, read.proposals)
        list_values.found.setdefault(place, []).append(finding)


def _read_names(list_values: ListValues, column: int) -> None:
    """Names are looked at by their words: a list has many names, and few words that are no plain ones."""
    name = list_values.fields[column]
    cells = list_values.table.columns[column]
    clean = list_values.readers.text
    names: list[str] = [*cells] if set(map(type, cells)) == {str} else [_named(cell, clean) for cell in cells]  # type: ignore[list-item]
    values: list[Stored] = [*names]
    is_required = list_values.readers.is_required(name)
    before: dict[int, str] = {}
    after: dict[int, str] = {}
    joined = "\n".join(names)
    folded = joined.upper().replace(" ", "").split("\n")
    if len(folded) != len(names):
        folded = [text.upper().replace(" ", "") for text in names]
    for place in doubtful_names(names, joined):
        text = clean(cells[place])
        read = read_name(text, field=name, living=name != "mother_name")
        values[place] = read.name if name == "name" else text
        folded[place] = fold(read.name if name == "name" else text).replace(" ", "")
        if read.problems or (not text and is_required) or not text.isascii():
            list_values.doubtful.add(place)
        if name != "name":
            if name == "heir_name" and (read.title_before or read.title_after):
                list_values.doubtful.add(place)
            continue
        if (read.title_before or read.title_after) and read_name(read.name) != Name(read.name):
            list_values.doubtful.add(place)
        if read.title_before:
            before[place] = read.title_before
        if read.title_after:
            after[place] = read.title_after
    list_values.values[name] = values
    list_values.folded[name] = folded
    for title, found in (("title_before", before), ("title_after", after)):
        if found:
            list_values.values[title] = [found.get(place, "") for place in range(len(cells))]
    if apart := len(before.keys() | after.keys()):
        list_values.noted["titles_apart"] += apart


def _named(cell: Cell, clean: Callable[[Cell], str]) -> str:
    return cell if isinstance(cell, str) else clean(cell)


def _read_nagari(list_values: ListValues, column: int) -> None:
    """With the kecamatan of the row, which decides between nagari of the same name and confirms an old name."""
    cells = list_values.table.columns[column]
    around = list_values.values["kecamatan"]
    is_fine = list_values.readers.judge("nagari")
    readings = {
        code: _Reading(partial(list_values.readers.nagari, kecamatan=str(code or "")), is_fine)
        for code in set(around)
    }
    list_values.values["nagari"] = [readings[code][cell] for cell, code in zip(cells, around, strict=True)]
    if any(reading.odd for reading in readings.values()):
        odd = {code: reading.odd for code, reading in readings.items()}
        for place, (cell, code) in enumerate(zip(cells, around, strict=True)):
            if cell in odd[code]:
                _put(list_values, place, column, odd[code][cell])
    if any(reading.noted for reading in readings.values()):
        noted = {code: reading.noted for code, reading in readings.items()}
        pairs = zip(cells, around, strict=True)
        list_values.noted.update(noted[code][cell] for cell, code in pairs if cell in noted[code])


def _read_birth(list_values: ListValues, column: int) -> None:
    """Place and date from one column; a column of the date alone goes before it."""
    cells = list_values.table.columns[column]
    reads = {cell: list_values.readers.birth(cell) for cell in set(cells)}
    place_fine, date_fine = list_values.readers.judge("birth_place"), list_values.readers.judge("born_on")
    for part, name, is_fine in ((0, "birth_place", place_fine), (1, "born_on", date_fine)):
        if name in list_values.fields.values():
            continue
        stored = {cell: read[part].stored for cell, read in reads.items()}
        list_values.values[name] = [stored[cell] for cell in cells]
        odd = {cell for cell, read in reads.items() if read[part].problem is not None or not is_fine(stored[cell])}
        for at in [at for at, cell in enumerate(cells) if cell in odd]:
            _put(list_values, at, column, reads[cells[at]][part])


def _read_titles(list_values: ListValues, column: int) -> None:
    """A column of titles alone, before or after the name as they are known."""
    cells = list_values.table.columns[column]
    reads: dict[Cell, tuple[str, str]] = {}
    for cell in set(cells):
        text = list_values.readers.text(cell)
        ahead = read_name(f"{text} Abcde").title_before if text else ""
        reads[cell] = (ahead, "") if ahead else ("", text)
    for part, name in enumerate(("title_before", "title_after")):
        old = list_values.values.get(name) or [""] * len(cells)
        new: list[Stored] = [reads[cell][part] or was for cell, was in zip(cells, old, strict=True)]
        if any(new):
            list_values.values[name] = new


def _complete_address(list_values: ListValues, column: int) -> None:
    """RT and RW behind the street."""
    name = list_values.fields[column]
    reading = _Reading(list_values.readers.reader(name, False), lambda _stored: True)
    cells = list_values.table.columns[column]
    parts = list(map(reading.__getitem__, cells))
    _keep(list_values, column, reading, cells)
    street = list_values.values.get("address")
    if street is None:
        list_values.values["address"] = parts
        return
    mark = "/" if name == "rw" and "rt" in list_values.fields.values() else " "
    list_values.values["address"] = [
        f"{line}{mark}{part}" if line and part and str(part) not in str(line) else line or part
        for line, part in zip(street, parts, strict=True)
    ]


def _fill_in(list_values: ListValues) -> None:
    """What holds for everybody, where the own cell says nothing."""
    for name, constant in list_values.mapping.constants.items():
        own = list_values.values.get(name)
        if constant == FROM_NIK:
            of_nik = _of_nik(list_values, name)
            filled = of_nik if own is None else [a or b for a, b in zip(own, of_nik, strict=True)]
        else:
            stored: Stored = int(constant) if name in ("income", "source_decile") else constant
            filled = [stored] * len(list_values) if own is None else [value or stored for value in own]
        list_values.values[name] = filled
        is_fine = list_values.readers.judge(name)
        odd = {value for value in set(filled) if not is_fine(value)}
        if odd:
            list_values.doubtful.update(place for place, value in enumerate(filled) if value in odd)


def _of_nik(list_values: ListValues, name: str) -> list[Stored]:
    """Sex or birth date as the NIK has them."""
    today = list_values.context.today
    result: list[Stored] = []
    for nik in list_values.values.get("nik", [""] * len(list_values)):
        read, _problems = parse_nik(str(nik), today)
        result.append(None if read is None else read.sex.value if name == "sex" else read.born_on.isoformat())
    return result
