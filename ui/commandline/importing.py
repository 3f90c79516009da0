"""The command that takes a list in: read, checked, previewed, and only then written as a whole."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.language import N_, translate_count
from models.language import translate as _
from models.problems import Rejected, StorageFailure
from models.values.formats import number
from ui.commandline.commands import WrongUsage
from ui.commandline.outcome import Exit, Outcome
from ui.commandline.output import Output
from ui.commandline.passphrase import key_for
from ui.commandline.person import log_in
from ui.computer_user import computer_user

if TYPE_CHECKING:
    from models.exchange.checked import CheckedList
    from models.exchange.importing import ImportPreview, ListImport, Mode
    from models.exchange.mapping import ColumnMapping
    from models.exchange.table import ListTable
    from models.register import Register
    from models.schemes.enrolment import EnrolmentPlan

MODES = {"add": "add_only", "fill": "fill", "update": "update"}
"""Words of ``--mode`` -> what they mean."""
_STAGES = {
    "backup": N_("Making a backup …"),
    "match": N_("Looking who is registered already: {done} of {all}"),
    "look_alikes": N_("Looking who looks alike: {done} of {all}"),
    "enrol": N_("Enrolling: {done} of {all}"),
    "write": N_("Writing: {done} of {all}"),
    "index": N_("Preparing the search …"),
}


def take_in(options: Namespace, output: Output, now: datetime) -> Outcome:
    """Takes a list in, or with ``--dry-run`` only says what would become of it."""
    from models.exchange.checking import check_list
    from models.exchange.importing import Mode
    from models.exchange.list_file import open_list, read_table
    from models.offices.users import Right
    from models.register import open_register

    _require_whole_plan(options)
    report = None if options.report is None else _report_place(options)
    mode = Mode(MODES[options.mode])
    key = key_for(options.data, options.passphrase_file)
    register = open_register(
        options.data,
        user=computer_user(),
        clock=lambda: now,
        read_only=options.dry_run and report is None,
        must_exist=True,
        key=key,
    )
    try:
        log_in(register, options.user, Right.ENTER)
        if report is not None:
            register.require(Right.EXPORT)
        plan = _plan(register, options)
        reading = _("Reading {file} …").format(file=options.file)
        found = open_list(options.file, lambda _done, _every: output.progress(reading))
        if options.sheet is not None and options.sheet not in [sheet.name for sheet in found.sheets]:
            known = ", ".join(sheet.name for sheet in found.sheets)
            sentence = _("There is no sheet {sheet} in {file}. It has {known}.")
            raise WrongUsage(sentence.format(sheet=options.sheet, file=options.file, known=known))
        table = read_table(found, options.sheet, progress=lambda _done, _every: output.progress(reading))
        mapping = _mapping(register, table, options)
        checking = _("Checking {count} rows …").format(count=number(len(table)))
        checked = check_list(
            table, mapping, register.lists.context(plan), lambda _done, _every: output.progress(checking)
        )
        tell = _progress(output)
        preview = register.lists.preview(checked, mode, None, plan, tell)
        if report is not None:
            _write_report(register, checked, report)
        facts = _facts(options, checked, preview, mode, report)
        if preview.problems:
            raise Rejected(preview.problems)
        made = None
        if not options.dry_run and preview.is_writable:
            made = register.lists.take_in(checked, mode, None, plan, tell, seen=preview)
    finally:
        register.close()
    return _outcome(options, checked, preview, made, facts)


# What is asked for


def _require_whole_plan(options: Namespace) -> None:
    given = [options.scheme is not None, options.first is not None, options.months is not None]
    if any(given) and not all(given):
        raise WrongUsage(_("Enrolling needs all three: --scheme CODE, --from YYYY-MM and --months N."))
    if options.fund is not None and not all(given):
        raise WrongUsage(_("A fund pays for enrolments: give --scheme, --from and --months as well."))


def _plan(register: Register, options: Namespace) -> EnrolmentPlan | None:
    from models.schemes.enrolment import EnrolmentPlan

    if options.scheme is None:
        return None
    scheme = register.schemes.by_code(options.scheme)
    if scheme is None or scheme.id is None:
        known = ", ".join(known.code for known in register.schemes.all())
        sentence = _("There is no scheme {code} in this file. It has {known}.")
        raise WrongUsage(sentence.format(code=options.scheme, known=known))
    plan = EnrolmentPlan(scheme=scheme.id, first=options.first, month_count=options.months)
    if options.fund is None:
        return plan
    funds = register.funds.of_scheme(scheme.id)
    wanted = [fund for fund in funds if fund.name.casefold() == options.fund.strip().casefold()]
    if len(wanted) != 1:
        known = ", ".join(fund.name for fund in funds) or "-"
        sentence = _("There is no single open fund {fund} for {scheme}. It has {known}.")
        raise WrongUsage(sentence.format(fund=options.fund, scheme=scheme.code, known=known))
    return replace(plan, fund=wanted[0].id)


def _mapping(register: Register, table: ListTable, options: Namespace) -> ColumnMapping:
    """The kind of list that was named, where its headings fit; otherwise what the columns look like."""
    from models.exchange.guessing import guess
    from models.exchange.kinds import shipped_mappings
    from models.exchange.mapping import Purpose

    context = register.lists.context()
    if options.mapping is None:
        known = (*register.mappings.all(Purpose.WORKERS), *shipped_mappings())
        return guess(table, known, context=context).mapping
    every = (*register.mappings.all(), *shipped_mappings())
    wanted = [one for one in every if one.name.casefold() == " ".join(options.mapping.split()).casefold()]
    if not wanted:
        names = ", ".join(dict.fromkeys(one.name for one in every if one.purpose is Purpose.WORKERS))
        sentence = _("There is no kind of list {name}. Known are: {known}.")
        raise WrongUsage(sentence.format(name=options.mapping, known=names))
    if wanted[0].purpose is not Purpose.WORKERS:
        sentence = _("{name} is no list of workers to be registered. The window takes it in (Data, Lists).")
        raise WrongUsage(sentence.format(name=wanted[0].name))
    found = guess(table, wanted[:1], context=context)
    if found.remembered is None:
        sentence = N_("The headings of this list do not fit the kind {name}. Leave --mapping out, or choose another.")
        raise StorageFailure("mapping_misfits", sentence, name=wanted[0].name)
    return found.mapping


def _report_place(options: Namespace) -> Path:
    """Where the list with the reasons goes: never over the list itself, the register, or what is no workbook."""
    out: Path = options.report
    if out.is_dir():
        raise StorageFailure("folder", N_("{file} is a folder. Choose a file."), file=str(out))
    if out.exists():
        is_other = any(other.exists() and out.samefile(other) for other in (options.file, options.data))
        with out.open("rb") as stream:
            is_workbook = stream.read(2) in (b"", b"PK")
        if is_other or not is_workbook:
            message = N_(
                "{file} holds something else than such a report, and was left as it is. Choose another file."
            )
            raise StorageFailure("no_report", message, file=str(out))
    return out.resolve()


def _write_report(register: Register, checked: CheckedList, report: Path) -> None:
    from models.exchange.returned import write_findings

    register.disclosures.export("returned_list", len(checked), purpose="return", file_name=report.name)
    write_findings(checked, report)


# What it came to


def _outcome(
    options: Namespace,
    checked: CheckedList,
    preview: ImportPreview,
    made: ListImport | None,
    facts: dict[str, object],
) -> Outcome:
    from models.exchange.importing import Outcome as Row

    counts = preview.counts
    told = {outcome.value: number(counts.get(outcome, 0)) for outcome in Row}
    about = {"file": options.file, "enrolled": number(preview.enrolled), **told}
    waiting = counts.get(Row.DOUBTFUL, 0) + counts.get(Row.LEFT_OUT, 0)
    if options.dry_run:
        words = _(
            "{file}: {new} new, {changed} changed, {unchanged} unchanged, {enrolled} to be enrolled; {left_out} rows "
            "left out, {doubtful} doubtful. Nothing was written."
        )
    elif made is None:
        words = _(
            "Nothing of {file} had to be written: {unchanged} unchanged, {left_out} rows left out, {doubtful} doubtful."
        )
    else:
        words = _(
            "{file} taken in: {new} new, {changed} changed, {unchanged} unchanged, {enrolled} enrolled; {left_out} "
            "rows left out, {doubtful} doubtful."
        )
    sentence = words.format(**about)
    if preview.taken_in_before:
        day = preview.taken_in_before[-1]
        sentence = f"{sentence} {_('The very same file was taken in on {day}.').format(day=f'{day:%d/%m/%Y}')}"
    facts = {**facts, "import": None if made is None else made.id, "save": None if made is None else made.save}
    if waiting or facts["not_enrolled"]:
        return Outcome(sentence, Exit.FINDINGS, facts, _lines(checked, preview))
    if made is None and not options.dry_run:
        return Outcome(sentence, Exit.NOTHING_TO_DO, facts)
    return Outcome(sentence, Exit.DONE, facts)


def _not_enrolled(preview: ImportPreview) -> Counter[str]:
    """Why people who are or become registered would not be enrolled: codes with how often."""
    return Counter(row.enrolment_problems[0].code for row in preview.rows if row.enrolment_problems)


def _lines(checked: CheckedList, preview: ImportPreview) -> tuple[str, ...]:
    """Each kind of finding with how often and the first row that has it."""
    from models.exchange.mistakes import MISTAKES, NAMES

    rows = checked.table.rows
    lines = [f"- {problem.text}" for problem in checked.doubts]
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for finding in checked.findings:
        code = finding.problem.code
        kind = _(NAMES[MISTAKES[code]]) if code in MISTAKES else _("Other")
        counts[kind] += 1
        first.setdefault(kind, _("Row {row}: {what}").format(row=rows[finding.place], what=finding.problem.text))
    for row in preview.rows:
        problems = row.problems or row.enrolment_problems
        if row.doubt is not None:
            kind, what = _("Doubtful"), _(row.like_reason)
        elif problems:
            kind, what = _("Left out") if row.problems else _("Not enrolled"), problems[0].text
        else:
            continue
        counts[kind] += 1
        first.setdefault(kind, _("Row {row}: {what}").format(row=rows[row.place], what=what))
    for kind, count in counts.most_common():
        times = translate_count("{count} time", "{count} times", count).format(count=number(count))
        lines.append(f"- {kind}, {times}. {first[kind]}")
    return tuple(lines)


def _facts(
    options: Namespace, checked: CheckedList, preview: ImportPreview, mode: Mode, report: Path | None
) -> dict[str, object]:
    source = checked.table.source
    return {
        "file": options.file,
        "sha256": source.hash.hex(),
        "sheet": source.sheet,
        "mapping": checked.mapping.name,
        "mode": mode.value,
        "rows": len(checked),
        "columns": {checked.table.headings[at]: field for at, field in checked.fields.items()},
        "findings": dict(checked.counts()),
        "outcomes": {outcome.value: count for outcome, count in preview.counts.items()},
        "enrolled": preview.enrolled,
        "not_enrolled": dict(_not_enrolled(preview)),
        "cost": preview.cost,
        "taken_in_before": [day.isoformat() for day in preview.taken_in_before],
        "is_dry_run": options.dry_run,
        "report": report,
    }


def _progress(output: Output) -> Callable[[str, int, int], None]:
    def progress(stage: str, done: int, every: int) -> None:
        output.progress(_(_STAGES[stage]).format(done=number(done), all=number(every)))

    return progress
