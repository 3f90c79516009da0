"""The buttons below the list of workers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from ui.look.spacing import MEDIUM


class ListFoot(QWidget):
    """One row at the right, or two where that is too wide."""

    def __init__(self, first: Sequence[QPushButton], second: Sequence[QPushButton]) -> None:
        """Where it is narrow the `second` buttons stand below the `first`."""
        super().__init__()
        self._buttons = (*first, *second)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(MEDIUM)
        self._rows.addStretch()
        for buttons in (first, second):
            row = QHBoxLayout()
            row.setSpacing(MEDIUM)
            row.addStretch()
            for one in buttons:
                row.addWidget(one)
            self._rows.addLayout(row)

    def minimumSizeHint(self) -> QSize:
        """It lets itself be made narrow."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = sum(one.sizeHint().width() + MEDIUM for one in self._buttons)
        turn = QBoxLayout.Direction
        self._rows.setDirection(turn.LeftToRight if wanted <= self.width() else turn.TopToBottom)
