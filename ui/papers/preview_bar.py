"""The row above a preview: which page, how large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from models.language import translate as _
from models.values.formats import number
from ui.look import icons
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.papers.preview import Fit, PaperView


class PreviewBar(QWidget):
    """Buttons for the mouse; the keys for the same stand in their tips."""

    def __init__(self, view: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._page, self._zoom = QLabel(), QLabel()
        self.note = QLabel()
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_role(self.note, "muted")
        self._before = self._button("back", _("Previous page"), "Page Up", lambda: view.turn_to(view.page - 1))
        self._after = self._button("next", _("Next page"), "Page Down", lambda: view.turn_to(view.page + 1))
        self._sized = [
            self._button("zoom_out", _("Smaller"), "−", lambda: view.zoom_by(-1)),
            self._button("zoom_in", _("Larger"), "+", lambda: view.zoom_by(1)),
            self._button("", _("Width"), "", lambda: view.fit_to(Fit.WIDTH)),
            self._button("", _("Whole page"), "", lambda: view.fit_to(Fit.PAGE)),
        ]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        for part in (self._before, self._page, self._after):
            row.addWidget(part)
        row.addSpacing(MEDIUM)
        row.addWidget(self._sized[0])
        row.addWidget(self._zoom)
        for part in self._sized[1:]:
            row.addWidget(part)
        row.addSpacing(MEDIUM)
        row.addWidget(self.note, 1)
        view.shown_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        view = self._view
        self._page.setText(
            _("Page {page} of {count}").format(page=number(view.page), count=number(view.page_count))
            if view.page_count
            else ""
        )
        self._zoom.setText(f"{round(view.zoom * 100)} %" if view.page_count else "")
        self._before.setEnabled(view.page > 1)
        self._after.setEnabled(view.page < view.page_count)
        for one in self._sized:
            one.setEnabled(bool(view.page_count))

    def _button(self, icon: str, name: str, key: str, run: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setAccessibleName(name)
        made.setToolTip(f"{name} ({key})" if key else name)
        made.setAutoRaise(True)
        made.clicked.connect(lambda: run())
        if icon:
            icons.put(made, icon)
        else:
            made.setText(name)
        return made
