"""The row above the list of enrolments: what it is narrowed to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from models.language import translate as _
from models.register import Register
from models.schemes.enrolment import EnrolmentState
from models.schemes.lines import EnrolmentFilter
from models.values.formats import date_short
from ui.fields.choice import Choice, ChoiceField
from ui.look.spacing import COLUMN_GAP, HAIR
from ui.schemes.choices import choices_of_schemes


class LifeFilter(QWidget):
    """Five choices; an empty one narrows nothing. Enter leads on, after the last one into the list."""

    changed = Signal()
    """Another list is wanted."""
    went_down = Signal()
    """On to the list."""

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self.scheme = ChoiceField("scheme", _("Scheme"))
        self.fund = ChoiceField("fund", _("Fund"))
        self.decree = ChoiceField("decree", _("Decree"))
        states = [Choice(one, _(one.label), str(at)) for at, one in enumerate(EnrolmentState, 1)]
        self.state = ChoiceField("state", _("Status"), states)
        places = [Choice(one.code, one.name) for one in register.regions.kecamatan()]
        self.area = ChoiceField("area", _("Kecamatan"), places)
        self._last = EnrolmentFilter()
        self.labels = [QLabel() for _field in self.fields]
        self._build()
        self.read_again()

    @property
    def fields(self) -> tuple[ChoiceField, ...]:
        """From left to right."""
        return (self.scheme, self.fund, self.decree, self.state, self.area)

    def narrowed(self) -> EnrolmentFilter:
        """What is wanted now."""
        return EnrolmentFilter(
            scheme=self.scheme.value(),
            fund=self.fund.value(),
            decree=self.decree.value(),
            state=self.state.value(),
            area=self.area.value() or "",
        )

    @property
    def is_empty(self) -> bool:
        return self.narrowed() == EnrolmentFilter()

    def show_filter(self, wanted: EnrolmentFilter) -> None:
        """Narrows to what another page asks for."""
        for field, value in (
            (self.scheme, wanted.scheme),
            (self.fund, wanted.fund),
            (self.decree, wanted.decree),
            (self.state, wanted.state),
            (self.area, wanted.area or None),
        ):
            field.set_value(value) if value is not None else field.set_text_as_typed("")
        self._edited()

    def read_again(self) -> None:
        """Schemes, funds and decrees may be other ones now."""
        self.scheme.set_choices(choices_of_schemes(self._register))
        self.decree.set_choices(decree_choices(self._register))
        self._show_funds()

    def go_in(self) -> None:
        """The focus where the list is most likely widened: the status, since each step moves people on from it."""
        self.begin_at(self.state if self.state.value() is not None else self.scheme)

    def begin_at(self, field: ChoiceField) -> None:
        """The focus into a field; the next key replaces what stands there."""
        field.setFocus()
        field.selectAll()

    def clear(self) -> None:
        """Everybody."""
        self.show_filter(EnrolmentFilter())

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(HAIR)
        for column, (field, label) in enumerate(zip(self.fields, self.labels, strict=True)):
            label.setText(field.label)
            label.setBuddy(field)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            field.setPlaceholderText(_("All"))
            field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 10)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, 1)
            field.edited.connect(self._edited)
            field.left.connect(lambda field=field: field.show_problem(field.reading_problem()))
            field.stepped.connect(lambda by, at=column: self._step(at, by))

    def _step(self, at: int, by: int) -> None:
        if 0 <= at + by < len(self.fields):
            self.begin_at(self.fields[at + by])
        else:
            self.went_down.emit()

    def _show_funds(self) -> None:
        """The funds of the scheme; of all where none is chosen."""
        wanted = self.scheme.value()
        funds = [fund for fund in self._register.funds.all() if wanted is None or fund.scheme == wanted]
        self.fund.set_choices([Choice(fund.id, fund.name) for fund in funds])
        if self.fund.text() and self.fund.value() is None:
            self.fund.set_text_as_typed("")

    def _edited(self) -> None:
        self._show_funds()
        now = self.narrowed()
        if now != self._last:
            self._last = now
            self.changed.emit()


def decree_choices(register: Register) -> tuple[Choice, ...]:
    """The legal bases that can name people, the newest first."""
    return tuple(
        Choice(one.id, one.title, one.number, note=date_short(one.dated_on)) for one in register.legal_bases.all()
    )
