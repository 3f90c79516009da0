"""A box to tick, seen in every look, also where it cannot be ticked just now."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui.look import icons
from ui.look.spacing import ICON, MEDIUM, SMALL
from ui.look.style import current


class Tick(QCheckBox):
    """Fusion draws its frame from the window's colour, which nobody sees on dark ground."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(ICON + MEDIUM + words.width() + SMALL, max(ICON, words.height()) + 2 * SMALL)

    def hitButton(self, _place: object) -> bool:
        """The whole of it, words and all."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(1, (self.height() - ICON) // 2, ICON - 1, ICON - 1)
        frame = colours.accent if self.hasFocus() else colours.border if self.isEnabled() else colours.disabled
        painter.setPen(QPen(QColor(frame), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(colours.surface if self.isEnabled() else colours.window))
        painter.drawRoundedRect(box, 2, 2)
        if self.isChecked():
            painter.drawPixmap(box.topLeft(), icons.pixmap("good", "accent", ICON - 1, self.devicePixelRatioF()))
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        words = self.rect().adjusted(ICON + MEDIUM, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        painter.end()
