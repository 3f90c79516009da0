"""The month at a glance: cards, bars per kecamatan, and the same figures as tables."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from models.coverage.point import CoveragePoint
from models.language import translate as _
from models.values.formats import month_short
from ui.coverage import words
from ui.coverage.cards import AheadCard, NumberCard, TargetCard
from ui.coverage.chart import CoverageChart
from ui.coverage.reading import Overview, read_nagari
from ui.look.spacing import MEDIUM, SMALL
from ui.look.style import set_role
from ui.page import EmptyState, button, heading
from ui.session import Session
from ui.table import Column, FigureTable

WIDE = 66
"""Lines of text that fit side by side (their height, not their length) from which on chart and tables do, too."""
LOWEST = 22
"""Lines of text that the lower part is high, at least; the panel scrolls before it becomes lower."""


class OverviewPanel(QWidget):
    """Everything about one month; `show_overview` may be called again and again."""

    figures_wanted = Signal()
    """There is nothing to reckon with yet, and the person wants to enter it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._overview: Overview | None = None
        self._kecamatan = ""
        """The kecamatan whose nagari are shown; empty for all kecamatan."""
        self._is_wide: bool | None = None
        self._build()

    def show_overview(self, overview: Overview) -> None:
        """Shows a month."""
        self._overview = overview
        summary = overview.summary
        for card in (self.number, self.targets, self.ahead):
            card.show_overview(overview)
        target = summary.targets[0] if summary.targets else None
        self.chart.show_points(summary.kecamatan, target)
        has_bars = any(point.share is not None for point in summary.kecamatan)
        self.chart.setVisible(has_bars)
        self.nothing.setVisible(not has_bars)
        self.schemes.set_rows([*map(words.scheme_row, summary.schemes), words.scheme_sum(summary.schemes)])
        month = _("Contribution {month}").format(month=month_short(summary.month))
        self.schemes.set_columns([*_schemes()[:-1], Column(month, is_number=True)])
        self.segments.set_rows([
            words.point_row(_(one.segment.label) if one.segment else "", one, target, key=None)
            for one in summary.segments
        ] + [words.point_row(_("All segments"), summary.district, target, key=None, is_sum=True)])  # fmt: skip
        if self._kecamatan:
            self._read_nagari(self._kecamatan)
        else:
            self._show_kecamatan()

    @property
    def overview(self) -> Overview | None:
        """What is shown."""
        return self._overview

    def open_kecamatan(self, code: str) -> None:
        """Shows the nagari of a kecamatan."""
        if self._overview is not None:
            self._kecamatan = code
            self.areas.setCurrentCell(0, 0)
            self._read_nagari(code)

    def close_kecamatan(self) -> None:
        """Back to all kecamatan, on the one that was open."""
        if self._kecamatan:
            was, self._kecamatan = self._kecamatan, ""
            self._show_kecamatan()
            keys = [row.key for row in self.areas.rows]
            if was in keys:
                self.areas.setCurrentCell(keys.index(was), 0)

    def turn(self, pages: int) -> None:
        """Scrolls down (1) or up (-1) where not everything fits."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._is_wide is not None:
            self._arrange()

    # Building

    def _build(self) -> None:
        self.number, self.targets, self.ahead = NumberCard(), TargetCard(), AheadCard()
        self._cards = QGridLayout()
        self._cards.setSpacing(MEDIUM)
        self.chart = CoverageChart()
        self._chart_card = QFrame()
        set_role(self._chart_card, "card")
        inside = QVBoxLayout(self._chart_card)
        inside.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        inside.setSpacing(SMALL)
        inside.addWidget(heading(_("Coverage by kecamatan"), "section"))
        inside.addWidget(self.chart, 1)
        self.nothing = EmptyState(
            _("There is nothing to draw yet: no kecamatan has a number of eligible workers."),
            button(_("Enter published figures (Ctrl+E)"), self.figures_wanted.emit, icon="edit"),
        )
        self.nothing.hide()
        inside.addWidget(self.nothing, 1)
        self.areas = FigureTable(_("Figures by kecamatan"), _areas(_("Kecamatan")))
        self.schemes = FigureTable(_("Figures by scheme"), _schemes())
        self.segments = FigureTable(_("Figures by segment"), _areas(_("Segment")))
        self.areas.chosen.connect(self._follow_area)
        self.where = heading("", "muted")
        self.back = button(_("Back to the kecamatan (Backspace)"), self.close_kecamatan, icon="back")
        back = QShortcut(QKeySequence(Qt.Key.Key_Backspace), self.areas)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self.close_kecamatan)
        line = QHBoxLayout()
        line.addWidget(self.where, 1)
        line.addWidget(self.back)
        by_area = QWidget()
        column = QVBoxLayout(by_area)
        column.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        column.setSpacing(SMALL)
        column.addLayout(line)
        column.addWidget(self.areas, 1)
        self.notes = heading("", "muted")
        self.notes.setWordWrap(True)
        column.addWidget(self.notes)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Figures"))
        self.tabs.tabBar().setAccessibleName(_("Figures"))
        self.tabs.addTab(by_area, _("Kecamatan"))
        self.tabs.addTab(self.schemes, _("Schemes"))
        self.tabs.addTab(self.segments, _("Segments"))
        self._lower = QWidget()
        self._row = QHBoxLayout(self._lower)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(MEDIUM)
        self._row.addWidget(self._chart_card, 5)
        self._row.addWidget(self.tabs, 6)
        content = _AsHighAsItsWords()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(MEDIUM)
        rows.addLayout(self._cards)
        rows.addWidget(self._lower, 1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._arrange()

    def _arrange(self) -> None:
        """Cards, chart and tables side by side, or one below the other where the window is narrow for its text."""
        line = self.fontMetrics().height()
        self._lower.setMinimumHeight(LOWEST * line)
        is_wide = self.width() >= WIDE * line
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        for card in (self.number, self.targets, self.ahead):
            self._cards.removeWidget(card)
        self._cards.addWidget(self.number, 0, 0, 1, 1 if is_wide else 2)
        self._cards.addWidget(self.targets, 0 if is_wide else 1, 1 if is_wide else 0)
        self._cards.addWidget(self.ahead, 0 if is_wide else 1, 2 if is_wide else 1)
        for at, stretch in enumerate((5, 4, 3) if is_wide else (4, 3, 0)):
            self._cards.setColumnStretch(at, stretch)
        on_tab = self.tabs.indexOf(self._chart_card)
        if is_wide and on_tab >= 0:
            self.tabs.removeTab(on_tab)
            self._row.insertWidget(0, self._chart_card, 5)
            self._chart_card.show()
        elif not is_wide and on_tab < 0:
            self._row.removeWidget(self._chart_card)
            self.tabs.addTab(self._chart_card, _("Chart"))

    # Kecamatan and nagari

    def _follow_area(self, key: object) -> None:
        if isinstance(key, str) and key.count(".") == 2:
            self.open_kecamatan(key)

    def _show_kecamatan(self) -> None:
        assert self._overview is not None
        summary = self._overview.summary
        target = summary.targets[0] if summary.targets else None
        rows = [words.point_row(one.area_name, one, target, key=one.area) for one in summary.kecamatan]
        rows.append(words.point_row(_("District"), summary.district, target, key=None, is_sum=True))
        self.areas.set_columns(_areas(_("Kecamatan")))
        self.areas.set_rows(rows)
        self.where.setText(_("Enter on a kecamatan opens its nagari."))
        self.back.hide()
        self._note(words.notes(summary.district, summary.kecamatan))

    def _read_nagari(self, kecamatan: str) -> None:
        assert self._overview is not None
        self._session.background.run(
            self,
            partial(read_nagari, self._session.opened_register, self._overview.summary.month, kecamatan),
            done=partial(self._show_nagari, kecamatan),
        )

    def _show_nagari(self, kecamatan: str, points: tuple[CoveragePoint, ...]) -> None:
        if self._overview is None or kecamatan != self._kecamatan:
            return
        summary = self._overview.summary
        target = summary.targets[0] if summary.targets else None
        whole = next(one for one in summary.kecamatan if one.area == kecamatan)
        rows = [words.point_row(one.area_name, one, target, key=one.area) for one in points]
        rows.append(words.point_row(whole.area_name, whole, target, key=None, is_sum=True))
        self.areas.set_columns(_areas(_("Nagari")))
        self.areas.set_rows(rows)
        self.where.setText(_("Nagari of Kecamatan {name}").format(name=whole.area_name))
        self.back.show()
        self._note(words.notes(whole, points))

    def _note(self, notes: tuple[str, ...]) -> None:
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))


class _AsHighAsItsWords(QWidget):
    """Scrolls from the height its words need at this width, not from that of one word a line."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


def _areas(first: str) -> list[Column]:
    return [
        Column(first, takes_room=True),
        Column(_("Eligible"), is_number=True),
        Column(_("Covered"), is_number=True),
        Column(_("Coverage"), is_number=True),
        Column(_("Still needed"), is_number=True),
        Column(_("Register"), is_number=True),
        Column(_("With KPJ"), is_number=True),
    ]


def _schemes() -> list[Column]:
    return [
        Column(_("Code")),
        Column(_("Scheme"), takes_room=True),
        Column(_("Segment")),
        Column(_("Workers"), is_number=True),
        Column(_("With KPJ"), is_number=True),
        Column(_("Contribution"), is_number=True),
    ]
