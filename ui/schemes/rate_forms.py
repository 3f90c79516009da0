"""The forms of a rate: a share of the wage, and a relief; the table of brackets stands in `bracket_form`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from models.language import N_, translate_count
from models.language import translate as _
from models.people.worker import Segment
from models.problems import Level, Problem
from models.schemes.pricing import Rate, Relief
from models.schemes.rate_tables import RateVersion, closed_by, problems_of_relief, problems_of_version
from models.schemes.scheme import Programme
from models.storage.rates import RateChange
from models.values.formats import decimal, month_long, number, period_text
from models.values.months import Month, Period
from models.values.parsed import Parsed
from models.values.percent import parse_percent
from ui.fields.choice import Choice, ChoiceField
from ui.fields.dates import MonthField
from ui.fields.field import ParsedField, TextField
from ui.fields.numbers import CountField, RupiahField
from ui.funds.forms import FundsForm
from ui.schemes.choices import yes_or_no
from ui.session import Session

MISSING = {
    "segment": N_("The segment is still empty. Type PU or BPU."),
    "programme": N_("The programme is still empty. Type for instance JKK."),
    "risk_class": N_("The risk class is still empty. Type 1 to 5."),
    "share": N_("The share is still empty. Type it as a percentage, for instance 0,24."),
    "percent_off": N_("The relief is still empty. Type how many per cent need not be paid."),
    "public": N_("Yes or no? Type 1 for yes, 2 for no."),
    "first": N_("From which month on? Type it for instance as 1/2027."),
    "source": N_("Where does the rate stand? Write the law or the letter with its date."),
}


def programmes() -> tuple[Choice, ...]:
    """By their short words or their names."""
    return tuple(Choice(one, _(one.label), aliases=(str(one),)) for one in Programme)


def segments(*wanted: Segment) -> tuple[Choice, ...]:
    """By their short words or their names."""
    return tuple(Choice(one, _(one.label), aliases=(str(one),)) for one in wanted)


class VersionForm(FundsForm):
    """A new version of a table of rates; before it is saved it is said what it ends and who keeps the price, and
    since it is never deleted, Ctrl+S is pressed twice."""

    missing = MISSING
    _asked: RateVersion | None = None
    """What was to be saved when it was asked whether to."""
    _counted: tuple[object, int] | None = None
    """For which table and months it was counted who keeps the price, and how many."""

    def _add_when(self) -> None:
        today = self._session.today
        self.form.add(MonthField("first", _("From month"), today=today, required=True), 3)
        self.form.add(MonthField("last", _("Until month (if known)"), today=today), 3)
        self.form.add(TextField("source", _("Source: law or letter, with its date"), required=True), 6)

    def _version(self) -> RateVersion | None:
        """As typed; None while what it is a version of is missing."""
        raise NotImplementedError

    def _found(self) -> tuple[Problem, ...]:
        version = self._version()
        return () if version is None else problems_of_version(version, self._register.dated_rates.versions())

    def _is_confirmed(self) -> bool:
        version = self._version()
        assert version is not None
        if self._asked == version and self._knows(version):
            return True
        self._asked = version
        self._count()
        self._ask()
        return False

    def _ask(self) -> None:
        """Once it is counted who keeps the price: what saving leaves as it is, and the key that saves."""
        version = self._version()
        if version is None or version != self._asked:
            return
        if self._knows(version):
            kept = self._effect(version).kept
            text = translate_count(
                "{count} enrolment keeps its price, as said above. Press Ctrl+S once more to save the rate; Esc leaves "
                "it.",
                "{count} enrolments keep their price, as said above. Press Ctrl+S once more to save the rate; Esc "
                "leaves it.",
                kept,
            )
            self.form.say(text.format(count=number(kept)), Level.WARNING)
        else:
            text = _("Counting the enrolments with months from {month} on …")
            self.form.say(text.format(month=month_long(version.first)))

    def _write(self) -> tuple[str, int]:
        version = self._version()
        assert version is not None
        change = self._register.dated_rates.add(version)
        text = _("Saved: {what} from {month} on.")
        said = text.format(what=version_words(version), month=month_long(version.first))
        return f"{said} {effect_words(change)}", 0

    def _judge(self) -> None:
        super()._judge()
        self._count()

    def _follow(self) -> None:
        version = self._version()
        if version is None:
            text = _(
                "A rate is never changed and never deleted: a new one begins in a month, the old one ends before."
            )
            self.beside.setText(text)
            return
        self.beside.setText(effect_words(self._effect(version)))

    def _effect(self, version: RateVersion) -> RateChange:
        """What is known so far of what saving it does."""
        closed = closed_by(version, self._register.dated_rates.versions())
        if closed is not None:
            closed = closed.until(version.first - 1)
        counted = self._counted
        return RateChange(version, closed, counted[1] if counted is not None and self._knows(version) else -1)

    def _knows(self, version: RateVersion) -> bool:
        """Whether it was counted who keeps the price."""
        return self._counted is not None and self._counted[0] == _about(version)

    def _count(self) -> None:
        """Who keeps the price, counted in the background: a register may hold millions of enrolments."""
        version = self._version()
        if version is None or self._knows(version):
            return
        register = self._register

        def work() -> int:
            with register.twin(read_only=True) as twin:
                return twin.dated_rates.effect(version).kept

        def done(kept: int) -> None:
            self._counted = (_about(version), kept)
            self._follow()
            self._ask()

        self._session.background.run(self, work, done=done)


class ShareForm(VersionForm):
    """A share of the wage of wage earners, of one risk class where it is work accident insurance."""

    def __init__(self, session: Session, rate: Rate | None, taken_letters: str) -> None:
        """`rate` is what a new version begins from."""
        super().__init__(session, _("A new share of the wage (PU)"), taken_letters)
        if rate is not None:
            self.form["programme"].set_value(rate.programme)
            self.form["risk_class"].set_value(rate.risk_class)
            is_whole = rate.share is not None and rate.share % 10 == 0
            self.form["share"].set_value((rate.share or 0) // 10 if is_whole else None)
            self.form["wage_cap"].set_value(rate.wage_cap)
        self._follow()

    def _add_fields(self) -> None:
        form = self.form
        form.add(ChoiceField("programme", _("Programme"), programmes(), required=True), 4)
        form.add(CountField("risk_class", _("Risk class (1 to 5)"), least=1, most=5, required=True), 2)
        form.add(ParsedField("share", _("Share of the wage (%)"), _share, _as_percent, required=True), 3)
        form.add(RupiahField("wage_cap", _("Wage cap a month (Rp)")), 3)
        self._add_when()

    def _follow(self) -> None:
        self.form.set_visible("risk_class", self.form["programme"].value() is Programme.JKK)
        super()._follow()

    def _version(self) -> RateVersion | None:
        values = self.form.values()
        if values["programme"] is None or values["first"] is None:
            return None
        is_accident = values["programme"] is Programme.JKK
        return RateVersion((
            Rate(
                segment=Segment.PU,
                programme=values["programme"],
                first=values["first"],
                last=values["last"],
                source=str(values["source"] or ""),
                risk_class=values["risk_class"] if is_accident else None,
                share=(values["share"] or 0) * 10,
                wage_cap=values["wage_cap"],
            ),
        ))  # fmt: skip


class ReliefForm(FundsForm):
    """A part of the contribution that need not be paid in some months."""

    missing = MISSING

    def __init__(self, session: Session, relief: Relief | None, taken_letters: str) -> None:
        """`relief` is what a new one begins from."""
        super().__init__(session, _("A new relief"), taken_letters)
        if relief is not None:
            for name in ("segment", "programme", "percent_off"):
                self.form[name].set_value(getattr(relief, name))
            self.form["public"].set_value(relief.applies_to_public_money)
        self._follow()

    def _add_fields(self) -> None:
        form, today = self.form, self._session.today
        form.add(ChoiceField("segment", _("Segment"), segments(*Segment), required=True), 4)
        form.add(ChoiceField("programme", _("Programme"), programmes(), required=True), 4)
        form.add(CountField("percent_off", _("Per cent off"), least=1, most=100, required=True), 2)
        form.add(ChoiceField("public", _("Public money too"), yes_or_no(), required=True), 2)
        form.add(MonthField("first", _("From month"), today=today, required=True), 3)
        form.add(MonthField("last", _("Until month (if known)"), today=today), 3)
        form.add(TextField("source", _("Source: law or letter, with its date"), required=True), 6)

    def _follow(self) -> None:
        text = _("Enrolments made from now on are priced with it, month by month; what was decreed keeps its price.")
        self.beside.setText(text)

    def _typed(self) -> Relief:
        values = self.form.values()
        return Relief(
            segment=values["segment"],
            programme=values["programme"],
            percent_off=values["percent_off"],
            applies_to_public_money=bool(values["public"]),
            first=values["first"],
            last=values["last"],
            source=str(values["source"] or ""),
        )

    def _found(self) -> tuple[Problem, ...]:
        return problems_of_relief(self._typed(), self._register.rates.reliefs)

    def _write(self) -> tuple[str, int]:
        relief = self._typed()
        self._register.dated_rates.add_relief(relief)
        text = _("Saved: {percent} % off {programme} ({segment}) from {month} on. What was decreed keeps its price.")
        said = text.format(
            percent=relief.percent_off,
            programme=relief.programme,
            segment=relief.segment,
            month=month_long(relief.first),
        )
        return said, 0


def version_words(version: RateVersion) -> str:
    """``PU JKK kelompok risiko 1`` or ``BPU JKM``."""
    segment, programme, risk_class = version.key
    if risk_class is None:
        return f"{segment} {programme}"
    return f"{segment} {programme}, " + _("risk class {class_}").format(class_=risk_class)


def effect_words(change: RateChange) -> str:
    """Which rate ends, and how many enrolments keep what they were decreed with (below 0: still being counted)."""
    version = change.version
    if change.closed is not None and change.closed.last is not None:
        text = _("The rate since {first} ends with {last}.")
        ends = text.format(first=month_long(change.closed.first), last=month_long(change.closed.last))
    else:
        ends = _("No other rate ends by it.")
    if change.kept < 0:
        return ends
    if not change.kept:
        text = _("Nobody is enrolled for {months} yet; who is from now on is priced with the new rate.")
        return f"{ends} " + text.format(months=_months(version))
    text = translate_count(
        "{count} enrolment has months in {months} already and keeps the price it was decreed with; the new rate "
        "counts for the months from {first} on of who is enrolled from now on.",
        "{count} enrolments have months in {months} already and keep the price they were decreed with; the new rate "
        "counts for the months from {first} on of who is enrolled from now on.",
        change.kept,
    )
    words = {"count": number(change.kept), "months": _months(version), "first": month_long(version.first)}
    return f"{ends} " + text.format(**words)


def _months(version: RateVersion) -> str:
    """``Januari s.d. Juni 2027``, or ``Januari 2027 dan seterusnya`` where it has no end."""
    if version.last is not None and version.last >= version.first:
        return period_text(Period(version.first, version.last))
    return _("{month} and after").format(month=month_long(version.first))


def _about(version: RateVersion) -> tuple[Any, Month, Month | None]:
    return version.key, version.first, version.last


def _share(text: str, *, field: str) -> Parsed[int]:
    return parse_percent(text, field=field)


def _as_percent(permyriad: int) -> str:
    return decimal(Fraction(permyriad, 100), 2)
