"""The fields of an enrolment that is asked for: scheme, months, fund, and who pays where the scheme asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from models.funds.rules import fund_of_another_scheme
from models.language import N_
from models.language import translate as _
from models.people.nip import group_nip, parse_nip
from models.problems import Problem
from models.schemes.enrolment import EnrolmentPlan
from models.schemes.rules import MOST_MONTHS
from models.schemes.scheme import PayerKind, Scheme
from models.values.months import Month, Period
from models.values.parsed import Parsed
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import MonthField
from ui.fields.field import ParsedField, TextField
from ui.fields.form import FormGrid
from ui.fields.matching import fold
from ui.fields.numbers import MonthsField
from ui.schemes.choices import choices_of_schemes

if TYPE_CHECKING:
    from models.register import Register

PAYER = ("payer_name", "payer_number", "payer_office")
"""Shown where the scheme asks for them."""
FUND_COLUMNS = 6


class FundField(ChoiceField):
    """The open funds of a scheme; of a fund that pays for another scheme it is said so."""

    of_others: Callable[[str], Problem | None] = staticmethod(lambda _text: None)

    def read(self, text: str) -> Parsed[Any]:
        value, problems = super().read(text)
        another = self.of_others(text) if problems else None
        return value, problems if another is None else (another,)


class PlanFields:
    """Adds them to a form and reads an `EnrolmentPlan` from them."""

    def __init__(
        self,
        form: FormGrid,
        register: Register,
        today: Callable[[], date],
        *,
        required: bool = False,
        pinnable: bool = False,
        columns: Sequence[int] = (6, 3, 3, 5, 3, 4),
    ) -> None:
        """`required`: without a scheme nothing can be saved. `columns` of the form for each field in their order."""
        self._form, self._register, self._today = form, register, today
        schemes = choices_of_schemes(register)
        both = {"required": required, "pinnable": pinnable}
        form.add(ChoiceField("scheme", _("Scheme"), schemes, **both), columns[0])
        form.add(MonthField("first_month", _("First month"), today=today, **both), columns[1])
        form.add(MonthsField("month_count", _("Number of months"), least=1, most=MOST_MONTHS, **both), columns[2])
        fund = FundField("fund", _("Fund"), pinnable=pinnable)
        fund.of_others = self._fund_of_another
        form.add(fund, FUND_COLUMNS, new_row=True)
        form.set_visible("fund", False)
        form.add(TextField("payer_name", _("Paid by"), required=True, pinnable=pinnable), columns[3], new_row=True)
        number = ParsedField("payer_number", _("Payer's number (NIP, NPP)"), self._read_payer_number, group_nip)
        number.pinnable = pinnable
        form.add(number, columns[4])
        form.add(TextField("payer_office", _("Payer's office"), pinnable=pinnable), columns[5])

    def read_schemes_again(self, keep: int | None = None) -> None:
        """There may be others, or one of them closed; the one to `keep` stays a choice where it is closed."""
        choices = choices_of_schemes(self._register, keep)
        self._form["scheme"].set_choices(choices)  # type: ignore[attr-defined]

    @property
    def scheme(self) -> Scheme | None:
        """None: the worker is only put on the list of those to be reached."""
        chosen = self._form["scheme"].value()
        return None if chosen is None else self._register.schemes.get(chosen)

    def plan(self) -> EnrolmentPlan | None:
        """None without a scheme, or while its months cannot be read; `problems` says so."""
        scheme, first, count = self.scheme, self._form["first_month"].value(), self._form["month_count"].value()
        if scheme is None or scheme.id is None or first is None or count is None:
            return None
        payer: dict[str, Any] = {name: str(self._form[name].value() or "") for name in PAYER if name in scheme.asks}
        return EnrolmentPlan(
            scheme=scheme.id, first=first, month_count=count, fund=self._form["fund"].value(), **payer
        )

    def problems(self) -> tuple[Problem, ...]:
        """The months that a scheme needs and that are still empty."""
        if self.scheme is None:
            return ()
        empty = {
            "first_month": N_("The first month is still empty. Type it for instance as 8/2026."),
            "month_count": N_("The number of months is still empty. Type how many months are paid."),
        }
        return tuple(
            Problem(name, f"{name}_missing", message)
            for name, message in empty.items()
            if not self._form[name].text()
        )

    def fund_problems(self, income: int | None) -> tuple[Problem, ...]:
        """Whether the money left in the fund pays for the plan, at the worker's income."""
        plan, scheme = self.plan(), self.scheme
        if plan is None or scheme is None or plan.fund is None:
            return ()
        price = self._register.rates.price(scheme, Period.starting(plan.first, plan.month_count), income)
        if isinstance(price, Problem):
            return ()
        return self._register.funds.problems_of_use(plan.fund, scheme, price.total)

    def show_payer(self) -> None:
        """Shows the payer fields that the scheme asks for, the fund where the scheme has open ones, and no others."""
        scheme = self.scheme
        self._show_fund(scheme)
        for name in PAYER:
            self._form.set_visible(name, scheme is not None and name in scheme.asks)

    def _show_fund(self, scheme: Scheme | None) -> None:
        """The open funds of the scheme; the name of another scheme's fund does not stay behind."""
        field = self._form["fund"]
        funds = () if scheme is None or scheme.id is None else self._register.funds.of_scheme(scheme.id)
        field.set_choices(tuple(Choice(fund.id, fund.name) for fund in funds))  # type: ignore[attr-defined]
        self._form.set_visible("fund", bool(funds))
        if not field.hasFocus() and field.text() and field.value() is None:
            field.set_text_as_typed("")

    def _fund_of_another(self, text: str) -> Problem | None:
        """What is wrong with a fund that another scheme has; None where no scheme has it."""
        scheme, typed = self.scheme, fold(text)
        for fund in self._register.funds.all() if scheme is not None and typed else ():
            if scheme is not None and fund.scheme != scheme.id and fold(fund.name).startswith(typed):
                return fund_of_another_scheme(fund, scheme)
        return None

    def suggest_first_month(self) -> None:
        """This month; Enter stops there."""
        if not self._form["first_month"].text():
            self._form["first_month"].set_value(Month.of(self._today()))

    def _read_payer_number(self, text: str, *, field: str) -> Parsed[str]:
        """A NIP where a civil servant pays, otherwise whatever number the payer goes by."""
        scheme = self.scheme
        if scheme is None or scheme.payer_kind is not PayerKind.CIVIL_SERVANT:
            return " ".join(text.split()) or None, ()
        nip, problems = parse_nip(text, self._today(), field=field)
        return None if nip is None else str(nip), problems
