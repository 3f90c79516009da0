"""How far a long piece of work is, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from models.language import translate as _
from models.values.formats import number
from ui.look.spacing import MEDIUM
from ui.page import button


class ProgressLine(QWidget):
    """Words, a bar and a button; hidden while nothing runs."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel()
        self._what = ""
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._stop = button(_("Stop (Esc)"), self.stop_wanted.emit, icon="close")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        self.hide()

    @property
    def text(self) -> str:
        """The words on show, empty while hidden."""
        return self._words.text() if not self.isHidden() else ""

    def begin(self, what: str) -> None:
        """`what` is being done; how much of it is not known yet."""
        self._what = what
        self._words.setText(what)
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()

    def step(self, done: int, of: int) -> None:
        """So much is done."""
        self._bar.setRange(0, max(of, 1))
        self._bar.setValue(done)
        shown = {"what": self._what, "done": number(done), "count": number(of)}
        self._words.setText(_("{what}: {done} of {count}").format(**shown) if of > 1 else self._what)

    def stopping(self) -> None:
        """Somebody asked to stop; it may take a moment."""
        self._words.setText(_("Stopping …"))
        self._stop.setEnabled(False)

    def end(self) -> None:
        """Nothing runs any more."""
        self.hide()
