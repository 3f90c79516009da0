"""The whole story of one worker in a table: narrowed by kind and field, read with the keys, copied, printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.language import translate_count
from models.papers.record_history import HistoryRow, RecordHistory
from models.people.masking import mask_number
from models.people.worker import Worker
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import NOTHING, number
from ui.fields.choice import Choice, ChoiceField
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.people.history_words import HistoryEntry, HistoryKind, history_of
from ui.session import Session
from ui.table import Column, FigureTable, Row

LEAST = 24
"""Heights of a line: the least width that the page asks for."""


class HistoryPage(QWidget):
    """In the place of the record; Esc leads back to it. Protected values are masked here, always."""

    left = Signal()
    """Back to the record."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._entries: tuple[HistoryEntry, ...] = ()
        self._rows: tuple[HistoryRow, ...] = ()
        self._worker = Worker()
        self.choose_file: Callable[[str], str] = self._ask_file
        """Asks where a PDF goes, with a proposed name; empty when the person gave up."""
        self._build()

    def show_worker(self, worker: Worker) -> None:
        """The story of a registered worker from the newest change on."""
        assert worker.id is not None
        self._worker = worker
        self._entries = history_of(self._register, worker.id)
        self._title.setText(_("History of {name}").format(name=worker.full_name))
        self._nik.setText(mask_number(worker.nik))
        words = dict.fromkeys(word for entry in self._entries for word, _old, _new in entry.changes)
        self.field.set_choices([Choice(word, word) for word in sorted(words)])
        kinds = [kind for kind in HistoryKind if any(entry.kind is kind for entry in self._entries)]
        self.kind.set_choices([Choice(kind, _(kind.label), str(at)) for at, kind in enumerate(kinds, 1)])
        self.field.set_value(None)
        self.kind.set_value(None)
        self.message.say("")
        self._narrow()
        if self.table.rows:
            self.table.setCurrentCell(0, 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def copy(self) -> None:
        """The rows on show for a spreadsheet, masked as they stand here; the clipboard is told how many."""
        lines = ["\t".join(self._heads)]
        lines += ["\t".join(cells_of(row)) for row in self._rows]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        self.message.say(_("{rows} copied, with protected values masked.").format(rows=_counted(len(self._rows))))

    def print(self) -> None:
        """The rows on show as a PDF file; that it was made is recorded in this very story."""
        name = "-".join(self._worker.name.split()) or "pekerja"
        chosen = self.choose_file(f"Riwayat-{name}.pdf")
        if not chosen:
            return
        path = Path(chosen)
        path = path if path.suffix else path.with_name(path.name + ".pdf")
        assert self._worker.id is not None
        try:
            self._register.disclosures.history(self._worker.id, len(self._rows))
        except (Rejected, StorageFailure) as failure:
            self.message.say(failure.text, Level.WARNING)
            return
        self._session.background.run(
            self,
            partial(_write, self._paper(), self._register.office.page_size, path),
            done=lambda _none: self.message.say(_("Saved: {file}").format(file=path), "good"),
            failed=lambda failure: self.message.say(failure.text, Level.ERROR),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """It lets itself be made narrow: the table scrolls, the name is cut."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    # Building

    def _build(self) -> None:
        self._title, self._nik = heading(""), heading("", "muted")
        self._heads = (
            _("When"), _("Who"), _("What happened"), _("Field"), _("Old value"), _("New value"), _("From where"),
            _("Save no."),
        )  # fmt: skip
        columns = [Column(title, takes_room=title == self._heads[2]) for title in self._heads]
        self.table = FigureTable(_("History"), columns)
        self.kind = ChoiceField("kind", _("Kind"), [])
        self.field = ChoiceField("field", _("Field"), [])
        for narrowing in (self.kind, self.field):
            narrowing.setPlaceholderText(_("all"))
            narrowing.edited.connect(self._narrow)
            narrowing.stepped.connect(lambda _by: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.message = MessageBar()
        words = iter(assign_letters([_("Back to the record (Esc)"), _("Copy (Ctrl+C)"), _("Save as PDF … (Ctrl+P)")]))
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._title, 1)
        head.addWidget(self._nik)
        for narrowing in (self.kind, self.field):
            label = QLabel(narrowing.label)
            label.setBuddy(narrowing)
            narrowing.setMinimumWidth(18 * self.fontMetrics().averageCharWidth())
            head.addWidget(label)
            head.addWidget(narrowing)
        foot = QHBoxLayout()
        foot.setSpacing(MEDIUM)
        foot.addWidget(button(next(words), self.left.emit, icon="back"))
        foot.addWidget(button(next(words), self.copy, icon="copy"))
        foot.addWidget(button(next(words), self.print, icon="print"))
        foot.addStretch()
        foot.addWidget(self.count)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(head)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.message)
        rows.addLayout(foot)

    # Details

    def _narrow(self) -> None:
        kind, field = self.kind.value(), self.field.value()
        self._rows = tuple(
            row
            for entry in self._entries
            if kind in (None, entry.kind)
            for row in rows_of(entry)
            if field in (None, row.field)
        )
        self.table.set_rows([Row(cells_of(row)) for row in self._rows])
        self.count.setText(_counted(len(self._rows)))

    def _paper(self) -> RecordHistory:
        from models.papers.letterhead import letterhead_of

        office, person = self._register.office, self._register.person
        narrowed = [field.text() for field in (self.kind, self.field) if field.value() is not None]
        who = self._register.user
        if person is not None and person.id is not None:
            who = f"{person.shown_name} ({_(person.role.label)})"
        return RecordHistory(
            letterhead=letterhead_of(office),
            name=self._worker.full_name,
            nik=mask_number(self._worker.nik),
            narrowed_to=", ".join(narrowed),
            rows=self._rows,
            printed_by=who,
            printed_at=self._session.now(),
            is_sample=office.is_sample,
        )

    def _ask_file(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF files (*.pdf)"))[0]


def rows_of(entry: HistoryEntry) -> tuple[HistoryRow, ...]:
    """One row for each changed field; one alone where no field was changed."""
    what = _("{what} · taken back since").format(what=entry.what) if entry.is_taken_back else entry.what
    return tuple(
        HistoryRow(
            when=f"{entry.at:%d/%m/%Y %H:%M}",
            who=entry.who or entry.user,
            what=what,
            field=field,
            old=old,
            new=new,
            origin=entry.origin or NOTHING,
            save=number(entry.save),
        )
        for field, old, new in entry.changes or ((NOTHING, NOTHING, NOTHING),)
    )


def cells_of(row: HistoryRow) -> tuple[str, ...]:
    """In the order of the table's heads."""
    return (row.when, row.who, row.what, row.field, row.old, row.new, row.origin, row.save)


def _counted(rows: int) -> str:
    return translate_count("{count} row", "{count} rows", rows).format(count=number(rows))


def _write(history: RecordHistory, size: str, path: Path) -> None:
    """In the background."""
    from models.storage.whole_file import whole_file
    from reports.frame import PageSize
    from reports.record_history import record_history

    with whole_file(path) as stream:
        stream.write(record_history(history, PageSize(size)))
