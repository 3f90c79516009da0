"""The drafts that wait, newest first: one key to go on with one, one to throw one away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from models.language import N_
from models.language import translate as _
from models.people.masking import mask_number
from models.storage.drafts import SALVAGED, UNCERTAIN, Draft, worker_of
from models.values.formats import date_short
from ui.look.spacing import LARGE, MEDIUM
from ui.page import EmptyState, button, heading
from ui.people.draft_keeper import CLEARED, PUT_ASIDE, how_left
from ui.people.worker_fields import LABELS, label_of

_HOW = {
    "": N_("interrupted"),
    PUT_ASIDE: N_("put aside"),
    CLEARED: N_("cleared"),
    SALVAGED: N_("got back from a damaged file"),
    UNCERTAIN: N_("got back from a damaged file, not certain: compare with the paper"),
}


class DraftsView(QWidget):
    """Instead of the form while it is open; Esc leads back."""

    chosen = Signal(object)
    """A `Draft` to go on with."""
    thrown_away = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Drafts"))
        self.list.setProperty("role", "choices")
        self.list.itemDoubleClicked.connect(lambda _item: self._choose())
        self._nothing = EmptyState(_("No draft waits. What you type is kept by itself, until you save it."))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(heading(_("Drafts")))
        self._stack = QStackedLayout()
        rows.addLayout(self._stack, 1)  # before it gets its list, which would be shown as a window of its own
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        rows.addLayout(self._buttons())

    def show_drafts(self, drafts: Sequence[Draft], today: date) -> None:
        """Lists them; the focus goes to the first."""
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for draft in drafts:
            item = QListWidgetItem(describe(draft, today))
            item.setData(Qt.ItemDataRole.UserRole, draft)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(drafts) - 1))
        self._stack.setCurrentWidget(self.list if drafts else self._nothing)
        for act in (self._open, self._throw):
            act.setVisible(bool(drafts))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.list if self.list.count() else self._back).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            act = self.focusWidget()
            act.click() if isinstance(act, QPushButton) else self._choose()
        elif event.key() == Qt.Key.Key_Delete:
            self._throw_away()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QHBoxLayout:
        self._open = button(_("&Go on with it (Enter)"), self._choose, icon="edit", primary=True)
        self._throw = button(_("&Throw away (Del)"), self._throw_away)
        self._back = button(_("&Back to the form (Esc)"), self.left.emit, icon="back")
        row = QHBoxLayout()
        row.setSpacing(LARGE)
        row.addWidget(self._back)
        row.addStretch()
        row.addWidget(self._throw)
        row.addWidget(self._open)
        return row

    def _current(self) -> Draft | None:
        item = self.list.currentItem()
        return None if item is None else item.data(Qt.ItemDataRole.UserRole)

    def _choose(self) -> None:
        draft = self._current()
        if draft is not None:
            self.chosen.emit(draft)

    def _throw_away(self) -> None:
        draft = self._current()
        if draft is not None:
            self.thrown_away.emit(draft)


def describe(draft: Draft, today: date) -> str:
    """One line: when, who, and where the typing stopped."""
    parts = []
    if draft.saved_at is not None:
        day = "" if draft.saved_at.date() == today else f"{date_short(draft.saved_at.date())} "
        parts.append(f"{day}{draft.saved_at:%H:%M}")
    name = draft.fields.get("name") or _("without a name")
    parts.append(name if worker_of(draft) is None else _("Correction of {name}").format(name=name))
    if nik := draft.fields.get("nik"):
        parts.append(_("NIK {nik}").format(nik=mask_number(nik)))
    if draft.focus in LABELS:
        parts.append(_("at {field}").format(field=label_of(draft.focus)))
    parts.append(_(_HOW[how_left(draft)]))
    return "  ·  ".join(parts)
