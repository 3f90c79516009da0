"""Logging in, in the middle of the window: a name, a password, Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from models.language import translate as _
from models.offices.users import User
from models.problems import Problem, Rejected, StorageFailure
from ui.fields.choice import Choice, ChoiceField
from ui.fields.form import FormGrid
from ui.fields.password import PasswordField
from ui.look import icons
from ui.look.spacing import MEDIUM, RAIL_ICON
from ui.offices.middle import MiddleView
from ui.page import button, heading

WIDTH = 460
SECOND = 1000
"""Milliseconds between two looks at how long one has to wait."""


class LogInView(MiddleView):
    """Asks who is there; whether it is so, others find out."""

    wanted = Signal(str, str)
    """Name and password, to be answered by `let_go` or `refuse`."""

    def __init__(
        self, users: Sequence[User], name: str, *ways_out: QPushButton, title: str, sentence: str = ""
    ) -> None:
        """`name` is who was here last; nobody else's password is asked for unless another name is typed."""
        words = heading(sentence, "muted")
        words.setWordWrap(True)
        self._icon = QLabel()
        head = QHBoxLayout()
        head.setSpacing(MEDIUM)
        head.addWidget(self._icon)
        head.addWidget(heading(title), 1)
        super().__init__(FormGrid(), WIDTH, head, *([words] if sentence else []))
        self.is_checking = False
        self._seconds = 0
        self._wait: Problem | None = None
        choices = tuple(Choice(user.name, user.name, note=user.full_name) for user in users if user.is_active)
        self.form.add(ChoiceField("name", _("Name"), choices, required=True), 12).set_value(name)
        self.form.add(PasswordField("password", _("Password"), required=True), 12)
        self.enter_button = button(_("Log in (Enter)"), self.enter, icon="lock", primary=True)
        self.form.set_buttons(*ways_out, self.enter_button)
        self.form.reached_end.connect(self.enter)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND)
        self._clock.timeout.connect(self._count)
        self.dress()
        self.setAccessibleName(title)

    def begin(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus to the password, or to the name where nobody was here before."""
        known = self.form["name"].value() is not None
        self.form["password" if known else "name"].setFocus(reason)

    def enter(self) -> None:
        """Hands over what is typed; leads to what is missing instead."""
        if self.is_checking or self._wait is not None:
            return
        self.form["name"].tidy()
        name, password = self.form["name"].value(), self.form["password"].text()
        if name is None:
            self._say(_("Choose your name, or type its beginning."), "error")
            self.form.go_to("name")
        elif not password:
            self._say(_("Type the password of {name}, then Enter.").format(name=name), "error")
            self.form.go_to("password")
        else:
            self.is_checking = True
            self.form["password"].setReadOnly(True)
            self._say(_("Checking the password …"))
            self.wanted.emit(name, password)

    def refuse(self, trouble: Rejected | StorageFailure) -> None:
        """Says why not; the typed password stands selected, so that typing begins anew."""
        self._end_checking()
        problem = trouble.problems[0] if isinstance(trouble, Rejected) else None
        if problem is not None and problem.code == "wait":
            self._wait, self._seconds = problem, int(str(problem.params["seconds"]))
            self._clock.start()
            self._tell_wait()
        else:
            self._say(trouble.text, "error")

    def let_go(self) -> None:
        """The person is in; the password stays nowhere."""
        self._end_checking()
        self.form["password"].clear()
        self._say("")

    def say(self, words: str, level: str = "warning") -> None:
        """A sentence from elsewhere, for instance why the window does not close."""
        self._say(words, level)

    def dress(self) -> None:
        """The icon in the colours in use."""
        self._icon.setPixmap(icons.pixmap("lock", "accent", RAIL_ICON, self.devicePixelRatioF()))

    # Details

    def _end_checking(self) -> None:
        self.is_checking = False
        field = self.form["password"]
        field.setReadOnly(False)
        if self.isVisible():
            self.form.go_to(field)

    def _count(self) -> None:
        self._seconds -= 1
        self._tell_wait()

    def _tell_wait(self) -> None:
        assert self._wait is not None
        if self._seconds > 0:
            self._say(_(self._wait.message).format(seconds=self._seconds), "error")
            return
        self._wait = None
        self._clock.stop()
        self._say(_("You may try again now."))
        self.form.go_to("password")

    def _say(self, words: str, level: str = "") -> None:
        self.form.say(words, level)
