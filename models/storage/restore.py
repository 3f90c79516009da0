"""The way back from a backup: the file as it was is kept, and nothing is in its place before it was found whole."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from models.language import N_
from models.offices.users import Role
from models.problems import StorageFailure
from models.storage.audit import Change
from models.storage.backup import Progress, backup_folder, describe
from models.storage.driver import Connection, Database, Error, connect, roll_back_leftover
from models.storage.failures import failures_named
from models.storage.inspecting import Contents, check_whole, contents_of, damaged, head_in, inspect_backup
from models.storage.keys import Key, is_encrypted
from models.storage.lock import WriterLock
from models.storage.manifest import Why
from models.storage.migrations import MIGRATIONS
from models.storage.opening import bring_to_present_form
from models.storage.salvaged import KeptDraft, Salvaged, drafts_of
from models.storage.snapshot import flush, free_name, put_in_place, snapshot, write_checksum


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A finished restore."""

    restored: Contents
    """What the backup holds."""
    safety_copy: Path | None
    """Where the file as it was before went; None when there was none."""
    key: Key | None = None
    """What opens the restored file; None where the backup is not encrypted."""
    drafts: int = 0
    """Records of a damaged file that wait as drafts in the restored one."""


def restore_backup(
    backup: Path,
    target: Path,
    now: datetime,
    progress: Progress | None = None,
    *,
    key: Key | None = None,
    present_key: Key | None = None,
    by: str = "",
    salvaged: Salvaged | None = None,
) -> RestoreReport:
    """Puts a backup in the place of `target`, which no program may have open; the file as it was is kept beside.

    The present file is copied as it is even when it is damaged. A backup of an older form is brought to the present one
    before it takes its place, and an audit row says which backup it is and who (`by`) restored it; what was `salvaged`
    from a damaged file waits in it as drafts. `present_key` opens the present file where `key`, which opens the backup,
    does not. Raises StorageFailure in words with `target` untouched.
    """
    tell = progress or (lambda stage: None)
    lock = WriterLock(target, person=by, now=now)
    if not lock.acquire():
        raise StorageFailure(
            "cannot_open",
            N_("The file {file} cannot be opened. Check that its folder exists and that you may write there."),
            file=target.name,
        )
    try:
        tell("check")
        inspected = inspect_backup(backup, key)
        fitting = key if is_encrypted(backup) else None
        with failures_named(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + ".part")
            _remove(part)  # its journal, left by a restore that was killed, would be rolled back into the new one
            try:
                tell("copy")
                snapshot(backup, part, fitting)
                tell("count")
                check_whole(part, fitting)
                contents = contents_of(part, fitting)
                if contents.rows != inspected.rows:  # part of the backup lies in another file beside it
                    raise damaged(backup)
                before = _head_code(target, present_key or key)
                safety = _keep(target, now, present_key or key) if target.exists() else None
                told = (("backup", backup.name), ("backup_head", contents.head.code if contents.head else ""),
                        ("head_before", before), ("kept", safety.name if safety else ""))  # fmt: skip
                drafts = _finish(part, fitting, now, by, told, salvaged)
                target.with_name(target.name + "-journal").unlink(missing_ok=True)  # of a file that is gone
                put_in_place(part, target)
            finally:
                _remove(part)
    finally:
        lock.release()
    return RestoreReport(replace(contents, path=target), safety, fitting, drafts)


def _remove(part: Path) -> None:
    for path in (part, part.with_name(part.name + "-journal")):
        path.unlink(missing_ok=True)


def _finish(
    part: Path, key: Key | None, now: datetime, by: str, told: tuple[tuple[str, str], ...], salvaged: Salvaged | None
) -> int:
    """The present form, the drafts and the audit row, while the file has not taken its place; how many drafts."""
    with contextlib.closing(connect(part, key=key)) as connection:
        if MIGRATIONS.pending(Database(connection, execute_plugins=False)):
            bring_to_present_form(connection)
        drafts = _drafts(connection, salvaged) if salvaged is not None else []
        connection.execute("BEGIN IMMEDIATE")
        try:
            change = Change(connection, by, now)
            owners = _Owners(connection, by)
            for draft in drafts:
                change.execute(
                    "INSERT INTO draft (form, fields, focus, user, saved_at) VALUES (?, ?, ?, ?, ?)",
                    (draft.form, json.dumps(dict(draft.fields), separators=(",", ":")), draft.focus,
                     owners.of(draft.user), draft.saved_at or now.isoformat(timespec="seconds")),
                )  # fmt: skip
            fields = [(name, None, word) for name, word in told if word]
            if drafts:
                fields.append(("drafts", None, str(len(drafts))))
            change.record("restore", "register", 0, fields)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    return len(drafts)


def _drafts(connection: Connection, salvaged: Salvaged) -> list[KeptDraft]:
    schemes: dict[int, str] = dict(connection.execute("SELECT id, code FROM scheme").fetchall())
    return list(drafts_of(salvaged, schemes))


class _Owners:
    """Who finds a draft: its writer, or whoever restores, or an administrator, each if the register knows them."""

    def __init__(self, connection: Connection, by: str) -> None:
        rows = connection.execute("SELECT name, role FROM user WHERE is_active = 1 ORDER BY id").fetchall()
        self._names = {name.casefold(): name for name, _role in rows}
        first = next((name for name, role in rows if role == Role.ADMINISTRATOR), by)
        self._other = self._names.get(by.casefold(), first)

    def of(self, writer: str) -> str:
        return self._names.get(writer.casefold(), self._other) if self._names else writer or self._other


def _head_code(target: Path, key: Key | None) -> str:
    """The end of the audit trail of the file that is replaced, where it can be read."""
    if not target.exists():
        return ""
    with contextlib.suppress(Error), contextlib.closing(connect(target, key=key, read_only=True)) as connection:
        head = head_in(connection)
        return head.code if head is not None else ""
    return ""


def _keep(target: Path, now: datetime, key: Key | None) -> Path:
    """A copy of the file as it is, whole or damaged, with the journal that may lie beside it."""
    folder = backup_folder(target)
    folder.mkdir(parents=True, exist_ok=True)
    copy = free_name(folder / f"{target.stem}-{now:%Y%m%d-%H%M%S}-sebelum-pulih.db")
    journal = target.with_name(target.name + "-journal")
    roll_back_leftover(target, key)
    try:
        copied = snapshot(target, copy, key)
        describe(copy, contents_of(copy, key), copied, now, Why.RESTORE, key)
    except (Error, StorageFailure):
        for source, kept in ((target, copy), (journal, copy.with_name(copy.name + "-journal"))):
            if source.exists():
                shutil.copyfile(source, kept)
                flush(kept)
        write_checksum(copy)
    journal.unlink(missing_ok=True)
    return copy
