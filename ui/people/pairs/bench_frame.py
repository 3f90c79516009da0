"""What the bench looks like: the list of pairs, the comparison, the choosing, the reason, the buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from models.language import translate as _
from ui.fields.letters import assign_letters
from ui.fields.messages import MessageBar
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import EmptyState, button, heading
from ui.people.pairs.decisions import DecisionsView
from ui.people.pairs.merge_view import MergeView
from ui.people.pairs.reason import ReasonRow
from ui.people.pairs.table import PairsTable, SidesTable
from ui.table import Column

if TYPE_CHECKING:
    from models.register import Register

NARROW, LEAST = 62, 24
"""Heights of a line: below the first the list stands above the comparison, the second is the least it asks for."""


class BenchFrame(QWidget):
    """Everything that is seen; what it does is decided by whoever hears `acted`."""

    acted = Signal(str)
    """The name of what a button asks for."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build(register)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its buttons: they stand in two rows then."""
        return QSize(LEAST * self.fontMetrics().height(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The comparison gets two thirds; on a narrow page it stands below a few lines of the list."""
        narrow = self.width() < NARROW * self.fontMetrics().height()
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        whole = self._split.height() if narrow else self._split.width()
        self._split.setSizes([whole * 35 // 100, whole * 65 // 100])
        self._arrange_buttons()

    def _arrange_buttons(self) -> None:
        """In one row where all of them are whole, otherwise in two."""
        shown = [one for one in self._in_row if not one.isHidden()]
        wanted = sum(one.sizeHint().width() + MEDIUM for one in shown)
        way = QBoxLayout.Direction
        self._buttons.setDirection(way.TopToBottom if wanted > self.width() else way.LeftToRight)

    def _build(self, register: Register) -> None:
        self.list = PairsTable(_("Pairs that may be one person"), [
            Column(_("Likeness"), is_number=True), Column(_("Left one")), Column(_("Right one")),
            Column(_("Decision")),
        ])  # fmt: skip
        self.sides = SidesTable(_("The two beside each other"), _("Comparison"))
        self.merging = MergeView(register)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.sides)
        self._stack.addWidget(self.merging)
        self.why = QLabel()
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.why.setWordWrap(True)
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.why)
        column.addWidget(self._stack, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self._split.addWidget(detail)
        self.reason = ReasonRow()
        self.message = MessageBar()
        self._empty = EmptyState("")
        self.decisions = DecisionsView(register)
        self.decisions.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.decisions.setAccessibleName(_("Decisions that stand"))
        self.decisions.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SMALL)
        rows.addLayout(self._build_head())
        rows.addWidget(self._empty, 1)
        rows.addWidget(self._split, 1)
        rows.addWidget(self.decisions, 1)
        rows.addWidget(self.reason)
        rows.addWidget(self.message)
        rows.addLayout(self._build_buttons())

    def _build_head(self) -> QHBoxLayout:
        self.count = QLabel()
        self.count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self.count, "muted")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(_("Looking through the register"))
        self._looking = QWidget()
        row = QHBoxLayout(self._looking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self._bar)
        row.addWidget(self._acting(_("Stop looking"), "stop_looking", icon="close"))
        self._looking.hide()
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(heading(_("Doubtful pairs")))
        head.addWidget(self.count, 1)
        head.addWidget(self._looking)
        return head

    def _build_buttons(self) -> QBoxLayout:
        words = iter(assign_letters([
            _("Back (Esc)"), _("Look again (F5)"), _("Show in full (Ctrl+T)"), _("Decisions (F3)"),
            _("Later (L)"), _("Not the same … (B)"), _("The same … (S)"), _("Merge the two … (Enter)"),
            _("Take this decision back (Del)"),
        ]))  # fmt: skip
        self._back = self._acting(next(words), "back", icon="back")
        self._again = self._acting(next(words), "look", icon="restore")
        self._full = self._acting(next(words), "show_masked", icon="user")
        self._decided_button = self._acting(next(words), "show_decisions", icon="list")
        self._later_on = self._acting(next(words), "later", icon="next")
        self._differ = self._acting(next(words), "differ", icon="close")
        self._same = self._acting(next(words), "same", icon="good", primary=True)
        self._merge = self._acting(next(words), "confirm", icon="good", primary=True)
        self._take_back = self._acting(next(words), "take_decision_back", icon="undo", primary=True)
        leading, deciding = QHBoxLayout(), QHBoxLayout()
        first = (self._back, self._again, self._full, self._decided_button)
        second = (self._later_on, self._differ, self._same, self._merge, self._take_back)
        self._in_row = (*first, *second)
        for one in first:
            leading.addWidget(one)
        leading.addStretch()
        deciding.addStretch()
        for one in second:
            deciding.addWidget(one)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (leading, deciding, self._buttons):
            row.setSpacing(MEDIUM)
        self._buttons.addLayout(leading)
        self._buttons.addLayout(deciding)
        return self._buttons

    def _acting(self, words: str, name: str, *, icon: str, primary: bool = False) -> QPushButton:
        return button(words, partial(self.acted.emit, name), icon=icon, primary=primary)
