"""Heads x months x rate = rupiah, at the rates of those months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.language import translate as _
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.pricing import Price
from models.schemes.rules import MOST_MONTHS
from models.values.formats import number
from models.values.months import Month, Period
from models.values.rupiah import LARGEST, format_rupiah, spell_rupiah
from ui.fields.choice import ChoiceField
from ui.fields.columns import NARROW
from ui.fields.dates import MonthField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField, MonthsField, RupiahField
from ui.look.spacing import HAIR, MEDIUM, PAGE
from ui.page import heading
from ui.people.price_text import price_lines, price_notes, price_sources
from ui.schemes.choices import choices_of_schemes
from ui.session import Session

if TYPE_CHECKING:
    from models.register import Register

HIGH, HIGH_WHEN_NARROW = 7.5, 14
"""Lines of text that the questions and their message are high."""


class Calculator(QWidget):
    """Nothing in it is saved; it answers as one types."""

    def __init__(self, session: Session, taken_letters: str = "", parent: QWidget | None = None) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__(parent)
        self._session = session
        self._build(taken_letters)

    def read_again(self) -> None:
        """The schemes or the rates may be others."""
        self.form["scheme"].set_choices(lambda: choices_of_schemes(self._register))  # type: ignore[attr-defined]
        if not self.form["scheme"].text():
            first = self._register.schemes.all()[0]
            self.choose(first.id or 0)
        self._reckon()

    def choose(self, scheme: int) -> None:
        """Another scheme, with its usual months."""
        self.form["scheme"].set_value(scheme)
        self.form["months"].set_value(self._register.schemes.get(scheme).usual_months)
        self._reckon()

    # Building

    def _build(self, taken_letters: str) -> None:
        today = self._session.today
        self.form = form = FormGrid()
        form.add(ChoiceField("scheme", _("Scheme"), (), required=True), 4)
        form.add(CountField("heads", _("Workers"), least=1, required=True), 2)
        form.add(MonthsField("months", _("Months"), least=1, most=MOST_MONTHS, required=True), 2)
        form.add(MonthField("first", _("First month"), today=today, required=True), 2)
        form.add(RupiahField("income", _("Income a month (Rp)")), 2)
        form["first"].set_value(Month.of(today()))
        form.set_buttons(taken_letters=taken_letters)
        form.edited.connect(self._edited)
        form.left.connect(lambda _name: self._reckon())
        self.figure = heading("", "figure")
        self.product = heading("", "strong")
        self.spelled, self.detail, self.sources = heading("", ""), heading("", "muted"), heading("", "muted")
        answer, reasons = QVBoxLayout(), QVBoxLayout()
        for label in (self.figure, self.product, self.spelled, self.detail, self.sources):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            side = reasons if label in (self.detail, self.sources) else answer
            side.addWidget(label)
        for column in (answer, reasons):
            column.setSpacing(HAIR)
            column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(PAGE)
        row.addLayout(answer, 2)
        row.addLayout(reasons, 3)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(HAIR)
        rows.addWidget(form)
        rows.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The questions take one row, or three where it is narrow; the answer has the rest."""
        super().resizeEvent(event)
        lines = HIGH_WHEN_NARROW if self.width() < NARROW else HIGH
        self.form.setMaximumHeight(round(lines * self.fontMetrics().height()))

    # Details

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def _edited(self, name: str) -> None:
        """A scheme brings its usual months, unless the person has said how many."""
        scheme = self.form["scheme"].value()
        if name == "scheme" and scheme is not None and not self.form["months"].was_edited:
            self.form["months"].set_value(self._register.schemes.get(scheme).usual_months)
        self._reckon()

    def _reckon(self) -> None:
        values = self.form.values()
        scheme = values["scheme"]
        if scheme is not None:
            self.form.set_visible("income", self._register.schemes.get(scheme).segment is not Segment.PU)
        if None in (scheme, values["heads"], values["months"], values["first"]):
            self._say(_("Type how many workers and months."))
            return
        period = Period.starting(values["first"], values["months"])
        price = self._register.rates.price(self._register.schemes.get(scheme), period, values["income"])
        if isinstance(price, Problem):
            self._say(price.text)
        else:
            self._show(price, period, values["heads"])

    def _say(self, sentence: str) -> None:
        for label in (self.figure, self.product, self.spelled, self.sources):
            label.setText("")
        self.detail.setText(sentence)
        self.setAccessibleDescription(sentence)

    def _show(self, price: Price, period: Period, heads: int) -> None:
        total = price.total * heads
        each = price.even_monthly
        shown = {
            "heads": number(heads),
            "months": number(period.month_count),
            "each": format_rupiah(each if each is not None else price.total),
            "total": format_rupiah(total),
        }
        text = _("{heads} workers x {months} months x {each} = {total}")
        if each is None:
            text = _("{heads} workers x {each} for {months} months = {total}")
        self.figure.setText(format_rupiah(total))
        self.product.setText(text.format(**shown))
        self.spelled.setText(spell_rupiah(total) if total <= LARGEST else "")
        self.detail.setText(_("One worker: {lines}").format(lines="; ".join(price_lines(price, period))))
        self.sources.setText("\n".join(filter(None, (price_notes(price), price_sources(price)))))
        self.setAccessibleDescription(self.product.text())
