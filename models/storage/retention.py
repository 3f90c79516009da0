"""Records past their term: listed, and on command stripped of everything that says whose they were.

What stays of a worker is what the sums of past months need: nagari, segment, the enrolments with their scheme, months,
prices and state. Sex and year of birth go as well, for no figure of the program is counted by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.language import N_
from models.offices.users import Right
from models.people.names import fold
from models.problems import Problem, Rejected
from models.schemes.scheme import PayerKind
from models.storage import worker_rows
from models.storage.audit import Change, digest_of
from models.storage.failures import failures_named
from models.storage.opening import OpenFile
from models.storage.regions import Regions
from models.storage.workers import TEXT_REMOVE
from models.values.months import Month

ANONYMOUS = "(anonim)"
NO_NIK = "0" * 16
NO_KPJ = "0" * 11
"""Instead of a participant number: the enrolment stays a confirmed one."""
_KEPT = frozenset({"nagari", "segment"})
_NULLED = frozenset({"born_on", "sex", "marital_status", "income", "source_decile"})
_PAYS_AS_PERSON = (PayerKind.CIVIL_SERVANT, PayerKind.SELF)
_IN_MEMORY = 500_000_000
"""Bytes of a file that is put in order in memory; a larger one through a temporary file."""

Progress = Callable[[int, int], None]
"""Told how many records are done, of how many; what it raises (a cancel) undoes all of them."""


@dataclass(frozen=True, slots=True)
class Expired:
    """A record past its term."""

    id: int
    name: str
    nik: str
    nagari_name: str
    covered_until: Month | None
    """Last covered month; None for who was never enrolled, or not in an enrolment that counts."""
    changed_on: date
    """Day of its last change."""


class Retention:
    """Finding and anonymising what the office need not keep any longer."""

    def __init__(self, file: OpenFile, regions: Regions, load_years: Callable[[], int]) -> None:
        self._file = file
        self._regions = regions
        self._load_years = load_years

    def count(self) -> int:
        """How many records are past their term today."""
        row = self._file.row(f"SELECT count(*) FROM ({_DUE})", self._limits())
        return int(row[0]) if row else 0

    def due(self, limit: int | None = None) -> tuple[Expired, ...]:
        """The records past their term, those that ended first before the others; with `limit` only so many."""
        rows = self._file.rows(
            "SELECT worker.id, name, nik, nagari, covered_until, "
            "coalesce((SELECT max(at) FROM audit INDEXED BY audit_record WHERE kind = 'worker' AND record = worker.id "
            "AND action NOT IN ('show', 'print')), '1970-01-01') AS changed "
            f"FROM worker WHERE id IN ({_DUE}) ORDER BY coalesce(covered_until, 1 << 30), changed, worker.id LIMIT ?",
            (*self._limits(), -1 if limit is None else limit),
        )
        return tuple(
            Expired(
                id,
                name,
                nik,
                self._regions.name(nagari),
                None if until is None else Month.from_index(until),
                date.fromisoformat(changed[:10]),
            )
            for id, name, nik, nagari, until, changed in rows
        )

    def anonymise(self, confirmed: int, progress: Progress | None = None) -> int:
        """Erases the personal data of every record past its term, in one transaction; returns how many.

        `confirmed` is the number that the person typed. Raises Rejected where it is another one by now, or the role
        does not include it. Backups made before still hold the data; call `tidy` afterwards.
        """
        with self._erasing(), self._file.change(Right.SETTINGS) as change:
            ids = [row[0] for row in self._file.rows(f"{_DUE} ORDER BY 1", self._limits())]
            if len(ids) != confirmed:
                message = N_("{count} records are past their term now, not {typed}. Nothing was changed.")
                about = {"count": len(ids), "typed": confirmed}
                raise Rejected([Problem("confirmation", "another_number", message, about)])
            for done, id in enumerate(ids):
                if progress is not None:
                    progress(done, len(ids))
                _anonymise(change, id)
            if ids:
                change.execute("INSERT INTO worker_text (worker_text) VALUES ('optimize')")
        return len(ids)

    def tidy(self) -> None:
        """Writes the file anew without the gaps in which erased data may still be read.

        Needs as much free room again as the file is large; where that is missing the erased records stay erased, and
        only the gaps remain. Raises StorageFailure.
        """
        self._file.require(Right.SETTINGS)
        path, connection = self._file.path, self._file.connection
        with self._erasing(), failures_named(path):
            large = path.stat().st_size > _IN_MEMORY
            connection.execute(f"PRAGMA temp_store={'FILE' if large else 'MEMORY'}").fetchall()
            try:
                connection.execute("VACUUM")
            finally:
                connection.execute("PRAGMA temp_store=MEMORY").fetchall()

    @contextmanager
    def _erasing(self) -> Iterator[None]:
        """What is deleted is overwritten."""
        connection = self._file.connection
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        try:
            yield
        finally:
            connection.execute("PRAGMA secure_delete=OFF").fetchall()

    def _limits(self) -> tuple[object, ...]:
        """Parameters of `_DUE`: the first month and day that are still within the term."""
        today, years = self._file.clock().date(), self._load_years()
        return (Month.of(today).index - 12 * years, years_before(today, years).isoformat())


_DUE = (
    "SELECT id FROM worker WHERE anonymised_on IS NULL AND covered_until < ?1 "
    "UNION SELECT worker.id FROM worker WHERE anonymised_on IS NULL AND merged_into IS NULL AND covered_until IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM audit INDEXED BY audit_record WHERE kind = 'worker' AND record = worker.id "
    "AND action NOT IN ('show', 'print') AND at >= ?2) "
    "AND NOT EXISTS (SELECT 1 FROM enrolment INDEXED BY enrolment_worker CROSS JOIN audit INDEXED BY audit_record "
    "WHERE enrolment.worker = worker.id AND audit.kind = 'enrolment' AND audit.record = enrolment.id "
    "AND audit.at >= ?2)"
)
"""Ids of the records whose last covered month ended before the term, or that were never enrolled and are unchanged
since; those taken back are among them. A record that was merged goes with the one into which it was."""


def years_before(day: date, years: int) -> date:
    """The same day so many years ago; the last of February where that year has no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return (day + timedelta(days=1)).replace(year=day.year - years) - timedelta(days=1)


