"""The seven places at the left edge: icon and word, one click or Ctrl and a digit away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from models.language import translate as _
from ui.look import icons
from ui.look.spacing import ICON, RAIL_ICON, SMALL
from ui.places import Place

_WORD_BELOW = 3
"""Qt.ToolButtonStyle by number: to make Qt's namespace takes an eighth of the start, before the first paint."""


class Rail(QFrame):
    """Icons above the words."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(_("Places"))
        self._group = QButtonGroup(self)
        self._buttons: dict[Place, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        column.setSpacing(2)
        for place in Place:
            self._buttons[place] = self._button(place)
            column.addWidget(self._buttons[place])
        column.addStretch()
        self._is_low: bool | None = None
        self.lie_down(False)

    def show_place(self, place: Place) -> None:
        """Marks where one is."""
        self._buttons[place].setChecked(True)

    def lie_down(self, low: bool) -> None:
        """In a low window the words take one line and the icons are smaller."""
        if low == self._is_low:
            return
        was_shown, self._is_low = self._is_low is not None, low
        for place, button in self._buttons.items():
            word = _(place.label)
            button.setText((word if low else word.replace("& ", "&\n")).replace("&", "&&"))
            button.setIconSize(QSize(ICON, ICON) if low else QSize(RAIL_ICON, RAIL_ICON))
            button.setProperty("low", low)
            if was_shown:
                button.style().polish(button)

    def _button(self, place: Place) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "place")
        button.setCheckable(True)
        button.setIconSize(QSize(RAIL_ICON, RAIL_ICON))
        button.setProperty("toolButtonStyle", _WORD_BELOW)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(_(place.label))
        button.setAccessibleDescription(place.key)
        button.setToolTip(f"{_(place.label)} ({place.key})")
        icons.put(button, place.icon)
        button.clicked.connect(lambda: self.chosen.emit(str(place)))
        self._group.addButton(button)
        return button
