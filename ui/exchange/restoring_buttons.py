"""The buttons below a restore: which of them stand there depends on the step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from models.language import translate as _
from ui.look.spacing import MEDIUM
from ui.page import button

Run = Callable[[], object]


class RestoreButtons(QWidget):
    """What leads back at the left, what leads on at the right."""

    def __init__(
        self,
        *,
        is_damaged: bool,
        leave: Run,
        back: Run,
        other: Run,
        go_on: Run,
        keep: Run,
        again: Run,
        confirm: Run,
    ) -> None:
        """`is_damaged`: there is no open register to be replaced, but a file that does not open."""
        super().__init__()
        words = _("&Restore: replace the damaged file") if is_damaged else _("&Restore: replace the open register")
        self.leave = button(_("&Cancel (Esc)"), leave, icon="close")
        self.back = button(_("Choose &another backup"), back, icon="back")
        self.other = button(_("Another &file …"), other, icon="open")
        self.go_on = button(_("&Go on (Enter)"), go_on, icon="next", primary=True)
        self.keep = button(_("&Save the list …"), keep, icon="save")
        self.again = button(_("&Open the register again"), again, icon="open")
        self.confirm = button(words, confirm, icon="restore")
        self._offered = (self.back, self.other, self.go_on, self.keep, self.again, self.confirm)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MEDIUM)
        row.addWidget(self.leave)
        row.addWidget(self.back)
        row.addStretch()
        for act in self._offered[1:]:
            row.addWidget(act)

    def offer(self, *acts: QAbstractButton) -> None:
        """Shows these and no others, besides the one that leaves."""
        for act in self._offered:
            act.setVisible(act in acts)

    def let_leave(self) -> None:
        """Nothing is left to be done here."""
        self.leave.setEnabled(True)
        self.leave.setText(_("&Close (Esc)"))
        self.leave.setFocus()
