"""No keystroke is lost: what stands in the form goes into the file within a second, and comes back after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from models.problems import Rejected, StorageFailure
from models.storage.drafts import Draft
from ui.session import Session

FORM = "entry"
WAIT = 700
"""Milliseconds from a key to the disk at most; keys in between do not put it off."""
CLEARED_STAY = timedelta(days=7)
"""What was cleared from the form goes away after that; what was put aside stays."""
_ASIDE = "put:aside"
PUT_ASIDE, CLEARED = "kept", "cleared"


def how_left(draft: Draft) -> str:
    """`PUT_ASIDE`, `CLEARED`, or empty when it was being typed: the program ended in the middle of it."""
    return draft.fields.get(_ASIDE, "")


class DraftKeeper(QObject):
    """Writes the draft of one form."""

    kept = Signal()
    """The draft is on the disk, or there is none any more."""
    failed = Signal(str)
    """It could not be written: the sentence for the person. The next key tries again."""

    def __init__(
        self,
        session: Session,
        read: Callable[[], tuple[Mapping[str, str], str] | None],
        parent: QObject,
        form: str = FORM,
    ) -> None:
        """`read` gives the texts of the form and the field in focus, or None while nobody typed anything."""
        super().__init__(parent)
        self._session, self._read = session, read
        self.form = form
        """Under this name the drafts are kept."""
        self.id: int | None = None
        self.kept_at: datetime | None = None
        self._written: Draft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.write)

    def touch(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def write(self, aside: str = "") -> bool:
        """Writes now what is not written yet; False when the disk refused.

        In a register opened for reading only nothing is written, and what is to be put `aside` is refused: it would go.
        """
        self._timer.stop()
        register = self._session.opened_register
        read = self._read() if aside or not register.is_read_only else None
        try:
            if read is None:
                self._drop()
                return True
            texts, focus = read
            draft = Draft(self.form, {**texts, _ASIDE: aside} if aside else texts, focus)
            if draft == self._written and self.id is not None:
                return True
            self.id = register.drafts.save(replace(draft, id=self.id))
            self._written, self.kept_at = draft, self._session.now()
        except (Rejected, StorageFailure) as failure:
            self.failed.emit(failure.text)
            return False
        self.kept.emit()
        return True

    def put_aside(self, how: str) -> bool:
        """Leaves the draft to the list of drafts; the form begins another one."""
        if not self.write(how):
            return False
        self.forget()
        return True

    def take_up(self, draft: Draft) -> None:
        """Goes on with a draft from the list."""
        self.id, self._written, self.kept_at = draft.id, None, draft.saved_at

    def forget(self) -> None:
        """The record was saved and its draft went with it, or it was left to the list."""
        self._timer.stop()
        self.id = self._written = self.kept_at = None

    def waiting(self) -> tuple[Draft, ...]:
        """All drafts but the one in the form, newest first; cleared ones last, and gone after some days."""
        register, now = self._session.opened_register, self._session.now()
        drafts = [draft for draft in register.drafts.all(self.form) if draft.id is not None and draft.id != self.id]
        old = [d for d in drafts if how_left(d) == CLEARED and d.saved_at and now - d.saved_at > CLEARED_STAY]
        for draft in old if not register.is_read_only else ():
            register.drafts.remove(draft.id or 0)
        left = [draft for draft in drafts if draft not in old]
        return tuple(sorted(left, key=lambda draft: how_left(draft) == CLEARED))

    def waiting_to_be_finished(self) -> tuple[Draft, ...]:
        """Those that nobody cleared away."""
        return tuple(draft for draft in self.waiting() if how_left(draft) != CLEARED)

    def interrupted(self) -> Draft | None:
        """The newest draft that was being typed when the program ended."""
        return next((draft for draft in self.waiting() if not how_left(draft)), None)

    def _drop(self) -> None:
        """Everything was deleted from the form again: there is nothing to keep."""
        if self.id is not None:
            self._session.opened_register.drafts.remove(self.id)
            self.forget()
            self.kept.emit()
