"""Four lines for the recovery code, each compared with its check letter when it is left."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton

from models.language import translate as _
from models.offices.recovery import LINES, grouped, plain, problem_of_line, read_recovery, split_lines
from models.values.parsed import Parsed
from ui.fields.field import Field
from ui.fields.form import FormGrid


class RecoveryLineField(Field):
    """One line as it stands on the sheet; shown in groups of four."""

    shows_good = True
    help_topic = "recovery"

    def __init__(self, name: str, label: str, number: int) -> None:
        super().__init__(name, label, required=True)
        self._number = number

    def read(self, text: str) -> Parsed[str]:
        if not text.strip():
            return None, ()
        problem = problem_of_line(text, self._number)
        return (plain(text), ()) if problem is None else (None, (problem,))

    def written(self, value: Any) -> str:
        return grouped(str(value))


class RecoveryForm(FormGrid):
    """The whole code; a code that comes in one piece, as from a scanner or the clipboard, fills all four lines."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        for number in range(LINES):
            label = _("Line {number}").format(number=number + 1)
            self.add(RecoveryLineField(f"line_{number + 1}", label, number), 12)
        self.set_buttons(*buttons)
        self.edited.connect(self._spread)

    def key(self) -> bytes | None:
        """The key of the typed code; otherwise leads to the line with the slip and says what is wrong."""
        self.tidy()
        empty = next((field for field in self.fields if not field.text().strip()), None)
        if empty is not None:
            self.show_problems((), everywhere=True)
            self.go_to(empty)
            self.say(_("Type all four lines from the sheet."), "error")
            return None
        raw, problems = read_recovery([field.text() for field in self.fields])
        self.show_problems(problems, everywhere=True)
        if raw is None:
            self.go_to_first_problem()
        return raw

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._fill(QApplication.clipboard().text())
        super().keyPressEvent(event)

    def _spread(self, name: str) -> None:
        self._fill(self[name].text())

    def _fill(self, text: str) -> None:
        lines = split_lines(text)
        for field, line in zip(self.fields, lines, strict=False):
            field.set_text_as_typed(grouped(line))
        if lines:
            self.go_to(self.fields[-1])
