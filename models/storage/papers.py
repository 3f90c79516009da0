"""What papers are printed from: letters and summaries gathered from the register, and the number book."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import NamedTuple

from models.coverage.targets import next_first
from models.language import translate
from models.offices.office import OfficeSettings
from models.offices.users import Right
from models.papers.coverage_summary import CoverageSummary
from models.papers.enrollment_letter import EnrollmentLetter
from models.papers.information_sheet import InformationSheet, benefit_of, contributions_of
from models.papers.letterhead import letterhead_of, signatory_of
from models.papers.numbers import letter_number
from models.papers.printed import Printed
from models.papers.rules import problems_of_letter
from models.people.worker import Worker
from models.problems import Rejected
from models.schemes.enrolment import Enrolment
from models.schemes.pricing import RateTable
from models.schemes.scheme import PayerKind
from models.storage.audit import Change
from models.storage.audit_chain import head_of
from models.storage.coverage import Coverage
from models.storage.disclosures import record_printing
from models.storage.enrolments import Enrolments
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.reminders import Reminders
from models.storage.schemes import Occupations, Schemes
from models.storage.uids import new_uid
from models.storage.workers import get_worker
from models.values.months import Month

LETTER = "enrollment_letter"
SUMMARY = "coverage_summary"
INFORMATION = "information_sheet"


class Papers:
    """Gathering the data of papers; what is issued gets a number and is frozen."""

    def __init__(
        self,
        file: OpenFile,
        load_settings: Callable[[], OfficeSettings],
        regions: Regions,
        occupations: Occupations,
        schemes: Schemes,
        enrolments: Enrolments,
        coverage: Coverage,
        rates: RateTable,
    ) -> None:
        self._file = file
        self._load_settings = load_settings
        self._regions = regions
        self._occupations = occupations
        self._schemes = schemes
        self._enrolments = enrolments
        self._coverage = coverage
        self._rates = rates
        self.reminders = Reminders(file, load_settings, regions, schemes)
        """Letters about what units and companies still have to do."""

    def information(self, month: Month, on: date) -> InformationSheet:
        """The information sheet with the rates of a month: each scheme that is open, and what the settings say of
        benefits."""
        settings = self._load_settings()
        return InformationSheet(
            letterhead=letterhead_of(settings),
            month=month,
            as_of=on,
            contributions=tuple(contributions_of(self._schemes.all(), self._rates, month)),
            benefits=tuple(benefit_of(line) for line in settings.benefits),
            printed=Printed(self._printer(), self._file.clock()),
            is_sample=settings.is_sample,
        )

    def summary(self, month: Month, on: date) -> CoverageSummary:
        """The coverage summary of a month as the register says on a day."""
        settings = self._load_settings()
        with self._file.reading():
            return CoverageSummary(
                letterhead=letterhead_of(settings),
                signatory=signatory_of(settings),
                month=month,
                as_of=on,
                district=self._coverage.district(month),
                kecamatan=self._coverage.kecamatan(month),
                segments=self._coverage.segments(month),
                schemes=self._coverage.schemes(month),
                targets=next_first(self._coverage.targets.all(), month),
                printed=Printed(self._printer(), self._file.clock()),
                is_sample=settings.is_sample,
                trail=head_of(self._file.connection).code,
            )

    def letter(self, enrolment: int, on: date) -> EnrollmentLetter:
        """The letter as it would be issued on a day, still without a number: for the preview.

        Raises Rejected, naming the worker, where the letter would say what is not so.
        """
        return self._letter(enrolment, on, self._load_settings())

    def issue(
        self,
        enrolments: Iterable[int],
        on: date,
        write: Callable[[Iterator[EnrollmentLetter]], object],
        *,
        way: str = "print",
    ) -> None:
        """Numbers letters, has `write` put them on paper as they come, then freezes them in the number book.

        All or none get into the book: what `write` raises (a cancel, a full disk) leaves no number used. An enrolment
        that has a letter already, unchanged, keeps its number and its day: it is a further copy. The file is not
        locked while `write` draws; should somebody else take a number meanwhile, `write` is called once more. An audit
        row says who printed how many letters, with which numbers, and which `way` they went.
        Raises Rejected, naming the worker, where a letter would say what is not so.
        """
        self._file.require(Right.PRINT)
        settings = self._load_settings()
        wanted = tuple(dict.fromkeys(enrolments))
        while True:
            last = self._last_in_book()
            issued: list[_Issued] = []
            write(self._numbered(wanted, on, settings, issued))
            with self._file.change(Right.PRINT) as change:
                if self._last_in_book() == last:
                    for one in issued:
                        _freeze(change, one, on)
                    if issued:
                        numbers = [one.number for one in issued if one.number]
                        persons = self._persons(wanted)
                        record_printing(change, LETTER, persons=persons, way=way, rows=len(issued), numbers=numbers)
                    return

    def issue_letters(self, enrolments: Iterable[int], on: date) -> Iterator[EnrollmentLetter]:
        """The same at once, without waiting for a paper."""
        letters: list[EnrollmentLetter] = []

        def take(numbered: Iterator[EnrollmentLetter]) -> None:
            letters[:] = numbered

        self.issue(enrolments, on, take)
        return iter(letters)

    def issued_count(self) -> int:
        """How many letters stand in the number book."""
        row = self._file.row("SELECT count(*) FROM paper WHERE kind = ?", (LETTER,))
        return int(row[0]) if row else 0

    def _printer(self) -> str:
        """Who prints, as the paper names the person."""
        person = self._file.person
        return self._file.user if person is None else person.shown_name

    def _persons(self, enrolments: tuple[int, ...]) -> int:
        row = self._file.row(
            "SELECT count(DISTINCT worker) FROM enrolment WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(enrolments),),
        )
        return row[0] if row else 0

    def _last_in_book(self) -> int:
        row = self._file.row("SELECT max(id) FROM paper")
        return (row[0] or 0) if row else 0

    def _numbered(
        self, enrolments: Iterable[int], on: date, settings: OfficeSettings, issued: list[_Issued]
    ) -> Iterator[EnrollmentLetter]:
        """The letters as they would be issued; `issued` notes what the number book has to be told of each."""
        row = self._file.row("SELECT max(sequence) FROM paper WHERE kind = ? AND year = ?", (LETTER, on.year))
        sequence = (row[0] or 0) if row else 0
        for enrolment in enrolments:
            letter = self._letter(enrolment, on, settings)
            known = self._file.row(
                "SELECT id, number, dated_on, frozen FROM paper WHERE kind = ? AND enrolment = ? "
                "ORDER BY id DESC LIMIT 1",
                (LETTER, enrolment),
            )
            if known is not None:
                same = replace(letter, number=known[1], dated_on=date.fromisoformat(known[2]))
                if frozen_text(same) == known[3]:
                    issued.append(_Issued(enrolment, number=known[1], known=known[0]))
                    yield same
                    continue
            sequence += 1
            number = letter_number(settings.letter_number, sequence, settings.letter_unit, on)
            letter = replace(letter, number=number)
            issued.append(_Issued(enrolment, sequence, number, frozen_text(letter)))
            yield letter

    def _letter(self, id: int, on: date, settings: OfficeSettings) -> EnrollmentLetter:
        enrolment = self._enrolments.get(id)
        assert enrolment.worker is not None
        worker = get_worker(self._file, enrolment.worker)
        problems = problems_of_letter(worker, enrolment)
        if problems or worker.born_on is None or worker.sex is None:
            raise Rejected(problems)
        scheme = self._schemes.get(enrolment.scheme)
        address = ", ".join(
            part for part in (worker.address, f"Jorong {worker.jorong}" if worker.jorong else "") if part
        )
        return EnrollmentLetter(
            letterhead=letterhead_of(settings),
            signatory=signatory_of(settings),
            number="",
            dated_on=on,
            full_name=worker.full_name,
            nik=worker.nik,
            birth_place=worker.birth_place,
            born_on=worker.born_on,
            sex=worker.sex,
            occupation=self._occupations.name(worker.occupation),
            address=address,
            nagari=self._regions.name(worker.nagari),
            kecamatan=self._regions.name(worker.district),
            scheme=scheme.name,
            payer=self._payer(enrolment, worker, settings),
            segment=enrolment.segment,
            programmes=enrolment.programmes,
            period=enrolment.period,
            contribution=enrolment.contribution,
            monthly=enrolment.even_monthly,
            kpj=enrolment.kpj,
            paid_on=enrolment.paid_on,
            registered_on=enrolment.registered_on,
            legal_basis=settings.legal_basis,
            cc=settings.cc,
            uid=enrolment.uid,
            is_sample=settings.is_sample,
        )

    def _payer(self, enrolment: Enrolment, worker: Worker, settings: OfficeSettings) -> str:
        """Who pays, as the letter names it: the name given, or what follows from the scheme."""
        if enrolment.payer_name:
            office = enrolment.payer_office
            return f"{enrolment.payer_name} ({office})" if office else enrolment.payer_name
        match self._schemes.get(enrolment.scheme).payer_kind:
            case PayerKind.SELF:
                return worker.full_name
            case PayerKind.NAGARI:
                return f"Pemerintah Nagari {self._regions.name(worker.nagari)}"
            case PayerKind.GOVERNMENT:
                return settings.government.title()
            case kind:
                return translate(kind.label)


class _Issued(NamedTuple):
    """What the number book is told of one letter."""

    enrolment: int
    sequence: int = 0
    number: str = ""
    frozen: str = ""
    known: int | None = None
    """Row of the letter of which this is a further copy."""


def _freeze(change: Change, issued: _Issued, on: date) -> None:
    if issued.known is not None:
        change.execute("UPDATE paper SET copies = copies + 1 WHERE id = ?", (issued.known,))
        return
    id = change.execute(
        "INSERT INTO paper (uid, kind, year, sequence, number, dated_on, enrolment, frozen, copies) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
        (
            new_uid(),
            LETTER,
            on.year,
            issued.sequence,
            issued.number,
            on.isoformat(),
            issued.enrolment,
            issued.frozen,
        ),
    )
    change.record("issue", "paper", id, [("number", None, issued.number), ("enrolment", None, issued.enrolment)])


def frozen_text(letter: EnrollmentLetter) -> str:
    """The letter as JSON, the same for the same letter."""
    return json.dumps(asdict(letter), ensure_ascii=False, sort_keys=True, default=str)
