"""Records past their term: who is among them, and erasing their personal data for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.people.masking import mask_number
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import NOTHING, date_short, month_short, number
from ui.background import Job
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.fields.numbers import CountField
from ui.look.spacing import MEDIUM
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from pathlib import Path

    from models.register import Register
    from models.storage.retention import Expired, Progress

SHOWN = 500
"""Rows of the list; the number above it counts all of them."""


class RetentionPanel(QWidget):
    """A section of the settings. Nothing happens before the number of records was typed."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session = session
        self._count = 0
        self._job: Job | None = None
        label, act, tidy = assign_letters(
            [_("Number of records to anonymise"), _("Anonymise them …"), _("Write the file anew")], taken_letters
        )
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = FigureTable(
            _("Records past their term"),
            [
                Column(_("NIK")),
                Column(_("Name"), takes_room=True),
                Column(_("Nagari")),
                Column(_("Covered until")),
                Column(_("Last change")),
            ],
        )
        self.confirmation = CountField("confirmation", _("Number of records to anonymise"))
        self.confirmation.setFixedWidth(self.confirmation.fontMetrics().averageCharWidth() * 16)
        self.label = QLabel(label)
        self.label.setBuddy(self.confirmation)
        self.act = button(act, self.anonymise, icon="warning")
        self.tidy_button = button(tidy, self.tidy, icon="restore")
        self.tidy_button.hide()
        self.confirmation.stepped.connect(lambda _by: self.act.setFocus())
        self.message = MessageBar()
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.stop)
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(self.label)
        row.addWidget(self.confirmation)
        row.addWidget(self.act)
        row.addWidget(self.tidy_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.summary)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.message)
        self._show_ways()

    def go_in(self) -> None:
        """The focus to where work begins."""
        (self.confirmation if self.confirmation.isVisibleTo(self) else self.table).setFocus()

    def read_again(self) -> None:
        """Looks who is past the term now; what was said of the last time goes."""
        self.message.say("")
        self._read()

    # What can be done

    def anonymise(self) -> None:
        """Erases the personal data of all that are listed, if the number typed is theirs."""
        register = self._session.opened_register
        try:
            register.require(Right.SETTINGS)
        except Rejected as rejected:
            self.message.say(rejected.text, Level.ERROR)
            return
        typed = self.confirmation.value()
        if self._job is not None or not self._count or typed != self._count:
            words = _("Type the number of records, {count}, to confirm; they cannot be brought back.")
            nothing = _("No record is past its term.")
            self.message.say(words.format(count=number(self._count)) if self._count else nothing, Level.WARNING)
            self.confirmation.setFocus()
            return
        self.confirmation.set_value(None)
        self._run(_("Anonymising"), typed)

    def tidy(self) -> None:
        """Writes the file anew where that was not possible right after anonymising."""
        if self._job is None:
            self._run(_("Writing the file anew"), 0)

    def stop(self) -> None:
        """Stops before anything is written; once it is being written, it goes on to its end."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()

    @property
    def is_busy(self) -> bool:
        """Whether records are being anonymised."""
        return self._job is not None

    # Details

    def _run(self, what: str, typed: int) -> None:
        self.message.say("")
        self.progress.begin(what)
        self._job = self._session.background.run(
            self,
            partial(_anonymised, self._session.opened_register, typed, self._folders()),
            done=self._done,
            failed=lambda failure: self._ended(failure.text, Level.ERROR),
            progress=self.progress.step,
            cancelled=lambda: self._ended(_("Stopped. Nothing was anonymised."), ""),
        )

    def _folders(self) -> tuple[Path, ...]:
        second = self._session.preferences.second_folder
        return (self._session.backup_folder(), *([second] if second else []))

    def _read(self) -> None:
        work = partial(_due, self._session.opened_register)
        self._session.background.run(self, work, done=self._show, failed=lambda failure: self._say(failure.text))

    def _show(self, found: _Due) -> None:
        self._count = found.total
        self._show_ways()
        years = number(self._session.opened_register.office.retention_years)
        words = translate_count(
            "{count} record is past its term of {years} years", "{count} records are past their term of {years} years",
            found.total,
        )  # fmt: skip
        self.summary.setText(words.format(count=number(found.total), years=years))
        self.table.set_rows([Row(_cells(one)) for one in found.records])

    def _show_ways(self) -> None:
        may = self._session.opened_register.may(Right.SETTINGS)
        for widget in (self.label, self.confirmation, self.act):
            widget.setVisible(may and self._count > 0)
        self.words.setText(
            _(
                "Their last covered month ended before that, or they were never enrolled and nothing was changed "
                "since. Anonymising erases name, NIK, KK and everything else that says whose a record was, also in its "
                "history, drafts and letters; the coverage of past months stays what it was. It cannot be taken back. "
                "Backups made before, printed papers and lists given away still hold the data. The term is set under "
                "Office and letters."
            )
            if may
            else _("An administrator anonymises them.")
        )

    def _done(self, erased: _Erased) -> None:
        words = translate_count("{count} record was anonymised.", "{count} records were anonymised.", erased.total)
        said = [words.format(count=number(erased.total)) if erased.total else _("The file was written anew.")]
        self.tidy_button.setVisible(bool(erased.trouble))
        if erased.trouble:
            said = said if erased.total else []
            again = _(
                "The file could not be written anew, so remains may still lie in its gaps: {reason} Then write it anew."
            )
            said.append(again.format(reason=erased.trouble))
        if erased.backups and erased.total:
            still = translate_count(
                "{count} backup still holds the data: {names}. Delete it where nothing else needs it.",
                "{count} backups still hold the data: {names}. Delete them where nothing else needs them.",
                len(erased.backups),
            )
            said.append(still.format(count=number(len(erased.backups)), names=_listed(erased.backups)))
        self._ended(" ".join(said), "warning" if erased.trouble else "good")
        self._session.tell("workers")
        self._session.tell("coverage")
        self._read()

    def _ended(self, text: str, level: Level | str) -> None:
        self._job = None
        self.progress.end()
        self.message.say(text, level)

    def _say(self, text: str) -> None:
        self.message.say(text, Level.ERROR)


class _Due(NamedTuple):
    total: int
    records: tuple[Expired, ...]


class _Erased(NamedTuple):
    total: int
    backups: tuple[str, ...]
    """Names of the backups that were made before."""
    trouble: str
    """Why the file could not be written anew; empty where it was."""


def _due(register: Register) -> _Due:
    with register.twin(read_only=True) as twin:
        return _Due(twin.retention.count(), twin.retention.due(SHOWN))


def _anonymised(register: Register, typed: int, folders: tuple[Path, ...], progress: Progress) -> _Erased:
    from models.storage.backup_names import backups_in

    trouble = ""
    with register.twin() as twin:
        count = twin.retention.anonymise(typed, progress) if typed else 0
        try:
            twin.retention.tidy()
        except StorageFailure as failure:
            trouble = failure.text
        names: list[str] = []
        for folder in folders:
            try:
                names += [path.name for path in backups_in(folder) if _may_be_ours(path, twin)]
            except StorageFailure:  # a stick that was pulled out; the words speak of it all the same
                continue
    return _Erased(count, tuple(names), trouble)


def _may_be_ours(backup: Path, register: Register) -> bool:
    """False only where its manifest names another register: who reads the list deletes what stands in it."""
    manifest = register.backups.manifest_of(backup)
    return manifest is None or manifest.contents.origin == register.backups.origin


def _cells(one: Expired) -> tuple[str, ...]:
    return (
        mask_number(one.nik),
        one.name,
        one.nagari_name,
        month_short(one.covered_until) if one.covered_until is not None else NOTHING,
        date_short(one.changed_on),
    )


def _listed(names: tuple[str, ...]) -> str:
    """The first of them by name."""
    shown = ", ".join(names[:3])
    return (
        shown if len(names) <= 3 else _("{names} and {count} more").format(names=shown, count=number(len(names) - 3))
    )
