"""A short form in the middle of the window, or in a dialog of its own, as high as its questions need."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.fields.form import FormGrid
from ui.look.spacing import LARGE, MEDIUM, PAGE

LINES_SAID = 1
"""So many further lines of a message are seen without scrolling."""


def give_room(form: FormGrid) -> None:
    """Makes a form so high that nothing of it has to be scrolled, with room for a longer message."""
    form.setMinimumHeight(form.needed_height() + LINES_SAID * form.fontMetrics().height())


class MiddleView(QWidget):
    """Words above a form, in a column of fixed width."""

    def __init__(self, form: FormGrid, width: int, *above: QWidget | QLayout) -> None:
        super().__init__()
        self.form = form
        column = QWidget()
        column.setFixedWidth(width)
        column.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        inside.setSpacing(MEDIUM)
        for one in above:
            inside.addLayout(one) if isinstance(one, QLayout) else inside.addWidget(one)
        inside.addWidget(form)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(column)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addStretch(1)
        rows.addLayout(row)
        rows.addStretch(2)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        give_room(self.form)

    def begin(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus to where typing begins."""
        self.form.go_to_first()
