"""The commands and their arguments, as ``--help`` tells them."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from models.language import LANGUAGES, N_
from models.language import translate as _
from models.sample import MOST_WORKERS, USUAL_WORKERS
from models.values.months import Month
from ui.commandline import backing_up, commands, importing, passphrase, restoring
from ui.commandline.commands import Command
from ui.commandline.outcome import Exit
from ui.commandline.person import VARIABLE

if TYPE_CHECKING:
    _Arguments = argparse._ArgumentGroup
    _Commands = argparse._SubParsersAction["_Parser"]

_ABOUT = N_(
    "Cakupan registers a district's workers for labour social security. Without a command the window opens "
    "(--data FILE opens another file than the usual one)."
)
_SCHEDULING = N_(
    "For a scheduler: a command that succeeds prints one line on standard output, one that fails says why on standard "
    "error. --quiet leaves the line out, --json makes it a JSON object. The window may stay open during backup, check "
    "and report; letters, import and restore need the file for themselves. All text is UTF-8."
)
_PLACE = N_(
    "A register on a network drive, in a folder that is copied to other computers, or on a stick is read (report, "
    "backup, check) but not written (letters, import). Keep it on the computer's own disk; backups may go elsewhere."
)
_SEE_ALSO = N_("What the exit codes mean: main.py --help")
_EXAMPLES = (
    "demo --data contoh.db",
    "report coverage --data contoh.db --month 2026-03 --out cakupan.pdf",
    "letters --data contoh.db --scheme SAWIT --month 2026-03 --out surat.pdf",
    "backup --data contoh.db --to cadangan",
    "drill --data contoh.db",
    "restore cadangan/contoh-20260331-160000-20000p-35000k.db --to pulih.db",
    "check --data contoh.db --json",
    "import daftar.xlsx --data contoh.db --dry-run --report kembali.xlsx",
    "import daftar.xlsx --data contoh.db --scheme SAWIT --from 2026-12 --months 3",
)


def parser(version: str) -> argparse.ArgumentParser:
    """Reads a command line into a namespace whose ``command`` carries it out."""
    whole = _Parser(description=_(_ABOUT), epilog=_epilog())
    commands_of_all = whole.add_subparsers(
        title=_("Commands"), metavar=_("COMMAND"), required=True, parser_class=_Parser
    )
    options = _options(whole, is_whole=True)
    options.add_argument("--version", action="version", version=version, help=_("print the version and end"))

    _add_demo(commands_of_all)
    _add_report(commands_of_all)
    _add_letters(commands_of_all)
    _add_backup(commands_of_all)
    _add_drill(commands_of_all)
    _add_restore(commands_of_all)
    _add_check(commands_of_all)
    _add_import(commands_of_all)
    return whole


def _add_demo(parsers: _Commands) -> None:
    demo = _command(
        parsers,
        "demo",
        commands.demo,
        N_("make a file with an invented sample district"),
        N_(
            "Makes a file with a believable sample district: invented workers and families in the real nagari, "
            "enrolled in the district's schemes over several years. Everything in it says that it is a sample (CONTOH)."
        ),
    )
    _data(demo, N_("the file to make; one that exists already is refused"))
    demo.add_argument(
        "--workers",
        type=_whole_number(1, MOST_WORKERS),
        default=USUAL_WORKERS,
        metavar="N",
        help=_("how many workers, up to {most} (otherwise {usual})").format(most=MOST_WORKERS, usual=USUAL_WORKERS),
    )
    demo.add_argument(
        "--seed",
        type=_whole_number(0, 2**63 - 1),
        default=1,
        metavar="S",
        help=_("another number makes other people, the same number the same ones again (otherwise 1)"),
    )
    _month(demo, N_("the month that is the present one in the sample (otherwise this month)"))


def _add_report(parsers: _Commands) -> None:
    reports = _group(parsers, "report", N_("print a report as PDF"), N_("Prints a report as PDF."))
    coverage = _command(
        reports,
        "coverage",
        commands.coverage,
        N_("the coverage summary of a month"),
        N_(
            "Prints the coverage summary of a month (Ringkasan Cakupan Kepesertaan): covered and eligible workers, "
            "target, gap, by kecamatan, segment and scheme. The register is only read."
        ),
    )
    _data(coverage)
    _passphrase(coverage)
    _user(coverage)
    _month(coverage, N_("the month that is reported about"), required=True)
    _out(coverage)


def _add_letters(parsers: _Commands) -> None:
    letters = _command(
        parsers,
        "letters",
        commands.letters,
        N_("print the enrollment letters of a scheme as one PDF"),
        N_(
            "Prints the enrollment letters (Surat Keterangan Pendaftaran) of all enrolments in a scheme into one PDF "
            "and writes their numbers into the number book. A letter that was issued before and has not changed keeps "
            "its number."
        ),
    )
    _data(letters)
    _passphrase(letters)
    _user(letters)
    letters.add_argument(
        "--scheme", required=True, metavar=_("CODE"), help=_("code of the scheme, for instance SAWIT")
    )
    letters.add_argument(
        "--area",
        default="",
        metavar=_("CODE"),
        help=_("only workers who live in this kecamatan or nagari, for instance 13.12.05"),
    )
    _month(letters, N_("only enrolments that cover this month (otherwise all)"))
    _out(letters)


def _add_backup(parsers: _Commands) -> None:
    backup = _command(
        parsers,
        "backup",
        backing_up.backup,
        N_("make a backup and read it back"),
        N_(
            "Copies the file, also while it is in use, reads the copy back from the disk, counts every table and only "
            "then gives it a name with date and counts, and a manifest (.json) beside it with what it holds."
        ),
    )
    _data(backup)
    _passphrase(backup)
    backup.add_argument("--to", required=True, type=_path, metavar=_("FOLDER"), help=_("folder for the backup"))
    backup.add_argument(
        "--second", type=_path, metavar=_("FOLDER"), help=_("second place, chosen before in the window: a stick")
    )
    backup.add_argument(
        "--carry",
        type=_path,
        metavar=_("FOLDER"),
        help=_("also a copy locked with a passphrase (age); it comes from {variable} or is asked for").format(
            variable=backing_up.VARIABLE
        ),
    )
    backup.add_argument(
        "--automatic",
        action="store_true",
        help=_("for a scheduler: nothing when nothing was saved since the last one, and old ones are thinned"),
    )


def _add_drill(parsers: _Commands) -> None:
    drill = _command(
        parsers,
        "drill",
        backing_up.drill,
        N_("restore the newest backup for a trial"),
        N_(
            "Restores the newest backup into a temporary file, checks every page, counts every table, compares the "
            "audit trail with the register's, removes the file again and writes the date down in the register."
        ),
    )
    _data(drill)
    _passphrase(drill)
    drill.add_argument(
        "--from",
        dest="folder",
        type=_path,
        metavar=_("FOLDER"),
        help=_("folder with the backups; otherwise cadangan beside the file"),
    )


def _add_restore(parsers: _Commands) -> None:
    restore = _command(
        parsers,
        "restore",
        restoring.restore,
        N_("put a backup in the place of a file"),
        N_(
            "Puts a backup in the place of a file, after its checksum and content were found good. What stood there "
            "is first copied into the folder cadangan beside it. With --salvage, what can still be read of that file "
            "and is newer than the backup waits as drafts in the restored one; the exit code is 1 where some of it is "
            "not certain or is lost."
        ),
    )
    about = _("the backup to read; the passphrase of a locked copy (.age) is asked for or comes from {variable}")
    restore.add_argument("backup", type=_path, metavar=_("BACKUP"), help=about.format(variable=backing_up.VARIABLE))
    restore.add_argument("--to", required=True, type=_path, metavar=_("FILE"), help=_("the file to put in its place"))
    restore.add_argument(
        "--other-register",
        action="store_true",
        help=_("even where the file is another register than the one that the backup is of"),
    )
    restore.add_argument(
        "--salvage",
        nargs="?",
        type=_path,
        const=restoring.BESIDE,
        metavar=_("LIST"),
        help=_(
            "save what can be read of the damaged file, and write a list of it to LIST (.txt or .pdf, otherwise beside "
            "the file)"
        ),
    )
    _passphrase(restore)


def _add_check(parsers: _Commands) -> None:
    check = _command(
        parsers,
        "check",
        commands.check,
        N_("read a whole file and find what is wrong"),
        N_(
            "Reads the whole file and compares what can be compared: pages, references, search index, audit trail, "
            "records, coverage sums. Nothing is changed. Findings are listed, one a line, and the exit code is 1. "
            "The end of the trail is compared with the codes given and with the backups beside the file."
        ),
    )
    _data(check)
    _passphrase(check)
    check.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar=_("CODE"),
        help=_("a trail code from the foot of a coverage summary; may be given several times"),
    )


def _add_import(parsers: _Commands) -> None:
    taking = _command(
        parsers,
        "import",
        importing.take_in,
        N_("take in a list of workers (xlsx, xls, ods, csv)"),
        N_(
            "Reads a list, checks every row, and writes all sound rows in one transaction, after a backup. Rows with "
            "findings and people who look like somebody registered stay out; the exit code is then 1. The window takes "
            "the whole list back as one step (Ctrl+Alt+Z) while nothing later touched its people."
        ),
    )
    taking.add_argument("file", type=_path, metavar=_("LIST"), help=_("the list to take in"))
    _data(taking)
    _passphrase(taking)
    _user(taking)
    taking.add_argument(
        "--sheet", metavar=_("NAME"), help=_("sheet of the workbook (otherwise the one with most people)")
    )
    taking.add_argument(
        "--mapping",
        metavar=_("NAME"),
        help=_("kind of list whose columns were named in the window (otherwise the columns are recognised)"),
    )
    taking.add_argument(
        "--mode",
        choices=tuple(importing.MODES),
        default="add",
        help=_(
            "what becomes of people who are registered already: add leaves them as they are, fill fills empty fields, "
            "update replaces what differs (otherwise add); an empty cell never wipes anything"
        ),
    )
    taking.add_argument(
        "--scheme", metavar=_("CODE"), help=_("enrol them in this scheme as well, for instance SAWIT")
    )
    taking.add_argument(
        "--from", dest="first", type=_as_month, metavar=_("YYYY-MM"), help=_("first month of the enrolment")
    )
    taking.add_argument(
        "--months", type=_whole_number(1, 60), metavar="N", help=_("how many months they are enrolled for")
    )
    taking.add_argument("--fund", metavar=_("NAME"), help=_("fund that pays for the enrolments"))
    taking.add_argument("--dry-run", action="store_true", help=_("only say what would become of the list"))
    taking.add_argument(
        "--report",
        type=_path,
        metavar=_("FILE"),
        help=_("also write the list as a workbook with the reasons beside the rows, for whoever sent it"),
    )


class _Parser(argparse.ArgumentParser):
    """A parser whose help and errors are whole sentences."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **given)

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and where the right form is told, and ends with the code for wrong usage."""
        hint = _("Run {command} --help to see how it is written.").format(command=self.prog)
        self.exit(Exit.USAGE, f"{self.prog}: {message}\n{hint}\n")


class _Formatter(argparse.HelpFormatter):
    """Wraps paragraphs and leaves indented lines as they are."""

    def add_usage(self, usage, actions, groups, prefix=None):
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = text.split("\n\n")
        return "\n\n".join(
            paragraph if paragraph.startswith(" ") or "\n " in paragraph else textwrap.fill(paragraph, width)
            for paragraph in paragraphs
        )


def _command(parsers: _Commands, name: str, carried_out: Command, short: str, about: str) -> _Arguments:
    """Adds a command with its help (message ids); gives the group for its own arguments."""
    made = parsers.add_parser(name, help=_(short), description=_(about), epilog=_(_SEE_ALSO))
    made.set_defaults(command=carried_out)
    own = made.add_argument_group(_("Of this command"))
    _options(made, is_whole=False)
    return own


def _group(parsers: _Commands, name: str, short: str, about: str) -> _Commands:
    """Adds a word that needs another one after it."""
    made = parsers.add_parser(name, help=_(short), description=_(about), epilog=_(_SEE_ALSO))
    _options(made, is_whole=False)
    return made.add_subparsers(title=_("Reports"), metavar=_("REPORT"), required=True, parser_class=_Parser)


def _options(made: _Parser, *, is_whole: bool) -> _Arguments:
    """What every command knows; it may stand before or after the command."""
    options = made.add_argument_group(_("For every command"))
    options.add_argument("-h", "--help", action="help", help=_("print this help and end"))
    suppress = argparse.SUPPRESS
    options.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="id" if is_whole else suppress,
        help=_("Indonesian (id, otherwise) or English (en)"),
    )
    options.add_argument(
        "--quiet",
        action="store_true",
        default=False if is_whole else suppress,
        help=_("print nothing but errors"),
    )
    options.add_argument(
        "--json",
        action="store_true",
        default=False if is_whole else suppress,
        help=_("print the outcome as one JSON object"),
    )
    return options


def _data(group: _Arguments, about: str = N_("the file with the register")) -> None:
    group.add_argument("--data", required=True, type=_path, metavar=_("FILE"), help=_(about))


def _passphrase(group: _Arguments) -> None:
    group.add_argument(
        "--passphrase-file",
        type=_path,
        metavar=_("FILE"),
        help=_(
            "file whose first line is the office's passphrase; otherwise it comes from {variable} or is asked for"
        ).format(variable=passphrase.VARIABLE),
    )


def _user(group: _Arguments) -> None:
    group.add_argument(
        "--user",
        default="",
        metavar=_("NAME"),
        help=_("who prints, in a register with users; the password comes from {variable} or is asked for").format(
            variable=VARIABLE
        ),
    )


def _out(group: _Arguments) -> None:
    group.add_argument(
        "--out", required=True, type=_path, metavar=_("FILE"), help=_("the PDF to write; an older PDF is replaced")
    )


def _month(group: _Arguments, about: str, *, required: bool = False) -> None:
    group.add_argument("--month", required=required, type=_as_month, metavar=_("YYYY-MM"), help=_(about))


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError(_("the name is empty"))
    return Path(text)


def _as_month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("{text} is no month; write year and month, for instance 2026-03").format(text=text)
        ) from None


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            sentence = _("{text} is no whole number from {least} to {most}, written without dots")
            raise argparse.ArgumentTypeError(sentence.format(text=text, least=least, most=most))
        return int(text)

    return read


def _epilog() -> str:
    codes = "\n".join(f"  {code.value:>3}  {_(code.meaning)}" for code in Exit)
    examples = "\n".join(f"  main.py {example}" for example in _EXAMPLES)
    return "\n\n".join((
        _("Every command tells more with --help, for instance: main.py letters --help"),
        _("Exit codes:") + "\n" + codes,
        _("Examples:") + "\n" + examples,
        _(_SCHEDULING),
        _(_PLACE),
    ))  # fmt: skip
