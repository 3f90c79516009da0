"""What every page of the window is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6 import QtCore
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from ui.look import icons
from ui.look.spacing import LARGE, MEDIUM, PAGE
from ui.look.style import set_role
from ui.session import Session


class Page(QWidget):
    """One place of the window. Made on the first visit, with the register open; kept until the language changes."""

    title: str = N_("Page")
    """English message id; the page's name for screen readers and the palette."""
    help_page: str = ""
    """Name of its page in resources/help; empty where it is the name of the place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setAccessibleName(_(self.title))

    def shown(self) -> None:
        """It came to the front: read again what is old, put the focus where work begins."""

    def keep(self) -> None:
        """The window is being locked: writes what is half typed into its draft, and moves nothing on the screen."""

    def leaving(self) -> bool:
        """Another place is wanted. False stays here; then say why with `session.message`."""
        return True

    def closing(self) -> bool:
        """The program is to end (or the language to change). False stays."""
        return self.leaving()

    def show_target(self, target: object) -> None:
        """Another page or Ctrl+K asked for this very thing; what it may be, each page says (often a worker's id)."""

    def help_topic(self) -> str:
        """Anchor inside the help page for what has the focus, or empty."""
        return str(getattr(self.focusWidget(), "help_topic", ""))

    def add_action(
        self, text: str, run: Callable[[], object], *, keys: str | tuple[str, ...] = (), icon: str = ""
    ) -> QAction:
        """An action of this page: it works by its keys while the page is in front and is found by Ctrl+K.

        `text` is the translated word; an ampersand in it is written twice.
        """
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in ((keys,) if isinstance(keys, str) else keys) if key])
        action.setShortcutContext(QtCore.Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: run())
        if icon:
            icons.put(action, icon)
        self.addAction(action)
        return action


def heading(text: str, role: str = "title") -> QLabel:
    """A label in one of the roles title, section, strong, muted, figure."""
    label = QLabel(text)
    label.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    set_role(label, role)
    return label


class _Button(QPushButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter as well as the space bar, as people expect; Qt takes Enter in dialogs only."""
        plain = (
            event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier == QtCore.Qt.KeyboardModifier.NoModifier
        )
        if plain and event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, run: Callable[[], object], *, icon: str = "", primary: bool = False) -> QPushButton:
    """A button that Enter presses only where the focus is. An ampersand in `text` marks its Alt letter, two are one."""
    made = _Button(text)
    made.setAutoDefault(False)
    made.setDefault(False)
    made.clicked.connect(lambda: run())
    made.setAccessibleName(text.replace("&&", "\0").replace("&", "").replace("\0", "&"))
    if primary:
        made.setProperty("role", "primary")
    if icon:
        icons.put(made, icon, "accent_text" if primary else "text")
    return made


class EmptyState(QWidget):
    """One honest sentence where there is nothing to show yet, and the button that changes it."""

    def __init__(self, sentence: str, act: QPushButton | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = heading(sentence, "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, PAGE, PAGE, PAGE)
        rows.setSpacing(LARGE)
        rows.addStretch()
        rows.addWidget(self.sentence)
        if act is not None:
            rows.addWidget(act, 0, QtCore.Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()
        rows.addSpacing(MEDIUM)


class EmptyPage(Page):
    """A place that has no page of its own yet."""

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        self.title = title
        super().__init__(session, parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, PAGE)
        rows.addWidget(heading(_(title)))
        rows.addWidget(EmptyState(_("This place has no content yet. It comes with one of the next versions.")), 1)
