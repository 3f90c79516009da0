"""The record as typed beside a registered worker who may be the same person, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.language import translate as _
from ui.fields.columns import NARROW
from ui.look import icons
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
"""Tenths of a page that a key scrolls by."""
_NARROW_WORD = 110


class ComparedField(NamedTuple):
    """One line of a comparison."""

    word: str
    typed: str
    registered: str
    """Masked where it identifies the person."""
    is_same: bool | None
    """Of the true values; None where only one side knows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A registered worker to compare with."""

    worker: int
    name: str
    reason: str
    """Translated: why it may be the same person."""
    rows: tuple[ComparedField, ...]


class CompareView(QWidget):
    """Instead of the form while it is open; Esc leads back, F6 goes through several candidates."""

    chosen = Signal(int)
    """It is the same person: go on with this worker's record."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Compared, ...] = ()
        self._place = 0
        self._title = heading("")
        self._why = QLabel()
        self._why.setWordWrap(True)
        self.table = QTableWidget(0, 4)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Comparison"))
        self.table.setAlternatingRowColors(True)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, mode in enumerate((True, False, False, True)):
            sizing = QHeaderView.ResizeMode.ResizeToContents if mode else QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, sizing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addWidget(self._title)
        rows.addWidget(self._why)
        rows.addWidget(self.table, 1)
        rows.addLayout(self._buttons())

    def compare(self, candidates: Sequence[Compared]) -> None:
        """Shows the first of them."""
        self._candidates, self._place = tuple(candidates), 0
        self._next.setVisible(len(self._candidates) > 1)
        self._show()

    @property
    def shown(self) -> Compared | None:
        """The candidate on show."""
        return self._candidates[self._place] if self._candidates else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F6:
            self.step()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            act = self.focusWidget()
            act.click() if isinstance(act, QPushButton) and act.hasFocus() else self._choose()
        elif event.key() in _STEPS:
            bar = self.table.verticalScrollBar()
            bar.setValue(bar.value() + _STEPS[Qt.Key(event.key())] * bar.pageStep() // 10)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        head, modes = self.table.horizontalHeader(), QHeaderView.ResizeMode
        head.setSectionResizeMode(0, modes.Fixed if self.width() < NARROW else modes.ResizeToContents)
        head.resizeSection(0, _NARROW_WORD)  # the whole NIK matters more than the whole word
        self._show_marks()

    def _buttons(self) -> QHBoxLayout:
        self._back = button(_("&Back (Esc)"), self.left.emit, icon="back")
        self._next = button(_("&Next one (F6)"), self.step, icon="next")
        self._use = button(_("&The same person: use this (Enter)"), self._choose, icon="good", primary=True)
        row = QHBoxLayout()
        row.setSpacing(LARGE)
        row.addWidget(self._back)
        row.addStretch()
        row.addWidget(self._next)
        row.addWidget(self._use)
        return row

    def step(self) -> None:
        """The next candidate, around the end."""
        if self._candidates:
            self._place = (self._place + 1) % len(self._candidates)
            self._show()

    def _choose(self) -> None:
        if self.shown is not None:
            self.chosen.emit(self.shown.worker)

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            return
        of = _("{place} of {count}").format(place=self._place + 1, count=len(self._candidates))
        many = len(self._candidates) > 1
        self._title.setText(_("The same person?") + (f"  ({of})" if many else ""))
        self._why.setText(
            _("Registered: {name}. Why it is asked: {reason}.").format(name=shown.name, reason=shown.reason)
        )
        self.table.setHorizontalHeaderLabels([_("Field"), _("Typed now"), _("Registered"), ""])
        self.table.setRowCount(len(shown.rows))
        for row, line in enumerate(shown.rows):
            for column, text in enumerate(line[:3]):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._show_marks()
        self.setAccessibleDescription(
            "\n".join(f"{line.word}: {line.typed} / {line.registered}" for line in shown.rows)
        )
        self.table.scrollToTop()

    def _show_marks(self) -> None:
        """The same or different: an icon, and a word where there is room."""
        for row, line in enumerate(self.shown.rows if self.shown is not None else ()):
            mark = _mark(line.is_same)
            if self.width() < NARROW:
                mark.setText("")
            self.table.setItem(row, 3, mark)


def _mark(same: bool | None) -> QTableWidgetItem:
    """The same or different, in a word and an icon; nothing where only one side knows."""
    if same is None:
        return QTableWidgetItem()
    mark = QTableWidgetItem(_("same") if same else _("differs"))
    mark.setIcon(icons.icon("good", "good") if same else icons.icon("warning", "warning"))
    return mark
