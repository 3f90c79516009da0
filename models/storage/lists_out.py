"""Lists that leave the office: their layouts, writing them, and the memory of what was sent."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from models.exchange.layouts import SOURCES, ColumnLayout, Kind, LayoutColumn, Written, problems_of_layout
from models.exchange.layouts import shipped_layouts as shipped
from models.exchange.outgoing import Lookups, cells_of, missing_in
from models.exchange.xlsx_out import Column, Form, OutCell, SheetOut, write_rows
from models.language import N_
from models.offices.users import Right
from models.people.worker import Worker
from models.problems import Problem, Rejected, StorageFailure
from models.schemes.enrolment import Enrolment
from models.storage import enrolment_rows, worker_rows
from models.storage.audit import differences
from models.storage.failures import failures_named
from models.storage.legal_bases import LegalBases
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.schemes import Occupations, Schemes
from models.storage.snapshot import put_in_place
from models.storage.uids import new_uid
from models.values.readable import readable

Progress = Callable[[int, int], None]
_AT_ONCE = 500
SHOWN = 20
"""Rows of a preview."""


@dataclass(frozen=True, slots=True)
class OutPreview:
    """What a list would hold."""

    people: int
    rows: tuple[tuple[OutCell, ...], ...]
    """The first of them."""
    missing: Mapping[int, int]
    """Place of a column that should not be empty -> in how many rows it is."""
    incomplete: tuple[int, ...]
    """Workers with such an empty cell."""
    sent_before: int = 0
    """How many of the people stood in a list that was sent already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentList:
    """A list that left the office."""

    id: int
    layout: str
    recipient: str
    file: str
    hash: bytes
    """SHA-256 of the file as it was written."""
    rows: int
    workers: tuple[int, ...]
    enrolments: tuple[int, ...]
    sent_on: date
    sent_by: str = ""


