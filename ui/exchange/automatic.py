"""Backups that are made by themselves while the register is open, and the reminder when there was none for days."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.language import translate as _
from models.problems import Rejected, StorageFailure
from models.storage.backing_up import BackedUp
from models.storage.manifest import Manifest, Why
from ui.background import Background, Job
from ui.exchange.stages import back_up, check_backup, places_of
from ui.exchange.words import age_words, second_words
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.register_backups import LastBackup

LOOK = 60_000
"""Milliseconds between two looks at whether a backup is due."""
AT_ONCE = timedelta(days=1)
"""So old the last backup may be when something was saved; then the next one waits for no hours."""
AFTER_FAILURE = timedelta(minutes=30)
REMIND = timedelta(days=3)
"""So long without a verified backup, and the window says so above every page."""
CHECK_EACH = timedelta(days=7)
"""A large backup whose pages were not all checked when it was made is checked so often."""


class AutomaticBackups(QObject):
    """One at a time, in a process that lets everything else go first; nobody needs a right for it."""

    def __init__(
        self, session: Session, remind: Callable[[str, str, Callable[[], None]], None], parent: QObject | None = None
    ) -> None:
        """`remind` shows a sentence above every page with a button's word and what it does; no words take it away."""
        super().__init__(parent)
        self._session, self._remind = session, remind
        self.background = Background(self)
        """Its own thread: a backup must keep nobody from searching."""
        self._job: Job | None = None
        self._opened_at = session.now()
        self._not_before: datetime | None = None
        self._trouble = ""
        session.changed.connect(self._follow)
        timer = QTimer(self)
        timer.timeout.connect(self.look)
        timer.start(LOOK)
        self.remind()

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def look(self) -> None:
        """Begins what is due, and says how old the last backup is where it is too old."""
        self.remind()
        register = self._session.register
        if self._job is not None or not _is_kept(register):
            return
        assert register is not None
        now = self._session.now()
        if self._not_before is not None and timedelta(0) < self._not_before - now <= AFTER_FAILURE:
            return
        with suppress(StorageFailure):  # the disk does not answer just now; the next look tries again
            if is_due(register, self._session.last_backup(), self._opened_at, now):
                self.begin()
            else:
                self._check_pages(register, now)

    def begin(self) -> None:
        """Makes a backup now, unless one is being made."""
        register = self._session.register
        if self._job is not None or not _is_kept(register):
            return
        assert register is not None
        work = partial(
            back_up,
            register.path,
            places_of(self._session),
            self._session.now(),
            key=register.key,
            why=Why.HOURLY,
            is_gentle=True,
        )
        self._job = self.background.run(
            self,
            work,
            done=partial(self._made, register),
            failed=self._failed,
            progress=lambda _stage, _of: None,
            cancelled=self._end,
        )

    def remind(self) -> None:
        """Says above every page that there was no verified backup for days, or takes that away."""
        register = self._session.register
        words = ""
        with suppress(StorageFailure):  # a damaged file says so itself, wherever it is read
            words = "" if register is None or not _is_kept(register) else self._reminder(register)
        self._remind(words, _("Back up now"), self.begin)

    def stop(self) -> None:
        """Ends what runs; nothing half done is left."""
        if self._job is not None:
            self._job.cancel()
        self.background.stop()
        self._job = None

    # Details

    def _reminder(self, register: Register) -> str:
        last, now = self._session.last_backup(), self._session.now()
        if not register.backups.is_behind(last):
            return ""
        since = register.audit.first_at() if last is None else last.made_at
        if since is None or now - since < REMIND:
            return ""
        if last is None:
            words = _("This register was never backed up. If the disk breaks, everything typed so far is lost.")
        else:
            words = _("No verified backup for {age}, and something was saved since.").format(
                age=age_words(since, now)
            )
        return f"{words} {self._trouble}" if self._trouble else words

    def _check_pages(self, register: Register, now: datetime) -> None:
        """The weekly check of the newest backup, where it was too large for one when it was made."""
        newest = register.backups.newest(self._session.backup_folder(), now)
        if newest is None or (newest.checked_at is not None and abs(now - newest.checked_at) < CHECK_EACH):
            return
        self._job = self.background.run(
            self,
            partial(check_backup, newest, now, key=register.key),
            done=self._checked,
            failed=self._found_bad,
            progress=lambda _stage, _of: None,
            cancelled=self._end,
        )

    def _made(self, register: Register, made: BackedUp) -> None:
        self._job = None
        self._not_before, self._trouble = None, ""
        if self._session.register is register:
            self._session.keep_backup(made.manifest)
            self.remind()
        words = second_words(made)
        if words:
            self._session.message(words)

    def _checked(self, _manifest: Manifest) -> None:
        self._job = None

    def _failed(self, failure: StorageFailure | Rejected) -> None:
        self._job = None
        self._not_before = self._session.now() + AFTER_FAILURE
        self._trouble = failure.text
        self._session.message(_("No backup could be made by itself. {trouble}").format(trouble=failure.text))
        self.remind()

    def _found_bad(self, failure: StorageFailure | Rejected) -> None:
        """The newest backup is no good any more: a new one takes its place at once."""
        self._job = None
        self._session.message(failure.text)
        self.begin()

    def _end(self) -> None:
        self._job = None

    def _follow(self, subject: str) -> None:
        if subject == "register":
            self.stop()
            self._opened_at, self._not_before, self._trouble = self._session.now(), None, ""
        if subject in ("register", "backup", "language"):
            self.remind()


def is_due(register: Register, last: LastBackup | None, opened_at: datetime, now: datetime) -> bool:
    """Whether something was saved that no backup holds, and long enough ago that one is made by itself."""
    hours = register.office.backup_hours
    if not hours or not register.backups.is_behind(last):
        return False
    if last is not None and now - last.made_at >= AT_ONCE:
        return True
    since = opened_at if last is None else max(opened_at, last.made_at)
    return now - since >= timedelta(hours=hours)


def _is_kept(register: Register | None) -> bool:
    """Whether a register is worth a backup: invented people are not, and who may only read saves nothing."""
    return register is not None and not register.is_sample and not register.is_read_only
