"""The form of a scheme: from the save on it stands in entry, funds, coverage and papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.language import N_
from models.language import translate as _
from models.people.worker import Segment
from models.problems import Problem
from models.schemes.rules import MOST_MONTHS
from models.schemes.scheme import PayerKind, Programme, Scheme
from models.schemes.scheme_rules import problems_of_scheme
from models.values.formats import month_long
from models.values.months import Month, Period
from models.values.rupiah import format_rupiah
from ui.fields.choice import Choice, ChoiceField, choices_of
from ui.fields.field import TextField
from ui.fields.numbers import CountField, MonthsField, RupiahField
from ui.fields.several import SeveralField
from ui.funds.forms import FundsForm
from ui.people.price_text import price_lines, price_notes, price_sources
from ui.schemes.choices import choices_of_asks, choices_of_occupation_kinds, yes_or_no
from ui.session import Session

_TICKS = ("is_public_money", "is_subsidised", "needs_source_list", "bars_members")
_LISTS = ("programmes", "occupation_kinds", "asks")
_OF_WAGES = ("wage_base", "risk_class")


class SchemeForm(FundsForm):
    """A new scheme, or one that is corrected; segment and programmes stay once somebody is enrolled in it."""

    missing = {
        "code": N_("The code is still empty. Type 2 to 12 capital letters, for instance NELAYAN."),
        "name": N_("The scheme has no name yet. Write it as it is to be printed."),
        "segment": N_("The segment is still empty. Type PU or BPU."),
        "programmes": N_("The programmes are still empty. Type for instance JKK, JKM."),
        "payer_kind": N_("Who pays is still empty. Press Down to see the list."),
        "usual_months": N_("The usual number of months is still empty. Type how many are paid as a rule."),
        **dict.fromkeys(_TICKS, N_("Yes or no? Type 1 for yes, 2 for no.")),
    }

    def __init__(self, session: Session, scheme: Scheme | None, taken_letters: str) -> None:
        self._scheme = scheme
        self._payer: PayerKind | None = None if scheme is None else scheme.payer_kind
        """Who pays, as the form last saw it."""
        title = _("A new scheme") if scheme is None else _("Correct {name}").format(name=scheme.name)
        super().__init__(session, title, taken_letters)
        for field in self.form.fields:
            value = _FIRST.get(field.name) if scheme is None else getattr(scheme, field.name)
            if value is not None and value != ():
                field.set_value(value)
        self._follow()

    def _add_fields(self) -> None:
        form, register = self.form, self._register
        segments = tuple(Choice(one, _(one.label), aliases=(str(one),)) for one in Segment)
        form.add(TextField("code", _("Code"), required=True), 2)
        form.add(TextField("name", _("Name, as printed"), required=True), 6)
        form.add(ChoiceField("segment", _("Segment"), segments, required=True), 4)
        programmes = tuple(Choice(one, str(one)) for one in Programme)
        form.add(SeveralField("programmes", _("Programmes"), programmes, required=True), 4)
        form.add(ChoiceField("payer_kind", _("Who pays"), choices_of(PayerKind), required=True), 5)
        months = MonthsField("usual_months", _("Usual months"), least=1, most=MOST_MONTHS, required=True)
        form.add(months, 3)
        form.add(ChoiceField("is_public_money", _("Public money"), yes_or_no(), required=True), 3)
        form.add(ChoiceField("is_subsidised", _("Counts as help"), yes_or_no(), required=True), 3)
        form.add(RupiahField("wage_base", _("Wage base a month (Rp)"), required=True), 3)
        form.add(CountField("risk_class", _("Risk class (1 to 5)"), least=1, most=5, required=True), 3)
        form.add(CountField("min_age", _("From age"), most=120), 2, new_row=True)
        form.add(CountField("max_age", _("Below age"), most=120), 2)
        kinds = choices_of_occupation_kinds(register.schemes.occupation_kinds())
        form.add(SeveralField("occupation_kinds", _("Only these kinds of occupation"), kinds), 8)
        form.add(ChoiceField("needs_source_list", _("Only on a source list"), yes_or_no(), required=True), 3)
        form.add(ChoiceField("bars_members", _("Only without another membership"), yes_or_no(), required=True), 4)
        form.add(SeveralField("asks", _("The entry form asks besides for"), choices_of_asks()), 5)

    def _follow(self) -> None:
        """What one month costs as it stands, and why."""
        segment = self.form["segment"].value()
        for name in _OF_WAGES:
            self.form.set_visible(name, segment is Segment.PU)
        self._follow_payer()
        self.beside.setText(self._price_words())

    def _follow_payer(self) -> None:
        """Whether the money is public follows from who pays, until somebody answers it by hand."""
        payer, public = self.form["payer_kind"].value(), self.form["is_public_money"]
        if payer is None or payer is self._payer:
            return
        self._payer = payer
        if not public.was_edited:
            public.set_value(payer.pays_public_money)

    def _price_words(self) -> str:
        if self._scheme is None:
            rest = _(
                "Nobody can be enrolled before it is saved; then it stands in entry, funds, coverage and papers."
            )
        else:
            rest = _("Who is enrolled already keeps the price of the decree.")
        scheme = self._typed()
        if not scheme.programmes or self.form["segment"].value() is None:
            return rest
        month = Month.of(self._session.today())
        price = self._register.rates.price(replace(scheme, id=None), Period(month, month), None)
        if isinstance(price, Problem):
            return price.text
        text = _("One worker in {month}: {amount} ({lines}). Source: {sources}.")
        cost = text.format(
            month=month_long(month),
            amount=format_rupiah(price.total),
            lines=price_lines(price, Period(month, month))[-2],
            sources=price_sources(price).replace("\n", "; "),
        )
        return "\n".join(filter(None, (cost, price_notes(price), rest)))

    def _typed(self) -> Scheme:
        values = self.form.values()
        typed: dict[str, Any] = {name: values[name] or () for name in _LISTS}
        typed |= {name: bool(values[name]) for name in _TICKS}
        typed |= {name: values[name] for name in ("min_age", "max_age")}
        segment = values["segment"] or Segment.BPU
        typed |= {name: values[name] if segment is Segment.PU else None for name in _OF_WAGES}
        typed |= {
            "code": str(values["code"] or "").strip().upper(),
            "name": str(values["name"] or ""),
            "segment": segment,
            "payer_kind": values["payer_kind"] or PayerKind.SELF,
            "usual_months": values["usual_months"] or 0,
        }
        return Scheme(**typed) if self._scheme is None else replace(self._scheme, **typed)

    def _found(self) -> tuple[Problem, ...]:
        return problems_of_scheme(self._typed(), self._register.schemes.all(), self._scheme, False)

    def _write(self) -> tuple[str, int]:
        scheme = self._register.schemes.save(self._typed())
        assert scheme.id is not None
        text = _("Saved: {code} {name}. It stands in entry, funds, coverage and papers from now on.")
        return text.format(code=scheme.code, name=scheme.name), scheme.id


_FIRST: dict[str, Any] = {
    "programmes": (Programme.JKK, Programme.JKM),
    "is_subsidised": True,
    "needs_source_list": False,
    "bars_members": False,
}
"""What a new scheme begins with; whether its money is public follows from who pays."""
