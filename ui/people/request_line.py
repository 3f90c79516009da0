"""A line above the fields of a record: what was proposed for it, and what a supervisor answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.people.corrections import RequestState
from ui.fields.messages import MessageBar
from ui.people.history_words import people_of
from ui.people.request_words import request_words

if TYPE_CHECKING:
    from models.register import Register


class RequestLine(MessageBar):
    """Every open proposal, and the newest own one when it was rejected; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hide()

    def show_worker(self, register: Register, worker: int) -> None:
        """Reads what was proposed for a worker."""
        found = register.requests.of_worker(worker)
        told = [request for request in found if request.is_open]
        own = next((request for request in found if request.proposed_by == register.user), None)
        if own is not None and own.state is RequestState.REJECTED:
            told.append(own)
        people = people_of(register) if told else {}
        self.say("\n".join(request_words(request, people) for request in told), "warning" if told else "")
        self.setVisible(bool(told))
