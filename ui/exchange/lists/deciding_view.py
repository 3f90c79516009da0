"""Somebody of a list beside who may be the same person: the same, somebody else and why, or not taken in at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.exchange.checked import CheckedList
from models.exchange.importing import Resolution, RowPreview
from models.language import translate as _
from models.values.formats import NOTHING
from ui.exchange.lists.outcomes import name_in
from ui.exchange.lists.words import typed_words, value_words
from ui.fields.field import TextField
from ui.fields.letters import assign_letters
from ui.look.spacing import MEDIUM, SMALL
from ui.page import button, heading
from ui.people.worker_fields import LABELS
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.register import Register

Stored = str | int | None


class DecidingView(QWidget):
    """Enter: the same person. F7: somebody else, with the reason. F9: not taken in. Esc: later."""

    decided = Signal(int, object)
    """Place in the list, and the `Resolution`."""
    left = Signal()

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._row: RowPreview | None = None
        self._usual = ""
        self._build()

    def compare(self, checked: CheckedList, row: RowPreview, waiting: int = 1) -> None:
        """Puts the two side by side; `waiting` is how many are doubtful still, with this one."""
        self._row = row
        typed = {name: values[row.place] for name, values in checked.values.items()}
        other, who = self._other(checked, row)
        number = checked.table.rows[row.place]
        title = _("The same person? {name}").format(name=name_in(checked, row.place))
        if waiting > 1:
            title += "   " + _("({count} still doubtful)").format(count=waiting)
        self._title.setText(title)
        why = _(row.doubt.label) if row.doubt is not None else ""
        if row.like_reason:
            why = f"{why}: {_(row.like_reason)}"
        self._why.setText(_("Why it is asked: {reason}.").format(reason=why))
        of_row = row.like_place is not None
        self.same_button.setVisible(not of_row and row.worker is not None)
        self.table.set_columns((
            Column(_("Field")),
            Column(_("In the list, row {row}").format(row=number), takes_room=True),
            Column(who, takes_room=True),
            Column(""),
        ))  # fmt: skip
        self.table.set_rows([self._line(name, typed.get(name), other.get(name), of_row) for name in LABELS
                             if typed.get(name) not in (None, "") or other.get(name) not in (None, "")])  # fmt: skip
        self._ask(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Escape and plain:
            if self.reason.isVisible():
                self._ask(False)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    # What can be decided

    def decide_same(self) -> None:
        """It is the registered worker."""
        if self._row is not None and self._row.worker is not None and self._row.like_place is None:
            self.decided.emit(self._row.place, Resolution(self._row.worker))

    def ask_reason(self) -> None:
        """It is somebody else: why the two look alike."""
        self._ask(True)
        self.reason.setText(self._usual)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reason.selectAll()

    def leave_out(self) -> None:
        """The row is not taken in."""
        if self._row is not None:
            self.decided.emit(self._row.place, Resolution(None, is_left_out=True))

    # Building

    def _build(self) -> None:
        self._title, self._why = heading(""), QLabel()
        self._why.setWordWrap(True)
        self.table = FigureTable(
            _("Comparison"), (Column(_("Field")), Column("", takes_room=True), Column(""), Column(""))
        )
        self.table.chosen.connect(lambda _field: self.decide_same())
        self.reason = TextField("reason", _("Why it is somebody else"))
        self.reason.setPlaceholderText(_("For instance: twins; father and son of one name. Then Enter"))
        self.reason.stepped.connect(lambda _by: self._give_reason())
        self._word = QLabel(_("Why it is somebody else"))
        self._word.setBuddy(self.reason)
        words = assign_letters([
            _("Later (Esc)"), _("Not taken in (F9)"), _("Somebody else … (F7)"), _("The same person (Enter)")
        ])  # fmt: skip
        self.back_button = button(words[0], self.left.emit, icon="back")
        self.out_button = button(words[1], self.leave_out, icon="close")
        self.other_button = button(words[2], self.ask_reason, icon="user")
        self.same_button = button(words[3], self.decide_same, icon="good", primary=True)
        asked = QHBoxLayout()
        asked.setSpacing(MEDIUM)
        asked.addWidget(self._word)
        asked.addWidget(self.reason, 1)
        acts = QHBoxLayout()
        acts.setSpacing(MEDIUM)
        acts.addWidget(self.back_button)
        acts.addStretch()
        for act in (self.out_button, self.other_button, self.same_button):
            acts.addWidget(act)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addWidget(self._title)
        rows.addWidget(self._why)
        rows.addWidget(self.table, 1)
        rows.addLayout(asked)
        rows.addLayout(acts)
        for key, run in (("F7", self.ask_reason), ("F9", self.leave_out)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        self._ask(False)

    # Details

    def _other(self, checked: CheckedList, row: RowPreview) -> tuple[Mapping[str, Stored], str]:
        """The stored values of whom it may be, and the head above them."""
        if row.like_place is not None:
            values = {name: column[row.like_place] for name, column in checked.values.items()}
            return values, _("In the list, row {row}").format(row=checked.table.rows[row.like_place])
        assert row.worker is not None
        worker = self._register.workers.get(row.worker)
        values = {
            name: value.isoformat() if hasattr(value := getattr(worker, name), "isoformat") else value
            for name in LABELS
        }
        return values, _("Registered")

    def _line(self, name: str, typed: Stored, other: Stored, of_row: bool) -> Row:
        same = ""
        if typed not in (None, "") and other not in (None, ""):
            same = _("same") if str(typed).casefold() == str(other).casefold() else _("differs")
        shown = typed_words(self._register, name, other) if of_row else value_words(self._register, name, other)
        return Row((_(LABELS[name]), typed_words(self._register, name, typed) or NOTHING, shown, same), key=name)

    def _ask(self, asked: bool) -> None:
        self._word.setVisible(asked)
        self.reason.setVisible(asked)

    def _give_reason(self) -> None:
        reason = " ".join(self.reason.text().split())
        if reason and self._row is not None:
            self._usual = reason
            self.decided.emit(self._row.place, Resolution(None, reason))
