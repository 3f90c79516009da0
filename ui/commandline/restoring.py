"""The command that puts a backup in the place of a file, and saves what can be saved of a damaged one."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import translate as _
from models.problems import StorageFailure
from models.values.formats import number
from ui.commandline.backing_up import opened
from ui.commandline.commands import WrongUsage
from ui.commandline.outcome import Exit, Outcome
from ui.commandline.output import Output
from ui.commandline.passphrase import key_for, key_of_present
from ui.computer_user import computer_user

if TYPE_CHECKING:
    from models.storage.keys import Key
    from models.storage.restore import RestoreReport
    from models.storage.salvaged import Salvaged

BESIDE = Path()
"""Stands for a list that goes beside the file."""


def restore(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Puts a backup in the place of a file."""
    from models.storage.keys import is_encrypted
    from models.storage.restore import restore_backup
    from ui.exchange.comparing import STEPS

    if options.to.exists() and options.backup.exists() and options.to.samefile(options.backup):
        raise WrongUsage(_("The backup and the file to put in its place are the same. Name another file with --to."))
    if options.salvage is not None and not options.to.is_file():
        sentence = _("There is no file {file}, so nothing can be salvaged from it. Leave --salvage out.")
        raise WrongUsage(sentence.format(file=options.to))

    def tell(stage: str) -> None:
        output.progress(_(STEPS[stage]))

    with opened(options.backup, options.to.parent, output) as found:
        key = key_for(found, options.passphrase_file)
        present = key_of_present(options.to, options.passphrase_file)
        was_encrypted = options.to.is_file() and is_encrypted(options.to)
        if options.to.is_file() and not options.other_register:
            _require_same_register(found, key, options.to, present)
        salvaged = None
        if options.salvage is not None:
            from models.storage.damaged import key_among
            from models.storage.inspecting import inspect_backup
            from models.storage.salvage import salvage

            inspect_backup(found, key)
            opens = key_among(options.to, present, key)
            salvaged = salvage(options.to, found, key=opens, backup_key=key, tell=tell)
        made = restore_backup(
            found, options.to, now, tell, key=key, present_key=present, by=computer_user(), salvaged=salvaged
        )
    outcome = _restored(options, made)
    if was_encrypted and made.key is None:
        bare = _("It has no passphrase any more: add one in the window (Settings, Passphrase).")
        outcome = replace(outcome, sentence=f"{outcome.sentence} {bare}")
    return outcome if salvaged is None else _salvaged(options, outcome, made, salvaged, now)


def _require_same_register(backup: Path, key: Key | None, file: Path, present: Key | None) -> None:
    """A command asks nobody, so another office's backup does not take the place of a register that can be read."""
    from models.storage.inspecting import inspect_backup, inspect_file

    try:
        there = inspect_file(file, present).origin
    except StorageFailure:  # damaged, or locked by a passphrase that nobody gave: restoring is what mends it
        return
    origin = inspect_backup(backup, key).origin
    if there and origin and there != origin:
        sentence = _(
            "{backup} is a backup of another register than {file}, so nothing was changed. Name another file with "
            "--to; if it is really to take that place, add --other-register."
        )
        raise WrongUsage(sentence.format(backup=backup, file=file))


def _restored(options: Namespace, made: RestoreReport) -> Outcome:
    if made.safety_copy is None:
        sentence = _("{file} restored from {backup}: {workers} workers, {enrolments} enrolments.")
    else:
        sentence = _(
            "{file} restored from {backup}: {workers} workers, {enrolments} enrolments. "
            "What stood there before is kept in {copy}."
        )
    return Outcome(
        sentence.format(
            file=options.to,
            backup=options.backup,
            workers=number(made.restored.workers),
            enrolments=number(made.restored.enrolments),
            copy=made.safety_copy,
        ),
        facts={
            "file": options.to,
            "backup": options.backup,
            "kept": made.safety_copy,
            "workers": made.restored.workers,
            "enrolments": made.restored.enrolments,
            "rows": made.restored.rows,
        },
    )


def _salvaged(
    options: Namespace, outcome: Outcome, made: RestoreReport, salvaged: Salvaged, now: datetime
) -> Outcome:
    """Says what came out of the damaged file and writes the list; its rows name persons, their NIK masked."""
    from ui.exchange.change_files import list_of, write_list
    from ui.exchange.change_words import salvage_words, salvaged_sections

    target = options.salvage
    if target == BESIDE:
        target = options.to.with_name(f"{options.to.stem}-{now:%Y%m%d-%H%M%S}-terselamatkan.txt")
    sections = salvaged_sections(salvaged)
    listed = list_of(sections, made.restored, options.to, letterhead=None, by=computer_user(), at=now)
    written = write_list(listed, target)
    _record(options.to, made.key, listed.row_count, written, now)
    open_points = len(salvaged.newer) - salvaged.certain + len(salvaged.lost) + len(salvaged.others)
    sentences = [outcome.sentence, salvage_words(salvaged)]
    if made.drafts:
        sentences.append(_("{count} drafts wait in the restored file.").format(count=number(made.drafts)))
    sentences.append(_("The list is in {file}.").format(file=written))
    facts = {
        "salvaged": len(salvaged.newer),
        "certain": salvaged.certain,
        "lost": len(salvaged.lost),
        "by_hand": len(salvaged.others),
        "drafts": made.drafts,
        "list": written,
    }
    ending = Exit.FINDINGS if open_points else Exit.DONE
    return Outcome(" ".join(sentences), ending, {**outcome.facts, **facts})


def _record(file: Path, key: Key | None, rows: int, written: Path, now: datetime) -> None:
    """The list leaves the program, which the restored register notes where it asks nobody for a password."""
    from models.problems import Rejected
    from models.register import open_register

    register = open_register(file, user=computer_user(), clock=lambda: now, must_exist=True, key=key)
    try:
        with suppress(Rejected):
            register.disclosures.export("restore", rows, purpose="restore", file_name=written.name)
    finally:
        register.close()
