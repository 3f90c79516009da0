"""A card beside a form: an icon, a title, some lines, perhaps a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.look import icons
from ui.look.spacing import HAIR, ICON, MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import button


class Card(QFrame):
    """Hidden while there is nothing to say; nothing in it takes the focus."""

    def __init__(self, icon: str, role: str = "muted") -> None:
        """`icon` in the colour of a palette `role`."""
        super().__init__()
        set_role(self, "card")
        self._icon_name, self._icon_role = icon, role
        self._icon = QLabel()
        self._icon.setFixedSize(ICON, ICON)
        self._title = _line("strong")
        self._lines: list[QLabel] = []
        self._button: QPushButton | None = None
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MEDIUM, MEDIUM - HAIR, MEDIUM, MEDIUM - HAIR)
        self._column.setSpacing(HAIR)
        self._column.addLayout(head)
        self._draw()
        self.hide()

    def add_button(self, text: str, run: Callable[[], object]) -> None:
        """One thing that can be done about it; the keyboard has a key for it, so it takes no focus."""
        self._button = button(text, run)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setProperty("role", "link")
        self._column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, title: str, lines: Sequence[str] = ()) -> None:
        """Without a title it hides."""
        self._title.setText(title)
        while len(self._lines) < len(lines):
            label = _line("")
            self._lines.append(label)
            self._column.insertWidget(len(self._lines), label)
        for place, label in enumerate(self._lines):
            label.setText(lines[place] if place < len(lines) else "")
            label.setVisible(place < len(lines))
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(lines))
        self.setVisible(bool(title))

    def show_button(self, shown: bool) -> None:
        """Hides the button while there is nothing to do."""
        if self._button is not None:
            self._button.setVisible(shown)

    @property
    def title(self) -> str:
        """Empty while the card is hidden."""
        return self._title.text()

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands below the title."""
        return tuple(label.text() for label in self._lines if label.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._draw()

    def _draw(self) -> None:
        self._icon.setPixmap(icons.pixmap(self._icon_name, self._icon_role, ICON, self.devicePixelRatioF()))


def _line(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role:
        set_role(label, role)
    return label
