"""The window: seven places, one page in front, and the state of the register at the bottom.

What is not needed to paint it is imported afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from models.language import translate as _
from ui import hooks
from ui.look import icons
from ui.look.spacing import LARGE, PAGE
from ui.places import PAGES, Place
from ui.rail import Rail
from ui.session import Session
from ui.status import StatusBar

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QPushButton

    from ui.bars import Bars
    from ui.exchange.automatic import AutomaticBackups
    from ui.exchange.trail_watch import TrailWatch
    from ui.finder import Finder
    from ui.guard import Guard
    from ui.help import HelpWindow
    from ui.page import Page
    from ui.page_frame import PageFrame
    from ui.taking_back import TakingBack

OFFER_BACKUP = "ui.exchange.closing:offer_backup"
"""``offer_backup(window, session) -> bool``: asked when the window closes; False keeps it open."""
_ALWAYS = "always"
"""Property of an action that works while the window is shut; see `Guard.allow`."""
LOW = 440
"""Below this height the rail is flatter."""


class MainWindow(QMainWindow):
    """Made before the register is open; a page is imported and made when its place is first visited."""

    first_painted = Signal()
    """The person sees the window: the moment to open the register."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.place = _place_of(session.preferences.last_place)
        self._pages: dict[Place, Page] = {}
        self._frames: dict[Place, PageFrame] = {}
        self._target: object = None
        self._was_painted = False
        self._instead: QWidget | None = None
        self._finder: Finder | None = None
        self._help: HelpWindow | None = None
        self._guard: Guard | None = None
        self._taking_back: TakingBack | None = None
        self._trail_watch: TrailWatch | None = None
        self._backups: AutomaticBackups | None = None
        self._bars: Bars | None = None
        self._alarm = ""
        self.setObjectName("window")
        self.setMinimumSize(QSize(480, 320))
        self._build()
        self._take_geometry()
        session.changed.connect(self._follow)
        session.place_wanted.connect(self.go_to)

    # What others use

    @property
    def page(self) -> Page | None:
        """The page in front, None while no register is open."""
        return self._pages.get(self.place)

    def go_to(self, place: str, target: object = None) -> bool:
        """Brings a place to the front and shows it `target`; False when the present page does not let go."""
        if self.is_shut:
            return False
        wanted = Place(place)
        now = self.page
        if wanted is not self.place and now is not None and now.isVisible() and not now.leaving():
            self._rail.show_place(self.place)
            return False
        self.place = wanted
        self._remember_place()
        self._rail.show_place(wanted)
        self._target = target
        if self.session.register is not None:
            self._show_page()
        return True

    @property
    def is_shut(self) -> bool:
        """Whether a password is asked for before anything of the register may be seen."""
        return self._guard is not None and self._guard.is_shut

    def lock(self) -> None:
        """Covers everything until a password is typed; another person may log in as well (Ctrl+Shift+L)."""
        if self._guard is not None:
            self._guard.lock()

    def log_out(self) -> None:
        """The next one is asked for a name; what is half typed is kept as a draft of who leaves."""
        if self._guard is not None:
            self._guard.log_out()

    def change_password(self) -> None:
        """Everybody's own."""
        from ui.offices.password_dialog import change_own_password

        change_own_password(self, self.session)

    def show_waiting(self) -> None:
        """While the register is being opened."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        words = QLabel(_("Opening the register …"))
        words.setProperty("role", "muted")
        column.addWidget(words)
        column.addStretch()
        self._show_instead(inside)

    def show_view(self, view: QWidget) -> None:
        """Shows a view in the middle while no register is open, for instance one that asks for the passphrase."""
        self._show_instead(view)

    def show_trouble(self, sentence: str, *ways_out: QPushButton) -> None:
        """Says in the middle of the window why no register is open, with buttons that lead on."""
        from ui.fields.messages import MessageBar

        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        column.setSpacing(LARGE)
        bar = MessageBar()
        bar.say(sentence, "error")
        row = QHBoxLayout()
        for way_out in ways_out:
            row.addWidget(way_out)
        row.addStretch()
        column.addWidget(bar)
        column.addLayout(row)
        column.addStretch()
        self._show_instead(inside)
        if ways_out:
            ways_out[0].setFocus()

    def show_reminder(self, words: str, act: str, run: Callable[[], None]) -> None:
        """Says something above every page with a button that ends it; no words take it away."""
        if words or self._bars is not None:
            self._all_bars().show_reminder(words, act, run, is_shut=self.is_shut)

    def show_alarm(self, words: str) -> None:
        """Says something above every page until the person puts it away; no words take it away."""
        self._alarm = words
        if words or self._bars is not None:
            self._all_bars().show_alarm(words, lambda: self.show_alarm(""))

    def open_finder(self) -> None:
        """Ctrl+K."""
        from ui.finder import Finder

        if self._finder is None:
            self._finder = Finder(self.session, self._all_actions, self._stack)
        self._finder.open()

    def open_help(self) -> None:
        """F1: the page of the place, at what has the focus."""
        if self.is_shut:
            self._help_window().open("settings", "log-in")
            return
        page = self.page
        topic = str(getattr(self._instead, "help_topic", ""))
        if self.session.register is None and topic:
            self._help_window().open("settings", topic)
            return
        name = page.help_page if page is not None and page.help_page else str(self.place)
        self._help_window().open(name, page.help_topic() if page is not None else "")

    def open_keys(self) -> None:
        """Ctrl+/: every key that works just now."""
        self._help_window().open_keys(self._all_actions())

    # What Qt calls

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._after_first_paint)

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.lie_down(self.height() < LOW)

    def closeEvent(self, event: QtGui.QCloseEvent) -> None:
        for page in self._pages.values():
            if not page.closing() and not (self._guard is not None and self._guard.may_be_lost()):
                event.ignore()
                return
        offer = hooks.find(OFFER_BACKUP)
        if self.session.register is not None and offer is not None and not offer(self, self.session):
            event.ignore()
            return
        self.session.preferences.geometry = self.saveGeometry()
        if self._trail_watch is not None:
            self._trail_watch.remember()
            self._trail_watch.stop()
        if self._backups is not None:
            self._backups.stop()
        if self._guard is not None:
            self._guard.stop()
        self.session.close()
        super().closeEvent(event)

    # Building

    def _build(self) -> None:
        self._rail = Rail()
        self._rail.chosen.connect(self.go_to)
        self._rail.show_place(self.place)
        self._bars = None
        self._stack = QStackedWidget()
        right = self._right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        self.setCentralWidget(inside)
        bar = StatusBar(self.session)
        bar.person_clicked.connect(self._show_person_menu)
        self.setStatusBar(bar)
        self.setWindowTitle(_("Cakupan"))
        self.show_waiting()

    def _after_first_paint(self) -> None:
        self.first_painted.emit()
        self._make_actions()

    def _make_actions(self) -> None:
        for action in self.actions():
            self.removeAction(action)
            action.deleteLater()
        for place in Place:
            self._action(_(place.label).replace("&", "&&"), partial(self.go_to, place), place.key, icon=place.icon)
        self._action(_("Find"), self.open_finder, "Ctrl+K", icon="search")
        self._action(_("Help for this page"), self.open_help, "F1", icon="help").setProperty(_ALWAYS, True)
        self._action(_("List of keys"), self.open_keys, "Ctrl+/", icon="list")
        self._action(_("Larger text"), lambda: self.session.step_point_size(1), "Ctrl++", "Ctrl+=", icon="add")
        self._action(_("Smaller text"), lambda: self.session.step_point_size(-1), "Ctrl+-", icon="search")
        self._action(_("Usual text size"), lambda: self.session.step_point_size(0), "Ctrl+0", icon="undo")
        self._action(
            _("Take back my last save"), lambda: self._take_back("undo"), "Ctrl+Alt+Z", "Ctrl+Z", icon="undo"
        )
        self._action(_("Make it again"), lambda: self._take_back("redo"), "Ctrl+Alt+Y", "Ctrl+Y", icon="restore")
        pairs = _("Doubtful pairs: who stands in the register twice")
        self._action(pairs, self.open_pairs, icon="workers")
        self._of_person = [
            self._action(_("Lock, or change the user"), self.lock, "Ctrl+Shift+L", icon="lock"),
            self._action(_("Change my password …"), self.change_password, icon="edit"),
            self._action(_("Log out"), self.log_out, icon="user"),
        ]
        self._action(_("Quit"), self.close, "Ctrl+Q", icon="close").setProperty(_ALWAYS, True)
        if self._guard is not None:
            self._guard.allow(self.actions())

    def _action(self, text: str, run: Callable[[], object], *keys: str, icon: str = "") -> QtGui.QAction:
        action = QtGui.QAction(text, self)
        action.setShortcuts([QtGui.QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: run())
        if icon:
            icons.put(action, icon)
        self.addAction(action)
        return action

    def open_pairs(self) -> None:
        """Who may stand in the register twice, on the workers page."""
        from ui.people.pairs.wanted import PairsWanted

        self.session.go_to(Place.WORKERS, PairsWanted())

    def _take_back(self, way: str) -> None:
        from ui.taking_back import TakingBack

        if self._taking_back is None:
            self._taking_back = TakingBack(self.session)
        self._taking_back.undo() if way == "undo" else self._taking_back.redo()

    def _take_geometry(self) -> None:
        geometry = self.session.preferences.geometry
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            screen = QtGui.QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1366, screen.width()), min(740, screen.height()))

    # Details

    def _show_page(self) -> None:
        """The page of the place; where the file does not answer, the sentence and a way to try again."""
        from models.problems import StorageFailure

        if self._guard is None and not self._make_guard():
            return
        try:
            self._read_page()
        except StorageFailure as failure:
            if self.place in self._pages:
                self.session.message(failure.text)
                return
            from ui.page import button

            self.show_trouble(failure.text, button(_("Try again"), self._show_page, icon="restore", primary=True))

    def _read_page(self) -> None:
        from ui.page_frame import PageFrame

        page = self._pages.get(self.place)
        if page is None:
            page = self._pages[self.place] = self._make_page(self.place)
            self._frames[self.place] = PageFrame(page)
            self._stack.addWidget(self._frames[self.place])
        self._stack.setCurrentWidget(self._frames[self.place])
        page.shown()
        if self._target is not None:
            target, self._target = self._target, None
            page.show_target(target)

    def _make_page(self, place: Place) -> Page:
        from ui.page import EmptyPage

        kind: type[Page] | None = hooks.find(PAGES[place])
        return EmptyPage(self.session, place.label) if kind is None else kind(self.session)

    def _show_instead(self, widget: QWidget) -> None:
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)
        if self._instead is not None:
            self._stack.removeWidget(self._instead)
            self._instead.deleteLater()
        self._instead = widget

    def _follow(self, subject: str) -> None:
        if subject == "language":
            self._drop_pages()
            if self._guard is not None:
                self._guard.stop()
                self._guard.deleteLater()
                self._guard = None
            self._build()
            self._make_actions()
        if subject in ("language", "register"):
            self._name_window()
            if subject == "register":
                self._watch_trail()
                self._watch_backups()
                self._drop_pages()
                if self._guard is not None and not self._guard.begin():
                    return
            if self.session.register is not None:
                self._show_page()
        if subject == "look" and self._bars is not None:
            self._bars.dress()

    # Locked and logged out

    def _make_guard(self) -> bool:
        """Whether somebody may come in at once."""
        from ui.guard import Guard

        guard = self._guard = Guard(
            self, self.session, self._stack, (self._rail, self.statusBar()), self._pages.values
        )
        guard.came_in.connect(self._come_in)
        guard.shut.connect(self._be_shut)
        guard.left.connect(self._drop_pages)
        return guard.begin()

    def _come_in(self, is_same: bool) -> None:
        """The same person goes on where she was; anybody else begins where she was the last time."""
        self._name_window()
        if self._bars is not None:
            self._bars.shut(False)
        if is_same or self._guard is None:
            return
        self._drop_pages()
        self.place = self._guard.place(Place)
        self._rail.show_place(self.place)
        self._show_page()

    @property
    def _asks_password(self) -> bool:
        return self._guard is not None and self._guard.door.asks_password

    def _be_shut(self) -> None:
        self._name_window()
        if self._bars is not None:
            self._bars.shut(True)
        if self._finder is not None:
            self._finder.close_up()

    def _show_person_menu(self, at: QPoint) -> None:
        if self._guard is not None:
            self._guard.show_menu(self._of_person, at)

    def _remember_place(self) -> None:
        self.session.preferences.last_place = str(self.place)
        person = self.session.person
        if person is not None and person.id is not None:
            self.session.preferences.keep_place_of(person.name, str(self.place))

    def _drop_pages(self) -> None:
        for frame in self._frames.values():
            self._stack.removeWidget(frame)
            frame.deleteLater()
        self._pages.clear()
        self._frames.clear()
        for extra in (self._finder, self._help):
            if extra is not None:
                extra.deleteLater()
        self._finder = self._help = None

    def _name_window(self) -> None:
        register = self.session.register
        parts = [_("Cakupan")]
        if register is not None:
            marks = [(register.is_sample, _("SAMPLE")), (self._asks_password, _("Locked"))]
            parts = [register.path.name, *(word for is_so, word in marks if is_so), *parts]
        self.setWindowTitle(" · ".join(parts))
        warning = ""
        if register is not None and register.is_read_only:
            warning = _("This register is open for reading only. Nothing can be saved in it.")
        elif register is not None and register.is_sample:
            warning = _("SAMPLE: these people do not exist. Use another file for real work.")
        if warning or self._bars is not None:
            self._all_bars().show_banner(warning)
        self.show_alarm(self._alarm)

    def _watch_trail(self) -> None:
        """From the first register on; the file of each further one is looked at as it opens."""
        if self._trail_watch is None and self.session.register is not None:
            from ui.exchange.trail_watch import TrailWatch

            self._trail_watch = TrailWatch(self.session, self.show_alarm, self)

    def _watch_backups(self) -> None:
        """From the first register on."""
        if self._backups is None and self.session.register is not None:
            from ui.exchange.automatic import AutomaticBackups

            self._backups = AutomaticBackups(self.session, self.show_reminder, self)

    def _all_bars(self) -> Bars:
        from ui.bars import Bars

        if self._bars is None:
            self._bars = Bars(self._right)
        return self._bars

    def _all_actions(self) -> list[QtGui.QAction]:
        return [*(self.page.actions() if self.page is not None else []), *self.actions()]

    def _help_window(self) -> HelpWindow:
        from ui.help import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self)
        return self._help


def _place_of(text: str) -> Place:
    return Place(text) if text in list(Place) else Place.ENTRY
