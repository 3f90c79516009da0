"""Looks after the audit trail while the window is open: on opening, against what this computer last saw; once a week,
the whole file in the background."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from models.language import translate as _
from models.language import translate_count
from models.problems import Rejected, StorageFailure
from models.storage.anchors import Anchor, Misfit, anchor_of
from models.values.formats import date_long, number
from ui.background import Background, Job
from ui.offices.idle import IdleClock
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register
    from models.storage.check import CheckReport

LOOK = 60_000
"""Milliseconds after which the end of the trail is noted again, and whether a check is due is looked at."""
QUIET = 1
"""Minutes without a key or the mouse before a check begins: copying a very long file holds a save up for a moment."""
AGAIN = timedelta(hours=1)
"""After a check that could not be made."""
EACH = timedelta(days=7)
_PASSING = frozenset({"disk_full", "locked", "check_stopped", "cannot_open", "read_only"})
"""Failures after which the check is simply tried again later."""
_ROOM = 500_000_000
"""Bytes that stay free beside the copy that is checked."""


class TrailWatch(QObject):
    """Says what it finds once, and nothing when all is well."""

    def __init__(self, session: Session, say: Callable[[str], None], parent: QObject) -> None:
        """`say` is called with a sentence that has to be seen; an empty one says that nothing is to be said."""
        super().__init__(parent)
        self._session, self._say = session, say
        self.background = Background(self)
        """Its own thread: a check must keep nobody from searching."""
        self._job: Job | None = None
        self._not_before = datetime.min
        session.changed.connect(self._follow)
        self._quiet = IdleClock(session.clock, self)
        self._quiet.ran_out.connect(self.check_if_due)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.remember)
        self._looking.timeout.connect(self._wait_for_quiet)
        self._looking.start(LOOK)
        self.look()

    def look(self) -> None:
        """Compares the register that was just opened with what this computer remembers of it."""
        self.stop()
        register = self._session.register
        if register is None:
            return
        found = [words for words in (self._other_trail(register), self._clock(register)) if words]
        self._say("\n".join(found))
        self.remember()

    def remember(self) -> None:
        """Notes the end of the trail as it is now."""
        register = self._session.register
        if register is None:
            return
        with suppress(StorageFailure):  # the disk does not answer just now
            seen = f"{register.audit.head().code} {register.now().isoformat(timespec='seconds')}"
            self._session.preferences.keep(_key(register.path), seen)

    def check_if_due(self) -> None:
        """Begins the weekly check where it is due and nothing is against it."""
        register = self._session.register
        if register is None or not self._may_check():
            return
        if not _has_room(register.path):
            self._end()
            return
        from ui.exchange.findings import check_open

        work = partial(check_open, register.path, register.key, self._session.backup_folder())
        self._job = self.background.run(
            self,
            work,
            done=partial(self._checked, register),
            failed=self._gave_up,
            progress=lambda _stage, _of: None,
            cancelled=self._end,
        )

    def stop(self) -> None:
        """Ends a check that is running; the next opening begins it again."""
        self._quiet.stop()
        self._job = None
        self.background.stop()

    # Details

    def _other_trail(self, register: Register) -> str:
        code, _blank, moment = self._session.preferences.text(_key(register.path)).partition(" ")
        try:
            known = anchor_of(code)
            seen_at = datetime.fromisoformat(moment)
        except (Rejected, ValueError):  # never opened here, or the note was spoilt
            return ""
        misfits = register.audit.misfits([Anchor(known.entries, known.hash, made_at=seen_at)])
        return _words(misfits[0], seen_at) if misfits else ""

    def _clock(self, register: Register) -> str:
        last, now = register.audit.last_at(), register.now()
        if last is None or last <= now:
            return ""
        sentence = _(
            "The clock of this computer says {now}, but the last entry of the register is of {last}. Set date and time "
            "right before you go on: dates of letters and enrolments depend on them."
        )
        return sentence.format(now=_moment(now), last=_moment(last))

    def _may_check(self) -> bool:
        register = self._session.register
        if self._job is not None or register is None or register.is_read_only or register.person is None:
            return False
        return self._session.now() >= self._not_before and is_due(register)

    def _wait_for_quiet(self) -> None:
        if not self._quiet.is_running and self._may_check():
            self._quiet.start(QUIET)

    def _checked(self, register: Register, report: CheckReport) -> None:
        self._job = None
        if self._session.register is not register:
            return
        try:
            register.audit.note_check(len(report.findings))
        except StorageFailure as failure:
            self._session.message(failure.text)
        if report.findings:
            self._say(found_words(register, report))

    def _gave_up(self, failure: StorageFailure | Rejected) -> None:
        """A file that cannot be read is news; that there was no room for a copy, or the disk was busy, is not."""
        self._end()
        if getattr(failure, "code", "") not in _PASSING:
            self._say(failure.text)

    def _end(self) -> None:
        self._job = None
        self._not_before = self._session.now() + AGAIN

    def _follow(self, subject: str) -> None:
        if subject == "register":
            self.look()
        elif subject in ("workers", "coverage", "settings"):
            self.remember()


def is_due(register: Register) -> bool:
    """Whether the last check of the whole file, or the first entry where there was none, is a week old."""
    last = register.audit.last_check() or register.audit.first_at()
    return last is not None and abs(register.now() - last) >= EACH


def found_words(register: Register, report: CheckReport) -> str:
    """How much a check found, and the first of it."""
    from ui.exchange.findings import finding_words

    count = len(report.findings)
    sentence = translate_count(
        "The check of the whole file found {count} thing that is not as it should be. The place Data tells all of it "
        "(Check the file). First: {first}",
        "The check of the whole file found {count} things that are not as they should be. The place Data tells all "
        "of it (Check the file). First: {first}",
        count,
    )
    return sentence.format(count=number(count), first=finding_words(register, report.findings[0]))


def _words(misfit: Misfit, seen_at: datetime) -> str:
    if misfit.how == "cut":
        sentence = _(
            "This is an older copy of the register: on {moment} this computer saw {known} audit entries in it, now it "
            "holds {held}. Somebody put another file in its place, or the end of the trail was cut off. Ask who it "
            "was, and compare with the newest backup before you go on."
        )
    else:
        sentence = _(
            "This register is another one than this computer saw on {moment}: audit entry {known} differs. Somebody "
            "put another file in its place, or the trail was written anew. Ask who it was, and compare with the newest "
            "backup before you go on."
        )
    known, held = number(misfit.anchor.entries), number(misfit.head.entries)
    return sentence.format(moment=_moment(seen_at), known=known, held=held)


def _moment(moment: datetime) -> str:
    return f"{date_long(moment.date())} {moment:%H.%M}"


def _has_room(file: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(file.parent).free > file.stat().st_size + _ROOM
    return False


def _key(path: Path) -> str:
    """One key for each file, without characters that an ini file minds."""
    return "seen/" + os.fsencode(path.resolve()).hex()
