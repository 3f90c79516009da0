"""A full check of a file: its pages, its references, its indexes, its audit rows, its sums."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from models.language import N_
from models.problems import Problem, StorageFailure
from models.storage import coverage_changes
from models.storage.driver import Connection, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import require_ours, row_counts, strange_parts
from models.storage.keys import Key


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

    @property
    def is_clean(self) -> bool:
        return not self.findings


def check_file(file: Path, key: Key | None = None) -> CheckReport:
    """Reads the whole file and compares what can be compared; nothing is written.

    Raises StorageFailure when the file cannot even be read.
    """
    if not file.exists():
        raise StorageFailure("missing", N_("There is no file {file}. Check the name and the folder."), file=str(file))
    roll_back_leftover(file, key)
    with failures_named(file), contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        require_ours(file, connection)
        connection.execute("BEGIN")
        findings = (
            *_pages(connection),
            *_form(connection),
            *_references(connection),
            *_full_text(connection),
            *_audit(connection),
            *_coverage(connection),
        )
        rows = row_counts(connection)
        workers = connection.execute("SELECT count(*) FROM worker WHERE living = 1").fetchone()[0]
        enrolments = connection.execute("SELECT count(*) FROM enrolment WHERE counts = 1").fetchone()[0]
        connection.execute("ROLLBACK")
    return CheckReport(findings, rows, workers, enrolments)


def _pages(connection: Connection) -> tuple[Problem, ...]:
    verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
    if verdict == ["ok"]:
        return ()
    return (
        Problem(
            "file",
            "pages",
            N_("The file is damaged: {detail}. Restore the newest backup."),
            {"detail": "; ".join(verdict)},
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


def _audit(connection: Connection) -> tuple[Problem, ...]:
    """Every record has at least as many audit rows as its revision says."""
    findings = []
    for kind in ("worker", "enrolment"):
        short = connection.execute(
            f"SELECT count(*) FROM {kind} WHERE revision > "
            f"(SELECT count(*) FROM audit WHERE kind = '{kind}' AND record = {kind}.id)"
        ).fetchone()[0]
        if short:
            findings.append(
                Problem(
                    "audit",
                    f"audit_{kind}",
                    N_(
                        "{count} records of the kind {kind} were changed without an audit row, "
                        "so behind the program's back."
                    ),
                    {"count": short, "kind": kind},
                )
            )
    return tuple(findings)


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
