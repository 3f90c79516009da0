"""What runs in the background while a list is taken in: plain functions, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.exchange.answers import AnswerPreview
from models.exchange.checked import CheckedList
from models.exchange.importing import ImportPreview, ListImport, Mode, Resolution
from models.exchange.list_file import ListFile, open_list, read_table
from models.exchange.mapping import ColumnMapping, Purpose
from models.exchange.table import ListTable
from models.language import N_
from models.problems import StorageFailure
from models.schemes.enrolment import EnrolmentPlan
from models.storage.answers import Asked

if TYPE_CHECKING:
    from models.exchange.guessing import Guess
    from models.register import Register

Step = Callable[[int, int], None]
STAGES = ("backup", "match", "look_alikes", "enrol", "write", "index")
"""The words that taking in tells its stages by."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read, with what its columns seem to be."""

    file: ListFile
    table: ListTable
    guess: Guess


def open_and_guess(
    register: Register, path: Path, sheet: str | None = None, heading_row: int | None = None, *, progress: Step
) -> Opened:
    """Reads a file, or another sheet of it, and guesses its columns."""
    file = open_list(path, progress)
    return guess_again(register, file, sheet, heading_row, progress=progress)


def guess_again(
    register: Register,
    file: ListFile,
    sheet: str | None,
    heading_row: int | None,
    *,
    purpose: Purpose | None = None,
    progress: Step,
) -> Opened:
    """The same of a file that is open already: another sheet, other headings; without `purpose` what it seems to be
    for is guessed too."""
    from models.exchange.guessing import guess
    from models.exchange.purposes import likely_purpose

    is_default = sheet in (None, file.default) and heading_row is None
    table = file.table if is_default and file.table is not None else read_table(file, sheet, heading_row, progress)
    purpose = purpose or likely_purpose(table)
    with register.twin(read_only=True) as own:
        known = [one for one in own.mappings.all() if one.purpose is purpose]
        return Opened(file, table, guess(table, known, purpose=purpose, context=own.lists.context()))


def check(register: Register, table: ListTable, mapping: ColumnMapping, *, progress: Step) -> CheckedList:
    """Everything that is wrong with a list."""
    from models.exchange.checking import check_list

    with register.twin(read_only=True) as own:
        return check_list(table, mapping, own.lists.context(), progress)


def preview(
    register: Register,
    checked: CheckedList,
    mode: Mode,
    resolutions: Mapping[int, Resolution],
    plan: EnrolmentPlan | None,
    *,
    progress: Step,
) -> tuple[ImportPreview, dict[int, str]]:
    """The dry run, with the names of the registered workers in it."""
    with register.twin(read_only=True) as own:
        found = own.lists.preview(checked, mode, resolutions, plan, _by_number(progress))
        ids = sorted({row.worker for row in found.rows if row.worker is not None and row.outcome == "doubtful"})
        names: dict[int, str] = {}
        for start in range(0, len(ids), 500):
            for line in own.workers.lines(ids[start : start + 500]):
                names[line.id] = f"{line.name} ({line.nagari_name})"
        return found, names


def take_in(
    register: Register,
    checked: CheckedList,
    mode: Mode,
    resolutions: Mapping[int, Resolution],
    plan: EnrolmentPlan | None,
    seen: ImportPreview,
    backups: Path,
    *,
    progress: Step,
) -> ListImport:
    """Writes what the dry run showed."""
    with register.twin() as own:
        return own.lists.take_in(checked, mode, resolutions, plan, _by_number(progress), seen=seen, backups=backups)


def preview_answer(register: Register, checked: CheckedList, asked: Asked, *, progress: Step) -> AnswerPreview:
    """The dry run of an answer."""
    with register.twin(read_only=True) as own:
        return own.answers.preview(checked, asked, progress)


def take_answer(
    register: Register, checked: CheckedList, asked: Asked, seen: AnswerPreview, backups: Path, *, progress: Step
) -> ListImport:
    """Writes what the dry run of an answer showed."""
    with register.twin() as own:
        return own.answers.take_in(checked, asked, progress, seen=seen, backups=backups)


def take_back(register: Register, list_import: int, *, progress: Step) -> None:
    """Takes a whole import back."""
    with register.twin() as own:
        own.lists.undo(list_import, _by_number(progress))


def send_back(register: Register, checked: CheckedList, path: Path, only_findings: bool, *, progress: Step) -> int:
    """The list for its sender, with the reasons beside the rows; returns how many people are in it. That it leaves
    is noted first, as of every list."""
    from models.exchange.returned import write_findings

    source = checked.table.source
    if path.exists() and source.path.exists() and path.samefile(source.path):
        message = N_("{file} is the list itself as its sender made it, and was left so. Choose another name.")
        raise StorageFailure("is_source", message, file=source.name)
    with register.twin() as own:
        own.disclosures.export("returned_list", len(checked), purpose="return", file_name=path.name)
    return write_findings(checked, path, only_findings=only_findings, progress=progress)


def _by_number(progress: Step) -> Callable[[str, int, int], None]:
    """The words of a stage are not shown; how far it is, is."""
    return lambda _stage, done, of: progress(done, of)