def _anonymise(change: Change, id: int) -> None:
    """Everything that hangs on one worker, records that were merged into it first, the worker itself last."""
    connection = change.connection
    for merged in _ids(change, "SELECT id FROM worker WHERE merged_into = ? AND anonymised_on IS NULL", id):
        _anonymise(change, merged)
    enrolments = _ids(change, "SELECT id FROM enrolment WHERE worker = ?", id)
    papers = _ids(change, "SELECT id FROM paper WHERE enrolment IN (SELECT id FROM enrolment WHERE worker = ?)", id)
    requests = _ids(change, "SELECT id FROM correction_request WHERE worker = ?", id)
    waiting = _ids(change, "SELECT id FROM waiting WHERE worker = ?", id)
    verifications = _ids(change, "SELECT id FROM verification WHERE worker = ?", id)
    merges = _ids(change, "SELECT id FROM worker_merge WHERE ? IN (kept, merged)", id)
    decisions = _ids(change, "SELECT id FROM not_same WHERE ? IN (one, other)", id)
    living, key, nik, card = connection.execute(
        "SELECT living, name_key, nik, family_card FROM worker WHERE id = ?", (id,)
    ).fetchone()
    if living:
        change.execute(TEXT_REMOVE, (id, key, nik, card))
    change.execute(
        "DELETE FROM draft WHERE form = ? OR json_extract(fields, '$.\"worker:id\"') = ? "
        "OR json_extract(fields, '$.nik') = ? OR (form = 'list' AND instr(fields, ?))",  # cells mended in a list
        (f"worker:{id}", str(id), nik, nik),
    )
    for enrolment in enrolments:
        change.execute(_ENROLMENT, (NO_KPJ, *_PAYS_AS_PERSON, *_PAYS_AS_PERSON, enrolment))
    for paper in papers:
        change.execute("UPDATE paper SET frozen = '' WHERE id = ?", (paper,))
    for request in requests:
        change.execute(_REQUEST, (request,))
    for entry in waiting:
        change.execute("UPDATE waiting SET notes = '', living = 0 WHERE id = ?", (entry,))
    for verification in verifications:
        change.execute("UPDATE verification SET details = '' WHERE id = ?", (verification,))
    for merge in merges:
        change.execute("UPDATE worker_merge SET other_nik = '', reason = '' WHERE id = ?", (merge,))
    for decision in decisions:
        change.execute("UPDATE not_same SET reason = '-', living = 0 WHERE id = ?", (decision,))
    change.execute(_WORKER, (change.at.date().isoformat(), id))
    for kind, records in (
        ("enrolment", enrolments),
        ("paper", papers),
        ("correction_request", requests),
        ("waiting", waiting),
        ("verification", verifications),
        ("worker_merge", merges),
        ("not_same", decisions),
        ("entry", [id]),
        ("worker", [id]),
    ):
        for record in records:
            _forget(change, kind, record)


def _forget(change: Change, kind: str, record: int) -> None:
    """Erases the values in the audit rows of a record; the chain goes on by their digests, and a row says so."""
    rows: list[tuple[Any, ...]] = change.connection.execute(
        "SELECT id, salt, fields FROM audit WHERE kind = ? AND record = ? AND fields_digest IS NULL", (kind, record)
    ).fetchall()
    change.connection.executemany(
        "UPDATE audit SET fields = '', fields_digest = ?, salt = x'' WHERE id = ?",
        [(digest_of(salt, fields), row) for row, salt, fields in rows],
    )
    change.record("anonymise", kind, record, [])


def _ids(change: Change, sql: str, worker: int) -> list[int]:
    return [row[0] for row in change.connection.execute(sql, (worker,)).fetchall()]


def _emptied(name: str) -> str:
    return f"{name} = NULL" if name in _NULLED else f"{name} = ''"


_WORKER = (
    f"UPDATE worker SET revision = revision + 1, living = 0, anonymised_on = ?, nik = '{NO_NIK}', "
    f"name = '{ANONYMOUS}', name_key = '{fold(ANONYMOUS)}', "
    + ", ".join(_emptied(name) for name in worker_rows.FIELDS if name not in {"nik", "name", *_KEPT})
    + " WHERE id = ?"
)
_ENROLMENT = (
    "UPDATE enrolment SET revision = revision + 1, state_reason = '', kpj = CASE kpj WHEN '' THEN '' ELSE ? END, "
    "payer_name = iif((SELECT payer_kind FROM scheme WHERE scheme.id = enrolment.scheme) IN (?, ?), '', payer_name), "
    "payer_number = iif((SELECT payer_kind FROM scheme WHERE scheme.id = enrolment.scheme) IN (?, ?), '', "
    "payer_number) WHERE id = ?"
)
_REQUEST = (
    "UPDATE correction_request SET fields = '[]', reason = '-', decision = '', "
    "state = CASE state WHEN 'open' THEN 'withdrawn' ELSE state END WHERE id = ?"
)
