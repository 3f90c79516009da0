"""The area "Legal bases": every agreement, circular, decree and regulation, until when it holds, and its scan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import translate as _
from models.problems import Level, Rejected, StorageFailure
from ui.background import Job
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.funds.about import ButtonBar
from ui.legal import words
from ui.legal.attached import LookedAt
from ui.legal.reading import BasisLine, LegalBook, Names, read_bases, read_names
from ui.look.spacing import MEDIUM, SMALL
from ui.page import EmptyState, button, heading
from ui.places import Place
from ui.schemes.record_panel import RecordPanel
from ui.session import Session
from ui.table import FigureTable


class LegalPanel(RecordPanel):
    """The list above; what the row of it says, and whom it brings in and out, below."""

    tells = "funds"

    def __init__(self, session: Session, taken_letters: str) -> None:
        self._lines: dict[object, BasisLine] = {}
        self._files = LookedAt()
        self._wanted: int | None = None
        self._jobs: dict[str, Job] = {}
        self.open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl
        super().__init__(session, taken_letters)
        self.destroyed.connect(self._files.remove)

    # What the page calls

    def go_in(self) -> None:
        if self._lines:
            self.table.setFocus()
        else:
            self.buttons[0].setFocus()

    def read_again(self) -> None:
        """All of them, with what points at each, in the background."""
        self._run("bases", partial(read_bases, self._register, self._session.today()), self._show)

    def remove_copies(self) -> None:
        """The scans that were opened go from the disk."""
        self._files.remove()

    # What can be done

    def add(self) -> None:
        """A new paper."""
        if self._may():
            from ui.legal.form import LegalForm

            self._open(LegalForm(self._session, None, self._taken), "kind")

    def correct(self) -> None:
        """The paper of the row."""
        line = self._chosen()
        if line is not None and self._may():
            from ui.legal.form import LegalForm

            self._open(LegalForm(self._session, line.basis, self._taken), "number")

    def withdraw(self) -> None:
        """Takes the paper of the row back; asks first, and does it when asked again."""
        line = self._chosen()
        if line is None or not self._may():
            return
        basis = line.basis
        assert basis.id is not None
        if not self._asked_again(basis.id, basis.short):
            return
        try:
            self._register.legal_bases.withdraw(basis.id)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        self._done(_("Taken back: {what}").format(what=basis.short), 0)

    def open_or_attach(self) -> None:
        """In the form a scan is chosen; in the list the one of the row is opened with the system's viewer."""
        from ui.legal.form import LegalForm

        if isinstance(self.form, LegalForm):
            self.form.attach()
            return
        line = self._chosen()
        if line is None:
            return
        if not line.basis.attachment:
            self.message.say(_("{number} has no scan yet. Enter corrects it, Ctrl+O attaches the scan there.").format(
                number=line.basis.short), Level.WARNING)  # fmt: skip
            return
        try:
            attachment = self._register.legal_bases.attachment(line.basis)
            assert attachment is not None
            path = self._files.write(attachment, line.basis.attachment)
        except (Rejected, StorageFailure) as trouble:
            self.message.say(trouble.text, Level.ERROR)
            return
        if self.open_outside(QUrl.fromLocalFile(str(path))):
            text = _("{name} is opened in a copy, which goes when the program is closed.")
            self.message.say(text.format(name=attachment.name))
        else:
            text = _("This computer has no program that opens {name}. Install a PDF viewer, then try again.")
            self.message.say(text.format(name=attachment.name), Level.WARNING)

    # Building

    def _build(self, column: QVBoxLayout) -> None:
        marked = assign_letters(
            [_("New paper (Ctrl+N)"), _("Correct (Enter)"), _("Open the scan (Ctrl+O)"), _("Take back (Del)")],
            self._taken,
        )
        self.buttons = (
            button(marked[0], self.add, icon="add"),
            button(marked[1], self.correct, icon="edit"),
            button(marked[2], self.open_or_attach, icon="open"),
            button(marked[3], self.withdraw, icon="undo"),
        )
        self.banner = MessageBar()
        self.banner.hide()
        self.table = FigureTable(_("Legal bases"), words.basis_columns())
        self.table.chosen.connect(lambda _key: self.correct())
        self.table.currentCellChanged.connect(self._row_changed)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.withdraw)
        self.empty = EmptyState(_(
            "No paper is registered yet. Agreements, circulars, decrees and regulations are what funds and enrolments "
            "stand on. Enter the first one with Ctrl+N."
        ))  # fmt: skip
        self.detail = heading("", "")
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.about_names = heading("", "muted")
        self.about_names.setWordWrap(True)
        self.names_in = FigureTable(_("Names in"), words.name_columns())
        self.names_out = FigureTable(_("Names out"), words.name_columns())
        self.names = QWidget()
        row = QHBoxLayout(self.names)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        for title, table in ((_("Names in"), self.names_in), (_("Names out"), self.names_out)):
            table.chosen.connect(lambda worker: self._session.go_to(Place.WORKERS, worker))
            side = QVBoxLayout()
            side.setSpacing(SMALL)
            side.addWidget(heading(title, "strong"))
            side.addWidget(table, 1)
            row.addLayout(side, 1)
        self.names.hide()
        self.empty.hide()
        column.addWidget(ButtonBar(self.buttons))
        column.addWidget(self.banner)
        column.addWidget(self.table, 5)
        column.addWidget(self.empty, 5)
        column.addWidget(self.message)
        column.addWidget(self.detail)
        column.addWidget(self.about_names)
        column.addWidget(self.names, 4)

    # Details

    def _run(self, name: str, work: Callable[[], object], done: Callable[..., None]) -> None:
        """In the background; an older reading of the same is given up."""
        if name in self._jobs:
            self._jobs[name].cancel()

        def finished(result: object) -> None:
            self._jobs.pop(name, None)
            done(result)

        self._jobs[name] = self._session.background.run(self, work, done=finished)

    def _show(self, book: LegalBook) -> None:
        today = self._session.today()
        had_focus = self.buttons[0].hasFocus() and not self._lines
        self._lines = {line.basis.id: line for line in book.lines}
        self.table.set_rows([words.basis_row(line, today) for line in book.lines])
        self.table.setVisible(bool(book.lines))
        self.empty.setVisible(not book.lines)
        self.banner.setVisible(bool(book.running_out))
        if book.running_out:
            self.banner.say(words.running_out_words(book.running_out, today), Level.WARNING)
        keys = [line.basis.id for line in book.lines]
        if self._wanted in keys:
            self.table.setCurrentCell(keys.index(self._wanted), 0)
        elif keys and self.table.currentRow() < 0:
            self.table.setCurrentCell(0, 0)
        self._wanted = None
        if self.form is None and keys and (had_focus or self.stack.isAncestorOf(self.focusWidget() or self)):
            self.table.setFocus()
        self._show_row()

    def _row_changed(self, row: int, _column: int, before: int, _before: int) -> None:
        if row != before:
            self._forget()
            self._show_row()

    def _show_row(self) -> None:
        """What the row says, and whom it brings in and out."""
        row = self.table.current
        line = self._lines.get(row.key) if row is not None else None
        for label in (self.detail, self.about_names):
            label.setText("")
        self.names.hide()
        if line is None:
            return
        self.detail.setText(words.detail_words(line))
        if "enrolment" in line.used or line.basis.kind.value == "decree":
            work = partial(read_names, self._register, line.basis.id or 0)
            self._run("names", work, partial(self._show_names, line))

    def _show_names(self, line: BasisLine, names: Names) -> None:
        row = self.table.current
        if row is None or row.key != line.basis.id:
            return
        self.about_names.setText(words.names_words(line, names))
        self.names.setVisible(bool(names.left_count))
        self.names_in.set_rows(words.name_rows(names.came, names.came_count))
        self.names_out.set_rows(words.name_rows(names.left, names.left_count))

    def _chosen(self) -> BasisLine | None:
        row = self.table.current
        line = self._lines.get(row.key) if row is not None else None
        if line is None:
            self.message.say(_("Go to a paper in the list first, or enter one with Ctrl+N."), Level.WARNING)
        return line

    def _written(self, id: int) -> None:
        self._wanted = id or None
        self.read_again()
