"""The published figures behind the coverage: entering them, and taking back what was entered wrongly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.coverage.point import Target
from models.coverage.rules import MOST_PEOPLE, problems_of_count, problems_of_target
from models.language import N_
from models.language import translate as _
from models.offices.users import Right
from models.people.worker import Segment
from models.problems import Level, Problem, Rejected, StorageFailure
from models.values.formats import date_short, number
from models.values.percent import format_permyriad, parse_percent
from ui.areas import choices_of_areas
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.dates import DateField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField
from ui.look.spacing import MEDIUM, PAGE, SMALL
from ui.page import EmptyState, button, heading
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.register import Register

FORM_WIDTH = 380
ALL_SEGMENTS = "all"
YEARS_AHEAD = 50
"""A target may lie far ahead: 31-12-45 is 2045."""


class FigureKind(StrEnum):
    """What can be entered."""

    ELIGIBLE = "eligible_workers"
    BPJS = "bpjs_count"
    TARGET = "target"

    @property
    def label(self) -> str:
        """English message id."""
        return {
            "eligible_workers": N_("Eligible workers"),
            "bpjs_count": N_("BPJS count (active participants)"),
            "target": N_("Target"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class FigureKey:
    """Which of the figures a row shows."""

    kind: FigureKind
    id: int
    words: str


class FiguresPanel(QWidget):
    """A form at the left, what was entered at the right; a wrong figure is taken back, never changed."""

    changed = Signal()
    """A figure was entered or taken back."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self._session = session
        self._taken_letters = taken_letters
        self._asked: FigureKey | None = None
        self._build()

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def shown(self) -> None:
        """Reads what was entered, and waits for the next figure."""
        self.form["area"].set_choices(lambda: self._areas())  # type: ignore[attr-defined]
        if not self.form["area"].text():
            self.form["area"].set_value(self._register.regions.regency)
        self._read()
        may = self._register.may(Right.APPROVE)
        for field in self.form.fields:
            field.setReadOnly(not may)
        if may:
            self.form.go_to_first() if self.form.is_empty else self.form.go_to("kind")
        else:
            self.form.say(_("You may read the figures here; a supervisor enters them and takes them back."))
            self.table.setFocus()

    def save(self) -> None:
        """Enters the figure; leads to what is missing instead."""
        if not self._may():
            return
        self.form.tidy()
        problems = self._problems()
        self.form.show_problems(problems, everywhere=True)
        if self.form.problems:
            self.form.go_to_first_problem()
            return
        try:
            said = self._enter()
        except Rejected as rejected:
            self.form.show_problems(rejected.problems, everywhere=True)
            self.form.go_to_first_problem()
            return
        except StorageFailure as failure:
            self.form.say(failure.text, Level.ERROR)
            return
        source = self.form["source"].text()
        kept = {name: self.form[name].text() for name in ("kind", "area", "segment", "counted_on")}
        self.form.clear()
        self.form.set_texts({**kept, "source": source})
        self._arrange()
        self.form.say(said, "good")
        self._read()
        self.changed.emit()
        self.form.go_to("area" if self._kind is not FigureKind.TARGET else "permyriad")

    def withdraw(self) -> None:
        """Takes the figure of the current row back; asks first, and does it when asked again."""
        row = self.table.current
        key = row.key if row is not None else None
        if not isinstance(key, FigureKey):
            self.form.say(_("Choose the figure in the list first."), Level.WARNING)
            return
        if not self._may():
            return
        if self._asked != key:
            self._asked = key
            self.form.say(
                _("Take back {figure}? Press Delete once more to do it; any other row leaves it.").format(
                    figure=key.words
                ),
                Level.WARNING,
            )
            return
        self._asked = None
        coverage = self._register.coverage
        try:
            match key.kind:
                case FigureKind.ELIGIBLE:
                    coverage.eligible.withdraw(key.id)
                case FigureKind.BPJS:
                    coverage.bpjs_counts.withdraw(key.id)
                case FigureKind.TARGET:
                    coverage.targets.withdraw(key.id)
        except (Rejected, StorageFailure) as trouble:
            self.form.say(trouble.text, Level.ERROR)
            return
        self.form.say(_("Taken back: {figure}").format(figure=key.words), "good")
        self._read()
        self.changed.emit()

    def _may(self) -> bool:
        """Whether the person may publish figures; otherwise says why not."""
        try:
            self._register.require(Right.APPROVE)
        except Rejected as rejected:
            self.form.say(rejected.text, Level.ERROR)
            return False
        return True

    # Building

    def _build(self) -> None:
        today = self._session.today
        self.form = form = FormGrid()
        form.add(ChoiceField("kind", _("What was published"), choices_of(FigureKind), required=True), 12)
        form.add(ChoiceField("area", _("Area"), (), required=True), 12)
        form.add(ChoiceField("segment", _("Membership segment"), _segments()), 12)
        form.add(CountField("number", _("Number of people"), most=MOST_PEOPLE, required=True), 6)
        form.add(ParsedField("permyriad", _("Target (percent)"), parse_percent, format_permyriad, required=True), 6)
        form.add(DateField("counted_on", _("Counted on"), today=today, required=True), 6)
        form.add(DateField("due_on", _("By when"), today=today, years_ahead=YEARS_AHEAD, required=True), 6)
        form.add(TextField("source", _("Source (who, which paper)"), required=True), 12)
        form["kind"].set_value(FigureKind.ELIGIBLE)
        form["segment"].set_value(ALL_SEGMENTS)
        form.set_buttons(
            button(_("Enter the figure (Ctrl+S)"), self.save, icon="save", primary=True),
            taken_letters=self._taken_letters,
        )
        form.left.connect(self._left)
        form.edited.connect(lambda _name: self._arrange())
        form.setFixedWidth(FORM_WIDTH)
        self.table = FigureTable(
            _("Figures entered"),
            [
                Column(_("What")),
                Column(_("Area")),
                Column(_("Segment")),
                Column(_("Figure"), is_number=True),
                Column(_("Day")),
                Column(_("Source"), takes_room=True),
            ],
        )
        self.table.currentCellChanged.connect(lambda *_cells: self._forget_question())
        self.empty = EmptyState(
            _(
                "Nothing has been entered yet. The coverage is covered workers : eligible workers, so begin with the "
                "number of eligible workers that BPS or BPJS published, with its day and its source."
            )
        )
        self.withdraw_button = button(_("Take back (Del)"), self.withdraw, icon="undo")
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self.withdraw)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(heading(_("Enter a figure"), "section"))
        left.addWidget(form, 1)
        head = QHBoxLayout()
        head.addWidget(heading(_("Figures entered"), "section"), 1)
        head.addWidget(self.withdraw_button)
        right = QVBoxLayout()
        right.setSpacing(SMALL)
        right.addLayout(head)
        right.addWidget(self.table, 1)
        right.addWidget(self.empty, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, MEDIUM)
        row.setSpacing(PAGE)
        row.addLayout(left)
        row.addLayout(right, 1)
        self._arrange()

    def _areas(self) -> tuple[Choice, ...]:
        regions = self._register.regions
        district = Choice(regions.regency, regions.name(regions.regency), "", (regions.regency,), _("whole district"))
        return (district, *choices_of_areas(self._register))

    # Details

    @property
    def _kind(self) -> FigureKind | None:
        return self.form["kind"].value()

    def _left(self, _name: str) -> None:
        self._arrange()
        self.form.show_problems(self._problems())

    def _arrange(self) -> None:
        """A target has a percentage and a day ahead; the other two count people in an area."""
        is_target = self._kind is FigureKind.TARGET
        for name in ("area", "segment", "number", "counted_on"):
            self.form.set_visible(name, not is_target)
        for name in ("permyriad", "due_on"):
            self.form.set_visible(name, is_target)

    def _problems(self) -> tuple[Problem, ...]:
        """What the rules say, and what the visible fields cannot read."""
        values, kind = self.form.values(), self._kind
        source = values["source"] or ""
        if kind is None:
            found: tuple[Problem, ...] = (
                Problem("kind", "kind_missing", N_("What was published? Choose one of the list.")),
            )
        elif kind is FigureKind.TARGET:
            found = problems_of_target(values["permyriad"], values["due_on"], source)
        else:
            least = 1 if kind is FigureKind.ELIGIBLE else 0
            found = problems_of_count(
                values["area"] or "",
                values["number"],
                values["counted_on"],
                source,
                self._session.today(),
                least=least,
            )
        return found

    def _enter(self) -> str:
        """Writes the figure; the words for it."""
        values, coverage = self.form.values(), self._register.coverage
        if self._kind is FigureKind.TARGET:
            coverage.targets.add(Target(values["permyriad"], values["due_on"], values["source"]))
            figure = format_permyriad(values["permyriad"])
        else:
            counts = coverage.eligible if self._kind is FigureKind.ELIGIBLE else coverage.bpjs_counts
            segment = values["segment"]
            counts.add(
                values["area"],
                values["number"],
                values["counted_on"],
                values["source"],
                segment if isinstance(segment, Segment) else None,
            )
            figure = _("{count} people").format(count=number(values["number"]))
        return _("Entered: {figure}").format(figure=figure)

    def _read(self) -> None:
        coverage, name = self._register.coverage, self._register.regions.name
        rows = []
        for kind, counts in ((FigureKind.ELIGIBLE, coverage.eligible), (FigureKind.BPJS, coverage.bpjs_counts)):
            for id, area, segment, count in counts.all():
                figure = number(count.number)
                words = f"{_(kind.label)}, {name(area)}, {figure}"
                cells = (
                    _(kind.label),
                    name(area),
                    str(segment) if segment else _("All"),
                    figure,
                    date_short(count.counted_on),
                    count.source,
                )
                rows.append(Row(cells, FigureKey(kind, id, words)))
        for target in coverage.targets.all():
            figure, kind = format_permyriad(target.permyriad), FigureKind.TARGET
            district = name(self._register.regions.regency)
            cells = (_(kind.label), district, _("All"), figure, date_short(target.due_on), target.source)
            assert target.id is not None
            rows.append(Row(cells, FigureKey(kind, target.id, f"{_(kind.label)} {figure}")))
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.withdraw_button.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _forget_question(self) -> None:
        if self._asked is not None:
            self._asked = None
            self.form.say("")


def _segments() -> tuple[Choice, ...]:
    return (Choice(ALL_SEGMENTS, _("All segments"), "0"), *choices_of(Segment))
