"""The questions of a first start: a few short steps, each answered by keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.offices.first_start_dialog import FirstStart, FirstStartDialog
from ui.session import Session


def first_start(window: QWidget, session: Session, path: Path) -> FirstStart | None:
    """Asks how to begin where there is no register at `path`; None when the person gave up."""
    return _ask(FirstStartDialog(session, path, window))


def ask_settings(window: QWidget, session: Session, path: Path) -> FirstStart | None:
    """Only the questions for a new register at `path`."""
    dialog = FirstStartDialog(session, path, window)
    dialog.begin_new()
    return _ask(dialog)


def _ask(dialog: FirstStartDialog) -> FirstStart | None:
    dialog.exec()
    answer = dialog.answer
    dialog.deleteLater()
    return answer
