"""The three cards at the top of the coverage page: the number, the promise, the months to come."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from models.language import translate as _
from models.values.formats import month_long, percent
from ui.coverage import words
from ui.coverage.reading import Overview
from ui.look.spacing import HAIR, LARGE, MEDIUM
from ui.look.style import set_role
from ui.page import heading


class NumberCard(QFrame):
    """The coverage, of whom, and how the number came about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title = heading("", "section")
        self.figure = heading("", "figure")
        self.people = _line("strong")
        self.origins = _line("muted")
        self.reckoning = _line()
        grid = QGridLayout(self)
        grid.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(HAIR)
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.figure, 1, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.people, 1, 1)
        grid.addWidget(self.origins, 2, 1)
        grid.addWidget(self.reckoning, 3, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)

    def show_overview(self, overview: Overview) -> None:
        """The number of a month."""
        point = overview.summary.district
        self.title.setText(f"{point.area_name}, {month_long(point.month)}")
        self.figure.setText(percent(point.share))
        self.people.setText(words.people_line(point))
        self.origins.setText("\n".join(words.origins(point)))
        self.reckoning.setText(words.reckoning(point) or _missing(overview))
        _name(self, self.title, self.figure, self.people, self.origins, self.reckoning)


class TargetCard(QFrame):
    """Each promise: how far, by when, who promised."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title = heading(_("Targets"), "section")
        self.lines: list[QLabel] = []
        self._column = _column(self, self.title)

    def show_overview(self, overview: Overview) -> None:
        """The targets as far as the month is from them; the next one first."""
        district, targets = overview.summary.district, overview.summary.targets
        texts: list[tuple[str, str]] = []
        for at, target in enumerate(targets[:3]):
            texts.append((words.target_line(district, target), "" if at else "strong"))
            texts.append((target.source, "muted"))
        if not targets:
            texts.append((_("No target has been entered yet, so that no gap can be shown."), "muted"))
        _fill(self._column, self.lines, texts)
        _name(self, self.title, *self.lines)


class AheadCard(QFrame):
    """Who drops out in the months to come, and how many are confirmed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title = heading(_("If nobody is enrolled any more"), "section")
        self.lines: list[QLabel] = []
        self._column = _column(self, self.title)

    def show_overview(self, overview: Overview) -> None:
        """The next months beside this one."""
        district = overview.summary.district
        texts = [(words.ahead_line(district, then), "") for then in overview.ahead]
        texts.append((words.confirmed_line(district), "muted"))
        _fill(self._column, self.lines, texts)
        _name(self, self.title, *self.lines)


def _missing(overview: Overview) -> str:
    if overview.is_blank:
        return _(
            "The coverage is covered workers : eligible workers. Enter how many workers are eligible, as BPS or "
            "BPJS published it, with its day and source (Ctrl+E)."
        )
    return _("No number of eligible workers is known for this month. Choose a later month, or enter one (Ctrl+E).")


def _column(card: QFrame, title: QLabel) -> QVBoxLayout:
    column = QVBoxLayout(card)
    column.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
    column.setSpacing(HAIR)
    column.addWidget(title)
    column.addStretch()
    return column


def _fill(column: QVBoxLayout, lines: list[QLabel], texts: Iterable[tuple[str, str]]) -> None:
    """Words and their roles below a card's title; lines that are not needed are hidden."""
    wanted = list(texts)
    while len(lines) < len(wanted):
        line = _line()
        column.insertWidget(column.count() - 1, line)
        lines.append(line)
    for line, (text, role) in zip(lines, [*wanted, *[("", "")] * (len(lines) - len(wanted))], strict=True):
        line.setText(text)
        set_role(line, role)
        line.setVisible(bool(text))


def _line(role: str = "") -> QLabel:
    line = heading("", role)
    line.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    line.setSizePolicy(policy)
    line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return line


def _name(card: QFrame, title: QLabel, *lines: QLabel) -> None:
    """What a screen reader says of the card."""
    card.setAccessibleName(title.text())
    card.setAccessibleDescription(". ".join(line.text() for line in lines if line.text()))
