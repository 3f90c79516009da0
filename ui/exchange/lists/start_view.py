"""Where a list begins: choosing a file, going on with one that was left, and what was taken in before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.exchange.importing import ListImport
from models.language import translate as _
from models.values.formats import NOTHING, date_short, number
from ui.exchange.lists.words import import_words
from ui.fields.letters import assign_letters
from ui.look.spacing import LARGE, MEDIUM
from ui.page import button, heading
from ui.session import Session
from ui.table import Column, FigureTable, Row


class StartView(QWidget):
    """One button, and the register of imports below it."""

    open_wanted = Signal()
    file_dropped = Signal(str)
    draft_wanted = Signal()
    """The list that was left half mended."""
    draft_unwanted = Signal()
    take_back_wanted = Signal(object)
    """The `ListImport` on which the person is."""

    def __init__(self, session: Session, taken: str = "", parent: QWidget | None = None) -> None:
        """`taken` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self._session = session
        self._imports: dict[int, ListImport] = {}
        self.setAcceptDrops(True)
        self._build(taken)

    @property
    def chosen(self) -> ListImport | None:
        """The import on whose row the person is."""
        row = self.table.current
        return None if row is None or not isinstance(row.key, int) else self._imports.get(row.key)

    def show_imports(self, imports: tuple[ListImport, ...]) -> None:
        """The register of imports, newest first."""
        self._imports = {one.id: one for one in imports}
        self.table.set_rows([
            Row(
                (
                    date_short(one.imported_on),
                    one.file if not one.sheet else f"{one.file} · {one.sheet}",
                    _(one.purpose.label),
                    number(one.rows),
                    import_words(one),
                    one.imported_by or NOTHING,
                    _("taken back") if one.is_undone else _("stands"),
                ),
                key=one.id,
                is_dim=one.is_undone,
            )
            for one in imports
        ])  # fmt: skip
        self.table.setVisible(bool(imports))
        self.earlier.setVisible(bool(imports))
        self.back_button.setVisible(bool(imports))
        self.nothing.setVisible(not imports)

    def show_draft(self, words: str) -> None:
        """A list that was left half mended; no words: there is none."""
        self.draft_words.setText(words)
        for widget in (self.draft_words, self.draft_button, self.forget_button):
            widget.setVisible(bool(words))

    def begin(self) -> None:
        """The focus where work begins."""
        (self.draft_button if self.draft_button.isVisible() else self.open_button).setFocus()

    # What Qt calls

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.file_dropped.emit(event.mimeData().urls()[0].toLocalFile())

    # Building

    def _build(self, taken: str) -> None:
        words = assign_letters(
            [_("Open a list … (Ctrl+O)"), _("Go on with it"), _("Forget it"), _("Take the import back …")], taken
        )
        self.open_button = button(words[0], self.open_wanted.emit, icon="import", primary=True)
        self.draft_button = button(words[1], self.draft_wanted.emit, icon="next")
        self.forget_button = button(words[2], self.draft_unwanted.emit, icon="close")
        self.back_button = button(words[3], self._take_back, icon="undo")
        about = heading(
            _(
                "An Excel, LibreOffice or CSV list of a nagari, a company, SIAK, DTSEN or P3KE, or what BPJS and "
                "Disdukcapil sent back. It is read and checked first; nothing is written before you say so."
            ),
            "muted",
        )
        about.setWordWrap(True)
        self.draft_words = heading("", "strong")
        self.draft_words.setWordWrap(True)
        self.earlier = heading(_("Lists taken in"), "section")
        self.nothing = heading(_("No list was taken in yet."), "muted")
        self.table = FigureTable(
            _("Lists taken in"),
            (
                Column(_("Day")),
                Column(_("File"), takes_room=True),
                Column(_("Taken in as")),
                Column(_("People"), is_number=True),
                Column(_("Result")),
                Column(_("By")),
                Column(_("Status")),
            ),
        )
        self.table.chosen.connect(lambda _key: self._take_back())
        first = QHBoxLayout()
        first.setSpacing(LARGE)
        first.addWidget(self.open_button)
        first.addWidget(about, 1)
        draft = QHBoxLayout()
        draft.setSpacing(MEDIUM)
        draft.addWidget(self.draft_words, 1)
        draft.addWidget(self.draft_button)
        draft.addWidget(self.forget_button)
        below = QHBoxLayout()
        below.addWidget(self.back_button)
        below.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addLayout(first)
        rows.addLayout(draft)
        rows.addWidget(self.earlier)
        rows.addWidget(self.nothing)
        rows.addWidget(self.table, 1)
        rows.addLayout(below)
        rows.addStretch()
        rows.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_draft("")
        self.show_imports(())

    def _take_back(self) -> None:
        chosen = self.chosen
        if chosen is not None and not chosen.is_undone:
            self.take_back_wanted.emit(chosen)
