"""What was decided on pairs and still stands, with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.language import translate as _
from models.people.pairs import PairDecision, PairState
from models.values.formats import date_short
from ui.page import EmptyState
from ui.people.history_words import people_of
from ui.table import Column, FigureTable, Row, WholeWords

if TYPE_CHECKING:
    from models.register import Register

_REASON = 5


class DecisionsView(QWidget):
    """Newest first; Delete takes the decision at the cursor back."""

    unwanted = Signal(object)
    """The `PairDecision` that is to be taken back."""
    record_wanted = Signal(int)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._decisions: tuple[PairDecision, ...] = ()
        self.table = FigureTable(_("Decisions that stand"), [
            Column(_("When")), Column(_("Who")), Column(_("Decision")), Column(_("Left one")), Column(_("Right one")),
            Column(_("Reason"), takes_room=True),
        ])  # fmt: skip
        self.table.chosen.connect(lambda _key: self._open())
        self._empty = EmptyState(_("Nothing was decided yet."))
        self._whole = WholeWords(self.table, _REASON)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._empty, 1)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._whole)

    @property
    def current(self) -> PairDecision | None:
        """The decision at the cursor."""
        row = self.table.currentRow()
        return self._decisions[row] if 0 <= row < len(self._decisions) else None

    def read(self) -> None:
        """As it stands now."""
        self._decisions = self._register.pairs.decisions()
        ids = list(dict.fromkeys(id for one in self._decisions for id in (one.one, one.other)))
        names: dict[int, str] = {}
        for at in range(0, len(ids), 200):
            names |= {line.id: line.name for line in self._register.workers.lines(ids[at : at + 200])}
        people = people_of(self._register)
        self.table.set_rows([
            Row((date_short(one.decided_on), people.get(one.user, one.user).partition(",")[0], _(one.state.label),
                 names.get(one.one, ""), names.get(one.other, ""), one.reason), (one.state, one.id))
            for one in self._decisions
        ])  # fmt: skip
        self._empty.setVisible(not self._decisions)
        for shown in (self.table, self._whole):
            shown.setVisible(bool(self._decisions))

    def _open(self) -> None:
        if self.current is not None:
            self.record_wanted.emit(self.current.one)

    def focus(self) -> None:
        """The newest decision."""
        if self._decisions:
            self.table.setCurrentCell(max(self.table.currentRow(), 0), 0)
        (self.table if self._decisions else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.ask()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """Delete: the decision at the cursor no longer stands."""
        if self.current is not None:
            self.unwanted.emit(self.current)


def taken_back_words(decision: PairDecision, one: str, other: str) -> str:
    """What is said afterwards."""
    if decision.state is PairState.SAME:
        return _("Taken apart: {one} and {other} have their own records again.").format(one=one, other=other)
    return _("{one} and {other} will be asked about again.").format(one=one, other=other)
