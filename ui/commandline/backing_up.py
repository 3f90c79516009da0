"""The commands about backups: making them, trying the newest one, and opening a copy that was locked for carrying."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import N_
from models.language import translate as _
from models.problems import Problem, Rejected, StorageFailure
from models.values.formats import number
from ui.commandline.outcome import Exit, Outcome
from ui.commandline.output import Output
from ui.commandline.passphrase import key_for
from ui.computer_user import computer_user

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.keys import Key

VARIABLE = "CAKUPAN_COPY_PASSPHRASE"
"""Environment variable with the passphrase of a copy for carrying."""


def backup(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Makes a backup that was read back, and what was asked for besides."""
    from models.storage.backing_up import Places, back_up, keep_of
    from models.storage.carrying import carry
    from models.storage.manifest import Why

    if options.to.exists() and not options.to.is_dir():
        raise StorageFailure(
            "no_folder", N_("{file} is a file, not a folder. Choose a folder."), file=str(options.to)
        )
    passphrase = _passphrase(options.carry) if options.carry is not None else ""
    why, keep = Why.BY_HAND, None
    key = key_for(options.data, options.passphrase_file)
    if options.automatic:
        with _reading(options.data, now, key) as register:
            why, keep = Why.HOURLY, keep_of(register.office)
            last = register.backups.last([options.to], now)
            if last is not None and not register.backups.is_behind(last):
                sentence = _("Nothing was saved since the backup {file}, so none was made.")
                return Outcome(
                    sentence.format(file=last.path), Exit.NOTHING_TO_DO, {"file": last.path, "is_new": False}
                )
    tell = stages(output)
    made = back_up(options.data, Places(options.to, options.second, keep), now, tell, key=key, why=why)
    contents = made.report.contents
    sentence = _("Backup made and read back: {file} ({workers} workers, {enrolments} enrolments).")
    words = [sentence.format(
        file=made.report.path, workers=number(contents.workers), enrolments=number(contents.enrolments)
    )]  # fmt: skip
    if made.second is not None:
        words.append(
            _("The same backup is in {folder}, read back and compared: safe to remove.").format(
                folder=made.second.parent
            )
        )
    carried = None if options.carry is None else carry(made.manifest, options.carry, passphrase, tell)
    if carried is not None:
        words.append(_("A locked copy for carrying is {file}.").format(file=carried))
    facts = {
        "file": made.report.path,
        "sha256": made.report.checksum,
        "workers": contents.workers,
        "enrolments": contents.enrolments,
        "rows": contents.rows,
        "is_sample": contents.is_sample,
        "is_new": True,
        "second": made.second,
        "carried": carried,
        "trail": contents.head.code if contents.head else "",
    }
    if made.trouble is not None:  # it says that the backup itself is whole
        raise made.trouble
    return Outcome(" ".join(words), facts=facts)


def drill(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Restores the newest backup for a trial and compares it."""
    from models.storage.backup_names import backup_folder
    from models.storage.drill import drill

    folder = options.folder or backup_folder(options.data)
    with _writing(options.data, now, key_for(options.data, options.passphrase_file)) as register:
        newest = register.backups.newest(folder, now)
        if newest is None:
            sentence = _("There is no verified backup of {file} in {folder}, so none could be tried.")
            raise StorageFailure("no_backup", sentence, file=options.data.name, folder=str(folder))
        report = drill(newest, now, stages(output), key=register.key)
        if not register.is_read_only:
            register.backups.record_drill(report.backup)
        contents = report.contents
        sentence = _("{file} was restored for a trial and is good ({workers} workers, {enrolments} enrolments).")
        words = sentence.format(
            file=report.backup, workers=number(contents.workers), enrolments=number(contents.enrolments)
        )
        if register.is_read_only:
            unwritten = _(
                "The register is open elsewhere or can only be read, so the trial is not written down in it."
            )
            words = f"{words} {unwritten}"
        return Outcome(
            words,
            facts={
                "file": report.backup,
                "sha256": newest.sha256,
                "rows": contents.rows,
                "is_recorded": not register.is_read_only,
            },
        )


@contextmanager
def opened(backup: Path, folder: Path, output: Output) -> Iterator[Path]:
    """The backup itself, or what a copy for carrying holds once its passphrase is known."""
    from models.storage.carrying import is_carried, unlocked

    if not backup.is_file() or not is_carried(backup):
        yield backup
        return
    with unlocked(backup, _passphrase(backup), folder, stages(output)) as found:
        yield found


def backup_checksum(file: Path) -> str:
    """The checksum of a backup as ``sha256sum -c`` reads it; empty for a file without a manifest, which may be in use.

    Raises StorageFailure where the backup is no longer what its manifest says.
    """
    from models.storage.failures import failures_named
    from models.storage.inspecting import altered
    from models.storage.manifest import read_manifest
    from models.storage.proven_copy import checksum_from_disk

    with failures_named(file):
        manifest = read_manifest(file)
        if manifest is None or not file.is_file():
            return ""
        if checksum_from_disk(file) != manifest.sha256:
            raise altered(file)
    return f"{manifest.sha256}  {manifest.file}"


def stages(output: Output) -> Callable[[str], None]:
    """Says what a backup or a restore does just now."""
    from models.storage.backup import STAGES

    return lambda stage: output.progress(_(STAGES[stage]))


@contextmanager
def _reading(file: Path, now: datetime, key: Key | None) -> Iterator[Register]:
    from models.register import open_register

    register = open_register(file, user=computer_user(), clock=lambda: now, read_only=True, must_exist=True, key=key)
    try:
        yield register
    finally:
        register.close()


@contextmanager
def _writing(file: Path, now: datetime, key: Key | None) -> Iterator[Register]:
    """For writing, or for reading while somebody works with it."""
    from models.register import open_register

    try:
        register = open_register(file, user=computer_user(), clock=lambda: now, must_exist=True, key=key)
    except StorageFailure as failure:
        if failure.code != "in_use":
            raise
        register = open_register(
            file, user=computer_user(), clock=lambda: now, read_only=True, must_exist=True, key=key
        )
    try:
        yield register
    finally:
        register.close()


def _passphrase(copy: Path) -> str:
    """By the environment, or typed at a terminal where nobody sees it; raises Rejected."""
    given = os.environ.get(VARIABLE, "")
    if not given and sys.stdin is not None and sys.stdin.isatty():
        try:
            given = getpass(_("Passphrase of {file}: ").format(file=copy.name))
        except EOFError:
            given = ""
    if not given:
        message = N_(
            "The passphrase of {file} is missing. Set the environment variable {variable}, or run the command at a "
            "terminal and type it there."
        )
        raise Rejected(
            [Problem("passphrase", "passphrase_missing", message, {"file": copy.name, "variable": VARIABLE})]
        )
    return given