class ListsOut:
    """Writing lists for others, by right of EXPORT; every one is remembered."""

    def __init__(
        self, file: OpenFile, regions: Regions, occupations: Occupations, schemes: Schemes, bases: LegalBases
    ) -> None:
        self._file = file
        self._look = Lookups(
            regions.name, occupations.name, lambda id: schemes.get(id).code, cache(lambda id: _decree(bases, id))
        )

    # Layouts

    def layouts(self) -> tuple[ColumnLayout, ...]:
        """The office's own by name, then those that came with the program and have no changed namesake."""
        own = tuple(
            ColumnLayout(id=id, name=name, columns=_columns(columns), notes=notes)
            for id, name, columns, notes in self._file.rows(
                "SELECT id, name, columns, notes FROM column_layout WHERE living = 1 ORDER BY name"
            )
        )
        names = {layout.name.casefold() for layout in own}
        return (*own, *(layout for layout in shipped() if layout.name.casefold() not in names))

    def save_layout(self, layout: ColumnLayout) -> ColumnLayout:
        """Adds or changes a layout; a shipped one becomes the office's own. Raises Rejected."""
        layout = replace(layout, name=readable(" ".join(layout.name.split())))
        problems = problems_of_layout(layout, self.layouts())
        if problems:
            raise Rejected(problems)
        values = {"name": layout.name, "columns": _text(layout.columns), "notes": layout.notes}
        with self._file.change(Right.EXPORT) as change:
            if layout.id is None:
                id = change.execute(
                    "INSERT INTO column_layout (uid, name, columns, notes) VALUES (?, ?, ?, ?)",
                    (new_uid(), *values.values()),
                )
                change.record("add", "column_layout", id, [(name, None, value) for name, value in values.items()])
                return replace(layout, id=id)
            row = change.connection.execute(
                "SELECT name, columns, notes FROM column_layout WHERE id = ?", (layout.id,)
            ).fetchone()
            changes = differences(dict(zip(values, row, strict=True)), values)
            if changes:
                change.execute(
                    "UPDATE column_layout SET name = ?, columns = ?, notes = ? WHERE id = ?",
                    (*values.values(), layout.id),
                )
                change.record("correct", "column_layout", layout.id, changes)
            return layout

    def withdraw_layout(self, id: int) -> None:
        """Takes one of the office's layouts out of the list; the lists sent with it stay."""
        with self._file.change(Right.EXPORT) as change:
            change.execute("UPDATE column_layout SET living = 0 WHERE id = ?", (id,))
            change.record("withdraw", "column_layout", id, [("living", 1, 0)])

    # Lists

    def preview(
        self, layout: ColumnLayout, enrolments: Sequence[int], progress: Progress | None = None
    ) -> OutPreview:
        """What the list of some enrolments would hold; nothing is written."""
        rows: list[tuple[OutCell, ...]] = []
        missing: Counter[int] = Counter()
        incomplete: list[int] = []
        people = 0
        for worker, _enrolment, cells in self._cells(layout, enrolments, progress):
            people += 1
            if len(rows) < SHOWN:
                rows.append(cells)
            empty = missing_in(layout, cells)
            missing.update(empty)
            if empty and worker.id is not None:
                incomplete.append(worker.id)
        sent = self.sent_enrolments()
        return OutPreview(
            people, tuple(rows), dict(missing), tuple(incomplete), sum(one in sent for one in enrolments)
        )

    def write(
        self,
        layout: ColumnLayout,
        enrolments: Sequence[int],
        path: Path,
        recipient: str = "",
        progress: Progress | None = None,
    ) -> SentList:
        """Writes the workbook and remembers who is in it: both, or neither.

        Raises Rejected for the right, a layout that is not right and an empty list; StorageFailure for the disk.
        """
        self._file.require(Right.EXPORT)
        problems = list(problems_of_layout(layout, ()))
        if not enrolments:
            problems.append(_nobody())
        if problems:
            raise Rejected(problems)
        self._refuse_other_files(path)
        name, workers, listed = readable(path.name), list[int](), list[int]()
        part = path.with_name(f".{path.name}.part.xlsx")
        try:
            rows = self._noted(layout, enrolments, workers, listed, progress)
            write_rows(part, [SheetOut(_sheet_name(layout.name), _heads(layout), rows)])
            if not workers:
                raise Rejected([_nobody()])
            digest = hashlib.sha256(part.read_bytes()).digest()
            with self._file.change(Right.EXPORT) as change:
                id = change.execute(
                    "INSERT INTO sent_list (uid, layout, recipient, file, hash, rows, workers, enrolments, sent_on) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (new_uid(), layout.name, recipient, name, digest, len(workers), json.dumps(workers),
                     json.dumps(listed), change.at.date().isoformat()),
                )  # fmt: skip
                change.record("export", "sent_list", id, [
                    ("layout", None, layout.name), ("recipient", None, recipient), ("file", None, name),
                    ("rows", None, len(workers)),
                ])  # fmt: skip
                put_in_place(part, path)
        finally:
            part.unlink(missing_ok=True)
        return self.sent_list(id)

    def _refuse_other_files(self, path: Path) -> None:
        """What is no workbook is never written over, least of all the register."""
        if path.is_dir():
            raise StorageFailure("folder", N_("{file} is a folder. Choose a file."), file=readable(str(path)))
        is_ours = path.suffix.lower() == ".xlsx"
        if is_ours and path.exists():
            with failures_named(path), path.open("rb") as stream:
                is_ours = stream.read(2) in (b"", b"PK")
        if not is_ours:
            message = N_("{file} is no Excel file (.xlsx), so the list was not written over it. Choose another name.")
            raise StorageFailure("no_workbook", message, file=readable(path.name))

    def sent(self, limit: int = 200) -> tuple[SentList, ...]:
        """The lists that were sent, newest first."""
        return tuple(self._sent("ORDER BY sent_list.id DESC LIMIT ?", (limit,)))

    def sent_list(self, id: int) -> SentList:
        """The sent list of an id; LookupError when there is none."""
        found = self._sent("WHERE sent_list.id = ?", (id,))
        if not found:
            raise LookupError(f"no sent list {id}")
        return found[0]

    def sent_enrolments(self) -> frozenset[int]:
        """Enrolments that stood in any list that was sent."""
        rows = self._file.rows("SELECT enrolments FROM sent_list WHERE living = 1")
        return frozenset(one for (text,) in rows for one in json.loads(text))

    # Details

    def _sent(self, where: str, parameters: tuple[object, ...]) -> list[SentList]:
        rows = self._file.rows(
            "SELECT sent_list.id, layout, recipient, file, sent_list.hash, rows, workers, enrolments, sent_on, "
            "coalesce((SELECT user FROM audit WHERE kind = 'sent_list' AND record = sent_list.id ORDER BY audit.id "
            f"LIMIT 1), '') FROM sent_list {where}",
            parameters,
        )
        return [
            SentList(
                id=id, layout=layout, recipient=recipient, file=file, hash=digest, rows=count,
                workers=tuple(json.loads(workers)), enrolments=tuple(json.loads(enrolments)),
                sent_on=date.fromisoformat(sent_on), sent_by=user,
            )
            for id, layout, recipient, file, digest, count, workers, enrolments, sent_on, user in rows
        ]  # fmt: skip

    def _noted(
        self,
        layout: ColumnLayout,
        enrolments: Sequence[int],
        workers: list[int],
        listed: list[int],
        progress: Progress | None,
    ) -> Iterator[tuple[OutCell, ...]]:
        for worker, enrolment, cells in self._cells(layout, enrolments, progress):
            workers.append(worker.id or 0)
            listed.append(enrolment)
            yield cells

    def _cells(
        self, layout: ColumnLayout, enrolments: Sequence[int], progress: Progress | None
    ) -> Iterator[tuple[Worker, int, tuple[OutCell, ...]]]:
        """Worker, number and cells of each enrolment, in their order."""
        number = 0
        for start in range(0, len(enrolments), _AT_ONCE):
            for worker, enrolment in self._records(enrolments[start : start + _AT_ONCE]):
                number += 1
                yield worker, enrolment.id or 0, cells_of(layout, number, worker, enrolment, self._look)
            if progress is not None:
                progress(min(start + _AT_ONCE, len(enrolments)), len(enrolments))

    def _records(self, ids: Sequence[int]) -> list[tuple[Worker, Enrolment]]:
        wanted = json.dumps(list(ids))
        enrolments = {
            row[0]: enrolment_rows.enrolment_of(row)
            for row in self._file.rows(
                f"{enrolment_rows.SELECT} WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
            )
        }
        owners = json.dumps(sorted({one.worker for one in enrolments.values()}))
        workers = {
            row[0]: worker_rows.worker_of(row)
            for row in self._file.rows(
                f"{worker_rows.SELECT} WHERE id IN (SELECT value FROM json_each(?)) AND living = 1", (owners,)
            )
        }
        return [
            (workers[enrolments[id].worker], enrolments[id])
            for id in ids
            if id in enrolments and enrolments[id].worker in workers
        ]


