"""Tabs whose Alt letters lead into them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTabBar


class LetterTabs(QTabBar):
    """Alt with the letter of a tab leads into the tab, of the one in front too."""

    letter_typed = Signal()
    """The tab that the letter means is in front now: the focus is wanted inside."""

    def event(self, event: QEvent) -> bool:
        was_used = super().event(event)
        if event.type() == QEvent.Type.Shortcut:
            self.letter_typed.emit()
        return was_used
