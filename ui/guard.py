"""Keeps the window shut while nobody is logged in or it is locked, and opens it again for the right person."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from models.language import translate as _
from ui.cover import Cover
from ui.offices.door import Door, first_place
from ui.offices.first_user_view import FirstUserView
from ui.offices.log_in_view import LogInView
from ui.page import Page
from ui.page_frame import PageFrame
from ui.places import Place
from ui.session import Session

ALWAYS = "always"
"""Property of an action that works while the window is shut."""


class Guard(QObject):
    """One for each window, from its first register on."""

    came_in = Signal(bool)
    """Somebody may go on. True: who was there before, and everything stands as it was."""
    shut = Signal()
    """Nothing of the register may be seen any more."""
    left = Signal()
    """Who was here goes, and takes the pages with her."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        stack: QStackedWidget,
        beside: Iterable[QWidget],
        pages: Callable[[], Iterable[Page]],
    ) -> None:
        """`stack` is the middle of the window, `beside` what is hidden with it, `pages` those that are made."""
        super().__init__(window)
        self._window, self._session, self._pages = window, session, pages
        self._cover = Cover(stack, beside)
        self._may_lose = False
        self.door = Door(session, self)
        self.door.shut.connect(self._shut)
        self.door.opened.connect(self._open)

    @property
    def is_shut(self) -> bool:
        return self.door.is_shut

    def begin(self) -> bool:
        """After another register was opened: whether somebody may use it at once."""
        if not self.door.begin():
            return False
        self._uncover(as_it_was=False)
        return True

    def lock(self) -> None:
        """Covers everything until a password is typed; another person may log in as well."""
        self._may_lose = False
        self.door.lock()

    def log_out(self) -> None:
        """The next one is asked for a name; nothing happens where a page does not let go."""
        person = self._session.person
        if person is None or self.is_shut:
            return
        if not person.has_password:
            self.door.lock()  # says why not
        elif all(page.closing() for page in self._pages()):
            self.left.emit()
            self.door.log_out()

    def may_be_lost(self) -> bool:
        """Whether the window may close though a page holds something unsaved: while it is locked nobody can finish it,
        so closing once more gives it up."""
        if not self.door.is_locked:
            return False
        may_lose, self._may_lose = self._may_lose, True
        if not may_lose:
            self.door.say(_("Something behind the lock is not finished or not saved. Log in to finish it, or close "
                            "once more if it may be lost."))  # fmt: skip
        return may_lose

    def place(self, known: Iterable[Place]) -> Place:
        """Where the person who came in begins: where she was, or where her role does."""
        person = self._session.person
        assert person is not None, "somebody came in"
        text = self._session.preferences.place_of(person.name) or first_place(person.role)
        return next((place for place in known if place == text), Place.ENTRY)

    def show_menu(self, actions: list[QAction], at: QPoint) -> None:
        """What the person can do for herself, at a point of the screen."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addActions(actions)
        menu.popup(at)

    def allow(self, actions: Iterable[QAction]) -> None:
        """While a password is asked for, only quitting and help work."""
        for action in actions:
            action.setEnabled(not self.is_shut or bool(action.property(ALWAYS)))

    def stop(self) -> None:
        """The program ends, or the window is made anew in another language."""
        self.door.stop()

    # Details

    def _shut(self, view: LogInView | FirstUserView) -> None:
        for page in self._pages():
            page.keep()
        self._session.tell("locked")
        self.shut.emit()
        self._window.statusBar().clearMessage()
        self._cover.put_on(PageFrame(view), over_all=self.door.is_locked)
        self.allow(self._window.actions())
        view.begin()

    def _open(self, is_same: bool) -> None:
        self._uncover(as_it_was=is_same)
        self.came_in.emit(is_same)

    def _uncover(self, *, as_it_was: bool) -> None:
        self._cover.take_off(as_it_was=as_it_was)
        self.allow(self._window.actions())
