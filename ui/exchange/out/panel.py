"""The area "Lists out": whom a list names, in which layout, for whom; written once and remembered."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from models.exchange.layouts import ColumnLayout
from models.language import translate as _
from models.offices.users import Right
from models.problems import Level, Rejected, StorageFailure
from models.schemes.lines import EnrolmentFilter
from models.storage.lists_out import OutPreview, SentList
from models.values.formats import date_short, number
from ui.background import Job
from ui.exchange.out.layout_view import LayoutView
from ui.exchange.out.words import cell_words, preview_words
from ui.fields.choice import Choice, ChoiceField
from ui.fields.field import TextField
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import COLUMN_GAP, HAIR, MEDIUM, SMALL
from ui.page import button, heading
from ui.papers.progress import ProgressLine
from ui.schemes.life.filter import LifeFilter
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.register import Register

Step = Callable[[int, int], None]
SHOWN_COLUMNS = 12
"""Columns of the preview; the rest is counted."""


class ListsOutPanel(QWidget):
    """F5 looks, Ctrl+S writes the workbook, Ctrl+E changes the columns; below stands what was sent."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self.session = session
        self._register = session.opened_register
        self.choose_new: Callable[[str], str] = self._ask_new
        """Asks where to write, with a name to begin with; empty when the person gave up."""
        self._job: Job | None = None
        self._focus: QWidget | None = None
        self._layouts: tuple[ColumnLayout, ...] = ()
        self._looked_at: tuple[ColumnLayout, EnrolmentFilter] | None = None
        self._ids: array[int] = array("q")
        self._build(taken)
        session.changed.connect(self._follow)

    # As an area of the page

    @property
    def is_running(self) -> bool:
        """Whether something runs that should not be cut off."""
        return self._job is not None

    def go_in(self) -> None:
        """The focus where work begins."""
        self._read_again()
        if self.stack.currentWidget() is self.main:
            self.layout_field.setFocus(Qt.FocusReason.TabFocusReason)
            self.layout_field.selectAll()

    def step_back(self) -> None:
        """Esc: stops what runs, or leaves the columns."""
        if self._job is not None:
            self._job.cancel()
            self.progress.stopping()
        elif self.stack.currentWidget() is not self.main:
            self._show_main()

    def look(self) -> None:
        """F5: what the list would hold; nothing is written."""
        layout = self.layout_field.value()
        if self._job is not None:
            return
        if not isinstance(layout, ColumnLayout):
            self._say(_("The layout is still empty. Choose in which columns the list is written."), Level.ERROR)
            self.layout_field.setFocus()
            return
        narrowed = self.filter.narrowed()
        self.progress.begin(_("Reading"))
        self._run(partial(_look, self._register, layout, narrowed), partial(self._looked, layout, narrowed))

    def write(self) -> None:
        """Ctrl+S: writes the workbook; before that it is looked at once."""
        if self.stack.currentWidget() is not self.main:
            self.columns.save()
            return
        if self._job is not None or not self._may():
            return
        wanted = (self.layout_field.value(), self.filter.narrowed())
        if self._looked_at != wanted:
            self.look()
            return
        layout = self._looked_at[0]
        if not self._ids:
            self._say(_("Nobody is in this list. Narrow it otherwise."), Level.ERROR)
            return
        chosen = self.choose_new(f"{layout.name} {self.session.today().isoformat()}.xlsx")
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() != ".xlsx":
                path = path.with_name(path.name + ".xlsx")
            self.progress.begin(_("Writing {file}").format(file=path.name))
            recipient = " ".join(self.recipient.text().split())
            self._run(partial(_write, self._register, layout, self._ids, path, recipient), self._written)

    def change_columns(self) -> None:
        """Ctrl+E: the columns of the chosen layout; a shipped one becomes the office's own when it is saved."""
        layout = self.layout_field.value()
        if self._job is None and self._may():
            self.stack.setCurrentWidget(self.columns)
            self.columns.show_layout(layout if isinstance(layout, ColumnLayout) else ColumnLayout())

    # Building

    def _build(self, taken: str) -> None:
        self.layout_field = ChoiceField("layout", _("Layout"), ())
        self.recipient = TextField("recipient", _("For whom"))
        self.filter = LifeFilter(self._register)
        self.filter.went_down.connect(self.look)
        self.filter.changed.connect(self._forget)
        self.layout_field.edited.connect(self._forget)
        self.layout_field.stepped.connect(lambda _by: self.recipient.setFocus())
        self.recipient.stepped.connect(lambda _by: self.filter.scheme.setFocus())
        self.notes = heading("", "muted")
        self.notes.setWordWrap(True)
        self.summary = heading("", "strong")
        self.summary.setWordWrap(True)
        self.preview = FigureTable(_("The first rows of the list"), (Column(""),))
        self.sent = FigureTable(
            _("Lists sent"),
            (Column(_("Day")), Column(_("File"), takes_room=True), Column(_("Layout")), Column(_("For whom")),
             Column(_("People"), is_number=True), Column(_("By"))),
        )  # fmt: skip
        self._sent_title = heading(_("Lists sent"), "section")
        self.progress = ProgressLine()
        self.progress.stop_wanted.connect(self.step_back)
        self.message = MessageBar()
        words = assign_letters([_("Change the columns … (Ctrl+E)"), _("Look (F5)"), _("Write … (Ctrl+S)")], taken)
        self.columns_button = button(words[0], self.change_columns, icon="edit")
        self.look_button = button(words[1], self.look, icon="search")
        self.write_button = button(words[2], self.write, icon="export", primary=True)
        self.main = QWidget()
        self.columns = LayoutView()
        self.columns.left.connect(self._show_main)
        self.columns.saving.connect(self._save_layout)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.main)
        self.stack.addWidget(self.columns)
        self._lay_out()
        for key, run in (("F5", self.look), ("Ctrl+S", self.write), ("Ctrl+E", self.change_columns)):
            shortcut = QShortcut(QKeySequence(key), self.main)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(HAIR)
        for place, field in enumerate((self.layout_field, self.recipient)):
            label = QLabel(field.label)
            label.setBuddy(field)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, 1)
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addWidget(self.columns_button)
        acts.addStretch()
        acts.addWidget(self.look_button)
        acts.addWidget(self.write_button)
        rows = QVBoxLayout(self.main)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(grid)
        rows.addWidget(self.filter)
        rows.addWidget(self.notes)
        rows.addWidget(self.summary)
        rows.addWidget(self.preview, 2)
        rows.addStretch()  # takes the room only while there is no table, so that the fields stay together
        rows.addWidget(self.progress)
        rows.addWidget(self.message)
        rows.addLayout(acts)
        rows.addWidget(self._sent_title)
        rows.addWidget(self.sent, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, SMALL, 0, 0)
        around.addWidget(self.stack)
        self._forget()

    # What happens

    def _looked(self, layout: ColumnLayout, narrowed: EnrolmentFilter, found: tuple[array[int], OutPreview]) -> None:
        self._end()
        self._ids, preview = found
        self._looked_at = (layout, narrowed)
        self.summary.setText(preview_words(layout, preview))
        shown = layout.columns[:SHOWN_COLUMNS]
        self.preview.setColumnCount(len(shown))
        self.preview.set_columns(tuple(Column(one.heading) for one in shown))
        self.preview.set_rows([
            Row(tuple(cell_words(layout, place, cell) for place, cell in enumerate(row[:SHOWN_COLUMNS])), key=at)
            for at, row in enumerate(preview.rows)
        ])  # fmt: skip
        self.preview.setVisible(bool(preview.rows))
        if preview.missing:
            self._say(_("Mend the records first where cells are empty that should not be, or send it as it is."),
                      Level.WARNING)  # fmt: skip
        if preview.people:
            self.write_button.setFocus()
        else:
            self._say(
                _("A list names those who are enrolled in a scheme. Enrol them first, or choose less narrowly."),
                Level.WARNING,
            )

    def _written(self, sent: SentList) -> None:
        self._end()
        words = _("{file} was written: {count} people. Its contents are remembered below.")
        self._say(words.format(file=sent.file, count=number(sent.rows)), "good")
        self._looked_at = None
        self._show_sent()

    def _save_layout(self, layout: ColumnLayout) -> None:
        try:
            saved = self._register.lists_out.save_layout(layout)
        except Rejected as rejected:
            self.columns.show_problems(rejected.problems)
            return
        except StorageFailure as failure:
            self.columns.message.say(failure.text, Level.ERROR)
            return
        self._show_main()
        self._read_layouts()
        self.layout_field.set_value(saved)
        self._say(_("{name} was saved.").format(name=saved.name), "good")

    def _show_main(self) -> None:
        self.stack.setCurrentWidget(self.main)
        self.layout_field.setFocus(Qt.FocusReason.OtherFocusReason)

    # Details

    def _read_again(self) -> None:
        self._read_layouts()
        self.filter.read_again()
        self._show_sent()

    def _read_layouts(self) -> None:
        self._layouts = self._register.lists_out.layouts()
        self.layout_field.set_choices(tuple(
            Choice(one, one.name, str(at)) for at, one in enumerate(self._layouts, 1)
        ))  # fmt: skip
        if not self.layout_field.text() and self._layouts:
            self.layout_field.set_value(self._layouts[-1])
        self._show_notes()

    def _show_notes(self) -> None:
        layout = self.layout_field.value()
        self.notes.setText(layout.notes if isinstance(layout, ColumnLayout) else "")

    def _show_sent(self) -> None:
        sent = self._register.lists_out.sent()
        self.sent.set_rows([
            Row((date_short(one.sent_on), one.file, one.layout, one.recipient, number(one.rows), one.sent_by),
                key=one.id)
            for one in sent
        ])  # fmt: skip
        self.sent.setVisible(bool(sent))
        self._sent_title.setVisible(bool(sent))

    def _forget(self) -> None:
        self._looked_at = None
        self.summary.setText("")
        self.preview.hide()
        self._show_notes()
        self._say("")

    def _run(self, what: Callable[..., object], done: Callable[[Any], None]) -> None:
        self._say("")
        self._focus = self.focusWidget()
        self.main.setEnabled(False)
        self._job = self.session.background.run(
            self, what, done=done, failed=self._failed, progress=self.progress.step, cancelled=self._stopped
        )

    def _end(self) -> None:
        self._job = None
        self.progress.end()
        self.main.setEnabled(True)  # what is disabled loses the focus
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, refused: Rejected | StorageFailure) -> None:
        self._end()
        self._say(refused.text, Level.ERROR)

    def _stopped(self) -> None:
        self._end()
        self._say(_("Stopped. Nothing was written."), Level.WARNING)

    def _may(self) -> bool:
        try:
            self._register.require(Right.EXPORT)
        except Rejected as rejected:
            self._say(rejected.text, Level.ERROR)
            return False
        return True

    def _say(self, text: str, level: Level | str = "") -> None:
        self.message.say(text, level)
        self.message.setVisible(bool(text))

    def _follow(self, subject: str) -> None:
        if subject == "workers" and self._job is None:
            self._forget()
        elif subject == "look":
            self.message.dress()
            self.columns.message.dress()

    def _ask_new(self, name: str) -> str:
        return QFileDialog.getSaveFileName(
            self, _("Where to write the list"), str(Path.home() / name), _("Excel (*.xlsx)")
        )[0]


def _look(
    register: Register, layout: ColumnLayout, narrowed: EnrolmentFilter, *, progress: Step
) -> tuple[array[int], OutPreview]:
    """In the background, on a connection of its own."""
    with register.twin(read_only=True) as own:
        ids = own.enrolment_lists.ids(narrowed)
        return ids, own.lists_out.preview(layout, ids, progress)


def _write(
    register: Register, layout: ColumnLayout, ids: array[int], path: Path, recipient: str, *, progress: Step
) -> SentList:
    with register.twin() as own:
        return own.lists_out.write(layout, ids, path, recipient, progress)
