"""What a file or a backup holds, and whether it is whole."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.driver import Connection, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import require_ours, row_counts, strange_parts
from models.storage.keys import Key
from models.storage.snapshot import checksum_file, checksum_of


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file or a backup holds."""

    path: Path
    workers: int
    """Living workers."""
    enrolments: int
    """Enrolments that count."""
    last_change: datetime | None
    """Moment of the newest audit row."""
    rows: dict[str, int]
    """Rows of every table."""
    regency: str
    is_sample: bool
    form: int
    """Number of migrations the file went through."""


def inspect_backup(backup: Path, key: Key | None = None) -> Contents:
    """What a backup holds, after its checksum, its pages and its form were found good; nothing is written.

    Raises StorageFailure in words: missing, altered, cut off, damaged, no Cakupan file, made by a newer program.
    """
    if not backup.is_file():
        raise StorageFailure(
            "missing", N_("There is no file {file}. Check the name and the folder."), file=str(backup)
        )
    with failures_named(backup):
        beside = checksum_file(backup)
        if beside.exists():
            expected = beside.read_text("utf-8", "replace").split(" ")[0].strip().lower()
            if checksum_of(backup) != expected:
                raise StorageFailure(
                    "altered",
                    N_(
                        "The backup {file} was altered or cut off after it was made (its checksum differs). "
                        "It was not used and nothing was changed. Choose another backup."
                    ),
                    file=backup.name,
                )
        check_whole(backup, key)
        return contents_of(backup, key)


def inspect_file(file: Path, key: Key | None = None) -> Contents:
    """What a file in use holds, for comparing it with a backup."""
    roll_back_leftover(file, key)
    with failures_named(file):
        return contents_of(file, key)


def check_whole(file: Path, key: Key | None) -> None:
    """Every page and index, and every reference between tables; raises StorageFailure when something is wrong."""
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        require_ours(file, connection)
        refuse_strange(file, connection)
        pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])  # text where the file is encrypted
            for name in ("page_count", "page_size")
        )
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != ["ok"] or broken is not None or pages * size != file.stat().st_size:
        raise damaged(file)


def refuse_strange(file: Path, connection: Connection) -> None:
    """A trigger or a view that this program never made could change records behind its back."""
    strange = strange_parts(connection)
    if strange:
        raise StorageFailure(
            "strange_form",
            N_(
                "{file} was not used, for another program changed its form ({names}). Nothing was changed. "
                "Ask for help, or restore a backup from before."
            ),
            file=file.name,
            names=", ".join(strange[:5]),
        )


def contents_of(file: Path, key: Key | None) -> Contents:
    """What a file holds, at one moment; raises driver errors as they are."""
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        connection.execute("BEGIN")
        require_ours(file, connection)
        rows = row_counts(connection)
        at = connection.execute("SELECT at FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        settings = dict(connection.execute("SELECT name, value FROM setting").fetchall())
        contents = Contents(
            path=file,
            workers=connection.execute("SELECT count(*) FROM worker WHERE living = 1").fetchone()[0],
            enrolments=connection.execute("SELECT count(*) FROM enrolment WHERE counts = 1").fetchone()[0],
            last_change=_moment(file, at[0]) if at else None,
            rows=rows,
            regency=settings.get("regency", '"13.12"').strip('"'),
            is_sample=settings.get("is_sample") == "true",
            form=rows.get("_sqlite_migrations", 0),
        )
        connection.execute("ROLLBACK")
    return contents


def _moment(file: Path, text: str) -> datetime:
    """The moment of an audit row; no program of ours writes anything else."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise damaged(file) from error


def damaged(file: Path) -> StorageFailure:
    """What is said of a copy that cannot be trusted."""
    message = N_("{file} is damaged and was not used. Nothing was changed. Choose another backup.")
    return StorageFailure("damaged_copy", message, file=file.name)
