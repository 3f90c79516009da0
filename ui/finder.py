"""Ctrl+K: any place, action or person by typing a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.language import translate as _
from models.people.lines import WorkerLine
from models.people.masking import mask_number
from ui.fields.field import TextField
from ui.fields.letters import without_letter
from ui.fields.matching import fold, rank
from ui.look import icons
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.places import Place
from ui.session import Session

WIDTH, ROWS = 560, 12
PEOPLE = 20
"""So many persons at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list."""

    icon: str
    text: str
    note: str
    run: Callable[[], object]


class Finder(QFrame):
    """Lies over the upper part of the window while it is used and gives the focus back afterwards."""

    def __init__(self, session: Session, actions: Callable[[], Iterable[QAction]], parent: QWidget) -> None:
        """`actions` gives what can be done just now, going to each place included."""
        super().__init__(parent)
        self._session, self._actions, self._window = session, actions, parent
        self._came_from: QWidget | None = None
        set_role(self, "card")
        self.setAutoFillBackground(True)
        self.box = TextField("find", _("Find a place, an action or a person"))
        self.box.setPlaceholderText(self.box.label)
        self.box.installEventFilter(self)
        self.box.edited.connect(self._look)
        self.box.stepped.connect(lambda _by: self._take())
        self.list = QListWidget()
        self.list.setProperty("role", "choices")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Found"))
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda _item: self._take())
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        column.addWidget(self.box)
        column.addWidget(self.list)
        self._found: list[Found] = []
        self.hide()

    def open(self) -> None:
        """Shows itself empty, with the places and actions; typing narrows them and finds persons."""
        self._came_from = self._window.focusWidget()
        self.move((self._window.width() - self._width()) // 2, MEDIUM)
        self.box.setText("")
        self._look()
        self.raise_()
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_up(self) -> None:
        """Goes away and gives the focus back."""
        if self.isVisible():
            self.hide()
            if self._came_from is not None and self._came_from.isVisible():
                self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
            if event.key() == Qt.Key.Key_Escape:
                self.close_up()
                return True
            if event.key() in steps:
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))
                return True
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        wanted = fold(self.box.text())
        fits = [
            (fit, found)
            for found in self._doings()
            if (fit := rank(wanted, "", fold(found.text)) if wanted else 0) is not None
        ]
        self._found = [found for _fit, found in sorted(fits, key=lambda entry: entry[0])] + self._people()
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem(
                icons.icon(found.icon), f"{found.text}   {found.note}" if found.note else found.text
            )
            self.list.addItem(item)
        if not self._found:
            nothing = QListWidgetItem(_("Nothing found. Try a part of the name, the NIK or the KK."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
        rows = min(self.list.count(), ROWS) * self.list.sizeHintForRow(0) + 2 * self.list.frameWidth()
        self.list.setFixedHeight(min(rows, self._window.height() - 80))
        self.adjustSize()
        self.resize(self._width(), self.height())

    def _width(self) -> int:
        return min(WIDTH, self._window.width() - 2 * MEDIUM)

    def _doings(self) -> list[Found]:
        """Each thing once: what the page in front does with a key, the window may do as well."""
        found: dict[str, Found] = {}
        for action in self._actions():
            text = without_letter(action.text())
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            if text and action.isEnabled() and action.isVisible() and (key or text not in found):
                found[text] = Found(icons.name_of(action, "next"), text, key, action.trigger)
        return list(found.values())

    def _people(self) -> list[Found]:
        text = self.box.text().strip()
        if len(text) < 2 or self._session.register is None:
            return []
        return [self._person(line) for line in self._session.register.workers.search(text, PEOPLE)]

    def _person(self, line: WorkerLine) -> Found:
        note = f"{mask_number(line.nik)}  ·  {line.nagari_name}"
        return Found("user", line.name, note, lambda: self._session.go_to(Place.WORKERS, line.id))

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.close_up()
            self._found[row].run()
