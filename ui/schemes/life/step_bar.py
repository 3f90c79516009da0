"""The buttons of the steps, each with its key in its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.look.spacing import SMALL
from ui.page import button

_A_ROW = 5


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step that can be asked for."""

    word: str
    """Translated, with the key in brackets."""
    run: Callable[[], None]
    keys: str = ""
    """Empty where the key means this only in the list, or is the page's."""
    icon: str = ""


class StepBar(QWidget):
    """Two rows of buttons; their keys work everywhere in the area they belong to."""

    def __init__(self, area: QWidget, steps: Sequence[StepButton], words: Sequence[str]) -> None:
        """`words` are those of the steps with their Alt letters; `area` is where the keys work."""
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SMALL)
        self.buttons: list[QPushButton] = []
        for at, (step, word) in enumerate(zip(steps, words, strict=True)):
            made = button(word, step.run, icon=step.icon)
            self.buttons.append(made)
            grid.addWidget(made, at // _A_ROW, at % _A_ROW)
            if step.keys:
                action = QAction(area)
                action.setShortcut(QKeySequence(step.keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                action.triggered.connect(lambda _on=False, run=step.run: run())
                area.addAction(action)
        grid.setColumnStretch(_A_ROW, 1)
