"""What the annex of a decree is printed from."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date

from models.language import N_, translate
from models.offices.office import OfficeSettings
from models.offices.users import Right
from models.papers.decree_annex import KIND, AnnexRow, DecreeAnnex
from models.papers.letterhead import letterhead_of, signatory_of
from models.problems import Problem, Rejected
from models.schemes.life import Rejection
from models.storage.disclosures import record_printing
from models.storage.enrolment_life import EnrolmentLife
from models.storage.legal_bases import LegalBases
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.schemes import Occupations, Schemes
from models.values.formats import date_long
from models.values.months import Month, Period

_ROWS = (
    "SELECT enrolment.id, nik, name, born_on, nagari, occupation, scheme, first_month, last_month, contribution, "
    "rejection, state_reason, replaces FROM enrolment JOIN worker ON worker.id = enrolment.worker "
    "WHERE enrolment.id IN (SELECT value FROM json_each(?)) ORDER BY nagari, name_key, enrolment.id"
)


class Annexes:
    """Gathering names in and names out of a decree."""

    def __init__(
        self,
        file: OpenFile,
        load_settings: Callable[[], OfficeSettings],
        legal_bases: LegalBases,
        life: EnrolmentLife,
        regions: Regions,
        schemes: Schemes,
        occupations: Occupations,
    ) -> None:
        self._file = file
        self._load_settings = load_settings
        self._legal_bases = legal_bases
        self._life = life
        self._regions = regions
        self._schemes = schemes
        self._occupations = occupations

    def annex(self, decree: int) -> DecreeAnnex:
        """The annex as the register says now, by nagari and name. Raises Rejected where the decree names nobody."""
        self._file.require(Right.PRINT)
        settings = self._load_settings()
        with self._file.reading():
            basis = self._legal_bases.get(decree)
            into, out = self._life.names_in_and_out(decree)
            rows = self._file.rows(_ROWS, (json.dumps(into),))
            if not rows:
                message = N_(
                    "Nobody is enrolled under {decree} yet, so its annex would be empty. Approve them first."
                )
                raise Rejected([Problem("decree", "annex_empty", message, {"decree": basis.short})])
            takers = {row[12]: row[2] for row in rows if row[12] is not None}
            names_out = [self._row(row, takers.get(row[0], "")) for row in self._file.rows(_ROWS, (json.dumps(out),))]
            replaced = None if basis.replaces is None else self._legal_bases.get(basis.replaces)
            person = self._file.person
            return DecreeAnnex(
                letterhead=letterhead_of(settings),
                signatory=signatory_of(settings),
                kind=basis.kind.label,
                number=basis.number,
                dated_on=basis.dated_on,
                title=basis.title,
                replaces="" if replaced is None else f"{replaced.short}, {date_long(replaced.dated_on)}",
                names_in=tuple(self._row(row, "") for row in rows),
                names_out=tuple(names_out),
                printed_by=self._file.user if person is None else person.shown_name,
                printed_at=self._file.clock(),
                is_sample=settings.is_sample,
            )

    def record_printing(self, annex: DecreeAnnex, *, way: str) -> None:
        """The annex is about to leave the program with whole NIK: who took it, how many people. Raises like a save."""
        with self._file.change(Right.PRINT) as change:
            numbers = [annex.number] if annex.number else []
            rows = annex.row_count
            record_printing(change, KIND, persons=rows, rows=rows, way=way, numbers=numbers)

    def _row(self, row: Sequence[object], replaced_by: str) -> AnnexRow:
        _id, nik, name, born_on, nagari, occupation, scheme, first, last, contribution, rejection, reason, _of = row
        code, named = str(nagari), str(reason)
        if rejection:
            label = translate(Rejection(str(rejection)).label)
            named = f"{label} ({reason})" if reason else label
        return AnnexRow(
            nik=str(nik),
            name=str(name),
            born_on=date.fromisoformat(str(born_on)) if born_on else None,
            nagari=self._regions.name(code),
            kecamatan=self._regions.name(code[:8]),
            occupation=self._occupations.name(str(occupation)),
            scheme=self._schemes.get(int(str(scheme))).code,
            period=Period(Month.from_index(int(str(first))), Month.from_index(int(str(last)))),
            contribution=int(str(contribution)),
            reason=named,
            replaced_by=replaced_by,
        )
