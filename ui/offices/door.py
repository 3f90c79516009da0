"""Who may come in: logging in, locking after idle minutes, and going on where the same person was."""

from __future__ import annotations

import platform
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from models.language import translate as _
from models.offices.office import OfficeSettings
from models.offices.users import NewUser, Role, User
from models.problems import Rejected, StorageFailure
from models.register import Register
from ui.background import Background
from ui.computer_user import computer_user
from ui.offices.first_user_view import FirstUserView
from ui.offices.idle import IdleClock
from ui.offices.log_in_view import LogInView
from ui.page import button
from ui.session import Session

LAST_NAME = "people/last_name"
"""Under this key the preferences keep who logged in last on this computer."""


class Door(QObject):
    """Shut while nobody is logged in, and while it is locked behind somebody; what the window shows follows it."""

    shut = Signal(object)
    """Nothing may be seen but this view."""
    opened = Signal(bool)
    """Somebody may go on. True: it is who was there before, so everything stands as it was."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.view: LogInView | FirstUserView | None = None
        """What is asked just now; None while the door is open."""
        self.is_locked = False
        self._checking = Background(self)
        """Its own, for a password must not wait behind a long paper."""
        self.idle = IdleClock(session.now, self)
        self.idle.ran_out.connect(self.lock)
        session.changed.connect(self._follow)

    @property
    def is_shut(self) -> bool:
        return self.view is not None

    @property
    def asks_password(self) -> bool:
        """Whether a name and a password open it."""
        return isinstance(self.view, LogInView)

    @property
    def is_checking(self) -> bool:
        """Whether a password is being compared."""
        return self._checking.is_busy

    def begin(self) -> bool:
        """After another register was opened: whether somebody may use it at once; otherwise asks who is there."""
        self._forget()
        register = self._session.register
        if register is None:
            return True
        if register.users.must_log_in:
            self._ask(_("Log in"), self._session.preferences.text(LAST_NAME))
        elif self._session.asks_for_administrator and may_have_administrator(register):
            self.view = FirstUserView(computer_user(), self._other_file())
            self.view.given.connect(self._add_first)
            self.shut.emit(self.view)
        else:
            self._count()
        return not self.is_shut

    def lock(self) -> bool:
        """Covers everything until a password is typed; False where there is no password to ask for."""
        person = self._session.person
        if self.is_shut or person is None:
            return self.is_shut
        if not person.has_password:
            self._session.message(
                _("The register opens without a password, so it cannot be locked. Settings, Users gives one.")
            )
            return False
        self.idle.stop()
        self.is_locked = True
        sentence = _(
            "{name} is working here. What was being typed is kept and comes back with the password of {name}."
        )
        self._ask(_("Locked"), person.name, sentence.format(name=person.shown_name))
        return True

    def log_out(self) -> None:
        """Nobody works with the register any more; the next one is asked for a name."""
        register = self._session.opened_register
        register.users.log_out()
        self._session.tell("person")
        self.begin()

    def say(self, sentence: str) -> None:
        """On the view that asks, for instance why the window does not close."""
        if isinstance(self.view, LogInView):
            self.view.say(sentence)

    def stop(self) -> None:
        """The program ends."""
        self.idle.stop()
        self._checking.stop()

    # Details

    def _ask(self, title: str, name: str, sentence: str = "") -> None:
        users, trouble = self._users()
        name = name if any(user.name == name for user in users) else ""
        ways_out = () if self.is_locked else (self._other_file(),)
        view = LogInView(users, name, *ways_out, title=title, sentence=sentence)
        view.wanted.connect(self._check)
        self.view = view
        self.shut.emit(view)
        if trouble:
            view.say(trouble, "error")

    def _users(self) -> tuple[tuple[User, ...], str]:
        """Who may log in, and why that cannot be read: a lock must fall all the same."""
        try:
            return self._session.opened_register.users.all(), ""
        except StorageFailure as failure:
            person = self._session.person
            return (() if person is None else (person,)), failure.text

    def _other_file(self) -> QPushButton:
        """Not behind a lock: somebody's half-typed text would go."""
        return button(_("Choose another file …"), self._session.other_file_wanted.emit, icon="open")

    def _check(self, name: str, password: str) -> None:
        register = self._session.opened_register
        self._checking.run(
            self,
            partial(_checked, register, name, password),
            done=partial(self._let_in, register),
            failed=self._refuse,
        )

    def _let_in(self, register: Register, user: User) -> None:
        if register is not self._session.register or not isinstance(self.view, LogInView):
            return  # meanwhile another register was opened
        before = self._session.person
        is_same = self.is_locked and before is not None and before.id == user.id
        self.view.let_go()
        self._forget()
        register.users.let_in(user)
        self._session.preferences.keep(LAST_NAME, user.name)
        self._count()
        if not is_same:
            self._session.tell("person")
        self.opened.emit(is_same)

    def _refuse(self, trouble: Rejected | StorageFailure) -> None:
        if self.view is not None:
            self.view.refuse(trouble)

    def _add_first(self, new: NewUser) -> None:
        try:
            self._session.opened_register.users.add(new.user, new.password)
        except (Rejected, StorageFailure) as trouble:
            self._refuse(trouble)
            return
        self._forget()
        self._count()
        self._session.tell("person")
        self.opened.emit(False)

    def _forget(self) -> None:
        self.view, self.is_locked = None, False
        self.idle.stop()

    def _count(self) -> None:
        """Counts idle minutes where a password can be asked for."""
        person, register = self._session.person, self._session.register
        if register is not None and person is not None and person.has_password and not self.is_shut:
            self.idle.start(_minutes(register))
        else:
            self.idle.stop()

    def _follow(self, subject: str) -> None:
        """Other minutes were set, or a password was given or taken away."""
        if subject in ("settings", "person"):
            self._count()


def _minutes(register: Register) -> int:
    """As the office set them; the usual ones where the file does not answer."""
    try:
        return register.office.lock_minutes
    except StorageFailure:
        return OfficeSettings().lock_minutes


def first_place(role: Role) -> str:
    """Word of the place where somebody with this role begins."""
    return {Role.SUPERVISOR: "coverage", Role.VERIFIER: "workers"}.get(role, "entry")


def may_have_administrator(register: Register) -> bool:
    """Whether a register knows nobody and can learn of somebody; a sample stays open to all."""
    try:
        return not register.is_read_only and not register.is_sample and register.users.is_empty
    except StorageFailure:
        return False  # the page says so, and the next start asks


def _checked(register: Register, name: str, password: str) -> User:
    """In another thread, on a connection of its own."""
    with register.twin() as twin:
        return twin.users.check(name, password, platform.node())
