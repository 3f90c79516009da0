"""A line above the list of workers: how many proposed corrections wait, and the key that leads to them."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.language import translate as _
from models.language import translate_count
from models.offices.users import Right
from models.people.corrections import RequestState
from models.values.formats import number
from ui.fields.messages import MessageBar
from ui.page import button
from ui.session import Session

KEY = "Ctrl+R"
_NEWS = timedelta(days=14)
"""So long a decision is news for who proposed."""


class RequestsBar(MessageBar):
    """Hidden while nothing waits and nothing was decided lately."""

    wanted = Signal()
    """The requests are to be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.add_tail(button(_("Look at them ({key})").format(key=KEY), self.wanted.emit, icon="list"))
        self.hide()

    def read(self) -> None:
        """Counts again."""
        words = self._waiting() if self._session.opened_register.may(Right.APPROVE) else self._own()
        self.say(words, "warning" if words else "")
        self.setVisible(bool(words))

    def _waiting(self) -> str:
        count = self._session.opened_register.requests.open_count()
        sentence = translate_count(
            "{count} proposed correction waits for your decision.",
            "{count} proposed corrections wait for your decision.",
            count,
        )
        return sentence.format(count=number(count)) if count else ""

    def _own(self) -> str:
        own = self._session.opened_register.requests.own()
        since = self._session.now() - _NEWS
        lately = [one for one in own if one.decided_at is not None and one.decided_at >= since]
        counts = {
            "open": sum(one.is_open for one in own),
            "approved": sum(one.state is RequestState.APPROVED for one in lately),
            "rejected": sum(one.state is RequestState.REJECTED for one in lately),
        }
        if not any(counts.values()):
            return ""
        sentence = _("Your proposed corrections: {open} wait, {approved} approved and {rejected} rejected lately.")
        return sentence.format(**{name: number(count) for name, count in counts.items()})
