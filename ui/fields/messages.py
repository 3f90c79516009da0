"""The one line in which a form speaks."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from models.problems import Level
from ui.look import icons
from ui.look.spacing import ICON, MEDIUM, SMALL
from ui.look.style import set_role


class MessageBar(QFrame):
    """Icon, words, and a frame in the colour of their weight. It keeps its place when it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.level = ""
        self._icon = QLabel()
        self._icon.setFixedSize(ICON, ICON)
        self._words = QLabel()
        self._words.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._words.setSizePolicy(policy)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        row.setSpacing(MEDIUM)
        row.addWidget(self._icon, 0, QtCore.Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self.say("")

    def add_tail(self, widget: QWidget) -> None:
        """Puts something at the end of the line, for instance a field for a reason."""
        self._row.addWidget(widget)

    @property
    def text(self) -> str:
        """The words on show."""
        return self._words.text()

    def say(self, text: str, level: Level | str = "") -> None:
        """Shows words as ``error``, ``warning``, ``good`` or plainly; no words empty the line."""
        self.level = str(level) if text else ""
        self._words.setText(text)
        self.setAccessibleName(text)
        self._icon.setVisible(bool(self.level))
        self.dress()
        self._words.setMinimumHeight(self.fontMetrics().height())

    def dress(self) -> None:
        """Draws the icon and the frame again, in the colours in use."""
        set_role(self, f"bar-{self.level}" if self.level else "bar")
        if self.level:
            self._icon.setPixmap(icons.pixmap(self.level, self.level, ICON, self.devicePixelRatioF()))