def _nobody() -> Problem:
    message = N_("Nobody is in this list, so nothing was written. Narrow it otherwise.")
    return Problem("people", "list_empty", message)


def _heads(layout: ColumnLayout) -> tuple[Column, ...]:
    return tuple(Column(column.heading, _form(column)) for column in layout.columns)


def _form(column: LayoutColumn) -> Form:
    if column.form is Written.DATE:
        return Form.DATE
    if column.form is Written.NUMBER and column.source:
        is_count = SOURCES[column.source][1] is Kind.NUMBER and column.source in ("number", "month_count")
        return Form.NUMBER if is_count else Form.MONEY
    return Form.TEXT


def _sheet_name(name: str) -> str:
    """What a sheet may be called: 31 characters, none of the seven that mean something in a formula."""
    return "".join(c for c in name if c not in "[]:*?/\\'")[:31].strip() or "Daftar"


def _decree(bases: LegalBases, id: int) -> str:
    basis = bases.get(id)
    return basis.number or basis.title


def _text(columns: Sequence[LayoutColumn]) -> str:
    return json.dumps(
        [[one.heading, one.source, one.form, one.constant, dict(one.words), one.is_required] for one in columns],
        ensure_ascii=False,
    )


def _columns(text: str) -> tuple[LayoutColumn, ...]:
    return tuple(
        LayoutColumn(heading, source, Written(form), constant, words, required)
        for heading, source, form, constant, words, required in json.loads(text)
    )
