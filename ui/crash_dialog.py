"""What the person sees when the program itself is wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6 import QtCore
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QMessageBox, QPlainTextEdit, QVBoxLayout

from models.language import translate as _
from ui.look.spacing import LARGE
from ui.page import button, heading


def show_crash(text: str, log: Path) -> None:
    """Shows the report and lets it be copied; the program goes on. One such window at a time."""
    app = QApplication.instance()
    if not isinstance(app, QApplication) or any(isinstance(w, CrashDialog) for w in app.topLevelWidgets()):
        return
    CrashDialog(text, log).exec()


def show_failure(sentence: str) -> None:
    """Says what the file or the disk refused where no page was ready to say it; what is typed stays."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Cakupan", sentence, parent=QApplication.activeWindow())
    box.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    box.exec()


class CrashDialog(QDialog):
    """Says what to do now; holds no personal data."""

    def __init__(self, text: str, log: Path) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("The program made a mistake"))
        self.resize(640, 420)
        words = QLabel(
            _(
                "What was saved is safe. Close the program and open it again; what was being typed is offered again. "
                "If it happens again, send the text below to who looks after the program. "
                "It holds no personal data."
            )
        )
        words.setWordWrap(True)
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report"))
        where = heading(_("Also kept in {file}").format(file=log), "muted")
        where.setWordWrap(True)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(button(_("Copy the text"), self._copy, icon="copy"))
        row.addWidget(button(_("Go on"), self.accept, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(heading(_("The program made a mistake")))
        column.addWidget(words)
        column.addWidget(self.report, 1)
        column.addWidget(where)
        column.addLayout(row)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
