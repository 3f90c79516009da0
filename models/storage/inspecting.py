"""What a file or a backup holds, and whether it is whole."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.problems import StorageFailure
from models.storage.audit_chain import Head, head_at, head_of
from models.storage.contents import Contents as Contents
from models.storage.driver import Connection, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.form import require_ours, row_counts
from models.storage.keys import Key
from models.storage.manifest import read_manifest
from models.storage.snapshot import checksum_file, checksum_of
from models.storage.unlocking import fitting_key


def inspect_backup(backup: Path, key: Key | None = None) -> Contents:
    """What a backup holds, after its checksum, its pages and its form were found good; nothing is written.

    Raises StorageFailure in words: missing, altered or cut off (by its checksum, before any key is tried), encrypted,
    wrong passphrase, damaged, no Cakupan file, made by a newer program.
    """
    if not backup.is_file():
        raise StorageFailure(
            "missing", N_("There is no file {file}. Check the name and the folder."), file=str(backup)
        )
    with failures_named(backup):
        expected = recorded_checksum(backup)
        if expected is not None and checksum_of(backup) != expected:
            raise altered(backup)
    try:
        with fitting_key(backup, key) as fitting, failures_named(backup):
            check_whole(backup, fitting)
            return contents_of(backup, fitting)
    except StorageFailure as failure:
        if failure.code != "damaged":
            raise
        raise damaged(backup) from failure


def recorded_checksum(backup: Path) -> str | None:
    """The SHA-256 that was written down when the backup was made; None where nothing was. Raises OSError."""
    manifest = read_manifest(backup)
    if manifest is not None:
        return manifest.sha256
    beside = checksum_file(backup)
    return beside.read_text("utf-8", "replace").split(" ")[0].strip().lower() if beside.exists() else None


def inspect_file(file: Path, key: Key | None = None) -> Contents:
    """What a file in use holds, for comparing it with a backup."""
    roll_back_leftover(file, key)
    with failures_named(file):
        return contents_of(file, key)


def check_whole(file: Path, key: Key | None) -> None:
    """Every page and index, and every reference between tables; raises StorageFailure when something is wrong."""
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        require_ours(file, connection)
        pages, size = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])  # text where the file is encrypted
            for name in ("page_count", "page_size")
        )
        verdict = [row[0] for row in connection.execute("PRAGMA integrity_check(5)").fetchall()]
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != ["ok"] or broken is not None or pages * size != file.stat().st_size:
        raise damaged(file)


def contents_of(file: Path, key: Key | None) -> Contents:
    """What a file holds, at one moment; raises driver errors as they are."""
    with contextlib.closing(connect(file, key=key, read_only=True)) as connection:
        connection.execute("BEGIN")
        require_ours(file, connection)
        rows = row_counts(connection)
        at = connection.execute("SELECT at FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        head = head_in(connection)
        first = None if head is None else head_at(connection, 1)
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
            head=head,
            origin=b"" if first is None else first.hash,
        )
        connection.execute("ROLLBACK")
    return contents


def head_in(connection: Connection) -> Head | None:
    """The end of the audit trail; None in a file from before its rows were sealed."""
    sealed = connection.execute("SELECT 1 FROM pragma_table_info('audit') WHERE name = 'hash'").fetchone()
    return None if sealed is None else head_of(connection)


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


def altered(backup: Path) -> StorageFailure:
    """What is said of a backup that is no longer what was written down when it was made."""
    message = N_(
        "The backup {file} was altered or cut off after it was made (its checksum differs). "
        "It was not used and nothing was changed. Choose another backup."
    )
    return StorageFailure("altered", message, file=backup.name)
