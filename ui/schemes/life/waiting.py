"""The waiting list of a scheme: who comes in when a place becomes free, first come first served."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import translate as _
from models.people.masking import mask_number
from models.problems import Level, Rejected, StorageFailure
from models.values.formats import date_short, number
from ui.look.spacing import SMALL
from ui.page import EmptyState, button, heading
from ui.places import Place
from ui.session import Session
from ui.table import Column, FigureTable, Row


class WaitingView(QWidget):
    """Enter opens a record, Delete takes a worker off, Esc leads back."""

    said = Signal(str, str)
    """A sentence, and its level (see `MessageBar.say`)."""
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._register = session, session.opened_register
        self._scheme: int | None = None
        self._entries: dict[int, int] = {}
        """Worker -> entry of the list."""
        self.title = heading("", "section")
        self.table = FigureTable(
            _("Waiting list"),
            (
                Column(_("Place"), is_number=True),
                Column(_("Name")),
                Column(_("NIK")),
                Column(_("Nagari")),
                Column(_("Waits since")),
                Column(_("Notes"), takes_room=True),
            ),
        )
        self.table.chosen.connect(lambda worker: session.go_to(Place.WORKERS, worker))
        self.empty = EmptyState(_(
            "Nobody waits for this scheme. Choose workers on the workers page, then Ctrl+Shift+W puts them on the list."
        ))  # fmt: skip
        self.empty.hide()
        acts = QHBoxLayout()
        acts.setSpacing(SMALL)
        acts.addWidget(button(_("Take off the list (Del)"), self.take_off, icon="undo"))
        acts.addWidget(button(_("Back (Esc)"), self.left.emit, icon="back"))
        acts.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self.title)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.empty, 1)
        rows.addLayout(acts)

    def show_scheme(self, scheme: int) -> None:
        """Reads the list of a scheme."""
        self._scheme = scheme
        entries = self._register.waiting.of_scheme(scheme)
        self._entries = {entry.worker: entry.id for entry in entries}
        rows = []
        for at, entry in enumerate(entries, 1):
            worker = self._register.workers.get(entry.worker)
            nagari = self._register.regions.name(worker.nagari)
            cells = (
                number(at), worker.name, mask_number(worker.nik), nagari, date_short(entry.added_on), entry.notes,
            )  # fmt: skip
            rows.append(Row(cells, entry.worker))
        name = self._register.schemes.get(scheme).name
        self.title.setText(_("{count} wait for {scheme}").format(count=number(len(rows)), scheme=name))
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def read_again(self) -> None:
        """The list on show may be another one now."""
        if self._scheme is not None:
            self.show_scheme(self._scheme)

    def go_in(self) -> None:
        """The focus where work begins."""
        (self.table if self._entries else self).setFocus()

    def take_off(self) -> None:
        """The worker of the row; the place of those behind moves up."""
        row = self.table.current
        if row is None or not isinstance(row.key, int) or self._scheme is None:
            return
        try:
            self._register.waiting.remove([self._entries[row.key]])
        except (Rejected, StorageFailure) as trouble:
            self.said.emit(trouble.text, str(Level.ERROR))
            return
        self._session.tell("funds")
        self.show_scheme(self._scheme)
        self.said.emit(_("{name} waits no longer. Ctrl+Alt+Z puts the name back.").format(name=row.cells[1]), "good")
        self.go_in()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.take_off()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
