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


class HeadButtons(QWidget):
    """Beside the title: gone where they have no room, for each has its key as well."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        for one in self._buttons:
            row.addWidget(one)

    def sizeHint(self) -> QSize:
        """The room they would like, hidden or not."""
        width = sum(one.sizeHint().width() + MEDIUM for one in self._buttons) - MEDIUM
        return QSize(width, max(one.sizeHint().height() for one in self._buttons))

    def minimumSizeHint(self) -> QSize:
        """They ask for no room."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self.sizeHint().width()
        for one in self._buttons:
            one.setVisible(fits)
