"""A register that knows nobody yet is given its first administrator before anything else is done in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from models.language import translate as _
from models.offices.users import NewUser
from models.problems import Rejected, StorageFailure
from ui.offices.administrator_form import AdministratorForm
from ui.offices.middle import MiddleView
from ui.page import button, heading

WIDTH = 600


class FirstUserView(MiddleView):
    """Stands in the middle of the window; a file that was made by a command or by an older program comes here."""

    given = Signal(object)
    """The `NewUser`, complete and fit to be added."""

    def __init__(self, name: str, *ways_out: QPushButton) -> None:
        """`name` is proposed for logging in."""
        form = AdministratorForm(name, *ways_out, button(_("Go on"), self.give, icon="next", primary=True))
        form.reached_end.connect(self.give)
        words = heading(
            _(
                "From now on every save bears the name of who made it. You keep this register: as its administrator "
                "you may do everything in it and add colleagues under Settings, Users."
            ),
            "muted",
        )
        words.setWordWrap(True)
        super().__init__(form, WIDTH, heading(_("Who keeps this register?")), words)
        self.administrator = form
        self.setAccessibleName(_("Who keeps this register?"))

    def begin(self, _reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus to the first question."""
        self.administrator.begin()

    def give(self) -> None:
        """Hands the administrator over; leads to what is missing instead."""
        answer: NewUser | None = self.administrator.answer()
        if answer is not None:
            self.given.emit(answer)

    def refuse(self, trouble: Rejected | StorageFailure) -> None:
        """The file did not take it; everything typed stays."""
        self.form.say(trouble.text, "error")
