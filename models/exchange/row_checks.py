"""What is wrong with one row of a list: its cells, the rules of every worker, and what only lists get wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from models.exchange.cells import text_of
from models.exchange.checked import Finding
from models.exchange.context import CheckContext
from models.exchange.fees import problems_of_fees
from models.exchange.fields import Content, field_named, known_headings
from models.exchange.list_values import CellFinding, ListValues
from models.exchange.mapping import Purpose
from models.exchange.mistakes import MISFITS
from models.exchange.reading_cells import says_any, written
from models.exchange.values import Read
from models.language import N_
from models.people.family_card import parse_family_card
from models.people.kpj import parse_kpj
from models.people.names import fold
from models.people.nik import Nik, parse_nik
from models.people.rules import problems_of
from models.people.worker import MaritalStatus, Segment, Sex, Worker
from models.problems import Level, Problem
from models.schemes.scheme import PayerKind

_RAW = ("nik", "family_card", "phone", "email", "postcode", "kpj", "heir_nik")
"""Fields of which the rules want to see what was written, to say what is wrong with it."""
_TEXTS = (
    "name", "title_before", "title_after", "birth_place", "mother_name", "address", "jorong", "nagari", "occupation",
    "work_place", "source_list", "proof_kind", "proof_number", "perisai_agent", "heir_name", "heir_relation", "notes",
)  # fmt: skip
_LEAST_SHIFTED = 3
"""Cells that fit no column of their own before a row is taken for shifted."""


def findings_of_row(values: ListValues, place: int) -> list[Finding]:
    """Everything wrong with the row as far as it can be seen without the others."""
    if _is_heading(values, place):
        message = N_("These are headings, not a person. Leave the row out.")
        return [Finding(place, None, Problem("row", "heading_row", message))]
    cells = values.found.get(place, [])
    if values.mapping.purpose is not Purpose.WORKERS:
        return [*_of_cells(cells, place), *_of_numbers(values, place)]
    found = [*_of_cells(cells, place), *_of_rules(values, place, cells), *_of_lists(values, place, cells)]
    misfits = {finding.column for finding in found if finding.problem.code in MISFITS}
    if len(misfits) >= _LEAST_SHIFTED and (shift := _shift(values, place, misfits)):
        if shift > 0:
            message = N_("The cells of this row seem to stand one column too far to the right. Move them back.")
        else:
            message = N_("The cells of this row seem to stand one column too far to the left. Move them back.")
        return [Finding(place, None, Problem("row", "row_shifted", message))]
    return found


def worker_of(values: ListValues, place: int) -> Worker:
    """The row as a worker, numbers as they were written where they could not be read."""
    given: dict[str, Any] = {name: values.values[name][place] or "" for name in _TEXTS if name in values.values}
    for name in _RAW:
        if name in values.values:
            given[name] = values.values[name][place] or written(name, values.cell(name, place))
    stored = {name: column[place] for name, column in values.values.items()}
    if born_on := stored.get("born_on"):
        given["born_on"] = date.fromisoformat(str(born_on))
    if sex := stored.get("sex"):
        given["sex"] = Sex(str(sex))
    if marital_status := stored.get("marital_status"):
        given["marital_status"] = MaritalStatus(str(marital_status))
    if segment := stored.get("segment"):
        given["segment"] = Segment(str(segment))
    return Worker(**given, income=stored.get("income"), source_decile=stored.get("source_decile"))  # type: ignore[arg-type]


def required_of(values: ListValues) -> Collection[str]:
    """Required fields that the list has a column or a constant for; what it lacks altogether is said once."""
    return [name for name in values.context.required if values.has(name)]


def _of_cells(cells: list[CellFinding], place: int) -> Iterator[Finding]:
    return (Finding(place, cell.column, cell.problem, cell.proposals) for cell in cells)


def _of_rules(values: ListValues, place: int, cells: list[CellFinding]) -> Iterator[Finding]:
    """The rules that hold for whoever types a worker."""
    context = values.context
    worker = worker_of(values, place)
    spoken_for = {cell.problem.field for cell in cells}
    for name in _RAW:
        if name in spoken_for:
            worker = replace(worker, **{name: ""})  # type: ignore[arg-type]
    problems = problems_of(
        worker,
        context.today,
        context.ages,
        context.known_regions.__contains__,
        context.home_regency,
        usual_regencies=context.usual_regencies,
        first_month=context.first_month,
        required=required_of(values),
    )
    nik, _problems = parse_nik(worker.nik, context.today, worker.born_on)
    for problem in problems:
        if problem.code == "nagari_foreign" and "nagari" in spoken_for:
            continue
        if problem.code.endswith("_missing") and problem.field in spoken_for:
            continue
        if problem.code == "occupation_missing" and _is_for_relatives(context):
            message = N_(
                "The occupation is empty. A civil servant protects a relative who works: ask what the work is, or "
                "leave the row out."
            )
            problem = Problem("occupation", "relative_not_working", message)
        yield _placed(values, place, problem, nik, worker)


def _placed(values: ListValues, place: int, problem: Problem, nik: Nik | None, worker: Worker) -> Finding:
    """The finding at the cell that is most likely wrong, with what might stand there instead."""
    columns, name = values.columns, problem.field
    proposals: tuple[str, ...] = ()
    if nik is not None and problem.code == "nik_sex_differs" and "sex" in columns:
        return Finding(place, columns["sex"], problem, (nik.sex.value,))
    if nik is not None and problem.code == "nik_birth_date_differs" and "born_on" in columns:
        return Finding(place, columns["born_on"], problem, (f"{nik.born_on:%d-%m-%Y}",))
    if problem.code == "family_card_is_nik" and nik is not None and nik.born_on != worker.born_on:
        return Finding(place, columns.get("nik"), replace(problem, field="nik"))
    if problem.code == "born_on_future" and worker.born_on is not None:
        proposals = (f"{worker.born_on:%d-%m}-{worker.born_on.year - 100}",)
    return Finding(place, columns.get(name), problem, proposals)


def _of_numbers(values: ListValues, place: int) -> Iterator[Finding]:
    """The form of NIK, family card and KPJ in lists that are no workers to be registered."""
    today = values.context.today
    spoken_for = {cell.problem.field for cell in values.found.get(place, [])}
    for name, column in values.columns.items():
        if name in spoken_for or name not in ("nik", "family_card", "kpj"):
            continue
        text = written(name, values.table.columns[column][place])
        problems: tuple[Problem, ...]
        if name == "nik":
            problems = parse_nik(text, today)[1]
        elif name == "family_card":
            problems = parse_family_card(text, today)[1]
        else:
            problems = parse_kpj(text)[1]
        yield from (Finding(place, column, problem) for problem in problems)


def _of_lists(values: ListValues, place: int, cells: list[CellFinding]) -> Iterator[Finding]:
    """What nobody types, and lists say all the same."""
    notes = values.values.get("notes")
    if notes is not None and (text := str(notes[place] or "")):
        column = values.columns.get("notes")
        if says_any(text, "dead"):
            message = N_("The remark says that this person has died ({text}). The dead cannot be registered.")
            yield Finding(place, column, Problem("notes", "person_dead", message, {"text": text[:60]}))
        elif says_any(text, "moved"):
            message = N_(
                "The remark says that this person has moved ({text}). Check where, or say why the row stays."
            )
            yield Finding(
                place, column, Problem("notes", "person_moved", message, {"text": text[:60]}, Level.WARNING)
            )
    membership = values.values.get("other_membership")
    if membership is not None and membership[place] not in (None, "", "none"):
        message = N_(
            "The list says that this person is a member already ({text}). Nobody is subsidised twice: find out which "
            "membership goes on, and say so."
        )
        text = text_of(values.cell("other_membership", place))
        problem = Problem("other_membership", "member_elsewhere", message, {"text": text[:60]}, Level.WARNING)
        yield Finding(place, values.columns.get("other_membership"), problem)
    if not {cell.problem.field for cell in cells} & {"fee", "total", "income", "month_count"}:
        for problem in problems_of_fees(values, place):
            yield Finding(place, values.columns.get(problem.field), problem)


def _is_for_relatives(context: CheckContext) -> bool:
    return context.scheme is not None and context.scheme.payer_kind is PayerKind.CIVIL_SERVANT


def _is_heading(values: ListValues, place: int) -> bool:
    """A row that repeats the headings in the middle of the list."""
    nik = values.cell("nik", place)
    if not isinstance(nik, str) or not nik or nik[0].isdigit():
        return False
    return (
        "nik" in known_headings().get(fold(nik), ()) and fold(text_of(values.cell("name", place))) in known_headings()
    )


def _shift(values: ListValues, place: int, misfits: Collection[int | None]) -> int:
    """1 where the cells from the first misfit on would fit one column further to the left, -1 to the right, 0 else."""
    wrong = sorted(column for column in misfits if column is not None)
    for step in (1, -1):
        fitting = sum(_would_fit(values, place, column, column + step) for column in wrong)
        if fitting >= len(wrong) - 1 and fitting >= _LEAST_SHIFTED:
            return step
    return 0


def _would_fit(values: ListValues, place: int, column: int, other: int) -> bool:
    """Whether what stands in another cell of the row would be in order in this column."""
    columns = values.table.columns
    if not 0 <= other < len(columns):
        return False
    cell, name = columns[other][place], values.fields[column]
    if text_of(cell).strip() == "":
        return False
    content = field_named(name).content
    read: Read
    if content is Content.PERSON:
        text = text_of(cell)
        return not any(c.isdigit() for c in text) and len(text) > 3
    if content is Content.NAGARI:
        read = values.readers.nagari(cell, "")
    elif name == "birth_place":
        return not any(c.isdigit() for c in text_of(cell))
    elif content is Content.PLACE_AND_DATE:
        read = values.readers.birth(cell)[1]
    elif content is Content.RT_RW or (isinstance(cell, datetime) and content is not Content.DATE):
        return False
    else:
        read = values.readers.reader(name, column in values.month_first)(cell)
    return read.problem is None and not read.is_doubtful and read.stored not in (None, "")
