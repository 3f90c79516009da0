"""A register that knows nobody yet is given its first administrator before anything else is done in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.offices.users import NewUser
from models.problems import Rejected, StorageFailure
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.look.style import set_role
from ui.offices.administrator_form import AdministratorForm
from ui.page import button, heading

WIDTH = 600


class FirstUserView(QWidget):
    """Stands in the middle of the window; a file that was made by a command or by an older program comes here."""

    given = Signal(object)
    """The `NewUser`, complete and fit to be added."""

    def __init__(self, name: str) -> None:
        """`name` is proposed for logging in."""
        super().__init__()
        self.form = AdministratorForm(name, button(_("Go on"), self.give, icon="next", primary=True))
        self.form.reached_end.connect(self.give)
        card = QFrame()
        set_role(card, "card")
        card.setFixedWidth(WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        words = heading(
            _(
                "From now on every save bears the name of who made it. You keep this register: as its administrator "
                "you may do everything in it and add colleagues under Settings, Users."
            ),
            "muted",
        )
        words.setWordWrap(True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(PAGE, PAGE, PAGE, LARGE)
        inside.setSpacing(MEDIUM)
        inside.addWidget(heading(_("Who keeps this register?")))
        inside.addWidget(words)
        inside.addWidget(self.form)
        rows = QVBoxLayout(self)
        rows.addStretch(1)
        rows.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        self.setAccessibleName(_("Who keeps this register?"))

    def begin(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus to the first question."""
        self.form.begin()

    def give(self) -> None:
        """Hands the administrator over; leads to what is missing instead."""
        answer: NewUser | None = self.form.answer()
        if answer is not None:
            self.given.emit(answer)

    def refuse(self, trouble: Rejected | StorageFailure) -> None:
        """The file did not take it; everything typed stays."""
        self.form.say(trouble.text, "error")
