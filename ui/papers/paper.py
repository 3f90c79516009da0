"""The papers that can be printed: drawn for the preview, and written whole when they are issued.

Plain functions for the background: they open the register anew and touch no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from models.papers.enrollment_letter import EnrollmentLetter
from models.people.masking import mask_number
from models.values.months import Month

if TYPE_CHECKING:
    from models.register import Register
    from reports.frame import PageSize

PREVIEWED = 50
"""So many letters at most are drawn for looking at them."""
SAVED, OPENED, PRINTED = "save", "open", "print"
"""Ways in which a paper leaves the program, as its audit row names them."""
STEP = 10
"""Letters between two words about how far it is."""

Steps = Callable[[int, int], None]
"""Told how much is done, of how much; raises to cancel."""


class Preview(NamedTuple):
    """A paper as it would look."""

    data: bytes | None
    """PDF; None when there is nothing to print."""
    shown: int
    """Papers that were drawn."""
    total: int
    """Papers there would be."""


class Paper(Protocol):
    """Something to print."""

    @property
    def file_name(self) -> str:
        """As proposed for saving; says what is in it."""

    def preview(self, register: Register, on: date) -> Preview:
        """The paper as it would look if it were issued on a day; takes no number."""

    def write(self, register: Register, on: date, path: Path, progress: Steps, way: str = SAVED) -> int:
        """Issues the paper into a file, all of it or nothing; how many papers (0: no file). That it leaves, and which
        `way`, is recorded. Raises Rejected or StorageFailure."""


@dataclass(frozen=True, slots=True)
class SummaryPaper:
    """The coverage summary of a month."""

    month: Month

    @property
    def file_name(self) -> str:
        return f"Ringkasan-Cakupan-{self.month}.pdf"

    def preview(self, register: Register, on: date) -> Preview:
        from reports.coverage_summary import coverage_summary

        with register.twin() as twin:
            return Preview(coverage_summary(twin.papers.summary(self.month, on), _page_size(twin)), 1, 1)

    def write(self, register: Register, on: date, path: Path, progress: Steps, way: str = SAVED) -> int:
        from models.storage.papers import SUMMARY
        from models.storage.whole_file import whole_file
        from reports.coverage_summary import coverage_summary

        progress(0, 1)
        with register.twin() as twin:
            summary = twin.papers.summary(self.month, on)
            drawn = coverage_summary(summary, _page_size(twin))
            with whole_file(path) as stream:
                stream.write(drawn)
                if not twin.is_read_only:  # it names nobody, so one who can only read the register may have it
                    twin.disclosures.print(SUMMARY, summary.rows, way=way)
                progress(1, 1)
        return 1


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """The information sheet with the rates of a month; it names nobody."""

    month: Month

    @property
    def file_name(self) -> str:
        return f"Lembar-Informasi-{self.month}.pdf"

    def preview(self, register: Register, on: date) -> Preview:
        from reports.information_sheet import information_sheet

        with register.twin(read_only=True) as twin:
            return Preview(information_sheet(twin.papers.information(self.month, on), _page_size(twin)), 1, 1)

    def write(self, register: Register, on: date, path: Path, progress: Steps, way: str = SAVED) -> int:
        from models.storage.papers import INFORMATION
        from models.storage.whole_file import whole_file
        from reports.information_sheet import information_sheet

        progress(0, 1)
        with register.twin() as twin:
            sheet = twin.papers.information(self.month, on)
            drawn = information_sheet(sheet, _page_size(twin))
            with whole_file(path) as stream:
                stream.write(drawn)
                if not twin.is_read_only:
                    twin.disclosures.print(INFORMATION, sheet.rows, way=way)
                progress(1, 1)
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersPaper:
    """Enrollment letters in one file: for enrolments, for workers (the latest of each), or for a whole scheme."""

    enrolments: Sequence[int] = ()
    workers: Sequence[int] = ()
    scheme: int | None = None
    area: str = ""
    """Narrows a scheme to a kecamatan or nagari."""
    month: Month | None = None
    """Narrows a scheme to the enrolments that cover a month."""
    subject: str = ""
    """For the file's name, for instance the scheme's code or the worker's name."""

    @property
    def file_name(self) -> str:
        words = "-".join("".join(c if c.isalnum() else " " for c in self.subject).split())
        return f"Surat-Keterangan-{words}.pdf" if words else "Surat-Keterangan.pdf"

    def preview(self, register: Register, on: date) -> Preview:
        from reports.enrollment_letter import enrollment_letters

        out = BytesIO()
        with register.twin() as twin:
            ids = self._ids(twin)
            if not ids:
                return Preview(None, 0, 0)
            drawn = ids[:PREVIEWED]
            letters = (twin.papers.letter(id, on) for id in drawn)
            masked = (replace(letter, nik=mask_number(letter.nik)) for letter in letters)
            enrollment_letters(masked, out, page=_page_size(twin))
        return Preview(out.getvalue(), len(drawn), len(ids))

    def write(self, register: Register, on: date, path: Path, progress: Steps, way: str = SAVED) -> int:
        from models.storage.whole_file import force_out, whole_file
        from reports.enrollment_letter import enrollment_letters

        with register.twin() as twin:
            ids = self._ids(twin)
            progress(0, len(ids))
            if not ids:
                return 0
            with whole_file(path) as stream:

                def step(done: int) -> None:
                    if done % STEP == 0 or done == len(ids):
                        progress(done, len(ids))

                def write(letters: Iterator[EnrollmentLetter]) -> None:
                    stream.seek(0)
                    stream.truncate()
                    enrollment_letters(letters, stream, step, _page_size(twin))
                    force_out(stream)  # a full disk says so before any number is used

                twin.papers.issue(ids, on, write, way=way)
        return len(ids)

    def _ids(self, register: Register) -> tuple[int, ...]:
        if self.scheme is not None:
            return register.enrolments.of_scheme(self.scheme, self.area, self.month)
        return (*self.enrolments, *register.enrolments.latest_of(self.workers))


def _page_size(register: Register) -> PageSize:
    from reports.frame import PageSize

    return PageSize(register.office.page_size)
