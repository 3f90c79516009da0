"""Who saw, printed or took out what: an audit row for each time, without any of the values."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from models.offices.users import Right
from models.people.masking import PROTECTED
from models.storage.audit import Change
from models.storage.opening import OpenFile

HISTORY = "record_history"
SHOW, PRINT, EXPORT = "show", "print", "export"
"""Actions of the audit rows. A showing belongs to the worker, a printing to the kind ``paper``, an export to ``list``;
the last two to no single record (0)."""


class Disclosures:
    """Each one raises before anything is disclosed when its row cannot be written: Rejected where the role does not
    include it, StorageFailure where the file or the disk refuses."""

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def show(self, worker: int, fields: Collection[str]) -> None:
        """The protected `fields` of a worker are about to be shown in full."""
        names = [name for name in PROTECTED if name in fields]
        if len(names) != len(set(fields)):
            raise ValueError("only protected fields are shown on purpose")
        with self._file.change(Right.SHOW) as change:
            change.record(SHOW, "worker", worker, [("fields", None, " ".join(names))])

    def print(self, paper: str, rows: int, *, way: str) -> None:
        """A paper that names nobody is about to leave the program: its kind, its rows, and which way it goes."""
        with self._file.change(Right.PRINT) as change:
            record_printing(change, paper, persons=0, rows=rows, way=way)

    def history(self, worker: int, rows: int) -> None:
        """The story of a worker is about to leave the program as a file, its protected values masked."""
        with self._file.change(Right.PRINT) as change:
            change.record(PRINT, "worker", worker, [("paper", None, HISTORY), ("rows", None, rows)])

    def export(self, what: str, rows: int, *, purpose: str, file_name: str = "") -> None:
        """A list is about to leave the program."""
        fields = [("what", None, what), ("rows", None, rows), ("purpose", None, purpose), ("file", None, file_name)]
        with self._file.change(Right.EXPORT) as change:
            change.record(EXPORT, "list", 0, [field for field in fields if field[2] != ""])


def record_printing(
    change: Change, paper: str, *, persons: int, way: str, rows: int | None = None, numbers: Sequence[str] = ()
) -> None:
    """The audit row of a printing, inside the transaction that takes its numbers; `numbers` in their order."""
    fields: list[tuple[str, object, object]] = [
        ("paper", None, paper),
        ("persons", None, persons),
        ("way", None, way),
    ]
    if rows is not None:
        fields.append(("rows", None, rows))
    if numbers:
        fields += [("first_number", None, numbers[0]), ("last_number", None, numbers[-1])]
    change.record(PRINT, "paper", 0, fields)
