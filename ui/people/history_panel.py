"""What happened to a worker, to be read: newest first, each field with its old and its new value."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from models.language import translate as _
from ui.look.style import current
from ui.people.history_words import HistoryEntry


class HistoryPanel(QTextBrowser):
    """A text, so that a screen reader reads it, the keys scroll it and anything in it can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()
        self.holds_protected = False
        """Whether what is copied from here identifies a person."""
        self.setAccessibleName(_("History"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)

    def show_history(self, entries: Sequence[HistoryEntry]) -> None:
        """Shows it from the newest change on."""
        self._entries = tuple(entries)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_entries"):
            self._write()

    def _write(self) -> None:
        if not self._entries:
            self.setHtml(f"<p>{escape(_('Nothing is known of this record but what stands in it.'))}</p>")
            return
        self.setHtml("".join(_entry(entry) for entry in self._entries))


def _entry(entry: HistoryEntry) -> str:
    muted = current().muted
    head = (
        f'<p style="margin: 8px 0 2px 0"><b>{escape(entry.what)}</b><br>'
        f'<span style="color: {muted}">{escape(_about(entry))}</span></p>'
    )
    return head + "".join(
        f'<p style="margin: 0 0 2px 12px"><span style="color: {muted}">{escape(word)}:</span> '
        f"{escape(old)} → <b>{escape(new)}</b></p>"
        for word, old, new in entry.changes
    )


def _about(entry: HistoryEntry) -> str:
    """When, who, from where, and whether it still stands."""
    parts = [f"{entry.at:%d/%m/%Y %H:%M}", entry.who or entry.user]
    if entry.origin:
        parts.append(entry.origin)
    if entry.is_taken_back:
        parts.append(_("taken back"))
    return " · ".join(parts)
