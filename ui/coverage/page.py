"""The place "Coverage", where a supervisor starts: how far the district is from what it promised."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from models.language import N_
from models.language import translate as _
from models.values.months import Month
from ui.background import Job
from ui.coverage.figures import FiguresPanel
from ui.coverage.overview import WIDE, OverviewPanel
from ui.coverage.reading import Overview, read_overview
from ui.fields.dates import MonthField
from ui.fields.letters import assign_letters, letters_in
from ui.look import icons
from ui.look.spacing import LARGE, MEDIUM, PAGE, SMALL
from ui.page import Page, button, heading
from ui.papers.wanted import SummaryWanted
from ui.places import Place
from ui.session import Session

if TYPE_CHECKING:
    from ui.obligations.panel import ObligationsPanel

MONTH_WIDTH = 170


class CoveragePage(Page):
    """One month at a time; the figures it rests on are one key away."""

    title = N_("Coverage")
    help_page = "coverage"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._month = Month.of(session.today())
        self._is_stale = True
        self._job: Job | None = None
        self.obligations: ObligationsPanel | None = None
        """Made when it is first looked at."""
        self._build()
        session.changed.connect(self._follow)

    # As a page

    def shown(self) -> None:
        if self._is_stale:
            self._read()
        if self.panels.currentWidget() is self.figures:
            self.figures.shown()
        elif self.obligations is not None and self.panels.currentWidget() is self.obligations:
            self.obligations.go_in()
        elif not self.overview.isAncestorOf(self.focusWidget() or self):
            self.month.setFocus()
            self.month.selectAll()

    def show_target(self, target: object) -> None:
        if isinstance(target, Month):
            self.go_to_month(target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE * self.fontMetrics().height()
        self.title_label.setVisible(is_wide)
        self.board_button.setText(self._words[4] if is_wide else "")  # the icon stays, and its name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page keys scroll the month also from the field above it."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.overview.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    # What can be done

    @property
    def shown_month(self) -> Month:
        """The month in view."""
        return self._month

    def go_to_month(self, month: Month) -> None:
        """Shows another month."""
        self._month = month
        self.month.set_value(month)
        self._read()
        if self.obligations is not None and self.panels.currentWidget() is self.obligations:
            self.obligations.show_month(month)

    def show_obligations(self) -> None:
        """Ctrl+B: who is obliged to whom, and how far each has come in the month."""
        from ui.obligations.panel import ObligationsPanel

        if self.obligations is None:
            shown = (self._words[0], self._words[2])  # of the row above what stays while the board is in front
            self.obligations = ObligationsPanel(self.session, "".join(letters_in(shown)))
            self.obligations.worker_wanted.connect(lambda id: self.session.go_to(Place.WORKERS, id))
            self.panels.addWidget(self.obligations)
        self.panels.setCurrentWidget(self.obligations)
        self._name_switch()
        self.obligations.show_month(self._month)
        self.obligations.go_in()

    def show_figures(self) -> None:
        """The figures the coverage rests on, to be entered and taken back."""
        self.panels.setCurrentWidget(self.figures)
        self._name_switch()
        self.figures.shown()

    def show_overview(self) -> None:
        """Back to the month, step by step."""
        board = self.obligations
        if board is not None and self.panels.currentWidget() is board and board.give_up():
            return
        if self.panels.currentWidget() is not self.overview:
            self.panels.setCurrentWidget(self.overview)
            self._name_switch()
            self.month.setFocus()
            self.month.selectAll()

    def print_summary(self) -> None:
        """To the coverage summary of this month as a paper; on the board, to the letter of the row."""
        if self.obligations is not None and self.panels.currentWidget() is self.obligations:
            self.obligations.print()
            return
        self.session.go_to(Place.PAPERS, SummaryWanted(self._month))

    # Building

    def _build(self) -> None:
        self._words = assign_letters([
            _("Month"),
            _("Published figures (Ctrl+E)"),
            _("Back to the coverage (Esc)"),
            _("Print the summary (Ctrl+P)"),
            _("Obligation board (Ctrl+B)"),
        ])  # fmt: skip
        self.month = MonthField("month", _("Month"), today=self.session.today)
        self.month.setFixedWidth(MONTH_WIDTH)
        self.month.set_value(self._month)
        self.month.left.connect(self._take_month)
        self.month.stepped.connect(lambda _by: self._take_month())
        label = QLabel(self._words[0])
        label.setBuddy(self.month)
        self._month_problem = heading("", "error")
        self.before = button("‹", lambda: self.go_to_month(self._month - 1))
        self.after = button("›", lambda: self.go_to_month(self._month + 1))
        for one, name, keys in (
            (self.before, _("Previous month"), "Alt+Left"),
            (self.after, _("Next month"), "Alt+Right"),
        ):
            one.setAccessibleName(name)
            one.setToolTip(f"{name} ({keys})")
            one.setFixedWidth(34)
        self.switch = button(self._words[1], self._switch, icon="edit")
        self.print_button = button(self._words[3], self.print_summary, icon="print", primary=True)
        self.board_button = button(self._words[4], self.show_obligations, icon="list")
        self.board_button.setToolTip(_("Obligation board (Ctrl+B)"))
        self.board_button.setMinimumWidth(34)
        self.title_label = heading(_(self.title))
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        for part in (self.title_label, label, self.before, self.month, self.after, self._month_problem):
            head.addWidget(part)
        head.insertSpacing(1, LARGE)
        head.addStretch()
        head.addWidget(self.board_button)
        head.addWidget(self.switch)
        head.addWidget(self.print_button)
        self._of_month = (label, self.before, self.month, self.after, self.print_button)
        self.overview = OverviewPanel(self.session)
        self.overview.figures_wanted.connect(self.show_figures)
        self.figures = FiguresPanel(self.session, "".join(letters_in(self._words)))
        self.figures.changed.connect(lambda: self.session.tell("coverage"))
        self.panels = QStackedWidget()
        self.panels.addWidget(self.overview)
        self.panels.addWidget(self.figures)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(PAGE, LARGE, PAGE, MEDIUM)
        rows.setSpacing(MEDIUM)
        rows.addLayout(head)
        rows.addWidget(self.panels, 1)
        self.add_action(_("Published figures"), self.show_figures, keys="Ctrl+E", icon="edit")
        self.add_action(_("Obligation board"), self.show_obligations, keys="Ctrl+B", icon="list")
        self.add_action(_("Back to the coverage"), self.show_overview, keys="Esc", icon="back")
        self.add_action(_("Enter the figure"), self._save, keys="Ctrl+S", icon="save")
        self.add_action(_("Print the summary"), self.print_summary, keys="Ctrl+P", icon="print")
        self.add_action(_("Previous month"), lambda: self.go_to_month(self._month - 1), keys="Alt+Left")
        self.add_action(_("Next month"), lambda: self.go_to_month(self._month + 1), keys="Alt+Right")

    # Details

    def _switch(self) -> None:
        if self.panels.currentWidget() is self.overview:
            self.show_figures()
        else:
            self.show_overview()

    def _name_switch(self) -> None:
        """The button leads to the other one of the two."""
        front = self.panels.currentWidget()
        on_figures, on_board = front is self.figures, front is self.obligations
        self.switch.setText(self._words[2] if front is not self.overview else self._words[1])
        icons.put(self.switch, "back" if front is not self.overview else "edit")
        titles = {True: _("Published figures"), False: _(self.title)}
        self.title_label.setText(_("Obligation board") if on_board else titles[on_figures])
        for part in self._of_month:
            part.setVisible(not on_figures)
        self.board_button.setVisible(front is self.overview)
        self.print_button.setVisible(front is self.overview)

    def _save(self) -> None:
        if self.panels.currentWidget() is self.figures:
            self.figures.save()
        elif self.obligations is not None and self.panels.currentWidget() is self.obligations:
            self.obligations.save()

    def _take_month(self) -> None:
        """What stands in the field, once it can be read."""
        problem = self.month.reading_problem()
        self.month.show_problem(problem)
        self._month_problem.setText(problem.text if problem else "")
        value = self.month.value()
        if value is not None and value != self._month:
            self.go_to_month(value)

    def _read(self) -> None:
        """In the background; what is shown stays until the new month is there."""
        if self._job is not None:
            self._job.cancel()
        self._is_stale = False
        self._job = self.session.background.run(
            self,
            partial(read_overview, self.session.opened_register, self._month, self.session.today()),
            done=self._show,
        )

    def _show(self, overview: Overview) -> None:
        self._job = None
        if overview.summary.month == self._month:
            self.overview.show_overview(overview)

    def _follow(self, subject: str) -> None:
        """Workers enrolled elsewhere change the coverage; it is read again when somebody looks."""
        if subject in ("workers", "coverage", "settings"):
            self._is_stale = True
            if self.isVisible():
                self._read()
