"""The help pages, kept with the program and read without a network, and the list of all keys."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from models import language
from models.language import N_
from models.language import translate as _
from ui.fields.letters import without_letter
from ui.look.spacing import LARGE, MEDIUM
from ui.look.style import FONT_FAMILY, current, set_role
from ui.page import button

FOLDER = Path(__file__).parent.parent / "resources" / "help"
KEYS = (
    ("Enter", N_("Next field; it never saves")),
    ("Shift+Enter, Shift+Tab", N_("Previous field")),
    ("Alt", N_("with the underlined letter: to that field")),
    ("Down, F4", N_("List of choices")),
    ("Ctrl+L", N_("Pin the field: its text stays for the next record")),
    ("F8", N_("Next problem")),
    ("Esc", N_("Close a list or a window")),
)
"""Keys that belong to no action."""


class HelpWindow(QWidget):
    """A window beside the main one; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Help"))
        self.resize(720, 560)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help"))
        self.text.setOpenExternalLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(LARGE)
        hint = QLabel(_("Esc closes this window."))
        set_role(hint, "muted")
        row = QHBoxLayout()
        row.addWidget(button(_("Contents"), lambda: self.open("index"), icon="list"))
        row.addWidget(button(_("Back"), self.text.backward, icon="back"))
        row.addStretch()
        row.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, MEDIUM)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)

    def open(self, page: str, topic: str = "") -> None:
        """Shows a page of resources/help in the language in use, at a topic of it; the contents if unknown."""
        file = FOLDER / language.in_use() / f"{page}.html"
        if not file.exists():
            file = FOLDER / language.in_use() / "index.html"
        self._dress()
        url = QUrl.fromLocalFile(str(file))
        if topic:
            url.setFragment(topic)
        self.text.setSource(url)
        self._come_up()

    def open_keys(self, actions: Iterable[QAction]) -> None:
        """Shows every key that works just now."""
        rows = [(", ".join(k.toString() for k in a.shortcuts()), without_letter(a.text())) for a in actions]
        rows = [row for row in rows if row[0] and row[1]] + [(keys, _(meaning)) for keys, meaning in KEYS]
        cells = "".join(f"<tr><td><b>{escape(keys)}</b></td><td>{escape(text)}</td></tr>" for keys, text in rows)
        self._dress()
        self.text.setHtml(f"<h1>{escape(_('Keys'))}</h1><table cellpadding='3' cellspacing='0'>{cells}</table>")
        self._come_up()

    def _dress(self) -> None:
        colours = current()
        self.text.document().setDefaultStyleSheet(
            f"h1, h2 {{ color: {colours.accent}; }} a {{ color: {colours.link}; }} td {{ padding-right: 16px; }}"
            f"code {{ color: {colours.text}; background: {colours.surface_alternate}; font-weight: 600;"
            f" font-family: '{FONT_FAMILY}'; }}"
        )

    def _come_up(self) -> None:
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()
        self.text.setFocus()
