"""How long nobody has touched the keys or the mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

TICK = 5_000
"""Milliseconds between two looks."""
_KINDS = QEvent.Type
_SIGNS_OF_LIFE = frozenset(
    int(kind) for kind in (
        _KINDS.KeyPress, _KINDS.MouseMove, _KINDS.MouseButtonPress, _KINDS.Wheel, _KINDS.TouchBegin, _KINDS.TabletPress,
    )
)  # fmt: skip


class IdleClock(QObject):
    """Counts by the computer's clock, so that a laptop that slept over night has been idle."""

    ran_out = Signal()
    """Nobody was there for the minutes set."""

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._allowed = timedelta(0)
        self._seen_at = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.look)

    @property
    def is_running(self) -> bool:
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Counts from now on; 0 minutes stop it."""
        self.stop()
        app = QApplication.instance()
        if minutes > 0 and app is not None:
            self._allowed, self._seen_at = timedelta(minutes=minutes), self._clock()
            app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Nothing is counted any more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def look(self) -> None:
        """Whether the time is up; a clock that was set back begins anew."""
        now = self._clock()
        if now < self._seen_at:
            self._seen_at = now
        elif now - self._seen_at >= self._allowed and self.is_running:
            self.stop()
            self.ran_out.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if int(event.type()) in _SIGNS_OF_LIFE:
            self._seen_at = self._clock()
        return False
