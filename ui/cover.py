"""What is taken out of sight while the window is locked, and comes back exactly as it was."""

from __future__ import annotations

from collections.abc import Iterable

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

_SILENT = Qt.FocusReason.ActiveWindowFocusReason
"""A field whose focus goes and comes for this reason was not left: its text and its cursor stay as they are."""
_MOST_POPUPS = 20


class Cover:
    """Lies over a window: one view in the middle, nothing beside it."""

    def __init__(self, stack: QStackedWidget, beside: Iterable[QWidget]) -> None:
        """`stack` is the middle of the window; `beside` is hidden with it."""
        self._stack, self._beside = stack, tuple(beside)
        self._view: QWidget | None = None
        self._was_in_front: QWidget | None = None
        self._had_focus: QWidget | None = None
        self._windows: list[tuple[QWidget, Qt.WindowModality]] = []

    @property
    def is_on(self) -> bool:
        return self._view is not None

    def put_on(self, view: QWidget, *, over_all: bool) -> None:
        """Only `view` is seen in the window from now on; with `over_all` the other windows are hidden too."""
        before = self._view
        if before is None:
            self._was_in_front = self._stack.currentWidget()
            self._had_focus = self._stack.window().focusWidget()
            _close_popups()
            if over_all:
                self._hide_windows()
            self._stack.setFocus(_SILENT)
        self._view = view
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        for widget in self._beside:
            widget.hide()
        if before is not None:
            self._throw_away(before)

    def take_off(self, *, as_it_was: bool) -> None:
        """The window again: `as_it_was`, with the focus where it stood, or with nothing of what was open."""
        if self._view is None:
            return
        view, self._view = self._view, None
        front, focus, windows = self._was_in_front, self._had_focus, self._windows
        self._was_in_front, self._had_focus, self._windows = None, None, []
        self._stack.setFocus(_SILENT)
        if as_it_was and front is not None and shiboken6.isValid(front):
            self._stack.setCurrentWidget(front)
        for widget in self._beside:
            widget.show()
        self._throw_away(view)
        if not as_it_was:
            for window, _modality in windows:
                if shiboken6.isValid(window):
                    window.close()
            return
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus(_SILENT)
        for window, modality in windows:
            _show_again(window, modality)

    def _hide_windows(self) -> None:
        own = self._stack.window()
        for window in QApplication.topLevelWidgets():
            if window is not own and window.isVisible():
                self._windows.append((window, window.windowModality()))
                window.hide()
        if self._windows:
            own.activateWindow()

    def _throw_away(self, view: QWidget) -> None:
        self._stack.removeWidget(view)
        view.hide()
        view.deleteLater()


def _close_popups() -> None:
    for _popup in range(_MOST_POPUPS):
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        popup.close()


def _show_again(window: QWidget, modality: Qt.WindowModality) -> None:
    """What was asked with `exec` has been given up by hiding it; everything else comes back."""
    if modality is Qt.WindowModality.ApplicationModal or not shiboken6.isValid(window):
        return
    window.setWindowModality(modality)
    window.show()
    window.activateWindow()
