"""The calculator of a fund, both ways: how many months for these heads, how many heads for these months."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from models.funds.calculator import (
    MOST_MONTHS,
    MonthPrice,
    Plan,
    Step,
    heads_for,
    months_for,
    prices_of_scheme,
    steps_of,
)
from models.language import N_
from models.language import translate as _
from models.people.worker import Segment
from models.schemes.scheme import Scheme
from models.values.formats import month_long, number, period_text
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.columns import NARROW
from ui.fields.dates import MonthField
from ui.fields.form import FormGrid
from ui.fields.numbers import CountField, MonthsField, RupiahField
from ui.funds.reading import read_left
from ui.look.spacing import HAIR, MEDIUM, PAGE, SMALL
from ui.page import heading
from ui.schemes.choices import choices_of_schemes
from ui.session import Session
from ui.table import Column, FigureTable, Row

if TYPE_CHECKING:
    from models.register import Register

HIGH, HIGH_WHEN_NARROW = 12, 18
"""Lines of text that the questions and their message are high."""
WIDE = 58
"""From so many heights of a line the months stand beside the answer."""


class Question(StrEnum):
    """What the money is held against."""

    MONTHS = "months"
    HEADS = "heads"

    @property
    def label(self) -> str:
        """English message id."""
        return {"months": N_("How many months for these workers"), "heads": N_("How many workers for these months")}[
            self.value
        ]


class FundCalculator(QWidget):
    """Nothing in it is saved; it answers as one types, month by month at the rates of that month."""

    def __init__(self, session: Session, taken_letters: str) -> None:
        """`taken_letters` are Alt letters in use elsewhere on the page."""
        super().__init__()
        self._session = session
        self._build(taken_letters)

    def read_again(self) -> None:
        """The funds, the schemes or the rates may be others."""
        form = self.form
        form["fund"].set_choices(lambda: self._funds())  # type: ignore[attr-defined]
        form["scheme"].set_choices(lambda: choices_of_schemes(self._register))  # type: ignore[attr-defined]
        if not form["scheme"].text():
            form["scheme"].set_value(self._register.schemes.all()[0].id)
        self._reckon()

    def go_in(self) -> None:
        """The focus to the first question."""
        self.form.go_to(self.form.focused or "question")

    def feed(self, fund: int) -> None:
        """Takes a fund's scheme and the money left in it, which is counted in the background."""
        self.form["fund"].set_value(fund)
        self.form["scheme"].set_value(self._register.funds.get(fund).scheme)
        work = partial(read_left, self._register, fund)
        self._session.background.run(self, work, done=partial(self._fed, fund))

    # Building

    def _build(self, taken_letters: str) -> None:
        today = self._session.today
        self.form = form = FormGrid()
        form.add(ChoiceField("question", _("What do you want to know"), choices_of(Question), required=True), 4)
        form.add(ChoiceField("fund", _("Money left in the fund")), 4)
        form.add(ChoiceField("scheme", _("Scheme"), required=True), 4)
        form.add(RupiahField("money", _("Money (Rp)"), required=True), 3)
        form.add(CountField("heads", _("Workers"), least=1, required=True), 2)
        form.add(MonthsField("months", _("Months"), least=1, most=MOST_MONTHS, required=True), 2)
        form.add(MonthField("first", _("First month"), today=today, required=True), 2)
        form.add(RupiahField("income", _("Income a month (Rp)")), 3)
        form["question"].set_value(Question.MONTHS)
        form["first"].set_value(Month.of(today()))
        form.set_buttons(taken_letters=taken_letters)
        form.edited.connect(self._edited)
        form.left.connect(self._left)
        self.figure, self.product = heading("", "figure"), heading("", "strong")
        self.rest, self.further, self.why = heading("", ""), heading("", ""), heading("", "muted")
        self.months = FigureTable(_("Month by month"), [
            Column(_("Month"), takes_room=True), Column(_("One worker"), is_number=True),
            Column(_("All workers"), is_number=True), Column(_("Left after it"), is_number=True),
        ])  # fmt: skip
        answer = QVBoxLayout()
        answer.setSpacing(SMALL)
        for label in (self.figure, self.product, self.rest, self.further, self.why):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            answer.addWidget(label)
        answer.addStretch()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(PAGE)
        self._halves.addLayout(answer, 5)
        self._halves.addWidget(self.months, 5)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, MEDIUM, 0, 0)
        rows.setSpacing(HAIR)
        rows.addWidget(form)
        rows.addLayout(self._halves, 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The questions take two rows, or four where it is narrow; the answer has the rest."""
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        self.form.setMaximumHeight(round((HIGH_WHEN_NARROW if self.width() < NARROW else HIGH) * line))
        turn = QBoxLayout.Direction
        is_wide = self.width() >= WIDE * line
        self._halves.setDirection(turn.LeftToRight if is_wide else turn.TopToBottom)
        self._make_room()

    # Details

    def _make_room(self) -> None:
        """Where the answer stands above the table, the general explanation gives way to it."""
        beside = self._halves.direction() == QBoxLayout.Direction.LeftToRight
        self.why.setVisible(beside or not self.figure.text())

    @property
    def _register(self) -> Register:
        return self._session.opened_register

    def _funds(self) -> tuple[Choice, ...]:
        return tuple(Choice(fund.id, fund.name) for fund in self._register.funds.all() if fund.is_open)

    def _scheme(self) -> Scheme | None:
        chosen = self.form["scheme"].value()
        return None if chosen is None else self._register.schemes.get(chosen)

    def _fed(self, fund: int, left: int) -> None:
        if self.form["fund"].value() == fund:
            self.form["money"].set_value(max(0, left))
            self._reckon()

    def _edited(self, name: str) -> None:
        if name == "money":
            self.form["fund"].set_value(None)  # a typed sum is no fund's any more
        self._reckon()

    def _left(self, name: str) -> None:
        fund = self.form["fund"].value()
        if name == "fund" and fund is not None and self.form["fund"].was_edited:
            self.form["fund"].was_edited = False
            self.feed(fund)
        self._reckon()

    def _arrange(self) -> None:
        question, scheme = self.form["question"].value(), self._scheme()
        self.form.set_visible("heads", question is not Question.HEADS)
        self.form.set_visible("months", question is Question.HEADS)
        self.form.set_visible("income", scheme is not None and scheme.segment is not Segment.PU)

    def _reckon(self) -> None:
        self._arrange()
        values, scheme = self.form.values(), self._scheme()
        asked = "months" if values["question"] is Question.HEADS else "heads"
        if scheme is None or None in (values["question"], values["money"], values[asked], values["first"]):
            self._say(_("Type the money and how many workers, or how many months."))
            return
        price = prices_of_scheme(self._register.rates, scheme, values["income"])
        try:
            price(values["first"])
            if values["question"] is Question.HEADS:
                self._show_heads(values["money"], Period.starting(values["first"], values["months"]), price)
            else:
                self._show_months(values["money"], values["heads"], values["first"], price)
        except LookupError as lacking:
            self._say(str(lacking.args[0]))

    def _takes_lowest(self) -> bool:
        """Whether the contribution depends on an income that was not typed."""
        return not self.form["income"].isHidden() and self.form["income"].value() is None

    def _say(self, sentence: str) -> None:
        for label in (self.figure, self.product, self.rest, self.further):
            label.setText("")
        self.why.setText(sentence)
        self._make_room()
        self.months.set_rows(())
        self.setAccessibleDescription(sentence)

    def _show_months(self, money: int, heads: int, first: Month, price: MonthPrice) -> None:
        plan = months_for(money, heads, first, price)
        shown = self._words(plan, money)
        self.figure.setText(_("{months} months").format(**shown))
        self._tell(plan, money, _("One more month needs {next}: {lacking} are missing.").format(**shown))
        more = 1 if plan.next_cost else 0
        self._list(steps_of(money, heads, Period.starting(first, max(1, plan.month_count + more)), price), heads)

    def _show_heads(self, money: int, period: Period, price: MonthPrice) -> None:
        plan = heads_for(money, period, price)
        shown = self._words(plan, money)
        self.figure.setText(_("{heads} workers").format(**shown))
        self._tell(plan, money, _("One more worker needs {next}: {lacking} are missing.").format(**shown))
        self._list(steps_of(money, max(1, plan.heads), period, price), max(1, plan.heads))

    def _words(self, plan: Plan, money: int) -> dict[str, str]:
        return {
            "heads": number(plan.heads),
            "months": number(plan.month_count),
            "period": "" if plan.period is None else period_text(plan.period),
            "money": format_rupiah(money),
            "cost": format_rupiah(plan.cost),
            "left": format_rupiah(plan.left),
            "next": format_rupiah(plan.next_cost),
            "lacking": format_rupiah(plan.lacking),
        }

    def _tell(self, plan: Plan, money: int, one_more: str) -> None:
        shown = self._words(plan, money)
        if plan.period is None:
            self.product.setText(_("{money} does not pay for one month.").format(**shown))
        else:
            text = _("{heads} workers, {period}: {cost} of {money}")
            self.product.setText(text.format(**shown))
        self.rest.setText(_("{left} remain.").format(**shown) + (f" {one_more}" if plan.next_cost else ""))
        self.why.setText(_(
            "Only whole months are paid, and each costs workers x the rate of that month. So the money really received "
            "decides: in 2025 that of DBH Sawit paid 7,723 workers x 3 months x Rp16,800 = Rp389,239,200, and not "
            "eleven months as in the year before."
        ))  # fmt: skip
        self._make_room()
        lowest = _("Without an income the lowest contribution is taken; a higher income costs more.")
        following = _("Next: choose the workers (Ctrl+2) and enrol them there.")
        told = (lowest if self._takes_lowest() else "", following if plan.period is not None else "")
        self.further.setText("\n".join(one for one in told if one))
        self.setAccessibleDescription(f"{self.figure.text()}. {self.product.text()}. {self.rest.text()}")

    def _list(self, steps: tuple[Step, ...], heads: int) -> None:
        rows = []
        for step in steps:
            left = (
                format_rupiah(step.left)
                if step.left >= 0
                else _("{amount} missing").format(amount=format_rupiah(-step.left))
            )
            why = f"{number(heads)} x {format_rupiah(step.each)}"
            cells = (month_long(step.month), format_rupiah(step.each), format_rupiah(step.cost), left)
            rows.append(Row(cells, is_dim=step.left < 0, tips=("", "", why)))
        self.months.set_rows(rows)
