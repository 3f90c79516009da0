"""What each command does: asks models/ and reports/, and puts the outcome into one sentence.

Everything heavy is imported by the command that needs it, so that ``--help`` answers at once.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from models.language import translate as _
from models.language import translate_count
from models.problems import StorageFailure
from models.sample import EARLIEST
from models.values.formats import month_long, number, percent
from models.values.months import Month
from ui.commandline.backing_up import backup_checksum
from ui.commandline.destination import pdf_destination
from ui.commandline.outcome import Exit, Outcome
from ui.commandline.output import Output
from ui.commandline.passphrase import key_for
from ui.commandline.person import log_in
from ui.computer_user import computer_user

Command = Callable[[Namespace, Output, datetime], Outcome]
"""Carries a command out at a moment; raises StorageFailure, Rejected or WrongUsage."""


class WrongUsage(Exception):
    """The arguments cannot be meant so; the text is the sentence for the person."""


def demo(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Makes a sample district."""
    from models.sample.making import make_sample

    this_month = Month.of(now.date())
    month = options.month or this_month
    if not EARLIEST <= month <= this_month:
        sentence = _("There is no sample of {month}. Choose a month from {first} to {last}.")
        raise WrongUsage(sentence.format(month=month, first=EARLIEST, last=this_month))

    def progress(done: int) -> None:
        output.progress(_("{done} of {all} workers").format(done=number(done), all=number(options.workers)))

    made = make_sample(
        options.data, now=now, workers=options.workers, seed=options.seed, month=month, progress=progress
    )
    sentence = _(
        "Sample {file} made: {workers} workers, {enrolments} enrolments, as of {month}. All of it is invented."
    )
    return Outcome(
        sentence.format(
            file=made.path,
            workers=number(made.workers),
            enrolments=number(made.enrolments),
            month=month_long(made.month),
        ),
        facts={
            "file": made.path,
            "workers": made.workers,
            "enrolments": made.enrolments,
            "seed": made.seed,
            "month": made.month,
        },
    )


def coverage(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Prints the coverage summary of a month."""
    from models.offices.users import Right
    from models.register import open_register
    from ui.papers.paper import SummaryPaper

    out = pdf_destination(options.out, options.data)
    key = key_for(options.data, options.passphrase_file)
    register = open_register(
        options.data, user=computer_user(), clock=lambda: now, read_only=True, must_exist=True, key=key
    )
    try:
        log_in(register, options.user, Right.PRINT)
        point = register.coverage.district(options.month)
        SummaryPaper(options.month).write(register, now.date(), out, lambda done, total: None)
    finally:
        register.close()
    eligible = point.eligible.number if point.eligible else None
    if eligible is None:
        sentence = _(
            "Coverage summary of {month} written to {file}: {covered} covered, eligible workers not entered."
        )
    else:
        sentence = _("Coverage summary of {month} written to {file}: {share}, {covered} of {eligible} workers.")
    return Outcome(
        sentence.format(
            month=month_long(options.month),
            file=options.out,
            share=percent(point.share),
            covered=number(point.covered),
            eligible=number(eligible or 0),
        ),
        facts={
            "file": options.out,
            "month": options.month,
            "covered": point.covered,
            "eligible": eligible,
            "percent": None if point.share is None else round(float(point.share) * 100, 2),
        },
    )


def letters(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Prints the enrollment letters of a scheme."""
    from models.offices.users import Right
    from models.register import open_register
    from ui.papers.paper import LettersPaper

    out = pdf_destination(options.out, options.data)
    key = key_for(options.data, options.passphrase_file)
    register = open_register(options.data, user=computer_user(), clock=lambda: now, must_exist=True, key=key)
    try:
        log_in(register, options.user, Right.PRINT)
        scheme = register.schemes.by_code(options.scheme)
        if scheme is None or scheme.id is None:
            known = ", ".join(known.code for known in register.schemes.all())
            sentence = _("There is no scheme {code} in this file. It has {known}.")
            raise WrongUsage(sentence.format(code=options.scheme, known=known))
        wanted = register.enrolments.of_scheme(scheme.id, options.area, options.month)
        facts = {"file": options.out, "scheme": scheme.code, "letters": len(wanted), "month": options.month}
        if not wanted:
            sentence = _("No enrolment in {scheme} fits, so there is no letter to print and no file was written.")
            return Outcome(sentence.format(scheme=scheme.code), Exit.NOTHING_TO_DO, {**facts, "file": None})
        LettersPaper(enrolments=wanted, subject=scheme.code).write(
            register, now.date(), out, _letters_progress(output)
        )
    finally:
        register.close()
    sentence = translate_count("{count} letter written to {file}.", "{count} letters written to {file}.", len(wanted))
    return Outcome(sentence.format(count=number(len(wanted)), file=options.out), facts=facts)


def check(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Checks a file and lists what is wrong with it."""
    from models.storage.anchors import anchor_of
    from models.storage.backup_anchors import anchors_beside
    from models.storage.check import check_file
    from models.storage.check_apart import check_apart

    anchors = [anchor_of(code) for code in options.anchor]
    key = key_for(options.data, options.passphrase_file)
    output.progress(_("Reading {file} …").format(file=options.data))
    checksum = backup_checksum(options.data)
    known = (*anchors, *anchors_beside(options.data))
    try:
        report = check_apart(options.data, key, known)  # a window that is open goes on saving
    except StorageFailure as failure:
        if failure.code != "disk_full":  # without room for a copy the file itself is read
            raise
        report = check_file(options.data, key, known)
    facts: dict[str, object] = {
        "file": options.data,
        "findings": [
            {"part": finding.field, "code": finding.code, "text": finding.text} for finding in report.findings
        ],
        "rows": report.rows,
        "trail": report.head.code,
        **({"sha256sum": checksum} if checksum else {}),
    }
    if report.is_clean:
        sentence = _("{file} is whole: {workers} workers, {enrolments} enrolments, {audit} audit rows.")
        words = sentence.format(
            file=options.data,
            workers=number(report.workers),
            enrolments=number(report.enrolments),
            audit=number(report.rows["audit"]),
        )
        if checksum:
            same = _("It is the backup that its manifest describes; for sha256sum -c: {checksum}")
            words = f"{words} {same.format(checksum=checksum)}"
        return Outcome(words, facts=facts)
    found = len(report.findings)
    sentence = translate_count("{file}: {count} finding.", "{file}: {count} findings.", found)
    return Outcome(
        sentence.format(file=options.data, count=found),
        Exit.FINDINGS,
        facts,
        tuple(f"- {finding.text}" for finding in report.findings),
    )


def _letters_progress(output: Output) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done % 50 == 0:
            output.progress(_("{done} of {all} letters").format(done=number(done), all=number(total)))

    return progress


def printable(value: object) -> object:
    """A fact as JSON knows it."""
    return str(value) if isinstance(value, (Path, Month)) else value
