"""A full check of a file: its pages, its references, its indexes, its audit rows, its sums."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models.language import N_
from models.problems import Problem, StorageFailure
from models.storage import coverage_changes
from models.storage.anchors import Anchor
from models.storage.audit import NO_HASH
from models.storage.audit_chain import Head, head_of
from models.storage.driver import Connection, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import is_safe_to_read, require_ours, row_counts, strange_parts
from models.storage.keys import Key
from models.storage.tampering import tampering_in


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found."""

    findings: tuple[Problem, ...]
    """Each names the part of the file as its field; empty: all is well."""
    rows: dict[str, int]
    """Rows of every table."""
    workers: int
    """As a backup counts them: without those taken back or merged."""
    enrolments: int
    """As a backup counts them: without those rejected or cancelled."""
    head: Head
    """The end of the audit trail that was read."""

    @property
    def is_clean(self) -> bool:
        return not self.findings


def check_file(file: Path, key: Key | None = None, anchors: Iterable[Anchor] = ()) -> CheckReport:
    """Reads the whole file and compares what can be compared; nothing is written.

    `anchors` are what left the computer and remembers the audit trail: without them a cut tail and a trail that was
    written anew cannot be seen. Nobody can save meanwhile: for a file in use see `check_apart`. Raises StorageFailure
    when the file cannot even be read.
    """
    require_there(file)
    roll_back_leftover(file, key)
    with failures_named(file), contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        is_sealed = len(require_ours(file, connection, whatever_form=True)) > 1  # the first form had no seals
        connection.execute("BEGIN")
        form = _form(connection)
        first = form if form and not is_safe_to_read(connection) else _pages(connection)
        if first:  # what else the file says is worth nothing, and asking for it might never end
            return CheckReport(first, {}, 0, 0, Head(0, NO_HASH))
        findings = (
            *form,
            *_references(connection),
            *_full_text(connection),
            *(tampering_in(connection, anchors) if is_sealed else ()),
            *_coverage(connection),
            *_derived(connection),
            *_merged(connection),
        )
        rows = row_counts(connection)
        workers = connection.execute("SELECT count(*) FROM worker WHERE living = 1").fetchone()[0]
        enrolments = connection.execute("SELECT count(*) FROM enrolment WHERE counts = 1").fetchone()[0]
        head = head_of(connection) if is_sealed else Head(0, NO_HASH)
        connection.execute("ROLLBACK")
    return CheckReport(findings, rows, workers, enrolments, head)


def require_there(file: Path) -> None:
    """Raises StorageFailure where there is no such file."""
    if not file.exists():
        raise StorageFailure("missing", N_("There is no file {file}. Check the name and the folder."), file=str(file))


def _pages(connection: Connection) -> tuple[Problem, ...]:
    verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
    if verdict == ["ok"]:
        return ()
    return (
        Problem(
            "file",
            "pages",
            N_("The file is damaged. Restore the newest backup (for whoever helps: {detail})."),
            {"detail": "; ".join(" ".join(line.split()) for line in verdict)},
        ),
    )


def _form(connection: Connection) -> tuple[Problem, ...]:
    strange = strange_parts(connection)
    if not strange:
        return ()
    message = N_(
        "Another program changed the form of the file: {names}. A backup of it is refused. Restore the newest backup "
        "from before, or ask for help."
    )
    return (Problem("file", "form", message, {"names": ", ".join(strange)}),)


def _references(connection: Connection) -> tuple[Problem, ...]:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        return ()
    return (
        Problem(
            "file",
            "references",
            N_("{count} rows point at a record that does not exist (first in {table}). Restore the newest backup."),
            {"count": len(broken), "table": broken[0][0]},
        ),
    )


def _full_text(connection: Connection) -> tuple[Problem, ...]:
    """Compares by numbers: every living worker is in the index and nobody else."""
    living = connection.execute("SELECT count(*) FROM worker WHERE living = 1").fetchone()[0]
    indexed = connection.execute("SELECT count(*) FROM worker_text_docsize").fetchone()[0]
    missing = connection.execute(
        "SELECT count(*) FROM worker WHERE living = 1 AND id NOT IN (SELECT id FROM worker_text_docsize)"
    ).fetchone()[0]
    if living == indexed and not missing:
        return ()
    return (
        Problem(
            "search",
            "full_text",
            N_(
                "The name index holds {indexed} workers, the register {living}. Searching may miss people; "
                "nothing else is affected."
            ),
            {"indexed": indexed, "living": living},
        ),
    )


def _derived(connection: Connection) -> tuple[Problem, ...]:
    """What the list of workers shows of their enrolments follows from the enrolments."""
    found = connection.execute(
        "SELECT count(*) FROM worker LEFT JOIN (SELECT worker, min(first_month) AS first, max(last_month) AS last "
        "FROM enrolment WHERE counts = 1 GROUP BY worker) AS counted ON counted.worker = worker.id "
        "WHERE covered_from IS NOT first OR covered_until IS NOT last"
    ).fetchone()[0]
    if not found:
        return ()
    message = N_(
        "For {count} workers the list shows other months than their enrolments have. Restore the newest backup, or "
        "ask for help; the enrolments themselves are right."
    )
    return (Problem("coverage", "covered_months", message, {"count": found}),)


def _merged(connection: Connection) -> tuple[Problem, ...]:
    """Who was merged is out of sight, holds no enrolment, and leads to somebody who stands in the register, or did
    until the record was anonymised."""
    if not connection.execute("SELECT 1 FROM pragma_table_info('worker') WHERE name = 'merged_into'").fetchone():
        return ()  # an older form
    found = connection.execute(
        "WITH RECURSIVE chain (first, id, step) AS ("
        "SELECT id, merged_into, 1 FROM worker WHERE merged_into IS NOT NULL "
        "UNION ALL SELECT first, worker.merged_into, step + 1 FROM chain JOIN worker ON worker.id = chain.id "
        "WHERE worker.merged_into IS NOT NULL AND step < 100) "
        "SELECT count(*) FROM worker WHERE merged_into IS NOT NULL AND (living = 1 OR "
        "EXISTS (SELECT 1 FROM enrolment WHERE enrolment.worker = worker.id) OR "
        "NOT EXISTS (SELECT 1 FROM chain JOIN worker AS last ON last.id = chain.id WHERE first = worker.id "
        "AND last.merged_into IS NULL AND (last.living = 1 OR last.anonymised_on IS NOT NULL)))"
    ).fetchone()[0]
    if not found:
        return ()
    message = N_(
        "{count} records that were merged lead to nobody, or are still in sight. Restore the newest backup, or ask for "
        "help; nothing is counted twice."
    )
    return (Problem("file", "merged", message, {"count": found}),)


def _coverage(connection: Connection) -> tuple[Problem, ...]:
    stored = coverage_changes.stored(connection)
    rebuilt = coverage_changes.rebuilt(connection)
    rebuilt = type(rebuilt)({key: change for key, change in rebuilt.items() if change})
    if stored == rebuilt:
        return ()
    differing = len({*stored.items()} ^ {*rebuilt.items()})
    return (
        Problem(
            "coverage",
            "coverage_sums",
            N_(
                "{count} monthly sums of the coverage differ from the enrolments themselves. Restore the newest "
                "backup, or ask for help before printing a summary."
            ),
            {"count": differing},
        ),
    )
